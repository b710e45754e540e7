from __future__ import annotations

import importlib.util
import io
import re
from pathlib import Path

import pikepdf
import pytest

from handouts.audit import audit
from handouts.audit.case import open_case
from handouts.audit.defect import Findings
from handouts.audit.ties import check_ties
from handouts.audit.words import lines

_SPEC = importlib.util.spec_from_file_location("sample_pdf", Path(__file__).with_name("sample_pdf.py"))
sample_pdf = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(sample_pdf)


def read(pdf: bytes) -> list[str]:
    """Return the texts of a file, as they are said."""
    found = Findings()
    with pikepdf.open(io.BytesIO(pdf)) as file:
        case = open_case(file, found, own=False)
        check_ties(case)
        return [line.text for line in lines(case, case.tree.top)]


def changed(old: str, new: str) -> bytes:
    """Return the sample with its page content changed."""
    with pikepdf.open(io.BytesIO(sample_pdf.sample())) as pdf:
        content = pdf.pages[0].Contents.read_bytes().decode("latin-1")
        assert len(re.findall(old, content)) == 1
        pdf.pages[0].Contents = pdf.make_stream(re.sub(old, lambda _: new, content).encode("latin-1"))
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def codes(pdf: bytes) -> set[str]:
    """Return the codes of all that is told of a file."""
    return {one.code for one in audit(pdf)}


def test_text_is_read_from_every_kind_of_operator():
    """text is found in arrays, by quote operators, in forms, with replacements, across named properties."""
    assert read(sample_pdf.sample()) == sample_pdf.TEXT


def test_a_file_of_another_maker_has_no_defects():
    """what our typesetter never writes, but a good file may hold, is no defect."""
    assert [str(one) for one in audit(sample_pdf.sample(), claims=("ua1",))] == []


def test_a_form_belongs_to_the_mark_round_it():
    """a form painted outside any mark is told, for its text and its drawing."""
    pdf = changed(r"/Artifact <</Type/Pagination/Subtype/Header>> BDC /Logo Do EMC", "/Logo Do")
    told = [one.sentence for one in audit(pdf) if one.code == "content-unmarked"]
    assert [sentence.split()[0] for sentence in told] == ["Text", "A"]


def test_a_form_with_its_own_marks_is_told_inside_a_mark():
    """marked content of a form inside marked content of the page is told."""
    assert "mark-nested" in codes(changed(r"/Inner Do", "/Artifact BMC /Inner Do EMC"))


def test_a_figure_outside_its_box_is_told():
    """what a figure paints is measured through forms, images and transformations."""
    found = audit(changed(r"50 0 0 50 72 400 cm /Dot Do", "50 0 0 50 200 400 cm /Dot Do"))
    assert [(one.code, one.severity) for one in found] == [("figure-box", "warning")]
    found = audit(changed(r"1 0 0 1 72 400 cm /Logo Do", "2 0 0 1 72 400 cm /Logo Do"))
    assert [one.code for one in found] == ["figure-box"]


def test_what_a_clip_hides_is_not_measured():
    """a figure may paint more than its clip lets through."""
    assert codes(changed(r"50 0 0 50 72 400 cm /Dot Do", "72 400 50 50 re W n 0 0 600 600 re f")) == set()


def test_invisible_text_needs_no_embedded_font():
    """text under a scanned page, which is not painted, may be in a font that is not embedded."""
    with pikepdf.open(io.BytesIO(sample_pdf.sample())) as pdf:
        font = pdf.pages[0].Resources.Font.F1
        font.Subtype, font.BaseFont = pikepdf.Name.TrueType, pikepdf.Name.Arial
        out = io.BytesIO()
        pdf.save(out)
        assert "font-not-embedded" in codes(out.getvalue())
        for stream in (pdf.pages[0].Contents, *pdf.pages[0].Resources.XObject.values()):
            if stream.get("/Subtype") != "/Image":
                stream.write(stream.read_bytes().replace(b"BT ", b"BT 3 Tr "))
        out = io.BytesIO()
        pdf.save(out)
        assert "font-not-embedded" not in codes(out.getvalue())


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (r"/OC /Layer BDC", "/OC /Layer BDC ]", "content-broken"),
        (r"q BT /F1 20", "BT BT /F1 20", "content-broken"),
        (r"/Inner Do", "", "mark-missing"),
        (r"/Numbered BDC", "/Nothing BDC", "mark-missing"),
    ],
)
def test_a_changed_stream_is_told(old, new, code):
    """a stream that differs in one thing is told by its code."""
    assert code in codes(changed(old, new))
