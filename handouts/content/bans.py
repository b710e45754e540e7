"""Which exercises must never be printed for a condition, and who says so.

A clinic that disagrees names the exercise in ``allows`` of its own version of the condition, with a reason:
then, and only then, what the bundled files rule out may be printed for that condition. A condition that only
refers prints none, whoever says what.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from handouts.content.models import Condition, Exercise

Ban = Literal["refers", "never", "bundled never", "never_for"]


def ban(exercise: str, versions: Sequence[Exercise], conditions: Sequence[Condition]) -> Ban | None:
    """Return who rules an exercise out for a condition, or None.

    ``versions`` and ``conditions`` hold what counts first, then the bundled file that it changes, if any.
    """
    own, *bundled = conditions
    if any(condition.referral_only for condition in conditions):
        return "refers"
    if bundled and exercise in own.allows:
        return None
    if _named(exercise, own):
        return "never"
    if any(_named(exercise, base) for base in bundled):
        return "bundled never"
    ids = {condition.id for condition in conditions}
    if any(not ids.isdisjoint(version.never_for) for version in versions):
        return "never_for"
    return None


def _named(exercise: str, condition: Condition) -> bool:
    return condition.never == "all" or exercise in condition.never


def allowance(exercise: str, versions: Sequence[Exercise], conditions: Sequence[Condition]) -> str:
    """Return the clinic's reason to print what would else be ruled out; empty where nothing would be."""
    own = conditions[0]
    if exercise not in own.allows or ban(exercise, versions, conditions):
        return ""
    strict = own.model_copy(update={"allows": {}})
    return own.allows[exercise] if ban(exercise, versions, (strict, *conditions[1:])) else ""
