"""The document that a patient reads, as frozen blocks: the model between markup and page.

The block tree is the structure tree of the PDF: every block becomes exactly one structure element
(a list item and a table cell too), in this order, whatever the page looks like. How a block looks
is only *named* here (``style``, ``frame``, ``layout``); what the names mean is decided in
``typeset.styles``.

::

    Document
     `- Block = Heading | Paragraph | ListBlock | Table | Figure | WritingLines | Group
        Group holds blocks; ListItem and Cell hold runs; runs hold text
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Layout = Literal["stack", "row", "columns"]
Frame = Literal["", "band", "card", "alert", "tint", "bar", "box", "room"]


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one style.

    ``href`` makes it a link (``https:``, ``mailto:``, ``tel:`` or ``#id``). ``language`` is set only
    where it differs from the document's. ``slot`` names a personal part (patient, date, clinician,
    note) so that a batch can write it alone; a slot may be empty.
    """

    text: str
    strong: bool = False
    emphasis: bool = False
    href: str = ""
    language: str = ""
    slot: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 4; ``anchor`` is the id that links and bookmarks point at."""

    level: int
    runs: Runs
    style: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``style`` names its look ('' is body text)."""

    runs: Runs
    style: str = ""


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item of a list: its own text, then perhaps a nested list."""

    runs: Runs
    nested: ListBlock | None = None


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list; ordered ones are numbered from 1. ``columns`` is a wish of the look, 1 or 2."""

    items: tuple[ListItem, ...]
    ordered: bool = False
    columns: int = 1
    style: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One table cell: lines of text (each its own paragraph when there are several).

    ``header`` is '' for a data cell, 'row' or 'column' for a header cell and its scope. ``tick``
    draws an empty box to tick on paper; it has no text.
    """

    lines: tuple[Runs, ...]
    header: Literal["", "row", "column"] = ""
    span: int = 1
    tick: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: head rows repeat on each page; ``widths`` are relative column widths ('' = equal)."""

    head: tuple[tuple[Cell, ...], ...]
    body: tuple[tuple[Cell, ...], ...]
    style: str = ""
    widths: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its alternative text.

    ``source`` names what to draw: ``logo``, ``exercise:bridge``, ``icon:ice``, ``map:front:outer-hip``.
    Sizes are the room that it may fill; the picture keeps its proportions.
    """

    source: str
    alt: str
    width_mm: float
    height_mm: float


@dataclass(frozen=True, slots=True)
class WritingLines:
    """Ruled lines to write on: paper only, nothing that is read aloud.

    ``fill`` lets the make-up add lines, up to ``most``, where the page has room left.
    """

    count: int
    most: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks that belong together.

    ``kind`` is the meaning: a ``section`` (begins with a heading), an ``aside`` or a plain ``div``.
    ``layout`` places the children: one below the other, side by side in a ``row`` (``widths``: mm,
    or 0 for an equal share of what is left), or filling ``columns`` of equal width row by row. A row with
    ``reverse`` is placed from the right, so that what is read first may stand on the right. ``frame``
    draws a box or bar round all of it, at least ``height_mm`` high. ``keep`` forbids a page break inside;
    ``new_page`` starts one.
    """

    blocks: tuple[Block, ...]
    kind: Literal["section", "aside", "div"] = "div"
    layout: Layout = "stack"
    frame: Frame = ""
    widths: tuple[float, ...] = ()
    columns: int = 1
    reverse: bool = False
    height_mm: float = 0
    keep: bool = False
    new_page: bool = False


Block = Heading | Paragraph | ListBlock | Table | Figure | WritingLines | Group


@dataclass(frozen=True, slots=True)
class Document:
    """One handout (or cover): its title, its language, its blocks, and its line at the page foot.

    ``footer`` is repeated on each page and is not part of the text. ``anchor`` is where a packet's
    contents link to.
    """

    title: str
    language: str
    blocks: tuple[Block, ...]
    footer: str = ""
    anchor: str = ""


def walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Yield every block, parents before children, in reading order."""
    for block in blocks:
        yield block
        if isinstance(block, Group):
            yield from walk(block.blocks)


def is_personal(block: Block) -> bool:
    """Tell whether words of one person stand in a block, or will."""
    match block:
        case Heading() | Paragraph():
            return any(run.slot for run in block.runs)
        case ListBlock():
            return any(
                any(run.slot for run in item.runs) or (item.nested is not None and is_personal(item.nested))
                for item in block.items
            )
        case Table():
            cells = (cell for row in block.head + block.body for cell in row)
            return any(run.slot for cell in cells for line in cell.lines for run in line)
        case Group():
            return any(is_personal(child) for child in block.blocks)
        case Figure() | WritingLines():
            return False


def plain(runs: Runs) -> str:
    """Return the text of some runs, as it is read aloud: white space folded, none at the ends."""
    return " ".join("".join(run.text for run in runs).split())


def _list_lines(block: ListBlock) -> Iterator[str]:
    for number, item in enumerate(block.items, 1):
        label = f"{number}." if block.ordered else "•"
        yield f"{label} {plain(item.runs)}".strip()
        if item.nested:
            yield from _list_lines(item.nested)


def block_lines(block: Block) -> Iterator[str]:
    """Yield what one block says, a line for each paragraph, item or cell, children included."""
    match block:
        case Heading(runs=runs) | Paragraph(runs=runs):
            yield plain(runs)
        case ListBlock():
            yield from _list_lines(block)
        case Table(head=head, body=body):
            for row in head + body:
                for cell in row:
                    yield from (plain(line) for line in cell.lines)
        case Group(blocks=blocks):
            for child in blocks:
                yield from block_lines(child)
        case Figure() | WritingLines():
            return


def text(document: Document) -> str:
    """Return all that a screen reader would say, in order, a line for each piece; empty ones left out.

    Alternative texts of figures are not part of it: a reader announces them apart from the text.
    """
    lines = (line for block in document.blocks for line in block_lines(block))
    return "\n".join(line for line in lines if line)
