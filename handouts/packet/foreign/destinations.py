"""Places in the file that links and bookmarks lead to: a page of this file and where on it, nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf

from handouts.packet.foreign.things import (
    DIRECT,
    Key,
    drop,
    entry,
    is_number,
    key_of,
    members,
    name_of,
    one_or_all,
    whole,
)
from handouts.packet.foreign.told import RefusedError

_MOST_NAMES = 200_000
_MOST_NODES = 400_000
_SCHEMES = ("http:", "https:", "mailto:", "tel:")
_MOST_URI = 4_000
_MOST_CHAIN = 32


def leaves(tree: object, pairs: str) -> Iterator[tuple[Any, Any]]:
    """Yield the keys and values of a name or number tree; a node reached twice counts once."""
    waiting = [tree]
    seen: set[Key] = set()
    nodes = 0
    while waiting:
        node = waiting.pop()
        nodes += 1
        if nodes > _MOST_NODES:
            raise RefusedError("too-much")
        key = key_of(node)
        if not isinstance(node, pikepdf.Dictionary) or key in seen:
            continue
        if key != DIRECT:
            seen.add(key)
        held = members(node.get(pairs))
        yield from zip(held[::2], held[1::2], strict=False)
        waiting.extend(reversed(members(node.get("/Kids"))))


class Destinations:
    """The named places of a file, read once, and what else a link may lead to."""

    def __init__(self, catalog: object, pages: list[pikepdf.Dictionary]) -> None:
        self._pages = pages
        self._numbers = {key_of(page) for page in pages}
        self.told: set[str] = set()
        self.named: dict[bytes, pikepdf.Array] = {}
        self.old: dict[str, pikepdf.Array] = {}
        for name, value in leaves(entry(entry(catalog, "/Names"), "/Dests"), "/Names"):
            if len(self.named) > _MOST_NAMES:
                raise RefusedError("too-much")
            place = self._place(value)
            if isinstance(name, pikepdf.String) and place is not None:
                self.named.setdefault(bytes(name), place)
        old = entry(catalog, "/Dests")
        if isinstance(old, pikepdf.Dictionary):
            for key, value in old.items():
                place = self._place(value)
                if place is not None:
                    self.old[key] = place

    def read(self, thing: object) -> Any:  # noqa: ANN401 - a string, a name or an array
        """Return a destination made anew, or its name; None if it leads nowhere."""
        if isinstance(thing, pikepdf.String):
            return thing if bytes(thing) in self.named else None
        if isinstance(thing, pikepdf.Name):
            return thing if name_of(thing) in self.old else None
        return self._place(thing)

    def action(self, thing: object) -> pikepdf.Dictionary | None:
        """Return the action of a link made anew; None, and told, if it is none that leads somewhere safe."""
        if not isinstance(thing, pikepdf.Dictionary):
            return None
        self._tell_chain(thing)
        kind = name_of(thing.get("/S"))
        if kind == "/URI" and (uri := _safe_uri(thing.get("/URI"))):
            return pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String(uri))
        if kind == "/GoTo":
            place = self.read(thing.get("/D"))
            if place is not None:
                return pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=place)
        self.told.add(_told_of(kind))
        return None

    def write(self, pdf: pikepdf.Pdf) -> None:
        """Put the named places into the catalog, as one sorted list each."""
        drop(pdf.Root, "/Names")
        drop(pdf.Root, "/Dests")
        if self.named:
            pairs: list[Any] = []
            for name in sorted(self.named):
                pairs += [pikepdf.String(name), self.named[name]]
            names = pikepdf.Dictionary(Names=pikepdf.Array(pairs))
            pdf.Root.Names = pikepdf.Dictionary(Dests=pdf.make_indirect(names))
        if self.old:
            pdf.Root.Dests = pdf.make_indirect(pikepdf.Dictionary(self.old))

    def _place(self, thing: object) -> pikepdf.Array | None:
        if isinstance(thing, pikepdf.Dictionary):
            thing = thing.get("/D")
        parts = members(thing)
        if not 1 <= len(parts) <= 8:
            return None
        page, where = parts[0], parts[1:] or [pikepdf.Name.Fit]
        number = whole(page)
        if number is not None and 0 <= number < len(self._pages):
            page = self._pages[number]
        elif key_of(page) not in self._numbers:
            return None
        if not all(one is None or isinstance(one, pikepdf.Name) or is_number(one) for one in where):
            return None
        return pikepdf.Array([page, *where])

    def _tell_chain(self, action: pikepdf.Dictionary) -> None:
        """Tell what a chain of further actions would do; all of it goes."""
        waiting = one_or_all(action.get("/Next"))[:_MOST_CHAIN]
        seen: set[Key] = set()
        for _ in range(_MOST_CHAIN):
            if not waiting:
                return
            one = waiting.pop()
            if isinstance(one, pikepdf.Dictionary) and key_of(one) not in seen:
                seen |= {key_of(one)} - {DIRECT}
                self.told.add(_told_of(name_of(one.get("/S"))))
                waiting += one_or_all(one.get("/Next"))[:_MOST_CHAIN]


def _safe_uri(thing: object) -> bytes:
    """Return an address that a viewer opens in a browser, mail program or telephone; b'' for any other."""
    if not isinstance(thing, pikepdf.String):
        return b""
    uri = bytes(thing).strip()
    if len(uri) > _MOST_URI or any(byte < 0x20 or byte == 0x7F for byte in uri):
        return b""
    return uri if uri.lower().startswith(tuple(scheme.encode() for scheme in _SCHEMES)) else b""


def _told_of(kind: str) -> str:
    match kind:
        case "/JavaScript":
            return "script"
        case "/URI" | "/GoTo" | "/Named" | "":
            return "link"
        case "/Rendition" | "/Movie" | "/Sound" | "/RichMediaExecute" | "/GoTo3DView":
            return "media"
        case _:
            return "action"
