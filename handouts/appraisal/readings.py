"""What only a person can judge: the form that a reader fills in for one handout, and the table of all.

A form is a page of Markdown with a table for each instrument; the reader writes an answer beside each item
and, where it is no, why. ``make scores`` counts, so that nobody has to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from handouts.content.models import Condition

Instrument = Literal["PEMAT-P", "CDC Clear Communication Index"]
UNREAD = "?"
NOT_APPLICABLE = "–"
ANSWERS = ("y", "n", NOT_APPLICABLE, UNREAD)

UNDERSTANDABLE = range(1, 20)
ACTIONABLE = range(20, 27)
CDC = range(1, 21)
GOAL = 90
"""Percent."""

QUESTIONS: Mapping[Instrument, Mapping[int, str]] = {
    "PEMAT-P": {
        1: "Is it clear at once what it is for?",
        2: "Is nothing in it that does not belong?",
        3: "Are the words everyday words?",
        4: "Are medical words there to teach them, and explained?",
        5: "Is the active voice the rule?",
        6: "Are numbers clear?",
        7: "Does nobody have to calculate?",
        8: "Are the chunks short?",
        9: "Do headings say what follows?",
        10: "Is the order what a reader expects?",
        11: "Is there a summary?",
        12: "Do boxes, bold and colour mark the key points?",
        15: "Is there a picture wherever it would help?",
        16: "Do pictures support the text?",
        17: "Do pictures have captions?",
        18: "Are pictures clear and uncluttered?",
        19: "Are tables simple, with short heads?",
        20: "Is there at least one thing to do?",
        21: 'Is the reader spoken to as "you"?',
        22: "Is it parted into explicit steps?",
        23: "Is there a tool to act with?",
        24: "Are calculations shown?",
        25: "Is it told how to use tables to act?",
        26: "Is there a picture wherever it makes acting easier?",
    },
    "CDC Clear Communication Index": {
        1: "Is there one main message?",
        2: "Does it come first?",
        3: "Is it set apart for the eye?",
        4: "Does a picture support it?",
        5: "Is the reader called to act?",
        6: "Are message and call in the active voice?",
        7: "Is each unfamiliar word explained?",
        8: "Are there lists, none over seven items?",
        9: "Does each chunk have its own heading?",
        10: "Is what matters most in the first part?",
        11: "Is it said what is known and what is not?",
        12: "Is there a recommendation?",
        13: "Is it said why it matters?",
        14: "Is it said how, and whom to call when?",
        15: "Are the numbers familiar ones?",
        16: "Is it said what numbers mean?",
        17: "Does nobody have to calculate?",
        18: "Is it said what the risk is?",
        19: "Are risks and benefits of the advice told?",
        20: "Is a probability told in words or a picture, too?",
    },
}

_READ = re.compile(r"^Read on (\d{4}-\d{2}-\d{2}), version ([\d.]+)\.$", re.MULTILINE)
_ROW = re.compile(r"^\| (\d+) \| [^|]* \| ([^|]*) \| ?([^|]*) ?\|$", re.MULTILINE)


class FormError(ValueError):
    """A form cannot be counted; the sentences say why."""


@dataclass(frozen=True, slots=True)
class Form:
    """One handout as a reader has judged it.

    ``day`` and ``version`` are empty while nobody has read it; ``answers`` and ``reasons`` are by instrument
    and item, as :data:`QUESTIONS`.
    """

    day: str
    version: str
    answers: Mapping[tuple[Instrument, int], str]
    reasons: Mapping[tuple[Instrument, int], str]

    @property
    def is_read(self) -> bool:
        """Whether somebody has answered."""
        return bool(self.day)

    def share(self, instrument: Instrument, items: range) -> tuple[int, int]:
        """Return how many of some items are met, and how many of them apply."""
        given = [
            answer for (name, item), answer in self.answers.items() if name == instrument and item in items
        ]
        return given.count("y"), len(given) - given.count(NOT_APPLICABLE)


def blank_form(condition: Condition) -> str:
    """Return the form of a handout that nobody has read yet."""
    lines = [
        f"# {condition.title}",
        "",
        f"`{condition.id}`, as the example clinic prints it: letter, standard print, no running cleared.",
        "",
        "Not read yet.",
    ]
    for instrument, questions in QUESTIONS.items():
        lines += [
            "",
            f"## {instrument}",
            "",
            "| item | asked | answer | why not |",
            "| ---: | --- | :-: | --- |",
        ]
        lines += [f"| {item} | {question} | {UNREAD} | |" for item, question in questions.items()]
    return "\n".join(lines) + "\n"


def read_form(text: str) -> Form:
    """Return what a form says; raises FormError with everything that keeps it from being counted."""
    read = _READ.search(text)
    answers: dict[tuple[Instrument, int], str] = {}
    reasons: dict[tuple[Instrument, int], str] = {}
    faults: list[str] = []
    for instrument, questions in QUESTIONS.items():
        section = text.partition(f"\n## {instrument}\n")[2].partition("\n## ")[0]
        rows = {int(item): (answer.strip(), why.strip()) for item, answer, why in _ROW.findall(section)}
        faults += [f"{instrument} {item}: there is no such row." for item in questions if item not in rows]
        faults += [f"{instrument} {item}: there is no such item." for item in rows if item not in questions]
        for item, (answer, why) in rows.items():
            answers[instrument, item], reasons[instrument, item] = answer, why
            if answer not in ANSWERS:
                faults.append(f"{instrument} {item}: {answer!r} is none of y, n, {NOT_APPLICABLE}.")
            elif answer == "n" and not why:
                faults.append(f"{instrument} {item}: the answer is no, but not why.")
            elif (answer == UNREAD) is bool(read):
                faults.append(f"{instrument} {item}: the answer is {answer!r}, but the page says otherwise.")
    if faults:
        raise FormError("\n".join(faults))
    return Form(read[1] if read else "", read[2] if read else "", answers, reasons)


_INTRO = f"""\
# What only a person can judge

