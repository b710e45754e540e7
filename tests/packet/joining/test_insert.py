"""Files put into a packet of ours where it keeps room for them."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import ImageChops

from handouts import typeset
from handouts.audit import audit, earned
from handouts.clinic import Clinic
from handouts.document import Document, Heading, Paragraph, Run
from handouts.errors import ForeignError
from handouts.order import Order
from handouts.packet import Insert, Part, insert, page_sizes
from handouts.pdf.metadata import Metadata

FOOT = typeset.FootWords(page="Page {page} of {pages}", packet="packet page {page} of {pages}")


@pytest.fixture(scope="module")
def sheets(tools):
    clinic, order = Clinic("test", "Test Clinic", "911", "#14566b"), Order(tools.day)
    return [
        typeset.make_up(
            Document(
                title,
                "en",
                (Heading(1, (Run(title),)), Paragraph((Run("To the form", href="#form0" if to else ""),))),
                anchor=title.lower(),
            ),
            clinic,
            order,
        )
        for title, to in (("Front", True), ("Back", False))
    ]


@pytest.fixture(scope="module")
def room(tools, sheets):
    """Return a function that makes a packet with room for parts of some sizes behind its first sheet."""

    def make(*sizes, duplex=False):
        metadata = Metadata(title="A packet", author="A clinic", language="en", day=tools.day)
        kept = [
            typeset.Reserved(f"Form {number}", f"form{number}", pages) for number, pages in enumerate(sizes)
        ]
        return typeset.write([sheets[0], *kept, sheets[1]], metadata, FOOT, duplex=duplex)

    return make


@pytest.fixture(scope="module")
def first(sheets):
    return len(sheets[0].pages)


def images(pdf):
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=1).to_pil().convert("L") for page in document]
    finally:
        document.close()


def bookmarks(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as opened, opened.open_outline() as outline:
        pages = {page.obj.objgen: number for number, page in enumerate(opened.pages)}
        return [
            (
                mark.title,
                pages[mark.destination[0].objgen],
                [(kid.title, pages[kid.destination[0].objgen]) for kid in mark.children],
            )
            for mark in outline.root
        ]


def test_a_tagged_part_is_read_where_it_stands(tools, room, first):
    """words and pages of a part come where room was kept, and all others stay as they were."""
    part = Part(tools.small("Consent"), "consent.pdf", earns=tools.both)
    packet = room(page_sizes(part))
    whole = insert(packet, [Insert(part, 1, first)])
    before, after = tools.spoken(packet), tools.spoken(whole.pdf)
    at = after.index("Consent 1")
    assert after[at : at + 2] == ["Consent 1", "Consent 2"]
    assert after[:at] + after[at + 2 :] == before
    seen, wrong = tools.astray(whole.pdf)
    assert seen > 4
    assert wrong == []
    assert whole.claims == {"ua1", "a2a"}
    pictures, kept = tools.pictures(whole.pdf), tools.pictures(packet)
    assert whole.pages == len(pictures) == len(kept)
    assert [number for number, pair in enumerate(zip(pictures, kept, strict=True)) if len(set(pair)) > 1] == [
        first,
        first + 1,
    ]


def test_links_and_bookmarks_lead_there(tools, room, first):
    """the bookmark of the room leads to the part and has its bookmarks below; its links stay inside it."""
    part = Part(tools.small("Consent"), "consent.pdf", earns=tools.both)
    whole = insert(room(page_sizes(part)), [Insert(part, 1, first)])
    marks = {title: (page, kids) for title, page, kids in bookmarks(whole.pdf)}
    assert marks["Form 0"] == (first, [("Consent inside", first + 1)])
    assert tools.leads(whole.pdf) == [(0, first), (first, first + 1)]
    with pikepdf.open(io.BytesIO(whole.pdf)) as pdf:
        part = pdf.Root.StructTreeRoot.K[0].K[1]
        assert (str(part.T), str(part.Lang)) == ("Form 0", "es")
        assert str(part.K[0].S if isinstance(part.K, Array) else part.K.S) == "/Document"


def test_own_sheets_as_parts_keep_both_standards(tools, room, own, first):
    """a packet with sheets of ours put in passes our audit with both claims, two-sided as well."""
    parts = [Part(pdf, f"{number}.pdf", earns=tools.both) for number, pdf in enumerate(own)]
    packet = room(*map(page_sizes, parts), duplex=True)
    starts = typeset.first_pages([first, 3, 3], duplex=True)
    whole = insert(
        packet,
        [Insert(part, kid, page) for kid, (part, page) in enumerate(zip(parts, starts[1:3], strict=True), 1)],
    )
    assert whole.told == ()
    assert audit(whole.pdf, claims=("ua1", "a2a")) == ()
    assert earned(whole.pdf) == {"ua1", "a2a"}
    with pikepdf.open(io.BytesIO(whole.pdf)) as pdf:
        assert str(pdf.Root.ViewerPreferences.Duplex) == "/DuplexFlipLongEdge"
        assert str(pdf.docinfo.Title) == "A packet"
        assert str(pdf.docinfo.Author) == "A clinic"
        assert str(pdf.docinfo.CreationDate) == "D:20261122000000+00'00'"


def test_an_untagged_part_withdraws_the_claim(tools, room, first):
    """a part without tags and without a text for it: the packet claims nothing, and says so."""
    part = Part(tools.small("Map", 1, tagged=False), "map.pdf")
    whole = insert(room(page_sizes(part)), [Insert(part, 1, first)])
    assert whole.claims == frozenset()
    assert any("map.pdf" in note and "does not claim" in note for note in whole.notes)
    assert "Map 1" in tools.spoken(whole.pdf)


def turned(degrees):
    def change(pdf):
        for page in pdf.pages:
            page.obj.Rotate = degrees

    return change


def cropped(degrees):
    def change(pdf):
        turned(degrees)(pdf)
        for page in pdf.pages:
            page.obj.MediaBox = Array([-50, -40, 700, 900])
            page.obj.CropBox = Array([60, 80, 500, 700])

    return change


def unit(pdf):
    for page in pdf.pages:
        page.obj.UserUnit = 1.5


def unbalanced(pdf):
    for page in pdf.pages:
        mess = b" Q q q 2 0 0 2 50 50 cm 0 1 0 rg BT /Tip BMC"
        page.obj.Contents = Array([page.obj.Contents, pdf.make_stream(mess)])


CASES = {
    "upright": None,
    "90": turned(90),
    "180": turned(180),
    "270": turned(270),
    "-90": turned(-90),
    "cropped": cropped(0),
    "cropped-90": cropped(90),
    "cropped-180": cropped(180),
    "cropped-270": cropped(270),
    "unit": unit,
    "unbalanced": unbalanced,
}


@pytest.mark.parametrize("case", CASES)
def test_the_foot_stands_upright_at_the_bottom(tools, room, first, case):
    """the packet's foot looks on any page as on the page kept free, and all else as in the part."""
    data = tools.small("Form", 1, change=CASES[case])
    part = Part(data, "form.pdf")
    packet = room(page_sizes(part))
    (alone,) = images(data)
    kept, put_in = images(packet)[first], images(insert(packet, [Insert(part, 1, first)]).pdf)[first]
    if case == "unit":  # which this viewer does not scale pages by
        kept = kept.resize(alone.size)
    assert kept.size == alone.size == put_in.size
    # Paper is white: what is darker of the two is what should be seen.
    expected = ImageChops.darker(alone, kept)
    changed = ImageChops.difference(alone, put_in).point(lambda value: 255 * (value > 40)).getbbox()
    assert changed is not None
    left, top, _, _ = changed
    assert left > alone.width / 2
    assert alone.height - 40 < top
    wrong = ImageChops.difference(expected, put_in).point(lambda value: 255 * (value > 150))
    assert wrong.histogram()[255] <= (60 if case == "unit" else 6)


