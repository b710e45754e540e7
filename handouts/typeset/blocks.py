"""Blocks to galleys: each block of a document is set once, with its own small structure tree."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from handouts.clinic import Clinic, Palette
from handouts.document import (
    Block,
    Cell,
    Figure,
    Group,
    Heading,
    ListBlock,
    Paragraph,
    Runs,
    Table,
    WritingLines,
    plain,
)
from handouts.order import Ink
from handouts.typeset import boxes
from handouts.typeset.galleys import (
    Bookmark,
    Frame,
    Galley,
    Item,
    Link,
    Node,
    Paint,
    Picture,
    Text,
    gap,
    merged,
    moved,
    stacked_height,
)
from handouts.typeset.lines import (
    Line,
    baseline,
    break_lines,
    line_width,
    show,
    text_colour,
)
from handouts.typeset.pictures import Drawn, logo_picture
from handouts.typeset.styles import MM, TABLE_STYLES, Sheet, Style

GUTTER = 14.0
BULLET = "•"
KEPT_ROWS = 14
"""A table of at most so many rows is kept on one page."""


@dataclass(frozen=True, slots=True)
class Look:
    """All that decides how a block looks, the width apart."""

    clinic: Clinic
    palette: Palette
    sheet: Sheet
    ink: Ink
    page_height: float


@dataclass(slots=True)
class SetBlock:
    """One block of a document as galleys, with its structure nodes; node 0 is the block's own."""

    nodes: list[Node] = field(default_factory=list)
    galleys: tuple[Galley, ...] = ()
    pictures: dict[str, Drawn] = field(default_factory=dict)


def set_block(block: Block, look: Look, width: float) -> SetBlock:
    """Return a block set to a width (points)."""
    result = SetBlock()
    setter = Setter(look, result)
    result.galleys = tuple(setter.set(block, -1, width))
    return result


