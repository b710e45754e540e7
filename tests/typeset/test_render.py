"""The finished file."""

from __future__ import annotations

import io
import subprocess
import sys
from dataclasses import replace

import page
import pdfplumber
import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.clinic import Clinic
from handouts.document import Document, Group, Paragraph, Run
from handouts.errors import HandoutError, UnprintableError
from handouts.order import EDITIONS, INKS, PAPERS, Order
from handouts.pdf.file import text_string
from handouts.typeset import FootWords, Metadata, Reserved, first_pages, make_up, write
from handouts.typeset.styles import sheet

from .conftest import DAY, WORDS, whole


def elements(element, path=()):
    path = (*path, str(element.S)[1:])
    yield path, element
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from elements(kid, path)


def tree(pdf):
    return list(elements(pdf.Root.StructTreeRoot.K))


@pytest.mark.parametrize("ink", INKS)
@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("paper", PAPERS)
def test_every_kind_of_page_passes_both_standards(render, paper, edition, ink):
    """each paper, edition and ink gives PDF/UA-1 and PDF/A-2a."""
    order = Order(DAY, paper=paper, edition=edition, ink=ink)
    data = render(whole(), order=order)
    for profile in ("ua1", "2a"):
        report = page.validate_pdf_bytes(data, profile=profile)
        assert report.is_compliant, [failure.message for failure in report.failures]


def test_several_documents_are_parts_of_one_tree(render):
    """a packet is one file, with a part and bookmarks for each handout."""
    data = render(whole(2), replace(whole(1), title="Second", anchor="second"), title="Packet")
    for profile in ("ua1", "2a"):
        assert page.validate_pdf_bytes(data, profile=profile).is_compliant
    with pikepdf.open(io.BytesIO(data)) as pdf:
        parts = [element for path, element in tree(pdf) if path[-1] == "Part"]
        assert [str(part.T) for part in parts] == ["Hip bursitis", "Second"]


