"""The words of an order."""

from __future__ import annotations

import argparse
from datetime import date

import pytest

from handouts.cli import orders
from handouts.clinic import Clinic
from handouts.errors import UsageError
from handouts.order import DoseChange, Order, Pick

CLINIC = Clinic(id="a", name="A", emergency_number="911", accent="#0b5c6b", paper="a4")
TODAY = date(2026, 11, 22)


def parsed(*words: str) -> Order:
    """Return the order that some words ask for."""
    parser = argparse.ArgumentParser()
    orders.add_options(parser)
    return orders.order(parser.parse_args(words), CLINIC, TODAY)


def test_nothing_said_is_the_default_order():
    """without options the order is today's, on the clinic's own paper, and else the default."""
    assert parsed() == Order(date=TODAY, paper="a4")


def test_everything_said_is_in_the_order():
    """each option arrives in its own field."""
    order = parsed(
        *("--patient", "Zoë", "--clinician", "Dr. B", "--note", "Well done", "--date", "2026-01-02"),
        *("--side", "both", "--paper", "letter", "--edition", "large-print", "--ink", "black"),
        *("--exercise", "bridge:sets=3,hold_s=5", "--exercise", "clamshell", "--cleared", "bone-stress"),
        *("--log-weeks", "4", "--language", "en"),
    )
    assert order == Order(
        date=date(2026, 1, 2),
        patient="Zoë",
        clinician="Dr. B",
        note="Well done",
        side="both",
        paper="letter",
        edition="large-print",
        ink="black",
        picks=(Pick("bridge", DoseChange(sets=3, hold_s=5)), Pick("clamshell")),
        cleared=("bone-stress",),
        log_weeks=4,
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("bridge:", "an id is missing"),
        (":sets=3", "an id is missing"),
        ("", "an id is missing"),
        ("bridge:set=3", "Did you mean sets?"),
        ("bridge:colour=3", "There are sets, reps, hold_s, per_day, days_per_week."),
        ("bridge:sets", "sets is not a whole number"),
        ("bridge:sets=three", "sets=three: sets is not a whole number"),
        ("bridge:sets=0", "sets is not a whole number from 1 to 1000"),
        ("bridge:sets=-1", "sets is not a whole number"),
        ("bridge:sets=1.5", "sets is not a whole number"),
        ("bridge:sets=²", "sets is not a whole number"),
        ("bridge:sets=0000019999", "is not a whole number"),
        ("bridge:sets=3,sets=4", "sets is given twice"),
    ],
)
def test_a_wrong_pick_is_told(words, told):
    """an exercise that cannot be read says what is wrong with it."""
    with pytest.raises(UsageError) as error:
        orders.pick(words)
    assert told in str(error.value)


@pytest.mark.parametrize(
    "words", ["2026-02-30", "22.11.2026", "20261122", "2026-W47-7", "٢٠٢٦-١١-٢٢", "today", ""]
)
def test_a_wrong_date_is_told(words):
    """a date that is not in the calendar is refused."""
    with pytest.raises(UsageError, match="not a day"):
        orders.day(words)


@pytest.mark.parametrize("words", ["1899-12-31", "2201-01-01", "0001-01-01"])
def test_a_year_that_is_a_slip_is_told(words):
    """a date that nobody alive can mean is refused."""
    with pytest.raises(UsageError, match="from 1900 to 2200"):
        orders.day(words)


def test_an_exercise_chosen_twice_is_told():
    """the option is blamed, not a file of content."""
    with pytest.raises(UsageError, match="--exercise bridge: it is chosen twice"):
        parsed("--exercise", "bridge", "--exercise", "bridge:sets=2")


@pytest.mark.parametrize("words", ["0", "13", "x"])
def test_a_log_of_no_or_too_many_weeks_is_refused(words):
    """a log has 1 to 12 weeks."""
    with pytest.raises(UsageError, match="from 1 to 12"):
        orders.log_weeks(words)
