"""Many machines: a pool whose workers are those of a Dask cluster. The only module that opens sockets.

Whoever reaches the port of a scheduler can run any program on its workers, so that beyond this machine only
encrypted addresses are taken, with the certificates that Dask's own settings name. A lost worker loses
nothing: its batches are made by another.
"""

from __future__ import annotations

import ipaddress
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import dask
import distributed

from handouts.batch.errand import Errand, run_errand
from handouts.batch.layout import Task, pack
from handouts.batch.workers import Result
from handouts.errors import OutsideError, UsageError

LOCAL = "local"
BATCH_S = 2.0
"""How long a batch should take: Dask needs a few milliseconds for each."""
MOST_TASKS = 1000
MOST_WORDS = 2_000_000
AHEAD = 2
"""How many batches each worker has, the one in work included."""
MOST_LOSSES = 5
"""How many workers in a row a batch may lose before it is the batch that is suspected."""
TICK_S = 0.2
START_S = 60
"""How long a cluster may take to answer, and its first worker to be there."""


@contextmanager
def connect(address: str, workers: int) -> Iterator[distributed.Client]:
    """Yield a client of the cluster at an address, or of one on this machine (``local``).

    Raises UsageError for an address that is not safe, OutsideError where nobody answers.
    """
    if address == LOCAL:
        with (
            dask.config.set({"distributed.worker.daemon": False}),
            distributed.LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                host="127.0.0.1",
                dashboard_address=None,
                # Others who use this machine can reach the port as well.
                security=distributed.Security.temporary(),
            ) as cluster,
            distributed.Client(cluster) as client,
        ):
            yield client
        return
    security = distributed.Security(require_encryption=not _is_loopback(address))
    if not address.startswith("tls://") and not _is_loopback(address):
        raise UsageError(
            f"--cluster {address} is not encrypted: whoever reaches it can read and run all.",
            advice="Use tls://, with Dask's certificates (see docs/batch.md).",
        )
    try:
        client = distributed.Client(address, security=security, timeout=START_S)
    except (OSError, TypeError, ValueError, RuntimeError) as error:
        raise OutsideError(
            f"no cluster answers at {address} ({type(error).__name__}).",
            advice="Look at the address and the certificates.",
        ) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=START_S)
        except TimeoutError:
            raise OutsideError(f"the cluster at {address} has no workers.", advice="Start some.") from None
        yield client


def _is_loopback(address: str) -> bool:
    host = urlsplit(address if "://" in address else f"tcp://{address}").hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Cluster:
    """A pool of the workers of a cluster, with a bounded number of batches on the way."""

    def __init__(self, client: distributed.Client, errand: Errand) -> None:
        self.client = client
        self.errand = errand
        self._size = 1.0
        self._losses: Counter[str] = Counter()
        self._pending: dict[Any, tuple[list[Task], float]] = {}

    def outcomes(self, tasks: Iterator[Task]) -> Iterator[list[Result]]:
        """Yield what became of tasks, in any order; an empty list where nothing has happened for a moment.

        Raises OutsideError where no worker is left, or one can't do its work.
        """
        more = True
        while more or self._pending:
            while more and len(self._pending) < AHEAD * self._threads():
                batch = self._take(tasks)
                more = bool(batch)
                if batch:
                    self._submit(batch)
            if self._pending:
                yield self._gather()

    def _threads(self) -> int:
        """Return how many tasks the cluster can do at once; workers may come and go."""
        return sum(self.client.ncores().values()) or 1

    def _take(self, tasks: Iterator[Task]) -> list[Task]:
        batch: list[Task] = []
        words = 0
        while len(batch) < self._size and words < MOST_WORDS and (task := next(tasks, None)):
            batch.append(task)
            words += len(task.job.order.note) + len(task.job.order.patient)
        return batch

    def _submit(self, batch: list[Task]) -> None:
        parcels = [pack(task) for task in batch]
        future = self.client.submit(run_errand, self.errand, parcels, pure=False)
        self._pending[future] = (batch, time.monotonic())

    def _gather(self) -> list[Result]:
        try:
            done = distributed.wait([*self._pending], timeout=TICK_S, return_when="FIRST_COMPLETED").done
        except TimeoutError:
            return []
        results: list[Result] = []
        for future in done:
            batch, begun = self._pending.pop(future)
            try:
                outcomes = future.result()
            except OutsideError:
                raise
            except Exception as error:  # noqa: BLE001 - whatever became of the worker
                self._lose(batch, error)
                continue
            results += zip(batch, outcomes, strict=True)
            # It has waited for the batches before it: what it took itself is a part of that.
            fitting = AHEAD * BATCH_S * len(batch) / max(time.monotonic() - begun, 1e-3)
            self._size = min((self._size + fitting) / 2, MOST_TASKS)
        return results

    def _lose(self, batch: list[Task], error: Exception) -> None:
        """Give a batch to somebody else, whose workers were all lost."""
        first = batch[0].file
        self._losses[first] += 1
        if self._losses[first] > MOST_LOSSES:
            raise OutsideError(
                f"the cluster lost every worker that was given a batch ({type(error).__name__}).",
                advice="Look at the workers' memory and their logs, then go on with --resume.",
            ) from error
        self._submit(batch)
