"""Files that a command is given to read."""

from __future__ import annotations

from pathlib import Path

from handouts.errors import OutsideError, UsageError


def read_file(path: Path) -> bytes:
    """Return the bytes of a file; raises UsageError if there is none, OutsideError if it can't be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise UsageError(f"there is no file {path}.") from None
    except OSError as error:
        raise OutsideError(f"cannot read {path}: {error.strerror}.") from error
