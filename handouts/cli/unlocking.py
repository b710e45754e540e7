"""The passwords of locked files that others made: from a file, the environment, or whoever is asked."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from getpass import getpass
from pathlib import Path

from handouts.cli.files import read_file
from handouts.errors import UsageError

VARIABLE = "HANDOUTS_PDF_PASSWORD"


def add_options(parser: argparse._ActionsContainer) -> None:
    """Add the words."""
    parser.add_argument(
        "--password-file",
        dest="password_files",
        action="append",
        default=[],
        metavar="FILE=PATH",
        help=f"where the password of a locked file stands; else it is asked for, or {VARIABLE} (repeatable)",
    )


def passwords(args: argparse.Namespace, files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the password of each locked file by its name; '' is tried where there is none.

    Raises UsageError.
    """
    found: dict[str, str] = {}
    for words in args.password_files:
        file, equals, path = words.partition("=")
        name = Path(file).name
        if not equals or name not in files:
            raise UsageError(
                f"--password-file {file} names none of the files.",
                advice="Like --password-file map.pdf=secret.txt",
            )
        text = read_file(Path(path)).decode("utf-8", errors="replace")
        found[name] = text.partition("\n")[0].rstrip("\r")
    for name, pdf in files.items():
        if name not in found and b"/Encrypt" in pdf:
            found[name] = os.environ.get(VARIABLE) or _asked(name)
    return found


def _asked(name: str) -> str:
    # A file may be locked and yet open without a password; where nobody can be asked, that is tried.
    if sys.stdin is None or not sys.stdin.isatty():
        return ""
    try:
        return getpass(f"Password of {name} (none: just Enter): ")
    except EOFError:
        return ""
