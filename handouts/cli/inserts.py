"""The PDFs of a clinic's own that a packet binds in: from the command line, and from a packet's file."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from handouts.cli import unlocking
from handouts.cli.files import alt_texts, read_file
from handouts.errors import UsageError

if TYPE_CHECKING:
    from handouts.content.library import Library
    from handouts.merging import Insertion

AFTER = ":after="


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that bind further files into a packet."""
    group = parser.add_argument_group("what is bound in")
    group.add_argument(
        "--insert",
        dest="inserts",
        action="append",
        default=[],
        metavar=f"FILE.pdf[{AFTER}ID]",
        help="a PDF of your own, behind a condition or the cover; else it comes last (repeatable)",
    )
    group.add_argument(
        "--alt",
        dest="alts",
        action="append",
        default=[],
        metavar="FILE=TEXT",
        help="what an untagged insert shows, for who cannot see it (repeatable)",
    )
    unlocking.add_options(group)


def inserts(
    args: argparse.Namespace, library: Library, packets: Sequence[str], conditions: Sequence[str]
) -> tuple[Insertion, ...]:
    """Return what is bound in: what the packets' files name, then what the command line does.

    Raises UsageError, ContentError and OutsideError.
    """
    from handouts.merging import Insertion, Source

    found: list[Insertion] = []
    for name in packets:
        for insert, data in zip(library.packet(name).inserts, library.inserts(name), strict=True):
            source = Source(data, insert.file, title=insert.title, alt=insert.alt or "")
            found.append(Insertion(source, insert.after or ""))
    for words in args.inserts:
        path, after = _parsed(words, conditions)
        found.append(Insertion(Source(read_file(path), path.name), after))
    files = {one.source.name: one.source.pdf for one in found}
    alts, passwords = alt_texts(args.alts, list(files)), unlocking.passwords(args, files)
    sources = [
        replace(
            one.source,
            alt=alts.get(one.source.name, one.source.alt),
            password=passwords.get(one.source.name, ""),
        )
        for one in found
    ]
    return tuple(replace(one, source=source) for one, source in zip(found, sources, strict=True))


def _parsed(words: str, conditions: Sequence[str]) -> tuple[Path, str]:
    from handouts.content.inserts import COVER

    file, place, after = words.rpartition(AFTER)
    if not place:
        return Path(words), ""
    if after not in (COVER, *conditions):
        known = ", ".join((COVER, *conditions))
        raise UsageError(
            f"the packet holds no {after!r} to put {Path(file).name} behind.", advice=f"There is: {known}."
        )
    return Path(file), after
