"""The rows that were refused, as a table for a spreadsheet and as JSON for programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable

from handouts.batch.row import Refused

CSV_NAME, JSON_NAME = "refused.csv", "refused.json"
# A spreadsheet takes a cell that begins so for a formula; the full-width forms are folded to the narrow ones.
_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_csv(refused: Iterable[Refused]) -> bytes:
    """Return the table: with a mark in front, so that Excel reads it as UTF-8."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(("row", "column", "reason"))
    table.writerows((one.number, inert(one.column), inert(one.reason)) for one in refused)
    return text.getvalue().encode("utf-8-sig")


def write_json(refused: Iterable[Refused]) -> bytes:
    """Return an array of objects with ``row``, ``column`` and ``reason``."""
    rows = [{"row": one.number, "column": one.column, "reason": one.reason} for one in refused]
    return (json.dumps(rows, indent=1) + "\n").encode()


def inert(cell: str) -> str:
    """Return the text of a cell so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULAS) else cell
