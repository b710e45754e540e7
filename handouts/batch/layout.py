"""What the files of a row are called: never after a patient.

``flat`` counts the rows. ``openemr`` makes the names that OpenEMR looks for in ``documents/education`` of a
site: ``<code type>_<code>_<language>.pdf`` in small letters, in English or Spanish
(``interface/patient_file/education.php`` in its source). Any patient may be given such a file, so that it
must not be for one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from operator import attrgetter
from typing import Literal

from handouts.batch.row import CellError, Row
from handouts.content.library import Library
from handouts.order import Order
from handouts.press import Job

LAYOUTS = ("flat", "openemr")
FILE = r"row-[0-9]{6,}\.pdf|icd10_[a-z0-9.]+_(en|es)\.pdf"
"""What a file of a batch can be called, as a pattern."""

_OPENEMR_LANGUAGES = ("en", "es")
_SIDES: dict[str, Literal["", "left", "right", "both"]] = {"left": "left", "right": "right", "both": "both"}


@dataclass(frozen=True, slots=True)
class Task:
    """One file to make for one row."""

    row: int
    file: str
    job: Job = field(repr=False)
    versions: tuple[str, ...] = ()


Parcel = tuple[object, ...]

_WISHES = attrgetter(*(part.name for part in fields(Order)))


def pack(task: Task) -> Parcel:
    """Return a task as plain values, which go from process to process twice as fast."""
    job = task.job
    return (task.row, task.file, job.conditions, job.clinic, _WISHES(job.order), task.versions)


def unpack(parcel: Parcel) -> Task:
    """Return the task that was packed."""
    row, file, conditions, clinic, wishes, versions = parcel
    return Task(row, file, Job(conditions, clinic, Order(*wishes)), versions)  # type: ignore[arg-type,misc]


Layout = Callable[[Row], tuple[Task, ...]]
"""Returns the files to make for a row; raises CellError where it can have none."""


def flat(row: Row) -> tuple[Task, ...]:
    """Return the one file of a row: ``row-000123.pdf``."""
    return (Task(row.number, f"row-{row.number:06d}.pdf", row.job, row.versions),)


class OpenEmr:
    """The files of OpenEMR's education folder: one for each ICD-10 code of a condition, with its side."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._taken: set[str] = set()

    def __call__(self, row: Row) -> tuple[Task, ...]:
        """Return a file for each code; raises CellError for a row of one patient, and for a code twice."""
        order, conditions = row.job.order, row.job.conditions
        for column in ("patient", "note"):
            if getattr(order, column):
                raise CellError(column, "OpenEMR gives this file to any patient: leave the cell empty.")
        if len(conditions) > 1:
            raise CellError("conditions", "OpenEMR has a file for each condition: write one in a row.")
        if order.language not in _OPENEMR_LANGUAGES:
            raise CellError("language", "OpenEMR looks for English and Spanish files only.")
        tasks = []
        for code in self.library.condition(conditions[0]).codes:
            side = _SIDES.get(code.side, "")
            if order.side and side and side != order.side:
                continue
            file = f"icd10_{code.code.lower()}_{order.language}.pdf"
            job = replace(row.job, order=replace(order, side=order.side or side))
            tasks.append(Task(row.number, file, job, row.versions))
        if not tasks:
            raise CellError("conditions", "its condition has no ICD-10 code for this side.")
        if any(task.file in self._taken for task in tasks):
            raise CellError("conditions", "an earlier row makes the file of one of its codes.")
        self._taken |= {task.file for task in tasks}
        return tuple(tasks)


def layout_named(name: str, library: Library) -> Layout:
    """Return the layout of a name."""
    return OpenEmr(library) if name == "openemr" else flat