class Setter:
    """Sets one block and everything in it, collecting structure nodes as it goes."""

    def __init__(self, look: Look, into: SetBlock) -> None:
        self.look = look
        self.into = into
        self.on_brand = False

    def node(self, role: str, parent: int, *, inline: bool = False, **attributes: str) -> int:
        """Add a structure node and return its number; attributes are named by owner."""
        keep_empty = role in {"TD", "TH", "TR"}
        self.into.nodes.append(Node(role, parent, attributes, inline=inline, keep_empty=keep_empty))
        return len(self.into.nodes) - 1

    def set(self, block: Block, parent: int, width: float) -> list[Galley]:
        """Return the galleys of any block."""
        match block:
            case Heading():
                return self.heading(block, parent, width)
            case Paragraph():
                return self.paragraph(block, parent, width)
            case ListBlock():
                return self.list_block(block, parent, width)
            case Table():
                return self.table(block, parent, width)
            case Figure():
                return self.figure(block, parent, width)
            case WritingLines():
                return self.writing_lines(block, width)
            case Group():
                return self.group(block, parent, width)

    # -- text -------------------------------------------------------------------------------------

    def text_line(self, line: Line, runs: Runs, node: int, style: Style, width: float) -> tuple[Item, ...]:
        """Return the items of one line: its text, and the underline and area of each link in it."""
        look = self.look
        x = 0.0
        if style.align != "left":
            x = (width - line_width(line, style)) / (2 if style.align == "centre" else 1)
        colour = text_colour(style, look.palette, self.on_brand)
        items: list[Item] = []
        y = baseline(style)
        start = 0
        while start < len(line):
            run_number = line[start].run
            run = runs[run_number]
            special = bool(run.href or run.language or run.slot)
            end = start + 1
            while end < len(line) and (
                line[end].run == run_number
                if special
                else not (runs[line[end].run].href or runs[line[end].run].language or runs[line[end].run].slot)
            ):
                end += 1
            part = line[start:end]
            part_width = sum(piece.face.width(piece.text, style.size) for piece in part)
            target = self.inline_node(run_number, runs, node) if special else node
            shown_colour = look.palette.brand if run.href and not self.on_brand else colour
            shown = tuple(part)
            body = show(shown, style, shown_colour)
            items.append(Text(target, x, y, body, slot=run.slot))
            if run.href:
                bare = line_width(shown, style)
                line_y = -style.size * 0.09
                items.append(Paint(x, y, boxes.rule(0, line_y, bare, line_y, 0.7, shown_colour)))
                label = plain((run,)) if run.href.startswith("#") else f"{plain((run,))}: {run.href}"
                items.append(Link(target, x, y - style.size, bare, style.size * 1.3, run.href, label))
            x += part_width
            start = end
        return tuple(items)

    def inline_node(self, run_number: int, runs: Runs, parent: int) -> int:
        """Return the node of a link, of words in another language or of a slot, made at first use."""
        key = (parent, run_number)
        if key not in self._inline:
            run = runs[run_number]
            number = self.node("Link" if run.href else "Span", parent, inline=True)
            self.into.nodes[number].language = run.language
            self._inline[key] = number
        return self._inline[key]

    @property
    def _inline(self) -> dict[tuple[int, int], int]:
        return self.__dict__.setdefault("_inline_nodes", {})

    def lines(self, runs: Runs, node: int, style: Style, width: float) -> list[Galley]:
        """Return text as one galley a line, with no lonely first or last line."""
        broken = break_lines(runs, style, width)
        last = len(broken) - 1
        galleys = []
        for number, line in enumerate(broken):
            keep = style.keep if number == last else last < 3 or number in (0, last - 1)
            galleys.append(
                Galley(
                    height=style.leading,
                    items=self.text_line(line, runs, node, style, width),
                    before=style.before if number == 0 else 0,
                    after=style.after if number == last else 0,
                    keep=keep,
                )
            )
        return galleys

    def heading(self, block: Heading, parent: int, width: float) -> list[Galley]:
        """Return a heading, or a stage's pill; it never stands alone at the end of a page."""
        style = self.look.sheet.style(block.style or f"h{block.level}")
        node = self.node(f"H{block.level}", parent)
        bookmark = Bookmark(block.level, plain(block.runs), block.anchor)
        if block.style == "stage":
            galleys = [self.pill(block.runs, node, style, width)]
        else:
            galleys = self.lines(block.runs, node, style, width)
        if galleys:
            galleys[0] = replace(galleys[0], bookmark=bookmark)
        return [replace(galley, keep=True) for galley in galleys]

    def pill(self, runs: Runs, node: int, style: Style, width: float) -> Galley:
        """Return a heading in a tag of the clinic's colour, as wide as its words."""
        box = boxes.box_style("stage", self.look.clinic)
        inner = width - box.padding[1] - box.padding[3]
        broken = break_lines(runs, style, inner)
        taken = max((line_width(line, style) for line in broken), default=0)
        galleys = self.lines(runs, node, style, inner)
        galley = self.framed(galleys, Frame("stage", taken + box.padding[1] + box.padding[3]))
        return replace(galley, before=style.before, after=style.after, pieces=(), frame=None)

    def paragraph(self, block: Paragraph, parent: int, width: float) -> list[Galley]:
        """Return a paragraph; a slot gets a line to write on, a dose its tinted bar."""
        style = self.look.sheet.style(block.style)
        node = self.node("P", parent)
        if block.style == "dose":
            inner = boxes.box_style("dose", self.look.clinic).padding
            galleys = self.lines(block.runs, node, replace(style, before=0, after=0), width - inner[1] - inner[3])
            return [replace(self.framed(galleys, Frame("dose", width)), before=style.before, after=style.after)]
        galleys = self.lines(block.runs, node, style, width)
        if block.style == "slot" and galleys:
            under = Paint(0, style.leading + 2, boxes.rule(0, 0, width, 0, 0.8, self.look.palette.line))
            last = galleys[-1]
            galleys[-1] = replace(last, items=(*last.items, under), height=last.height + 2)
        return galleys

    # -- lists ------------------------------------------------------------------------------------

    def list_block(self, block: ListBlock, parent: int, width: float) -> list[Galley]:
        """Return a list: one item below the other, or in two columns where that is short enough."""
        numbering = "/Decimal" if block.ordered else "/Disc"
        node = self.node("L", parent, List=f"/ListNumbering {numbering}")
        columns = block.columns if self.look.sheet.edition == "standard" else 1
        if columns > 1 and len(block.items) > 2:
            column = (width - GUTTER * (columns - 1)) / columns
            items = [self.list_item(block, number, node, column) for number in range(len(block.items))]
            share = -(-len(items) // columns)
            parts = [sum(items[start : start + share], []) for start in range(0, len(items), share)]
            height = max(stacked_height(part) for part in parts)
            if height < self.look.page_height / 2:
                together = sum(
                    (merged(part, number * (column + GUTTER))[0] for number, part in enumerate(parts)), ()
                )
                return [Galley(height, together, after=self.look.sheet.style("").after)]
            del self.into.nodes[node + 1 :]
        galleys = sum((self.list_item(block, number, node, width) for number in range(len(block.items))), [])
        if galleys:
            galleys[-1] = replace(galleys[-1], after=max(galleys[-1].after, self.look.sheet.style("").after))
        return galleys

    def list_item(self, block: ListBlock, number: int, parent: int, width: float) -> list[Galley]:
        """Return one item: its label in the margin, its text, and a nested list below."""
        item = block.items[number]
        style = self.look.sheet.style("li-fine" if block.style == "fine" else "li")
        indent = self.look.sheet.list_indent * (style.size / self.look.sheet.style("li").size)
        li = self.node("LI", parent)
        label = self.node("Lbl", li)
        body = self.node("LBody", li)
        text_node = self.node("P", body) if item.nested else body
        galleys = [
            replace(galley, items=moved(galley.items, indent, 0))
            for galley in self.lines(item.runs, text_node, style, width - indent)
        ]
        if not galleys:
            galleys = [Galley(style.leading, after=style.after)]
        mark = f"{number + 1}. " if block.ordered else f"{BULLET} "
        (label_line,) = break_lines(_one_run(mark), style, width) or [()]
        shown = show(label_line, style, text_colour(style, self.look.palette, self.on_brand))
        first = galleys[0]
        x = indent - line_width(label_line, style) - 0.35 * style.size
        galleys[0] = replace(first, items=(Text(label, max(0, x), baseline(style), shown), *first.items))
        if item.nested:
            inner = self.list_block(item.nested, body, width - indent)
            galleys += [replace(galley, items=moved(galley.items, indent, 0)) for galley in inner]
        return galleys

    # -- tables -----------------------------------------------------------------------------------

    def table(self, block: Table, parent: int, width: float) -> list[Galley]:
        """Return a table as one galley a row (a row of several lines: one a line)."""
        node = self.node("Table", parent)
        rows = block.head + block.body
        columns = max((sum(cell.span for cell in row) for row in rows), default=1)
        shares = block.widths or (1.0,) * columns
        total = sum(shares)
        widths = [width * share / total for share in shares]
        galleys: list[Galley] = []
        head: Galley | None = None
        for part, part_rows in (("THead", block.head), ("TBody", block.body)):
            if not part_rows:
                continue
            group = self.node(part, node)
            for number, row in enumerate(part_rows):
                row_galleys = self.row(block, row, group, widths, top=number == 0 and part == "TBody")
                if part == "THead":
                    items, height = merged(row_galleys)
                    row_galleys = [Galley(height, items, keep=True)]
                    head = row_galleys[0]
                else:
                    row_galleys = [replace(galley, head=head) for galley in row_galleys]
                galleys += row_galleys
        short = len(rows) <= KEPT_ROWS
        kept = [replace(galley, keep=True) for galley in galleys[:-1]] if short else galleys[:-1]
        return [*kept, *(replace(galley, after=6) for galley in galleys[-1:])]

    def row(self, table: Table, row: tuple[Cell, ...], parent: int, widths: list[float], *, top: bool) -> list[Galley]:
        """Return one row. Its first galley holds the heads whole; further lines of the cells follow."""
        tr = self.node("TR", parent)
        data_style, head_style = (self.look.sheet.style(name) for name in TABLE_STYLES[table.style])
        grid = table.style in {"log", "walk-run"}
        pad_x, pad_y = (5.0, 4.5) if grid else (0.0, 3.5)
        columns: list[tuple[float, float, Cell, list[Galley]]] = []
        x, place = 0.0, 0
        for cell in row:
            cell_width = sum(widths[place : place + cell.span])
            centred = grid and place > 0
            style = replace(head_style if cell.header else data_style, align="centre" if centred else "left")
            right = pad_x if grid else 8.0
            columns.append((x, cell_width, cell, self.cell(cell, tr, style, cell_width - pad_x - right)))
            x += cell_width
            place += cell.span
        first_height = max(
            [stacked_height(lines[: 1 if cell.header == "" else None]) for _, _, cell, lines in columns] or [0]
        )
        if grid or table.style != "help":
            first_height = max([stacked_height(lines) for *_, lines in columns] or [0])
        if any(cell.tick for cell in row):
            first_height = max(first_height, self.look.sheet.tick + 2)
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
                size = self.look.sheet.tick
                square = self.look.clinic.corners == "square"
                box = boxes.tick_box(self.look.palette, size, square)
                items.append(
                    Paint(left + (cell_width - size) / 2, pad_y + (first_height + size) / 2, box)
                )
        height = first_height + pad_y + (0 if rest else pad_y)
        painted = self.row_lines(table, row, widths, height, top=top, grid=grid)
        galleys = [Galley(height, (*painted, *items)), *rest]
        if rest:
            galleys[-1] = replace(galleys[-1], height=galleys[-1].height + pad_y)
        return galleys

    def cell(self, cell: Cell, parent: int, style: Style, width: float) -> list[Galley]:
        """Return the lines of one cell; several lines are paragraphs of their own."""
        scope = {"row": "/Scope /Row", "column": "/Scope /Column"}.get(cell.header, "")
        span = f"/ColSpan {cell.span}" if cell.span > 1 else ""
        attributes = {"Table": f"{scope}{span}"} if scope or span else {}
        node = self.node("TH" if cell.header else "TD", parent, **attributes)
        galleys: list[Galley] = []
        for line in cell.lines:
            target = self.node("P", node) if len(cell.lines) > 1 else node
            galleys += self.lines(line, target, style, width)
        return galleys

    def row_lines(
        self, table: Table, row: tuple[Cell, ...], widths: list[float], height: float, *, top: bool, grid: bool
    ) -> list[Item]:
        """Return the lines and tints behind one row."""
        palette = self.look.palette
        full = sum(widths)
        if not grid:
            if top and not table.head:
                return []
            colour = palette.alert if table.style == "help" else palette.line
            return [Paint(0, 0, boxes.rule(0, 0, full, 0, 0.5, colour))]
        ops = []
        if row and row[0].header == "column" and palette.tint != "#ffffff":
            ops.append(f"{boxes.colour_operator(palette.tint)} 0 0 {full:.2f} {height:.2f} re f")
        ops.append(
            f"{boxes.colour_operator(palette.line, stroke=True)} .8 w 0 0 {full:.2f} {height:.2f} re S"
        )
        x, place = 0.0, 0
        for cell in row[:-1]:
            x += sum(widths[place : place + cell.span])
            place += cell.span
            ops.append(f"{x:.2f} 0 m {x:.2f} {height:.2f} l S")
        return [Paint(0, height, "\n".join(ops))]

    # -- pictures, lines to write on --------------------------------------------------------------

    def figure(self, block: Figure, parent: int, width: float) -> list[Galley]:
        """Return a picture, as large as its room allows, with its alternative text."""
        if block.source != "logo" or self.look.clinic.logo is None:
            raise ValueError(f"there is no picture called {block.source!r}")
        drawn = logo_picture(self.look.clinic.logo, self.look.ink)
        room = (min(block.width_mm * MM, width), block.height_mm * MM)
        scale = min(room[0] / drawn.width, room[1] / drawn.height)
        size = (drawn.width * scale, drawn.height * scale)
        node = self.node("Figure", parent, Layout="/Placement /Block")
        self.into.nodes[node].alt = block.alt
        if drawn.image:
            self.into.pictures[drawn.image] = drawn
        ops = f"{scale:.5f} 0 0 {scale:.5f} 0 0 cm\n{drawn.ops}"
        return [Galley(size[1], (Picture(node, 0, size[1], *size, ops, drawn.image),), after=4)]

    def writing_lines(self, block: WritingLines, width: float) -> list[Galley]:
        """Return ruled lines; more of them are offered to the make-up as spare."""
        step = self.look.sheet.writing_line
        rule = Paint(0, step, boxes.rule(0, 0, width, 0, 0.8, self.look.palette.line))
        line = Galley(step, (rule,), keep=True)
        spare = (line,) * max(0, block.most - block.count)
        return [line] * (block.count - 1) + [replace(line, keep=False, spare=spare, after=6)]

    # -- groups -----------------------------------------------------------------------------------

    def group(self, block: Group, parent: int, width: float) -> list[Galley]:
        """Return a group: its children placed, framed, kept together as it wishes."""
        node = self.node("Div" if block.kind == "div" else "Sect", parent)
        outer, self.on_brand = self.on_brand, self.on_brand or self.filled(block)
        try:
            galleys = self.placed(block, node, width)
        finally:
            self.on_brand = outer
        if block.new_page and galleys:
            galleys[0] = replace(galleys[0], new_page=True)
        if block.keep:
            galleys = [*(replace(galley, keep=True) for galley in galleys[:-1]), *galleys[-1:]]
        return galleys

    def filled(self, block: Group) -> bool:
        """Tell whether the group's text stands on the clinic's own colour."""
        if block.frame != "band":
            return False
        return boxes.box_style("band", self.look.clinic).fill == "brand"

    def placed(self, block: Group, node: int, width: float) -> list[Galley]:
        """Return a group's children in their layout and frame."""
        if not block.frame:
            return self.laid_out(block, node, width)
        box = boxes.box_style(block.frame, self.look.clinic)
        inner = width - box.padding[1] - box.padding[3]
        pieces = self.laid_out(block, node, inner)
        frame = Frame(block.frame, width, block.height_mm * MM)
        framed = self.framed(pieces, frame)
        return [replace(framed, before=box.before, after=box.after, loose=block.frame == "alert")]

    def laid_out(self, block: Group, node: int, width: float) -> list[Galley]:
        """Return a group's children below or beside each other."""
        if block.layout == "row":
            return self.side_by_side(block, block.blocks, block.widths, node, width)
        if block.layout == "columns":
            galleys: list[Galley] = []
            for start in range(0, len(block.blocks), block.columns):
                part = block.blocks[start : start + block.columns]
                widths = (0.0,) * block.columns
                galleys += self.side_by_side(block, part, widths, node, width)
            return galleys
        return sum((self.set(child, node, width) for child in block.blocks), [])

    def side_by_side(
        self, block: Group, children: tuple[Block, ...], widths_mm: tuple[float, ...], node: int, width: float
    ) -> list[Galley]:
        """Return children in one row; where that is higher than a page, one below the other."""
        count = max(len(children), len(widths_mm))
        given = [value * MM for value in widths_mm] or [0.0] * count
        given += [0.0] * (count - len(given))
        free = width - GUTTER * (count - 1) - sum(given)
        share = free / max(1, given.count(0.0))
        widths = [value or share for value in given]
        narrow = self.look.sheet.edition == "large-print" and count > 1 and min(widths) < 110
        before = len(self.into.nodes)
        if not narrow:
            columns = [self.set(child, node, column) for child, column in zip(children, widths, strict=False)]
            height = max(stacked_height(column) for column in columns)
            if height <= self.look.page_height * 0.9:
                columns = [self.stretched(column, height) for column in columns]
                return [self.row_of(block, columns, widths, height)]
            self.forget(before)
        return sum((self.set(child, node, width) for child in children), [])

    def forget(self, first: int) -> None:
        """Drop the nodes from a number on: what they belonged to is about to be set anew."""
        del self.into.nodes[first:]
        for key in [key for key, number in self._inline.items() if number >= first or key[0] >= first]:
            del self._inline[key]

    def row_of(self, block: Group, columns: list[list[Galley]], widths: list[float], height: float) -> Galley:
        """Return set columns as one galley, from the left or, reversed, from the right."""
        edges = []
        x = 0.0
        for column_width in reversed(widths[: len(columns)]) if block.reverse else widths[: len(columns)]:
            edges.append(x)
            x += column_width + GUTTER
        if block.reverse:
            edges.reverse()
        items: list[Item] = []
        for column, left in zip(columns, edges, strict=True):
            lift = height - stacked_height(column) if block.frame == "band" else 0
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

    def stretched(self, column: list[Galley], height: float) -> list[Galley]:
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
        assert galley.frame is not None
        frame = replace(galley.frame, height=galley.height + missing)
        grown = replace(self.framed(list(galley.pieces), frame), before=galley.before, after=galley.after)
        return [*column[:number], grown, *column[number + 1 :]]

    def framed(self, pieces: list[Galley], frame: Frame) -> Galley:
        """Return galleys in a frame, as one galley that can be taken apart again."""
        return framed(pieces, frame, self.look)


def framed(pieces: list[Galley], frame: Frame, look: Look) -> Galley:
    """Return galleys in a frame, as one galley that can be taken apart again."""
    style = boxes.box_style(frame.name, look.clinic)
    top, _, bottom, left = style.padding
    items, inner = merged(pieces, left, top)
    height = max(inner + top + bottom, frame.height)
    paint = Paint(0, height, boxes.box(style, look.palette, frame.width, height))
    bookmark = next((piece.bookmark for piece in pieces if piece.bookmark), None)
    return Galley(
        height, (paint, *items), pieces=tuple(pieces), frame=frame, bookmark=bookmark, keep=False
    )


def split_framed(galley: Galley, room: float, look: Look) -> tuple[Galley, Galley] | None:
    """Return a framed galley in two, the first as high as the room allows; None if no piece fits.

    Both parts get a frame of their own, so that each page shows a closed box.
    """
    if galley.frame is None or len(galley.pieces) < 2:
        return None
    style = boxes.box_style(galley.frame.name, look.clinic)
    used = style.padding[0] + style.padding[2]
    fitting, last, good = 0, None, 0
    for number, piece in enumerate(galley.pieces, 1):
        used += gap(last, piece) + piece.height
        last = piece
        if used > room:
            break
        fitting = number
        if not piece.keep:
            good = number
    cut = good or fitting
    if not 0 < cut < len(galley.pieces):
        return None
    plain_frame = replace(galley.frame, height=0)
    upper = framed(list(galley.pieces[:cut]), plain_frame, look)
    lower = framed(list(galley.pieces[cut:]), plain_frame, look)
    return (
        replace(upper, before=galley.before, after=galley.after, bookmark=galley.bookmark, loose=galley.loose),
        replace(lower, before=galley.before, after=galley.after, bookmark=None, loose=galley.loose),
    )


def _one_run(text: str) -> Runs:
    from handouts.document import Run

    return (Run(text),)
