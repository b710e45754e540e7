"""The file's objects, and the forme that is printed many times."""

from __future__ import annotations

import io

import pikepdf
import pytest

from handouts.pdf.file import PdfFile


def forme(late, objects=3):
    """Return a file of one page with so many late streams as its content."""
    file = PdfFile()
    page, pages = file.reserve(), file.reserve()
    for number in range(objects):
        file.add(f"<</Number {number}>>")
    root = file.add(f"<</Type/Catalog/Pages {pages} 0 R>>")
    about = file.add("<</Title (T)>>")
    file.put(pages, f"<</Type/Pages/Count 1/Kids [{page} 0 R]>>")
    contents = " ".join(f"{file.add_late()} 0 R" for _ in range(late))
    file.put(
        page, f"<</Type/Page/Parent {pages} 0 R/Resources <<>>/MediaBox [0 0 10 10]/Contents [{contents}]>>"
    )
    return file.locked(root, about, "0" * 32)


@pytest.mark.parametrize("objects", [0, 3, 99, 500])
@pytest.mark.parametrize("late", [0, 1, 5])
def test_each_copy_is_a_sound_file(late, objects):
    """copies with other streams, longer and shorter, are read without a repair, each with its own words."""
    made = forme(late, objects)
    for word in (b"q", b"Q" * 5_000):
        streams = [word + b"%d" % number for number in range(late)]
        with pikepdf.open(io.BytesIO(made.bytes(streams)), attempt_recovery=False) as pdf:
            assert [stream.read_raw_bytes() for stream in pdf.pages[0].Contents] == streams
            assert len(pdf.objects) >= objects + 4
            assert not pdf.check_pdf_syntax()


def test_a_damaged_cross_reference_is_noticed():
    """the check above would see a row that leads elsewhere."""
    data = forme(1).bytes([b"q"])
    damaged = data.replace(b"%PDF-1.7\n", b"%PDF-1.7\n%moved\n")
    with pytest.raises(pikepdf.PdfError):
        pikepdf.open(io.BytesIO(damaged), attempt_recovery=False)


def test_a_copy_has_all_its_streams():
    """a stream too few is refused."""
    with pytest.raises(AssertionError):
        forme(2).bytes([b"q"])


def test_nothing_promised_is_left_out():
    """a number that was never filled in is refused."""
    file = PdfFile()
    root = file.add("<<>>")
    file.reserve()
    with pytest.raises(AssertionError):
        file.bytes(root, root, "0" * 32)
