"""What was read, as problems with the place of the words that cause them."""

from __future__ import annotations

from collections.abc import Iterator

from handouts.content.library import Library
from handouts.content.models import Condition
from handouts.content.nodes import Mark, Node
from handouts.content.readability import (
    HIGHEST_GRADE,
    LONGEST_LIST,
    LONGEST_SENTENCE,
    Reading,
    flesch_kincaid,
    sentences,
    words,
)
from handouts.content.texts import leaves, place_of
from handouts.content.yaml_text import shortened
from handouts.errors import Problem


def reading_problems(library: Library, condition: Condition, reading: Reading) -> Iterator[Problem]:
    """Yield a problem for a sheet that is too hard, and a warning for each thing that makes it so."""
    file = library.origin("condition", condition.id)
    nodes = tuple(_nodes(library, condition))
    if reading.highest_grade > HIGHEST_GRADE:
        hardest = _hardest(nodes[0]) if nodes else ""
        mark = place_of(hardest, nodes) or Mark(file, 0, 0)
        sentence = (
            f"the sheet reads at grade {reading.highest_grade:.1f}; at most {HIGHEST_GRADE:.1f} is printed."
        )
        advice = f"Begin with the hardest sentence: '{shortened(hardest, 80)}'"
        yield mark.problem(sentence, advice)
    for said in reading.long_sentences:
        sentence = f"a sentence has {len(words(said))} words: '{shortened(said)}'"
        advice = f"Make two of it: about 15 words, at most {LONGEST_SENTENCE}."
        yield _placed(said, nodes, file).problem(sentence, advice, warning=True)
    for said in reading.hard_sentences:
        sentence = f"a sentence reads at grade {flesch_kincaid([said]):.0f}: '{shortened(said)}'"
        yield _placed(said, nodes, file).problem(
            sentence, "Use shorter words, or make two of it.", warning=True
        )
    for term in reading.unexplained:
        sentence = f"'{term.term}' is not explained at its first use: '{shortened(term.sentence, 60)}'"
        advice = f"Say it in plain words there or in the next sentence: {term.plain}."
        yield _placed(term.sentence, nodes, file).problem(sentence, advice, warning=True)
    for said in reading.sums:
        sentence = f"the reader has to work a number out: '{shortened(said)}'"
        yield _placed(said, nodes, file).problem(sentence, "Say the number itself.", warning=True)
    for length in reading.long_lists:
        sentence = f"a list has {length} items."
        yield Problem(file, 0, 0, sentence, f"Keep {LONGEST_LIST}, or part it.", warning=True)


def _placed(said: str, nodes: tuple[Node, ...], file: str) -> Mark:
    return place_of(said, nodes) or Mark(file, 0, 0)


def _nodes(library: Library, condition: Condition) -> Iterator[Node]:
    """Yield the trees that a sheet's words come from, the condition's own first."""
    store = library.store
    records = [store.condition(condition.id), *(store.exercise(item) for item in condition.exercises.all())]
    records += [store.red_flags(), store.words(condition.language)]  # type: ignore[list-item] # only trees are asked
    yield from (record.node for record in records if record and record.node)


def _hardest(node: Node) -> str:
    """Return the condition's own sentence with the highest grade."""
    own = [said for leaf in leaves(node) for said in sentences(leaf.raw) if len(words(said)) > 4]
    return max(own, key=lambda said: flesch_kincaid([said]), default="")
