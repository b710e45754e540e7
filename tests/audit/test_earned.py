from __future__ import annotations

import io

import pikepdf
import pytest

from handouts.audit import CODES, earned
from handouts.audit.defect import BESIDE_A, BESIDE_UA

BOTH = frozenset(("ua1", "a2a"))


def _changed(data, change):
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out, fix_metadata_version=False)
    return out.getvalue()


def _xmp(old, new):
    def change(pdf):
        data = pdf.Root.Metadata.read_bytes()
        assert old in data
        pdf.Root.Metadata.write(data.replace(old, new))

    return change


def test_our_own_file_earns_both(good, packet):
    """what we write is found to keep both standards, without being told what it should say."""
    assert earned(good) == BOTH
    assert earned(packet) == BOTH


@pytest.mark.parametrize(
    ("old", "new", "left"),
    [
        (b"<pdfuaid:part>1</pdfuaid:part>", b"", {"a2a"}),
        (b"<pdfaid:part>2</pdfaid:part>", b"<pdfaid:part>3</pdfaid:part>", {"ua1"}),
        (b"<pdfaid:conformance>A<", b"<pdfaid:conformance>B<", {"ua1"}),
        (b"<pdfaid:part>2</pdfaid:part>", b"", set()),  # a claim that is not whole is told as malformed
    ],
)
def test_only_what_is_claimed_is_earned(good, old, new, left):
    """a good file earns nothing that it does not claim, by part and by level."""
    assert earned(_changed(good, _xmp(old, new))) == left


def test_a_fault_counts_against_the_standard_that_forbids_it(good):
    """a fault that one standard allows takes only the other one's claim."""

    def no_profile(pdf):
        del pdf.Root.OutputIntents

    def no_title_bar(pdf):
        del pdf.Root.ViewerPreferences

    def no_marking(pdf):
        del pdf.Root.MarkInfo

    assert earned(_changed(good, no_profile)) == {"ua1"}
    assert earned(_changed(good, no_title_bar)) == {"a2a"}
    assert earned(_changed(good, no_marking)) == set()


@pytest.mark.parametrize("data", [b"", b"no PDF", b"%PDF-1.7\n%%EOF"])
def test_a_file_that_is_none_earns_nothing(data):
    """bytes that cannot be read earn nothing, and raise nothing."""
    assert earned(data) == set()


def test_what_a_standard_allows_is_a_code(good):
    """each code that does not count against a standard exists."""
    assert BESIDE_UA
    assert BESIDE_A
    assert set(CODES) >= BESIDE_UA | BESIDE_A
