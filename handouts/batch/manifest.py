"""The manifest: what a run is, then a line of JSON for each file, written once the file is in its place.

::

    {"run": {...}}                        the roster, the content, the program and the options: never a name
    {"row": 2, "status": "made", "file": "row-000002.pdf", "sha256": ..., "bytes": ..., "pages": ...,
     "versions": [...]}
    {"row": 3, "status": "refused", "column": "patient", "reason": ...}
    {"row": 4, "status": "repeated", "as": 2}
    {"end": {"made": ..., "refused": ..., "repeated": ...}}

A line that was torn when the machine stopped is cut off at the next start. Where two lines are of one file,
the later one counts.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from handouts.batch import durable
from handouts.errors import ContentError, OutsideError, Problem, UsageError

NAME = "manifest.jsonl"
Entry = dict[str, Any]


class Manifest:
    """The manifest of one folder, held by one run: nobody else may write into the folder meanwhile."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        self._descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND | durable.FLAGS, 0o600)
        try:
            _lock(self._descriptor, folder)
        except BaseException:
            os.close(self._descriptor)
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._descriptor)

    def begin(self, run: Entry) -> None:
        """Write the first line; raises OSError."""
        os.ftruncate(self._descriptor, 0)
        self.append([{"run": run}])
        durable.sync_folder(self.path.parent)

    def append(self, entries: Iterable[Entry]) -> None:
        """Write entries and wait until they are on the disk; raises OSError."""
        lines = "".join(json.dumps(entry, separators=(",", ":")) + "\n" for entry in entries)
        durable.write_all(self._descriptor, lines.encode())
        os.fsync(self._descriptor)

    def mend(self) -> Entry | None:
        """Cut off a torn last line and return what the first one says of the run; None where there is none.

        Raises ContentError for a file that is no manifest.
        """
        whole = _whole_length(self.path)
        if whole < self.path.stat().st_size:
            os.ftruncate(self._descriptor, whole)
            os.fsync(self._descriptor)
        return run_of(self.path)


def entries(path: Path) -> Iterator[Entry]:
    """Yield the entries of a manifest below its first line, without one that is torn; raises ContentError."""
    for number, entry in _lines(path):
        if number > 1:
            yield entry


def run_of(path: Path) -> Entry | None:
    """Return what the first line of a manifest says of the run; None where there is no line yet."""
    for _, entry in _lines(path):
        if isinstance(entry.get("run"), dict):
            return dict(entry["run"])
        raise _damaged(path, 1)
    return None


def _lines(path: Path) -> Iterator[tuple[int, Entry]]:
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if not line.endswith(b"\n"):
                return
            entry = None
            with suppress(ValueError):
                entry = json.loads(line)
            if not isinstance(entry, dict):
                raise _damaged(path, number)
            yield number, entry


def _damaged(path: Path, line: int) -> ContentError:
    sentence, advice = "this is no line of a manifest.", "Take another folder, or mend it from a copy."
    return ContentError((Problem(str(path), line, 0, sentence, advice),))


def _whole_length(path: Path) -> int:
    """Return the length up to the end of the last whole line."""
    with path.open("rb") as file:
        place = file.seek(0, os.SEEK_END)
        while place:
            begin = max(0, place - (1 << 16))
            file.seek(begin)
            found = file.read(place - begin).rfind(b"\n")
            if found >= 0:
                return begin + found + 1
            place = begin
    return 0


def _lock(descriptor: int, folder: Path) -> None:
    """Hold the folder until the descriptor is closed; a system without such locks has to do without."""
    try:
        import fcntl  # noqa: PLC0415 - Windows has none
    except ImportError:
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise UsageError(f"another run works in {folder}.", advice="Wait until it ends.") from None
    except OSError as error:
        raise OutsideError(f"cannot hold {folder}: {error.strerror}.") from error
