"""Make a PDF for each row of a roster: a table with a line for each patient, as a spreadsheet saves it."""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from handouts.cli import orders, settings, talk
from handouts.cli.stopping import stoppable_soon
from handouts.errors import ContentError, Problem, UsageError

if TYPE_CHECKING:
    from handouts.batch.layout import Layout
    from handouts.batch.reading import Source
    from handouts.batch.roster import Roster, Wishes
    from handouts.batch.run import Pool, Tally
    from handouts.content.library import Library

NAME = "batch"
HELP = "one PDF for each row of a roster"
REFUSED = 3
"""The exit code where part was refused, and the rest is done."""
MOST_WORKERS = 256


def add(parser: argparse.ArgumentParser) -> None:
    """Add the words of this command."""
    parser.add_argument("roster", type=Path, metavar="ROSTER.csv", help="see the columns in docs/batch.md")
    parser.add_argument("-o", "--output", metavar="DIR", help="the folder for the files")
    parser.add_argument("--check", action="store_true", help="read all, tell what is wrong, make none")
    parser.add_argument("--resume", action="store_true", help="go on with a run that was stopped")
    parser.add_argument(
        "--workers", type=_workers, metavar="N", help="processes (default: one for each processor)"
    )
    parser.add_argument(
        "--cluster",
        metavar="local|ADDRESS",
        help="let a Dask cluster make them: one on this machine, or tls://HOST:PORT",
    )
    parser.add_argument(
        "--layout",
        choices=("flat", "openemr"),
        default="flat",
        help="names of the files (default: %(default)s)",
    )
    how = parser.add_argument_group("how the roster is written (default: as it looks)")
    how.add_argument("--encoding", metavar="NAME", help="like utf-8 or windows-1252")
    how.add_argument("--delimiter", metavar="C", help="what parts the columns: a character, or tab")
    empty = parser.add_argument_group("what an empty cell means")
    empty.add_argument(
        "--clinic", dest="clinics", action="append", default=[], metavar="ID", help="the clinic"
    )
    empty.add_argument("--clinician", default="", metavar="NAME", help="by whom")
    empty.add_argument("--date", type=orders.day, metavar="YYYY-MM-DD", help="the date (default: today)")
    orders.add_log_weeks(empty)
    orders.add_look(parser)


def run(args: argparse.Namespace) -> int:
    """Make all rows that can be made, and say which can't."""
    from handouts.batch import dialect
    from handouts.batch.layout import layout_named
    from handouts.batch.reading import Source
    from handouts.batch.repeats import find_repeats
    from handouts.batch.roster import Roster

    encoding = dialect.encoding_named(args.encoding) if args.encoding else ""
    delimiter = dialect.delimiter_named(args.delimiter) if args.delimiter else ""
    if not args.check:
        _expect_folder(args.output)
    library = settings.library(args)
    with Source.open(args.roster, encoding, delimiter) as source:
        talk.say(str(source.dialect))
        wishes = _wishes(args, source, library)
        roster = Roster(source, find_repeats(source), library, wishes)
        if not roster.repeats.count:
            raise ContentError((Problem(str(args.roster), 0, 0, "there is no row below the header."),))
        if args.check:
            return _check(roster, layout_named(args.layout, library))
        return _make(args, roster)


def _make(args: argparse.Namespace, roster: Roster) -> int:
    from handouts.batch.folder import Folder
    from handouts.batch.identity import identity
    from handouts.batch.layout import layout_named
    from handouts.batch.manifest import NAME as MANIFEST
    from handouts.batch.report import CSV_NAME
    from handouts.batch.run import Run

    library, path = roster.library, Path(args.output)
    began = time.monotonic()
    run = identity(roster.source, library.places, roster.wishes, args.layout)
    with (
        Folder.open(path, run, resume=args.resume) as folder,
        stoppable_soon() as wish,
        talk.gauge(roster.repeats.count) as show,
        _pool(args, library, path.absolute(), run["content"]) as pool,
    ):
        batch = Run(
            folder.path,
            folder.manifest,
            layout_named(args.layout, library),
            is_stopped=lambda: bool(wish),
            look=lambda tally: show(tally.rows, f"{len(tally.refused)} refused" if tally.refused else ""),
            kept=folder.kept,
            told=folder.told,
        )
        tally = batch.go(roster.rows(), pool)
    _tell(tally, path, time.monotonic() - began)
    talk.result(str(path / MANIFEST))
    if tally.refused:
        talk.result(str(path / CSV_NAME))
    if tally.stopped:
        talk.say("handouts: stopped. What was begun is finished; go on by the same command with --resume.")
        return 128 + wish.signal_number
    return _exit_code(done=tally.made + tally.kept, refused=len(tally.refused))


