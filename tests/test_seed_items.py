"""Whatever the first articles named is printed on a sheet, or left out for a stated reason."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest
import yaml

from handouts.content.library import Library
from handouts.document import text
from handouts.order import Order, Pick
from handouts.pipeline import compose_handout

LIBRARY = Library()
CONDITIONS = LIBRARY.ids("condition")
ITEMS = yaml.safe_load((Path(__file__).parent / "samples" / "seeds.yaml").read_text(encoding="utf-8"))
PRINTED = [item for item in ITEMS if "in" in item]
LEFT_OUT = [item for item in ITEMS if "left_out" in item]

# How many items of each kind the articles name; a list that loses some must not pass.
NAMED = {
    "condition": 31,
    "cause": 19,
    "symptom": 7,
    "treatment": 24,
    "exercise": 13,
    "prevention": 14,
    "anatomy": 4,
}

# What may stand on many sheets, as many bodies need the same.
ON_MANY = {"treatment", "exercise", "prevention"}


def folded(words):
    return " ".join(words.split()).lower()


@cache
def said(condition, asked=""):
    picks = (Pick(asked),) if asked else ()
    clinic = LIBRARY.clinic("example-clinic")
    document = compose_handout(LIBRARY, condition, clinic, Order(date(2026, 11, 22), picks=picks))
    return folded(text(document))


def not_found(item):
    """Return the sheets that should print an item and do not."""
    return [name for name in item["in"] if folded(item["says"]) not in said(name, item.get("asked", ""))]


def test_no_item_is_lost_from_the_list():
    """every item of the articles is still on the list, once, with a sheet or a reason."""
    assert Counter(item["kind"] for item in ITEMS) == NAMED
    assert len({(item["kind"], item["item"]) for item in ITEMS}) == len(ITEMS)
    assert {seed for item in ITEMS for seed in item["seeds"]} == {"000", "001", "002", "003", "004"}
    assert len(PRINTED) + len(LEFT_OUT) == len(ITEMS)
    assert not [item for item in ITEMS if "in" in item and "left_out" in item]


def test_few_items_are_left_out_and_each_with_a_reason():
    """leaving out is the exception and says why."""
    assert len(LEFT_OUT) <= 5
    assert all(len(item["left_out"].split()) >= 5 for item in LEFT_OUT)


@pytest.mark.parametrize("item", PRINTED, ids=lambda item: f"{item['kind']}-{item['item']}".replace(" ", "-"))
def test_an_item_is_printed(item):
    """the sheets that an item belongs to print its words."""
    assert item["in"]
    assert not_found(item) == []


def test_words_that_no_sheet_prints_are_noticed():
    """the walk can fail: words that stand nowhere are not found, nor are those of another sheet."""
    assert not_found({"in": ["fai"], "says": "a miracle cure"}) == ["fai"]
    assert not_found({"in": ["fai", "hip-fracture"], "says": "Broken hip"}) == ["fai"]


def test_the_words_tell_the_sheets_apart():
    """what proves a condition, a cause or a symptom is not something that every sheet says."""
    assert len(CONDITIONS) == 24
    telling = [item for item in PRINTED if item["kind"] not in ON_MANY]
    assert len(telling) > 50
    for item in telling:
        sheets = sum(folded(item["says"]) in said(condition) for condition in CONDITIONS)
        assert sheets <= len(CONDITIONS) // 2, item["says"]
