"""Links: the annotations that travel with a page. All other kinds stay behind, and that is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from handouts.packet.copying import Copier
from handouts.packet.destinations import Destinations
from handouts.packet.source import SourcePage, text
from handouts.packet.syntax import Value, string_bytes, whole
from handouts.pdf.file import text_string

_KEPT = (b"/Rect", b"/QuadPoints", b"/Border", b"/BS", b"/C", b"/H", b"/AP", b"/AS")
_PRINT, _SEEN = 4, ~(1 | 2 | 32)
_MOST = 100_000


@dataclass(slots=True, eq=False)
class LinkNote:
    """One link: its number in the output and in the part (0: none), its entries in the part.

    ``does`` and ``words`` are written already: where it leads, and what a screen reader says of it.
    ``element`` is the number of the element that holds it, ``key`` its place in the parent tree.
    """

    number: int
    ref: int
    values: dict[bytes, Value]
    does: bytes
    words: bytes
    element: int = 0
    key: int = -1


class Links:
    """The links of one part, by page; ``numbers`` are theirs in the output, by those in the part."""

    def __init__(self, copier: Copier, places: Destinations, title: str) -> None:
        self._source = copier.source
        self._copier = copier
        self._places = places
        self._title = title
        self.numbers: dict[int, int] = {}
        self.on_page: dict[int, list[LinkNote]] = {}
        self._left: dict[str, int] = {}
        self._broken = 0

    def read(self, pages: Iterable[SourcePage]) -> None:
        """Find the links of the pages, telling what is left out."""
        count = 0
        for page in pages:
            kept = self.on_page[page.ref] = []
            for one in self._source.members(page.values.get(b"/Annots")):
                count += 1
                if count > _MOST or (isinstance(one, int) and one in self.numbers):
                    continue
                values = self._source.entries(one)
                kind = self._source.value(values.get(b"/Subtype"))
                if kind != b"/Link":
                    name = (
                        kind[1:].decode("latin-1")
                        if isinstance(kind, bytes) and kind != b"null"
                        else "unknown"
                    )
                    self._left[name] = self._left.get(name, 0) + 1
                    continue
                does = self._action(values)
                if does is None:
                    self._broken += 1
                    continue
                number, ref = self._copier.shared.file.reserve(), one if isinstance(one, int) else 0
                link = LinkNote(number, ref, values, does[0], self._words(values, does[1]))
                kept.append(link)
                if isinstance(one, int):
                    self.numbers[one] = link.number
        if self._broken:
            self._source.notes.append(f"Links that lead nowhere are plain text now: {self._broken}.")
        flaws = [
            f"Annotations of the kind {kind} were left out: {count}." for kind, count in self._left.items()
        ]
        self._source.flaws += flaws

    def _words(self, values: dict[bytes, Value], address: bytes) -> bytes:
        words = self._source.value(values.get(b"/Contents"))
        if isinstance(words, bytes) and text(words).strip():
            return words
        return address or text_string(self._title).encode("latin-1")

    def _action(self, values: dict[bytes, Value]) -> tuple[bytes, bytes] | None:
        """Return what a link does and in which words to say it; None if it does nothing that is kept."""
        if b"/Dest" in values:
            place = self._places.resolve(values[b"/Dest"])
            return (b"/Dest " + place, b"") if place else None
        action = self._source.entries(values.get(b"/A"))
        kind = self._source.value(action.get(b"/S"))
        if kind == b"/GoTo":
            place = self._places.resolve(action.get(b"/D"))
            return (b"/Dest " + place, b"") if place else None
        address = self._source.value(action.get(b"/URI"))
        if kind == b"/URI" and isinstance(address, bytes) and string_bytes(address):
            return b"/A<</Type/Action/S/URI/URI %b>>" % address, address
        return None

    def write(self, link: LinkNote, page: int) -> None:
        """Write a link of a page, whose number in the output is given: described, and printed."""
        values = link.values
        flags = whole(self._source.value(values.get(b"/F"))) or 0
        parts = [
            b"<</Type/Annot/Subtype/Link/P %d 0 R/F %d%b/Contents %b"
            % (page, flags & _SEEN | _PRINT, link.does, link.words)
        ]
        parts += [b"%b %b" % (key, self._copier.written(values[key])) for key in _KEPT if key in values]
        if link.key >= 0:
            parts.append(b"/StructParent %d" % link.key)
        self._copier.shared.file.put(link.number, (b"".join(parts) + b">>").decode("latin-1"))