Made by `make scores` from the forms in [pemat](pemat); change nothing here by hand.

PEMAT-P and the CDC Clear Communication Index hold items that no machine can answer. Somebody who did not
write a handout reads it from the first line to the last, as the example clinic prints it (letter, standard
print, no running cleared), and answers every item in its form: y for yes, n for no with the reason,
{NOT_APPLICABLE} where it does not apply. PEMAT's items 13 and 14 are about sound and film. What a machine can
answer is in [scores.md](scores.md). Where a fault was mended after the reading, the answer is that of whoever
mended it, for the sheet as it is now; it waits for the next reading.

The goal is {GOAL} %: of what applies, the share that is met."""


def readings_page(conditions: Mapping[str, Condition], forms: Mapping[str, Form]) -> str:
    """Return the page with the shares of all handouts, and with why an answer is no, by what is asked."""
    lines = [
        _INTRO,
        "",
        "| handout | read on | PEMAT-P, understandable | PEMAT-P, actionable | CDC Index |",
        "| --- | --- | ---: | ---: | ---: |",
        *(_row(condition, forms[item]) for item, condition in conditions.items()),
        "",
        "## Not met",
        "",
        *_unmet(forms),
    ]
    return "\n".join(lines) + "\n"


def _row(condition: Condition, form: Form) -> str:
    cells = [f"[{condition.id}](pemat/{condition.id}.md)"]
    if form.is_read:
        changed = "" if form.version == condition.version else f" ({form.version}; changed since)"
        cells.append(f"{form.day}{changed}")
        cells += [
            _told(*form.share("PEMAT-P", UNDERSTANDABLE)),
            _told(*form.share("PEMAT-P", ACTIONABLE)),
            _told(*form.share("CDC Clear Communication Index", CDC)),
        ]
    else:
        cells += ["not yet", "", "", ""]
    return f"| {' | '.join(cells)} |"


def _told(met: int, applicable: int) -> str:
    percent = round(100 * met / applicable) if applicable else 0
    return f"{percent} % ({met} of {applicable})"


def _unmet(forms: Mapping[str, Form]) -> Iterator[str]:
    found = False
    for instrument, questions in QUESTIONS.items():
        for item, question in questions.items():
            for name, form in forms.items():
                if form.answers[instrument, item] == "n":
                    found = True
                    yield f"- {instrument} {item}, {question} {name}: {form.reasons[instrument, item]}"
    if not found:
        yield "Nothing." if any(form.is_read for form in forms.values()) else "Nobody has read one yet."
