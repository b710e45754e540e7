"""A run: rows become tasks, workers make them, files get their places, and the manifest says so."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from handouts.batch import durable, report
from handouts.batch.layout import Layout, Task
from handouts.batch.manifest import Entry, Manifest
from handouts.batch.outcome import Failed, Trouble, Written
from handouts.batch.row import CellError, Refused, Repeated, Row
from handouts.batch.workers import Result
from handouts.errors import OutsideError

GROUP = 200
"""How many files wait for the disk together, at least,"""
GROUP_S = 2.0
"""unless the first of them has waited so long,"""
MOST_GROUP = 20_000
"""and at most: where the disk is slow, more of them share one wait."""
SHARE = 4
"""How many times as long as the last wait for the disk the work goes on before the next."""
MOST_WARNINGS = 100


class _NoRoomError(Exception):
    """A worker could not write a file."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class Pool(Protocol):
    """What makes tasks: workers on this machine, or a cluster."""

    def outcomes(self, tasks: Iterator[Task]) -> Iterator[list[Result]]:
        """Yield what became of tasks, in any order; an empty list where nothing has happened."""


@dataclass(slots=True)
class Tally:
    """How far a run is; ``kept`` were made before it went on, each warning is held once."""

    made: int = 0
    kept: int = 0
    repeated: int = 0
    refused: list[Refused] = field(default_factory=list)
    warnings: dict[str, None] = field(default_factory=dict)
    stopped: bool = False

    @property
    def rows(self) -> int:
        """How many files and refused or repeated rows are done with."""
        return self.made + self.kept + self.repeated + len(self.refused)


@dataclass(slots=True)
class Run:
    """One run into one folder.

    ``kept`` are the files that are there and whole, ``told`` the rows that the manifest has refused or
    found repeated. ``is_stopped`` is asked before each row; ``look`` is called now and then.
    """

    folder: Path
    manifest: Manifest
    layout: Layout
    is_stopped: Callable[[], bool]
    look: Callable[[Tally], None]
    kept: frozenset[str] | set[str] = frozenset()
    told: frozenset[int] | set[int] = frozenset()
    tally: Tally = field(default_factory=Tally)
    _waiting: list[tuple[Task, Written]] = field(default_factory=list)
    _entries: list[Entry] = field(default_factory=list)
    _since: float = 0.0
    _rested: float = 0.0
    _waited: float = 0.0

    def go(self, rows: Iterable[Row | Refused | Repeated], pool: Pool) -> Tally:
        """Make all rows and return what became of them; reports are written also where it is stopped.

        Raises OutsideError where the folder takes no more; what is made by then is kept.
        """
        try:
            for results in pool.outcomes(self._tasks(rows)):
                for task, outcome in results:
                    self._take(task, outcome)
                if self._is_due():
                    self._settle()
                self.look(self.tally)
        except _NoRoomError as trouble:
            with suppress(OutsideError):
                self._settle()
            raise self._full(trouble.reason) from None
        self._settle()
        with self._writing():
            self._write_reports()
            if not self.tally.stopped:
                self.manifest.append([{"end": self._end()}])
        self.look(self.tally)
        return self.tally

    def _tasks(self, rows: Iterable[Row | Refused | Repeated]) -> Iterator[Task]:
        for row in rows:
            if self.is_stopped():
                self.tally.stopped = True
                return
            match row:
                case Refused():
                    self._refuse(row)
                case Repeated():
                    self.tally.repeated += 1
                    if row.number not in self.told:
                        self._note({"row": row.number, "status": "repeated", "as": row.first})
                case Row():
                    try:
                        tasks = self.layout(row)
                    except CellError as error:
                        self._refuse(Refused(row.number, error.column, error.reason))
                        continue
                    for task in tasks:
                        if task.file in self.kept:
                            self.tally.kept += 1
                        else:
                            yield task

    def _take(self, task: Task, outcome: Written | Failed | Trouble) -> None:
        match outcome:
            case Written():
                self._since = self._since or time.monotonic()
                self._waiting.append((task, outcome))
                if len(self.tally.warnings) < MOST_WARNINGS:
                    self.tally.warnings.update(dict.fromkeys(outcome.warnings))
            case Failed():
                self._refuse(Refused(task.row, outcome.column, outcome.reason))
            case Trouble():
                raise _NoRoomError(outcome.reason)

    def _refuse(self, refused: Refused) -> None:
        self.tally.refused.append(refused)
        if refused.number not in self.told:
            entry = {"status": "refused", "column": refused.column, "reason": refused.reason}
            self._note({"row": refused.number} | entry)

    def _note(self, entry: Entry) -> None:
        self._since = self._since or time.monotonic()
        self._entries.append(entry)

    def _is_due(self) -> bool:
        waiting = len(self._waiting) + len(self._entries)
        now = time.monotonic()
        if not waiting or (waiting < MOST_GROUP and now - self._rested < SHARE * self._waited):
            return False
        return waiting >= GROUP or now - self._since > GROUP_S

    def _settle(self) -> None:
        """Put what waits in its place, then write it down: never the other way round."""
        waiting, noted = self._waiting, self._entries
        self._waiting, self._entries, self._since = [], [], 0.0
        if not waiting and not noted:
            return
        began = time.monotonic()
        parts = [(written.part, task.file) for task, written in waiting if written.part]
        with self._writing():
            durable.put_in_place(self.folder, parts)
            self.manifest.append([*(_entry(task, written) for task, written in waiting), *noted])
        self.tally.made += len(waiting)
        self._rested = time.monotonic()
        self._waited = self._rested - began

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise self._full(error.strerror or type(error).__name__) from error

    def _write_reports(self) -> None:
        refused = sorted(self.tally.refused)
        for name, write in ((report.CSV_NAME, report.write_csv), (report.JSON_NAME, report.write_json)):
            if refused:
                durable.write_whole(self.folder, name, write(refused))
            else:
                (self.folder / name).unlink(missing_ok=True)

    def _end(self) -> Entry:
        tally = self.tally
        return {
            "made": tally.made + tally.kept,
            "refused": len(tally.refused),
            "repeated": tally.repeated,
        }

    def _full(self, reason: str) -> OutsideError:
        return OutsideError(
            f"cannot write into {self.folder}: {reason}.",
            advice=f"{self.tally.made + self.tally.kept} files are made and kept. Make room, then run the "
            "same with --resume.",
        )


def _entry(task: Task, written: Written) -> Entry:
    return {
        "row": task.row,
        "status": "made",
        "file": task.file,
        "sha256": written.sha256,
        "bytes": written.size,
        "pages": written.pages,
        "versions": list(task.versions),
    }
