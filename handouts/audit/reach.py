"""Everything that the pages of a file may paint with: forms, images, patterns, fonts, graphics states.

The reader of the text follows what is painted. Here all is visited that could be, painted or not, because a
file for the archive may hold nothing else. Each object is visited once for each set of default colour spaces
that it stands beside.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import pikepdf

from handouts.audit.case import Case
from handouts.audit.objects import Key, entries, key_of, members, name_of, stream_bytes, whole

Kind = Literal["page", "form", "image", "other", "pattern", "shading", "glyph", "font", "state", "space"]

_MOST_VISITED = 500_000
_MOST_STREAM_BYTES = 64_000_000
_DEFAULTS = ("/DefaultGray", "/DefaultRGB", "/DefaultCMYK")
_WITH_CONTENT = frozenset(("page", "form", "pattern", "glyph"))
_TILING, _SHADING = 1, 2


@dataclass(frozen=True, slots=True)
class Reached:
    """One thing that a page can paint with; ``shelf`` are the resources that it stands among, or has."""

    kind: Kind
    thing: Any
    shelf: dict[str, Any]
    page: int

    @property
    def values(self) -> dict[str, Any]:
        """The entries of the dictionary, or of the stream's."""
        return entries(self.thing)

    def default(self, space: str) -> object:
        """Return the colour space that stands for a device's here; None if there is none."""
        return entries(self.shelf.get("/ColorSpace")).get(f"/Default{space}")

    def content(self) -> bytes | None:
        """Return the bytes of the content stream; None for what has none.

        Raises ValueError or an error of the library where it cannot be read.
        """
        if self.kind not in _WITH_CONTENT:
            return None
        if self.kind != "page":
            return stream_bytes(self.thing, _MOST_STREAM_BYTES)
        held = self.values.get("/Contents")
        streams = members(held) or ([] if held is None else [held])
        return b"\n".join(stream_bytes(one, _MOST_STREAM_BYTES // len(streams)) for one in streams)


def reach(case: Case) -> Iterator[Reached]:
    """Yield all that the pages can paint with, the pages first among them; ends, whatever the file."""
    waiting: list[Reached] = []
    for page in reversed(case.pages):
        for annotation in page.annotations:
            waiting += _appearances(annotation, page.number)
        waiting.append(Reached("page", page.thing, entries(page.values.get("/Resources")), page.number))
    seen: set[tuple[Kind, Key, tuple[Key | str, ...]]] = set()
    left = _MOST_VISITED
    while waiting:
        one = waiting.pop()
        key = key_of(one.thing)
        mark = (one.kind, key, _defaults(one.shelf))
        if key != (0, 0):
            if mark in seen:
                continue
            seen.add(mark)
        left -= 1
        if not left:
            case.found.add("unreadable-part", "The pages use more things than this program reads.")
            return
        yield one
        waiting += _below(one)


def _defaults(shelf: dict[str, Any]) -> tuple[Key | str, ...]:
    spaces = entries(shelf.get("/ColorSpace"))
    return tuple(name for name in _DEFAULTS if name in spaces)


def _appearances(annotation: object, page: int) -> Iterator[Reached]:
    for state in entries(entries(annotation).get("/AP")).values():
        shown = [state] if isinstance(state, pikepdf.Stream) else entries(state).values()
        for form in shown:
            yield Reached("form", form, entries(entries(form).get("/Resources")), page)


def _below(one: Reached) -> Iterator[Reached]:
    values = one.values
    if one.kind in _WITH_CONTENT:
        yield from _shelved(one.shelf, one.page)
    elif one.kind == "font":
        shelf = entries(values.get("/Resources")) or one.shelf
        for glyph in entries(values.get("/CharProcs")).values():
            yield Reached("glyph", glyph, shelf, one.page)
    elif one.kind == "state":
        yield from _form(entries(values.get("/SMask")).get("/G"), one)
        for font in members(values.get("/Font"))[:1]:
            yield Reached("font", font, one.shelf, one.page)
    elif one.kind == "image":
        for mask in (values.get("/SMask"), values.get("/Mask")):
            if isinstance(mask, pikepdf.Stream):
                yield Reached("image", mask, one.shelf, one.page)


def _shelved(shelf: dict[str, Any], page: int) -> Iterator[Reached]:
    holder = Reached("other", None, shelf, page)
    for thing in entries(shelf.get("/XObject")).values():
        kind = name_of(entries(thing).get("/Subtype"))
        if kind == "Form":
            yield from _form(thing, holder)
        else:
            yield Reached("image" if kind == "Image" else "other", thing, shelf, page)
    for thing in entries(shelf.get("/Pattern")).values():
        values = entries(thing)
        if whole(values.get("/PatternType")) == _TILING:
            yield Reached("pattern", thing, entries(values.get("/Resources")), page)
        elif whole(values.get("/PatternType")) == _SHADING:
            yield Reached("shading", values.get("/Shading"), shelf, page)
            if "/ExtGState" in values:
                yield Reached("state", values["/ExtGState"], shelf, page)
    named: tuple[tuple[str, Kind], ...] = (
        ("/Font", "font"),
        ("/ExtGState", "state"),
        ("/Shading", "shading"),
        ("/ColorSpace", "space"),
    )
    for name, kind in named:
        for thing in entries(shelf.get(name)).values():
            yield Reached(kind, thing, shelf, page)


def _form(thing: object, holder: Reached) -> Iterator[Reached]:
    if isinstance(thing, pikepdf.Stream):
        values = entries(thing)
        shelf = entries(values["/Resources"]) if "/Resources" in values else holder.shelf
        yield Reached("form", thing, shelf, holder.page)
