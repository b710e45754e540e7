"""Whether what a row asks for may be printed for one patient: all that is known without setting type.

Whoever makes one handout reads its warnings. Nobody reads those of a thousand, so that here a dose that no
source gives, a review that is past and a clearance that nobody signs are refusals.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from handouts.batch.row import CellError
from handouts.clinic import Clinic
from handouts.compose.exercises import running_waits
from handouts.compose.wording import changed
from handouts.content.bans import ban
from handouts.content.company import same_patient
from handouts.content.doses import outliers
from handouts.content.library import Library
from handouts.content.models import Condition, Exercise
from handouts.content.reviews import review_of
from handouts.errors import ContentError, UnknownIdError, UsageError
from handouts.order import Order, Pick
from handouts.press import Job

T = TypeVar("T")


class Admission:
    """Checks jobs against one library; what stands for a value in a reason is its place in the cell."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def admit(self, job: Job) -> tuple[str, ...]:
        """Return the versions of a job's conditions. Raises CellError where it must not be printed."""
        library, order = self.library, job.order
        if order.language not in library.store.languages():
            known = ", ".join(library.store.languages())
            raise CellError("language", f"there is no such language. There is: {known}.")
        clinic = self.clinic(job.clinic)
        conditions = [
            _found("conditions", f"condition {place}", library.condition, item)
            for place, item in enumerate(job.conditions, 1)
        ]
        exercises = [
            _found("exercises", f"exercise {place}", library.exercise, pick.exercise)
            for place, pick in enumerate(order.picks, 1)
        ]
        self._check_company(conditions)
        for place, (exercise, pick) in enumerate(zip(exercises, order.picks, strict=True), 1):
            self._check_exercise(place, exercise, conditions, order)
            _check_dose(place, exercise, pick)
        _check_reviews(conditions, clinic, order)
        return tuple(condition.version for condition in conditions)

    def clinic(self, item: str) -> Clinic:
        """Return the clinic of an id; raises CellError."""
        return _found("clinic", "the clinic", self.library.clinic, item)

    def _check_company(self, conditions: Sequence[Condition]) -> None:
        first, *others = conditions
        try:
            same_patient(self.library, first.id, [other.id for other in others])
        except ContentError:
            reason = "a sheet that only refers cannot go together with exercises: give it alone."
            raise CellError("conditions", reason) from None

    def _check_exercise(
        self, place: int, exercise: Exercise, conditions: Sequence[Condition], order: Order
    ) -> None:
        versions = self.library.exercise_versions(exercise)
        for number, condition in enumerate(conditions, 1):
            match ban(exercise.id, versions, self.library.condition_versions(condition)):
                case "refers":
                    reason = f"condition {number} only refers: no exercise may be printed for it."
                    raise CellError("exercises", reason)
                case str():
                    reason = f"exercise {place} must never be printed for condition {number}."
                    raise CellError("exercises", reason)
        concerned = tuple(
            version for condition in conditions for version in self.library.condition_versions(condition)
        )
        if exercise.impact and running_waits(concerned, order):
            reason = f"exercise {place} waits until a clinician has ruled out a bone stress injury (cleared)."
            raise CellError("exercises", reason)


def _found(column: str, what: str, look_up: Callable[[str], T], item: str) -> T:
    """Return what an id names, or say what is wrong without the id."""
    try:
        return look_up(item)
    except UnknownIdError as error:
        near = f" Did you mean {' or '.join(error.nearest)}?" if error.nearest else ""
        raise CellError(column, f"{what} is none that there is.{near}") from None
    except ContentError:
        raise CellError(column, f"the file of {what} has problems: run handouts check.") from None


def _check_dose(place: int, exercise: Exercise, pick: Pick) -> None:
    try:
        dose = changed(exercise, pick.dose)
    except UsageError as error:
        raise CellError("exercises", f"exercise {place} can't have this dose. {error.advice}") from None
    for part, _, low, high in outliers(dose, exercise.dose_range):
        if getattr(pick.dose, part) is not None:
            reason = f"{part} of exercise {place} is not what its sources say: {low} to {high}."
            raise CellError("exercises", reason)


def _check_reviews(conditions: Sequence[Condition], clinic: Clinic, order: Order) -> None:
    for place, condition in enumerate(conditions, 1):
        review = review_of(condition, clinic)
        if review and review.is_past(order.date):
            reason = f"the clinic's review of condition {place} is past: have it read again."
            raise CellError("conditions", reason)
