"""What offices send comes through: the same picture of every page, the same words, tags and links."""

from __future__ import annotations

import io
from datetime import date

import page
import pikepdf
import pypdfium2
import pytest
from foreign_samples import HARMLESS, scan
from foreign_samples.tools import annotated, form_xobject, one_page, saved
from pikepdf import Array, Dictionary, Name, String

from handouts.audit import audit
from handouts.content.library import Library
from handouts.order import Order
from handouts.packet.open_foreign import Foreign, Sent, open_all, open_foreign
from handouts.pipeline import make_handout

_ANNOTATED = frozenset(("form_with_values", "marks_of_readers_on_a_page_left_scaled", "turned_and_cropped"))


def pictures(pdf: bytes) -> list[tuple[tuple[int, int], bytes]]:
    """Return the pages at 72 dpi as a viewer shows them, annotations included."""
    with pypdfium2.PdfDocument(pdf) as file:
        pages = []
        file.init_forms()
        for page in file:
            bitmap = page.render(scale=1)
            pages.append(((bitmap.width, bitmap.height), bytes(bitmap.buffer)))
        return pages


def difference(one: bytes, other: bytes) -> float:
    """Return the share of the range of a point by which pages differ, in the mean."""
    assert len(one) == len(other) > 0
    return sum(abs(a - b) for a, b in zip(one, other, strict=True)) / len(one) / 255


def spoken(pdf: bytes) -> list[tuple[str, ...]]:
    """Return the structure tree: type, texts and number of kids of each element, in order."""
    told = []
    with pikepdf.open(io.BytesIO(pdf)) as file:
        waiting = [file.Root.StructTreeRoot]
        while waiting:
            one = waiting.pop()
            kids = one.get("/K")
            kids = list(kids) if isinstance(kids, Array) else [] if kids is None else [kids]
            values = (str(one.get(key, "")) for key in ("/S", "/Alt", "/ActualText", "/Lang", "/ID", "/C"))
            told.append((*values, str(len(kids))))
            waiting += [kid for kid in reversed(kids) if isinstance(kid, Dictionary) and "/S" in kid]
    assert len(told) > 1
    return told


