"""What a printer has to know of a PDF."""

from __future__ import annotations

import io

import pikepdf
import pytest

from handouts.errors import UnprintableError
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
    assert read_sheets(sheet(pages=2, **entries)).sizes == (size, size)


@pytest.mark.parametrize(
    ("wish", "turn"),
    [("/DuplexFlipShortEdge", "short-edge"), ("/DuplexFlipLongEdge", "long-edge"), ("/Simplex", "")],
)
def test_the_wish_for_two_sides(wish, turn):
    """what a file asks for is read: which edge its sheets are turned on."""
    file = pikepdf.open(io.BytesIO(sheet()))
    assert read_sheets(sheet()).turn == ""
    file.Root.ViewerPreferences = pikepdf.Dictionary(Duplex=pikepdf.Name(wish))
    out = io.BytesIO()
    file.save(out)
    assert read_sheets(out.getvalue()).turn == turn


@pytest.mark.parametrize(
    ("pdf", "told"),
    [
        (b"", "no PDF"),
        (b"%PDF-1.7\nnot really", "no PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "no PDF"),
        (sheet()[:200], "no PDF"),
        (sheet(pages=0), "no pages"),
        (sheet(lock="word"), "only with a passphrase"),
        (sheet(UserUnit=pikepdf.Array([1])), "no PDF"),
    ],
)
def test_what_cannot_be_printed(pdf, told):
    """what is no PDF, is locked or empty is refused with the reason."""
    with pytest.raises(UnprintableError, match=told):
        print(read_sheets(pdf))  # noqa: T201 - shown if it is not refused


def test_any_damage_is_answered():
    """a file that is cut anywhere, or has a byte changed, gives sizes or a refusal and nothing else."""
    whole = sheet(pages=3, Rotate=90)
    answered = 0
    for place in range(0, len(whole), 3):
        for damaged in (whole[:place], whole[:place] + b"\xff" + whole[place + 1 :]):
            try:
                read_sheets(damaged)
            except UnprintableError:
                answered += 1
    assert answered > 50
