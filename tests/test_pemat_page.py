"""docs/pemat.md: its sums are right, and every handout is either read or named as not read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from handouts.content.library import Library

PAGE = (Path(__file__).parents[1] / "docs" / "pemat.md").read_text(encoding="utf-8")
READ = ("trochanteric-bursitis", "hip-flexor-strain", "femoral-neck-stress-fracture")
UNREAD = PAGE.partition("## Not read yet")[2]


def answers(heading: str) -> dict[int, tuple[str, str, str]]:
    """Return the answers of one table by item."""
    section = PAGE.partition(f"\n## {heading}")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (\d+) \| [^|]+ \| ([yn–]) \| ([yn–]) \| ([yn–]) \|", section, re.MULTILINE)
    return {int(item): (one, two, three) for item, one, two, three in rows}


def told(row: str) -> list[tuple[int, int, int]]:
    """Return percent, met and applicable of one row of the first table."""
    line = next(line for line in PAGE.splitlines() if line.startswith(f"| {row} |"))
    return [tuple(map(int, found)) for found in re.findall(r"(\d+) % \((\d+) of (\d+)\)", line)]


@pytest.mark.parametrize(
    ("row", "heading", "items"),
    [
        ("PEMAT-P, understandable", "PEMAT-P", [*range(1, 13), *range(15, 20)]),
        ("PEMAT-P, actionable", "PEMAT-P", range(20, 27)),
        ("CDC Index", "CDC Clear", range(1, 21)),
    ],
)
def test_the_sums_are_those_of_the_answers(row, heading, items):
    """each score is the share of yes among the answers that apply, and no item is left out."""
    found = answers(heading)
    for number, score in enumerate(told(row)):
        given = [found[item][number] for item in items]
        met, applicable = given.count("y"), len(given) - given.count("–")
        assert score == (round(100 * met / applicable), met, applicable)


def test_every_handout_is_read_or_named():
    """no handout is missing from the page, and none is on both lists."""
    named = set(re.findall(r"[a-z]+(?:-[a-z]+)*", UNREAD)) & set(Library().ids("condition"))
    assert named == set(Library().ids("condition")) - set(READ)
