"""What is kept from one sheet for the next changes nothing: the same bytes with and without it."""

from __future__ import annotations

import functools
import itertools
import sys
from dataclasses import replace
from datetime import date

import pytest

from handouts.content.library import Library
from handouts.markup import elements
from handouts.order import EDITIONS, PAPERS, DoseChange, Order, Pick
from handouts.pipeline import make_handout, make_packet, make_pages
from handouts.typeset import makeup

LIBRARY = Library()
CLINIC = "example-clinic"
SHEET = "trochanteric-bursitis"
ORDER = Order(date(2026, 11, 22), patient="Ann Onymous")
SELECTIONS = (
    (Pick("bridge"), Pick("isometric-hip-abduction", DoseChange(sets=2))),
    (Pick("bridge", DoseChange(reps=6)), Pick("isometric-hip-abduction")),
)


def forget() -> int:
    """Empty every cache of the program; return how many there are."""
    kept = [
        value
        for name, module in list(sys.modules.items())
        if name.split(".")[0] == "handouts"
        for value in vars(module).values()
        if isinstance(value, functools._lru_cache_wrapper)
    ]
    for one in kept:
        one.cache_clear()
    elements._known.clear()
    return len(kept)


def test_the_caches_are_found():
    """the comparison below empties something."""
    make_handout(LIBRARY, SHEET, CLINIC, ORDER)
    assert elements._known
    assert forget() > 15
    assert not elements._known


def test_another_selection_is_the_same_without_what_was_kept():
    """a sheet made after others of the same parts has the bytes of one made alone."""
    orders = [replace(ORDER, picks=picks) for picks in SELECTIONS]
    warm = [make_handout(LIBRARY, SHEET, CLINIC, order).pdf for order in orders]
    forget()
    assert [make_handout(LIBRARY, SHEET, CLINIC, order).pdf for order in reversed(orders)] == warm[::-1]


@pytest.mark.slow
@pytest.mark.parametrize(("paper", "edition"), list(itertools.product(PAPERS, EDITIONS)))
def test_the_library_is_the_same_without_what_was_kept(paper, edition):
    """each condition made after all others has the bytes of one made alone, and so has a packet."""
    order = replace(ORDER, paper=paper, edition=edition)
    conditions = LIBRARY.ids("condition")
    packet = LIBRARY.packet("running-hip").conditions

    def bound():
        return make_packet(LIBRARY, "Packet", packet, CLINIC, replace(order, patient=""), ready_made=True).pdf

    warm = [make_handout(LIBRARY, condition, CLINIC, order).pdf for condition in conditions]
    together = bound()
    assert len(warm) > 20
    for condition, pdf in zip(conditions, warm, strict=True):
        forget()
        assert make_handout(LIBRARY, condition, CLINIC, order).pdf == pdf
    forget()
    assert bound() == together


@pytest.mark.parametrize("condition", LIBRARY.ids("condition")[::12])
@pytest.mark.parametrize(("paper", "edition"), list(itertools.product(PAPERS, EDITIONS)))
def test_no_sheet_of_paper_is_given_away(monkeypatch, condition, paper, edition):
    """where closer setting is not tried, it would not have spared a page."""
    order = replace(ORDER, paper=paper, edition=edition)
    clinic = LIBRARY.clinic(CLINIC)
    made = make_pages(LIBRARY, condition, clinic, order).pages
    monkeypatch.setattr(makeup, "_may_spare", lambda *args: True)
    assert make_pages(LIBRARY, condition, clinic, order).pages == made
