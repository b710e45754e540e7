"""The rows of a roster as they stand in its file, read in a stream: a million of them need no room.

A row's number is the one that a spreadsheet shows: the header is row 1, a cell with several lines is one row,
and Excel's own ``sep=`` line is none.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Self

from handouts.batch import dialect
from handouts.batch.columns import read_header
from handouts.batch.dialect import Dialect
from handouts.errors import ContentError, OutsideError, Problem, UsageError

MOST_LINE = 1_000_000
"""The most characters of one line of the file: more is no roster."""
_CHUNK = 1 << 20

Record = tuple[int, list[str]]
"""A row's number and its cells, without the blanks round them."""


@dataclass(frozen=True, slots=True)
class Source:
    """A roster's open file, and what is known of it before its rows are read.

    ``sha256`` is of the file's bytes, ``columns`` names what stands in each cell.
    """

    path: Path
    file: BinaryIO
    dialect: Dialect
    sha256: str
    columns: tuple[str, ...]

    @classmethod
    @contextmanager
    def open(cls, path: Path, encoding: str = "", delimiter: str = "") -> Iterator[Self]:
        """Open a roster; an encoding and a delimiter that are named are not guessed.

        Raises UsageError where there is no such file, OutsideError where it can't be read, ContentError for
        a header that names no columns, or bytes that are no text.
        """
        if path.is_dir() or not path.exists():
            raise UsageError(f"there is no file {path}.")
        with _readable(path):
            file = path.open("rb")
        with file:
            with _readable(path):
                sha256 = _hash(file)
                how = Dialect(encoding or dialect.guess_encoding(file), delimiter, guessed=not encoding)
                how = Dialect(how.encoding, delimiter or _guess_delimiter(path, file, how), how.guessed)
            _, header = next(_records(path, file, how), (1, []))
            yield cls(path, file, how, sha256, read_header(header, str(path)))

    def rows(self) -> Iterator[Record]:
        """Yield the rows below the header that hold anything, from the first on.

        Raises ContentError where the file can't be parted into rows any more: which row a word belongs to
        is in doubt from there on. Raises OutsideError if the file is changed meanwhile.
        """
        before = _stamp(self.file)
        for number, cells in _records(self.path, self.file, self.dialect):
            if number > 1 and any(cells):
                yield number, cells
        if _stamp(self.file) != before:
            raise OutsideError(f"{self.path} was changed while it was read.", advice="Run this again.")


def _records(path: Path, file: BinaryIO, how: Dialect) -> Iterator[Record]:
    with _text(file, how.encoding) as text:
        lines = _Lines(text)
        reader = csv.reader(lines, delimiter=how.delimiter or ",", strict=True)
        number = 0
        while True:
            began = lines.read + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                sentence = f"row {number + 1} can't be told from the next: its quotation marks don't match."
                advice = 'Each " inside of a cell is written twice, and a cell ends with the " it began with.'
                raise ContentError((Problem(str(path), began, 0, sentence, advice),)) from None
            except _LongLineError:
                sentence = f"row {number + 1} is longer than {MOST_LINE} characters."
                raise ContentError((Problem(str(path), began, 0, sentence, "Is this a roster?"),)) from None
            except UnicodeError:
                raise _not_text(path, file, how.encoding) from None
            except OSError as error:
                raise _unreadable(path, error) from error
            number += 1
            yield number, [cell.strip() for cell in cells]


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> OutsideError:
    return OutsideError(f"cannot read {path}: {error.strerror or type(error).__name__}.")


class _LongLineError(Exception):
    """A line has no end."""


class _Lines:
    """The lines of a text, counted, without a mark in front and without Excel's ``sep=`` line."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self.text = text
        self.read = 0

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        line = self.text.readline(MOST_LINE + 1)
        if not line:
            raise StopIteration
        if len(line) > MOST_LINE:
            raise _LongLineError
        self.read += 1
        if self.read > 1:
            return line
        if dialect.separator_line(line):
            return next(self)
        return line.removeprefix("\ufeff")


@contextmanager
def _text(file: BinaryIO, encoding: str) -> Iterator[io.TextIOWrapper]:
    """Give the whole file as text, its line ends as they are; the file stays open."""
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    try:
        yield text
    finally:
        # Where an error has closed the file, there is nothing to leave open.
        with suppress(ValueError):
            text.detach()


def _guess_delimiter(path: Path, file: BinaryIO, how: Dialect) -> str:
    with _text(file, how.encoding) as text:
        try:
            first = text.readline(MOST_LINE)
            return dialect.separator_line(first) or dialect.guess_delimiter(first.removeprefix("\ufeff"))
        except UnicodeError:
            raise _not_text(path, file, how.encoding) from None


def _not_text(path: Path, file: BinaryIO, encoding: str) -> ContentError:
    """Return the error for bytes that an encoding does not have, at the line where they stand."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    file.seek(0)
    try:
        while piece := file.read(_CHUNK):
            line += _line_ends(decoder.decode(piece))
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        line += _line_ends(error.object[: error.start].decode(encoding, "ignore"))
    sentence = f"there are bytes here that are not {encoding}."
    advice = "Say how the file is written, like --encoding utf-8."
    return ContentError((Problem(str(path), line, 0, sentence, advice),))


def _line_ends(text: str) -> int:
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def _hash(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    while piece := file.read(_CHUNK):
        digest.update(piece)
    return digest.hexdigest()


def _stamp(file: BinaryIO) -> tuple[int, int]:
    status = os.fstat(file.fileno())
    return status.st_size, status.st_mtime_ns


def cell_of(columns: Sequence[str], name: str) -> int | None:
    """Return the place of a column, or None where the roster has none of that name."""
    return columns.index(name) if name in columns else None
