"""Whether a file is the one of its row: what it says is read back, just before it leaves.

A hash says that a file is the one that was made for row 12. Only its text says whose it is.
"""

from __future__ import annotations

import unicodedata

from handouts.audit.said import said_lines
from handouts.content.library import Library
from handouts.press import Job


def mismatch(pdf: bytes, job: Job, library: Library) -> str:
    """Return what in a file is not as its row says, in words that hold nothing of either; empty if all is.

    Compared are the name in every place for it, the conditions and the note.
    """
    try:
        said = [_folded(line) for line in said_lines(pdf)]
    except ValueError:
        return "the file cannot be read"
    order = job.order
    label = _folded(library.words(order.language).words["for_whom"])
    name = _folded(order.patient)
    places = [line for line in said if line == label or line.startswith(f"{label} ")]
    if any(line != f"{label} {name}".strip() for line in places):
        return "the file is for somebody else"
    if name and not places and not any(name in line for line in said):
        return "the file does not name its patient"
    if any(_folded(library.condition(item).title) not in said for item in job.conditions):
        return "the file is about something else"
    lines = (_folded(line) for line in order.note.replace("\r", "\n").split("\n"))
    if any(line and line not in said for line in lines):
        return "the file lacks the row's note"
    return ""


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
