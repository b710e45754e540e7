"""A document as HTML with a style sheet: the same texts and tags, boxes, columns and sizes like ours."""

from __future__ import annotations

from html import escape

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

SHEET = """
@font-face {{ font-family: Page; src: url({regular}) }}
@font-face {{ font-family: Page; font-weight: bold; src: url({bold}) }}
@font-face {{ font-family: Rest; src: url({fallback}) }}
@page {{
  size: letter; margin: 12mm 16mm 16mm;
  @bottom-left {{ content: string(footer); font: 10pt Page, Rest; color: {muted}; width: 75% }}
  @bottom-right {{ content: "Page " counter(page) " of " counter(pages);
    font: 10pt Page, Rest; color: {muted} }}
}}
* {{ margin: 0; padding: 0; box-sizing: border-box }}
body {{ font: 12pt/16pt Page, Rest; color: {ink} }}
.footer {{ string-set: footer attr(title) }}
a {{ color: {brand} }}
h1 {{ font: bold 26pt/29pt Page, Rest; margin-bottom: 2pt }}
h2 {{ font: bold 17pt/21pt Page, Rest; color: {brand}; margin: 12pt 0 4pt }}
h3 {{ font: bold 14pt/18pt Page, Rest; margin: 9pt 0 3pt }}
h4 {{ font: bold 13pt/17pt Page, Rest; margin: 0 0 3pt }}
h1, h2, h3, h4, .lead {{ break-after: avoid }}
h2.help {{ font-size: 15pt; line-height: 19pt; color: {alert}; margin: 0 0 4pt }}
h3.stage {{ display: table; font: bold 11.5pt/15pt Page, Rest; color: white; background: {brand};
  border-radius: 9pt; padding: 2.5pt 10pt 3pt; margin: 10pt 0 6pt }}
p {{ margin-bottom: 6pt }}
p.wordmark {{ font: bold 16pt/19pt Page, Rest; color: {brand}; margin: 0 }}
p.phone {{ font: bold 13.5pt/17pt Page, Rest; text-align: right; margin: 0 }}
p.band-line, p.band-note {{ font-size: 10.5pt; line-height: 14pt; color: {muted}; margin: 0 }}
p.band-note {{ text-align: right }}
p.slot {{ font-size: 11pt; line-height: 15pt; color: {muted}; border-bottom: 0.8pt solid {line} }}
p.other-names {{ font-size: 11pt; line-height: 14.5pt; color: {muted} }}
p.message {{ font-size: 14pt; line-height: 18.5pt; margin: 0 }}
p.dose {{ font-weight: bold; background: {tint}; border-radius: 4pt; padding: 4pt 9pt 5pt; margin: 5pt 0 }}
p.tips, p.honest {{ font-size: 11pt; line-height: 14.5pt; margin-bottom: 2pt }}
p.feel {{ font-size: 10.5pt; line-height: 13.5pt; color: {muted}; text-align: center; margin-top: 4pt }}
p.room-label, p.fine, .fine li {{ font-size: 10pt; line-height: 13pt; color: {muted}; margin-bottom: 2pt }}
p.box-head {{ font: bold 13pt/17pt Page, Rest; margin: 0 }}
ul, ol {{ padding-left: 15pt; margin-bottom: 6pt }}
li {{ margin-bottom: 3pt }}
.columns-2 {{ columns: 2; column-gap: 14pt }}
table {{ width: 100%; border-collapse: collapse; margin-bottom: 6pt }}
th {{ text-align: left }}
table.log td, table.log th {{ border: 0.8pt solid {line}; padding: 3pt 4pt }}
table.log td, table.log th {{ font-size: 11pt; line-height: 14pt }}
table.help td, table.help th {{ padding: 2pt 4pt; vertical-align: top; border-top: 0.8pt solid {alert} }}
table.help th {{ color: {alert} }}
td ul {{ margin: 0 }}
td li {{ margin: 0 }}
.tick {{ display: block; width: 10pt; height: 10pt; margin: 0 auto; border: 1pt solid {rule};
  border-radius: 2pt }}
.line {{ height: 22pt; border-bottom: 0.8pt solid {line} }}
.keep, tr {{ break-inside: avoid }}
.new-page {{ break-before: page }}
.row {{ display: flex; gap: 14pt }}
.reverse {{ flex-direction: row-reverse }}
.grid {{ display: flex; flex-wrap: wrap; column-gap: 14pt }}
.grid > * {{ width: calc(50% - 7pt) }}
.row > * {{ flex: 1 1 0; min-width: 0 }}
.frame-band {{ border-bottom: 2.4pt solid {brand}; padding-bottom: 6pt; margin-bottom: 9pt }}
.frame-card {{ border: 0.9pt solid {line}; border-radius: 6pt; padding: 8pt 11pt; margin-bottom: 8pt }}
.frame-alert {{ border: 1.4pt solid {alert}; background: {alert_tint}; border-radius: 5pt; padding: 6pt 10pt;
  margin: 10pt 0 6pt }}
.frame-tint {{ background: {tint}; border-radius: 5pt; padding: 6pt 10pt; margin: 6pt 0 }}
.frame-bar {{ border-left: 4pt solid {brand}; background: {tint}; padding: 8pt 12pt; margin: 2pt 0 6pt }}
.frame-box {{ border: 1.2pt solid {line}; border-radius: 5pt; padding: 7pt 10pt; margin: 4pt 0 6pt }}
.frame-room {{ border: 0.8pt solid {line}; border-radius: 5pt; padding: 5pt 8pt }}
"""


