"""A document as Typst source: the same texts and tags, boxes, columns and sizes like ours.

Texts are written as strings in code, so that no character of theirs can be read as markup.
"""

from __future__ import annotations

import json

from handouts.clinic import Clinic, Palette, palette
from handouts.document import (
    Block,
    Cell,
    Document,
    Figure,
    Group,
    Heading,
    ListBlock,
    Paragraph,
    Run,
    Runs,
    Table,
    WritingLines,
)

PREAMBLE = """
#let ink = rgb("{ink}")
#let muted = rgb("{muted}")
#let brand = rgb("{brand}")
#let tint = rgb("{tint}")
#let thin = rgb("{line}")
#let dark = rgb("{rule}")
#let red = rgb("{alert}")
#let pink = rgb("{alert_tint}")
#set document(title: {title}, author: {author}, date: none)
#set page(paper: "us-letter", margin: (top: 12mm, x: 16mm, bottom: 16mm), footer: context text(10pt, muted)[
  #{footer} #h(1fr) Page #counter(page).display() of #counter(page).final().first()
])
#set text(12pt, ink, font: ("Atkinson Hyperlegible", "Noto Sans"), lang: "{language}", hyphenate: false)
#set par(leading: 5pt, spacing: 8pt)
#set list(indent: 4pt, spacing: 7pt)
#set enum(indent: 4pt, spacing: 7pt)
#set table(stroke: none, inset: 4pt)
#show heading.where(level: 1): set text(26pt)
#show heading.where(level: 2): set text(17pt, brand)
#show heading.where(level: 3): set text(14pt)
#show heading.where(level: 4): set text(13pt)
#show link: set text(brand)
#let sizes = (
  wordmark: (16pt, brand), phone: (13.5pt, ink), band-line: (10.5pt, muted), band-note: (10.5pt, muted),
  slot: (11pt, muted), other-names: (11pt, muted), message: (14pt, ink), tips: (11pt, ink),
  honest: (11pt, muted), feel: (10.5pt, muted), room-label: (10pt, muted), fine: (10pt, muted),
  box-head: (13pt, ink), dose: (12pt, ink),
)
#let bold = ("wordmark", "phone", "dose", "box-head")
#let styled(name, body) = {{
  let (size, colour) = sizes.at(name, default: (12pt, ink))
  set text(size, colour, weight: if name in bold {{ "bold" }} else {{ "regular" }})
  set align(right) if name in ("phone", "band-note")
  set align(center) if name == "feel"
  if name == "dose" {{ block(width: 100%, fill: tint, radius: 4pt, inset: (x: 9pt, y: 5pt), body) }}
  else if name == "slot" {{ block(width: 100%, stroke: (bottom: 0.8pt + thin), inset: (bottom: 3pt), body) }}
  else {{ par(body) }}
}}
#let help(body) = {{ show heading: set text(15pt, red); body }}
#let stage(body) = {{
  show heading: it => block(fill: brand, radius: 9pt, inset: (x: 10pt, y: 3pt), text(11.5pt, white, it.body))
  body
}}
#let card(body) = body
#let frames = (
  band: (stroke: (bottom: 2.4pt + brand), inset: (bottom: 6pt)),
  card: (stroke: 0.9pt + thin, radius: 6pt, inset: (x: 11pt, y: 8pt)),
  alert: (stroke: 1.4pt + red, fill: pink, radius: 5pt, inset: (x: 10pt, y: 6pt)),
  tint: (fill: tint, radius: 5pt, inset: (x: 10pt, y: 6pt)),
  bar: (stroke: (left: 4pt + brand), fill: tint, inset: (x: 12pt, y: 8pt)),
  box: (stroke: 1.2pt + thin, radius: 5pt, inset: (x: 10pt, y: 7pt)),
  room: (stroke: 0.8pt + thin, radius: 5pt, inset: (x: 8pt, y: 5pt)),
)
#let framed(name, keep, height, body) = block(
  width: 100%, height: height, breakable: not keep, ..frames.at(name, default: (:)), body)
#let tick = align(center, box(width: 10pt, height: 10pt, stroke: 1pt + dark, radius: 2pt))
#let writing-line = block(above: 0pt, below: 0pt, height: 22pt, width: 100%, stroke: (bottom: 0.8pt + thin))
"""
TABLE_LOOKS = {
    "help": "stroke: (x, y) => if y > 0 { (top: 0.8pt + red) }",
    "log": "stroke: 0.8pt + thin, inset: (x: 4pt, y: 5pt)",
}


