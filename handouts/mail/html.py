"""A document as the HTML part of a mail: headings, paragraphs, lists, tables and links, and nothing remote.

There is no picture, no style sheet and no address that is fetched when the mail is read: nobody learns when
a patient opens it. Sizes are relative, so that whoever needs larger letters gets them.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from handouts.clinic import palette
from handouts.document import (
    Block,
    Cell,
    Document,
    Figure,
    Group,
    Heading,
    ListBlock,
    Paragraph,
    Runs,
    Table,
    WritingLines,
)

_BODY = "margin:0;padding:1.5em;background:#ffffff;color:{ink};font:1em/1.5 sans-serif"
_MAIN = "max-width:38em;margin:0 auto"


def to_html(document: Document, accent: str) -> str:
    """Return the whole page of a document; headings are in the clinic's colour, dark enough to read."""
    colours = palette(accent, "colour")
    title, language = escape(document.title), escape(document.language)
    body = "\n".join(_blocks(document.blocks, colours.brand))
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n</head>\n"
        f'<body style="{_BODY.format(ink=colours.ink)}">\n<main style="{_MAIN}">\n{body}\n</main>\n'
        "</body>\n</html>\n"
    )


def _blocks(blocks: tuple[Block, ...], brand: str) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading(level=level, runs=runs):
                yield f'<h{level} style="color:{brand};line-height:1.25">{_runs(runs)}</h{level}>'
            case Paragraph(runs=runs):
                yield f"<p>{_runs(runs)}</p>"
            case ListBlock():
                yield _list(block)
            case Table():
                yield _table(block)
            case Group(blocks=children, kind=kind):
                yield f"<{kind}>"
                yield from _blocks(children, brand)
                yield f"</{kind}>"
            case Figure(alt=alt):
                yield f"<p>{escape(alt)}</p>"
            case WritingLines():
                pass


def _list(block: ListBlock) -> str:
    kind = "ol" if block.ordered else "ul"
    items = "\n".join(
        f"<li>{_runs(item.runs)}{_list(item.nested) if item.nested else ''}</li>" for item in block.items
    )
    return f"<{kind}>\n{items}\n</{kind}>"


def _table(block: Table) -> str:
    rows = [f"<thead>{''.join(map(_row, block.head))}</thead>"] if block.head else []
    return "<table>\n" + "\n".join([*rows, f"<tbody>{''.join(map(_row, block.body))}</tbody>"]) + "\n</table>"


def _row(cells: tuple[Cell, ...]) -> str:
    return f"<tr>{''.join(map(_cell, cells))}</tr>"


def _cell(cell: Cell) -> str:
    text = "<br>".join(_runs(line) for line in cell.lines)
    span = f' colspan="{cell.span}"' if cell.span > 1 else ""
    if cell.header:
        scope = "row" if cell.header == "row" else "col"
        return f'<th scope="{scope}"{span}>{text}</th>'
    return f"<td{span}>{text}</td>"


def _runs(runs: Runs) -> str:
    said = []
    for run in runs:
        text = escape(run.text)
        if run.strong:
            text = f"<strong>{text}</strong>"
        if run.emphasis:
            text = f"<em>{text}</em>"
        if run.language:
            text = f'<span lang="{escape(run.language)}">{text}</span>'
        if run.href and not run.href.startswith("#"):
            text = f'<a href="{escape(run.href)}">{text}</a>'
        said.append(text)
    return "".join(said)
