"""Make-up: galleys stacked into pages.

Nothing that is kept together is torn apart unless it is higher than a page; a framed block that must be
split shows a closed frame on each page; a table repeats its head; a last page never holds only a few
lines; writing lines grow into room that is left.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from handouts.errors import UnprintableError
from handouts.typeset.frames import split_framed
from handouts.typeset.galleys import Galley, gap
from handouts.typeset.setter import Look, SetBlock

LEAST_LAST_PAGE = 0.2
"""A last page that is filled less than this share takes something over from the page before."""
SQUEEZES = (92, 84, 76)
"""Per cent of the white space that is left where that spares a sheet of paper."""
SPLIT_GAIN = 40.0
"""How much lower a frame in two parts may be than the whole one, in points, and more: no gap is so large."""
LEAST_SPLIT = 0.2
"""A loose frame is split only where at least this share of the page is left for its first part."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A galley on a page: the block that it comes from, and how far its top is below the page's top.

    ``repeated`` marks a table head that was printed on an earlier page: it is not read again.
    """

    block: int
    galley: Galley
    top: float
    repeated: bool = False


Page = tuple[Placed, ...]
Flow = list[tuple[int, Galley]]


def make_up(blocks: list[SetBlock], look: Look) -> tuple[Page, ...]:
    """Return the blocks placed on pages, measured from the top of each page's text area.

    Raises UnprintableError where something that cannot be split is higher than a page.
    """
    flow = [(number, galley) for number, block in enumerate(blocks) for galley in block.galleys]
    pages = _Filler(flow, look).fill()
    for percent in SQUEEZES if len(pages) > 1 and _may_spare(flow, len(pages) - 1, look) else ():
        closer = _Filler(flow, look, squeeze=percent / 100).fill()
        if len(closer) < len(pages):
            return tuple(tuple(_with_spare(page, look)) for page in closer)
    if len(pages) > 1 and _filled(pages[-1], look) < LEAST_LAST_PAGE:
        for percent in range(97, 49, -3):
            fairer = _Filler(flow, look, short_page=len(pages) - 2, share=percent / 100).fill()
            if len(fairer) == len(pages) and _filled(fairer[-1], look) >= LEAST_LAST_PAGE:
                pages = fairer
                break
    return tuple(tuple(_with_spare(page, look)) for page in pages)


def _may_spare(flow: Flow, pages: int, look: Look) -> bool:
    """Tell whether the flow could fit on so many pages with the least white space."""
    heights = sum(galley.height for _, galley in flow)
    gaps = sorted(gap(upper, lower) for (_, upper), (_, lower) in pairwise(flow))
    # At each new page one gap falls away, at best the largest.
    least = heights + sum(gaps[: len(gaps) - pages + 1]) * min(SQUEEZES) / 100
    return least - SPLIT_GAIN * (pages - 1) <= pages * look.page_height


def _bottom(page: list[Placed]) -> float:
    return page[-1].top + page[-1].galley.height if page else 0.0


def _filled(page: list[Placed], look: Look) -> float:
    return _bottom(page) / look.page_height


def _with_spare(page: list[Placed], look: Look) -> Iterator[Placed]:
    room = look.page_height - _bottom(page)
    shift = 0.0
    for placed in page:
        yield Placed(placed.block, placed.galley, placed.top + shift, placed.repeated) if shift else placed
        for extra in placed.galley.spare:
            if extra.height > room:
                break
            top = placed.top + shift + placed.galley.height
            yield Placed(placed.block, extra, top)
            room -= extra.height
            shift += extra.height


class _Filler:
    """Fills pages with a flow of galleys.

    Of the page numbered ``short_page`` only a ``share`` is used. ``squeeze`` makes the white space between
    galleys smaller (1 leaves it).
    """

    def __init__(
        self, flow: Flow, look: Look, *, short_page: int = -1, share: float = 1.0, squeeze: float = 1.0
    ) -> None:
        self.flow = flow
        self.look = look
        self.squeeze = squeeze
        self.short_page = short_page
        self.share = share
        self.pages: list[list[Placed]] = [[]]
        self.used = 0.0
        self.last: Galley | None = None

    @property
    def limit(self) -> float:
        """How far down the page may be filled."""
        short = len(self.pages) - 1 == self.short_page
        return self.look.page_height * (self.share if short else 1.0)

    def fill(self) -> list[list[Placed]]:
        for chain in self._chains():
            if chain[0][1].new_page:
                self._turn()
            self._place_chain(chain)
        return self.pages

    def _gap(self, upper: Galley | None, lower: Galley) -> float:
        return gap(upper, lower) * self.squeeze

    def _chains(self) -> Iterator[Flow]:
        chain: Flow = []
        for block, galley in self.flow:
            if galley.new_page and chain:
                yield chain
                chain = []
            chain.append((block, galley))
            if not galley.keep:
                yield chain
                chain = []
        if chain:
            yield chain

    def _height(self, chain: Flow) -> float:
        height, last = 0.0, self.last
        for _, galley in chain:
            height += self._gap(last, galley) + galley.height
            last = galley
        return height

    def _place_chain(self, chain: Flow) -> None:
        if self.used + self._height(chain) <= self.limit:
            for block, galley in chain:
                self._put(block, galley)
            return
        if len(chain) == 1 and chain[0][1].loose and self._split(*chain[0]):
            return
        saved = self.last
        self.last = None
        alone = self._height(chain)
        self.last = saved
        if alone <= self.look.page_height:
            self._turn(chain[0][1])
            for block, galley in chain:
                self._put(block, galley)
            return
        for block, galley in chain:
            self._place(block, galley)

    def _place(self, block: int, galley: Galley) -> None:
        """Place a galley of a chain that is higher than a page: wherever it fits next."""
        if self.used + self._gap(self.last, galley) + galley.height <= self.limit:
            self._put(block, galley)
        elif galley.height <= self.look.page_height:
            self._turn(galley)
            self._put(block, galley)
        elif not self._split(block, galley):
            raise UnprintableError(
                "a block is higher than a page and cannot be split.",
                advice="Shorten its text, or take the standard edition.",
            )

    def _split(self, block: int, galley: Galley) -> bool:
        room = self.limit - self.used - self._gap(self.last, galley)
        if self.pages[-1] and room < self.look.page_height * LEAST_SPLIT:
            self._turn(galley)
            room = self.limit
            if galley.height <= room:
                self._put(block, galley)
                return True
        parts = split_framed(galley, room, self.look)
        if parts is None:
            if not self.pages[-1]:
                return False
            self._turn(galley)
            return self._place_or_split(block, galley)
        self._put(block, parts[0])
        self._turn(parts[1])
        return self._place_or_split(block, parts[1])

    def _place_or_split(self, block: int, galley: Galley) -> bool:
        if galley.height <= self.limit:
            self._put(block, galley)
            return True
        return self._split(block, galley)

    def _turn(self, following: Galley | None = None) -> None:
        """Begin a new page, with the head of the table that goes on there."""
        if not self.pages[-1]:
            return
        earlier = self.pages[-1][-1]
        self.pages.append([])
        self.used = 0.0
        self.last = None
        if following is not None and following.head is not None and following.head is earlier.galley.head:
            self._put(earlier.block, following.head, repeated=True)

    def _put(self, block: int, galley: Galley, *, repeated: bool = False) -> None:
        top = self.used + self._gap(self.last, galley)
        self.pages[-1].append(Placed(block, galley, top, repeated))
        self.used = top + galley.height
        self.last = galley
