"""Elements -> the blocks of a Document, with every rule of nesting checked."""

from __future__ import annotations

import re
from typing import Literal, cast

from handouts.document import (
    Block,
    Cell,
    Document,
    Figure,
    Frame,
    Group,
    Heading,
    Layout,
    ListBlock,
    ListItem,
    Paragraph,
    Run,
    Table,
    WritingLines,
)
from handouts.markup import inline
from handouts.markup.elements import LEAVES, Element, fail, nearest
from handouts.markup.vocabulary import (
    BLOCKS,
    FRAMES,
    HEADING_STYLES,
    HEADINGS,
    LAYOUTS,
    LIST_STYLES,
    LISTS,
    NOTE_SLOT,
    PARAGRAPH_STYLES,
    TABLE_STYLES,
)

_ANCHOR = re.compile(r"[a-zA-Z][a-zA-Z0-9._-]*")
_SOURCE = re.compile(r"[a-z]+(:[a-z0-9-]+(\+[a-z0-9-]+)*)*")


def document(article: Element) -> Document:
    """Return the document of an ``<article>``."""
    for needed in ("lang", "title", "id"):
        if not article.attributes.get(needed, "").strip():
            fail(article.where, f"<article> has no {needed}.", f'Write <article {needed}="…">.')
    language = article.attributes["lang"]
    if not inline.LANGUAGE.fullmatch(language):
        fail(article.where, f"{language!r} is no language.", 'Write lang="en".')
    outline = _Outline()
    anchor = outline.anchor(article)
    blocks = _blocks(article, outline)
    if not outline.level:
        fail(article.where, "there is no heading.", "Write the title in an <h1>.")
    return Document(
        title=inline.folded(article.attributes["title"]),
        language=language,
        blocks=blocks,
        footer=inline.folded(article.attributes.get("data-footer", "")),
        anchor=anchor,
    )


class _Outline:
    """The headings and ids read so far: what makes the next one right or wrong."""

    def __init__(self) -> None:
        self.level = 0
        self.anchors: set[str] = set()

    def heading(self, element: Element) -> Heading:
        level = int(element.tag[1])
        if level == 1 and self.level:
            fail(element.where, "there is a second <h1>.", "Only the title is an <h1>.")
        if level > self.level + 1:
            before = f"follows <h{self.level}>" if self.level else "is the first heading"
            fail(element.where, f"{element} {before}.", f"Write <h{self.level + 1}>: no level is skipped.")
        self.level = level
        runs = inline.runs(element)
        if any(run.slot for run in runs):
            advice = "Put it in a paragraph: a heading becomes a bookmark, and a bookmark tells no name."
            fail(element.where, "a slot stands in a heading.", advice)
        return Heading(level, runs, _style(element, HEADING_STYLES), self.anchor(element))

    def anchor(self, element: Element) -> str:
        anchor = element.attributes.get("id", "")
        if "id" not in element.attributes:
            return ""
        if not _ANCHOR.fullmatch(anchor):
            fail(element.where, f"{anchor!r} can't be an id.", "Use letters, digits and hyphens.")
        if anchor in self.anchors:
            fail(element.where, f"the id {anchor!r} is used twice.", "Give each its own.")
        self.anchors.add(anchor)
        return anchor


def _blocks(parent: Element, outline: _Outline) -> tuple[Block, ...]:
    blocks = tuple(_block(child, outline) for child in parent.elements(*BLOCKS))
    if not blocks:
        fail(parent.where, f"{parent} is empty.", "Put something in it or leave it out.")
    return blocks


def _block(element: Element, outline: _Outline) -> Block:
    tag = element.tag
    if tag in HEADINGS:
        return outline.heading(element)
    if tag in LEAVES:
        element.block = element.block or _leaf(element)
        return element.block
    if tag in ("figure", "img"):
        return _figure(element)
    if "data-lines" in element.attributes:
        return _writing_lines(element)
    return _group(element, outline)


def _leaf(element: Element) -> Block:
    if element.tag == "p":
        return _paragraph(element)
    return _table(element) if element.tag == "table" else _list(element)


