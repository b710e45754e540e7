"""The command line: the only place that reads the clock, the environment and the current folder.

One small module for each command. Each has ``add(commands)``, which says its words, and ``run(args)``,
which does it and returns the exit code; it imports the stages only when it runs, so that
``handouts list`` and ``--help`` start without a typesetter.

::

    0    done                              6    outside trouble: disk
    2    wrong usage, an unknown id        70   our bug (the traceback only with -v)
    4    content has problems              130  stopped by hand
    5    a finished PDF has defects
"""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Sequence

from handouts import __version__
from handouts.cli import audit, check, figure, list_, make, new, packet, where
from handouts.cli.talk import say
from handouts.errors import HandoutError

COMMANDS = (list_, make, packet, check, audit, figure, new, where)
STOPPED = 130
BUG = 70


class _HelpFormatter(argparse.HelpFormatter):
    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=32, width=100)


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    whole = argparse.ArgumentParser(
        prog="handouts",
        description="Branded, accessible patient handouts for physiotherapy clinics.",
        epilog="handouts COMMAND --help tells more about one command.",
        allow_abbrev=False,
        formatter_class=_HelpFormatter,
    )
    whole.add_argument("--version", action="version", version=f"handouts {__version__}")
    commands = whole.add_subparsers(dest="command", metavar="COMMAND", required=True)
    everywhere = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
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
        words.set_defaults(run=command.run)
    return whole


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; ``words`` are the command line's own when left out."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A title with a letter that the terminal's encoding lacks must not stop the work.
            stream.reconfigure(errors="backslashreplace")
    args = argparse.Namespace(verbose=False)
    try:
        parser().parse_args(words, args)
        code = int(args.run(args))
        sys.stdout.flush()
    except HandoutError as error:
        return _tell([error], args)
    except ExceptionGroup as group:
        return _tell(group.exceptions, args)
    except BrokenPipeError:
        # Whoever read our results has read enough. Python would complain once more at its own end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        say("handouts: stopped.")
        return STOPPED
    except Exception as error:  # noqa: BLE001
        return _tell([error], args)
    return code


def _tell(errors: Sequence[BaseException], args: argparse.Namespace) -> int:
    for error in errors:
        if not isinstance(error, HandoutError) or error.exit_code == BUG:
            return _confess(error, args)
    for line in dict.fromkeys(str(error) for error in errors):
        say(line if "\n" in line else f"handouts: {line}")
    return max(error.exit_code for error in errors if isinstance(error, HandoutError))


def _confess(error: BaseException, args: argparse.Namespace) -> int:
    say(f"handouts: this is a bug in handouts, not your mistake ({type(error).__name__}).")
    if not args.verbose:
        say("Run the same command with -v to see where, and please report it.")
        return BUG
    personal = getattr(args, "patient", "") or getattr(args, "note", "")
    if personal:
        # The message of a stray error may quote a patient's name; where it happened cannot.
        say("".join(traceback.format_tb(error.__traceback__)).rstrip())
    else:
        say("".join(traceback.format_exception(error)).rstrip())
    return BUG