def source(document: Document, clinic: Clinic, logo: str) -> str:
    """Return the whole source; ``logo`` is the path of the picture below the compiler's root."""
    colours = palette(clinic.accent, "colour")
    preamble = PREAMBLE.format(
        **{name: getattr(colours, name) for name in Palette.__slots__},
        title=_string(document.title),
        author=_string(clinic.name),
        footer=_string(document.footer),
        language=document.language,
    )
    body = "\n".join(_block(block, logo) for block in document.blocks)
    return f"{preamble}\n#{{\n{body}\n}}\n"


def _string(text: str) -> str:
    # JSON's escapes are Typst's for quotes, backslashes and line ends; other characters stay as they are.
    return json.dumps(text, ensure_ascii=False)


def _run(run: Run) -> str:
    text = _string(run.text)
    if run.strong:
        text = f"strong({text})"
    if run.emphasis:
        text = f"emph({text})"
    if run.language:
        text = f'text(lang: "{run.language}", {text})'
    return f"link({_string(run.href)}, {text})" if run.href else text


def _runs(runs: Runs) -> str:
    return "{" + "; ".join(_run(run) for run in runs) + "}"


def _cell(cell: Cell) -> str:
    if len(cell.lines) > 1:
        text = f"list({', '.join(_runs(line) for line in cell.lines)})"
    else:
        text = "".join(_runs(line) for line in cell.lines) or "none"
    if cell.tick:
        text = "tick"
    if cell.header:
        text = f"strong({text})"
    return f"table.cell(colspan: {cell.span}, {text})"


def _table(table: Table) -> str:
    width = max(len(row) for row in table.head + table.body)
    columns = ", ".join(f"{width:g}fr" for width in table.widths or (1,) * width)
    parts = [f"columns: ({columns})", TABLE_LOOKS.get(table.style, "")]
    if table.head:
        parts.append(f"table.header({', '.join(_cell(cell) for row in table.head for cell in row)})")
    parts += [_cell(cell) for row in table.body for cell in row]
    return f"table({', '.join(part for part in parts if part)})"


def _list(block: ListBlock) -> str:
    items = [
        f"{{{_runs(item.runs)}; {_list(item.nested)}}}" if item.nested else _runs(item.runs)
        for item in block.items
    ]
    made = f"{'enum' if block.ordered else 'list'}({', '.join(items)})"
    if block.style == "fine":
        made = f"{{ set text(10pt, muted); {made} }}"
    return f"columns(2, gutter: 14pt, {made})" if block.columns == 2 else made


def _group(group: Group, logo: str) -> str:
    children = ["{\n" + _block(child, logo) + "\n}" for child in group.blocks]
    if group.layout == "stack":
        body = "{\n" + "\n".join(children) + "\n}"
    else:
        if group.layout == "columns":
            columns = ", ".join(["1fr"] * group.columns)
        else:
            widths = group.widths or (0.0,) * len(children)
            columns = ", ".join(f"{width:g}mm" if width else "1fr" for width in widths)
        body = f"grid(columns: ({columns},), column-gutter: 14pt, row-gutter: 8pt, {', '.join(children)})"
    if group.new_page:
        body = f"{{ pagebreak(weak: true); {body} }}"
    if not (group.frame or group.keep):
        return body
    height = f"{group.height_mm:g}mm" if group.height_mm else "auto"
    return f'framed("{group.frame}", {str(group.keep).lower()}, {height}, {body})'


def _block(block: Block, logo: str) -> str:
    match block:
        case Heading(level=level, style=style):
            made = f"heading(level: {level}, {_runs(block.runs)})"
            return f"{style}({made})" if style else made
        case Paragraph(style=style):
            return f'styled("{style}", {_runs(block.runs)})'
        case ListBlock():
            return _list(block)
        case Table():
            return _table(block)
        case Figure(alt=alt):
            room = f"width: {block.width_mm:g}mm, height: {block.height_mm:g}mm"
            return f'image({_string(logo)}, alt: {_string(alt)}, {room}, fit: "contain")'
        case WritingLines(count=count):
            return "\n".join(["writing-line"] * count)
        case Group():
            return _group(block, logo)
