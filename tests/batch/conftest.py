"""Rosters, and a library to hold them against."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from handouts.batch.layout import Task
from handouts.batch.reading import Source
from handouts.batch.repeats import find_repeats
from handouts.batch.roster import Roster, Wishes
from handouts.content.library import Library
from handouts.order import Order
from handouts.press import Job

DAY = date(2026, 11, 22)
LIBRARY = Library()
WISHES = Wishes(DAY, clinic="example-clinic")


@pytest.fixture
def read(tmp_path) -> Callable[..., list]:
    """Return a function that writes bytes as a roster and returns what becomes of its rows."""

    def read(data: bytes | str, wishes: Wishes = WISHES, library: Library = LIBRARY, **how: str) -> list:
        path = tmp_path / "roster.csv"
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return rows_of(path, wishes, library, **how)

    return read


def rows_of(path: Path, wishes: Wishes = WISHES, library: Library = LIBRARY, **how: str) -> list:
    """Return what becomes of the rows of a file."""
    with Source.open(path, **how) as source:
        return list(Roster(source, find_repeats(source), library, wishes).rows())


@pytest.fixture
def renderers(monkeypatch):
    """Return what tests put in the press's place, imported so that workers can import it as well."""
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    return importlib.import_module("renderers")


def tasks_of(notes: list[str]) -> list[Task]:
    """Return a task for each note; the patients are P0, P1, ..."""
    return [
        Task(
            number,
            f"row-{number:06d}.pdf",
            Job(("fai",), "example-clinic", Order(DAY, patient=f"P{number}", note=note)),
            ("2026.11",),
        )
        for number, note in enumerate(notes, 2)
    ]
