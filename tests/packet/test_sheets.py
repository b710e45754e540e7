"""What a printer has to know of a PDF."""

from __future__ import annotations

import io
import zlib

import pikepdf
import pytest

from handouts.errors import ForeignError
from handouts.packet.sheets import read_sheets


def sheet(*, lock: str = "", pages: int = 1, **entries: object) -> bytes:
    """Return a PDF with pages that have these entries."""
    file = pikepdf.new()
    for _ in range(pages):
        page = file.add_blank_page(page_size=(612, 792))
        for key, value in entries.items():
            page.obj[f"/{key}"] = value
    out = io.BytesIO()
    file.save(out, encryption=pikepdf.Encryption(user=lock, owner="x") if lock else False)
    return out.getvalue()


@pytest.mark.parametrize(
    ("entries", "size"),
    [
        ({}, (612, 792)),
        ({"Rotate": 90}, (792, 612)),
        ({"Rotate": -270}, (792, 612)),
        ({"Rotate": 180}, (612, 792)),
        ({"MediaBox": [595, 842, 0, 0]}, (595, 842)),
        ({"CropBox": [10, 10, 430, 605]}, (420, 595)),
        ({"UserUnit": 2, "MediaBox": [0, 0, 306, 396]}, (612, 792)),
    ],
)
def test_sizes(entries, size):
    """a page is as large as a viewer shows it: cut, turned and in its own unit."""
    assert read_sheets(sheet(pages=2, **entries), "a.pdf").sizes == (size, size)


@pytest.mark.parametrize(
    ("wish", "turn"),
    [("/DuplexFlipShortEdge", "short-edge"), ("/DuplexFlipLongEdge", "long-edge"), ("/Simplex", "")],
)
def test_the_wish_for_two_sides(wish, turn):
    """what a file asks for is read: which edge its sheets are turned on."""
    file = pikepdf.open(io.BytesIO(sheet()))
    assert read_sheets(sheet(), "a.pdf").turn == ""
    file.Root.ViewerPreferences = pikepdf.Dictionary(Duplex=pikepdf.Name(wish))
    out = io.BytesIO()
    file.save(out)
    assert read_sheets(out.getvalue(), "a.pdf").turn == turn


@pytest.mark.parametrize(
    ("pdf", "told"),
    [
        (b"", "no PDF"),
        (b"%PDF-1.7\nnot really", "no PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "no PDF"),
        (sheet()[:200], "no PDF"),
        (sheet(pages=0), "no pages"),
        (sheet(lock="word"), "only with a password"),
    ],
)
def test_what_cannot_be_printed(pdf, told):
    """what is no PDF, is locked or empty is refused with the reason."""
    with pytest.raises(ForeignError, match=told):
        print(read_sheets(pdf, "a.pdf"))  # noqa: T201 - shown if it is not refused


def test_any_damage_is_answered():
    """a file that is cut anywhere, or has a byte changed, gives sizes or a refusal and nothing else."""
    whole = sheet(pages=3, Rotate=90)
    answered = 0
    for place in range(0, len(whole), 3):
        for damaged in (whole[:place], whole[:place] + b"\xff" + whole[place + 1 :]):
            try:
                read_sheets(damaged, "a.pdf")
            except ForeignError:
                answered += 1
    assert answered > 50


def bomb(size: int) -> bytes:
    """Return a small PDF whose one packed part unfolds to so many bytes."""
    packer = zlib.compressobj(9)
    packed = packer.compress(b"1 0 <</Type/Catalog/Pages 2 0 R>>")
    packed += b"".join(packer.compress(b" " * 1_000_000) for _ in range(size // 1_000_000)) + packer.flush()
    out, places = b"%PDF-1.7\n", []
    for number, body in (
        (2, b"<</Type/Pages/Kids[3 0 R]/Count 1>>"),
        (3, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>"),
        (
            4,
            b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n%b\nendstream"
            % (len(packed), packed),
        ),
    ):
        places.append((1, len(out), 0))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(
        kind.to_bytes(1) + where.to_bytes(4) + index.to_bytes(2)
        for kind, where, index in [(0, 0, 65535), (2, 4, 0), *places, (1, len(out), 0)]
    )
    head = b"<</Type/XRef/Size 6/W[1 4 2]/Root 1 0 R/Length %d>>" % len(table)
    return out + b"5 0 obj\n%bstream\n%b\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % (
        head,
        table,
        len(out),
    )


@pytest.mark.slow
def test_a_file_that_unfolds_is_refused():
    """a small file that would fill the memory is refused, while the same file of usual size is read."""
    assert read_sheets(bomb(1_000_000), "a.pdf").sizes == ((612, 792),)
    assert len(bomb(300_000_000)) < 400_000
    with pytest.raises(ForeignError, match="no PDF"):
        read_sheets(bomb(300_000_000), "a.pdf")
