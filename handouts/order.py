"""What one clinician wants printed: the third of the three frozen values (what, look, wish).

A patient's name and note live here and nowhere else: never in a log, a file name, a manifest or
the metadata of a PDF.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Literal

from handouts.errors import UsageError

Side = Literal["", "left", "right", "both"]
Paper = Literal["letter", "a4"]
Edition = Literal["standard", "large-print"]
Ink = Literal["colour", "grey", "black"]

SIDES: tuple[Side, ...] = ("left", "right", "both")
PAPERS: tuple[Paper, ...] = ("letter", "a4")
EDITIONS: tuple[Edition, ...] = ("standard", "large-print")
INKS: tuple[Ink, ...] = ("colour", "grey", "black")
CLEARANCES = ("bone-stress",)
"""What a clinician can rule out."""
MOST_LOG_WEEKS = 12
YEARS = range(1900, 2201)

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class DoseChange:
    """Another dose than the exercise's own; ``None`` keeps what the exercise says."""

    sets: int | None = None
    reps: int | None = None
    hold_s: int | None = None
    per_day: int | None = None
    days_per_week: int | None = None


@dataclass(frozen=True, slots=True)
class Pick:
    """One exercise that the clinician chose, with the dose changed or not."""

    exercise: str
    dose: DoseChange = field(default_factory=DoseChange)


@dataclass(frozen=True, slots=True)
class Order:
    """One wish for one handout or packet.

    ``date`` is the day printed on the sheet (and the date in the file, so the same order gives the
    same bytes). ``picks`` replaces the condition's printed list of exercises; empty keeps it.
    ``log_weeks`` is how many weeks the log to tick has.
    """

    date: date
    patient: str = ""
    clinician: str = ""
    note: str = ""
    side: Side = ""
    language: str = "en"
    paper: Paper = "letter"
    edition: Edition = "standard"
    ink: Ink = "colour"
    picks: tuple[Pick, ...] = ()
    cleared: tuple[str, ...] = ()
    log_weeks: int = 1


DOSE_PARTS = tuple(part.name for part in fields(DoseChange))


def parse_day(words: str) -> date:
    """Read a date as YYYY-MM-DD, of a year that somebody may have lived in.

    Like all that is read here, it raises UsageError without the words, which may be private: whoever knows
    that they are not shows them in ``where``.
    """
    try:
        found = date.fromisoformat(words) if _DAY.fullmatch(words) else None
    except ValueError:
        found = None
    if found is None:
        raise UsageError("this is not a day of the calendar.", advice="Write it as 2026-11-22.")
    if found.year not in YEARS:
        raise UsageError(f"this is not a day from {YEARS[0]} to {YEARS[-1]}.", advice="Look at the year.")
    return found


def parse_log_weeks(words: str) -> int:
    """Read how many weeks the log has; raises UsageError."""
    return parse_number("this", words, MOST_LOG_WEEKS)


def parse_pick(words: str) -> Pick:
    """Read one exercise with its dose: ``bridge`` or ``bridge:sets=3,reps=10``; raises UsageError.

    Whether the exercise exists, and whether the dose is safe for it, is for the library to say.
    """
    exercise, colon, doses = words.partition(":")
    if not exercise or (colon and not doses):
        raise UsageError("an id is missing, or a dose after ':'.", advice="Like bridge:sets=3,reps=10")
    change: dict[str, int] = {}
    for dose in filter(None, doses.split(",")):
        part, _, amount = dose.partition("=")
        if part not in DOSE_PARTS:
            near = difflib.get_close_matches(part, DOSE_PARTS, 1)
            advice = f"Did you mean {near[0]}?" if near else f"There are {', '.join(DOSE_PARTS)}."
            raise UsageError("a dose has no part of this name.", advice=advice)
        if part in change:
            raise UsageError(f"{part} is given twice.")
        change[part] = parse_number(part, amount, 1000)
    return Pick(exercise, DoseChange(**change))


def parse_number(what: str, words: str, most: int) -> int:
    """Read a whole number from 1 to ``most``; raises UsageError, which calls it ``what``."""
    if not (words.isascii() and words.isdigit() and len(words) <= 6 and 1 <= int(words) <= most):
        raise UsageError(f"{what} is not a whole number from 1 to {most}.")
    return int(words)
