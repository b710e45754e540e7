"""Lists: items one below the other, or in columns where they are short."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

from handouts.document import ListBlock, Run
from handouts.typeset.galleys import Galley, Text, merged, moved, stacked_height
from handouts.typeset.lines import baseline, break_lines, line_width, show, text_colour
from handouts.typeset.setter import Setter
from handouts.typeset.styles import COLUMN_GAP

BULLET = "•"


def set_list(setter: Setter, block: ListBlock, parent: int, width: float) -> list[Galley]:
    """Return a list: one item below the other, or in two columns where that is short enough."""
    numbering = "/Decimal" if block.ordered else "/Disc"
    node = setter.node("L", parent, {"List": f"/ListNumbering {numbering}"})
    columns = block.columns if setter.look.sheet.edition == "standard" else 1
    if columns > 1 and len(block.items) > 2:
        column = (width - COLUMN_GAP * (columns - 1)) / columns
        items = [list_item(setter, block, number, node, column) for number in range(len(block.items))]
        share = -(-len(items) // columns)
        parts = [list(chain(*items[start : start + share])) for start in range(0, len(items), share)]
        height = max(stacked_height(part) for part in parts)
        if height < setter.look.page_height / 2:
            together = tuple(
                chain.from_iterable(
                    merged(part, number * (column + COLUMN_GAP))[0] for number, part in enumerate(parts)
                )
            )
            return [Galley(height, together, after=setter.look.sheet.style("").after)]
        del setter.into.nodes[node + 1 :]
    galleys = list(
        chain.from_iterable(
            list_item(setter, block, number, node, width) for number in range(len(block.items))
        )
    )
    if galleys:
        galleys[-1] = replace(galleys[-1], after=max(galleys[-1].after, setter.look.sheet.style("").after))
    return galleys


def list_item(setter: Setter, block: ListBlock, number: int, parent: int, width: float) -> list[Galley]:
    """Return one item: its label in the margin, its text, and a nested list below."""
    item = block.items[number]
    style = setter.look.sheet.style("li-fine" if block.style == "fine" else "li")
    indent = setter.look.sheet.list_indent * (style.size / setter.look.sheet.style("li").size)
    li = setter.node("LI", parent)
    label = setter.node("Lbl", li)
    body = setter.node("LBody", li)
    text_node = setter.node("P", body) if item.nested else body
    galleys = [
        replace(galley, items=moved(galley.items, indent, 0))
        for galley in setter.lines(item.runs, text_node, style, width - indent)
    ]
    if not galleys:
        galleys = [Galley(style.leading, after=style.after)]
    mark = f"{number + 1}. " if block.ordered else f"{BULLET} "
    (label_line,) = break_lines((Run(mark),), style, width) or [()]
    shown = show(label_line, style, text_colour(style, setter.look.palette, on_brand=setter.on_brand))
    first = galleys[0]
    x = indent - line_width(label_line, style) - 0.35 * style.size
    galleys[0] = replace(first, items=(Text(label, max(0, x), baseline(style), shown), *first.items))
    if item.nested:
        inner = set_list(setter, item.nested, body, width - indent)
        galleys += [replace(galley, items=moved(galley.items, indent, 0)) for galley in inner]
    return galleys
