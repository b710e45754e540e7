"""Every printed fact that still rests on general knowledge, or on a source read second hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from handouts.content.library import Library
from handouts.content.nodes import Node
from handouts.content.store import Record

Ground = Literal["general knowledge", "second hand", "in part"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement, where it stands and what it rests on; ``keys`` are its sources."""

    kind: str
    item: str
    part: str
    text: str
    keys: tuple[str, ...]
    ground: Ground


def weak_facts(library: Library) -> tuple[Fact, ...]:
    """Return the facts of all conditions, exercises, signs and fixed words that rest on little or do in part.

    In part: a better source stands beside, but which words it supports is not said.
    """
    store = library.store
    found: list[Fact] = []
    for item in library.ids("condition"):
        found += _of("condition", item, store.condition(item), library)
    for item in library.ids("exercise"):
        found += _of("exercise", item, store.exercise(item), library)
    found += _of("warning signs", "red-flags", store.red_flags(), library)
    for language in store.languages():
        found += _of("fixed words", f"words/{language}", store.words(language), library)
    return tuple(found)


def _of(kind: str, item: str, record: Record[Any] | None, library: Library) -> Iterator[Fact]:
    if record and record.node:
        for part, node in _cited(record.node, ""):
            keys = _keys(node)
            ground = _ground(keys, library)
            if ground:
                yield Fact(kind, item, part, _text(node), keys, ground)


def _cited(node: Node, part: str) -> Iterator[tuple[str, Node]]:
    """Yield every map that names its sources, with the name of the part of the file that it stands in."""
    if isinstance(node.value, dict):
        if "sources" in node.value:
            yield part or "the whole exercise", node
        if "not_better_sources" in node.value:
            yield "not_better_weeks", node
        for name, child in node.value.items():
            yield from _cited(child, f"{part}.{name}" if part else name)
    elif isinstance(node.value, list):
        for child in node.value:
            yield from _cited(child, part)


def _keys(node: Node) -> tuple[str, ...]:
    listed = node.child("sources") or node.child("not_better_sources")
    children = listed.value if listed and isinstance(listed.value, list) else []
    return tuple(child.raw for child in children)


def _ground(keys: tuple[str, ...], library: Library) -> Ground | None:
    tiers = {library.source(key).tier for key in keys}
    if not tiers & {"C", "general"}:
        return None
    if tiers & {"A", "B"}:
        return "in part"
    return "second hand" if "C" in tiers else "general knowledge"


def _text(node: Node) -> str:
    said = (node.child(name) for name in ("text", "question", "answer", "do", "do_not", "instead"))
    texts = [" ".join(child.raw.split()) for child in said if child]
    if texts:
        return " ".join(texts)
    other = node.child("not_better_weeks") or node.child("title") or node.child("reason")
    return " ".join(other.raw.split()) if other else ""
