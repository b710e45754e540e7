"""The score table and the list of weak facts, as they stand in docs."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.appraisal.scores import score_table, weak_table
from handouts.content.library import Library

DOCS = Path(__file__).parents[2] / "docs"
LIBRARY = Library()


@pytest.mark.parametrize(("name", "table"), [("scores", score_table), ("unsourced", weak_table)])
def test_the_committed_tables_are_fresh(name, table):
    """the tables in docs are what the content gives now; make scores writes them."""
    assert (DOCS / f"{name}.md").read_text(encoding="utf-8") == table(LIBRARY)


def test_every_handout_has_its_row():
    """the score table has a row for each condition, with a number in each column."""
    rows = [line.split(" | ") for line in score_table(LIBRARY).splitlines() if line.startswith("| ")]
    assert {row[0].removeprefix("| ") for row in rows[2:]} == set(LIBRARY.ids("condition"))
    for row in rows[2:]:
        assert len(row) == 8
        assert all(float(cell.removesuffix(" |")) > 0 for cell in row[1:])
