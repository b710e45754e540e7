"""Files that stand beside a content file and are named in it: a clinic's logo, a packet's own PDFs."""

from __future__ import annotations

import stat
from pathlib import Path

from handouts.content.nodes import Mark
from handouts.errors import Problem


def read_beside(content_file: Path, name: str, what: str, most_bytes: int, mark: Mark) -> bytes | Problem:
    """Return the bytes of a file in the folder of a content file, or what is wrong with it.

    ``what`` is the word for it in the sentence, ``mark`` is where the content file names it. Links are
    refused, so that no file from elsewhere on the machine is ever printed.
    """
    path = content_file.parent / name
    beside = f"Put the file itself beside {content_file.name}."
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return mark.problem(f"the {what} {name} is a link or a folder.", beside)
        with path.open("rb") as stream:
            data = stream.read(most_bytes + 1)
    except FileNotFoundError:
        return mark.problem(f"there is no {what} {name}.", beside)
    except OSError as error:
        return mark.problem(
            f"the {what} {name} cannot be read ({error.strerror}).", "Look at its permissions."
        )
    if len(data) > most_bytes:
        return mark.problem(
            f"the {what} {name} is larger than {most_bytes // 1_000_000} MB.", "Save a smaller one."
        )
    return data
