"""What no content file may do to a patient: lose a warning sign, or print an exercise that is ruled out.

A clinic may change its own sheets, but an exercise that the bundled condition rules out, and a warning sign,
go in or out only with a stated reason.
"""

from __future__ import annotations

from collections.abc import Iterator

from handouts.content import signs
from handouts.content.bans import Ban, allowance, ban
from handouts.content.models import STAGES, Condition, Exercise, RedFlagFile
from handouts.content.nodes import Mark, Node
from handouts.content.problems import suggestion
from handouts.content.store import Record, Store
from handouts.errors import Problem


def red_flag_problems(condition: Condition, record: Record[Condition], store: Store) -> Iterator[Problem]:
    """Yield unknown red flags, and those that the bundled condition prints and this one loses unsaid."""
    file, node = store.red_flags().value, record.node
    if file is None or node is None:
        return
    for number, flag in enumerate(condition.red_flags):
        if flag not in file.flags:
            mark = node.place("red_flags", number)
            yield mark.problem(f"there is no red flag {flag!r}.", suggestion(flag, file.flags))
    for flag in condition.drops_red_flags:
        dropped = node.under("drops_red_flags", flag)
        mark = (dropped.key or dropped.mark) if dropped else node.mark
        if flag not in file.flags:
            yield mark.problem(f"there is no red flag {flag!r}.", suggestion(flag, file.flags))
        elif flag in file.everywhere:
            yield mark.problem(f"{flag} is printed on every sheet.", "It cannot be dropped.")
    if record.base and record.base.value:
        printed = signs.flags(condition, file)
        for flag in signs.flags(record.base.value, file):
            if flag not in printed and flag not in condition.drops_red_flags:
                sentence = f"the bundled condition warns of {flag}, this one does not."
                advice = f"Add it to `red_flags`, or a reason: drops_red_flags: {{{flag}: why}}."
                yield node.place("red_flags").problem(sentence, advice)


def exercise_problems(condition: Condition, record: Record[Condition], store: Store) -> Iterator[Problem]:
    """Yield exercises that are named although the condition, or the exercise itself, rules them out."""
    node = record.node
    for key in ("exercises", "more_exercises"):
        for stage in STAGES:
            listed = node.under(key, stage) if node else None
            for child in listed.value if listed and isinstance(listed.value, list) else []:
                reason = _ruled_out(child.raw, condition, record, store)
                if reason:
                    yield child.mark.problem(f"{child.raw} {reason}.", "Take it out.")


_WHO_SAYS_SO: dict[Ban, str] = {
    "refers": "is not to be printed for a condition that only refers",
    "never": "is never to be printed for this condition (`never`)",
    "bundled never": "is never to be printed for the bundled condition",
    "never_for": "is never to be printed for this condition (`never_for` of the exercise)",
}


def _ruled_out(exercise: str, condition: Condition, record: Record[Condition], store: Store) -> str:
    base = record.base.value if record.base else None
    # That a condition which only refers lists exercises at all is told once, by referral_problems.
    conditions = [each.model_copy(update={"referral_only": False}) for each in (condition, base) if each]
    found = ban(exercise, _versions(exercise, store), conditions)
    return _WHO_SAYS_SO[found] if found else ""


def _versions(exercise: str, store: Store) -> tuple[Exercise, ...]:
    found = store.exercise(exercise)
    layers = (found, found.base) if found else ()
    return tuple(layer.value for layer in layers if layer and layer.value)


def allowance_problems(condition: Condition, record: Record[Condition], store: Store) -> Iterator[Problem]:
    """Yield a warning for what a clinic prints against the bundled files, and a problem where it cannot.

    The warning stays for as long as the clinic's file says so: whoever checks it is to see it.
    """
    base = record.base.value if record.base else None
    for exercise, reason in condition.allows.items():
        allowed = record.node.under("allows", exercise) if record.node else None
        if allowed is None:
            continue
        mark = allowed.key or allowed.mark
        if base is None:
            sentence = "`allows` is for a clinic's own version of a bundled condition."
            yield mark.problem(sentence, "Take it out, or say which one it extends.")
        elif base.referral_only or condition.referral_only:
            yield mark.problem("a condition that only refers prints no exercise.", "Take it out.")
        elif store.file("exercise", exercise) is None:
            known = store.ids("exercise")
            yield mark.problem(f"there is no exercise {exercise!r}.", suggestion(exercise, known))
        elif allowance(exercise, _versions(exercise, store), (condition, base)):
            sentence = f"{exercise} may be printed here, although it is ruled out for {base.id}: {reason}"
            yield mark.problem(sentence, "A clinician of yours answers for it.", warning=True)
        else:
            yield mark.problem(f"nothing rules {exercise} out here.", "Take it out.", warning=True)


def impact_problems(record: Record[Exercise]) -> Iterator[Problem]:
    """Yield that a clinic's own version of an exercise no longer waits for bone-stress clearance."""
    base = record.base.value if record.base else None
    if record.value and record.node and base and base.impact and not record.value.impact:
        sentence = "the bundled exercise waits until bone stress is ruled out, this one does not."
        yield record.node.place("impact").problem(sentence, "Set impact: true.")


def referral_problems(condition: Condition, record: Record[Condition]) -> Iterator[Problem]:
    """Yield what a condition that only refers says too much or too little."""
    node = record.node
    if node is None:
        return
    base = record.base.value if record.base else None
    if base and base.referral_only and not condition.referral_only:
        sentence = "the bundled condition only refers; this one would print exercises."
        yield node.place("referral_only").problem(sentence, "Set referral_only: true.")
    if not condition.referral_only:
        return
    unwanted = {
        "exercises": bool(condition.exercises.all()),
        "more_exercises": bool(condition.more_exercises.all()),
        "first_care": condition.first_care is not None,
        "walk_run_table": condition.walk_run_table,
    }
    for key, present in unwanted.items():
        if present:
            sentence = f"a condition that only refers has no `{key}`."
            yield _key_place(node, key).problem(sentence, "Take it out.")
    if not condition.do_now:
        yield node.mark.problem("`do_now` is missing.", "A condition that only refers says what to do now.")


def _key_place(node: Node, key: str) -> Mark:
    child = node.child(key)
    return (child.key or child.mark) if child else node.mark


def sign_problems(file: RedFlagFile, record: Record[RedFlagFile]) -> Iterator[Problem]:
    """Yield signs that are no reason to get help, or that a clinic made less urgent than they are."""
    node = record.node
    if node is None:
        return
    base = record.base.value if record.base else None
    for name, flag in file.flags.items():
        for number, sign in enumerate(flag.signs):
            if sign.urgency == "self_care":
                mark = node.place("flags", name, "signs", number, "urgency")
                yield mark.problem(
                    "a warning sign cannot be self_care.", "Write emergency, same_day or book."
                )
        if base and name in base.flags:
            lost = {sign.urgency for sign in base.flags[name].signs} - {sign.urgency for sign in flag.signs}
            for urgency in sorted(lost):
                sentence = f"the bundled {name} has a sign for {urgency}, this one has none."
                yield node.place("flags", name).problem(sentence, "Keep one line for it.")
    later = file.flags.get(signs.NOT_BETTER)
    if later and not any(sign.urgency == "book" and signs.WEEKS in sign.text for sign in later.signs):
        sentence = f"the book sign of {signs.NOT_BETTER} does not say {signs.WEEKS}."
        yield node.place("flags", signs.NOT_BETTER).problem(
            sentence, "Each condition fills in its own number."
        )
