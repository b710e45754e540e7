"""The options of ``make`` and ``packet`` that together are one :class:`handouts.order.Order`."""

from __future__ import annotations

import argparse
import difflib
import re
from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any

from handouts.cli import talk
from handouts.clinic import Clinic
from handouts.errors import ContentError, UsageError
from handouts.order import EDITIONS, INKS, PAPERS, SIDES, DoseChange, Order, Pick

if TYPE_CHECKING:
    from handouts.content.library import Library
    from handouts.pipeline import Made

CLEARANCES = ("bone-stress",)
MOST_LOG_WEEKS = 12
YEARS = range(1900, 2201)
DOSE_PARTS = tuple(part.name for part in fields(DoseChange))
QUOTES = "Put a name of several words in quotes."

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Things(argparse.Action):
    """Takes what is to be made, and notes in ``after_name`` whether it stands behind a person's name.

    There a word may be the rest of that name, so that no message may repeat it.
    """

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        """Take the words."""
        setattr(namespace, self.dest, values)
        namespace.after_name = names_somebody(namespace)


def names_somebody(args: argparse.Namespace) -> bool:
    """Say whether the command line so far holds a name or a note, or asks for a passphrase."""
    return any(getattr(args, option, "") for option in ("patient", "clinician", "note", "encrypt"))


def discreet(error: UsageError, args: argparse.Namespace) -> UsageError:
    """Return the error for a word that names nothing to make, without the word if it may be a person's."""
    if args.after_name and getattr(args, "encrypt", False):
        return UsageError("a word can't be read.", advice=f"A passphrase is never given here. {QUOTES}")
    if args.after_name:
        return UsageError("the words after a name can't be read.", advice=f"{QUOTES} {error.advice}")
    return error


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


def look_over(args: argparse.Namespace, library: Library) -> None:
    """Refuse a language that there are no words for; say if there are more exercises than anybody does."""
    from handouts.content.crosschecks import MOST_PRINTED

    languages = library.store.languages()
    if args.language not in languages:
        raise UsageError(
            f"there is no language {args.language!r}.", advice=f"There is: {', '.join(languages)}."
        )
    if len(args.picks) > MOST_PRINTED:
        talk.say(
            f"handouts: warning: {len(args.picks)} exercises are more than a patient keeps up"
            f" ({MOST_PRINTED}). Leave some out."
        )


def order(args: argparse.Namespace, clinic: Clinic, today: date) -> Order:
    """Return what the options ask for; paper that nobody named is the clinic's own."""
    picked: set[str] = set()
    for one in args.picks:
        if one.exercise in picked:
            raise UsageError(
                "it is chosen twice.", where=f"--exercise {one.exercise}", advice="Choose it once."
            )
        picked.add(one.exercise)
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
    """Read a date as YYYY-MM-DD, of a year that somebody may have lived in."""
    try:
        found = date.fromisoformat(words) if _DAY.fullmatch(words) else None
    except ValueError:
        found = None
    if found is None:
        raise UsageError(f"--date {words!r} is not a day of the calendar.", advice="Write it as 2026-11-22.")
    if found.year not in YEARS:
        raise UsageError(
            f"--date {words} is not a day from {YEARS[0]} to {YEARS[-1]}.", advice="Look at the year."
        )
    return found


def log_weeks(words: str) -> int:
    """Read how many weeks the log has."""
    return whole_number("--log-weeks", words, MOST_LOG_WEEKS)


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
        change[part] = whole_number(where, amount, 1000)
    return Pick(exercise, DoseChange(**change))


def whole_number(where: str, words: str, most: int) -> int:
    """Read a whole number from 1 to ``most``; ``where`` says which option gives it."""
    if not (words.isascii() and words.isdigit() and len(words) <= 6 and 1 <= int(words) <= most):
        raise UsageError(f"{words!r} is not a whole number from 1 to {most}.", where=where)
    return int(words)
