"""The machine, without its name: what it is, and how much of it others used meanwhile."""

from __future__ import annotations

import os
import platform
import time
from importlib.metadata import version
from pathlib import Path

STAT = Path("/proc/stat")
IDLE_COLUMNS = {3, 4}
"""``idle`` and ``iowait`` in /proc/stat; what guests take, from column 8 on, is counted in ``user``."""


def describe(*packages: str) -> str:
    """Return processor, cores, memory, system and the versions of some packages, in one line each."""
    parts = [f"{_processor()}, {os.cpu_count()} cores, {_memory_gb():.0f} GB; {platform.system()}"]
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    parts.append(f"{platform.python_implementation()} {platform.python_version()}; {versions}")
    return "\n".join(f"- {part}" for part in parts)


def _processor() -> str:
    listed = Path("/proc/cpuinfo")
    if listed.exists():
        for line in listed.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _memory_gb() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9


class Load:
    """How busy the machine was, from now until asked."""

    def __init__(self) -> None:
        self.before = os.getloadavg()
        self.began = time.monotonic()
        self.busy_s = _busy_s()
        self.own_s = _own_s()

    def describe(self) -> str:
        """Return the load averages, and what other programs took; call it when all children have ended."""
        after = os.getloadavg()
        shown = f"load average {self.before[0]:.2f} before and {after[0]:.2f} after, this run's own included"
        if STAT.exists():
            others_s = _busy_s() - self.busy_s - (_own_s() - self.own_s)
            others = max(0.0, others_s) / (time.monotonic() - self.began)
            shown += f"; other programs took {others:.2f} of {os.cpu_count()} cores on average"
        return shown


def _busy_s() -> float:
    if not STAT.exists():
        return 0
    columns = [int(column) for column in STAT.read_text().splitlines()[0].split()[1:9]]
    busy = sum(column for place, column in enumerate(columns) if place not in IDLE_COLUMNS)
    return busy / os.sysconf("SC_CLK_TCK")


def _own_s() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system
