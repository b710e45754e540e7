"""A clinic's roster: one row for each patient, read in a stream, each row a job or a refusal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import TypeVar

from handouts.batch.admission import Admission
from handouts.batch.reading import Source
from handouts.batch.repeats import Repeats
from handouts.batch.row import CellError, Refused, Repeated, Row
from handouts.compose.personal import MOST_NAME, MOST_NOTE
from handouts.content.library import Library
from handouts.errors import UsageError
from handouts.order import (
    CLEARANCES,
    EDITIONS,
    INKS,
    PAPERS,
    SIDES,
    Edition,
    Ink,
    Order,
    Paper,
    parse_day,
    parse_log_weeks,
    parse_pick,
)
from handouts.press import Job
from handouts.typeset import unprintable

MOST_WORD = 254
"""The most characters of an id or an address."""
PARTED = ";"
MOST_KEPT = 1 << 16
"""How many compositions are kept: rosters ask for the same few again and again."""

T = TypeVar("T")
_SCIENTIFIC = re.compile(r"[+-]?\d+([.,]\d+)?[eE][+-]?\d+")
# What is different for each patient; all other columns together are the composition.
_PERSONAL = ("id", "patient", "clinician", "note", "email", "consent_email", "consent_plain")
_CONSENT = {"": False, "no": False, "yes": True}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What an empty cell means: the command's options. Without ``paper`` it is the clinic's own."""

    day: date
    clinic: str = ""
    clinician: str = field(default="", repr=False)
    language: str = "en"
    paper: Paper | None = None
    edition: Edition = "standard"
    ink: Ink = "colour"
    log_weeks: int = 1


class Roster:
    """The rows of one source, held against one library."""

    def __init__(self, source: Source, repeats: Repeats, library: Library, wishes: Wishes) -> None:
        self.source = source
        self.repeats = repeats
        self.library = library
        self.wishes = wishes
        self._admission = Admission(library)
        self._composed = lru_cache(MOST_KEPT)(self._compose)
        self._places = {name: place for place, name in enumerate(source.columns) if name}
        self._shared = {name: place for name, place in self._places.items() if name not in _PERSONAL}

    def rows(self) -> Iterator[Row | Refused | Repeated]:
        """Yield what becomes of each row, in order. Raises as :meth:`Source.rows` does."""
        for number, cells in self.source.rows():
            if number in self.repeats.same:
                yield Repeated(number, self.repeats.same[number])
                continue
            try:
                yield self._row(number, cells)
            except CellError as error:
                yield Refused(number, error.column, error.reason)

    def _row(self, number: int, cells: list[str]) -> Row:
        self._check_cells(cells)
        cells += [""] * (len(self.source.columns) - len(cells))
        own = {name: cells[self._places[name]] if name in self._places else "" for name in _PERSONAL}
        self._check_id(number, own["id"])
        found = self._composed(tuple(cells[place] for place in self._shared.values()))
        if isinstance(found, CellError):
            # Not the one that is kept: it would remember each place that raised it.
            raise CellError(found.column, found.reason)
        job, versions = found
        clinician = own["clinician"] or self.wishes.clinician.strip()
        _check_text("patient", own["patient"], MOST_NAME)
        _check_text("clinician", clinician, MOST_NAME)
        _check_text("note", own["note"], MOST_NOTE)
        _check_word("email", own["email"])
        if job.order.cleared and not clinician:
            raise CellError("cleared", "nobody signs for it: name the clinician.")
        order = replace(job.order, patient=own["patient"], clinician=clinician, note=own["note"])
        return Row(
            number,
            own["id"],
            Job(job.conditions, job.clinic, order),
            versions,
            own["email"],
            _consent("consent_email", own["consent_email"]),
            _consent("consent_plain", own["consent_plain"]),
        )

    def _check_cells(self, cells: list[str]) -> None:
        """Refuse cells that belong to no column, and what no spreadsheet writes."""
        columns = self.source.columns
        for place, cell in enumerate(cells):
            name = columns[place] if place < len(columns) else ""
            if cell and not name:
                reason = f"cell {place + 1} has no column: look for a comma too many, or quotes too few."
                raise CellError("", reason)
            if "\0" in cell:
                raise CellError(name, "it holds a null character, which is no text.")

    def _check_id(self, number: int, words: str) -> None:
        if number in self.repeats.torn:
            raise CellError("id", "another row has the same id, and asks for something else.")
        if _SCIENTIFIC.fullmatch(words):
            reason = "it looks like a number that a spreadsheet has shortened: format the column as text."
            raise CellError("id", reason)
        _check_word("id", words)

    def _compose(self, cells: tuple[str, ...]) -> tuple[Job, tuple[str, ...]] | CellError:
        """Return the job of all but the personal cells; what is wrong is kept as well, and not raised."""
        try:
            job = self._job(dict(zip(self._shared, cells, strict=True)))
            # A clearance that nobody signs is refused with the row's own cells.
            signed = replace(job, order=replace(job.order, clinician="somebody"))
            return job, self._admission.admit(signed)
        except CellError as error:
            return error

    def _job(self, said: dict[str, str]) -> Job:
        wishes = self.wishes
        conditions = tuple(dict.fromkeys(_parts(said.get("conditions", ""))))
        if not conditions:
            raise CellError("conditions", "it names no condition.")
        picks = tuple(
            _read("exercises", f"exercise {place}: ", parse_pick, part)
            for place, part in enumerate(_parts(said.get("exercises", "")), 1)
        )
        for place, pick in enumerate(picks, 1):
            if pick.exercise in {one.exercise for one in picks[: place - 1]}:
                raise CellError("exercises", f"exercise {place} is chosen twice.")
        cleared = tuple(dict.fromkeys(_parts(said.get("cleared", ""))))
        for part in cleared:
            _choice("cleared", part, CLEARANCES)
        clinic = said.get("clinic") or wishes.clinic
        if not clinic:
            raise CellError("clinic", "no clinic is named, neither here nor by --clinic.")
        paper = _choice("paper", said.get("paper", ""), PAPERS) or wishes.paper or self._own_paper(clinic)
        order = Order(
            date=_read("date", "", parse_day, said["date"]) if said.get("date") else wishes.day,
            side=_choice("side", said.get("side", ""), SIDES) or "",
            language=said.get("language", "").lower() or wishes.language,
            paper=paper,
            edition=_choice("edition", said.get("edition", ""), EDITIONS) or wishes.edition,
            ink=_choice("ink", said.get("ink", ""), INKS) or wishes.ink,
            picks=picks,
            cleared=cleared,
            log_weeks=_read("log_weeks", "", parse_log_weeks, said["log_weeks"])
            if said.get("log_weeks")
            else wishes.log_weeks,
        )
        return Job(conditions, clinic, order)

    def _own_paper(self, clinic: str) -> Paper:
        return self._admission.clinic(clinic).paper


