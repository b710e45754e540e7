from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.compose.wording import changed, dose_words, sentence
from handouts.content.models import Dose, FixedFacts, WordsFile
from handouts.content.wording import Words
from handouts.errors import ContentError, UsageError
from handouts.order import DoseChange


@pytest.fixture
def words(shelf):
    return Words(shelf.english)


@pytest.mark.parametrize(
    ("dose", "expected"),
    [
        (
            {"hold_s": 5, "reps": 10, "sets": 3, "per_day": 2, "days_per_week": 3, "each_side": True},
            "Hold 5 seconds. Do 10 times. 3 sets. Twice a day. 3 days a week. Each side, good side first.",
        ),
        ({"hold_s": 1, "reps": 1, "sets": 1, "per_day": 1, "days_per_week": 1},
         "Hold 1 second. Do it once. Once a day. 1 day a week."),
        ({"minutes": 1, "per_day": 3, "days_per_week": 7}, "1 minute. 3 times a day. Every day."),
        ({"minutes": 15, "days_per_week": 4}, "15 minutes. 4 days a week."),
        ({"steps_each_way": 10, "sets": 2}, "10 steps each way. 2 sets."),
        ({"steps_each_way": 1}, "1 step each way."),
        ({"sets": 1}, "1 set."),
        ({}, ""),
    ],
)  # fmt: skip
def test_dose_words(words, dose, expected):
    """a dose reads as short sentences, in the order in which it is done."""
    assert dose_words(Dose.model_validate(dose), words) == expected


def test_a_changed_dose_keeps_the_rest(make):
    """what a clinician does not change stays as the exercise says."""
    exercise = make.exercise("bridge", dose={"sets": 3, "reps": 10, "each_side": True})
    assert changed(exercise, DoseChange(reps=8, hold_s=5)) == Dose(sets=3, reps=8, hold_s=5, each_side=True)
    assert changed(exercise, DoseChange()) == exercise.dose


@pytest.mark.parametrize("change", [{"sets": 0}, {"reps": 5000}, {"per_day": -1}, {"days_per_week": 8}])
def test_a_senseless_dose_is_refused(make, change):
    """a dose out of all range is a wrong order, told with the exercise and the range."""
    with pytest.raises(UsageError, match="bridge can't have the dose") as caught:
        changed(make.exercise("bridge"), DoseChange(**change))
    assert "1 to 10" in caught.value.advice


def test_dates(words):
    """dates stand as people write them."""
    assert words.day(date(2026, 1, 2)) == "January 2, 2026"
    assert words.month(date(2026, 12, 31)) == "December 2026"


@given(st.text())
def test_what_is_filled_in_is_not_read_for_gaps(name):
    """a name with braces in it is printed as it is."""
    file = WordsFile(
        language="en",
        name="English",
        words={"by": "By {name}."},
        facts={key: {"text": "A fact.", "sources": ["GK"]} for key in FixedFacts.model_fields},
        weekdays=["D"] * 7,
        months=["M"] * 12,
        walk_run=[],
    )
    assert Words(file).phrase("by", name=name) == f"By {name}."


def test_a_missing_word_is_a_problem_of_the_words_file(words):
    """a phrase that is not there, or a gap that nothing fills, names the file."""
    for name, gaps in (("nothing", {}), ("reviewed_by", {"name": "x"})):
        with pytest.raises(ContentError) as caught:
            words.phrase(name, **gaps)
        assert caught.value.problems[0].file == "words/en.yaml"
    with pytest.raises(AttributeError):
        _ = words.nothing


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("haste", "haste."),
        ("Stop.", "Stop."),
        ("Stop!", "Stop!"),
        ("So?", "So?"),
        ("a ", "a."),
        ("b. ", "b. "),
    ],
)
def test_sentence(text, expected):
    """a text gets a full stop only where it has no end yet."""
    assert sentence(text) == expected
