"""What whoever gives a sheet has to know: nothing here stops the print, and nothing here names a patient."""

from __future__ import annotations

from collections.abc import Iterator

from handouts.clinic import Clinic
from handouts.compose.exercises import Chosen
from handouts.content.bans import allowance
from handouts.content.doses import outliers
from handouts.content.library import Library
from handouts.content.models import Condition
from handouts.content.reviews import review_of
from handouts.errors import Problem
from handouts.order import Order


def warnings(
    library: Library, condition: Condition, clinic: Clinic, order: Order, printed: tuple[Chosen, ...]
) -> tuple[Problem, ...]:
    """Return what is unusual about a sheet: left out, allowed by the clinic, an odd dose, a stale review."""
    return (
        *_about_exercises(library, condition, printed),
        *_about_review(library, condition, clinic, order),
    )


def _about_exercises(
    library: Library, condition: Condition, printed: tuple[Chosen, ...]
) -> Iterator[Problem]:
    file = library.origin("condition", condition.id)
    conditions = library.condition_versions(condition)
    for one in printed:
        exercise = one.exercise
        if one.against:
            sentence = (
                f"{exercise.id} is left off the sheet of {condition.id}: {one.against.id} rules it out."
            )
            yield Problem(file, 0, 0, sentence, "", warning=True)
            continue
        reason = allowance(exercise.id, library.exercise_versions(exercise), conditions)
        if reason:
            sentence = f"{exercise.id} is ruled out for {condition.id}, but the clinic allows it: {reason}"
            yield Problem(file, 0, 0, sentence, "", warning=True)
        for part, value, low, high in outliers(one.dose, exercise.dose_range):
            sentence = f"{exercise.id} is printed with {part}={value}; its sources say {low} to {high}."
            yield Problem(library.origin("exercise", exercise.id), 0, 0, sentence, "", warning=True)


def _about_review(library: Library, condition: Condition, clinic: Clinic, order: Order) -> Iterator[Problem]:
    review = review_of(condition, clinic)
    if review and review.is_past(order.date):
        sentence = f"the review of {condition.id} by {clinic.id} was good until {review.until}."
        advice = "Have it read again, and write the new date and `until` into the clinic's file."
        yield Problem(library.origin("clinic", clinic.id), 0, 0, sentence, advice, warning=True)
