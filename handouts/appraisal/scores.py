"""The score table of the whole library, and the list of what still wants a better source, as Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from handouts import typeset
from handouts.appraisal import Appraisal, appraise
from handouts.appraisal.checklist import Answer, percent
from handouts.appraisal.sheet import CLINIC, ORDER
from handouts.content.library import Library
from handouts.content.readability import HIGHEST_GRADE
from handouts.content.unsourced import Fact, weak_facts
from handouts.drawings import draw_figures

_HEAD = ("handout", "grade", "prose", "SMOG", "words a sentence", "PEMAT-P", "CDC", "pages")
_MADE = "Made by `make scores` from the content as it is; change nothing here by hand."
_SCORES = f"""\
Grade is Flesch-Kincaid of all that a sheet says up to its sources; the gate is {HIGHEST_GRADE:g}. Prose
leaves out steps, doses and items that are no sentence, which are short by nature; the gate holds for it, too.
PEMAT-P and the CDC Index are scored for the items that a machine can answer, in percent of those that apply;
[pemat.md](pemat.md) has what only a person can judge. Pages: letter, standard print, with running."""
_WEAK = """\
Each of these rests on general knowledge of the field (`GK`), or on a source that was read second hand
(tier C in `data/sources.yaml`); "in part" where a better source stands beside it. A clinician has to
confirm it, or somebody has to find its source."""


def score_table(library: Library) -> str:
    """Return the table of all conditions. Raises HandoutError where a sheet cannot be made."""
    appraisals = [appraise(library, item) for item in library.ids("condition")]
    lines = [
        "# Scores of the library",
        "",
        _MADE,
        "",
        _SCORES,
        "",
        _row(_HEAD),
        _row(["---", *["---:"] * (len(_HEAD) - 1)]),
        *(_row(_scores(library, appraisal)) for appraisal in appraisals),
        "",
        *_unmet(appraisals),
    ]
    return "\n".join(lines) + "\n"


def _scores(library: Library, appraisal: Appraisal) -> tuple[str, ...]:
    reading = appraisal.reading
    return (
        appraisal.condition,
        f"{reading.grade:.1f}",
        f"{reading.prose_grade:.1f}",
        f"{reading.smog:.1f}",
        f"{reading.mean_sentence:.1f}",
        str(percent(appraisal.pemat)),
        str(percent(appraisal.cdc)),
        str(_pages(library, appraisal)),
    )


def _pages(library: Library, appraisal: Appraisal) -> int:
    drawn = draw_figures(appraisal.document, library, CLINIC, ORDER)
    return len(typeset.make_up(appraisal.document, CLINIC, ORDER, drawn).pages)


def _unmet(appraisals: list[Appraisal]) -> Iterator[str]:
    """Yield what is not met, item by item, with the handouts that it is not met in."""
    yield "## Not met"
    yield ""
    found: dict[tuple[str, Answer], list[str]] = {}
    for appraisal in appraisals:
        for instrument, answers in (("PEMAT-P", appraisal.pemat), ("CDC", appraisal.cdc)):
            for answer in answers:
                if answer.met is False:
                    found.setdefault((instrument, answer), []).append(appraisal.condition)
    for (instrument, answer), conditions in found.items():
        yield f"- {instrument} {answer.item}, {answer.question} {', '.join(conditions)}"
    if not found:
        yield "Nothing."


def weak_table(library: Library) -> str:
    """Return the list of every printed fact that still wants a better source."""
    facts = weak_facts(library)
    lines = [
        "# Facts without a first-hand source",
        "",
        _MADE,
        "",
        _WEAK,
        "",
        _counts(facts),
    ]
    for (kind, item), own in groupby(facts, key=lambda fact: (fact.kind, fact.item)):
        lines += ["", f"## {item} ({kind})" if kind != item else f"## {item}", ""]
        lines += [f"- `{fact.part}` {_escaped(fact.text)} ({_because(fact)})" for fact in own]
    return "\n".join(lines) + "\n"


def _counts(facts: Sequence[Fact]) -> str:
    counts = Counter(fact.ground for fact in facts)
    told = [f"{counts[ground]} {ground}" for ground in ("general knowledge", "second hand", "in part")]
    return f"{len(facts)} facts: {', '.join(told)}."


def _because(fact: Fact) -> str:
    keys = ", ".join(fact.keys)
    return f"in part: {keys}" if fact.ground == "in part" else keys


def _row(cells: tuple[str, ...] | list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _escaped(text: str) -> str:
    return text.replace("*", r"\*").replace("_", r"\_").replace("<", "&lt;")