def links(pdf: bytes) -> list[tuple[int, str]]:
    """Return page, address or destination of each link."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        numbers = {page.obj.objgen: number for number, page in enumerate(file.pages)}

        def said(link) -> str:
            if "/A" in link and link.A.S == Name.URI:
                return str(link.A.URI)
            place = link.A.D if "/A" in link else link.get("/Dest")
            if isinstance(place, Array):
                return f"{numbers[place[0].objgen]} {[str(one) for one in list(place)[1:]]}"
            return str(place)

        return [
            (number, said(link))
            for number, page in enumerate(file.pages)
            for link in page.obj.get("/Annots", [])
        ]


@pytest.fixture(scope="module")
def handout() -> bytes:
    """Return a handout of ours."""
    order = Order(date=date(2026, 11, 22))
    return make_handout(Library(), "trochanteric-bursitis", "example-clinic", order).pdf


@pytest.fixture(scope="module")
def answers():
    """Return what came of every harmless file, opened by one child."""
    files = [Sent(make(), f"{name}.pdf") for name, make in HARMLESS.items()]
    return dict(zip(HARMLESS, open_all(files), strict=True))


@pytest.mark.parametrize("name", HARMLESS)
def test_pages_look_the_same(answers, name):
    """every point of every page is as it was."""
    answer = answers[name]
    assert isinstance(answer, Foreign), answer
    assert not answer.repaired
    assert scan(answer.pdf) == []
    before, after = pictures(HARMLESS[name]()), pictures(answer.pdf)
    assert len({*before[0][1]}) > 1
    assert [size for size, _ in after] == [size for size, _ in before]
    for (_, one), (_, other) in zip(before, after, strict=True):
        # What was an annotation is drawn by other arithmetic: an edge may fall half a point beside.
        assert difference(one, other) < (2e-3 if name in _ANNOTATED else 1e-4)


def test_another_picture_is_seen():
    """the comparison fails a page on which a small box is missing."""
    (_, one), (_, other) = pictures(saved(one_page(b"0 0 20 20 re f")))[0], pictures(saved(one_page()))[0]
    assert difference(one, other) > 2e-3


def test_a_handout_of_ours_keeps_everything(handout):
    """pages, tags, links, bookmarks, title and language are as they were, and the audit finds nothing."""
    answer = open_foreign(handout, "handout.pdf")
    assert pictures(answer.pdf) == pictures(handout)
    assert spoken(answer.pdf) == spoken(handout)
    assert links(answer.pdf) == links(handout)
    assert len(links(handout)) >= 2
    assert audit(answer.pdf, claims=("ua1", "a2a")) == ()
    assert answer.tagged
    assert (answer.title, answer.language) == ("Hip bursitis", "en")
    assert scan(answer.pdf) == []
    with pikepdf.open(io.BytesIO(answer.pdf)) as new, pikepdf.open(io.BytesIO(handout)) as old:
        with new.open_outline() as made, old.open_outline() as had:
            assert [item.title for item in made.root] == [item.title for item in had.root] != []
        assert new.pdf_version == old.pdf_version


def test_a_handout_of_ours_keeps_its_standards(handout, tmp_path):
    """an independent validator finds no broken rule of PDF/UA-1 and PDF/A-2a."""
    file = tmp_path / "rebuilt.pdf"
    file.write_bytes(open_foreign(handout, "handout.pdf").pdf)
    for profile in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A):
        assert page.validate_pdf(file, profile=profile).failures == []


def test_a_file_opened_twice_is_the_same(handout):
    """the same file gives the same bytes, and what came out goes in again unchanged."""
    once = open_foreign(handout, "a.pdf")
    assert open_foreign(handout, "b.pdf").pdf == once.pdf
    again = open_foreign(once.pdf, "c.pdf")
    assert again.pdf == once.pdf
    assert again.removed == ()


def test_links_bookmarks_and_labels_lead_where_they_led():
    """places by page, by name and by old name, bookmarks under bookmarks and page labels are kept."""
    pdf = one_page()
    pdf.add_blank_page(page_size=(300, 200))
    second = Array([pdf.pages[1].obj, Name.XYZ, 0, 100, None])
    annotated(pdf, Subtype=Name.Link, Dest=second, Contents=String("Page 2"))
    annotated(pdf, Subtype=Name.Link, Dest=String("two"))
    annotated(pdf, Subtype=Name.Link, A=Dictionary(S=Name.GoTo, D=Name.Old))
    annotated(pdf, Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String("HTTPS://example.org/a?b=c#d")))
    annotated(pdf, Subtype=Name.Link, Dest=String("gone"))
    names = Dictionary(Kids=Array([Dictionary(Names=Array([String("two"), Dictionary(D=second)]))]))
    pdf.Root.Names = Dictionary(Dests=names)
    pdf.Root.Dests = Dictionary(Old=second)
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.r), 1, Dictionary(S=Name.D, St=7)]))
    with pdf.open_outline() as outline:
        top = pikepdf.OutlineItem("Start", 0)
        top.children.append(pikepdf.OutlineItem("Below", 1))
        outline.root.extend([top, pikepdf.OutlineItem("End", 1)])
    answer = open_foreign(saved(pdf), "links.pdf")
    place = "1 ['/XYZ', '0', '100', 'None']"
    assert links(answer.pdf)[:4] == [
        (0, place),
        (0, "two"),
        (0, "/Old"),
        (0, "HTTPS://example.org/a?b=c#d"),
    ]
    with pikepdf.open(io.BytesIO(answer.pdf)) as new:
        gone = new.pages[0].obj.Annots[4]
        assert "/A" not in gone
        assert "/Dest" not in gone
        assert new.Root.Dests.Old[0].objgen == new.pages[1].obj.objgen
        assert [page.label for page in new.pages] == ["i", "7"]
        with new.open_outline() as outline:
            assert [(one.title, len(one.children)) for one in outline.root] == [("Start", 1), ("End", 0)]
            assert outline.root[0].children[0].title == "Below"
        assert new.Root.Outlines.Count == 3
    assert any("leads neither" in sentence for sentence in answer.removed)
    assert scan(answer.pdf) == []


def test_words_of_a_tagged_field_are_still_read_aloud():
    """a field that the tags know becomes words of the page, in its place in the tree."""
    pdf = one_page(b"/P <</MCID 0>> BDC 0 0 5 5 re f EMC", StructParents=0)
    page = pdf.pages[0].obj
    look = form_xobject(
        pdf, b"BT /F1 12 Tf 4 10 Td (Hip) Tj ET", Resources=Dictionary(Font=page.Resources.Font)
    )
    field = annotated(
        pdf, Subtype=Name.Widget, FT=Name.Tx, T=String("n"), AP=Dictionary(N=look), StructParent=1
    )
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    first = pdf.make_indirect(Dictionary(S=Name.P, P=root, Pg=page, K=0))
    held = Dictionary(Type=Name.OBJR, Obj=field, Pg=page)
    second = pdf.make_indirect(Dictionary(S=Name.Form, P=root, K=held))
    root.K = Array([first, second])
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array([0, Array([first]), 1, second])))
    pdf.Root.StructTreeRoot = root
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))
    answer = open_foreign(saved(pdf), "form.pdf")
    codes = {defect.code for defect in audit(answer.pdf)}
    assert not codes & {
        "mark-homeless",
        "mark-missing",
        "parent-tree-wrong",
        "parent-tree-extra",
        "tree-parent",
    }
    assert [one[0] for one in spoken(answer.pdf)] == ["", "/P", "/Span"]


def test_a_value_without_an_appearance_is_drawn():
    """a field whose look is left to the viewer is given one."""
    pdf = one_page()
    font = pdf.pages[0].obj.Resources.Font
    field = annotated(
        pdf, Subtype=Name.Widget, FT=Name.Tx, T=String("n"), V=String("Hip"), DA=String("/F1 12 Tf 0 g")
    )
    pdf.Root.AcroForm = Dictionary(
        Fields=Array([field]), NeedAppearances=True, DR=Dictionary(Font=font), DA=String("/F1 12 Tf 0 g")
    )
    answer = open_foreign(saved(pdf), "form.pdf")
    with pypdfium2.PdfDocument(answer.pdf) as file:
        assert "Hip" in file[0].get_textpage().get_text_bounded()
    assert scan(answer.pdf) == []


def test_what_a_file_claims_is_kept_and_nothing_else_of_its_metadata(handout):
    """title and claims stay; who made it, when and with what goes."""
    answer = open_foreign(handout, "a.pdf")
    with pikepdf.open(io.BytesIO(answer.pdf)) as pdf:
        assert set(pdf.trailer.Info.keys()) == {"/Title"}
        xmp = pdf.Root.Metadata.read_bytes()
    assert b"<pdfuaid:part>1<" in xmp
    assert b"<pdfaid:part>2<" in xmp
    assert b"xmp:" not in xmp
    assert b"dc:creator" not in xmp
