"""The booklet: folded, its pages lie in order, upright and whole; and it claims nothing."""

from __future__ import annotations

import io
import subprocess
from datetime import date
from itertools import chain

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat
from reportlab.pdfgen.canvas import Canvas

from handouts.content.library import Library
from handouts.content.places import Places
from handouts.order import Order
from handouts.packet.booklet import make_booklet, saddle_stitch
from handouts.pipeline import make_handout

LETTER, A4 = (612, 792), (595.28, 841.89)


@pytest.fixture(scope="module")
def handout() -> bytes:
    """Return a finished handout, with tags, links and bookmarks."""
    order = Order(date=date(2026, 11, 22))
    return make_handout(Library(Places()), "trochanteric-bursitis", "example-clinic", order).pdf


def numbered(pages: int, size: tuple[float, float] = LETTER) -> bytes:
    """Return a PDF whose pages say their number, with a bar at the head and a mark in one corner."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size)
    for number in range(1, pages + 1):
        canvas.setFont("Helvetica", 100)
        canvas.drawString(size[0] / 3, size[1] / 2, f"p{number}")
        canvas.rect(20, size[1] - 60, size[0] - 40, 40, fill=1)
        canvas.rect(20, 20, 60, 60, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def halves(pdf: bytes) -> list[tuple[str, str]]:
    """Return what stands on the left and on the right half of each side."""
    file = pypdfium2.PdfDocument(pdf)
    found = []
    for side in file:
        text, (width, height) = side.get_textpage(), side.get_size()
        middle = width / 2
        found.append(
            (
                text.get_text_bounded(0, 0, middle, height).strip(),
                text.get_text_bounded(middle, 0, width, height).strip(),
            )
        )
    return found


def folded(sides: list[tuple[str, str]]) -> list[str]:
    """Return what is read page by page when a stack of sheets is folded and leafed through.

    A sheet is two leaves. Turned on its short edge, the left of the back lies behind the right of the front.
    """
    sheets = list(zip(sides[::2], sides[1::2], strict=True))
    opening = [(front[1], back[0]) for front, back in sheets]
    closing = [(back[1], front[0]) for front, back in reversed(sheets)]
    return list(chain.from_iterable(opening + closing))


@pytest.mark.parametrize("pages", range(1, 21))
def test_folded_it_is_in_order(pages):
    """the sheets, folded, give the pages in order and blanks at the end, on as few sheets as can be."""
    booklet = make_booklet(numbered(pages), accessible="a.pdf")
    sides = halves(booklet.pdf)
    assert booklet.sheets == -(-pages // 4)
    assert len(sides) == 2 * booklet.sheets
    leaves = folded(sides)
    assert leaves == [f"p{number}" for number in range(1, pages + 1)] + [""] * (4 * booklet.sheets - pages)


def test_a_wrong_order_is_seen():
    """the fold tells a booklet from pages that are only put two on a side."""
    assert folded([("p1", "p2"), ("p3", "p4")]) != ["p1", "p2", "p3", "p4"]
    assert saddle_stitch(6) == [(None, 0), (1, None), (5, 2), (3, 4)]
    assert saddle_stitch(0) == []


def seen(pdf: bytes, page: int, scale: float) -> Image.Image:
    """Return a page as pixels in grey."""
    return pypdfium2.PdfDocument(pdf)[page].render(scale=scale).to_pil().convert("L")


def turned(pdf: bytes, rotation: int) -> bytes:
    """Return the pages with a box of their own that does not start at zero, and turned."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as file:
        for page in file.pages:
            page.MediaBox = [-100, -50, 700, 900]
            page.CropBox = [10, 15, 602, 782]
            page.Rotate = rotation
        file.save(out)
    return out.getvalue()


