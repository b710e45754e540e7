"""Bind handouts, and PDFs of your own, into one PDF: a cover with the contents, then each of them."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handouts.cli import copies, inserts, locking, orders, settings, talk
from handouts.cli.output import Delivery, Destination, file_name
from handouts.errors import UsageError

if TYPE_CHECKING:
    from handouts.content.library import Library

NAME = "packet"
HELP = "one PDF: cover, contents, handouts"


class UnknownPartError(UsageError):
    """A part is neither a packet nor a condition."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What is bound: the file's name, the title, the conditions, and the packets whose inserts come along."""

    name: str
    title: str
    conditions: tuple[str, ...]
    packets: tuple[str, ...]

    @property
    def ready_made(self) -> bool:
        """Whether it is one packet as a clinic has put it together."""
        return self.packets == (self.name,)


def add(parser: argparse.ArgumentParser) -> None:
    """Add the words of this command."""
    parser.add_argument(
        "parts",
        nargs="+",
        action=orders.Things,
        metavar="PACKET|CONDITION",
        help="a packet (see: handouts list packets), or conditions in the order wanted",
    )
    parser.add_argument(
        "--clinic", dest="clinics", action="append", default=[], metavar="ID", help="whose packet"
    )
    parser.add_argument(
        "-o", "--output", metavar="FILE.pdf", help="the file to write, or a folder (default: ./output)"
    )
    inserts.add_options(parser)
    parser.add_argument(
        "--duplex", action="store_true", help="for two-sided printing: each part begins on a new sheet"
    )
    orders.add_options(parser)
    copies.add_options(parser)


def run(args: argparse.Namespace) -> int:
    """Make the packet and print its path."""
    from handouts.content.readiness import refuse_unfinished

    library = settings.library(args)
    clinic_ids = settings.clinics(args)
    if len(clinic_ids) > 1:
        raise UsageError("a packet is for one clinic.", advice="Give --clinic once.")
    picked = [pick.exercise for pick in args.picks]
    refuse_unfinished(library, args.parts, clinic_ids, picked, args.language)
    clinic = library.clinic(clinic_ids[0])
    orders.look_over(args, library)
    try:
        bound = contents(library, args.parts, args.language)
    except UnknownPartError as error:
        raise orders.discreet(error, args) from None
    order = orders.order(args, clinic, settings.today())
    destination = Destination.parse(args.output, files=1)
    path = destination.place(file_name(bound.name, clinic.id, order, clinic.paper))
    further = inserts.inserts(args, library, bound.packets, bound.conditions)
    known = (order.patient, order.clinician, clinic.name, bound.title, *bound.conditions)
    passphrase = locking.choose_passphrase(args, known)

    from handouts.pipeline import make_packet

    with Delivery(destination.folder) as delivery, talk.progress(1) as step:
        made = make_packet(
            library,
            bound.title,
            bound.conditions,
            clinic.id,
            order,
            ready_made=bound.ready_made,
            inserts=further,
            duplex=args.duplex,
        )
        orders.refuse_warnings(args, made)
        step(f"{bound.title}: {talk.size(made.pages, made.pdf)}")
        for place, pdf in copies.copies(args, path, made.pdf, order.edition, passphrase).items():
            delivery.add(place, pdf)
    talk.warn(made.warnings)
    for place in delivery.paths:
        talk.result(str(place))
    return 0


def contents(library: Library, parts: list[str], language: str) -> Contents:
    """Return what was asked for; a condition is bound in once.

    A packet's id stands for its conditions, also between others; alone it gives name and title as well.
    """
    from handouts.content.problems import suggestion

    packets, sheets = library.ids("packet"), library.ids("condition")
    conditions: list[str] = []
    for part in parts:
        if part in packets:
            conditions += library.packet(part).conditions
        elif part in sheets:
            conditions.append(part)
        else:
            raise UnknownPartError(
                f"there is no packet or condition called {part!r}.",
                advice=suggestion(part, packets + sheets, library.known("packet", "condition")),
            )
    once = tuple(dict.fromkeys(conditions))
    bound = tuple(dict.fromkeys(part for part in parts if part in packets))
    if len(parts) == 1 and bound:
        return Contents(parts[0], library.packet(parts[0]).title, once, bound)
    return Contents("packet", library.words(language).words["cover_line"], once, bound)