def test_the_same_order_gives_the_same_bytes(render):
    """two runs, also in two processes with other hash seeds, give one and the same file."""
    code = (
        "import sys, hashlib; sys.path.insert(0, sys.argv[1]);"
        "from tests.typeset import conftest as c; from handouts import typeset as t;"
        "from handouts.clinic import Clinic; from handouts.order import Order;"
        "k = Clinic('test', 'Test Clinic', '911', '#14566b');"
        "p = t.make_up(c.whole(), k, Order(c.DAY));"
        "print(hashlib.sha256(t.write([p], t.Metadata('T', k.name, 'en', c.DAY), c.WORDS)).hexdigest())"
    )
    root = str(__file__).rsplit("/tests/", 1)[0]
    seen = {
        subprocess.run(
            [sys.executable, "-c", code, root],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PATH": ""},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(seen) == 1
    assert render(whole()) == render(whole())


def test_a_patient_is_on_the_page_and_nowhere_else(render):
    """a name is printed, but is in no metadata, and the file's identifier does not depend on it."""
    one, other = (render(whole(patient=name)) for name in ("Ann Onymous", "Bea Lievable"))
    assert one != other
    with pikepdf.open(io.BytesIO(one)) as pdf, pikepdf.open(io.BytesIO(other)) as second:
        assert list(pdf.trailer.ID) == list(second.trailer.ID)
        outside = str(dict(pdf.docinfo)) + pdf.Root.Metadata.read_bytes().decode() + str(pdf.Root.Outlines)
        assert "Onymous" not in outside
    assert b"Onymous" not in one


def test_the_tree_is_the_document(render):
    """structure elements stand in the order of the document, whatever the page looks like."""
    with pikepdf.open(io.BytesIO(render(whole(1)))) as pdf:
        roles = [path[-1] for path, _ in tree(pdf) if path[-1] in {"H1", "H2", "H3", "H4", "Table", "Link"}]
        assert roles == ["H1", "H2", "Table", "H2", "Link", "Link", "H2", "H3", "H4", "H2", "Table", "H2"]


def test_links_are_tied_and_lead_somewhere(render):
    """each link is one tab stop with words of its own, outside or to a place in the same handout."""
    with pikepdf.open(io.BytesIO(render(whole()))) as pdf:
        links = [link for sheet in pdf.pages for link in sheet.get("/Annots", [])]
        assert [str(link.Contents) for link in links] == ["more: https://example.org/more", "the exercises"]
        assert str(links[0].A.URI) == "https://example.org/more"
        assert links[1].Dest[0].objgen in {sheet.obj.objgen for sheet in pdf.pages}


def test_words_in_another_language_say_so(render):
    """a screen reader is told when the language changes."""
    with pikepdf.open(io.BytesIO(render(whole()))) as pdf:
        spans = [
            str(element.Lang) for path, element in tree(pdf) if path[-1] == "Span" and "/Lang" in element
        ]
        assert spans == ["de"]


def test_black_ink_uses_nothing_but_black_and_white(render):
    """a photocopier has no greys to lose."""
    data = render(whole(), order=Order(DAY, ink="black"))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        colours = {
            tuple(float(value) for value in operands)
            for sheet in pdf.pages
            for operands, operator in pikepdf.parse_content_stream(sheet)
            if str(operator) in {"rg", "RG"}
        }
    assert colours <= {(0.0, 0.0, 0.0), (1.0, 1.0, 1.0)}
    assert colours


def test_a_handout_is_small(render):
    """a handout stays far below 150 kB."""
    assert len(render(whole())) < 60_000


@given(st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_text_is_printed_or_refused(text):
    """whatever stands in a field gives a PDF or a clear refusal, and nothing else."""
    clinic = Clinic("test", "Test Clinic", "911", "#14566b")
    order = Order(DAY)
    document = Document("Title", "en", (Group((Paragraph((Run("Text: "), Run(text))),)),))
    try:
        data = write([make_up(document, clinic, order)], Metadata("T", "C", "en", DAY), WORDS)
    except HandoutError:
        return
    assert page.validate_pdf_bytes(data, profile="ua1").rules.total > 50


@pytest.mark.parametrize("text", ["(a\\b)", "naïve — ½", "😀"])
def test_text_strings_are_exact(text):
    """metadata and descriptions hold the very words."""
    pdf = pikepdf.new()
    value = pikepdf.Object.parse(text_string(text).encode())
    assert str(value) == text
    pdf.close()


def test_page_words_may_be_in_any_order(render, clinic, order):
    """the foot's words come from the language file, gaps anywhere."""
    part = make_up(whole(1), clinic, order)
    assert write([part], Metadata("T", "C", "en", DAY), FootWords("{pages}/{page}", "{page}"))


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("footer", ["Short", "A long line at the foot of a page, and then some more " * 3])
def test_the_foot_never_reaches_into_the_text(render, edition, footer):
    """however long its words are, the foot of a page stays below the text area."""
    parts = [replace(whole(1), footer=footer), replace(whole(1), footer=footer, anchor="second")]
    order = Order(DAY, edition=edition)
    bottom = sheet(edition).margin_bottom
    with pdfplumber.open(io.BytesIO(render(*parts, order=order))) as pdf:
        for each in pdf.pages:
            feet = [c for c in each.chars if c["mcid"] is None and c["y0"] < bottom]
            assert "".join(c["text"] for c in feet).count("Packet page") == 1
            assert max(c["y1"] for c in feet) <= bottom + 1
            assert len({round(c["y0"]) for c in feet}) <= 2


def test_get_help_must_begin_on_the_first_page(clinic):
    """a sheet whose warning signs would come later is not made."""
    document = whole(1)
    long = replace(document, blocks=(*(Paragraph((Run("word " * 900),)) for _ in range(3)), *document.blocks))
    with pytest.raises(UnprintableError, match="first page"):
        make_up(long, clinic, Order(DAY))


@pytest.fixture
def made_up(clinic, order):
    return lambda document: make_up(document, clinic, order)


def link_to(anchor):
    return Paragraph((Run("See this form.", href=f"#{anchor}"),))


def bound(parts, **options):
    return write(parts, Metadata("Packet", "Example", "en", DAY), WORDS, **options)


def test_parts_begin_on_right_hand_pages():
    """page numbers of both kinds of binding are those that first_pages tells."""
    assert first_pages([1, 2, 3]) == (0, 1, 3, 6)
    assert first_pages([1, 2, 3], duplex=True) == (0, 2, 4, 7)


def test_duplex_fills_up_with_blank_pages(made_up):
    """for two-sided printing each part begins on a right-hand page; a blank one says only its number."""
    first, second = made_up(whole(8)), made_up(replace(whole(1), title="Second", anchor="second"))
    assert len(first.pages) % 2, "the sample must need a blank page"
    data = bound([first, second], duplex=True)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.Root.ViewerPreferences.Duplex == "/DuplexFlipLongEdge"
        number = len(first.pages)
        assert len(pdf.pages) == number + 1 + len(second.pages)
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        assert pdf.pages[number].extract_text() == f"Packet page {number + 1} of {len(pdf.pages)}"
        assert pdf.pages[number + 1].extract_text() != pdf.pages[number].extract_text()
    for profile in ("ua1", "2a"):
        assert page.validate_pdf_bytes(data, profile=profile).is_compliant


def test_room_is_kept_for_a_file_to_come(made_up):
    """room reserved has pages of the sizes wanted, a bookmark, a part of its own, and a place to link to."""
    front = replace(whole(1), title="Front", blocks=(*whole(1).blocks, link_to("form")))
    later = replace(whole(1), title="Later", anchor="later")
    reserved = Reserved("Consent form", "form", ((595.0, 842.0), (842.0, 595.0)))
    data = bound([made_up(front), reserved, made_up(later)])
    with pikepdf.open(io.BytesIO(data)) as pdf:
        parts = [element for path, element in tree(pdf) if path[-1] == "Part"]
        assert [str(part.T) for part in parts] == ["Front", "Consent form", "Later"]
        assert "/K" not in parts[1]
        at = len(made_up(front).pages)
        assert [list(map(int, pdf.pages[at + n].mediabox)) for n in (0, 1)] == [
            [0, 0, 595, 842],
            [0, 0, 842, 595],
        ]
        links = [annotation for one in pdf.pages for annotation in one.get("/Annots", [])]
        assert any(link.Dest[0].objgen == pdf.pages[at].objgen for link in links if "/Dest" in link)
        with pdf.open_outline() as outline:
            assert "Consent form" in [entry.title for entry in outline.root]
