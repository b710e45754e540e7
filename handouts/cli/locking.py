"""The options that lock a file with a passphrase, and where the passphrase comes from: never an argument.

What stands on a command line is seen by everybody on the machine, and stays in the shell's history.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from handouts.cli import talk
from handouts.cli.files import read_file
from handouts.errors import UsageError

if TYPE_CHECKING:
    from handouts.packet.passphrase import Passphrase

VARIABLE = "HANDOUTS_PASSPHRASE"
_FOR_OTHERS = 0o077
_SOURCES = f"Run it in a terminal, set {VARIABLE}, or name a file with --passphrase-file."


def add_options(group: argparse._ArgumentGroup) -> None:
    """Add the words."""
    group.add_argument(
        "--encrypt",
        action="store_true",
        help=f"lock it with a passphrase (asked for, else {VARIABLE} or --passphrase-file)",
    )
    group.add_argument(
        "--passphrase-file", type=Path, metavar="FILE", help="a file with the passphrase in its first line"
    )


def choose_passphrase(args: argparse.Namespace, known: Iterable[str]) -> Passphrase | None:
    """Return the passphrase if one is wanted: from the file, else the environment, else asked for twice.

    A person who types nothing is given one of random words.
    ``known`` are texts whose words count for nothing, such as the patient's name.

    Raises UsageError, without a word of it, if it is missing, typed differently or soon guessed.
    """
    if not args.encrypt:
        if args.passphrase_file:
            raise UsageError("--passphrase-file goes with --encrypt.")
        return None
    from handouts.packet.passphrase import Passphrase

    if args.passphrase_file:
        typed = _first_line(args.passphrase_file)
    else:
        typed = os.environ.get(VARIABLE, "") or _asked()
    return Passphrase.chosen(typed, known) if typed else _made(known)


def tell() -> None:
    """Say what has to be known of a locked file."""
    talk.say(
        "It opens only with the passphrase, which nobody can find again. Tell it by telephone or on paper,"
        " never in the same message."
    )


def _first_line(path: Path) -> str:
    try:
        lines = read_file(path).decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise UsageError(f"{path} is no text file in UTF-8.") from None
    if not lines or not lines[0].strip():
        raise UsageError(f"there is no passphrase in the first line of {path}.")
    if os.name == "posix" and path.stat().st_mode & _FOR_OTHERS:
        talk.say(f"handouts: warning: others can read {path}. Keep it to yourself: chmod 600 {path}")
    return lines[0]


def _made(known: Iterable[str]) -> Passphrase:
    from handouts.packet.passphrase import make_passphrase

    made = make_passphrase(known)
    talk.say(f"The passphrase is: {made.text}\nWrite it down now: it is shown once and kept nowhere.")
    return made


def _asked() -> str:
    """Return what a person types, twice the same; nothing if they want one made."""
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError("there is nobody to ask for the passphrase.", advice=_SOURCES)
    try:
        typed = getpass("Passphrase (four words or more; Enter alone makes one): ")
        again = getpass("The same again: ") if typed else ""
    except EOFError:
        raise UsageError("no passphrase was given.", advice=_SOURCES) from None
    if typed != again:
        raise UsageError("the two passphrases differ.", advice="Try again.")
    return typed
