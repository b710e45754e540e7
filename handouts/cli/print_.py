"""Send finished PDFs to the clinic's printer. All are looked at first; the wrong paper is told, not used."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from handouts.cli import orders, talk
from handouts.cli.files import read_file
from handouts.errors import ContentError, HandoutError, OutsideError

NAME = "print"
HELP = "send finished PDFs to a printer"
MOST_COPIES = 999


def add(parser: argparse.ArgumentParser) -> None:
    """Add the words of this command."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE.pdf")
    parser.add_argument("--printer", metavar="NAME", help="default: the usual one (see: lpstat -e)")
    parser.add_argument("--copies", type=copies, default=1, metavar="N", help="default: %(default)s")
    parser.add_argument("--duplex", action="store_true", help="on both sides, turned on the long edge")


def copies(words: str) -> int:
    """Read how many copies are wanted."""
    return orders.whole_number("--copies", words, MOST_COPIES)


def run(args: argparse.Namespace) -> int:
    """Print the id of each print job."""
    from handouts.packet.sheets import read_sheets
    from handouts.printing import cups, papers

    jobs: list[papers.Job] = []
    refusals: list[HandoutError] = []
    for path in args.files:
        try:
            pdf = read_file(path)
            jobs.append(papers.Job(str(path), pdf, read_sheets(pdf, str(path))))
        except HandoutError as error:
            refusals.append(error)
    _refuse(refusals)
    printer = cups.choose_printer(args.printer)
    tray = cups.look_at(printer)
    if not tray.paper:
        talk.say(f"handouts: warning: {printer} does not tell its paper. Look at what comes out.")
    problems = [
        problem for job in jobs for problem in papers.mismatches(job, printer, tray, duplex=args.duplex)
    ]
    _refuse([ContentError(tuple(problems))] if problems else [])
    for sent, job in enumerate(jobs):
        turned = papers.turn(job, duplex=args.duplex)
        try:
            talk.result(cups.send(job, printer, tray, turned, args.copies))
        except OutsideError as error:
            error.advice = f"{error.advice} {sent} of {len(jobs)} files were sent.".strip()
            raise
    each = f", {args.copies} copies each" if args.copies > 1 else ""
    talk.say(f"{talk.count(len(jobs), 'file')} to {printer}{each}.")
    return 0


def _refuse(refusals: Sequence[HandoutError]) -> None:
    """Raise all that is wrong at once, if there is anything: nothing has been sent yet."""
    if refusals:
        talk.say("handouts: nothing was sent to the printer.")
        raise ExceptionGroup("refused", refusals)