def test_a_foot_on_its_head_is_seen(tools, room, first):
    """the comparison above finds a page whose foot is not where it should be."""
    data = tools.small("Form", 1)
    part = Part(data, "form.pdf")
    packet = room(page_sizes(part))
    kept = images(packet)[first]
    put_in = images(insert(packet, [Insert(part, 1, first)]).pdf)[first]
    moved = ImageChops.offset(put_in, 0, -3)
    wrong = ImageChops.difference(ImageChops.darker(images(data)[0], kept), moved)
    assert wrong.point(lambda value: 255 * (value > 150)).histogram()[255] > 60


def test_a_foot_is_made_smaller_for_a_narrow_page(tools, room, first):
    """a foot that was made for a wide page fits a narrow one."""
    narrow = pikepdf.new()
    narrow.add_blank_page(page_size=(200, 300))
    data = tools.saved(narrow)
    whole = insert(room(((612.0, 792.0),)), [Insert(Part(data, "form.pdf"), 1, first)])
    page = images(whole.pdf)[first]
    assert page.size == (200, 300)
    left, top, right, bottom = page.point(lambda value: 255 * (value < 235)).getbbox()
    assert 100 < left < right <= 200
    assert 270 < top < bottom <= 300


@pytest.mark.parametrize(
    ("kid", "page", "word"),
    [(1, 99, "no room"), (1, -1, "no room"), (0, 1, "no empty part"), (9, 1, "no empty part")],
)
def test_a_place_that_is_not_there_is_refused(tools, room, first, kid, page, word):
    """a part goes only where the packet keeps room for it."""
    part = Part(tools.small("Form"), "form.pdf")
    with pytest.raises(ForeignError, match=word):
        insert(room(page_sizes(part)), [Insert(part, kid, page)])


def test_two_parts_in_one_place_are_refused(tools, room, first):
    """one page is filled once."""
    part = Part(tools.small("Form"), "form.pdf")
    with pytest.raises(ForeignError, match="same pages"):
        insert(room(page_sizes(part)), [Insert(part, 1, first), Insert(part, 1, first)])


def test_names_on_a_page_do_not_meet(tools, room, first):
    """a part that calls something of its own as we call the foot keeps it."""

    def change(pdf):
        page = pdf.pages[0].obj
        dot = pdf.make_stream(b"0 0 200 200 re f", Subtype=Name.Form, BBox=Array([0, 0, 200, 200]))
        page.Resources = Dictionary(Font=page.Resources.Font, XObject=Dictionary(PacketFoot=dot))
        page.Contents = Array([page.Contents, pdf.make_stream(b"/PacketFoot Do")])

    part = Part(tools.small("Form", 1, change=change), "form.pdf")
    whole = insert(room(page_sizes(part)), [Insert(part, 1, first)])
    assert images(whole.pdf)[first].getpixel((100, 650)) == 0
    with pikepdf.open(io.BytesIO(whole.pdf)) as pdf:
        assert {*pdf.pages[first].obj.Resources.XObject.keys()} == {"/PacketFoot", "/PacketFootx"}
