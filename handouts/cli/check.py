"""Read all content, or the files named, and tell every problem: where, what, what to do."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from handouts.cli import settings, talk
from handouts.errors import ContentError, UsageError

if TYPE_CHECKING:
    from handouts.content.library import Library

NAME = "check"
HELP = "every problem of the content files"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the words of this command."""
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="only these files (default: all)")
    parser.add_argument("--strict", action="store_true", help="warnings fail, too")
    parser.add_argument("--json", action="store_true", help="one JSON document instead of lines")


def run(args: argparse.Namespace) -> int:
    """Print every problem and warning; problems fail, and with ``--strict`` warnings too."""
    from handouts.content.check import check

    for path in args.files:
        if path.is_dir():
            raise UsageError(
                f"{path} is a folder, not a file.",
                advice=f"To check a library: handouts check --library {path}",
            )
        if not path.is_file():
            raise UsageError(f"there is no file {path}.")
    library = settings.library(args)
    for path in args.files:
        _expect_inside(path, library)
    problems = check(library, args.files or None)
    warnings = sum(problem.warning for problem in problems)
    errors = len(problems) - warnings
    failed = bool(errors or (args.strict and warnings))
    if args.json:
        talk.document(
            {
                "passed": not failed,
                "problems": [
                    {
                        "file": problem.file,
                        "line": problem.line,
                        "column": problem.column,
                        "severity": "warning" if problem.warning else "error",
                        "sentence": problem.sentence,
                        "advice": problem.advice,
                    }
                    for problem in problems
                ],
            }
        )
    else:
        for problem in problems:
            talk.result(str(problem))
        talk.say(f"{talk.count(errors, 'problem')}, {talk.count(warnings, 'warning')}.")
    return ContentError.exit_code if failed else 0


def _expect_inside(path: Path, library: Library) -> None:
    """Refuse a file of another library than the one that is open, and name the one it belongs to."""
    file = path.resolve()
    if any(file.is_relative_to(layer.resolve()) for layer in library.places.layers):
        return
    root = next((folder.parent for folder in file.parents if folder.name == "data"), None)
    if root:
        shown = os.path.relpath(root) if not path.is_absolute() else str(root)
        raise UsageError(
            f"{path} belongs to another library.",
            advice=f"Check it so: handouts check {path} --library {shown}",
        )
