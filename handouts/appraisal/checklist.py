"""PEMAT-P and the CDC Clear Communication Index: the items that a machine can answer, asked of a document.

The numbers are those of the two instruments, the questions in our own words. An item that needs a person is
not guessed here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from handouts.content.readability import LONGEST_LIST, Reading, sentences, words
from handouts.document import (
    Block,
    Document,
    Figure,
    Group,
    Heading,
    ListBlock,
    Paragraph,
    Table,
    WritingLines,
    plain,
    text,
    walk,
)

LONGEST_PARAGRAPH = 100
"""Words in one paragraph that still is a short chunk; guides to plain language allow 150."""
LONGEST_MESSAGE = 40
"""Words of a main message that still is one."""
LONGEST_TABLE_HEAD = 12
"""Words: the heads of the get-help box are whole instructions, such as whom to see today."""
MOST_PASSIVE = 0.05
"""The share of sentences that may be passive where the active voice is the rule."""
_YOU = re.compile(r"\byou(?:r|rs|rself)?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """One item: its number, what is asked, and yes, no or not applicable (None)."""

    item: int
    question: str
    met: bool | None


def percent(answers: tuple[Answer, ...]) -> int:
    """Return the share of applicable items that are met, in percent."""
    applicable = [answer.met for answer in answers if answer.met is not None]
    return round(100 * sum(applicable) / len(applicable)) if applicable else 0


class _Sheet:
    """The parts of a document that the questions are about."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.blocks = tuple(walk(document.blocks))
        self.groups = [block for block in self.blocks if isinstance(block, Group)]
        self.tables = [block for block in self.blocks if isinstance(block, Table)]
        self.lists = [block for block in self.blocks if isinstance(block, ListBlock) and not block.style]
        self.message = next((plain(p.runs) for p in self.paragraphs("message")), "")

    def paragraphs(self, style: str | None = None) -> Iterator[Paragraph]:
        for block in self.blocks:
            if isinstance(block, Paragraph) and style in (None, block.style):
                yield block

    def framed(self, frame: str) -> int | None:
        """Return the place in reading order of the first box of a kind."""
        places = (
            n for n, block in enumerate(self.blocks) if isinstance(block, Group) and block.frame == frame
        )
        return next(places, None)

    def first_section(self) -> int:
        places = (n for n, block in enumerate(self.blocks) if isinstance(block, Heading) and block.level == 2)
        return next(places, len(self.blocks))

    def chunks_are_short(self) -> bool:
        lengths = [len(words(plain(p.runs))) for p in self.paragraphs() if p.style != "fine"]
        return max(lengths, default=0) <= LONGEST_PARAGRAPH and self.lists_are_short()

    def lists_are_short(self) -> bool:
        return all(len(found.items) <= LONGEST_LIST for found in self.lists)

    def rows_are_short(self) -> bool:
        """Say whether no cell holds more lines than a list may have items: each line is read as one."""
        rows = (row for table in self.tables for row in table.head + table.body)
        return all(len(cell.lines) <= LONGEST_LIST for row in rows for cell in row)

    def sections_have_headings(self) -> bool:
        sections = [group for group in self.groups if group.kind == "section"]
        return bool(sections) and all(any(_opens(block) for block in group.blocks[:1]) for group in sections)

    def pictures_have_captions(self) -> bool | None:
        """Say whether a drawing has its caption, title or words beside it; the logo needs none."""
        shown = [
            (group, figure)
            for group in self.groups
            for figure in group.blocks
            if isinstance(figure, Figure) and figure.source != "logo"
        ]
        if not shown:
            return None
        return all(any(isinstance(block, Paragraph) for block in group.blocks) for group, _ in shown)

    def table_heads_are_short(self) -> bool | None:
        if not self.tables:
            return None
        heads = [
            [plain(line) for row in table.head + table.body for c in row if c.header for line in c.lines]
            for table in self.tables
        ]
        return all(found and all(len(words(head)) <= LONGEST_TABLE_HEAD for head in found) for found in heads)

    def has_action(self) -> bool:
        """Say whether there is something to do: numbered steps, or a list of whole sentences."""
        whole = (plain(item.runs).endswith((".", "?", "!")) for found in self.lists for item in found.items)
        return any(found.ordered for found in self.lists) or any(whole)

    def steps_are_explicit(self) -> bool:
        steps = [item for found in self.lists if found.ordered for item in found.items]
        told = steps or [item for found in self.lists for item in found.items]
        return bool(told) and all(len(words(plain(item.runs))) <= 25 for item in told)

    def has_tool(self) -> bool:
        logs = any(table.style == "log" for table in self.tables)
        return logs or any(isinstance(block, WritingLines) for block in self.blocks)


