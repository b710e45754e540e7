"""The command line: the only place that reads the clock, the environment and the current folder.

``program`` is the way in. Each command has one small module with ``add(parser)``, which says its words, and
``run(args)``, which does it and returns the exit code; it imports the stages only when it runs, so that
``handouts list`` and ``--help`` start without a typesetter.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

STOPPED = 130


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; ``words`` are the command line's own when left out.

    All else is imported in here, so that a Ctrl-C is answered in one line from the first moment on.
    """
    try:
        from handouts.cli.program import run

        return run(words)
    except KeyboardInterrupt:
        if sys.stderr:
            sys.stderr.write("handouts: stopped.\n")
        return STOPPED
