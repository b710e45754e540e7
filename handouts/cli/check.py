"""Read all content, or the files named, and tell every problem: where, what, what to do."""

from __future__ import annotations

import argparse
from pathlib import Path

from handouts.cli import settings, talk
from handouts.errors import ContentError, UsageError

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
        if not path.is_file():
            raise UsageError(f"there is no file {path}.")
    library = settings.library(args)
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
