"""The passphrases of a batch: a table of its own, ``id,passphrase``, which is read and never copied.

Each patient has one of their own. One for all would let every patient open what went astray.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from handouts.batch.row import Row
from handouts.errors import ContentError, OutsideError, Problem, UsageError
from handouts.packet.passphrase import Passphrase

COLUMNS = ("id", "passphrase")
MOST_BYTES = 10_000_000


class Passphrases:
    """What patients were told in another way, by the ids of their rows. None of it is ever shown."""

    def __init__(self, typed: dict[str, str] | None = None) -> None:
        self._typed = typed or {}
        self._times = Counter(_heard(words) for words in self._typed.values())

    @classmethod
    def read(cls, path: Path) -> Passphrases:
        """Return the passphrases of a file in UTF-8.

        Raises UsageError where there is none, OutsideError where it can't be read, ContentError for what is
        no such table.
        """
        if not path.is_file():
            raise UsageError(f"there is no file {path}.")
        try:
            with path.open("rb") as stream:
                data = stream.read(MOST_BYTES + 1)
        except OSError as error:
            raise OutsideError(f"cannot read {path}: {error.strerror}.") from error
        problems: list[Problem] = []
        typed: dict[str, str] = {}
        try:
            rows = list(csv.reader(data.decode("utf-8-sig").splitlines(), strict=True))
        except (UnicodeDecodeError, csv.Error):
            raise _refused(path, 0, "this is no table in UTF-8.") from None
        if len(data) > MOST_BYTES or not rows or [cell.strip().lower() for cell in rows[0]] != [*COLUMNS]:
            raise _refused(path, 1, f"the first line must be: {','.join(COLUMNS)}")
        for number, cells in enumerate(rows[1:], 2):
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(COLUMNS) or not all(cell.strip() for cell in cells):
                problems.append(Problem(str(path), number, 0, "this is not an id and a passphrase."))
            elif cells[0].strip() in typed:
                problems.append(Problem(str(path), number, 0, "this id stands here twice."))
            else:
                typed[cells[0].strip()] = cells[1].strip()
        if problems:
            raise ContentError(tuple(problems))
        return cls(typed)

    def of(self, row: Row) -> Passphrase | None:
        """Return a row's passphrase, or None where it has none.

        Raises UsageError for one that is soon guessed, or that another patient has as well; it is not
        repeated.
        """
        typed = self._typed.get(row.id) if row.id else None
        if typed is None:
            return None
        if self._times[_heard(typed)] > 1:
            raise UsageError("another patient has the same passphrase.")
        return Passphrase.chosen(typed, (row.job.order.patient, row.id, row.email))


def _heard(typed: str) -> str:
    return " ".join(typed.casefold().replace("-", " ").split())


def _refused(path: Path, line: int, sentence: str) -> ContentError:
    advice = "Save it from the spreadsheet as CSV UTF-8."
    return ContentError((Problem(str(path), line, 0, sentence, advice),))
