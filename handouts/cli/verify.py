"""Hold the files that a batch has made against its manifest: what is missing, changed, extra or half done."""

from __future__ import annotations

import argparse
from pathlib import Path

from handouts.cli import talk
from handouts.errors import DefectiveError

NAME = "verify"
HELP = "the files of a batch against its manifest"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the words of this command."""
    parser.add_argument("folder", metavar="DIR", help="the folder, or address, that a batch has filled")


def run(args: argparse.Namespace) -> int:
    """Print a line for each file that is not as it was made."""
    if "://" in args.folder:
        from handouts.batch.storage import verify_storage

        verdict = verify_storage(args.folder)
    else:
        from handouts.batch.folder import verify

        verdict = verify(Path(args.folder))
    for problem in verdict.problems:
        talk.result(problem)
    wrong = talk.count(len(verdict.problems), "problem")
    talk.say(f"{talk.count(verdict.files, 'file')} looked at, {wrong}.")
    return DefectiveError.exit_code if verdict.problems else 0
