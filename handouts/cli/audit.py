"""Read finished PDFs back: tags, reading order, fonts, title, language, alt text, active content."""

from __future__ import annotations

import argparse
from pathlib import Path

from handouts.cli import talk
from handouts.cli.files import read_file
from handouts.errors import DefectiveError

NAME = "audit"
HELP = "find what is wrong with a finished PDF"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the words of this command."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE.pdf")
    parser.add_argument("--json", action="store_true", help="one JSON document instead of lines")


def run(args: argparse.Namespace) -> int:
    """Print every defect of every file; warnings alone do not fail."""
    documents = [(path, read_file(path)) for path in dict.fromkeys(args.files)]

    from handouts.audit import audit

    found = {path: audit(data) for path, data in documents}
    failed = [
        path for path, defects in found.items() if any(defect.severity == "defect" for defect in defects)
    ]
    if args.json:
        talk.document(
            [
                {
                    "file": str(path),
                    "passed": path not in failed,
                    "defects": [
                        {
                            "code": defect.code,
                            "severity": defect.severity,
                            "page": defect.page,
                            "sentence": defect.sentence,
                        }
                        for defect in defects
                    ],
                }
                for path, defects in found.items()
            ]
        )
    else:
        for path, defects in found.items():
            for defect in defects:
                talk.result(f"{path}: {defect}")
        talk.say(f"{len(found) - len(failed)} of {len(found)} passed.")
    return DefectiveError.exit_code if failed else 0
