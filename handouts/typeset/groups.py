"""Groups: blocks below or beside each other, in a frame or without."""

from __future__ import annotations

from dataclasses import replace

from handouts.document import Block, Figure, Group, Paragraph
from handouts.typeset import boxes
from handouts.typeset.frames import framed
from handouts.typeset.galleys import Frame, Galley, Item, merged, stacked_height
from handouts.typeset.setter import Setter
from handouts.typeset.styles import COLUMN_GAP, MM

LARGE_PICTURE = 1.8
"""How much larger a card's drawing is in large print."""
NARROW = 110.0
"""In large print, columns narrower than this are set one below the other."""


def set_group(setter: Setter, block: Group, parent: int, width: float) -> list[Galley]:
    """Return a group: its children placed, framed, kept together as it wishes."""
    node = setter.node("Div" if block.kind == "div" else "Sect", parent)
    outer, setter.on_brand = setter.on_brand, setter.on_brand or filled(setter, block)
    try:
        galleys = placed(setter, block, node, width)
    finally:
        setter.on_brand = outer
    if block.new_page and galleys:
        galleys[0] = replace(galleys[0], new_page=True)
    if block.keep:
        galleys = [*(replace(galley, keep=True) for galley in galleys[:-1]), *galleys[-1:]]
    return galleys


def filled(setter: Setter, block: Group) -> bool:
    """Tell whether the group's text stands on the clinic's own colour."""
    if block.frame != "band":
        return False
    return boxes.box_style("band", setter.look.clinic).fill == "brand"


def placed(setter: Setter, block: Group, node: int, width: float) -> list[Galley]:
    """Return a group's children in their layout and frame."""
    if not block.frame:
        return laid_out(setter, block, node, width)
    box = boxes.box_style(block.frame, setter.look.clinic)
    inner = width - box.padding[1] - box.padding[3]
    pieces = laid_out(setter, block, node, inner)
    frame = Frame(block.frame, width, block.height_mm * MM)
    boxed = framed(pieces, frame, setter.look)
    return [replace(boxed, before=box.before, after=box.after, loose=block.frame == "alert")]


def laid_out(setter: Setter, block: Group, node: int, width: float) -> list[Galley]:
    """Return a group's children below or beside each other."""
    if block.layout == "row":
        return side_by_side(setter, block, block.blocks, block.widths, node, width)
    if block.layout == "columns":
        galleys: list[Galley] = []
        columns = block.columns if setter.look.sheet.edition == "standard" else 1
        for start in range(0, len(block.blocks), columns):
            part = block.blocks[start : start + columns]
            widths = (0.0,) * columns
            galleys += side_by_side(setter, block, part, widths, node, width)
        return galleys
    return [galley for child in block.blocks for galley in setter.set(child, node, width)]


def side_by_side(
    setter: Setter,
    block: Group,
    children: tuple[Block, ...],
    widths_mm: tuple[float, ...],
    node: int,
    width: float,
) -> list[Galley]:
    """Return children in one row; where that is higher than a page, one below the other.

    A picture takes no more width than it needs.
    """
    count = max(len(children), len(widths_mm))
    given = [value * MM for value in widths_mm] + [0.0] * (count - len(widths_mm))
    for number, child in enumerate(children):
        if isinstance(child, Figure):
            given[number] = setter.picture_size(child, given[number] or width)[0]
    free = width - COLUMN_GAP * (count - 1) - sum(given)
    share = free / max(1, given.count(0.0))
    widths = [value or share for value in given]
    words = [value for value, child in zip(widths, children, strict=False) if not is_picture(child)]
    narrow = setter.look.sheet.edition == "large-print" and len(words) > 1 and min(words) < NARROW
    # In large print a card's drawing stands below its words, as large as the page is wide.
    enlarged = setter.look.sheet.edition == "large-print" and block.frame == "card"
    before = len(setter.into.nodes)
    if not narrow and not enlarged:
        columns = [setter.set(child, node, column) for child, column in zip(children, widths, strict=False)]
        height = max(stacked_height(column) for column in columns)
        if height <= setter.look.page_height * 0.9:
            columns = [stretched(setter, column, height) for column in columns]
            return [row_of(block, columns, widths, height)]
        setter.forget(before)
    outer, setter.enlarged = setter.enlarged, LARGE_PICTURE if enlarged else setter.enlarged
    try:
        return [galley for child in children for galley in setter.set(child, node, width)]
    finally:
        setter.enlarged = outer


def is_picture(block: Block) -> bool:
    """Tell whether a block is a picture, perhaps with its caption, which may be narrow in large print too."""
    if isinstance(block, Group):
        kinds = [type(child) for child in block.blocks]
        return kinds in ([Figure], [Figure, Paragraph])
    return isinstance(block, Figure)


def row_of(block: Group, columns: list[list[Galley]], widths: list[float], height: float) -> Galley:
    """Return set columns as one galley, from the left or, reversed, from the right."""
    edges = []
    x = 0.0
    for column_width in reversed(widths[: len(columns)]) if block.reverse else widths[: len(columns)]:
        edges.append(x)
        x += column_width + COLUMN_GAP
    if block.reverse:
        edges.reverse()
    items: list[Item] = []
    for child, column, left in zip(block.blocks, columns, edges, strict=False):
        # A card's drawing stands in the middle of its height, beside the words that it belongs to.
        lift = (height - stacked_height(column)) / 2 if block.frame == "card" and is_picture(child) else 0
        items += merged(column, left, lift)[0]
    firsts = [column[0] for column in columns if column]
    lasts = [column[-1] for column in columns if column]
    return Galley(
        height,
        tuple(items),
        before=max((galley.before for galley in firsts), default=0),
        after=max((galley.after for galley in lasts), default=0),
        bookmark=next((galley.bookmark for galley in firsts if galley.bookmark), None),
    )


def stretched(setter: Setter, column: list[Galley], height: float) -> list[Galley]:
    """Return a column whose only frame, or free room, is as high as the row."""
    missing = height - stacked_height(column)
    growing = [
        number
        for number, galley in enumerate(column)
        if galley.frame and (len(column) == 1 or galley.frame.name == "room")
    ]
    if missing <= 0 or len(growing) != 1:
        return column
    (number,) = growing
    galley = column[number]
    frame = replace(galley.frame or Frame("room", 0), height=galley.height + missing)
    grown = replace(framed(list(galley.pieces), frame, setter.look), before=galley.before, after=galley.after)
    return [*column[:number], grown, *column[number + 1 :]]
