"""The outline: one bookmark for each part, with the part's own bookmarks below it."""

from __future__ import annotations

from dataclasses import dataclass, field

from handouts.packet.destinations import Destinations
from handouts.packet.source import Source
from handouts.packet.syntax import Value, string_bytes, whole
from handouts.pdf.file import PdfFile

_MOST = 50_000


@dataclass(slots=True, eq=False)
class Bookmark:
    """One bookmark: its words as they stand in a file, where it leads, and those below it."""

    title: bytes
    place: bytes | None
    kids: list[Bookmark] = field(default_factory=list)
    open: bool = False
    number: int = 0
    visible: int = 0
    """How many bookmarks below it are seen when it is open."""


def read_outline(source: Source, places: Destinations) -> list[Bookmark]:
    """Return the bookmarks of a part; one that leads nowhere, and to nothing below it, is left out."""
    top: list[Bookmark] = []
    order: list[Bookmark] = []
    seen: set[int] = set()
    waiting: list[tuple[Value | None, list[Bookmark]]] = [
        (source.entries(source.root.get(b"/Outlines")).get(b"/First"), top)
    ]
    while waiting and len(order) < _MOST:
        ref, into = waiting.pop()
        while isinstance(ref, int) and ref not in seen and len(order) < _MOST:
            seen.add(ref)
            values = source.entries(ref)
            mark = Bookmark(_title(source.value(values.get(b"/Title"))), _target(source, values, places))
            mark.open = (whole(source.value(values.get(b"/Count"))) or 0) > 0
            into.append(mark)
            order.append(mark)
            waiting.append((values.get(b"/First"), mark.kids))
            ref = values.get(b"/Next")
    for mark in reversed(order):
        mark.kids = [kid for kid in mark.kids if kid.place is not None]
        if mark.place is None and mark.kids:
            mark.place = mark.kids[0].place
    return [mark for mark in top if mark.place is not None]


def _title(value: Value) -> bytes:
    return value if isinstance(value, bytes) and string_bytes(value) else b"( )"


def _target(source: Source, values: dict[bytes, Value], places: Destinations) -> bytes | None:
    if b"/Dest" in values:
        return places.resolve(values[b"/Dest"])
    action = source.entries(values.get(b"/A"))
    return places.resolve(action.get(b"/D")) if action.get(b"/S") == b"/GoTo" else None


def write_outline(forest: list[Bookmark], file: PdfFile) -> int:
    """Write the outline; return the number of its root."""
    root = Bookmark(b"", None, forest, open=True, number=file.reserve())
    parents = [root]
    order: list[tuple[Bookmark, Bookmark, int]] = []
    while parents:
        parent = parents.pop()
        for place, kid in enumerate(parent.kids):
            kid.number = file.reserve()
            order.append((kid, parent, place))
        parents.extend(reversed([kid for kid in parent.kids if kid.kids]))
    for mark, parent, _ in reversed(order):
        parent.visible += 1 + (mark.visible if mark.open else 0)
    for mark, parent, place in order:
        parts = [b"<</Title %b/Parent %d 0 R" % (mark.title, parent.number)]
        if mark.place is not None:
            parts.append(b"/Dest " + mark.place)
        if place:
            parts.append(b"/Prev %d 0 R" % parent.kids[place - 1].number)
        if place + 1 < len(parent.kids):
            parts.append(b"/Next %d 0 R" % parent.kids[place + 1].number)
        file.put(mark.number, (b"".join(parts) + _ends(mark) + b">>").decode("latin-1"))
    file.put(root.number, (b"<</Type/Outlines%b>>" % _ends(root)).decode("latin-1"))
    return root.number


def _ends(mark: Bookmark) -> bytes:
    if not mark.kids:
        return b""
    count = mark.visible if mark.open else -mark.visible
    return b"/First %d 0 R/Last %d 0 R/Count %d" % (mark.kids[0].number, mark.kids[-1].number, count)
