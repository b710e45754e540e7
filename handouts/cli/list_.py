"""Show what there is, sorted by id."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from handouts.cli import settings, talk

if TYPE_CHECKING:
    from handouts.content.places import Kind

NAME = "list"
HELP = "the conditions, exercises, clinics or packets that there are"
KINDS: dict[str, Kind] = {
    "conditions": "condition",
    "exercises": "exercise",
    "clinics": "clinic",
    "packets": "packet",
}


def add(parser: argparse.ArgumentParser) -> None:
    """Add the words of this command."""
    parser.add_argument("what", choices=KINDS)
    parser.add_argument("--json", action="store_true", help="a JSON array of objects instead of lines")


def run(args: argparse.Namespace) -> int:
    """Print one line, or one object, for each."""
    kind = KINDS[args.what]
    library = settings.library(args, drafts=True)
    titles = sorted(library.titles(kind).items())
    if args.json and kind == "condition":
        from handouts.content.catalogue import condition_entries

        talk.document(condition_entries(library, settings.today()))
    elif args.json:
        talk.document([{"id": name, "title": title} for name, title in titles])
    elif titles:
        talk.table(titles)
    else:
        talk.say(f"There are no {args.what} yet.")
    return 0
