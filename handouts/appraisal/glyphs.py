"""Characters of the content that no font can print, found before a patient's handout is refused for them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

from handouts.content.library import Library
from handouts.content.nodes import Node
from handouts.content.store import Record
from handouts.content.texts import character_mark, leaves
from handouts.errors import Problem
from handouts.typeset import unprintable


def glyph_problems(library: Library) -> tuple[Problem, ...]:
    """Return a problem for each character of each text that no font has, at its place."""
    found = (problem for node in _nodes(library) for problem in _of(node))
    return tuple(dict.fromkeys(found))


def _of(node: Node) -> Iterator[Problem]:
    for leaf in leaves(node):
        for character in unprintable(leaf.raw):
            name = unicodedata.name(character, "without a name")
            sentence = f"the character U+{ord(character):04X} ({name}) is in none of the fonts."
            yield character_mark(character, leaf).problem(sentence, "Write it with other letters.")


def _nodes(library: Library) -> Iterator[Node]:
    store = library.store
    for item in library.ids("condition"):
        yield from _tree(store.condition(item))
    for item in library.ids("exercise"):
        yield from _tree(store.exercise(item))
    for item in library.ids("clinic"):
        yield from _tree(store.clinic(item))
    for item in library.ids("packet"):
        yield from _tree(store.packet(item))
    yield from (*_tree(store.red_flags()), *_tree(store.sources()))
    for language in store.languages():
        yield from _tree(store.words(language))


def _tree(record: Record[Any] | None) -> tuple[Node, ...]:
    return (record.node,) if record and record.node else ()
