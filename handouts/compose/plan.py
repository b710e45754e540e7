"""The plan in short: three lines that sum a sheet up, from what it says in full elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from handouts.clinic import Clinic
from handouts.compose.context import Card, PlanLine, StageCards
from handouts.content.models import Condition
from handouts.content.wording import Words

FIRST_STEPS = 3
"""How many lines of "What to do now" sum a referring sheet up: what comes first stands first there."""
FIRST_BANS = 2
MOST_EXERCISES = 3
"""How many exercises the plan names with their doses; of more it gives the numbers."""


def plan(
    condition: Condition,
    stages: Sequence[StageCards],
    clinic: Clinic,
    words: Words,
    *,
    bone_stress: bool,
    runs: bool,
) -> tuple[PlanLine, ...]:
    """Return what to do, when to stop and when to call.

    ``stages`` are those that the sheet prints, ``bone_stress`` says whether a warning stands above them, and
    ``runs`` whether the walk-run table is printed.
    """
    if condition.referral_only:
        return _referred(condition, clinic, words)
    lines = []
    first = next((stage for stage in stages if stage.cards), None)
    if first:
        exercises = _exercises(first.cards, words)
        if any(card.warnings for card in first.cards):
            exercises.append(words.phrase("summary_care", label=words.care_label.rstrip(":")))
        if bone_stress:
            exercises.insert(0, words.phrase("summary_first", heading=words.wait_heading))
        lines.append(PlanLine(words.summary_do, " ".join(exercises)))
        run = [words.summary_run] if runs else []
        lines.append(PlanLine(words.summary_stop, " ".join((words.pain_stop_text, words.pain_any, *run))))
    weeks = words.counted("weeks", condition.not_better_weeks)
    call = (words.phrase("summary_not_better", weeks=weeks), *_help(clinic, words))
    return (*lines, PlanLine(words.summary_call, " ".join(call)))


def _exercises(cards: Sequence[Card], words: Words) -> list[str]:
    if len(cards) > MOST_EXERCISES:
        return [words.phrase("summary_exercises", first=str(cards[0].number), last=str(cards[-1].number))]
    return [
        words.phrase("summary_exercise", name=f"{card.number}. {card.title}", dose=card.dose)
        for card in cards
    ]


def _referred(condition: Condition, clinic: Clinic, words: Words) -> tuple[PlanLine, ...]:
    now = " ".join(statement.text for statement in condition.do_now[:FIRST_STEPS])
    never = " ".join(statement.text for statement in condition.avoid[:FIRST_BANS])
    call = [words.phrase(f"help_{condition.urgency}", number=clinic.emergency_number)]
    if condition.urgency != "emergency":
        call += _help(clinic, words)
    lines = (
        PlanLine(words.summary_now, now),
        PlanLine(words.summary_do_not, never),
        PlanLine(words.summary_help, " ".join(call)),
    )
    return tuple(line for line in lines if line.text)


def _help(clinic: Clinic, words: Words) -> list[str]:
    return [words.summary_signs, words.phrase("emergency_line", number=clinic.emergency_number)]
