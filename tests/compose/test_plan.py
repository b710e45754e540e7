"""The plan in short, and the rows of the get-help box."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handouts import compose, document, markup
from handouts.compose.help_box import help_rows
from handouts.content.library import Library
from handouts.content.models import Sign
from handouts.content.readability import LONGEST_LIST
from handouts.content.wording import Words
from handouts.order import Pick

LIBRARY = Library()


def plan(shelf, clinic, order):
    """Return the plan of the one condition of a shelf as lines."""
    (condition,) = shelf.conditions.values()
    made = compose.handout(shelf, condition, clinic, order)
    text = document.text(compose.finished(made, markup.parse(made.text, made.template)))
    return text.partition("Your plan in short\n")[2].partition("My questions")[0].splitlines()


def test_the_plan_says_what_the_sheet_says(shelf, clinic, order):
    """the plan names the first exercises with their dose, the pain to stop at, and when to call whom."""
    do, stop, call = plan(shelf, clinic, order)
    assert do == "Do this week: 1. Bridge: Hold 5 seconds. Do 10 times. 3 sets. Twice a day. 3 days a week."
    assert stop.startswith("Stop at: Pain 5 or more")
    assert "On a run, stop at 3." in stop
    assert call.startswith("Call us: If you are no better in ")
    assert call.endswith("In an emergency, call 911. Do not drive yourself.")


def test_the_plan_of_a_groin_sheet_asks_for_the_check_first(make, clinic, order):
    """where bone stress may be felt, the plan begins with the check, and no run is in it."""
    do, stop, _ = plan(make.shelf(make.condition(regions=["groin-front"])), clinic, order)
    assert do.startswith("Do this week: First read “Read this before you start”. Then: 1. Bridge")
    assert "On a run" not in stop


def test_many_exercises_are_told_by_their_numbers(make, clinic, order):
    """a plan stays short where a clinician picks many exercises."""
    many = tuple(make.exercise(f"move-{letter}") for letter in "abcd")
    wish = replace(order, picks=tuple(Pick(one.id) for one in many))
    do, *_ = plan(make.shelf(make.condition(), exercises=many), clinic, wish)
    assert do == "Do this week: Exercises 1 to 4, as their cards say."


@pytest.mark.parametrize("urgency", ["emergency", "same_day"])
def test_the_plan_of_a_sheet_that_refers(make, clinic, order, urgency):
    """a sheet that refers sums up what to do now, what not to do, and whom to call."""
    condition = make.condition(
        referral_only=True,
        template="referral.html.j2",
        urgency=urgency,
        do_now=[make.statement(f"Do {letter}.") for letter in "abcd"],
        avoid=[make.statement("Do not walk.")],
        exercises={},
        more_exercises={},
        first_care=None,
        walk_run_table=False,
    )
    now, never, call = plan(make.shelf(condition), clinic, order)
    assert now == "Do now: Do a. Do b. Do c."
    assert never == "What not to do: Do not walk."
    assert call.startswith("Get help: Call 911 now." if urgency == "emergency" else "Get help: See a doctor")
    assert ("In an emergency" in call) is (urgency != "emergency")


def signs(count, urgency="emergency", groups=("hip", "ill")):
    return [
        Sign(urgency=urgency, group=groups[n % len(groups)], text=f"Sign {n}.", sources=["GK"])
        for n in range(count)
    ]


def test_few_signs_stand_in_one_row(shelf, clinic):
    """up to seven signs of an urgency are not parted."""
    (row,) = help_rows(signs(LONGEST_LIST), {"hip": "Hip", "ill": "Ill"}, (), clinic, Words(shelf.english))
    assert (row.heading, row.group) == ("Call 911 now. Do not drive yourself.", "")
    assert len(row.signs) == LONGEST_LIST


def test_many_signs_are_parted_and_the_first_one_leads(shelf, clinic):
    """eight signs stand in a row for each group, that of the first sign on top, and none is lost."""
    many = signs(LONGEST_LIST + 1, groups=("ill", "hip"))
    rows = help_rows(many, {"hip": "Hip", "ill": "Ill"}, many[:1], clinic, Words(shelf.english))
    assert [(row.heading, row.group) for row in rows] == [
        ("Call 911 now. Do not drive yourself.", "Ill"),
        ("Call 911 now.", "Hip"),
    ]
    assert rows[0].signs[0].strong
    assert sorted(line.text for row in rows for line in row.signs) == sorted(sign.text for sign in many)


@pytest.mark.parametrize("condition", LIBRARY.ids("condition"))
def test_no_row_of_a_shipped_box_is_long(clinic, condition):
    """each row of each shipped sheet holds at most seven signs, and a parted one has its head."""
    found = LIBRARY.signs(LIBRARY.condition(condition))
    words = Words(LIBRARY.words("en"))
    rows = help_rows(found, LIBRARY.sign_groups(), (), clinic, words)
    assert sum(len(row.signs) for row in rows) == len(found)
    assert all(len(row.signs) <= LONGEST_LIST for row in rows)
    emergencies = [row for row in rows if row.heading.startswith("Call")]
    assert all(bool(row.group) is (len(emergencies) > 1) for row in emergencies)
