from __future__ import annotations

import io
import time

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from handouts.audit import audit
from handouts.audit.case import open_case
from handouts.audit.defect import Findings


def made(content: str, **page_entries) -> bytes:
    """Return a page of 200 by 100 points: F1 has letters of half an em, F2 of one em, F3 of unknown width."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(200, 100))
        page = pdf.pages[0].obj
        simple = Dictionary(
            Subtype=Name.TrueType, Encoding=Name.WinAnsiEncoding, FirstChar=32, Widths=Array([500] * 95)
        )
        composite = Dictionary(
            Subtype=Name.Type0,
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([Dictionary(Subtype=Name.CIDFontType2, DW=1000)]),
            ToUnicode=pdf.make_stream(b"beginbfrange <0020> <007E> <0020> endbfrange"),
        )
        unknown = Dictionary(Subtype=Name.TrueType, Encoding=Name.WinAnsiEncoding)
        fonts = Dictionary(
            F1=pdf.make_indirect(simple), F2=pdf.make_indirect(composite), F3=pdf.make_indirect(unknown)
        )
        form = pdf.make_stream(
            b"/Artifact BMC BT /F1 10 Tf 5 5 Td (form) Tj ET EMC",
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([0, 0, 15, 20]),
            Resources=Dictionary(Font=fonts),
        )
        page.Resources = Dictionary(Font=fonts, XObject=Dictionary(Form=form))
        page.Contents = pdf.make_stream(content.encode("latin-1"))
        for key, value in page_entries.items():
            page["/" + key] = Array(value)
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def marked(*texts: str) -> str:
    """Return each text as marked content of its own, in letters of ten points."""
    return "\n".join(
        f"/P <</MCID {number}>> BDC BT /F1 10 Tf {text} ET EMC" for number, text in enumerate(texts)
    )


def boxes(content: str) -> list[tuple[float, ...]]:
    """Return the boxes round all text, in tenths of a point."""
    with pikepdf.open(io.BytesIO(made(content))) as pdf:
        case = open_case(pdf, Findings(), own=False)
        return [
            tuple(round(value, 1) for value in box)
            for mark in case.contents.marks
            for piece in mark.pieces
            for box in piece.boxes
        ]


def told(content: str, **page_entries) -> list[str]:
    """Return the codes about what cannot be seen."""
    found = audit(made(content, **page_entries))
    return [one.code for one in found if one.code in ("off-page", "overprint")]


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("10 20 Td (abcd) Tj", [(10, 20, 30, 27)]),
        ("10 20 Td (ab) Tj (cd) Tj", [(10, 20, 20, 27), (20, 20, 30, 27)]),
        ("10 20 Td ( ab  ) Tj (cd) Tj", [(15, 20, 25, 27), (35, 20, 45, 27)]),
        ("10 20 Td (  ) Tj", []),
        ("10 20 Td [(ab) 100 (cd) -100] TJ (e) Tj", [(10, 20, 29, 27), (30, 20, 35, 27)]),
        ("10 20 Td [-5000 (ab) -5000 (cd)] TJ", [(60, 20, 70, 27), (120, 20, 130, 27)]),
        ("10 20 Td [-5000] TJ (ab) Tj", [(60, 20, 70, 27)]),
        ("1 Tc 10 20 Td (abcd) Tj (e) Tj", [(10, 20, 33, 27), (34, 20, 39, 27)]),
        ("4 Tw 10 20 Td (a b) Tj", [(10, 20, 29, 27)]),
        ('10 20 Td 4 1 (a b) "', [(10, 20, 31, 27)]),
        ("200 Tz 10 20 Td (abcd) Tj", [(10, 20, 50, 27)]),
        ("3 Ts 10 20 Td (abcd) Tj", [(10, 23, 30, 30)]),
        ("10 20 Td 3 Tr (abcd) Tj 0 Tr (e) Tj", [(30, 20, 35, 27)]),
        ("2 0 0 2 10 20 Tm (abcd) Tj", [(10, 20, 50, 34)]),
        ("0 1 -1 0 50 20 Tm (abcd) Tj", [(43, 20, 50, 40)]),
        ("/F2 10 Tf 10 20 Td <0061006200200020> Tj", [(10, 20, 30, 27)]),
        ("/F3 10 Tf 10 20 Td (abcd) Tj /F1 10 Tf (e) Tj 0 20 Td (f) Tj", [(10, 40, 15, 47)]),
    ],
)
def test_text_is_measured(shown, expected):
    """the box round some text follows its font, size, spacing and matrix, and leaves blanks out."""
    assert boxes(marked(shown)) == expected


def test_text_is_measured_in_a_moved_space():
    """the matrix of the page counts as well as that of the text."""
    assert boxes("2 0 0 2 5 5 cm " + marked("10 20 Td (abcd) Tj")) == [(25, 45, 65, 59)]


@pytest.mark.parametrize(
    "shown",
    ["10 -2 Td (a) Tj", "185 50 Td (abcd) Tj", "-2 50 Td (ab) Tj", "10 95 Td (a) Tj", "900 50 Td (a) Tj"],
)
def test_text_off_the_page_is_told(shown):
    """text beyond each edge, or cut by it, is told; a blank or an invisible text is not."""
    assert told(marked(shown)) == ["off-page"]
    assert told(marked("3 Tr " + shown)) == []
    assert told(marked(shown.replace("(a", "( ").replace("b", " ").replace("cd", "  "))) == []


def test_a_hair_beyond_the_edge_is_not_told():
    """less than a point outside is no fault."""
    assert told(marked("-0.5 50 Td (ab) Tj")) == []


def test_only_what_is_cut_out_counts():
    """the crop box is the page, and a crop box larger than the page is not."""
    assert told(marked("10 20 Td (ab) Tj"), CropBox=[0, 30, 200, 100]) == ["off-page"]
    assert told(marked("10 -20 Td (ab) Tj"), CropBox=[0, -30, 200, 100]) == ["off-page"]


def test_printers_marks_are_not_told():
    """silent text that is wholly beside the page of a foreign file is what printers put there."""
    assert told("/Artifact BMC BT /F1 10 Tf 10 -20 Td (a) Tj ET EMC") == []
    assert told("/Artifact BMC BT /F1 10 Tf 10 -3 Td (a) Tj ET EMC") == ["off-page"]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("10 20 Td (abcd) Tj", "10 20 Td (efgh) Tj", True),
        ("10 20 Td (abcd) Tj", "10 23 Td (efgh) Tj", True),
        ("10 20 Td (abcd) Tj", "10 25 Td (efgh) Tj", False),
        ("10 20 Td (abcd) Tj", "10 32 Td (efgh) Tj", False),
        ("10 20 Td (abcd) Tj", "29 20 Td (efgh) Tj", False),
        ("10 20 Td (abcdefghijklmnopqrst) Tj", "90 20 Td (abcdefghijklmnopqrst) Tj", True),
        ("10 20 Td (ab) Tj 60 0 Td (cd) Tj", "30 20 Td (efgh) Tj", False),
        ("10 20 Td [(ab) -6000 (cd)] TJ", "30 20 Td (efgh) Tj", False),
        ("10 20 Td (abcd) Tj", "10.3 20 Td (abcd) Tj", False),
        ("/F1 40 Tf 10 20 Td (abcd) Tj", "10 20 Td (efgh) Tj", False),
        ("10 20 Td (abcd) Tj", "1 .4 -.4 1 10 20 Tm (efgh) Tj", False),
        ("0 1 -1 0 17 20 Tm (abcd) Tj", "0 1 -1 0 20 20 Tm (efgh) Tj", True),
    ],
)
def test_text_over_text_is_told(first, second, expected):
    """two texts in one place are told, unless they only touch, stand in a gap, or are shadow or backdrop."""
    assert told(marked(first, second)) == ["overprint"] * expected


def test_text_over_itself_is_not_told():
    """what one mark paints twice, as for bold letters, is no fault."""
    assert told(marked("10 20 Td (abcd) Tj 0 0 Td (efgh) Tj")) == []


def test_a_pair_is_told_once():
    """a paragraph over another one is one fault, however many lines it has."""
    lines = "0 -12 Td (efgh) Tj " * 3
    assert told(marked("10 60 Td (abcd) Tj " + lines, "10 60 Td (ijkl) Tj " + lines)) == ["overprint"]


def test_what_a_clip_hides_covers_nothing():
    """text outside the clip, and outside the box of a form, is not seen."""
    hidden = "q 100 0 50 50 re W n " + marked("10 20 Td (abcd) Tj") + " Q "
    assert told(hidden + marked("10 20 Td (efgh) Tj")) == []
    assert told("/Form Do " + marked("15 5 Td (efgh) Tj")) == []
    assert told("/Form Do " + marked("5 5 Td (efgh) Tj")) == ["overprint"]


def test_very_much_text_in_one_place_ends():
    """a file with thousands of texts in one place is told, without comparing all of them."""
    content = marked(*[f"{number % 2 * 100} 20 Td (ab) Tj" for number in range(6_000)])
    start = time.perf_counter()
    codes = [one.code for one in audit(made(content)) if one.code in ("overprint", "unreadable-part")]
    assert time.perf_counter() - start < 30
    assert "unreadable-part" in codes
