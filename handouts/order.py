"""What one clinician wants printed: the third of the three frozen values (what, look, wish).

A patient's name and note live here and nowhere else: never in a log, a file name, a manifest or
the metadata of a PDF.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Side = Literal["", "left", "right", "both"]
Paper = Literal["letter", "a4"]
Edition = Literal["standard", "large-print"]
Ink = Literal["colour", "grey", "black"]

SIDES: tuple[Side, ...] = ("left", "right", "both")
PAPERS: tuple[Paper, ...] = ("letter", "a4")
EDITIONS: tuple[Edition, ...] = ("standard", "large-print")
INKS: tuple[Ink, ...] = ("colour", "grey", "black")


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
