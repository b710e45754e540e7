"""Make one PDF for each condition and clinic. A file with a defect is never handed over."""

from __future__ import annotations

import argparse

from handouts.cli import orders, settings, talk
from handouts.cli.output import Delivery, Destination, file_name
from handouts.errors import HandoutError, Problem, UnknownIdError, UsageError

NAME = "make"
HELP = "one PDF for each condition and clinic"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the words of this command."""
    parser.add_argument(
        "conditions",
        nargs="*",
        action=orders.Things,
        metavar="CONDITION",
        help="see: handouts list conditions",
    )
    parser.add_argument("--all", action="store_true", help="every condition that there is")
    parser.add_argument(
        "--clinic",
        dest="clinics",
        action="append",
        default=[],
        metavar="ID",
        help="whose handout (repeatable; default: clinic in handouts.toml)",
    )
    parser.add_argument(
        "-o", "--output", metavar="PATH", help="a folder, or a name ending in .pdf (default: ./output)"
    )
    orders.add_options(parser)


def run(args: argparse.Namespace) -> int:
    """Make all of them; where one is refused, tell every reason and write none."""
    if args.all == bool(args.conditions):
        sentence, advice = "say which conditions, or --all.", "See: handouts list conditions"
        raise orders.discreet(UsageError(sentence, advice=advice), args)
    from handouts.content.readiness import refuse_unfinished

    library = settings.library(args)
    today = settings.today()
    conditions = library.ids("condition") if args.all else tuple(dict.fromkeys(args.conditions))
    clinic_ids = settings.clinics(args)
    picked = [pick.exercise for pick in args.picks]
    refuse_unfinished(library, conditions, clinic_ids, picked, args.language)
    for condition in conditions:
        try:
            library.condition(condition)
        except UnknownIdError as error:
            raise orders.discreet(error, args) from None
    clinics = [library.clinic(name) for name in clinic_ids]
    destination = Destination.parse(args.output, files=len(conditions) * len(clinics))
    orders.look_over(args, library)
    wanted = [orders.order(args, clinic, today) for clinic in clinics]

    from handouts.pipeline import make_handout

    # Several handouts with one name on them are in one patient's hands.
    beside = conditions if args.patient else ()
    warnings: list[Problem] = []
    refusals: list[HandoutError] = []
    with Delivery(destination.folder) as delivery:
        with talk.progress(len(conditions) * len(clinics)) as step:
            for clinic, order in zip(clinics, wanted, strict=True):
                for condition in conditions:
                    try:
                        made = make_handout(library, condition, clinic.id, order, beside)
                        orders.refuse_warnings(args, made)
                    except HandoutError as refusal:
                        refusals.append(refusal)
                        step(f"{condition} for {clinic.id}: refused")
                        continue
                    name = file_name(condition, clinic.id, order, clinic.paper)
                    delivery.add(destination.place(name), made.pdf)
                    warnings += made.warnings
                    step(f"{condition} for {clinic.id}: {talk.size(made.pages, made.pdf)}")
        if refusals:
            raise ExceptionGroup("refused", refusals)
    talk.warn(dict.fromkeys(warnings))
    for path in delivery.paths:
        talk.result(str(path))
    return 0
