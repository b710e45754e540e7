"""Which exercises a sheet prints, at which stage, and which must wait or must never be printed.

Pain in the groin or the front of the thigh may be a bone stress injury, which a run can turn into a fracture.
A sheet for such a region therefore says above its exercises when to do none of them, and prints running only
once a named clinician has ruled bone stress out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handouts.compose.context import Card, LogRow, LogWeek, StageCards
from handouts.compose.wording import changed, dose_words, sentence
from handouts.content.bans import Ban, ban
from handouts.content.library import Library
from handouts.content.models import STAGES, Condition, Dose, Exercise, Stage
from handouts.content.signs import BONE_STRESS_REGIONS
from handouts.content.wording import Words
from handouts.errors import ContentError, Problem
from handouts.order import Order, Pick

CLEARANCE = "bone-stress"

# Which days of a week have a box to tick, so that rest days lie between where the dose leaves room for them.
_TICKED_DAYS = {
    1: (0,),
    2: (0, 3),
    3: (0, 2, 4),
    4: (0, 1, 3, 4),
    5: (0, 1, 2, 4, 5),
    6: (0, 1, 2, 3, 4, 5),
    7: (0, 1, 2, 3, 4, 5, 6),
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """One exercise to print, with its dose and its stage.

    ``against`` keeps it off the sheet after all: another condition of the same patient, which rules it out.
    """

    exercise: Exercise
    dose: Dose
    stage: Stage
    against: Condition | None = None


def may_be_bone_stress(versions: tuple[Condition, ...]) -> bool:
    """Say whether the pain of a condition lies where a bone stress injury is felt."""
    return any(not BONE_STRESS_REGIONS.isdisjoint(version.regions) for version in versions)


def cleared_by(order: Order) -> str:
    """Return the name of the clinician who has ruled out bone stress; empty if nobody signs for it."""
    return order.clinician.strip() if CLEARANCE in order.cleared else ""


def running_waits(versions: tuple[Condition, ...], order: Order) -> bool:
    """Say whether running must not be printed on this sheet."""
    refers = any(version.referral_only for version in versions)
    return refers or (may_be_bone_stress(versions) and not cleared_by(order))


def chosen(
    library: Library, condition: Condition, order: Order, beside: Sequence[Condition] = ()
) -> tuple[Chosen, ...]:
    """Return the exercises of a sheet: the clinician's picks if there are any, else the condition's own.

    A pick is printed at the stage where the condition lists it, and at the last one if it lists it nowhere:
    never earlier. ``beside`` are the other conditions of the same patient: what one of them rules out is
    marked with it. Raises ContentError with all that must never be printed, UnknownIdError and UsageError.
    """
    if order.picks:
        wanted = [(pick, _stage(pick.exercise, condition)) for pick in order.picks]
    else:
        wanted = [(Pick(item), stage) for stage in STAGES for item in condition.exercises.of(stage)]
    found = []
    for pick, stage in wanted:
        exercise = library.exercise(pick.exercise)
        against = next((other for other in beside if ruled_out(library, exercise, other)), None)
        found.append(Chosen(exercise, changed(exercise, pick.dose), stage, against))
    problems = _refusals(library, condition, found, picked=bool(order.picks))
    if problems:
        raise ContentError(tuple(problems))
    return tuple(sorted(found, key=lambda one: STAGES.index(one.stage)))


def ruled_out(library: Library, exercise: Exercise, condition: Condition) -> Ban | None:
    """Return who says that an exercise must never be printed for a condition, or None."""
    versions = library.exercise_versions(exercise)
    return ban(exercise.id, versions, library.condition_versions(condition))


def _stage(exercise: str, condition: Condition) -> Stage:
    for stage in STAGES:
        if exercise in (*condition.exercises.of(stage), *condition.more_exercises.of(stage)):
            return stage
    return STAGES[-1]


def _refusals(library: Library, condition: Condition, found: list[Chosen], *, picked: bool) -> list[Problem]:
    """Return a problem for each exercise that is chosen twice or must never be printed for the condition.

    What a clinician picked by hand is refused, too, if another condition of the patient rules it out.
    """
    file = library.origin("condition", condition.id)
    problems = []
    seen: set[str] = set()
    for one in found:
        exercise = one.exercise
        said = ""
        advice = "Choose another exercise."
        match ruled_out(library, exercise, condition):
            case "refers":
                said = f"{condition.id} is a sheet that refers: it prints no exercise, and not {exercise.id}."
                advice = "Leave the exercise out."
            case "never_for":
                said = f"{exercise.id} says that it must never be printed for {condition.id}."
            case "never" | "bundled never":
                said = f"{exercise.id} must never be printed for {condition.id}."
            case None if picked and one.against:
                said = f"{exercise.id} must never be printed for {one.against.id}, also not beside it."
            case None if exercise.id in seen:
                said = f"{exercise.id} is chosen twice for {condition.id}."
                advice = "Choose it once."
        seen.add(exercise.id)
        if said:
            problems.append(Problem(file, 0, 0, said, advice))
    return problems


def stages(
    printed: tuple[Chosen, ...], shown: tuple[Chosen, ...], condition: Condition, words: Words
) -> tuple[StageCards, ...]:
    """Return the cards of what is ``shown``, by stage and numbered through.

    A stage of which something has to wait, or is left out, says so in a line, in place of the card. Where
    the sheet has a part on running, it says there that running waits, and not twice.
    """
    numbers = {one.exercise.id: number for number, one in enumerate(shown, 1)}
    made: list[StageCards] = []
    for stage in STAGES:
        of_stage = [one for one in printed if one.stage == stage]
        cards = tuple(
            _card(numbers[one.exercise.id], one, condition, words) for one in of_stage if one in shown
        )
        left_out = tuple(
            words.phrase("left_out", name=one.exercise.title, title=one.against.title)
            for one in of_stage
            if one.against
        )
        if of_stage:
            waits = len(cards) + len(left_out) < len(of_stage) and not condition.walk_run_table
            later = words.running_later if waits else ""
            if cards or left_out or later:
                made.append(StageCards(getattr(words, f"stage_{stage}"), cards, later, left_out))
    return tuple(made)


def _card(number: int, one: Chosen, condition: Condition, words: Words) -> Card:
    exercise = one.exercise
    warnings = (exercise.care, condition.caution.get(exercise.id))
    return Card(
        number=number,
        title=exercise.title,
        exercise=exercise.id,
        picture_alt=(exercise.picture_alt or "") if exercise.pose else "",
        steps=tuple(exercise.steps),
        dose=dose_words(one.dose, words),
        needs=sentence(", ".join(exercise.equipment)) if exercise.equipment else "",
        watch_for=sentence(exercise.watch_for),
        easier=sentence(exercise.easier) if exercise.easier else "",
        harder=sentence(exercise.harder) if exercise.harder else "",
        feel_it=words.phrase("feel_it", where=exercise.feel_it),
        warnings=tuple(sentence(warning) for warning in warnings if warning),
    )


def log(shown: tuple[Chosen, ...], weeks: int, words: Words) -> tuple[LogWeek, ...]:
    """Return the weeks to tick: a row for each exercise, with a box on the days of its dose."""
    rows = tuple(
        LogRow(_log_name(number, one, words), _days(one.dose)) for number, one in enumerate(shown, 1)
    )
    if not rows:
        return ()
    return tuple(LogWeek(words.counted("log_week", week), rows) for week in range(1, weeks + 1))


def _log_name(number: int, one: Chosen, words: Words) -> str:
    name = f"{number}. {one.exercise.title}"
    return words.phrase("log_each_side", name=name) if one.dose.each_side else name


def _days(dose: Dose) -> tuple[bool, ...]:
    ticked = _TICKED_DAYS[dose.days_per_week or 7]
    return tuple(day in ticked for day in range(7))