def _paragraph(element: Element) -> Paragraph:
    if "data-slot" not in element.attributes:
        return Paragraph(inline.runs(element), _style(element, PARAGRAPH_STYLES))
    slot = element.attributes["data-slot"]
    if slot != NOTE_SLOT:
        fail(element.where, "only the note is a slot of a whole <p>.", "Write <span data-slot> in the <p>.")
    inline.leave_empty(element)
    return Paragraph((Run("", slot=slot),), _style(element, PARAGRAPH_STYLES))


def _list(element: Element, *, nested: bool = False) -> ListBlock:
    items = tuple(_item(child, nested=nested) for child in element.elements("li"))
    if not items:
        fail(element.where, f"{element} is empty.", "Leave it out.")
    columns = int(_number(element, "data-columns", 1))
    if columns not in (1, 2):
        fail(element.where, f"a list can't have {columns} columns.", "Write 1 or 2.")
    return ListBlock(items, element.tag == "ol", columns, _style(element, LIST_STYLES))


def _item(element: Element, *, nested: bool) -> ListItem:
    children = list(element.children)
    while children and isinstance(children[-1], str) and not children[-1].strip():
        children.pop()
    last = children[-1] if children else ""
    inner = None
    if isinstance(last, Element) and last.tag in LISTS:
        if nested:
            fail(last.where, "lists are nested three deep.", "Two levels are as much as a reader can follow.")
        inner = _list(last, nested=True)
        children.pop()
    return ListItem(inline.runs(Element("li", {}, element.where, children)), inner)


def _table(element: Element) -> Table:
    head: tuple[tuple[Cell, ...], ...] = ()
    body: tuple[tuple[Cell, ...], ...] = ()
    for part in element.elements("thead", "tbody"):
        rows = tuple(_row(row) for row in part.elements("tr"))
        if part.tag == "tbody":
            body += rows
        elif head or body:
            fail(part.where, "<thead> is not the first part of its table.", "Move it to the top.")
        else:
            head = rows
    if not body:
        fail(element.where, "a table has no rows.", "Write <tbody><tr>…, or leave it out.")
    columns = {sum(cell.span for cell in row) for row in head + body}
    if len(columns) > 1:
        counts = " and ".join(map(str, sorted(columns)))
        fail(element.where, f"the rows of a table have {counts} columns.", "Give each row the same number.")
    widths = _numbers(element, "data-widths")
    if widths and (len(widths) not in columns or min(widths) <= 0):
        fail(element.where, "data-widths does not fit the table.", "Write a number above 0 for each column.")
    return Table(head, body, _style(element, TABLE_STYLES), widths)


def _row(element: Element) -> tuple[Cell, ...]:
    cells = tuple(_cell(child) for child in element.elements("th", "td"))
    if not cells:
        fail(element.where, "a row has no cells.", "Leave it out.")
    return cells


def _cell(element: Element) -> Cell:
    header: Literal["", "row", "column"] = ""
    if element.tag == "th":
        scope = element.attributes.get("scope", "")
        if scope not in ("row", "col"):
            fail(element.where, "<th> does not say what it heads.", 'Write scope="row" or scope="col".')
        header = "row" if scope == "row" else "column"
    span = _number(element, "colspan", 1)
    if span < 1 or not span.is_integer():
        fail(element.where, f"colspan can't be {span:g}.", "Write a whole number from 1.")
    parts: list[Element] = [Element(element.tag, {}, element.where)]
    for child in element.children:
        if isinstance(child, Element) and child.tag == "br":
            parts.append(Element(element.tag, {}, child.where))
        else:
            parts[-1].children.append(child)
    lines = tuple(line for line in (inline.runs(part, may_be_empty=True) for part in parts) if line)
    tick = "data-tick" in element.attributes
    if tick and lines:
        fail(element.where, "a cell has text and a box to tick.", "Leave one of them out.")
    return Cell(lines, header, int(span), tick)


