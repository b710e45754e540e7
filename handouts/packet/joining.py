"""Joining: parts become one tagged file, and parts are put into a packet where it keeps room for them."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date

from handouts.errors import ForeignError
from handouts.packet.binding import Binding, Slot
from handouts.packet.boxes import view
from handouts.packet.joined import STANDARDS, Facts, Joined
from handouts.packet.outline import Bookmark
from handouts.packet.part import Insert, Merged, Part
from handouts.packet.source import Source, text
from handouts.packet.stamping import make_stamp
from handouts.packet.structure import PART, Element
from handouts.packet.syntax import reference
from handouts.pdf.file import text_string

_LABELS = b"/PageLabels <</Nums[0<</S/D>>]>>"


def merge(parts: Sequence[Part], *, title: str, language: str = "en", author: str = "", day: date) -> Merged:
    """Return parts joined, in their order, as one tagged file.

    Each becomes a Part of the structure with its title and language, and a bookmark with its own below. Its
    links stay inside it. PDF/UA-1 and PDF/A-2a are claimed where every part earns them and nothing had to be
    left out. The same parts give the same bytes.

    Raises ForeignError where a part cannot be read, or there is none.
    """
    if not parts:
        raise ForeignError("there is nothing to join.")
    with _without_collector():
        joined = Joined(language)
        document = joined.file.reserve()
        kids, marks = [], []
        for number, part in enumerate(parts, 1):
            with Source.open(part) as source:
                slots = [joined.add_page() for _ in source.pages]
                binding = Binding(joined.whole, source, slots, f"p{number}")
                binding.read()
                kids.append(binding.wrapped(document, source.title, source.language or language))
                marks.append(_bookmark(binding))
                binding.write()
                joined.take_in(binding, part.earns)
        held = " ".join(f"{kid} 0 R" for kid in kids)
        joined.file.put(
            document,
            f"<</Type/StructElem/S/Document/P {joined.root} 0 R/T {text_string(title)}"
            f"/Lang {text_string(language)}/K[{held}]>>",
        )
        return joined.finish([document], marks, Facts(title, author, language, day), _LABELS)


def _bookmark(binding: Binding) -> Bookmark:
    """Return the bookmark of a part with the part's own below it, once if the part has one for itself."""
    title, below = binding.source.title, binding.outline()
    if len(below) == 1 and text(below[0].title).strip() == title.strip():
        below = below[0].kids
    first = binding.pages[binding.source.pages[0].ref]
    return Bookmark(text_string(title).encode("latin-1"), b"[%d 0 R/Fit]" % first, below)


def insert(packet: bytes, inserts: Sequence[Insert]) -> Merged:
    """Return a packet of ours with parts put where it keeps pages free for them.

    The pages keep their places, so that contents, links and bookmarks lead to them; their foot is drawn over
    what comes in. A part's tree is hung into the empty Part, its bookmarks below the one that leads there.

    Raises ForeignError where a part cannot be read, or does not fit the place.
    """
    whole = Part(packet, "the packet", earns=frozenset(STANDARDS))
    with _without_collector(), ExitStack() as stack:
        base = stack.enter_context(Source.open(whole))
        joined = Joined(base.language)
        slots = [joined.add_page() for _ in base.pages]
        rooms = [_Room(one, stack.enter_context(Source.open(one.part)), slots) for one in inserts]
        return _put_in(joined, base, slots, rooms)


def page_sizes(part: Part) -> tuple[tuple[float, float], ...]:
    """Return the width and height of each page of a part in points, as it is seen: turned, and cropped.

    Raises ForeignError where the part cannot be read.
    """
    with Source.open(part) as source:
        return tuple(view(source, page).size for page in source.pages)


@dataclass(slots=True)
class _Room:
    """An insert, opened, and the places of its pages."""

    insert: Insert
    source: Source
    slots: list[Slot]

    def __post_init__(self) -> None:
        first, count = self.insert.page, len(self.source.pages)
        self.slots = self.slots[first : first + count] if first >= 0 else []
        if len(self.slots) != count:
            raise ForeignError(f"the packet has no room for {count} pages.", where=self.source.part.name)

    @property
    def pages(self) -> range:
        """The indices of its pages in the packet."""
        return range(self.insert.page, self.insert.page + len(self.slots))


def _put_in(joined: Joined, base: Source, slots: list[Slot], rooms: list[_Room]) -> Merged:
    kept: list[Slot | None] = list(slots)
    elsewhere: dict[int, tuple[int, bytes]] = {}
    for room in rooms:
        for index, page in zip(room.pages, room.source.pages, strict=True):
            if kept[index] is None:
                raise ForeignError("two files are to go to the same pages.", where=room.source.part.name)
            kept[index] = None
            left, top = view(room.source, page).top_left
            elsewhere[base.pages[index].ref] = slots[index].number, b"/XYZ %.2f %.2f null" % (left, top)
    binding = Binding(joined.whole, base, kept, "")
    binding.read(elsewhere)
    marks = binding.outline()
    for number, room in enumerate(rooms, 1):
        stamps = [make_stamp(binding.copier, base.pages[index]) for index in room.pages]
        filled = [replace(slot, stamp=stamp) for slot, stamp in zip(room.slots, stamps, strict=True)]
        guest = Binding(joined.whole, room.source, filled, f"i{number}")
        guest.read()
        place = _kept_free(binding, room)
        place.kids += [reference(top) for top in guest.hang(place.number)]
        language = room.source.language
        if language and language != base.language:
            place.values = {**place.values, b"/Lang": text_string(language).encode("latin-1")}
        _leading_to(marks, room.slots[0].number).kids += guest.outline()
        guest.write()
        joined.take_in(guest, room.insert.part.earns)
    tops = binding.hang(joined.root)
    binding.write()
    joined.take_in(binding, base.part.earns)
    preferences = base.entries(base.root.get(b"/ViewerPreferences"))
    labels, duplex = binding.page_labels(), b"/Duplex" in preferences
    return joined.finish(tops, marks, _facts(base), labels, duplex=duplex)


def _kept_free(binding: Binding, room: _Room) -> Element:
    """Return the empty Part that an insert is for."""
    elements = {element.number: element for element in binding.structure.elements}
    kids = binding.structure.tops[0].kids if binding.structure.tops else []
    place = room.insert.kid
    found = (
        elements.get(int(kids[place].split()[0]))
        if 0 <= place < len(kids) and kids[place].endswith(b"R")
        else None
    )
    if found is None or found.meaning.role != PART.role or found.kids:
        raise ForeignError("the packet keeps no empty part there.", where=room.source.part.name)
    return found


def _leading_to(marks: list[Bookmark], page: int) -> Bookmark:
    """Return the first bookmark that leads to a page; a new one, of no list, if there is none."""
    waiting = list(reversed(marks))
    while waiting:
        mark = waiting.pop()
        if mark.place is not None and mark.place.startswith(b"[%d 0 R " % page):
            return mark
        waiting.extend(reversed(mark.kids))
    return Bookmark(b"", None)


def _facts(base: Source) -> Facts:
    made = base.info("/CreationDate")
    day = date(int(made[2:6]), int(made[6:8]), int(made[8:10]))
    return Facts(base.title, base.info("/Author"), base.language, day)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Hold Python's search for loops back: hundreds of thousands of small values live until the end."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
