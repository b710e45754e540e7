"""How a roster is written: its encoding and what parts its columns, guessed as spreadsheets write them.

Excel writes UTF-8 with a mark in front, UTF-16 ("Unicode text"), or the old Windows-1252, and parts columns
by what the computer's country uses. What is guessed is told, and can be overruled.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import BinaryIO

from handouts.batch.columns import known_names
from handouts.errors import UsageError

DELIMITERS = (",", ";", "\t", "|")
_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
# UTF-32 first: its mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a roster is written; ``guessed`` is False for an encoding that somebody has named."""

    encoding: str
    delimiter: str
    guessed: bool = True

    def __str__(self) -> str:
        parted = _NAMES.get(self.delimiter, repr(self.delimiter))
        said = f"Read as {'Windows-1252' if self.encoding == 'cp1252' else self.encoding.upper()}"
        said += f", columns parted by {parted}."
        if self.encoding == "cp1252" and self.guessed:
            said += " This is a guess: look at a name with accents, or say --encoding."
        return said


def encoding_named(name: str) -> str:
    """Return the encoding of a name; raises UsageError for one that Python has no text for."""
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        found = None
    # base64 and its like are codecs as well, but not of text.
    if found is None or not found._is_text_encoding:  # noqa: SLF001
        raise UsageError(
            f"there is no encoding {name!r}.", where="--encoding", advice="Like utf-8 or windows-1252."
        )
    return found.name


def delimiter_named(name: str) -> str:
    """Return the one character that parts columns; raises UsageError."""
    found = {"tab": "\t", "\\t": "\t"}.get(name.lower(), name)
    if len(found) != 1 or found in "\"\r\n\0 '" or found.isalnum():
        raise UsageError(
            f"{name!r} parts no columns.", where="--delimiter", advice="Name one character, or tab."
        )
    return found


def guess_encoding(file: BinaryIO) -> str:
    """Return the encoding of a file: by its mark, else UTF-8 if all of it is, else Windows-1252.

    The file is read once, in pieces. Other encodings have to be named.
    """
    file.seek(0)
    head = file.read(4)
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    file.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while piece := file.read(_CHUNK):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def guess_delimiter(header: str) -> str:
    """Return what parts the columns of a header: that which shows most names of columns; else a comma."""
    return max(DELIMITERS, key=lambda one: (len(known_names(header.split(one))), one == ","))


def separator_line(line: str) -> str:
    """Return what Excel's own first line (``sep=;``) names; empty if it is no such line."""
    words = line.strip("\r\n \ufeff").strip('"')
    return (
        words[4] if len(words) >= 5 and words[:4].lower() == "sep=" and not words[5:].strip(words[4]) else ""
    )
