"""The options of ``make`` and ``packet`` that together are one :class:`handouts.order.Order`."""

from __future__ import annotations

import argparse
import difflib
from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING

from handouts.clinic import Clinic
from handouts.errors import ContentError, UsageError
from handouts.order import EDITIONS, INKS, PAPERS, SIDES, DoseChange, Order, Pick

if TYPE_CHECKING:
    from handouts.pipeline import Made

CLEARANCES = ("bone-stress",)
MOST_LOG_WEEKS = 12
DOSE_PARTS = tuple(part.name for part in fields(DoseChange))


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that say what one clinician wants."""
    group = parser.add_argument_group("what is printed")
    group.add_argument(
        "--patient", default="", metavar="NAME", help="for whom; empty leaves a line to write on"
    )
    group.add_argument("--clinician", default="", metavar="NAME", help="by whom")
    group.add_argument(
        "--date", type=day, metavar="YYYY-MM-DD", help="the date on the sheet (default: today)"
    )
    group.add_argument("--note", default="", metavar="TEXT", help="a few words for this patient")
    group.add_argument("--side", choices=SIDES, default="", help="the side that hurts")
    group.add_argument(
        "--exercise",
        dest="picks",
        type=pick,
        action="append",
        default=[],
        metavar="ID[:PART=N,...]",
        help=f"print this exercise instead of the usual ones; parts: {', '.join(DOSE_PARTS)} (repeatable)",
    )
    group.add_argument(
        "--cleared",
        choices=CLEARANCES,
        action="append",
        default=[],
        help="a clinician has ruled this out, so that running and jumping may be printed",
    )
    group.add_argument(
        "--log-weeks",
        type=log_weeks,
        default=Order(date=date.min).log_weeks,
        metavar="N",
        help="weeks in the exercise log (default: %(default)s)",
    )
    group.add_argument("--strict", action="store_true", help="warnings fail, too: nothing is written")
    look = parser.add_argument_group("how it looks")
    look.add_argument("--language", default="en", metavar="CODE", help="default: %(default)s")
    look.add_argument("--paper", choices=PAPERS, help="default: the clinic's own")
    look.add_argument("--edition", choices=EDITIONS, default="standard", help="default: %(default)s")
    look.add_argument("--ink", choices=INKS, default="colour", help="default: %(default)s")


def order(args: argparse.Namespace, clinic: Clinic, today: date) -> Order:
    """Return what the options ask for; paper that nobody named is the clinic's own."""
    return Order(
        date=args.date or today,
        patient=args.patient,
        clinician=args.clinician,
        note=args.note,
        side=args.side,
        language=args.language,
        paper=args.paper or clinic.paper,
        edition=args.edition,
        ink=args.ink,
        picks=tuple(args.picks),
        cleared=tuple(dict.fromkeys(args.cleared)),
        log_weeks=args.log_weeks,
    )


def refuse_warnings(args: argparse.Namespace, made: Made) -> None:
    """Raise what there is to warn of as an error, where ``--strict`` asks for it."""
    if args.strict and made.warnings:
        raise ContentError(made.warnings)


def day(words: str) -> date:
    """Read a date as YYYY-MM-DD."""
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise UsageError(
            f"--date {words!r} is not a day of the calendar.", advice="Write it as 2026-11-22."
        ) from None


def log_weeks(words: str) -> int:
    """Read how many weeks the log has."""
    return _number("--log-weeks", words, MOST_LOG_WEEKS)


def pick(words: str) -> Pick:
    """Read one ``--exercise``: ``bridge`` or ``bridge:sets=3,reps=10``.

    Whether the exercise exists, and whether the dose is safe for it, is for the library to say.
    """
    exercise, colon, doses = words.partition(":")
    where = f"--exercise {words}"
    if not exercise or (colon and not doses):
        raise UsageError(
            "an id is missing, or a dose after ':'.", where=where, advice="Like bridge:sets=3,reps=10"
        )
    change: dict[str, int] = {}
    for dose in filter(None, doses.split(",")):
        part, _, amount = dose.partition("=")
        if part not in DOSE_PARTS:
            near = difflib.get_close_matches(part, DOSE_PARTS, 1)
            advice = f"Did you mean {near[0]}?" if near else f"There are {', '.join(DOSE_PARTS)}."
            raise UsageError(f"a dose has no part called {part!r}.", where=where, advice=advice)
        if part in change:
            raise UsageError(f"{part} is given twice.", where=where)
        change[part] = _number(where, amount, 1000)
    return Pick(exercise, DoseChange(**change))


def _number(where: str, words: str, most: int) -> int:
    if not (words.isascii() and words.isdigit() and len(words) <= 6 and 1 <= int(words) <= most):
        raise UsageError(f"{words!r} is not a whole number from 1 to {most}.", where=where)
    return int(words)
