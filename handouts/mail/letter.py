"""The words of a mail for one clinic in one language: the same for each patient, as they tell of none."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from textwrap import fill

from handouts import compose, markup
from handouts.clinic import Clinic
from handouts.content.library import Library
from handouts.document import Block, Document, Group, Heading, ListBlock, Paragraph, block_lines
from handouts.mail.html import to_html

_WIDTH = 72


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail says beside its file: who it is from, the subject, and the same words in two forms."""

    clinic: str
    subject: str
    text: str
    html: str


class Letters:
    """The letters of a library's clinics, each written once."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self.written = cache(self._written)

    def _written(self, clinic: str, language: str, *, locked: bool) -> Letter:
        """Return the letter of a clinic's id; raises HandoutError as compose and markup do."""
        return write_letter(self._library, self._library.clinic(clinic), language, locked=locked)


def write_letter(library: Library, clinic: Clinic, language: str, *, locked: bool) -> Letter:
    """Return what a clinic writes; ``locked`` says that the file wants a passphrase. Raises TemplateError."""
    composed = compose.mail(library, clinic, language, locked=locked)
    document = compose.finished(composed, markup.parse(composed.text, composed.template))
    return Letter(clinic.name, document.title, to_text(document), to_html(document, clinic.accent))


def to_text(document: Document) -> str:
    """Return the document in plain text, for those who read mail without HTML: a blank line parts blocks."""
    return "\n\n".join(_paragraphs(document.blocks)) + "\n"


def _paragraphs(blocks: tuple[Block, ...]) -> list[str]:
    found: list[str] = []
    for block in blocks:
        match block:
            case Group(blocks=children):
                found += _paragraphs(children)
            case Heading() | Paragraph():
                found += [fill(line, _WIDTH, break_on_hyphens=False) for line in block_lines(block)]
            case ListBlock():
                found.append("\n".join(block_lines(block)))
            case _:
                found += [line for line in block_lines(block) if line]
    return [paragraph for paragraph in found if paragraph]
