"""Text and figures that are off the page, text over text."""

from __future__ import annotations

from pikepdf import Array

from .tools import edit, plants

_HEADING = rb"(/H1 <</MCID \d+>> BDC\nBT 1 0 0 1 )([\d.]+) ([\d.]+)"
_FOOT = rb"(/Subtype/Footer>> BDC\nBT 1 0 0 1 [\d.]+ )([\d.]+)"
_LOGO = rb"(/Figure <</MCID 0>> BDC\nq 1 0 0 1 )([\d.]+ [\d.]+)"


@plants("off-page")
def heading_below_the_page(pdf):
    edit(pdf, _HEADING, rb"\1\2 -40")


@plants("off-page")
def heading_runs_past_the_edge(pdf):
    edit(pdf, _HEADING, rb"\g<1>560 \3")


@plants("off-page")
def page_foot_below_the_page(pdf):
    edit(pdf, _FOOT, rb"\1-4")


@plants("off-page")
def page_cut_smaller(pdf):
    pdf.pages[0].CropBox = Array([0, 0, 300, 792])


@plants("off-page")
def figure_off_the_page(pdf):
    edit(pdf, _LOGO, rb"\g<1>-20 700")


@plants("off-page", foreign=True, warning=True)
def text_of_a_foreign_file_above_the_page(pdf):
    edit(pdf, _HEADING, rb"\1\2 800")


@plants("overprint")
def heading_over_text(pdf):
    edit(pdf, _HEADING + rb"(.*?/P <</MCID \d+>> BDC\nBT 1 0 0 1 )[\d.]+ [\d.]+", rb"\1\2 \3\4\2 \3")


@plants("overprint")
def page_foot_over_the_body(pdf):
    last = pdf.pages[0].Contents.read_bytes().rpartition(b"BT 1 0 0 1 ")[0]
    body = last[: last.rindex(b"/Subtype/Footer")].rpartition(b"BT 1 0 0 1 ")[2].split()[1]
    edit(pdf, _FOOT, rb"\g<1>" + body)


@plants("overprint", foreign=True, warning=True)
def heading_over_text_of_a_foreign_file(pdf):
    edit(pdf, _HEADING + rb"(.*?/P <</MCID \d+>> BDC\nBT 1 0 0 1 )[\d.]+ [\d.]+", rb"\1\2 \3\4\2 \3")
