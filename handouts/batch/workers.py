"""Workers on this machine: a process for each core, and a bounded number of rows on the way.

A row that kills its worker is tried again, alone and in a fresh one, since it may have been struck from
outside or by what the rows before it left behind. Only then is it refused, and the others go on. Tasks go
out in chunks that take a fraction of a second, so that talking about them costs little.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
import time
from collections import Counter, deque
from collections.abc import Iterator, MutableSequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Self

from handouts.batch.layout import Task, pack
from handouts.batch.outcome import CRASHED, HANGS, HUNGRY, Failed, Outcome
from handouts.batch.worker import CHUNK, OUT_OF_MEMORY, PLACE, SINCE, Bench, serve
from handouts.errors import OutsideError

LIMIT_S = 60.0
"""How long one row may take."""
START_S = 180.0
"""How long a worker may take to begin."""
TICK_S = 0.2
CHUNK_S = 0.25
MOST_TASKS = 256
MOST_WORDS = 32_000
"""The most characters of names and notes in a chunk: more would not fit between two processes."""
AHEAD = 2
"""How many chunks a worker has: one in work, one waiting."""
TRIES = 2
TRIES_IF_KILLED = 3
"""How often a row may have its worker killed by a signal that no fault of a program sends."""
MOST_FALSE_STARTS = 3
RESTART_S = 0.1
"""After which a dead process that workers are forked from is known to be dead."""

Result = tuple[Task, Outcome]


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    connection: Connection
    marks: MutableSequence[float]
    begun: float = field(default_factory=time.monotonic)
    ready: bool = False
    chunks: deque[tuple[int, list[Task]]] = field(default_factory=deque)


class Workers:
    """A pool of processes; use it as a context, so that none of them is left."""

    def __init__(self, bench: Bench, count: int, limit_s: float = LIMIT_S) -> None:
        self.bench = bench
        self.count = count
        self.limit_s = limit_s
        method = "spawn" if sys.platform == "win32" else "forkserver"
        self._context: Any = multiprocessing.get_context(method)
        if method == "forkserver":
            self._context.set_forkserver_preload(["handouts.batch.nursery"])
        self._workers: list[_Worker] = []
        self._again: deque[list[Task]] = deque()
        self._tries: Counter[str] = Counter()
        self._chunk_number = 0
        self._size = 1.0
        self._false_starts = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End all workers, whatever they do."""
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
            worker.connection.close()
        self._workers = []

    def outcomes(self, tasks: Iterator[Task]) -> Iterator[list[Result]]:
        """Yield what became of tasks, in any order; an empty list where nothing has happened for a moment.

        Tasks are taken as workers have room for them. Raises OutsideError where no worker can begin.
        """
        waiting = True
        while True:
            waiting = self._feed(tasks) if waiting or self._again else False
            if not waiting and not self._again and not any(worker.chunks for worker in self._workers):
                return
            yield self._gather()

    def _feed(self, tasks: Iterator[Task]) -> bool:
        """Give work to whoever has room; tell whether there may be more."""
        while True:
            worker = min(self._workers, key=lambda one: len(one.chunks), default=None)
            if worker is None or (worker.chunks and len(self._workers) < self.count):
                worker = self._begin()
            if len(worker.chunks) >= AHEAD:
                return True
            chunk = self._again.popleft() if self._again else self._take(tasks)
            if not chunk:
                return False
            self._send(worker, chunk)

    def _send(self, worker: _Worker, chunk: list[Task]) -> None:
        self._chunk_number += 1
        worker.chunks.append((self._chunk_number, chunk))
        # One that has died meanwhile is seen to where the dead are.
        with suppress(OSError):
            worker.connection.send((self._chunk_number, [*map(pack, chunk)]))

    def _take(self, tasks: Iterator[Task]) -> list[Task]:
        chunk: list[Task] = []
        words = 0
        while len(chunk) < self._size and words < MOST_WORDS:
            task = next(tasks, None)
            if task is None:
                break
            chunk.append(task)
            words += len(task.job.order.note) + len(task.job.order.patient)
        return chunk

    def _begin(self) -> _Worker:
        for _ in range(MOST_FALSE_STARTS):
            ours, theirs = self._context.Pipe()
            marks = self._context.RawArray("d", 3)
            process = self._context.Process(target=serve, args=(theirs, marks, self.bench), daemon=True)
            try:
                process.start()
            except (EOFError, OSError):
                # The process that workers are forked from has just died; the next start begins another.
                ours.close()
                theirs.close()
                time.sleep(RESTART_S)
                continue
            theirs.close()
            worker = _Worker(process, ours, marks)
            self._workers.append(worker)
            return worker
        raise _none_begins()

    def _gather(self) -> list[Result]:
        """Wait a moment for answers, and see to those who died or take too long."""
        awaited: list[Any] = [worker.connection for worker in self._workers]
        awaited += [worker.process.sentinel for worker in self._workers]
        happened = wait(awaited, TICK_S)
        results: list[Result] = []
        now = time.monotonic()
        for worker in [*self._workers]:
            alive = worker.process.sentinel not in happened
            if worker.connection in happened:
                alive = self._read(worker, results) and alive
            since = worker.marks[SINCE]
            if not alive:
                self._bury(worker, results)
            elif since and now - since > self.limit_s:
                self._bury(worker, results, HANGS)
            elif not worker.ready and now - worker.begun > START_S:
                self._bury(worker, results)
        return results

    def _read(self, worker: _Worker, results: list[Result]) -> bool:
        """Take all answers of a worker; tell whether it may give more."""
        try:
            while worker.connection.poll():
                answer = worker.connection.recv()
                if not worker.ready:
                    if answer is not None:
                        raise OutsideError(f"a worker cannot begin: {answer}")
                    worker.ready = True
                    self._false_starts = 0
                    continue
                outcomes, seconds = answer
                _, chunk = worker.chunks.popleft()
                results += zip(chunk, outcomes, strict=True)
                fitting = CHUNK_S * len(chunk) / max(seconds, 1e-6)
                self._size = min((self._size + fitting) / 2, MOST_TASKS)
        except (EOFError, OSError):
            return False
        return True

    def _bury(self, worker: _Worker, results: list[Result], cause: Failed | None = None) -> None:
        """See to a worker that died, or has to: refuse the row to blame, give the others to somebody else."""
        worker.process.kill()
        worker.process.join()
        self._read(worker, results)
        self._workers.remove(worker)
        worker.connection.close()
        if not worker.ready:
            self._false_starts += 1
            if self._false_starts >= MOST_FALSE_STARTS:
                raise _none_begins()
        now = worker.marks[CHUNK]
        for number, chunk in worker.chunks:
            blamed = int(worker.marks[PLACE]) if worker.marks[SINCE] and number == now else None
            rest = [task for place, task in enumerate(chunk) if place != blamed]
            if rest:
                self._again.append(rest)
            if blamed is not None:
                self._blame(chunk[blamed], cause, worker.process.exitcode or 0, results)

    def _blame(self, task: Task, cause: Failed | None, exit_code: int, results: list[Result]) -> None:
        self._tries[task.file] += 1
        if cause is None:
            struck = -exit_code in {signal.SIGTERM, getattr(signal, "SIGKILL", signal.SIGTERM)}
            if self._tries[task.file] < (TRIES_IF_KILLED if struck else TRIES):
                self._send(self._begin(), [task])
                return
            cause = HUNGRY if exit_code == OUT_OF_MEMORY else CRASHED
        results.append((task, cause))


def _none_begins() -> OutsideError:
    advice = "Look at how much memory is left, or take fewer --workers."
    return OutsideError("no worker can begin.", advice=advice)
