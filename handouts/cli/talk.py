"""What the program says: results on stdout, talk on stderr, a progress bar where there is a terminal."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, NoReturn

from handouts.errors import OutsideError, Problem

if TYPE_CHECKING:
    from rich.progress import Progress

Step = Callable[[str], None]
Gauge = Callable[[int, str], None]
GAUGE_S = 5.0


def result(line: str) -> None:
    """Print one result; a script may read every line of stdout.

    Raises OutsideError where stdout takes no more, and BrokenPipeError where nobody reads it any longer.
    """
    if sys.stdout is None:
        raise OutsideError("cannot write results: there is no stdout.")
    try:
        sys.stdout.write(f"{line}\n")
    except OSError as error:
        _give_up(error)


def flush() -> None:
    """See results on their way; raises as :func:`result` does."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError as error:
        _give_up(error)


def _give_up(error: OSError) -> NoReturn:
    # What is still held back goes nowhere: Python would try it again, and complain, at its own end.
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    if isinstance(error, BrokenPipeError):
        raise error
    raise OutsideError(
        f"cannot write results: {error.strerror or type(error).__name__}.",
        advice="Look at where stdout goes.",
    ) from error


def document(value: Any) -> None:  # noqa: ANN401
    """Print the one JSON document of a command; ASCII only, so that no terminal's encoding can break it."""
    result(json.dumps(value, indent=2))


def say(line: str) -> None:
    """Tell the person at the keyboard something that is not a result; where nobody can hear it, go on."""
    flush()
    if sys.stderr is not None:
        with suppress(OSError):
            sys.stderr.write(f"{line}\n")
            sys.stderr.flush()


def table(rows: Sequence[tuple[str, ...]]) -> None:
    """Print rows as columns of equal width, two spaces apart; the last column is as long as it is."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row[:-1], widths, strict=False)]
        result("  ".join([*cells, row[-1]]))


def warn(problems: Iterable[Problem]) -> None:
    """Tell what whoever gives a handout has to know."""
    for problem in problems:
        say(str(problem))


@contextmanager
def progress(total: int) -> Iterator[Step]:
    """Yield a function to call with a line after each of ``total`` pieces of work.

    On a terminal the line stands beside a bar and goes when the work is done; otherwise every line
    is printed, so that a log shows how far a run came. One piece of work is not worth a bar.
    """
    if total > 1 and sys.stderr is not None and sys.stderr.isatty():
        with _bar(total) as advance:
            yield advance
        return
    done = 0

    def step(line: str) -> None:
        nonlocal done
        done += 1
        say(f"[{done}/{total}] {line}" if total > 1 else line)

    yield step


@contextmanager
def gauge(total: int) -> Iterator[Gauge]:
    """Yield a function to call now and then with how many of very many things are done, and a few words.

    On a terminal there is a bar with the time that is left; otherwise a line every few seconds, with the
    rate.
    """
    if sys.stderr is not None and sys.stderr.isatty():
        with _bar(total) as advance:
            yield advance.to
        return
    began = last = time.monotonic()

    def show(done: int, words: str) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= GAUGE_S and 0 < done < total:
            last = now
            rate = done / (now - began)
            left = (total - done) / rate
            say(f"[{done}/{total}] {speed(rate)}, {left:.0f} s left{', ' + words if words else ''}")

    yield show


class _Bar:
    """A bar on a terminal: a step further, or to a place."""

    def __init__(self, bar: Progress, total: int) -> None:
        self._bar = bar
        self._task = bar.add_task("", total=total)

    def __call__(self, line: str) -> None:
        self._bar.update(self._task, advance=1, description=line.replace("[", r"\["))

    def to(self, done: int, line: str) -> None:
        self._bar.update(self._task, completed=done, description=line.replace("[", r"\["))


@contextmanager
def _bar(total: int) -> Iterator[_Bar]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
    from rich.table import Column

    words = TextColumn("{task.description}", table_column=Column(ratio=1, no_wrap=True, overflow="ellipsis"))
    columns = (BarColumn(20), MofNCompleteColumn(), TimeRemainingColumn(), words)
    with Progress(*columns, console=Console(stderr=True), transient=True, expand=True) as bar:
        yield _Bar(bar, total)


def count(number: int, what: str) -> str:
    """Return a number of things in words: no problems, 1 problem, 2 problems."""
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"


def speed(rate: float) -> str:
    """Return how many are done in a second, in words."""
    return f"{rate:.0f} a second" if rate >= 10 else f"{rate:.1f} a second"


def size(pages: int, pdf: bytes) -> str:
    """Return how large a PDF is, in words."""
    return f"{count(pages, 'page')}, {len(pdf) / 1000:.0f} kB"
