"""How good a handout is for whom it is for: read as composed, before anybody prints it.

::

    sheet     the condition's own sheet, composed for no clinic in particular
    reading   grade, long sentences, unexplained words -> problems with a place     (content.readability)
    checklist PEMAT-P and the CDC Index: what a machine can answer of them
    glyphs    characters of the content that no font can print
    rehearsal templates and logos that only making would show to be broken
    scores    the table of the whole library: python -m handouts.appraisal

What only a person can judge stands in docs/pemat.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from handouts.appraisal import checklist
from handouts.appraisal.checklist import Answer
from handouts.appraisal.reading import reading_problems
from handouts.appraisal.sheet import composed
from handouts.compose.faults import problem
from handouts.content.library import Library
from handouts.content.readability import Reading, read
from handouts.document import Document
from handouts.errors import HandoutError, Problem, TemplateError


@dataclass(frozen=True, slots=True)
class Appraisal:
    """What was found in the sheet of one condition; ``problems`` hold warnings, too."""

    condition: str
    document: Document
    reading: Reading
    pemat: tuple[Answer, ...]
    cdc: tuple[Answer, ...]
    problems: tuple[Problem, ...]


def appraise(library: Library, condition_id: str) -> Appraisal:
    """Return what is to be said of a condition's sheet.

    Raises HandoutError: content with problems, or a template that does not work.
    """
    document = composed(library, condition_id)
    condition = library.condition(condition_id)
    words = library.words(condition.language).words
    terms = library.terms(condition.language)
    reading = read(document, terms, words.get("sources_heading", ""))
    return Appraisal(
        condition_id,
        document,
        reading,
        checklist.pemat(document, reading),
        checklist.cdc(document, reading),
        tuple(reading_problems(library, condition, reading)),
    )


def template_problem(library: Library, condition_id: str, error: HandoutError) -> Problem:
    """Return what keeps a condition from being composed as a problem of its file, or of its template's."""
    if isinstance(error, TemplateError):
        return problem(error, library.template_folders())
    sentence = f"its sheet cannot be composed: {error.where + ': ' if error.where else ''}{error.sentence}"
    return Problem(library.origin("condition", condition_id), 0, 0, sentence, error.advice)


__all__ = ["Answer", "Appraisal", "appraise", "template_problem"]