@contextmanager
def _pool(args: argparse.Namespace, library: Library, folder: Path, content: str) -> Iterator[Pool]:
    """Give what makes the files: processes of this machine, or a cluster."""
    from handouts.batch.worker import Bench, open_press
    from handouts.batch.workers import Workers

    workers = args.workers or _processors()
    overlay = library.places.overlay and library.places.overlay.absolute()
    get_press = partial(open_press, overlay)
    if not args.cluster:
        with Workers(Bench(get_press, folder), workers) as pool:
            yield pool
        return
    try:
        from handouts.batch.cluster import Cluster, connect
        from handouts.batch.errand import Errand
    except ImportError as error:
        advice = "Install it with: pip install 'handouts[cluster]'"
        raise UsageError("--cluster needs Dask, which is not installed.", advice=advice) from error
    with connect(args.cluster, workers) as client:
        yield Cluster(client, Errand(folder, get_press, overlay, content))


def _check(roster: Roster, layout: Layout) -> int:
    from handouts.batch.row import CellError, Refused, Row

    fine = refused = 0
    for row in roster.rows():
        found: object = row
        if isinstance(row, Row):
            try:
                layout(row)
            except CellError as error:
                found = Refused(row.number, error.column, error.reason)
        if isinstance(found, Refused):
            refused += 1
            talk.result(str(found))
        else:
            fine += 1
    talk.say(f"{talk.count(fine, 'row')} can be made, {refused or 'none'} can't.")
    return _exit_code(done=fine, refused=refused)


def _exit_code(*, done: int, refused: int) -> int:
    if not refused:
        return 0
    return REFUSED if done else ContentError.exit_code


def _tell(tally: Tally, path: Path, seconds: float) -> None:
    for warning in tally.warnings:
        talk.say(warning)
    kept = f", {tally.kept} were there already" if tally.kept else ""
    repeated = f", {talk.count(tally.repeated, 'row')} repeated" if tally.repeated else ""
    rate = f" ({talk.speed(tally.made / seconds)})" if tally.made else ""
    talk.say(f"{talk.count(tally.made, 'file')} made in {path}{rate}{kept}{repeated}.")
    if tally.refused:
        talk.say(f"{talk.count(len(tally.refused), 'row')} refused: see the report.")


def _wishes(args: argparse.Namespace, source: Source, library: Library) -> Wishes:
    from handouts.batch.manifest import NAME as MANIFEST
    from handouts.batch.manifest import run_of
    from handouts.batch.roster import Wishes

    day = args.date
    manifest = Path(args.output or "") / MANIFEST
    if args.resume and day is None and manifest.is_file() and (before := run_of(manifest)):
        # A run that is gone on with on the next day prints the day on which it began.
        with suppress(KeyError, TypeError, ValueError):
            day = date.fromisoformat(before["date"])
    wishes = Wishes(
        day or settings.today(),
        clinician=args.clinician,
        language=args.language,
        paper=args.paper,
        edition=args.edition,
        ink=args.ink,
        log_weeks=args.log_weeks,
    )
    if args.clinics or "clinic" not in source.columns:
        clinics = settings.clinics(args)
        if len(clinics) > 1:
            raise UsageError("an empty cell means one clinic.", advice="Give --clinic once.")
        return replace(wishes, clinic=library.clinic(clinics[0]).id)
    return wishes


def _expect_folder(words: str | None) -> None:
    if not words:
        raise UsageError("say where the files go: -o DIR.", advice="Or read only: --check")
    if "://" in words:
        raise UsageError(f"-o {words} is no folder.", advice="Name a folder that all workers can see.")
    if Path(words).is_file() or Path(words).suffix.lower() == ".pdf":
        raise UsageError(f"-o {words} is a file: a batch is a folder.")


def _workers(words: str) -> int:
    if not (words.isascii() and words.isdigit() and 1 <= int(words[:6]) <= MOST_WORKERS):
        raise UsageError(f"--workers {words} is not a whole number from 1 to {MOST_WORKERS}.")
    return int(words)


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
