"""What nobody has written yet: ``CHANGE ME`` in a file that began as a copy of a starter.

A starter is sound as it stands, so that an editor and ``handouts check`` can show the way from there; but no
patient may get it. Remarks count as well: they mark the values of a starter that only look finished.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from handouts.content import places
from handouts.content.library import Library
from handouts.errors import ContentError, Problem
from handouts.order import Order

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


def refuse_unfinished(
    library: Library,
    conditions: Iterable[str],
    clinics: Iterable[str],
    order: Order,
    packets: Iterable[str] = (),
) -> None:
    """Raise ContentError with every unfinished place of all that an order would print.

    Raises UnknownIdError and ContentError for what does not exist or cannot be read, too.
    """
    files = printed_files(library, conditions, clinics, order, packets)
    found = {problem for file in files for problem in unfinished_problems(file)}
    if found:
        raise ContentError(tuple(sorted(replace(problem, warning=False) for problem in found)))


def printed_files(
    library: Library,
    conditions: Iterable[str],
    clinics: Iterable[str],
    order: Order,
    packets: Iterable[str] = (),
) -> tuple[Path, ...]:
    """Return the content files of all that an order would print; raises UnknownIdError and ContentError."""
    exercises = [pick.exercise for pick in order.picks]
    files: list[Path] = []
    for name in conditions:
        condition = library.condition(name)
        files.append(Path(library.origin("condition", name)))
        exercises += [] if order.picks else condition.exercises.all()
    files += [Path(library.origin("exercise", name)) for name in exercises]
    files += [Path(library.origin("clinic", name)) for name in clinics]
    files += [Path(library.origin("packet", name)) for name in packets]
    for layer in library.places.layers:
        shared = (places.shared_file(layer, name) for name in (*places.SHARED, f"words/{order.language}"))
        files += [file for file in shared if file]
    return tuple(dict.fromkeys(files))
