"""What a worker of a cluster does: a batch of tasks, made in a child of its own, the files put in place.

A batch may be made twice, where a worker was lost before it could answer: the same files are written again,
byte for byte. No row ever ends the cluster's own worker, since all are made in its child.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from multiprocessing import current_process
from pathlib import Path

from handouts import __version__
from handouts.batch import durable
from handouts.batch.identity import content_hash
from handouts.batch.layout import Parcel, Task, unpack
from handouts.batch.outcome import Outcome, Trouble, Written
from handouts.batch.worker import Bench, Renderer
from handouts.batch.workers import Workers
from handouts.content.places import Places
from handouts.errors import OutsideError

_OWN = threading.local()
DAEMON = "DASK_DISTRIBUTED__WORKER__DAEMON=False"


@dataclass(frozen=True, slots=True)
class Errand:
    """Where a worker's files go, and what it makes them with: the same program and content as here."""

    folder: Path
    get_renderer: Callable[[], Renderer]
    overlay: Path | None
    content: str
    program: str = __version__


def run_errand(errand: Errand, parcels: Sequence[Parcel]) -> list[Outcome]:
    """Make a batch and return what became of each task, in their order; files have their names then.

    Raises OutsideError where this worker can't do it: another version, other content, no child allowed.
    """
    _check(errand)
    tasks = [unpack(parcel) for parcel in parcels]
    outcomes: dict[str, Outcome] = {}
    parts = []
    workers = _children(errand)
    try:
        for results in workers.outcomes(iter(tasks)):
            for task, outcome in results:
                placed, part = _placed(task, outcome)
                outcomes[task.file] = placed
                parts += part
    except BaseException:
        _dismiss()
        raise
    try:
        durable.put_in_place(errand.folder, parts)
    except OSError as error:
        return [Trouble(error.strerror or type(error).__name__)] * len(tasks)
    return [outcomes[task.file] for task in tasks]


def _placed(task: Task, outcome: Outcome) -> tuple[Outcome, list[tuple[str, str]]]:
    if not isinstance(outcome, Written):
        return outcome, []
    own_name = Written("", outcome.sha256, outcome.size, outcome.pages, outcome.warnings)
    return own_name, [(outcome.part, task.file)]


def _children(errand: Errand) -> Workers:
    """Return the child of this thread, which is kept for the batches to come."""
    # What gets the renderer is another object in each message.
    key = (errand.folder, errand.overlay, errand.content)
    if getattr(_OWN, "key", None) != key:
        _dismiss()
        _OWN.key = key
        _OWN.workers = Workers(Bench(errand.get_renderer, errand.folder), 1)
    found: Workers = _OWN.workers
    return found


def _dismiss() -> None:
    """End the child of this thread, if it has one."""
    if getattr(_OWN, "key", None) is not None:
        _OWN.key = None
        _OWN.workers.close()


def _check(errand: Errand) -> None:
    _check_world(errand.folder, errand.overlay, errand.content, errand.program)


@cache
def _check_world(folder: Path, overlay: Path | None, content: str, program: str) -> None:
    if current_process().daemon:
        raise OutsideError("this worker may start no child.", advice=f"Start it with {DAEMON} set.")
    if program != __version__:
        raise OutsideError(f"a worker has handouts {__version__}, not {program}.")
    if not folder.is_dir():
        raise OutsideError(f"a worker cannot see the folder {folder}.", advice="Share it with all.")
    if content_hash(Places(overlay)) != content:
        raise OutsideError("a worker has other content files.", advice="Give all the same --library.")
