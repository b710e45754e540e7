"""How easily a handout is read: grade, sentence length, and what a plain-language editor would mark.

What counts are paragraphs, steps, list items and table cells, up to the sources. Headings, labels ("Watch
for:"), what is written in by hand and the names of sources do not: they would flatter or spoil the grade.
Every item counts as a sentence at least, as it is read as one.

The gate is the Flesch-Kincaid grade, of all that counts and of the prose alone: steps, doses and items that
are no sentence are short by nature and would hide a hard page. SMOG stands beside it: the two can differ.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from handouts.content.models import Term
from handouts.content.syllables import syllables
from handouts.document import (
    Block,
    Document,
    Group,
    Heading,
    ListBlock,
    Paragraph,
    Runs,
    Table,
    plain,
    walk,
)

HIGHEST_GRADE = 6.0
LONGEST_SENTENCE = 25
"""Words; the aim is about 15. Beyond this one the sentence is told."""
HARDEST_SENTENCE = 14.0
"""Grade: one such sentence hides in a whole sheet, so it is told by itself, from eight words on."""
LONGEST_LIST = 7

_LABELS = frozenset(
    {
        *("wordmark", "band-line", "phone", "band-note", "slot", "other-names", "box-head", "room-label"),
        *("fine", "cover-line"),
    }
)
_TERSE = frozenset({"dose", "feel", "tips"})
_WORD = re.compile(r"[^\W\d_]+(?:['’.-]?[^\W_]+)*|\d+(?:[.,:]\d+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’)]*\s+(?=\S)")
_PARTICIPLES = (
    "been|broken|brought|caught|done|drawn|driven|felt|found|given|held|kept|known|left|made|put|seen|sent|set|shown|"
    "taken|taught|told|torn|worn|written"
)
_NOT_PASSIVE = "need|tired|used|worried|bruised|bleed|red|allowed|speed|swollen|supposed|advanced|relaxed"
_PASSIVE = re.compile(
    rf"\b(?:am|is|are|was|were|be|been|being|gets?|got)\b(?: (?:not|often|now|also|only|never|always|\w+ly))?"
    rf" (?!(?:{_NOT_PASSIVE})\b)(?:[a-z]{{2,}}ed|{_PARTICIPLES})\b",
    re.IGNORECASE,
)
_SUM = re.compile(
    r"\d+ ?%|\bper ?cent\b"
    r"|\b(?:half|twice|double|triple|a third|a quarter|two thirds)(?: of)? (?:your|the|what|as)"
    r" (?:usual|normal|old|weekly|distance|weight|time|dose|load|speed|pace|week|you|much|many|far|long)\b"
    r"|\b(?:times|divided by|multipl\w+|add up|subtract\w*|minus|plus)\s(?:your|the|\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph, step, item or cell; ``prose`` is false for what is terse by nature."""

    text: str
    prose: bool = True


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in one text; sentences and words are told as they stand in it.

    ``grade``, ``prose_grade`` and ``smog`` are school grades. ``unexplained`` are medical terms whose first
    use has no plain word beside it; ``sums`` are sentences with a number that the reader has to work out.
    """

    grade: float
    prose_grade: float
    smog: float
    words: int
    sentences: int
    longest_sentence: str
    long_sentences: tuple[str, ...]
    hard_sentences: tuple[str, ...]
    passive: tuple[str, ...]
    unexplained: tuple[Unexplained, ...]
    long_lists: tuple[int, ...]
    sums: tuple[str, ...]

    @property
    def highest_grade(self) -> float:
        """The grade that the gate is held against."""
        return max(self.grade, self.prose_grade)

    @property
    def mean_sentence(self) -> float:
        """The mean number of words in a sentence."""
        return self.words / self.sentences if self.sentences else 0.0


@dataclass(frozen=True, slots=True)
class Unexplained:
    """A medical term, the sentence of its first use, and the plain words that would explain it."""

    term: str
    sentence: str
    plain: str


def read(document: Document, terms: Mapping[str, Term], sources_heading: str) -> Reading:
    """Return how easily a document is read, up to the section with the heading of the sources."""
    blocks = tuple(_before(document.blocks, sources_heading))
    passages = [found for block in blocks for found in _passages(block) if _WORD.search(found.text)]
    lists = tuple(
        len(block.items) for block in walk(blocks) if isinstance(block, ListBlock) and not block.style
    )
    return measure(passages, terms, lists)


def measure(passages: Sequence[Passage], terms: Mapping[str, Term], lists: tuple[int, ...] = ()) -> Reading:
    """Return how easily some passages are read; ``lists`` are the lengths of the lists among them."""
    said = [sentence for passage in passages for sentence in sentences(passage.text)]
    prose = [sentence for passage in passages if passage.prose for sentence in sentences(passage.text)]
    lengths = [len(words(sentence)) for sentence in said]
    return Reading(
        grade=flesch_kincaid(said),
        prose_grade=flesch_kincaid(prose),
        smog=smog(said),
        words=sum(lengths),
        sentences=len(said),
        longest_sentence=max(said, key=lambda sentence: len(words(sentence)), default=""),
        long_sentences=tuple(
            sentence for sentence, length in zip(said, lengths, strict=True) if length > LONGEST_SENTENCE
        ),
        hard_sentences=tuple(
            sentence
            for sentence, length in zip(said, lengths, strict=True)
            if 8 <= length <= LONGEST_SENTENCE and flesch_kincaid([sentence]) > HARDEST_SENTENCE
        ),
        passive=tuple(sentence for sentence in said if _PASSIVE.search(sentence)),
        unexplained=tuple(_unexplained(said, terms)),
        long_lists=tuple(length for length in lists if length > LONGEST_LIST),
        sums=tuple(sentence for sentence in said if _SUM.search(sentence)),
    )


def flesch_kincaid(said: Sequence[str]) -> float:
    """Return the Flesch-Kincaid grade of some sentences; 0 for none."""
    counts = [syllables(word) for sentence in said for word in words(sentence)]
    if not counts:
        return 0.0
    return 0.39 * len(counts) / len(said) + 11.8 * sum(counts) / len(counts) - 15.59


def smog(said: Sequence[str]) -> float:
    """Return the SMOG grade of some sentences, by how many words have three syllables or more; 0 for none."""
    if not said:
        return 0.0
    long_words = sum(syllables(word) >= 3 for sentence in said for word in words(sentence))
    return 1.043 * math.sqrt(long_words * 30 / len(said)) + 3.1291


def sentences(text: str) -> list[str]:
    """Return the sentences of a text; one without a full stop is a sentence, too."""
    return [part.strip() for part in _SENTENCE_END.split(text.strip()) if _WORD.search(part)]


def words(text: str) -> list[str]:
    """Return the words and numbers of a text; what hyphens join is one word."""
    return _WORD.findall(text)


def _before(blocks: tuple[Block, ...], heading: str) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Group) and block.blocks:
            first = block.blocks[0]
            if isinstance(first, Heading) and plain(first.runs) == heading:
                return
        yield block


def _passages(block: Block) -> Iterator[Passage]:
    match block:
        case Paragraph(style=style, runs=runs) if style not in _LABELS:
            yield Passage(_unlabelled(runs), style not in _TERSE)
        case ListBlock(ordered=steps) if block.style not in _LABELS:
            for item in block.items:
                text = _unlabelled(item.runs)
                yield Passage(text, not steps and text.endswith((".", "!", "?")))
                if item.nested:
                    yield from _passages(item.nested)
        case Table(body=body) if block.style != "log":
            cells = (cell for row in body for cell in row if not cell.header)
            yield from (
                Passage(_unlabelled(line), block.style == "help") for cell in cells for line in cell.lines
            )
        case Group(blocks=children):
            for child in children:
                yield from _passages(child)
        case _:
            return


def _unlabelled(runs: Runs) -> str:
    """Return a text without its labels (bold: three words, or a colon) and without what is filled in."""
    kept = [run for run in runs if not run.slot]
    several = sum(bool(run.text.strip()) for run in kept) > 1
    return plain(tuple(run for run in kept if not (run.strong and _is_label(run.text, alone=not several))))


def _is_label(text: str, *, alone: bool) -> bool:
    return text.rstrip().endswith(":") or (not alone and len(words(text)) <= 3)


def _unexplained(said: Sequence[str], terms: Mapping[str, Term]) -> Iterator[Unexplained]:
    for name, term in terms.items():
        pattern = _any_of([name, *term.also])
        first = next((number for number, sentence in enumerate(said) if pattern.search(sentence)), None)
        if first is None:
            continue
        beside = " ".join(said[first : first + 2])
        taught = any(found.search(beside) for found in (_any_of(term.means), *_definitions(pattern)))
        if not taught:
            yield Unexplained(name, said[first], term.means[0])


def _any_of(phrases: Sequence[str]) -> re.Pattern[str]:
    joined = "|".join(re.escape(phrase) for phrase in phrases)
    return re.compile(rf"(?<![\w-])(?:{joined})(?:s|es)?(?![\w-])", re.IGNORECASE)


def _definitions(term: re.Pattern[str]) -> tuple[re.Pattern[str], ...]:
    """Return what teaches a term: 'a bursa is a cushion', 'this is called bursitis'."""
    return (
        re.compile(rf"{term.pattern}(?: \w+)? (?:is|are|means?) (?:an?|the|pain)\b", re.IGNORECASE),
        re.compile(rf"\b(?:called|(?:word|name) for \w+ is)(?: an?| the)? {term.pattern}", re.IGNORECASE),
    )
