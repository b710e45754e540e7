"""What of a finished packet is handed over: as it is or locked, and a booklet beside it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from handouts.cli import locking, talk
from handouts.errors import ContentError, Problem

if TYPE_CHECKING:
    from handouts.order import Edition
    from handouts.packet.booklet import Booklet
    from handouts.packet.passphrase import Passphrase

LEAST_TYPE_PT = 9.0
"""Body type below this is hard to read for many; our own is 12, and 18 in large print."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the words."""
    group = parser.add_argument_group("what is handed over")
    group.add_argument(
        "--booklet", action="store_true", help="also a file to print, fold and staple: NAME_booklet.pdf"
    )
    locking.add_options(group)


def copies(
    args: argparse.Namespace, path: Path, pdf: bytes, edition: Edition, passphrase: Passphrase | None
) -> dict[Path, bytes]:
    """Return the files to write for a finished PDF that goes to ``path``: it first, then its booklet.

    With a passphrase both are locked: the booklet holds the same words.
    """
    files = {path: pdf}
    if args.booklet:
        from handouts.packet.booklet import make_booklet

        made = make_booklet(pdf, accessible=path.name)
        _tell(args, made, edition)
        files[path.with_name(f"{path.stem}_booklet{path.suffix}")] = made.pdf
    if passphrase is not None:
        from handouts.packet.protect import protect

        files = {place: protect(file, passphrase) for place, file in files.items()}
        locking.tell()
    return files


def _tell(args: argparse.Namespace, booklet: Booklet, edition: Edition) -> None:
    """Say how to print a booklet, and what is wrong with it; with ``--strict`` that is refused."""
    from handouts.typeset.styles import sheet

    talk.say(
        f"The booklet takes {talk.count(booklet.sheets, 'sheet')}: print on both sides, turned on the short"
        " edge, fold and staple. It can't be read aloud; the other file can."
    )
    type_pt = sheet(edition).style("").size * booklet.scale
    if type_pt < LEAST_TYPE_PT:
        small = Problem(
            "--booklet",
            0,
            0,
            f"type is {type_pt:.1f} pt in the booklet, too small for many.",
            "Add --edition large-print." if edition == "standard" else "",
            warning=True,
        )
        if args.strict:
            raise ContentError((small,))
        talk.warn([small])
