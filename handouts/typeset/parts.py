"""What is bound into one file: documents made up into pages, and room for files of others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handouts.document import Document
from handouts.typeset import makeup
from handouts.typeset.setter import Look, SetBlock


@dataclass(frozen=True, slots=True)
class FootWords:
    """How pages are numbered, with ``{page}`` and ``{pages}`` to be filled in.

    ``packet`` is added, after a middle dot, where handouts are bound into one file.
    """

    page: str
    packet: str


@dataclass(frozen=True, slots=True)
class MadeUp:
    """A document made up into pages, ready to be written, alone or with others."""

    document: Document
    look: Look
    paper: tuple[float, float]
    blocks: tuple[SetBlock, ...]
    pages: tuple[makeup.Page, ...]


@dataclass(frozen=True, slots=True)
class Reserved:
    """Room for a file that is bound in afterwards: pages with nothing but the packet's foot.

    ``sizes`` are the pages' widths and heights in points; ``anchor`` is where links to it lead.
    """

    title: str
    anchor: str
    sizes: tuple[tuple[float, float], ...]


def first_pages(lengths: Sequence[int], *, duplex: bool = False) -> tuple[int, ...]:
    """Return the index of each part's first page, then the number of all pages.

    For ``duplex`` printing each part begins on a right-hand page; a blank page fills the gap.
    """
    starts, page = [], 0
    for length in lengths:
        page += page % 2 if duplex else 0
        starts.append(page)
        page += length
    return (*starts, page)
