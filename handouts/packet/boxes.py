"""Boxes of pages: what of a page is seen, and which way up."""

from __future__ import annotations

from typing import NamedTuple

from handouts.packet.source import Source, SourcePage
from handouts.packet.syntax import Value, number, whole


class Box(NamedTuple):
    """Left, bottom, right, top, in the units of a page."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """How high it is."""
        return self.top - self.bottom


class View(NamedTuple):
    """What is seen of a page: the box, how many degrees it is turned, the length of a unit in points."""

    box: Box
    turn: int
    unit: float

    @property
    def size(self) -> tuple[float, float]:
        """The width and height in points, as the page is seen."""
        width, height = self.box.width * self.unit, self.box.height * self.unit
        return (height, width) if self.turn in (90, 270) else (width, height)

    @property
    def top_left(self) -> tuple[float, float]:
        """The corner of the box that is seen at the top left, in the units of the page."""
        left, bottom, right, top = self.box
        return {0: (left, top), 90: (left, bottom), 180: (right, bottom), 270: (right, top)}[self.turn]


def read_box(source: Source, value: Value | None) -> Box | None:
    """Return a box put in order; None if it is none, or holds nothing."""
    numbers = [number(source.value(one)) for one in source.members(value)]
    if len(numbers) != 4:
        return None
    known = [one for one in numbers if one is not None]
    if len(known) != 4:
        return None
    box = Box(
        min(known[0], known[2]), min(known[1], known[3]), max(known[0], known[2]), max(known[1], known[3])
    )
    return box if box.width > 0 and box.height > 0 else None


def view(source: Source, page: SourcePage) -> View:
    """Return what is seen of a page: its crop box, as far as it is on the media box."""
    media = read_box(source, page.values.get(b"/MediaBox")) or Box(0, 0, 612, 792)
    crop = read_box(source, page.values.get(b"/CropBox")) or media
    common = Box(
        max(media.left, crop.left),
        max(media.bottom, crop.bottom),
        min(media.right, crop.right),
        min(media.top, crop.top),
    )
    box = common if common.width > 0 and common.height > 0 else media
    turn = (whole(source.value(page.values.get(b"/Rotate"))) or 0) % 360
    unit = number(source.value(page.values.get(b"/UserUnit"))) or 1.0
    return View(box, turn if turn in (0, 90, 180, 270) else 0, unit if unit > 0 else 1.0)
