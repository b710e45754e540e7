"""What the tags mean: headings, figures, lists, tables."""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, String

from .tools import elements, first, plants


@plants("heading-first")
def first_heading_second_level(pdf):
    first(pdf, "H1").S = Name.H2


@plants("heading-skipped")
def heading_level_skipped(pdf):
    for one in list(elements(pdf, "H2")):
        one.S = Name.H3


@plants("heading-mixed")
def heading_without_level(pdf):
    first(pdf, "H2").S = Name.H


@plants("figure-alt")
def alternative_text_missing(pdf):
    del first(pdf, "Figure")["/Alt"]


@plants("figure-alt")
def alternative_text_empty(pdf):
    first(pdf, "Figure").Alt = String(" ")


@plants("figure-alt-differs")
def alternative_text_of_another(pdf):
    first(pdf, "Figure").Alt = String("A picture")


@plants("figure-box")
def figure_box_missing(pdf):
    del first(pdf, "Figure")["/A"]


@plants("figure-box")
def figure_box_elsewhere(pdf):
    box = [float(value) for value in first(pdf, "Figure").A.BBox]
    first(pdf, "Figure").A.BBox = Array([box[0], box[1] - 300, box[2], box[3] - 300])


@plants("figure-box")
def figure_box_off_the_page(pdf):
    first(pdf, "Figure").A.BBox = Array([0, 0, 900, 900])


@plants("list-numbering")
def list_numbering_missing(pdf):
    del first(pdf, "L")["/A"]


@plants("list-numbering")
def list_numbering_none(pdf):
    first(pdf, "L").A.ListNumbering = Name("/None")


@plants("list-numbering", foreign=True, warning=True)
def foreign_list_with_bullets(pdf):
    del next(one for one in elements(pdf, "L") if one.A.ListNumbering != "/Decimal")["/A"]


@plants("list-numbering", foreign=True)
def foreign_list_that_counts(pdf):
    del next(one for one in elements(pdf, "L") if one.A.ListNumbering == "/Decimal")["/A"]


@plants("list-label")
def label_missing(pdf):
    item = first(pdf, "LI")
    item.K = Array([kid for kid in item.K if kid.S != "/Lbl"])


@plants("list-parts")
def item_with_a_paragraph(pdf):
    first(pdf, "LBody").S = Name.P


@plants("list-parts")
def list_with_a_paragraph(pdf):
    first(pdf, "LI").S = Name.P


@plants("list-parts")
def item_without_body(pdf):
    item = first(pdf, "LI")
    item.K = Array([kid for kid in item.K if kid.S == "/Lbl"])


@plants("list-order")
def nested_list_first(pdf):
    body = next(one for one in elements(pdf, "LBody") if any(inner != one for inner in _lists_in(one)))
    body.K = Array(
        sorted(body.K, key=lambda kid: not (isinstance(kid, Dictionary) and kid.get("/S") == "/L"))
    )


def _lists_in(body):
    return [
        kid
        for kid in (body.K if isinstance(body.K, Array) else [])
        if isinstance(kid, Dictionary) and "/S" in kid
    ]


@plants("list-order")
def label_behind_text(pdf):
    item = first(pdf, "LI")
    item.K = Array(list(reversed(list(item.K))))


@plants("table-parts")
def table_with_a_paragraph(pdf):
    first(pdf, "TR").S = Name.P


@plants("table-parts")
def row_with_a_paragraph(pdf):
    first(pdf, "TD").S = Name.P


@plants("table-ragged")
def row_one_cell_short(pdf):
    row = first(pdf, "TR")
    row.K = Array(list(row.K)[:-1])


@plants("table-ragged")
def span_too_wide(pdf):
    first(pdf, "TD").A = Dictionary(O=Name.Table, ColSpan=2)


@plants("table-ragged")
def span_too_deep(pdf):
    list(elements(pdf, "TD"))[-1].A = Dictionary(O=Name.Table, RowSpan=3)


@plants("table-ragged")
def span_no_number(pdf):
    first(pdf, "TD").A = Dictionary(O=Name.Table, ColSpan=Name.Two)


@plants("table-headless", warning=True)
def table_without_heads(pdf):
    for one in list(elements(pdf, "TH")):
        one.S = Name.TD


@plants("table-scope")
def scope_missing(pdf):
    del first(pdf, "TH")["/A"]


@plants("element-empty", warning=True)
def paragraph_empty(pdf):
    section = first(pdf, "Sect")
    section.K = Array([*section.K, pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=section))])
