"""Tables: rows as galleys, so that a table may run over pages; grids for the log, rules for the rest."""

from __future__ import annotations

from dataclasses import replace

from handouts.document import Cell, Table, plain
from handouts.typeset import boxes, fonts
from handouts.typeset.galleys import Galley, Item, Paint, merged, moved, stacked_height
from handouts.typeset.lines import baseline, colour_operator
from handouts.typeset.setter import Setter
from handouts.typeset.styles import TABLE_STYLES, Style

PAD_X = 5.0
DOT_INDENT = 0.75
"""How far the lines after a dot stand in, as a share of the type size."""
KEPT_ROWS = 14
"""A table of at most so many rows is kept on one page."""


def set_table(setter: Setter, block: Table, parent: int, width: float) -> list[Galley]:
    """Return a table as one galley a row (a row of several lines: one a line)."""
    node = setter.node("Table", parent)
    rows = block.head + block.body
    columns = max((sum(cell.span for cell in row) for row in rows), default=1)
    widths = column_widths(setter, block, columns, width)
    galleys: list[Galley] = []
    head: Galley | None = None
    for part, part_rows in (("THead", block.head), ("TBody", block.body)):
        if not part_rows:
            continue
        group = setter.node(part, node)
        for number, row in enumerate(part_rows):
            row_galleys = set_row(setter, block, row, group, widths, top=number == 0 and part == "TBody")
            if part == "THead":
                items, height = merged(row_galleys)
                row_galleys = [Galley(height, items, keep=True)]
                head = row_galleys[0]
            else:
                row_galleys = [replace(galley, head=head) for galley in row_galleys]
            galleys += row_galleys
    *kept, last = galleys
    # The help box must start where there is room, so it may be parted between any two signs. No other table
    # leaves one row alone at the foot or the top of a page.
    if block.style != "help":
        first, last_but_one = len(block.head), len(galleys) - 2
        kept = [
            replace(galley, keep=True) if len(rows) <= KEPT_ROWS or row in {first, last_but_one} else galley
            for row, galley in enumerate(kept)
        ]
    return [*kept, replace(last, after=6)]


def column_widths(setter: Setter, table: Table, columns: int, width: float) -> list[float]:
    """Return the widths of the columns: as wished, but the first is never narrower than its longest word."""
    shares = table.widths or (1.0,) * columns
    total = sum(shares)
    widths = [width * share / total for share in shares]
    style = setter.look.sheet.style(TABLE_STYLES[table.style][1])
    words = (
        word
        for row in table.head + table.body
        for cell in row[:1]
        if cell.header and cell.span == 1
        for line in cell.lines
        for word in plain(line).split()
    )
    bold = fonts.face("bold")
    needed = max((bold.width(word, style.size) for word in words), default=0.0) + 2 * PAD_X
    if columns > 1 and widths[0] < needed < width / 2:
        others = width - widths[0]
        widths = [needed, *((width - needed) * share / others for share in widths[1:])]
    return widths