def _parts(cell: str) -> list[str]:
    return [part for piece in cell.split(PARTED) if (part := piece.strip())]


def _read(column: str, what: str, parse: Callable[[str], T], words: str) -> T:
    try:
        return parse(words)
    except UsageError as error:
        reason = f"{what}{error.sentence}" + (f" {error.advice}" if error.advice else "")
        raise CellError(column, reason) from None


def _choice(column: str, words: str, known: tuple[T, ...]) -> T | None:
    """Return what a cell chooses, None where it is empty."""
    if not words:
        return None
    chosen = next((one for one in known if one == words.lower()), None)
    if chosen is None:
        raise CellError(column, f"it is none of {', '.join(map(str, known))}.")
    return chosen


def _consent(column: str, words: str) -> bool:
    if words.lower() not in _CONSENT:
        raise CellError(column, "it is neither yes nor no.")
    return _CONSENT[words.lower()]


def _check_word(column: str, words: str) -> None:
    if len(words) > MOST_WORD or not words.isprintable():
        raise CellError(column, f"it is longer than {MOST_WORD} characters, or holds a control character.")


def _check_text(column: str, words: str, most: int) -> None:
    """Refuse what no sheet has room for or no font has; a character is named, the words round it are not."""
    if len(words) > most:
        raise CellError(column, f"it has more than {most} characters: shorten it.")
    lacking = "" if words.isascii() and words.isprintable() else unprintable(words)
    if lacking:
        named = f"U+{ord(lacking[0]):04X} ({unicodedata.name(lacking[0], 'without a name')})"
        raise CellError(column, f"the character {named} is in none of the fonts: write it otherwise.")
