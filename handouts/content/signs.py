"""Which warning signs a condition prints, and in which order."""

from __future__ import annotations

from handouts.content.models import Condition, RedFlagFile, Region, Sign, Urgency
from handouts.content.wording import Words

URGENCIES: tuple[Urgency, ...] = ("emergency", "same_day", "book", "self_care")
BONE_STRESS = "rf-stress-fracture"
FRACTURE = "rf-fracture"
NOT_BETTER = "rf-not-better"
WEEKS = "{weeks}"
"""Where a sign says how long to wait: '2 weeks' is filled in."""
BONE_STRESS_REGIONS: frozenset[Region] = frozenset({"groin-front", "front-thigh"})
"""Where a bone stress injury of the hip is felt."""


def flags(condition: Condition, file: RedFlagFile) -> tuple[str, ...]:
    """Return the red flag ids that a condition prints, each once, whether they exist or not.

    What stands on every sheet comes first and can never be dropped; then what belongs to the regions, then
    the condition's own, both without those that it drops with a reason. A referral-only sheet sends its
    reader to be seen now: "no better in some weeks" would tell them that they may wait.
    """
    everywhere = [flag for flag in file.everywhere if not (condition.referral_only and flag == NOT_BETTER)]
    regional = [flag for region in condition.regions for flag in file.by_region.get(region, [])]
    chosen = [flag for flag in (*regional, *condition.red_flags) if flag not in condition.drops_red_flags]
    return tuple(dict.fromkeys((*everywhere, *chosen)))


def signs(condition: Condition, file: RedFlagFile, words: Words) -> tuple[Sign, ...]:
    """Return the lines of the get-help box in printed order: by urgency, then in the order of the flags.

    Where the pain may be a bone stress injury, its sign leads its urgency: it is the one that a runner with
    groin pain must not read past. Every flag must exist.
    """
    order = list(flags(condition, file))
    if BONE_STRESS in order and not BONE_STRESS_REGIONS.isdisjoint(condition.regions):
        order.remove(BONE_STRESS)
        order.insert(0, BONE_STRESS)
    found = [
        _filled(sign, condition, words)
        for flag in order
        for sign in file.flags[flag].signs
        if not _too_late(sign, flag, condition)
    ]
    return tuple(sorted(found, key=lambda sign: URGENCIES.index(sign.urgency)))


def _too_late(sign: Sign, flag: str, condition: Condition) -> bool:
    """Tell whether a sign says to wait where the sheet itself says that this cannot wait."""
    if condition.urgency == "emergency" and flag == FRACTURE:
        return sign.urgency != "emergency"
    if sign.urgency != "book":
        return False
    return condition.urgency == "emergency" or (condition.referral_only and flag == BONE_STRESS)


def _filled(sign: Sign, condition: Condition, words: Words) -> Sign:
    if condition.referral_only and sign.on_referral:
        sign = sign.model_copy(update={"text": sign.on_referral})
    if WEEKS not in sign.text:
        return sign
    wait = words.counted("weeks", condition.not_better_weeks)
    return sign.model_copy(update={"text": sign.text.replace(WEEKS, wait)})
