"""The options of ``make`` and ``packet`` that together are one :class:`handouts.order.Order`."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from handouts.cli import talk
from handouts.clinic import Clinic
from handouts.errors import ContentError, UsageError
from handouts.order import (
    CLEARANCES,
    DOSE_PARTS,
    EDITIONS,
    INKS,
    PAPERS,
    SIDES,
    Order,
    Pick,
    parse_day,
    parse_log_weeks,
    parse_number,
    parse_pick,
)

if TYPE_CHECKING:
    from handouts.content.library import Library
    from handouts.pipeline import Made

QUOTES = "Put a name of several words in quotes."

T = TypeVar("T")


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
    """Say whether the command line so far holds private words, or asks for a passphrase."""
    private = ("patient", "clinician", "note", "roster", "encrypt")
    return any(getattr(args, option, "") for option in private)


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
    add_log_weeks(group)
    group.add_argument("--strict", action="store_true", help="warnings fail, too: nothing is written")
    add_look(parser)


def add_log_weeks(group: argparse._ArgumentGroup) -> None:
    """Add the option that says how long the log is."""
    group.add_argument(
        "--log-weeks",
        type=log_weeks,
        default=Order(date=date.min).log_weeks,
        metavar="N",
        help="weeks in the exercise log (default: %(default)s)",
    )


def add_look(parser: argparse.ArgumentParser) -> None:
    """Add the options that say how a sheet looks."""
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
    """Read ``--date``."""
    return _shown("--date", words, parse_day)


def log_weeks(words: str) -> int:
    """Read ``--log-weeks``."""
    return _shown("--log-weeks", words, parse_log_weeks)


def pick(words: str) -> Pick:
    """Read one ``--exercise``."""
    return _shown("--exercise", words, parse_pick)


def whole_number(option: str, words: str, most: int) -> int:
    """Read the whole number, from 1 to ``most``, of an option."""
    return _shown(option, words, lambda given: parse_number("this", given, most))


def _shown(option: str, words: str, parse: Callable[[str], T]) -> T:
    """Read the words of an option; what is wrong is told with them."""
    try:
        return parse(words)
    except UsageError as error:
        raise UsageError(error.sentence, advice=error.advice, where=f"{option} {words}") from None