def sheet(clinic: Clinic, fonts: dict[str, str]) -> str:
    """Return the style sheet of a clinic; ``fonts`` are addresses by the names regular, bold, fallback."""
    colours: Palette = palette(clinic.accent, "colour")
    names = {name: getattr(colours, name) for name in Palette.__slots__}
    return SHEET.format(**names, **fonts)


def page(document: Document, logo: str) -> str:
    """Return the whole page; ``logo`` is the address of the picture."""
    body = "".join(_block(block, logo) for block in document.blocks)
    return (
        f'<!DOCTYPE html><html lang="{document.language}"><head><meta charset="utf-8">'
        f"<title>{escape(document.title)}</title></head>"
        f'<body><main class="footer" title="{escape(document.footer)}">{body}</main></body></html>'
    )


def _run(run: Run) -> str:
    text = escape(run.text)
    if run.strong:
        text = f"<strong>{text}</strong>"
    if run.emphasis:
        text = f"<em>{text}</em>"
    if run.language:
        text = f'<span lang="{run.language}">{text}</span>'
    return f'<a href="{escape(run.href)}">{text}</a>' if run.href else text


def _runs(runs: Runs) -> str:
    return "".join(_run(run) for run in runs)


def _cell(cell: Cell) -> str:
    name = "th" if cell.header else "td"
    scope = {"row": ' scope="row"', "column": ' scope="col"', "": ""}[cell.header]
    lines = [_runs(line) for line in cell.lines]
    text = "".join(lines)
    if len(lines) > 1:
        text = "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"
    tick = '<span class="tick"></span>' if cell.tick else ""
    return f'<{name}{scope} colspan="{cell.span}">{text}{tick}</{name}>'


def _table(table: Table) -> str:
    whole = sum(table.widths)
    columns = "".join(f'<col style="width: {width / whole:.1%}">' for width in table.widths)
    head, body = (
        "".join(f"<tr>{''.join(_cell(cell) for cell in row)}</tr>" for row in rows)
        for rows in (table.head, table.body)
    )
    head = f"<thead>{head}</thead>" if head else ""
    return f'<table class="{table.style}"><colgroup>{columns}</colgroup>{head}<tbody>{body}</tbody></table>'


def _list(block: ListBlock) -> str:
    name = "ol" if block.ordered else "ul"
    items = "".join(
        f"<li>{_runs(item.runs)}{_list(item.nested) if item.nested else ''}</li>" for item in block.items
    )
    return f'<{name} class="columns-{block.columns} {block.style}">{items}</{name}>'


def _group(group: Group, logo: str) -> str:
    children = [_block(child, logo) for child in group.blocks]
    if group.layout == "row":
        widths = group.widths or (0.0,) * len(children)
        flex = [f"flex: 0 0 {width:g}mm" if width else "flex: 1 1 0" for width in widths]
        children = [f'<div style="{one}">{child}</div>' for one, child in zip(flex, children, strict=True)]
    elif group.layout == "columns":
        children = [f"<div>{child}</div>" for child in children]
    layout = {"row": "row", "columns": "grid", "stack": ""}[group.layout]
    names = [f"frame-{group.frame}" if group.frame else "", layout]
    names += [name for name in ("keep", "reverse") if getattr(group, name)]
    names += ["new-page"] if group.new_page else []
    height = f' style="min-height: {group.height_mm:g}mm"' if group.height_mm else ""
    classes = " ".join(name for name in names if name)
    return f'<{group.kind} class="{classes}"{height}>{"".join(children)}</{group.kind}>'


def _block(block: Block, logo: str) -> str:
    match block:
        case Heading(level=level, style=style, anchor=anchor):
            name = f' id="{anchor}"' if anchor else ""
            return f'<h{level}{name} class="{style}">{_runs(block.runs)}</h{level}>'
        case Paragraph(style=style):
            return f'<p class="{style}">{_runs(block.runs)}</p>'
        case ListBlock():
            return _list(block)
        case Table():
            return _table(block)
        case Figure(alt=alt):
            size = f"max-width: {block.width_mm:g}mm; max-height: {block.height_mm:g}mm"
            return f'<img src="{logo}" alt="{escape(alt)}" style="{size}">'
        case WritingLines(count=count):
            return '<div class="line"></div>' * count
        case Group():
            return _group(block, logo)
