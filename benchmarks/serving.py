"""The worker's side: a process that stays, makes one handout for each line it is sent, and says what it took.

A line is ``NUMBER`` or ``NUMBER PATH`` (to keep the file); the answer is one line of JSON.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


def serve(prepare: Callable[[int], T], make: Callable[[T], bytes]) -> None:
    """Answer until the input ends; only ``make`` is timed."""
    for line in sys.stdin:
        number, _, path = line.strip().partition(" ")
        prepared = prepare(int(number))
        began, began_cpu = time.perf_counter(), time.process_time()
        pdf = make(prepared)
        took, took_cpu = time.perf_counter() - began, time.process_time() - began_cpu
        if path:
            Path(path).write_bytes(pdf)
        answer = {"ms": took * 1e3, "cpu_ms": took_cpu * 1e3, "bytes": len(pdf), "peak_mb": peak_mb()}
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