def _opens(block: Block) -> bool:
    """Say whether a section opens with its heading, itself or in the box that holds its first lines."""
    if isinstance(block, Group) and block.blocks:
        return _opens(block.blocks[0])
    return isinstance(block, Heading)


def pemat(document: Document, reading: Reading) -> tuple[Answer, ...]:
    """Return the answers to the items of PEMAT-P that a machine can give."""
    sheet = _Sheet(document)
    passive = len(reading.passive) <= MOST_PASSIVE * reading.sentences
    spoken_to = len(_YOU.findall(text(document))) >= reading.words / 100
    cues = None not in (sheet.framed("bar"), sheet.framed("alert"))
    return (
        Answer(4, "Is each medical word explained where it is first used?", not reading.unexplained),
        Answer(5, "Is the active voice the rule?", passive),
        Answer(7, "Is nobody asked to work a number out?", not reading.sums),
        Answer(8, "Are the chunks short: paragraphs and lists?", sheet.chunks_are_short()),
        Answer(9, "Does every section begin with a heading?", sheet.sections_have_headings()),
        Answer(12, "Do boxes set the key points apart?", cues),
        Answer(17, "Does each picture have a caption or title?", sheet.pictures_have_captions()),
        Answer(19, "Do tables have short heads of rows or columns?", sheet.table_heads_are_short()),
        Answer(20, "Is there at least one thing to do?", sheet.has_action()),
        Answer(21, "Is the reader spoken to as you?", spoken_to),
        Answer(22, "Is what to do parted into explicit steps?", sheet.steps_are_explicit()),
        Answer(23, "Is there a tool to do it with: a log, lines to write on?", sheet.has_tool()),
    )


def cdc(document: Document, reading: Reading) -> tuple[Answer, ...]:
    """Return the answers to the items of the CDC Index that a machine can give."""
    sheet = _Sheet(document)
    message, alert, section = sheet.framed("bar"), sheet.framed("alert"), sheet.first_section()
    one_message = 0 < len(words(sheet.message)) <= LONGEST_MESSAGE
    first = message is not None and message < section
    active = not any(said in reading.passive for said in sentences(sheet.message))
    listed = bool(sheet.lists) and sheet.lists_are_short() and sheet.rows_are_short()
    helped = any(table.style == "help" and len(table.body) > 1 for table in sheet.tables)
    return (
        Answer(1, "Is there one main message?", one_message),
        Answer(2, "Does it stand at the top?", one_message and first),
        Answer(3, "Is it set apart for the eye?", one_message and message is not None),
        Answer(5, "Is the reader called to do something?", sheet.has_action()),
        Answer(6, "Are main message and call in the active voice?", active),
        Answer(7, "Is each unfamiliar word explained where it is first used?", not reading.unexplained),
        Answer(8, "Are there lists, none over seven items?", listed),
        Answer(9, "Does each chunk have its heading?", sheet.sections_have_headings()),
        Answer(10, "Do the first lines hold what matters most?", first and alert is not None),
        Answer(12, "Is there a recommendation?", sheet.has_action()),
        Answer(14, "Is it said how to do it, or when to call whom?", sheet.steps_are_explicit() and helped),
        Answer(17, "Is nobody asked to work a number out?", not reading.sums),
    )
