"""One worker: a process that makes one job after another, and may die of any of them."""

from __future__ import annotations

import ctypes
import hashlib
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, MutableSequence, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Protocol

from handouts.batch.durable import write_part
from handouts.batch.layout import Task, unpack
from handouts.batch.outcome import Outcome, Trouble, Written, failed
from handouts.content.library import Library
from handouts.content.places import Places
from handouts.errors import HandoutError
from handouts.pipeline import Made
from handouts.press import Job, Press

MOST_MEMORY = 2 << 30
"""The most address space of a worker, in bytes."""
OUT_OF_MEMORY = 77
"""The exit code of a worker that has no memory left."""
CHUNK, PLACE, SINCE = range(3)
"""What a worker's marks say: which chunk and which place of it is in work, since when (0: none)."""

_PR_SET_PDEATHSIG = 1


class Renderer(Protocol):
    """What makes a job: the press, or what a test puts in its place."""

    def make(self, job: Job) -> Made:
        """Return the finished file. Raises HandoutError."""


@dataclass(frozen=True, slots=True)
class Bench:
    """What a worker works with: how it gets its renderer, where files go, how much memory it may take."""

    get_renderer: Callable[[], Renderer]
    folder: Path
    memory: int = MOST_MEMORY


def open_press(overlay: Path | None, bundled: Path | None = None) -> Press:
    """Return a press of the bundled content with a clinic's own folder over it."""
    places = Places(overlay, bundled) if bundled else Places(overlay)
    return Press(Library(places))


def serve(connection: Connection, marks: MutableSequence[float], bench: Bench) -> None:
    """Make chunks of tasks until the other end of the connection is closed.

    The first answer is None, or the words of the error that keeps the renderer from being had. Each chunk
    ``(number, parcels)`` is answered by ``(outcomes, seconds)``.
    """
    _hold_back(bench.memory)
    try:
        renderer = bench.get_renderer()
    except HandoutError as error:
        connection.send(str(error))
        return
    try:
        connection.send(None)
        while True:
            number, parcels = connection.recv()
            began = time.monotonic()
            outcomes = make_chunk(number, [*map(unpack, parcels)], renderer, bench.folder, marks)
            connection.send((outcomes, time.monotonic() - began))
    except (EOFError, OSError):
        # Whoever wanted the files is gone, or has all of them.
        return
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except Exception as error:  # noqa: BLE001
        # A fault of ours; its words may hold a patient's.
        sys.stderr.write(f"handouts: a worker failed ({type(error).__name__}).\n")
        os._exit(1)


def make_chunk(
    number: int, tasks: Sequence[Task], renderer: Renderer, folder: Path, marks: MutableSequence[float]
) -> list[Outcome]:
    """Make one task after another, and mark each before it is begun."""
    outcomes = []
    for place, task in enumerate(tasks):
        marks[CHUNK], marks[PLACE], marks[SINCE] = number, place, time.monotonic()
        outcomes.append(_make(task, renderer, folder))
    marks[SINCE] = 0
    return outcomes


def _make(task: Task, renderer: Renderer, folder: Path) -> Outcome:
    try:
        made = renderer.make(task.job)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001
        return failed(error)
    try:
        part = write_part(folder, task.file, made.pdf)
    except OSError as error:
        return Trouble(error.strerror or type(error).__name__)
    told = tuple(str(problem) for problem in made.warnings)
    return Written(part, hashlib.sha256(made.pdf).hexdigest(), len(made.pdf), made.pages, told)


def die_with_parent() -> None:
    """Let the system end this process when its parent ends, however it does; only Linux can."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def _hold_back(memory: int) -> None:
    """Leave signals to the parent, end with it, and take no more memory than this."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    die_with_parent()
    parent = multiprocessing.parent_process()
    if parent is not None and not parent.is_alive():
        os._exit(1)
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - Windows has none

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        limit = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
