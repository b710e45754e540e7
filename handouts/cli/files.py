"""Files that a command line names: read whole, with their texts for who cannot see them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from handouts.errors import OutsideError, UsageError

MOST_BYTES = 50_000_000


def read_file(path: Path) -> bytes:
    """Return the bytes of a file. Raises UsageError if there is none, OutsideError if it cannot be read."""
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise UsageError(f"there is no file {path}.") from None
    except OSError as error:
        raise OutsideError(f"cannot read {path}: {error.strerror or type(error).__name__}.") from error
    if len(data) > MOST_BYTES:
        raise UsageError(f"{path} is larger than {MOST_BYTES // 1_000_000} MB.", advice="Make a smaller one.")
    return data


def alt_texts(words: Sequence[str], names: Sequence[str]) -> dict[str, str]:
    """Read every ``--alt FILE=TEXT``; FILE is one of the files' names, with or without its folder.

    Raises UsageError.
    """
    texts: dict[str, str] = {}
    for word in words:
        file, equals, text = word.partition("=")
        name = Path(file).name
        if not (equals and text.strip()):
            raise UsageError(
                "say what the file shows.", where=f"--alt {file}", advice="Like --alt map.pdf='Map: …'"
            )
        if name not in names:
            there = f"There is: {', '.join(names)}." if names else "No file is bound in."
            raise UsageError(f"there is no file {name!r} among those bound in.", where="--alt", advice=there)
        texts[name] = text.strip()
    return texts
