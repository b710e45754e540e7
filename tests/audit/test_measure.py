from __future__ import annotations

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from handouts.audit.measure import Measure, width_table


def _measure(kind: str, coding: str = "", **values) -> Measure:
    return Measure({f"/{key}": value for key, value in values.items()}, coding, kind)


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (b"1 [500 600] 7 [ 5.5 ] ]", {1: 500, 2: 600, 7: 5.5}),
        (b"1 3 500 9 [-2]]", {1: 500, 2: 500, 3: 500, 9: -2}),
        (b"5 4 500]", {}),
        (b"1 2", {}),
        (b"]]][[", {}),
        (b"1 [9" + b"9" * 400 + b"]]", {1: 0}),
    ],
)
def test_a_table_of_widths_is_read(table, expected):
    """codes one by one, runs of codes, and nonsense are read."""
    assert width_table(table) == expected


def test_a_table_of_widths_is_bounded():
    """runs of millions of codes are not written out."""
    assert len(width_table(b"1 9999999 500 " * 1000 + b"]")) < 100_000


def test_widths_of_a_composite_font():
    """named widths, shared tables and the default are found; other codes than Identity-H are not measured."""
    with pikepdf.new() as pdf:
        table = Array([1, pdf.make_indirect(Array([250]))])
        measure = _measure("Type0", "Identity-H", W=table, DW=500)
        assert measure.width((1, 2)) == pytest.approx(0.75)
        assert _measure("Type0", "Identity-H").width((1,)) == pytest.approx(1)
        assert not _measure("Type0", "Identity-V", W=table).known
        assert not _measure("Type0", "", W=table).known


def test_widths_of_a_simple_font():
    """widths begin with the first code, and what is not listed has the width that is given for it."""
    descriptor = Dictionary(MissingWidth=300)
    measure = _measure("TrueType", FirstChar=65, Widths=Array([500, 700]), FontDescriptor=descriptor)
    assert measure.width(b"ABC") == pytest.approx(1.5)
    assert not _measure("TrueType", Widths=Array([500])).known
    assert not _measure("TrueType", FirstChar=65).known


def test_a_font_drawn_in_the_file_has_its_own_unit():
    """letters of a Type 3 font are measured by its matrix."""
    matrix, box = Array([0.01, 0, 0, 0.01, 0, 0]), Array([0, 0, 50, 50])
    measure = _measure("Type3", FirstChar=65, Widths=Array([40]), FontMatrix=matrix, FontBBox=box)
    assert measure.width(b"AA") == pytest.approx(0.8)
    assert measure.ascent == pytest.approx(0.5)


def test_strange_values_are_no_widths():
    """values of another kind are taken as missing."""
    strange = Dictionary(MissingWidth=Name.Wide)
    assert _measure("TrueType", FirstChar=65, Widths=Array([1]), FontDescriptor=strange).width(b"B") == 0
    assert _measure("Type0", "Identity-H", W=Name.W, DW=Name.D).width((1,)) == pytest.approx(1)
