"""Which conditions may stand beside one another in the hands of one patient.

What is safe for one sore place can harm another. Two rules follow: an exercise that one of a patient's
conditions rules out is printed for none of them, and a sheet that says "be seen first, do nothing else" is
never given together with exercises.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handouts.content.bans import ban
from handouts.content.library import Library
from handouts.content.models import Condition
from handouts.errors import ContentError, Problem


def same_patient(library: Library, condition_id: str, beside: Sequence[str]) -> tuple[Condition, ...]:
    """Return the other conditions of a patient.

    Raises ContentError where a sheet that only refers would come together with exercises, UnknownIdError.
    """
    own = library.condition(condition_id)
    others = tuple(library.condition(other) for other in dict.fromkeys(beside) if other != condition_id)
    if len({_refers(library, condition) for condition in (own, *others)}) > 1:
        raise ContentError(tuple(_mixed(library, (own, *others))))
    return others


def _refers(library: Library, condition: Condition) -> bool:
    return any(version.referral_only for version in library.condition_versions(condition))


def _mixed(library: Library, conditions: Sequence[Condition]) -> Iterator[Problem]:
    exercising = sorted(condition.id for condition in conditions if not _refers(library, condition))
    for condition in conditions:
        if _refers(library, condition):
            sentence = (
                f"{condition.id} only refers: whoever gets its sheet must be seen before any exercise. "
                f"It cannot go together with {', '.join(exercising)}."
            )
            advice = "Give its sheet alone. Only a ready-made packet with no patient's name may hold both."
            yield Problem(library.origin("condition", condition.id), 0, 0, sentence, advice)


def conflicts(library: Library, condition_ids: Sequence[str]) -> Iterator[Problem]:
    """Yield a warning for each exercise that one sheet of a collection prints and another one rules out."""
    conditions = [library.condition(condition_id) for condition_id in condition_ids]
    for condition in conditions:
        for item in condition.exercises.all():
            versions = library.exercise_versions(library.exercise(item))
            against = [
                other.id
                for other in conditions
                if not _refers(library, other) and ban(item, versions, library.condition_versions(other))
            ]
            if against:
                sentence = f"{condition.id} prints {item}, which {' and '.join(against)} rules out."
                advice = "For a patient who has both, say the name (--patient): then it is left out."
                yield Problem(library.origin("condition", condition.id), 0, 0, sentence, advice, warning=True)
