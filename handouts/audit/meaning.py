"""What the tags mean: headings, figures, lists and tables, each as its standard type demands."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from handouts.audit.case import Case
from handouts.audit.geometry import Box, joined, within
from handouts.audit.objects import box_of, name_of, whole
from handouts.audit.tree import Element, MarkRef

_BOX_SLACK = 1.0
_PAINT_SLACK = 3.0
_MOST_SPAN = 100
_LIST_PARTS = frozenset(("LI", "L", "Caption"))
_ITEM_PARTS = frozenset(("Lbl", "LBody"))
_TABLE_PARTS = frozenset(("TR", "THead", "TBody", "TFoot", "Caption"))
_MAY_BE_EMPTY = frozenset(("TD", "TH", "TR"))
_SCOPES = frozenset(("Row", "Column", "Both"))


def check_meaning(case: Case) -> None:
    """Tell every element that its standard type forbids or that lacks what the type demands."""
    _check_headings(case)
    checks: dict[str, Callable[[Case, Element], None]] = {
        "Figure": _check_figure,
        "Formula": _check_figure,
        "L": _check_list,
        "LI": _check_item,
        "LBody": _check_body,
        "Table": _check_table,
    }
    for element in case.elements:
        check = checks.get(element.role)
        if check is not None:
            check(case, element)
        if not element.kids and element.role not in _MAY_BE_EMPTY:
            case.found.add("element-empty", f"{element.path} is empty.", case.page_of(element), warning=True)


def _check_headings(case: Case) -> None:
    headings = [one for one in case.elements if one.role[:1] == "H" and one.role[1:].isdecimal()]
    levels = [int(one.role[1:]) for one in headings]
    if headings and any(one.role == "H" for one in case.elements):
        case.found.add("heading-mixed", "Headings with and without a level stand in one file.")
    if levels and levels[0] != 1:
        case.found.add(
            "heading-first", f"The first heading is H{levels[0]}, not H1.", case.page_of(headings[0])
        )
    for (before, after), heading in zip(pairwise(levels), headings[1:], strict=True):
        if after > before + 1:
            case.found.add(
                "heading-skipped",
                f"{heading.path} follows on H{before}: a level is left out.",
                case.page_of(heading),
            )


def _check_figure(case: Case, element: Element) -> None:
    page = case.page_of(element)
    if not any((element.text_value(key) or "").strip() for key in ("/Alt", "/ActualText")):
        case.found.add("figure-alt", f"{element.path} has no alternative text.", page)
    if element.role != "Figure" or not page:
        return
    box = box_of(element.attributes().get("/BBox"))
    visible = case.pages[page - 1].visible_box
    painted: Box | None = None
    for kid in element.kids:
        if isinstance(kid, MarkRef) and (mark := case.marks.get((kid.owner, kid.mcid))) and mark.page == page:
            painted = joined(painted, mark.box)
    if box is None:
        case.found.add(
            "figure-box", f"{element.path} does not say where it stands.", page, warning=not case.own
        )
    elif visible and not within(box, visible, _BOX_SLACK):
        case.found.add(
            "figure-box",
            f"The box of {element.path} reaches outside the page.",
            page,
            warning=not case.own,
        )
    elif painted and not within(painted, box, _PAINT_SLACK):
        case.found.add(
            "figure-box",
            f"{element.path} is painted outside the box that it names.",
            page,
            warning=not case.own,
        )


def _check_list(case: Case, element: Element) -> None:
    page = case.page_of(element)
    strange = [kid for kid in element.kids if not isinstance(kid, Element) or kid.role not in _LIST_PARTS]
    if strange:
        case.found.add("list-parts", f"{element.path} holds something else than list items.", page)
    numbering = name_of(element.attributes().get("/ListNumbering"))
    items = [kid for kid in element.elements if kid.role == "LI"]
    labelled = [item for item in items if any(kid.role == "Lbl" for kid in item.elements)]
    if labelled and numbering in ("", "None"):
        counts = any(char.isalnum() for item in labelled for char in _label(case, item))
        case.found.add(
            "list-numbering",
            f"{element.path} has labels but does not say of which kind.",
            page,
            warning=not (case.own or counts),
        )
    if labelled or numbering not in ("", "None"):
        for item in items:
            if item not in labelled:
                case.found.add(
                    "list-label",
                    f"{item.path} has no label.",
                    case.page_of(item),
                    warning=not (case.own or labelled),
                )


def _label(case: Case, item: Element) -> str:
    """Return the text of a label; of a file of someone else only a list that counts must say how it does.

    Source: Matterhorn Protocol 1.1, 16-001, which is narrower than ISO 14289-1, 7.6.
    """
    labels = [kid for kid in item.elements if kid.role == "Lbl"]
    refs = [ref for label in labels for ref in label.kids if isinstance(ref, MarkRef)]
    marks = [case.marks.get((ref.owner, ref.mcid)) for ref in refs]
    return "".join(piece.text for mark in marks if mark is not None for piece in mark.pieces)


def _check_item(case: Case, element: Element) -> None:
    strange = [kid for kid in element.kids if not isinstance(kid, Element) or kid.role not in _ITEM_PARTS]
    if strange:
        case.found.add(
            "list-parts",
            f"{element.path} holds something else than a label and a body.",
            case.page_of(element),
        )
    elif not any(kid.role == "LBody" for kid in element.elements):
        case.found.add("list-parts", f"{element.path} has no body.", case.page_of(element))
    elif element.elements[0].role != "Lbl" and any(kid.role == "Lbl" for kid in element.elements):
        case.found.add(
            "list-order", f"The label of {element.path} comes behind its text.", case.page_of(element)
        )


def _check_body(case: Case, element: Element) -> None:
    if len(element.kids) < 2 or not isinstance(element.kids[0], Element) or element.kids[0].role != "L":
        return
    if any(
        isinstance(kid, MarkRef) or (isinstance(kid, Element) and kid.role != "L") for kid in element.kids[1:]
    ):
        case.found.add(
            "list-order",
            f"The nested list of {element.path} comes before the item's own text.",
            case.page_of(element),
        )


def _check_table(case: Case, element: Element) -> None:
    page = case.page_of(element)
    rows: list[Element] = []
    strange = any(not isinstance(kid, Element) for kid in element.kids)
    for part in element.elements:
        strange |= part.role not in _TABLE_PARTS
        below = [part] if part.role == "TR" else part.elements if part.role != "Caption" else []
        strange |= any(row.role != "TR" for row in below)
        rows += [row for row in below if row.role == "TR"]
    cells = [[cell for cell in row.elements if cell.role in ("TH", "TD")] for row in rows]
    strange |= any(len(row.kids) != len(held) for row, held in zip(rows, cells, strict=True))
    if strange:
        case.found.add("table-parts", f"{element.path} holds something else than rows and cells.", page)
    attributes = {cell: cell.attributes() for held in cells for cell in held}
    _check_widths(case, element, cells, attributes)
    heads = [cell for cell in attributes if cell.role == "TH"]
    if not heads:
        case.found.add("table-headless", f"{element.path} has no header cells.", page, warning=True)
    by_name = any("/Headers" in values for cell, values in attributes.items() if cell.role == "TD")
    for head in heads:
        if name_of(attributes[head].get("/Scope")) not in _SCOPES and not by_name:
            case.found.add(
                "table-scope",
                f"{head.path} does not say whether it heads a row or a column.",
                case.page_of(head),
            )


def _check_widths(
    case: Case, table: Element, cells: list[list[Element]], attributes: dict[Element, dict[str, Any]]
) -> None:
    width: int | None = None
    running: dict[int, int] = {}
    for row, held in enumerate(cells, 1):
        taken = {column for column, left in running.items() if left > 0}
        running = {column: left - 1 for column, left in running.items() if left > 1}
        column = 0
        for cell in held:
            while column in taken:
                column += 1
            across, down = (_span(attributes[cell], key) for key in ("/ColSpan", "/RowSpan"))
            if across is None or down is None:
                case.found.add(
                    "table-ragged", f"{cell.path} has a span that is no number.", case.page_of(cell)
                )
                across = down = 1
            for place in range(column, column + across):
                taken.add(place)
                if down > 1:
                    running[place] = down - 1
            column += across
        if width is None:
            width = len(taken)
        elif len(taken) != width:
            case.found.add(
                "table-ragged",
                f"Row {row} of {table.path} is {len(taken)} cells wide, the first row {width}.",
                case.page_of(held[0]) if held else case.page_of(table),
            )
    if running and cells:
        case.found.add(
            "table-ragged", f"A cell of {table.path} reaches below the last row.", case.page_of(table)
        )


def _span(values: dict[str, Any], key: str) -> int | None:
    span = whole(values.get(key, 1))
    return span if span is not None and 1 <= span <= _MOST_SPAN else None