def _figure(element: Element) -> Figure:
    if element.tag == "figure":
        pictures = list(element.elements("img"))
        if len(pictures) != 1:
            fail(element.where, f"<figure> holds {len(pictures)} pictures.", "Write one <img/> in it.")
        return _figure(pictures[0])
    source, alt = element.attributes.get("src", ""), inline.folded(element.attributes.get("alt", ""))
    if not _SOURCE.fullmatch(source):
        advice = 'Write src="logo" or "exercise:bridge": never a file or an address.'
        fail(element.where, f"{source!r} names no picture.", advice)
    if not alt:
        fail(element.where, "<img> has no alt text.", "Say in a few words what the picture tells.")
    width_mm, height_mm = _number(element, "data-width-mm", 0), _number(element, "data-height-mm", 0)
    if not width_mm or not height_mm:
        fail(element.where, "<img> has no size.", 'Write data-width-mm="40" data-height-mm="14".')
    return Figure(source, alt, width_mm, height_mm)


def _writing_lines(element: Element) -> WritingLines:
    if list(element.elements()) or set(element.attributes) - {"data-lines", "data-most"}:
        fail(element.where, "lines to write on hold something else.", 'Write <div data-lines="2"></div>.')
    count, most = _number(element, "data-lines", 0), _number(element, "data-most", 0)
    whole = count.is_integer() and most.is_integer()
    if not whole or not 1 <= count <= 40 or (most and not count <= most <= 40):
        fail(element.where, "data-lines or data-most is out of range.", "Write 1 to 40, the most not lower.")
    return WritingLines(int(count), int(most))


def _group(element: Element, outline: _Outline) -> Group:
    attributes = element.attributes
    if "data-most" in attributes:
        fail(element.where, "data-most stands without data-lines.", 'Write data-lines="2" too.')
    blocks = _blocks(element, outline)
    if element.tag == "section" and not _begins_with_heading(blocks):
        fail(element.where, "<section> does not begin with a heading.", "Write its heading, or use a <div>.")
    layout = _choice(element, "data-layout", LAYOUTS)
    widths = _numbers(element, "data-widths")
    if widths and (layout != "row" or len(widths) != len(blocks)):
        said = f"data-widths has {len(widths)} numbers for {len(blocks)} blocks"
        fail(element.where, f"{said}.", "In a row, give each block its width in mm, or 0 for a share.")
    columns = _number(element, "data-columns", 1)
    if columns != 1 and (layout != "columns" or columns not in (2, 3)):
        said = f"data-columns can't be {columns:g} here."
        fail(element.where, said, 'Write 2 or 3 with data-layout="columns".')
    if "data-reverse" in attributes and layout != "row":
        fail(element.where, "data-reverse stands without a row.", 'Write data-layout="row" too.')
    return Group(
        blocks=blocks,
        kind=cast(Literal["section", "aside", "div"], element.tag),
        layout=cast(Layout, layout or "stack"),
        frame=cast(Frame, _choice(element, "data-frame", FRAMES)),
        widths=widths,
        columns=int(columns),
        reverse="data-reverse" in attributes,
        height_mm=_number(element, "data-height-mm", 0),
        keep="data-keep" in attributes,
        new_page="data-new-page" in attributes,
    )


def _begins_with_heading(blocks: tuple[Block, ...]) -> bool:
    first: Block = blocks[0]
    while isinstance(first, Group):
        first = first.blocks[0]
    return isinstance(first, Heading)


def _style(element: Element, known: tuple[str, ...]) -> str:
    return _choice(element, "data-style", known)


def _choice(element: Element, name: str, known: tuple[str, ...]) -> str:
    value = element.attributes.get(name, "")
    if value and value not in known:
        fail(element.where, f"{element} has no {name} {value!r}.", nearest(value, known))
    return value


def _numbers(element: Element, name: str) -> tuple[float, ...]:
    words = element.attributes.get(name, "").split()
    if any(not re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,3})?", word) for word in words):
        fail(element.where, f"{name} holds something that is no number.", "Write numbers from 0 to 9999.")
    return tuple(map(float, words))


def _number(element: Element, name: str, default: float) -> float:
    if name not in element.attributes:
        return float(default)
    numbers = _numbers(element, name)
    if len(numbers) != 1:
        fail(element.where, f"{name} needs one number.", f'Write {name}="2".')
    return numbers[0]
