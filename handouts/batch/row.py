"""What becomes of one row of a roster: a job, or a refusal that holds none of its words."""

from __future__ import annotations

from dataclasses import dataclass, field

from handouts.press import Job


@dataclass(frozen=True, slots=True)
class Row:
    """One row that can be made. ``number`` is the one that a spreadsheet shows; the header is row 1.

    ``versions`` are those of its conditions, in order. ``email`` and the two consents are for who sends it:
    consent to get mail, and to get it unencrypted.
    """

    number: int
    id: str = field(repr=False)
    job: Job = field(repr=False)
    versions: tuple[str, ...] = ()
    email: str = field(default="", repr=False)
    consent_email: bool = False
    consent_plain: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Refused:
    """One row of which nothing is made: the column at fault, if it is one, and the reason in a sentence.

    The reason never holds a value of the row: the report goes to places where the roster does not.
    """

    number: int
    column: str
    reason: str

    def __str__(self) -> str:
        return f"row {self.number}{', ' + self.column if self.column else ''}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Repeated:
    """One row that is the same as an earlier one, whose file is for both."""

    number: int
    first: int


class CellError(Exception):
    """What is wrong with one cell of a row; ``reason`` holds no value of it."""

    def __init__(self, column: str, reason: str) -> None:
        self.column = column
        self.reason = reason
        super().__init__(reason)
