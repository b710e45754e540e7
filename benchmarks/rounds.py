"""The other side of the workers: rounds in shuffled order, and what is read out of them.

Absolute times move with whatever else the machine does; a ratio of two times of the same round moves far
less. So ratios are taken within each round, and their median is what counts.
"""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Spread:
    """A median with its quartiles."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        """Return the spread of two or more values."""
        low, median, high = statistics.quantiles(values, n=4, method="inclusive")
        return cls(median, low, high)

    def show(self, digits: int, unit: str = "") -> str:
        """Return ``median [low–high] unit``."""
        shown = f"{self.median:.{digits}f} [{self.low:.{digits}f}–{self.high:.{digits}f}]"
        return f"{shown} {unit}".strip()


@dataclass(frozen=True)
class Run:
    """One repetition: wall and CPU time, size, and the most memory that the process held until then."""

    ms: float
    cpu_ms: float
    bytes: int
    peak_mb: float


class Worker:
    """A process that stays and makes one handout whenever it is asked."""

    def __init__(self, script: str, *args: str, environment: Mapping[str, str]) -> None:
        self.script = script
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / script), *args],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=dict(environment),
        )

    def make(self, number: int, path: Path | None = None) -> Run:
        """Return what one repetition took; raises RuntimeError if the worker has ended."""
        if self.process.stdin is None or self.process.stdout is None:
            raise RuntimeError("the worker has no pipes")
        self.process.stdin.write(f"{number} {path or ''}".strip() + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError(f"a worker ended: {self.script}")
        return Run(**json.loads(answer))

    def close(self) -> None:
        """End the process."""
        self.process.communicate()


def shuffled(workers: Mapping[str, Worker], rounds: int, *, first: int) -> dict[str, list[Run]]:
    """Return the runs of each worker, one a round; a round's repetitions all have its number."""
    runs: dict[str, list[Run]] = {name: [] for name in workers}
    order = list(workers)
    dice = random.Random(first)  # noqa: S311 # an order, not a secret
    for number in range(first, first + rounds):
        dice.shuffle(order)
        for name in order:
            runs[name].append(workers[name].make(number))
    return runs


def cold(
    commands: Mapping[str, Sequence[str]], rounds: int, environment: Mapping[str, str]
) -> dict[str, list[float]]:
    """Return the wall times in ms of each command as a fresh process; a first one is not counted."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    order = list(commands)
    dice = random.Random(rounds)  # noqa: S311 # an order, not a secret
    for number in range(rounds + 1):
        dice.shuffle(order)
        for name in order:
            began = time.perf_counter()
            done = subprocess.run(
                commands[name], check=False, capture_output=True, text=True, env=dict(environment)
            )
            took = time.perf_counter() - began
            if done.returncode:
                raise RuntimeError(f"{name} failed: {done.stderr}")
            if number:
                times[name].append(took * 1e3)
    return times


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> Spread:
    """Return the spread of the ratios within each round."""
    return Spread.of([one / other for one, other in zip(ours, theirs, strict=True)])
