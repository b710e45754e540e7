"""Fonts, and the text as it is read back."""

from __future__ import annotations

import re

from pikepdf import Array, Dictionary, Name, String

from .tools import edit, elements, first, fonts, plants


@plants("font-not-embedded")
def font_not_embedded(pdf):
    del fonts(pdf)[0].DescendantFonts[0].FontDescriptor["/FontFile2"]


@plants("font-not-embedded")
def font_listed_but_not_embedded(pdf):
    pdf.pages[0].Resources.Font.F9 = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)


@plants("font-no-unicode")
def font_without_meaning(pdf):
    del fonts(pdf)[0]["/ToUnicode"]


@plants("font-no-unicode")
def character_without_meaning(pdf):
    for font in fonts(pdf):
        data = font.ToUnicode.read_bytes()
        font.ToUnicode = pdf.make_stream(re.sub(rb"<([0-9A-F]{4})> <0065>", rb"<FFF0> <0065>", data))


@plants("font-bad-unicode")
def character_of_private_use(pdf):
    data = fonts(pdf)[0].ToUnicode.read_bytes()
    fonts(pdf)[0].ToUnicode = pdf.make_stream(data.replace(b"> <0065>", b"> <E065>"))


@plants("font-bad-unicode")
def character_zero(pdf):
    data = fonts(pdf)[0].ToUnicode.read_bytes()
    fonts(pdf)[0].ToUnicode = pdf.make_stream(data.replace(b"endbfchar", b"<FFF0> <0000>\nendbfchar", 1))


@plants("glyph-missing")
def glyph_missing(pdf):
    edit(pdf, rb"(/H1 <<.*?<)[0-9A-F]{4}", rb"\g<1>0000")


@plants("font-not-embedded")
def font_unknown_to_the_page(pdf):
    edit(pdf, rb"/F\d+ 26 Tf", rb"/F99 26 Tf")


@plants("text-differs")
def words_glued(pdf):
    for page in range(len(pdf.pages)):
        edit(pdf, _SPACE_AT_END, rb"> Tj", page, count=0)


@plants("words-glued", foreign=True, warning=True)
def words_glued_in_a_foreign_file(pdf):
    for page in range(len(pdf.pages)):
        edit(pdf, _SPACE_AT_END, rb"> Tj", page, count=0)


@plants("text-differs")
def hyphens_at_line_ends(pdf):
    _hyphenate(pdf)


@plants("hyphen", foreign=True, warning=True)
def hyphens_in_a_foreign_file(pdf):
    _hyphenate(pdf)


@plants("text-differs")
def order_reversed(pdf):
    top = pdf.Root.StructTreeRoot.K
    top.K = Array(list(reversed(list(top.K))))


@plants("order-jumps", foreign=True, warning=True)
def order_reversed_in_a_foreign_file(pdf):
    top = pdf.Root.StructTreeRoot.K
    top.K = Array(list(reversed(list(top.K))))


@plants("text-differs")
def label_and_item_swapped(pdf):
    item = first(pdf, "LI")
    item.K = Array(list(reversed(list(item.K))))


@plants("text-differs")
def last_paragraph_lost(pdf):
    section = list(elements(pdf, "Sect"))[-1]
    section.K = Array(list(section.K)[:-1])


@plants("text-differs")
def element_says_something_else(pdf):
    first(pdf, "H1").ActualText = String("Knee pain")


@plants("tag-differs")
def heading_is_a_paragraph(pdf):
    list(elements(pdf, "H2"))[-1].S = Name.P


@plants("tag-differs")
def header_cell_is_a_cell(pdf):
    first(pdf, "TH").S = Name.TD


@plants("language-lost")
def language_of_a_word_lost(pdf):
    del next(one for one in elements(pdf, "Span") if "/Lang" in one)["/Lang"]


@plants("parts-differ")
def part_lost(pdf):
    top = pdf.Root.StructTreeRoot.K
    top.K = Array(list(top.K)[:-1])


_SPACE_AT_END = rb"0003> Tj"


def _hyphenate(pdf):
    for page in range(len(pdf.pages)):
        for number, font in enumerate(fonts(pdf), 1):
            code = re.search(rb"<([0-9A-F]{4})> <002D>", font.ToUnicode.read_bytes())
            if code:
                edit(
                    pdf,
                    rb"(/F%d \d+ Tf\n<[0-9A-F]+)0003> Tj" % number,
                    rb"\g<1>" + code[1] + rb"> Tj",
                    page,
                    count=0,
                )
