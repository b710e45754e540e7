"""Join PDFs, whoever made them, into one that keeps tags, links and bookmarks."""

from __future__ import annotations

import argparse
from pathlib import Path

from handouts.cli import settings, talk, unlocking
from handouts.cli.files import alt_texts, read_file
from handouts.cli.output import Delivery, Destination

NAME = "merge"
HELP = "join PDFs and keep tags, links and bookmarks"
FILE_NAME = "merged.pdf"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the words of this command."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE.pdf", help="in the order wanted")
    parser.add_argument(
        "--alt",
        dest="alts",
        action="append",
        default=[],
        metavar="FILE=TEXT",
        help="what an untagged file shows, for who cannot see it (repeatable)",
    )
    parser.add_argument("--title", default="", help="of the whole (default: the titles of the files)")
    parser.add_argument(
        "--language",
        default="",
        metavar="L",
        help="of the whole, such as en (default: the first that is told)",
    )
    unlocking.add_options(parser)
    parser.add_argument("--json", action="store_true", help="one JSON document instead of lines")
    parser.add_argument(
        "-o", "--output", metavar="FILE.pdf", help="the file to write, or a folder (default: ./output)"
    )


def run(args: argparse.Namespace) -> int:
    """Join the files and print the path of the whole; all there is to know of it goes to stderr."""
    names = [path.name for path in args.files]
    alts = alt_texts(args.alts, names)
    path = Destination.parse(args.output, files=1).place(FILE_NAME)
    data = {file: read_file(file) for file in dict.fromkeys(args.files)}
    passwords = unlocking.passwords(args, {path.name: pdf for path, pdf in data.items()})

    from handouts.merging import Source, merge_files

    sources = [
        Source(data[file], file.name, passwords.get(file.name, ""), alt=alts.get(file.name, ""))
        for file in args.files
    ]
    with Delivery(path.parent) as delivery:
        merged = merge_files(sources, title=args.title, language=args.language, day=settings.today())
        delivery.add(path, merged.pdf)
    claims = sorted(merged.claims)
    if args.json:
        told = [{"file": one.file, "sentence": one.sentence} for one in merged.told]
        talk.document({"path": str(path), "pages": merged.pages, "claims": claims, "told": told})
        return 0
    talk.warn(merged.told)
    talk.say(f"{path.name}: {talk.size(merged.pages, merged.pdf)}; {_claimed(merged.claims)}")
    talk.result(str(path))
    return 0


def _claimed(claims: frozenset[str]) -> str:
    from handouts.packet import STANDARDS

    names = [full for claim, full in STANDARDS.items() if claim in claims]
    return f"claims {' and '.join(names)}." if names else "claims no standard."
