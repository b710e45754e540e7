"""Join PDFs, whoever made them, into one that keeps tags, links and bookmarks."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from getpass import getpass
from pathlib import Path

from handouts.cli import settings, talk
from handouts.cli.files import alt_texts, read_file
from handouts.cli.output import Delivery, Destination
from handouts.errors import UsageError

NAME = "merge"
HELP = "join PDFs and keep tags, links and bookmarks"
VARIABLE = "HANDOUTS_PDF_PASSWORD"
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
    parser.add_argument(
        "--password-file",
        dest="password_files",
        action="append",
        default=[],
        metavar="FILE=PATH",
        help=f"where the password of a locked file stands; else it is asked for, or {VARIABLE} (repeatable)",
    )
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
    passwords = _passwords(args, names, data)

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


def _passwords(args: argparse.Namespace, names: Sequence[str], data: dict[Path, bytes]) -> dict[str, str]:
    """Return the passwords of the files that have one: from a file, else the environment, else asked for."""
    passwords: dict[str, str] = {}
    for words in args.password_files:
        file, equals, path = words.partition("=")
        name = Path(file).name
        if not equals or name not in names:
            raise UsageError(
                f"--password-file {file} names none of the files.",
                advice="Like --password-file map.pdf=secret.txt",
            )
        text = read_file(Path(path)).decode("utf-8", errors="replace")
        passwords[name] = text.partition("\n")[0].rstrip("\r")
    for file, pdf in data.items():
        if file.name not in passwords and b"/Encrypt" in pdf:
            passwords[file.name] = os.environ.get(VARIABLE) or _asked(file.name)
    return passwords


def _asked(name: str) -> str:
    # A file may be locked and yet open without a password; where nobody can be asked, that is tried.
    if sys.stdin is None or not sys.stdin.isatty():
        return ""
    try:
        return getpass(f"Password of {name} (none: just Enter): ")
    except EOFError:
        return ""