@pytest.mark.parametrize("rotation", [0, 90, 180, 270, -90, 450])
@pytest.mark.parametrize("page", [0, 1])
def test_pages_look_the_same(rotation, page):
    """a page is drawn upright, whole and undistorted in the middle of its half, turned and cropped or not."""
    pdf = turned(numbered(4), rotation)
    booklet = make_booklet(pdf, accessible="a.pdf")
    width, height = pypdfium2.PdfDocument(pdf)[page].get_size()
    side = seen(booklet.pdf, page, 2)
    sheet_width, sheet_height = side.width / 2, side.height / 2
    assert sheet_width > sheet_height
    assert booklet.scale == pytest.approx(
        min(sheet_width / 2 / width, (sheet_height - 12) / height), abs=0.001
    )
    left = sheet_width / 4 * (1 if page == 1 else 3) - width * booklet.scale / 2
    top = (sheet_height - height * booklet.scale) / 2
    box = (left, top, left + width * booklet.scale, top + height * booklet.scale)
    found = side.crop([round(2 * value) for value in box])
    source = seen(pdf, page, 2 * booklet.scale).resize(found.size)
    assert ImageStat.Stat(source).mean[0] < 250
    assert ImageStat.Stat(ImageChops.difference(found, source)).mean[0] < 4
    upside_down = source.rotate(180)
    assert ImageStat.Stat(ImageChops.difference(found, upside_down)).mean[0] > 8


@pytest.mark.parametrize(("size", "scale"), [(LETTER, 0.647), (A4, 0.693), ((792, 612), 0.5)])
def test_the_sheet_is_the_same_paper(size, scale):
    """a booklet is printed on the paper of its first page, and says how much smaller pages are."""
    booklet = make_booklet(numbered(3, size), accessible="a.pdf")
    assert booklet.scale == pytest.approx(scale, abs=0.001)
    with pikepdf.open(io.BytesIO(booklet.pdf)) as file:
        for page in file.pages:
            assert [float(value) for value in page.MediaBox] == pytest.approx(
                [0, 0, max(size), min(size)], abs=0.01
            )


def test_real_pages_look_the_same(handout):
    """a handout's own first page stands on the right of the first side, as it was."""
    booklet = make_booklet(handout, accessible="a.pdf")
    side = seen(booklet.pdf, 0, 2)
    width, height = (round(2 * value * booklet.scale) for value in LETTER)
    top = round((side.height - height) / 2)
    found = side.crop((side.width // 2, top, side.width // 2 + width, top + height))
    first, second = (seen(handout, page, 2 * booklet.scale).resize(found.size) for page in (0, 1))
    assert (
        ImageStat.Stat(ImageChops.difference(found, first)).mean[0] < 6
    )  # letters fall between other pixels
    assert ImageStat.Stat(ImageChops.difference(found, second)).mean[0] > 18


def test_it_claims_nothing(handout):
    """a booklet has no tags, links, bookmarks or claims; it says so, and which file can be read aloud."""
    with pikepdf.open(io.BytesIO(handout)) as file:
        title = str(file.docinfo.Title)
        assert "/StructTreeRoot" in file.Root
        assert any("/Annots" in page for page in file.pages)
    with pikepdf.open(io.BytesIO(make_booklet(handout, accessible="the <good> file.pdf").pdf)) as file:
        assert set(file.Root.keys()) == {"/Type", "/Pages", "/Metadata", "/Lang", "/ViewerPreferences"}
        for thing in file.objects:
            keys = thing.keys() if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream) else set()
            assert not {"/StructParents", "/StructParent", "/Annots", "/K", "/A"} & set(keys)
        preferences = file.Root.ViewerPreferences
        assert preferences.Duplex == "/DuplexFlipShortEdge"
        assert preferences.DisplayDocTitle is True
        with file.open_metadata() as metadata:
            assert metadata["dc:title"] == f"{title} (booklet for printing; not accessible)"
            assert metadata["dc:title"] == str(file.docinfo.Title)
            assert "For printing only" in metadata["dc:description"]
            assert "the <good> file.pdf" in metadata["dc:description"]
            assert metadata.pdfa_status == ""
            assert not [key for key in metadata if "pdfua" in key]


def test_fonts_are_there_once(handout):
    """what pages share is in the booklet once, so that it is no larger than the handout."""
    assert len(make_booklet(handout, accessible="a.pdf").pdf) < 1.2 * len(handout)


def test_the_same_pages_give_the_same_bytes(handout):
    """a booklet holds neither time nor chance."""
    first, second = (make_booklet(handout, accessible="a.pdf").pdf for _ in range(2))
    assert first == second


@pytest.mark.ci
def test_qpdf_finds_nothing(handout, tmp_path):
    """qpdf finds no fault in the syntax of a booklet."""
    path = tmp_path / "booklet.pdf"
    path.write_bytes(make_booklet(handout, accessible="a.pdf").pdf)
    run = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
