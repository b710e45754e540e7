"""Blocks to galleys: each block of a document is set once, with its own small structure tree."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from handouts.document import (
    Block,
    Figure,
    Group,
    Heading,
    ListBlock,
    Paragraph,
    Runs,
    Table,
    WritingLines,
    plain,
    walk,
)
from handouts.figures import Drawing
from handouts.typeset import boxes
from handouts.typeset.frames import framed
from handouts.typeset.galleys import Bookmark, Frame, Galley, Paint, Picture
from handouts.typeset.groups import set_group
from handouts.typeset.lines import break_lines, line_width
from handouts.typeset.lists import set_list
from handouts.typeset.setter import Look, SetBlock, Setter
from handouts.typeset.styles import Style
from handouts.typeset.tables import set_table


def set_block(block: Block, look: Look, width: float) -> SetBlock:
    """Return a block set to a width (points).

    A block that was set before is not set again. One that holds personal words is never kept: a
    patient's name must not stay in memory for the next patient.
    """
    if _is_personal(block):
        return _set_anew(block, look, width)
    figures = (each for each in walk((block,)) if isinstance(each, Figure))
    shown = tuple(look.drawings.get(figure.source) for figure in figures)
    return _set_once(block, look, width, shown)


@lru_cache(maxsize=1024)
def _set_once(block: Block, look: Look, width: float, _shown: tuple[Drawing | None, ...]) -> SetBlock:
    """Return a block set once for each look, and for what its own figures show."""
    return _set_anew(block, look, width)


def _set_anew(block: Block, look: Look, width: float) -> SetBlock:
    result = SetBlock()
    result.galleys = tuple(Setter(look, result, _set).set(block, -1, width))
    return result


def _is_personal(block: Block) -> bool:
    match block:
        case Heading() | Paragraph():
            return any(run.slot for run in block.runs)
        case ListBlock():
            return any(
                any(run.slot for run in item.runs) or (item.nested is not None and _is_personal(item.nested))
                for item in block.items
            )
        case Table():
            cells = (cell for row in block.head + block.body for cell in row)
            return any(run.slot for cell in cells for line in cell.lines for run in line)
        case Group():
            return any(_is_personal(child) for child in block.blocks)
        case Figure() | WritingLines():
            return False


def _set(setter: Setter, block: Block, parent: int, width: float) -> list[Galley]:
    match block:
        case Heading():
            return heading(setter, block, parent, width)
        case Paragraph():
            return paragraph(setter, block, parent, width)
        case ListBlock():
            return set_list(setter, block, parent, width)
        case Table():
            return set_table(setter, block, parent, width)
        case Figure():
            return figure(setter, block, parent, width)
        case WritingLines():
            return writing_lines(setter, block, width)
        case Group():
            return set_group(setter, block, parent, width)


def heading(setter: Setter, block: Heading, parent: int, width: float) -> list[Galley]:
    """Return a heading, or a stage's pill; it never stands alone at the end of a page."""
    style = setter.look.sheet.style(block.style or f"h{block.level}")
    node = setter.node(f"H{block.level}", parent)
    bookmark = Bookmark(block.level, plain(block.runs), block.anchor)
    if block.style == "stage":
        galleys = [pill(setter, block.runs, node, style, width)]
    else:
        galleys = setter.lines(block.runs, node, style, width)
    if galleys:
        galleys[0] = replace(galleys[0], bookmark=bookmark)
    return [replace(galley, keep=True) for galley in galleys]


def pill(setter: Setter, runs: Runs, node: int, style: Style, width: float) -> Galley:
    """Return a heading in a tag of the clinic's colour, as wide as its words."""
    box = boxes.box_style("stage", setter.look.clinic)
    inner = width - box.padding[1] - box.padding[3]
    broken = break_lines(runs, style, inner)
    taken = max((line_width(line, style) for line in broken), default=0)
    galleys = setter.lines(runs, node, style, inner)
    taken += box.padding[1] + box.padding[3]
    galley = framed(galleys, Frame("stage", taken), setter.look)
    return replace(galley, before=style.before, after=style.after, pieces=(), frame=None)


def paragraph(setter: Setter, block: Paragraph, parent: int, width: float) -> list[Galley]:
    """Return a paragraph; a slot gets a line to write on, a dose its tinted bar."""
    style = setter.look.sheet.style(block.style)
    node = setter.node("P", parent)
    if block.style == "dose":
        inner = boxes.box_style("dose", setter.look.clinic).padding
        galleys = setter.lines(
            block.runs, node, replace(style, before=0, after=0), width - inner[1] - inner[3]
        )
        return [
            replace(
                framed(galleys, Frame("dose", width), setter.look), before=style.before, after=style.after
            )
        ]
    galleys = setter.lines(block.runs, node, style, width)
    if block.style == "slot" and galleys:
        under = Paint(0, style.leading + 2, boxes.rule(0, 0, width, 0, 0.6, setter.look.palette.rule))
        last = galleys[-1]
        galleys[-1] = replace(last, items=(*last.items, under), height=last.height + 2)
    return galleys


def figure(setter: Setter, block: Figure, parent: int, width: float) -> list[Galley]:
    """Return a picture, as large as its room allows, with its alternative text."""
    drawn = setter.picture(block)
    size = setter.picture_size(block, width)
    scale = size[0] / drawn.width
    node = setter.node("Figure", parent, {"Layout": "/Placement /Block"})
    setter.into.nodes[node].alt = block.alt
    if drawn.image:
        setter.into.pictures[drawn.image] = drawn
    ops = f"{scale:.5f} 0 0 {scale:.5f} 0 0 cm\n{drawn.ops}"
    return [
        Galley(size[1], (Picture(node, (width - size[0]) / 2, size[1], *size, ops, drawn.image),), after=4)
    ]


def writing_lines(setter: Setter, block: WritingLines, width: float) -> list[Galley]:
    """Return ruled lines; more of them are offered to the make-up as spare."""
    step = setter.look.sheet.writing_line
    rule = Paint(0, step, boxes.rule(0, 0, width, 0, 0.6, setter.look.palette.rule))
    line = Galley(step, (rule,), keep=True)
    spare = (line,) * max(0, block.most - block.count)
    return [line] * (block.count - 1) + [replace(line, keep=False, spare=spare, after=6)]
