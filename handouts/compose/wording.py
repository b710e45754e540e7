"""Doses in plain words, and texts as whole sentences."""

from __future__ import annotations

from handouts.content.models import Dose, Exercise
from handouts.content.wording import Words
from handouts.errors import UsageError
from handouts.order import DoseChange


def changed(exercise: Exercise, change: DoseChange) -> Dose:
    """Return an exercise's dose with the parts that a clinician has changed; raises UsageError."""
    parts = ("sets", "reps", "hold_s", "per_day", "days_per_week")
    wanted = {part: value for part in parts if (value := getattr(change, part)) is not None}
    try:
        return Dose.model_validate({**exercise.dose.model_dump(), **wanted})
    except ValueError as error:
        asked = ", ".join(f"{part}={value}" for part, value in wanted.items())
        advice = "Sets go from 1 to 10, reps to 50, hold_s to 120, per_day to 6, days_per_week to 7."
        raise UsageError(f"{exercise.id} can't have the dose {asked}.", advice=advice) from error


def dose_words(dose: Dose, words: Words) -> str:
    """Return a dose in short sentences, in the order in which it is done; a single set needs no words."""
    amount = dose.reps or dose.hold_s or dose.steps_each_way or dose.minutes
    counts = (
        ("dose_hold", dose.hold_s),
        ("dose_reps", dose.reps),
        ("dose_steps", dose.steps_each_way),
        ("dose_minutes", dose.minutes),
        ("dose_sets", None if dose.sets == 1 and amount else dose.sets),
        ("dose_per_day", dose.per_day),
        ("dose_days", dose.days_per_week),
    )
    sentences = [words.counted(name, count) for name, count in counts if count is not None]
    if dose.each_side:
        sentences.append(words.dose_each_side)
    return " ".join(sentences)


def sentence(text: str) -> str:
    """Return the text with a full stop, where it does not end like a sentence already."""
    return text if text.rstrip().endswith((".", "!", "?", "…", ":")) else f"{text.rstrip()}."
