"""The whole command line: its words, and what becomes of everything that can happen.

::

    0    done                              5    a finished PDF has defects, or is not what was made
    2    wrong usage, an unknown id        6    outside trouble: disk, printer, mail server
    3    done, but part was refused        70   our bug (the traceback only with -v)
    4    content has problems              130  stopped by hand (129, 143: by the system)
"""

from __future__ import annotations

import argparse
import difflib
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from typing import NoReturn

from handouts import __version__
from handouts.cli import (
    audit,
    batch,
    check,
    figure,
    list_,
    mail,
    make,
    merge,
    new,
    orders,
    packet,
    print_,
    talk,
    verify,
    where,
)
from handouts.cli.stopping import Stopped, stoppable
from handouts.errors import HandoutError, OutsideError

COMMANDS = (list_, make, packet, merge, print_, batch, verify, mail, check, audit, figure, new, where)
BUG = 70


class _HelpFormatter(argparse.HelpFormatter):
    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=32, width=100)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """End with usage and what is wrong, without the value of an option that takes none."""
        # It would be repeated, and may be a passphrase.
        option, ignored, _ = message.partition("ignored explicit argument")
        super().error(f"{option}takes no value" if ignored else message)


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    whole = _Parser(
        prog="handouts",
        description="Branded, accessible patient handouts for physiotherapy clinics.",
        epilog="handouts COMMAND --help tells more about one command.",
        allow_abbrev=False,
        formatter_class=_HelpFormatter,
    )
    whole.add_argument("--version", action="version", version=f"handouts {__version__}")
    commands = whole.add_subparsers(dest="command", metavar="COMMAND", required=True)
    everywhere = _Parser(add_help=False, allow_abbrev=False)
    group = everywhere.add_argument_group("everywhere")
    group.add_argument(
        "--library", metavar="DIR", help="a clinic's own folder, laid over the bundled content"
    )
    group.add_argument("-v", "--verbose", action="store_true", help="if we have a bug, show where")
    for command in COMMANDS:
        words = commands.add_parser(
            command.NAME,
            help=command.HELP,
            description=command.__doc__,
            parents=[everywhere],
            allow_abbrev=False,
            formatter_class=_HelpFormatter,
        )
        command.add(words)
        words.set_defaults(run=command.run, parser=words)
    return whole


def run(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; ``words`` are the command line's own when left out."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A title with a letter that the terminal's encoding lacks must not stop the work.
            stream.reconfigure(errors="backslashreplace")
    args = argparse.Namespace(verbose=False)
    try:
        with stoppable():
            return _run(words, args)
    except HandoutError as error:
        return _tell([error], args)
    except ExceptionGroup as group:
        return _tell(group.exceptions, args)
    except BrokenPipeError:
        # Whoever read our results has read enough.
        return 0
    except Stopped as stop:
        talk.say("handouts: stopped.")
        return stop.exit_code
    except Exception as error:  # noqa: BLE001
        return _tell([error], args)


def _run(words: Sequence[str] | None, args: argparse.Namespace) -> int:
    try:
        _, unknown = parser().parse_known_args(words, args)
        if unknown:
            _refuse(unknown, args)
        code = int(args.run(args))
    except SystemExit:
        talk.flush()
        raise
    talk.flush()
    return code


def _refuse(unknown: Sequence[str], args: argparse.Namespace) -> NoReturn:
    """End with usage and what is wrong; a word that may be part of a patient's name is not repeated."""
    words: argparse.ArgumentParser = args.parser
    options = [word.partition("=")[0] for word in unknown if word.startswith("-")]
    if options:
        known = [option for option in words._option_string_actions if option.startswith("--")]  # noqa: SLF001
        near = difflib.get_close_matches(options[0], known, 1)
        words.error(f"there is no option {options[0]}." + (f" Did you mean {near[0]}?" if near else ""))
    if orders.names_somebody(args):
        words.error(f"there are words that belong to no option. {orders.QUOTES}")
    words.error(f"these words belong to no option: {' '.join(unknown)}. Put them before the options.")


def _tell(errors: Sequence[BaseException], args: argparse.Namespace) -> int:
    with suppress(OSError, OutsideError):
        talk.flush()
    for error in errors:
        if not isinstance(error, HandoutError) or error.exit_code == BUG:
            return _confess(error, args)
    for line in dict.fromkeys(str(error) for error in errors):
        talk.say(line if "\n" in line else f"handouts: {line}")
    return max(error.exit_code for error in errors if isinstance(error, HandoutError))


def _confess(error: BaseException, args: argparse.Namespace) -> int:
    talk.say(f"handouts: this is a bug in handouts, not your mistake ({type(error).__name__}).")
    if not args.verbose:
        talk.say("Run the same command with -v to see where, and please report it.")
        return BUG
    if orders.names_somebody(args):
        # The message of a stray error may quote a patient's name; where it happened cannot.
        talk.say("".join(traceback.format_tb(error.__traceback__)).rstrip())
    else:
        talk.say("".join(traceback.format_exception(error)).rstrip())
    return BUG
