"""The worker's side: a process that stays, makes one handout for each line it is sent, and says what it took.

A line is ``NUMBER`` or ``NUMBER PATH`` (to keep the file); the answer is one line of JSON.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


FOLDER = "BENCH_FOLDER"
"""The environment variable of the folder that each file is written into while the clock runs, if set."""


_kept: list[Path] = []


def keep(pdf: bytes, name: str) -> None:
    """Write a file as a batch does, under another name first; nothing is synced.

    The name is new: to replace a file makes some file systems write it out at once.
    """
    folder = os.environ.get(FOLDER)
    if folder:
        path = Path(folder) / f"{os.getpid()}-{name}.pdf"
        part = path.with_suffix(".part")
        part.write_bytes(pdf)
        part.replace(path)
        _kept.append(path)


def serve_many(prepare: Callable[[int], list[T]], make: Callable[[T], bytes]) -> None:
    """Answer like :func:`serve`, with the mean of the files that are made of what was prepared."""

    def all_of(prepared: list[T]) -> bytes:
        for place, one in enumerate(prepared):
            pdf = make(one)
            keep(pdf, str(place))
        return pdf

    serve(prepare, all_of, many=len)


def serve(
    prepare: Callable[[int], T], make: Callable[[T], bytes], many: Callable[[T], int] | None = None
) -> None:
    """Answer until the input ends; only ``make``, and the writing, is timed.

    ``many`` says how many files it makes of what was prepared, where that is not one.
    """
    for line in sys.stdin:
        number, _, path = line.strip().partition(" ")
        prepared = prepare(int(number))
        began, began_cpu = time.perf_counter(), time.process_time()
        pdf = make(prepared)
        if many is None:
            keep(pdf, "one")
        took, took_cpu = time.perf_counter() - began, time.process_time() - began_cpu
        if path:
            Path(path).write_bytes(pdf)
        files = many(prepared) if many else 1
        answer = {
            "ms": took * 1e3 / files,
            "cpu_ms": took_cpu * 1e3 / files,
            "bytes": len(pdf),
            "peak_mb": peak_mb(),
        }
        while _kept:
            _kept.pop().unlink()
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def peak_mb() -> float:
    """Return the most memory that this process has held, in MB (10^6 bytes).

    The kernel's own high-water mark where there is one: ``ru_maxrss`` begins with the parent's.
    """
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024 / 1e6
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6
