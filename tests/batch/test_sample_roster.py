"""The roster of people who do not exist, which benchmarks and shows use."""

from __future__ import annotations

import importlib.util
import io
from collections import Counter
from pathlib import Path

from handouts.batch.row import Row

GENERATOR = Path(__file__).parents[2] / "benchmarks" / "sample_roster.py"


def written(rows: int, seed: int) -> str:
    """Return a roster."""
    spec = importlib.util.spec_from_file_location("sample_roster", GENERATOR)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    file = io.StringIO(newline="")
    module.write_roster(file, rows, seed)
    return file.getvalue()


def test_every_sample_row_can_be_made(read):
    """each row of a sample is admitted, and the same seed gives the same sample."""
    text = written(300, 1)
    assert text == written(300, 1) != written(300, 2)
    rows = read(text.encode("utf-8-sig"))
    assert Counter(type(row) for row in rows) == {Row: 300}
    assert {len(row.job.conditions) for row in rows} == {1, 2}
    assert any(row.job.order.picks for row in rows)
