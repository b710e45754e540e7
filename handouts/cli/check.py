"""Read all content, or the files named, and tell every problem: where, what, what to do."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from handouts.cli import settings, talk
from handouts.errors import ContentError, HandoutError, UsageError

if TYPE_CHECKING:
    from handouts.appraisal import Appraisal
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
    from handouts.appraisal import appraise, template_problem
    from handouts.appraisal.glyphs import glyph_problems
    from handouts.appraisal.rehearsal import rehearsal_problems
    from handouts.content.check import check

    for path in args.files:
        if path.is_dir():
            raise UsageError(
                f"{path} is a folder, not a file.",
                advice=f"To check a library: handouts check --library {path}",
            )
        if not path.is_file():
            raise UsageError(f"there is no file {path}.")
    library = settings.library(args, drafts=True)
    for path in args.files:
        _expect_inside(path, library)
    files = frozenset(path.resolve() for path in args.files)
    found = {*check(library, args.files or None, settings.today())}
    found.update(
        problem for problem in glyph_problems(library) if not files or Path(problem.file).resolve() in files
    )
    if not files:
        found.update(rehearsal_problems(library))
    appraisals: list[Appraisal] = []
    for name in library.ids("condition"):
        if files and Path(library.origin("condition", name)).resolve() not in files:
            continue
        try:
            library.condition(name)
            appraisals.append(appraise(library, name))
        except ContentError as error:
            # All of them are told already, unless the fault lies in a file that was not asked for.
            found.update(error.problems)
        except HandoutError as error:
            found.add(template_problem(library, name, error))
    found.update(problem for appraisal in appraisals for problem in appraisal.problems)
    problems = sorted(found)
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
                "handouts": [_scores(appraisal) for appraisal in appraisals],
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


def _scores(appraisal: Appraisal) -> dict[str, Any]:
    """Return what JSON says of one handout: each answer is true, false, or null where it does not apply."""
    from handouts.appraisal.checklist import percent

    reading = appraisal.reading
    return {
        "id": appraisal.condition,
        "reading": {
            "flesch_kincaid": round(reading.grade, 1),
            "flesch_kincaid_prose": round(reading.prose_grade, 1),
            "smog": round(reading.smog, 1),
            "words": reading.words,
            "sentences": reading.sentences,
            "words_per_sentence": round(reading.mean_sentence, 1),
            "longest_sentence": reading.longest_sentence,
            "perhaps_passive": list(reading.passive),
            "unexplained": [term.term for term in reading.unexplained],
        },
        **{
            name: {
                "percent": percent(answers),
                "items": [
                    {"item": answer.item, "question": answer.question, "met": answer.met}
                    for answer in answers
                ],
            }
            for name, answers in (("pemat", appraisal.pemat), ("cdc", appraisal.cdc))
        },
    }
