"""CUPS, the printing system of Linux and macOS, through its own small programs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess

from handouts.content.problems import suggestion
from handouts.errors import OutsideError, UsageError
from handouts.packet.sheets import Turn
from handouts.printing.papers import Job, Tray, lp_words

PATIENCE_S = 60
_BY_HAND = (
    "Print by hand: open each file in a PDF viewer, choose its actual size (100 %), and for two sides turn"
    " on the long edge (a booklet: on the short edge)."
)
_DEFAULT = re.compile(r"system default destination: (\S+)")
_TAKEN = re.compile(r"request id is (\S+)")


def choose_printer(wanted: str | None) -> str:
    """Return the printer of that name, else the usual one, else the only one; it takes jobs.

    Raises UsageError for a name that does not exist, or if it is to be said which; OutsideError without CUPS,
    without a printer, and for one that is stopped.
    """
    printers = _said("lpstat", "-e").split()
    if not printers and "not running" in _said("lpstat", "-r"):
        raise OutsideError("the printing system (CUPS) is not running.", advice=f"Start it. {_BY_HAND}")
    if not printers:
        raise OutsideError("no printer is set up.", advice=f"Set one up in the system's settings. {_BY_HAND}")
    usual = _DEFAULT.search(_said("lpstat", "-d"))
    name = wanted or (usual[1] if usual else "") or (printers[0] if len(printers) == 1 else "")
    if not name:
        raise UsageError(
            "there are several printers, and none is the usual one.",
            advice=f"Say which with --printer: {', '.join(printers)}.",
        )
    if name not in printers:
        raise UsageError(f"there is no printer called {name!r}.", advice=suggestion(name, printers))
    _refuse_stopped(name)
    return name


def look_at(printer: str) -> Tray:
    """Return what a printer is set to."""
    return Tray.read(_said("lpoptions", "-p", printer, "-l"))


def send(job: Job, printer: str, tray: Tray, turned: Turn, copies: int) -> str:
    """Give one file to a printer and return the id of the print job. Raises OutsideError if it is refused."""
    run = _run("lp", *lp_words(printer, tray, turned, copies), given=job.pdf)
    taken = _TAKEN.search(run.stdout.decode("utf-8", "replace"))
    if run.returncode or not taken:
        raise OutsideError(f"{printer} did not take {job.file}: {_complaint(run)}")
    return taken[1]


def _refuse_stopped(printer: str) -> None:
    """Tell that a printer is stopped or takes no jobs, with the reason that CUPS gives."""
    state, takes = _said("lpstat", "-p", printer), _said("lpstat", "-a", printer)
    for sentence, said, sign, remedy in (
        (f"{printer} is stopped", state, f"printer {printer} disabled", "cupsenable"),
        (f"{printer} takes no jobs", takes, f"{printer} not accepting requests", "cupsaccept"),
    ):
        if said.startswith(sign):
            reason = " ".join(said.splitlines()[1:2]).strip().rstrip(".")
            raise OutsideError(
                f"{sentence}: {reason or 'no reason is given'}.",
                advice=f"Look at the printer; then: {remedy} {printer}",
            )


def _said(program: str, *words: str) -> str:
    """Return what a program prints; one that complains has nothing to say."""
    return _run(program, *words).stdout.decode("utf-8", "replace")


def _run(program: str, *words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    path = shutil.which(program)
    if path is None:
        raise OutsideError(
            f"there is no printing system here that we can use ({program} of CUPS is missing).",
            advice=_BY_HAND,
        )
    try:
        return subprocess.run(  # noqa: S603 - words in a list, no shell, and names that CUPS itself gave us
            [path, *words],
            input=given,
            capture_output=True,
            check=False,
            timeout=PATIENCE_S,
            env=os.environ | {"LC_ALL": "C", "LANGUAGE": "C"},
        )
    except subprocess.TimeoutExpired as error:
        raise OutsideError(
            f"the printing system has not answered for {PATIENCE_S} seconds.", advice="Is CUPS running?"
        ) from error
    except OSError as error:
        raise OutsideError(f"{program} cannot be started: {error.strerror}.") from error


def _complaint(run: subprocess.CompletedProcess[bytes]) -> str:
    said = " ".join(run.stderr.decode("utf-8", "replace").split())
    return said.removeprefix("lp: ") or "no reason is given."
