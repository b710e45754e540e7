"""The fixed words of a page: phrases with their gaps filled, doses and dates in plain words."""

from __future__ import annotations

import re
from datetime import date

from handouts.content.models import Dose, Exercise, WordsFile
from handouts.errors import ContentError, Problem, UsageError
from handouts.order import DoseChange

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


def changed(exercise: Exercise, change: DoseChange) -> Dose:
    """Return an exercise's dose with the parts that a clinician has changed; raises UsageError."""
    parts = ("sets", "reps", "hold_s", "per_day", "days_per_week")
    wanted = {part: value for part in parts if (value := getattr(change, part)) is not None}
    try:
        return Dose.model_validate({**exercise.dose.model_dump(), **wanted})
    except ValueError as error:
        asked = ", ".join(f"{part}={value}" for part, value in wanted.items())
        advice = "Sets go from 1 to 10, reps to 50, hold_s to 120, per_day to 6, days_per_week to 7."
        raise UsageError(f"{exercise.id} can't have the dose {asked}.", advice=advice) from error


def dose_words(dose: Dose, words: Words) -> str:
    """Return a dose in short sentences, in the order in which it is done; a single set needs no words."""
    amount = dose.reps or dose.hold_s or dose.steps_each_way or dose.minutes
    counts = (
        ("dose_hold", dose.hold_s),
        ("dose_reps", dose.reps),
        ("dose_steps", dose.steps_each_way),
        ("dose_minutes", dose.minutes),
        ("dose_sets", None if dose.sets == 1 and amount else dose.sets),
        ("dose_per_day", dose.per_day),
        ("dose_days", dose.days_per_week),
    )
    sentences = [words.counted(name, count) for name, count in counts if count is not None]
    if dose.each_side:
        sentences.append(words.dose_each_side)
    return " ".join(sentences)


def sentence(text: str) -> str:
    """Return the text with a full stop, where it does not end like a sentence already."""
    return text if text.rstrip().endswith((".", "!", "?", "…", ":")) else f"{text.rstrip()}."
