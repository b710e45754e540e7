"""The fixed words of a page: phrases by name, with their gaps filled."""

from __future__ import annotations

import re
from datetime import date

from handouts.content.models import WordsFile
from handouts.errors import ContentError, Problem

_GAP = re.compile(r"\{([a-z_]+)\}")


class MissingWordError(ContentError, AttributeError):
    """The words of a language lack a phrase, or the phrase has a gap that nothing fills.

    Also an ``AttributeError``, so that a template that asks for it is told as for any missing value.
    """

    def __init__(self, language: str, name: str) -> None:
        file = f"words/{language}.yaml"
        problem = Problem(file, 0, 0, f"there is no word {name!r}.", "Add it, or take the gap out.")
        super().__init__((problem,))


class Words:
    """The phrases of one language, as attributes: ``words.help_heading``."""

    __slots__ = ("_file",)

    def __init__(self, file: WordsFile) -> None:
        self._file = file

    def __getattr__(self, name: str) -> str:
        return self.phrase(name)

    def phrase(self, name: str, /, **gaps: str) -> str:
        """Return a phrase with its ``{gaps}`` filled; what is filled in is never read for gaps again."""
        try:
            phrase = self._file.words[name]
            return _GAP.sub(lambda gap: gaps[gap[1]], phrase) if gaps else phrase
        except KeyError as missing:
            raise MissingWordError(self._file.language, str(missing.args[0])) from None

    def counted(self, name: str, count: int) -> str:
        """Return the phrase for a number: ``name_1`` where the language has one of its own, else ``name``."""
        own = f"{name}_{count}"
        return self.phrase(own if own in self._file.words else name, n=str(count))

    def day(self, day: date) -> str:
        """Return a date as people write it: November 22, 2026."""
        return self.phrase(
            "date", month=self._file.months[day.month - 1], day=str(day.day), year=str(day.year)
        )

    def month(self, day: date) -> str:
        """Return the month of a date: November 2026."""
        return self.phrase("date_month", month=self._file.months[day.month - 1], year=str(day.year))
