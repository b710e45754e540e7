"""The columns of a roster, and which cell of a row is which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from handouts.content.problems import nearest
from handouts.errors import ContentError, Problem

COLUMNS = (
    "id",
    "patient",
    "conditions",
    "exercises",
    "clinic",
    "clinician",
    "date",
    "side",
    "language",
    "paper",
    "edition",
    "ink",
    "cleared",
    "note",
    "log_weeks",
    "email",
    "consent_email",
    "consent_plain",
)
NEEDED = "conditions"


def known_names(cells: Iterable[str]) -> set[str]:
    """Return which names of columns stand in some cells."""
    return {name for cell in cells if (name := _name(cell)) in COLUMNS}


def read_header(cells: Sequence[str], file: str) -> tuple[str, ...]:
    """Return the name of each column; an empty one at the end, as spreadsheets leave it, has none.

    Raises ContentError with every fault. An unknown name is told by its place: without a header, the first
    line may hold a patient.
    """
    names = tuple(_name(cell) for cell in cells)
    if not known_names(cells):
        sentence = "the first line does not name the columns."
        raise ContentError((Problem(file, 1, 0, sentence, f"Its words are: {', '.join(COLUMNS)}."),))
    problems = []
    for place, name in enumerate(names, 1):
        if name and name not in COLUMNS:
            close = nearest(name, COLUMNS)
            advice = f"Did you mean {close[0]}?" if close else f"There are: {', '.join(COLUMNS)}."
            problems.append(Problem(file, 1, 0, f"column {place} has an unknown name.", advice))
        elif name and name in names[: place - 1]:
            sentence = f"column {place} is {name} once more."
            problems.append(Problem(file, 1, 0, sentence, "Leave one of them out."))
    if NEEDED not in names:
        problems.append(Problem(file, 1, 0, f"there is no column {NEEDED}.", "Add it."))
    if problems:
        raise ContentError(tuple(problems))
    return names


def _name(cell: str) -> str:
    return cell.strip().lower()
