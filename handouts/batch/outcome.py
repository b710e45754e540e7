"""What became of one task: a file that is written but has no name yet, or a refusal, or trouble outside."""

from __future__ import annotations

from dataclasses import dataclass

from handouts.batch.columns import COLUMNS
from handouts.errors import (
    ContentError,
    DefectiveError,
    HandoutError,
    TemplateError,
    UnprintableError,
)


@dataclass(frozen=True, slots=True)
class Written:
    """One file on its way: ``part`` is its temporary name, empty where it has its own already."""

    part: str
    sha256: str
    size: int
    pages: int
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Failed:
    """One file that cannot be made: the column at fault, if one is, and the reason, without any value."""

    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """The place for the files takes no more; ``reason`` is what the system says."""

    reason: str


Outcome = Written | Failed | Trouble

HANGS = Failed("", "it took too long and was stopped.")
HUNGRY = Failed("", "it took too much memory and was stopped.")
CRASHED = Failed("", "making it crashed the program that makes it, more than once.")


def failed(error: Exception) -> Failed:
    """Return why something cannot be made, in words that hold nothing of the row.

    The words of most errors name what they are about, which may be a cell; only those are told of which
    tests know that they do not.
    """
    match error:
        case UnprintableError():
            column = error.where if error.where in COLUMNS else ""
            return Failed(column, " ".join(filter(None, (error.sentence, error.advice))))
        case DefectiveError():
            return Failed("", "its finished PDF failed the audit and was thrown away: please report it.")
        case ContentError():
            return Failed("", "content that it needs has problems: run handouts check.")
        case TemplateError():
            return Failed("", f"a template is wrong ({error.where}): run handouts check.")
        case HandoutError():
            return Failed("", "it cannot be made as it stands: try it alone with handouts make.")
    return Failed("", f"a fault of this program ({type(error).__name__}): please report it.")
