"""What nobody has written yet: ``CHANGE ME`` in a file that began as a copy of a starter.

A starter is sound as it stands, so that an editor and ``handouts check`` can show the way from there; but no
patient may get it. Remarks count as well: they mark the values of a starter that only look finished.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from handouts.errors import Problem

_MARKER = re.compile(r"CHANGE\s+ME\b")


def unfinished_problems(file: Path) -> Iterator[Problem]:
    """Yield a warning for every place of a file that is still to be written."""
    try:
        text = file.read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        # That it cannot be read is told by who needs it.
        return
    for found in _MARKER.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - text.rfind("\n", 0, found.start())
        sentence = "CHANGE ME still stands here, so that nothing of it is printed."
        yield Problem(
            str(file), line, column, sentence, "Write your own, and take the mark out.", warning=True
        )


def unfinished_errors(file: Path) -> tuple[Problem, ...]:
    """Return what keeps a file from being printed: its unfinished places, as problems."""
    return tuple(replace(problem, warning=False) for problem in unfinished_problems(file))
