"""Annotations: links stay, what a reader sees of all others is printed onto the page, the rest is gone.

A field's or stamp's appearance is painted as an artifact. The words of a text field that the tags know stay
tagged: its place in the structure tree is handed to the marked content that replaces it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pikepdf

from handouts.packet.foreign.allowed import KINDS
from handouts.packet.foreign.content import decoded, operator_of, parsed
from handouts.packet.foreign.destinations import Destinations
from handouts.packet.foreign.layers import Layers
from handouts.packet.foreign.things import (
    DIRECT,
    Key,
    drop,
    entry,
    key_of,
    members,
    name_of,
    one_or_all,
    whole,
)
from handouts.packet.foreign.told import RefusedError

_MOST_ANNOTATIONS = 20_000
_HIDDEN, _NO_VIEW = 2, 32
_MEDIA = frozenset(("/Movie", "/Sound", "/Screen", "/RichMedia", "/3D"))
_UNSEEN = frozenset(("/Popup", "/TrapNet", "/PrinterMark"))
_MOST_PARENTS = 32


@dataclass(slots=True)
class Readers:
    """What became of the annotations: links that stay, fields that are marked content of a page now."""

    links: set[Key] = field(default_factory=set)
    printed: dict[Key, tuple[Key, int]] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)
    count: int = 0


@dataclass(slots=True)
class _Print:
    """An appearance to be painted: the form, how it is placed, whose it is."""

    form: pikepdf.Stream
    placed: bytes
    name: str
    field: Key | None


def settle_annotations(
    pdf: pikepdf.Pdf, page: pikepdf.Dictionary, readers: Readers, places: Destinations, layers: Layers
) -> None:
    """Leave a page only links; print the rest onto it."""
    links: list[Any] = []
    prints: list[_Print] = []
    things = members(page.get("/Annots"))
    readers.count += len(things)
    if readers.count > _MOST_ANNOTATIONS:
        raise RefusedError("too-much")
    for thing in things:
        if not isinstance(thing, pikepdf.Dictionary):
            continue
        annotation = thing if key_of(thing) != DIRECT else pdf.make_indirect(thing)
        kind = name_of(annotation.get("/Subtype"))
        flags = whole(annotation.get("/F")) or 0
        _tell(annotation, kind, readers.told)
        if flags & (_HIDDEN | _NO_VIEW) or layers.hides(annotation.get("/OC")):
            readers.told.add("hidden" if kind != "/Popup" else "note")
        elif kind == "/Link":
            _strip_link(annotation, places)
            readers.links.add(key_of(annotation))
            links.append(annotation)
        elif kind in ("/Text", "/FileAttachment", "/Sound") or kind in _UNSEEN:
            continue
        else:
            shown = _appearance(pdf, page, annotation, len(prints))
            if shown is not None:
                prints.append(shown)
                if shown.field is None and _is_tagged_field(annotation):
                    readers.told.add("form-silent")
    drop(page, "/Annots")
    if links:
        page.Annots = pikepdf.Array(links)
    if prints:
        _paint(pdf, page, prints, readers)


def _tell(annotation: pikepdf.Dictionary, kind: str, told: set[str]) -> None:
    if kind == "/Widget":
        told.add("form")
        if _inherited(annotation, "/FT") == "/Sig":
            told.add("signature")
    elif kind == "/FileAttachment":
        told.add("embedded")
    elif kind in _MEDIA:
        told.add("media")
    elif kind in ("/Text", "/Popup"):
        told.add("note")
    elif kind == "/Redact":
        told.add("redaction")
    elif kind not in _UNSEEN and kind != "/Link":
        told.add("drawn")
    if "/AA" in annotation or "/JS" in annotation:
        told.add("script")
    if kind != "/Link" and "/A" in annotation:
        told.add("script" if name_of(entry(annotation.get("/A"), "/S")) == "/JavaScript" else "action")


def _inherited(annotation: pikepdf.Dictionary, key: str) -> str:
    """Return a name that a field has or inherits; '' if none."""
    held: object = annotation
    for _ in range(_MOST_PARENTS):
        if name := name_of(entry(held, key)):
            return name
        held = entry(held, "/Parent")
    return ""


def _strip_link(link: pikepdf.Dictionary, places: Destinations) -> None:
    action, place = link.get("/A"), link.get("/Dest")
    for key in list(link.keys()):
        if key not in KINDS["Link"] or key in ("/A", "/Dest"):
            if key == "/AA":
                places.told.add("script")
            drop(link, key)
    if place is not None:
        kept = places.read(place)
        if kept is not None:
            link.Dest = kept
            return
        if action is None:
            places.told.add("link")
    if action is not None:
        made = places.action(action)
        if made is not None:
            link.A = made


def _appearance(
    pdf: pikepdf.Pdf, page: pikepdf.Dictionary, annotation: pikepdf.Dictionary, number: int
) -> _Print | None:
    name = f"/Printed{number}"
    helper = pikepdf.Annotation(annotation)
    form = helper.get_appearance_stream(pikepdf.Name.N)
    if not isinstance(form, pikepdf.Stream):
        return None
    if name_of(form.get("/Subtype")) != "/Form":
        form.Subtype = pikepdf.Name.Form
    rotate = whole(page.get("/Rotate")) or 0
    placed = helper.get_page_content_for_appearance(
        pikepdf.Name(name), rotate, required_flags=0, forbidden_flags=_HIDDEN | _NO_VIEW
    )
    if not placed:
        return None
    if key_of(form) == DIRECT:
        form = pdf.make_indirect(form)
    return _Print(form, placed, name, key_of(annotation) if _has_words(annotation) else None)


def _has_words(annotation: pikepdf.Dictionary) -> bool:
    """Tell whether this is a field whose look is its value in words, and that the tags know."""
    return _inherited(annotation, "/FT") in ("/Tx", "/Ch") and _is_tagged_field(annotation)


def _is_tagged_field(annotation: pikepdf.Dictionary) -> bool:
    is_field = name_of(annotation.get("/Subtype")) == "/Widget"
    return is_field and whole(annotation.get("/StructParent")) is not None


def _paint(pdf: pikepdf.Pdf, page: pikepdf.Dictionary, prints: list[_Print], readers: Readers) -> None:
    """Append the appearances to the page's content, on resources of its own."""
    resources = _copied(page.get("/Resources"))
    pictures = _copied(resources.get("/XObject"))
    contents = [one for one in one_or_all(page.get("/Contents")) if isinstance(one, pikepdf.Stream)]
    content = b"\n".join(decoded(one, readers.told.add) for one in contents)
    opened, closed, mark = _balance(pdf, content, resources.get("/Properties"))
    after = [b"\n" + b"Q " * (opened + 1)]
    for one in prints:
        name = one.name
        while name in pictures:
            name += "x"
        pictures[name] = one.form
        placed = one.placed.replace(one.name.encode() + b" Do", name.encode() + b" Do")
        if one.field is None:
            after.append(b"/Artifact BMC\n" + placed + b"\nEMC")
        else:
            mark += 1
            readers.printed[one.field] = (key_of(page), mark)
            after.append(b"/Span <</MCID %d>> BDC\n" % mark + placed + b"\nEMC")
    resources.XObject = pictures
    page.Resources = resources
    page.Contents = pdf.make_stream(b"q " * (closed + 1) + content + b"\n".join(after))


def _copied(thing: object) -> pikepdf.Dictionary:
    return (
        pikepdf.Dictionary(dict(thing.items()))
        if isinstance(thing, pikepdf.Dictionary)
        else pikepdf.Dictionary()
    )


def _balance(pdf: pikepdf.Pdf, content: bytes, properties: object) -> tuple[int, int, int]:
    """Return how often the state is left saved, or restored too often, and the last number of a mark."""
    depth = lowest = 0
    last = -1
    for instruction in parsed(pdf, content, "q Q BDC")[0]:
        match operator_of(instruction):
            case "q":
                depth += 1
            case "Q":
                depth -= 1
                lowest = min(lowest, depth)
            case _:
                operands = list(instruction.operands)
                held = operands[1] if len(operands) > 1 else None
                if isinstance(held, pikepdf.Name):
                    held = entry(properties, name_of(held))
                mark = whole(entry(held, "/MCID"))
                last = max(last, -1 if mark is None else mark)
    return depth - lowest, -lowest, last
