"""The report of refused rows."""

from __future__ import annotations

import csv
import io
import json

import pytest

from handouts.batch.report import inert, write_csv, write_json
from handouts.batch.row import Refused

ROWS = [Refused(7, "note", 'it is "wrong", twice; see\nbelow.'), Refused(9, "", "=1+1 is no reason.")]


def test_both_say_the_same():
    """the table and the JSON hold each refused row, whatever is in its reason."""
    table = list(csv.reader(io.StringIO(write_csv(ROWS).decode("utf-8-sig"))))
    assert table == [
        ["row", "column", "reason"],
        ["7", "note", 'it is "wrong", twice; see\nbelow.'],
        ["9", "", "'=1+1 is no reason."],
    ]
    assert json.loads(write_json(ROWS)) == [
        {"row": one.number, "column": one.column, "reason": one.reason} for one in ROWS
    ]


@pytest.mark.parametrize("first", "=+-@\t\r\n＝＋－＠")
def test_no_cell_is_a_formula(first):
    """a cell that a spreadsheet would take for a formula is made text."""
    assert inert(f"{first}cmd|' /c calc'!A1") == f"'{first}cmd|' /c calc'!A1"
    assert inert(f"a{first}") == f"a{first}"
