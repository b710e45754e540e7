"""What one file says, held against what the others say: ids, sources, stages, doses, warning signs.

Every function takes a sound record and yields problems with the place of the words that cause them.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from handouts.content import safety
from handouts.content.doses import outliers
from handouts.content.inserts import insert_problems
from handouts.content.models import (
    STAGES,
    ClinicFile,
    Condition,
    Dose,
    DoseRange,
    Exercise,
    Packet,
    RedFlagFile,
)
from handouts.content.nodes import Node
from handouts.content.places import Kind
from handouts.content.poses import pose_problems
from handouts.content.problems import suggestion
from handouts.content.reviews import review_problems
from handouts.content.store import Record, Store
from handouts.errors import Problem

MOST_PRINTED = 6
MOST_MESSAGE = 400
"""Characters of the main message: what a patient reads at one glance."""

_SOURCE_KEYS = frozenset({"sources", "not_better_sources"})
_CARE_PARTS = ("rest", "ice", "compression", "elevation")


def condition_problems(record: Record[Condition], store: Store) -> Iterator[Problem]:
    """Yield what a condition says that other files, or other parts of it, contradict."""
    condition, node = record.value, record.node
    if condition is None or node is None:
        return
    yield from source_problems(node, store)
    yield from _exercise_id_problems(node, store)
    yield from _message_problems(condition, node)
    yield from safety.red_flag_problems(condition, record, store)
    yield from safety.exercise_problems(condition, record, store)
    yield from safety.allowance_problems(condition, record, store)
    yield from safety.referral_problems(condition, record)
    if not condition.referral_only:
        yield from _sheet_problems(condition, node)
    yield from _template_problems(condition, node, store)


def exercise_problems(record: Record[Exercise], store: Store) -> Iterator[Problem]:
    """Yield unknown sources and conditions of an exercise, and a dose outside its own range."""
    exercise, node = record.value, record.node
    if exercise is None or node is None:
        return
    yield from source_problems(node, store)
    yield from _misspelt_conditions(node, store)
    yield from safety.impact_problems(record)
    yield from _dose_problems(exercise.dose, exercise.dose_range, node)
    yield from pose_problems(exercise, node)


def packet_problems(record: Record[Packet], store: Store) -> Iterator[Problem]:
    """Yield conditions of a packet that do not exist or stand in it twice, and inserts that are not there."""
    conditions = record.node.child("conditions") if record.node else None
    if conditions:
        yield from unknown_ids(conditions.value, "condition", store)
        yield from repeated(conditions, "this condition")
    yield from insert_problems(record)


def clinic_problems(record: Record[ClinicFile], store: Store) -> Iterator[Problem]:
    """Yield reviews of conditions that do not exist, and reviews that never hold."""
    if record.value is None or record.node is None:
        return
    for number, review in enumerate(record.value.reviews):
        if store.file("condition", review.condition) is None:
            known = store.ids("condition")
            mark = record.node.place("reviews", number, "condition")
            yield mark.problem(
                f"there is no condition {review.condition!r}.", suggestion(review.condition, known)
            )
    yield from review_problems(record, store, None)


def red_flag_file_problems(record: Record[RedFlagFile], store: Store) -> Iterator[Problem]:
    """Yield red flags and groups that are not described, unknown sources, and signs made less urgent."""
    file, node = record.value, record.node
    if file is None or node is None:
        return
    yield from source_problems(node, store)
    lists = [("everywhere",), *(("by_region", region) for region in file.by_region)]
    for path in lists:
        named = node.under(*path)
        for child in named.value if named and isinstance(named.value, list) else []:
            if child.raw not in file.flags:
                yield child.mark.problem(
                    f"there is no red flag {child.raw!r}.", suggestion(child.raw, file.flags)
                )
    for name, flag in file.flags.items():
        for number, sign in enumerate(flag.signs):
            if sign.group and sign.group not in file.groups:
                sentence = f"there is no group {sign.group!r}."
                place = node.place("flags", name, "signs", number, "group")
                yield place.problem(sentence, suggestion(sign.group, file.groups))
    yield from safety.sign_problems(file, record)


def source_problems(node: Node, store: Store) -> Iterator[Problem]:
    """Yield every source key below a node that ``data/sources.yaml`` does not have."""
    sources = store.sources().value
    if sources is None:
        return
    for key in _source_keys(node):
        if key.raw not in sources.sources:
            yield key.mark.problem(f"there is no source {key.raw!r}.", suggestion(key.raw, sources.sources))


def _source_keys(node: Node) -> Iterator[Node]:
    if isinstance(node.value, dict):
        for name, child in node.value.items():
            if name in _SOURCE_KEYS and isinstance(child.value, list):
                yield from child.value
            else:
                yield from _source_keys(child)
    elif isinstance(node.value, list):
        for child in node.value:
            yield from _source_keys(child)


def unknown_ids(children: object, kind: Kind, store: Store) -> Iterator[Problem]:
    """Yield the items of a YAML list (or the keys of a map) that are no id of a kind."""
    for child in children if isinstance(children, list) else []:
        if store.file(kind, child.raw) is None:
            sentence = f"there is no {kind} {child.raw!r}."
            yield child.mark.problem(sentence, suggestion(child.raw, store.ids(kind)))


def _misspelt_conditions(node: Node, store: Store) -> Iterator[Problem]:
    """Yield what looks like a slip in ``never_for``; it may name conditions that nobody wrote yet."""
    never_for = node.child("never_for")
    for child in never_for.value if never_for and isinstance(never_for.value, list) else []:
        close = get_close_matches(child.raw, store.ids("condition"), n=1, cutoff=0.85)
        if close and close[0] != child.raw:
            sentence = f"there is no condition {child.raw!r}."
            yield child.mark.problem(sentence, f"Did you mean {close[0]}?", warning=True)


def repeated(items: Node, what: str) -> Iterator[Problem]:
    """Yield the items of a YAML list that stand in it before."""
    seen: set[str] = set()
    for child in items.value if isinstance(items.value, list) else []:
        if child.raw in seen:
            yield child.mark.problem(f"{what} stands in the list before.", "Take one of them out.")
        seen.add(child.raw)


def _exercise_id_problems(node: Node, store: Store) -> Iterator[Problem]:
    named: dict[str, Node] = {}
    for key in ("exercises", "more_exercises"):
        for stage in STAGES:
            stage_node = node.under(key, stage)
            children = stage_node.value if stage_node and isinstance(stage_node.value, list) else []
            yield from unknown_ids(children, "exercise", store)
            for child in children:
                if child.raw in named:
                    sentence = f"{child.raw} stands in line {named[child.raw].mark.line} already."
                    yield child.mark.problem(sentence, "Name an exercise once.")
                named[child.raw] = child
    never = node.child("never")
    yield from unknown_ids(never.value if never else None, "exercise", store)
    caution = node.child("caution")
    for name, child in caution.value.items() if caution and isinstance(caution.value, dict) else ():
        if store.file("exercise", name) is None:
            mark = child.key or child.mark
            yield mark.problem(f"there is no exercise {name!r}.", suggestion(name, store.ids("exercise")))


def _message_problems(condition: Condition, node: Node) -> Iterator[Problem]:
    length = sum(len(statement.text) for statement in condition.message)
    if length > MOST_MESSAGE:
        sentence = f"the sentences of `message` have {length} characters, more than {MOST_MESSAGE}."
        yield node.place("message").problem(sentence, "Say it in fewer words.")


def _sheet_problems(condition: Condition, node: Node) -> Iterator[Problem]:
    exercises = condition.exercises
    printed = len(exercises.all())
    if printed > MOST_PRINTED:
        sentence = f"{printed} exercises are more than a patient keeps up ({MOST_PRINTED})."
        yield node.place("exercises").problem(sentence, "Move some to `more_exercises`.", warning=True)
    for stage in STAGES:
        if not exercises.of(stage):
            sentence = f"no exercise is printed for the stage `{stage}`."
            yield node.place("exercises", stage).problem(sentence, "Name at least one for each stage.")
    for key in ("do_now", "do_now_icon", "expect"):
        if node.child(key):
            sentence = f"`{key}` is printed for referral-only conditions alone."
            yield node.place(key).problem(sentence, "Take it out.")
    if condition.first_care is None:
        yield node.mark.problem(
            "`first_care` is missing.", "Say what to do first, or set referral_only: true."
        )
        return
    for part in _CARE_PARTS:
        care = getattr(condition.first_care, part)
        if not (care.do or care.instead or care.reason):
            sentence = f"`{part}` says neither what to do nor why not."
            yield node.place("first_care", part).problem(sentence, "Write `do`, `instead` or `reason`.")


def _template_problems(condition: Condition, node: Node, store: Store) -> Iterator[Problem]:
    own, bundled = store.places.template_folders()
    folders = [folder for folder in (own, bundled) if folder]
    if not any(
        (folder / condition.template).is_file() for folder in folders if "/" not in condition.template
    ):
        known = {path.name for folder in folders for path in folder.glob("*.html.j2")}
        sentence = f"there is no template {condition.template!r}."
        yield node.place("template").problem(sentence, suggestion(condition.template, known))


def _dose_problems(dose: Dose, allowed: DoseRange, node: Node) -> Iterator[Problem]:
    if not any((dose.reps, dose.hold_s, dose.minutes, dose.steps_each_way)):
        yield node.place("dose").problem("the dose does not say how much to do.", "Write `reps` or another.")
    for part in DoseRange.model_fields:
        limits: list[int] | None = getattr(allowed, part)
        if limits and limits[0] > limits[1]:
            sentence = f"`{part}` runs from {limits[0]} down to {limits[1]}."
            yield node.place("dose_range", part).problem(sentence, "Write the lower one first.")
    for part, value, low, high in outliers(dose, allowed):
        sentence = f"`{part}` is {value}, but its range is {low} to {high}."
        yield node.place("dose", part).problem(sentence, "Change one of them.", warning=True)
