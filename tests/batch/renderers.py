"""What tests put in the press's place: quick, and bad in all the ways that a renderer can be.

Workers import this by its name, so that it stands on their path and imports nothing of the tests.
"""

from __future__ import annotations

import ctypes
import os
import signal
import time

from handouts.errors import Problem, UnprintableError
from handouts.pipeline import Made
from handouts.press import Job

POISONS = ("raises", "refuses", "crashes", "hangs", "eats", "grows")


class Quick:
    """Writes the patient's name into what passes for a PDF; the same job gives the same bytes."""

    def __init__(self, size: int = 2000) -> None:
        self.size = size

    def make(self, job: Job) -> Made:
        """Return a file of ``size`` bytes."""
        text = f"%PDF-1.7 {job.order.patient}\n".encode()
        return Made(text.ljust(self.size, b"x"), 1, "A title")


class Slow(Quick):
    """Takes a hundredth of a second for each, so that there is time to kill it."""

    def make(self, job: Job) -> Made:
        """Return a file."""
        time.sleep(0.01)
        return super().make(job)


class NoOp:
    """Makes nothing of anything."""

    def make(self, job: Job) -> Made:
        """Return an empty file."""
        return Made(b"", 1, "")


class Poisoned(Quick):
    """Does what the note of a job says."""

    def make(self, job: Job) -> Made:
        """Return a file, or never come back."""
        match job.order.note:
            case "raises":
                raise KeyError(job.order.patient)
            case "refuses":
                raise UnprintableError("the character U+1F600 is in none of the fonts.", where="patient")
            case "crashes":
                os.kill(os.getpid(), signal.SIGSEGV)
            case "reads":
                ctypes.string_at(0)
            case "hangs":
                time.sleep(600)
            case "eats":
                bytearray(1 << 40)
            case "grows":
                kept = []
                while True:
                    kept.append(bytes(16 << 20))
            case "exits":
                os._exit(3)
            case "warns":
                made = super().make(job)
                return Made(made.pdf, 1, "A title", (Problem("f.yaml", 1, 1, "look out.", "", warning=True),))
        return super().make(job)


class Unlucky(Quick):
    """Is killed from outside the first time that it makes a job: once for each file of a folder."""

    def __init__(self, folder: str) -> None:
        super().__init__()
        self.folder = folder

    def make(self, job: Job) -> Made:
        """Return a file, the second time."""
        seen = f"{self.folder}/{job.order.patient}"
        if job.order.note == "unlucky" and not os.path.exists(seen):  # noqa: PTH110
            with open(seen, "x"):  # noqa: PTH123
                pass
            os.kill(os.getpid(), signal.SIGKILL)
        return super().make(job)


class Broken:
    """Cannot be had."""

    def __init__(self) -> None:
        os._exit(9)