def set_row(
    setter: Setter, table: Table, row: tuple[Cell, ...], parent: int, widths: list[float], *, top: bool
) -> list[Galley]:
    """Return one row. Its first galley holds the heads whole; further lines of the cells follow."""
    tr = setter.node("TR", parent)
    data_style, head_style = (setter.look.sheet.style(name) for name in TABLE_STYLES[table.style])
    grid = table.style in {"log", "walk-run"}
    pad_x, pad_y = (PAD_X, 4.5) if grid else (0.0, 1.5 if table.style == "help" else 2.5)
    columns: list[tuple[float, float, Cell, list[Galley]]] = []
    x, place = 0.0, 0
    for cell in row:
        cell_width = sum(widths[place : place + cell.span])
        centred = grid and place > 0
        style = replace(head_style if cell.header else data_style, align="centre" if centred else "left")
        last = place + cell.span >= len(widths)
        right = pad_x if grid else 0.0 if last else 8.0
        dotted = table.style == "help" and not cell.header and len(cell.lines) > 1
        lines = set_cell(setter, cell, tr, style, cell_width - pad_x - right, dotted=dotted)
        columns.append((x, cell_width, cell, lines))
        x += cell_width
        place += cell.span
    first_height = max(
        [stacked_height(lines[: 1 if cell.header == "" else None]) for _, _, cell, lines in columns] or [0]
    )
    if grid or table.style != "help":
        first_height = max([stacked_height(lines) for *_, lines in columns] or [0])
    if any(cell.tick for cell in row):
        first_height = max(first_height, setter.look.sheet.tick + 2)
    items: list[Item] = []
    rest: list[Galley] = []
    for left, cell_width, cell, lines in columns:
        fitting = len(lines)
        while fitting > 1 and stacked_height(lines[:fitting]) > first_height + 0.01:
            fitting -= 1
        top_items, height = merged(lines[:fitting], left + pad_x, pad_y)
        lift = (first_height - height) / 2 if grid else 0
        items += moved(top_items, 0, lift)
        rest += [replace(line, items=moved(line.items, left + pad_x, 0)) for line in lines[fitting:]]
        if cell.tick:
            size = setter.look.sheet.tick
            square = setter.look.clinic.corners == "square"
            box = boxes.tick_box(setter.look.palette, size, square=square)
            items.append(Paint(left + (cell_width - size) / 2, pad_y + (first_height + size) / 2, box))
    heads = [line for _, _, cell, lines in columns if cell.header for line in lines]
    if rest and heads:
        left = next(left for left, _, cell, _ in columns if cell.header)
        label_items, label_height = merged(heads, left + pad_x)
        label = Galley(label_height, label_items)
        rest = [replace(line, label=label) for line in rest]
    height = first_height + pad_y + (0 if rest else pad_y)
    painted = row_lines(setter, table, row, widths, height, top=top, grid=grid)
    galleys = [Galley(height, (*painted, *items)), *rest]
    if rest:
        galleys[-1] = replace(galleys[-1], height=galleys[-1].height + pad_y)
    return galleys


def set_cell(
    setter: Setter, cell: Cell, parent: int, style: Style, width: float, *, dotted: bool
) -> list[Galley]:
    """Return the lines of one cell; several are paragraphs of their own, perhaps with dots before them."""
    scope = {"row": "/Scope /Row", "column": "/Scope /Column"}.get(cell.header, "")
    span = f"/ColSpan {cell.span}" if cell.span > 1 else ""
    attributes = {"Table": f"{scope}{span}"} if scope or span else {}
    node = setter.node("TH" if cell.header else "TD", parent, attributes)
    indent = DOT_INDENT * style.size if dotted else 0.0
    galleys: list[Galley] = []
    for line in cell.lines:
        target = setter.node("P", node) if len(cell.lines) > 1 else node
        part = setter.lines(line, target, style, width - indent)
        if dotted and part:
            dot = boxes.dot(setter.look.palette.alert, style.size * 0.14)
            mark = Paint(indent * 0.3, baseline(style) - style.size * 0.3, dot)
            part = [replace(galley, items=moved(galley.items, indent, 0)) for galley in part]
            part[0] = replace(part[0], items=(mark, *part[0].items))
        galleys += part
    return galleys


def row_lines(
    setter: Setter,
    table: Table,
    row: tuple[Cell, ...],
    widths: list[float],
    height: float,
    *,
    top: bool,
    grid: bool,
) -> list[Item]:
    """Return the lines and tints behind one row."""
    palette = setter.look.palette
    full = sum(widths)
    if not grid:
        if top and not table.head:
            return []
        colour = palette.alert if table.style == "help" else palette.line
        return [Paint(0, 0, boxes.rule(0, 0, full, 0, 0.5, colour))]
    ops = []
    if row and row[0].header == "column" and palette.tint != "#ffffff":
        ops.append(f"{colour_operator(palette.tint)} 0 0 {full:.2f} {height:.2f} re f")
    ops.append(f"{colour_operator(palette.rule, stroke=True)} .6 w 0 0 {full:.2f} {height:.2f} re S")
    x, place = 0.0, 0
    for cell in row[:-1]:
        x += sum(widths[place : place + cell.span])
        place += cell.span
        ops.append(f"{x:.2f} 0 m {x:.2f} {height:.2f} l S")
    return [Paint(0, height, "\n".join(ops))]
