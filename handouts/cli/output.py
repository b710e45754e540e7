"""Where a PDF goes, what it is called, and how it gets there whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import secrets
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from handouts.errors import OutsideError, UsageError
from handouts.order import Order, Paper

DEFAULT_FOLDER = "output"
STALE_S = 3600
"""The age from which a part of a file is sure to belong to no run that still works."""

_PART = re.compile(r"\..+\.(pdf|svg|png)\.[0-9a-f]{8}\.part", re.IGNORECASE)


def file_name(what: str, clinic: str, order: Order, usual_paper: Paper) -> str:
    """Return ``<what>_<clinic>_<language>.pdf`` with whatever is not usual in between: never a patient."""
    parts = [what, clinic, order.language]
    if order.edition != "standard":
        parts.append(order.edition)
    if order.paper != usual_paper:
        parts.append(order.paper)
    if order.side:
        parts.append(order.side)
    if order.ink != "colour":
        parts.append(order.ink)
    return "_".join(parts) + ".pdf"


@dataclass(frozen=True, slots=True)
class Destination:
    """What ``-o`` says: one file, or a folder for any number of files."""

    path: Path
    is_file: bool

    @classmethod
    def parse(cls, words: str | None, *, files: int, endings: tuple[str, ...] = (".pdf",)) -> Self:
        """Read ``-o``: a name with one of the endings is a file, anything else a folder.

        Raises :class:`UsageError` for a name that is neither, or one file name for several files.
        """
        path = Path(words or DEFAULT_FOLDER)
        ending = " or ".join(endings)
        if str(path) == "-":
            raise UsageError("-o -: a file is never written to stdout.", advice="Name a file or a folder.")
        if path.name.lower() in endings:
            raise UsageError(f"-o {path}: a name is missing.", advice=f"Like handout{path.name}")
        is_file = path.suffix.lower() in endings
        if is_file and files > 1:
            raise UsageError(
                f"-o {path} names one file, but there are {files} to make.", advice="Name a folder instead."
            )
        if not is_file and _is_file(path):
            raise UsageError(
                f"-o {path} is a file, not a folder.", advice=f"Name a folder, or a file ending in {ending}."
            )
        return cls(path, is_file)

    @property
    def folder(self) -> Path:
        """The folder that gets the files."""
        return self.path.parent if self.is_file else self.path

    def place(self, name: str) -> Path:
        """Return where the file that would be called ``name`` goes."""
        return self.path if self.is_file else self.path / name


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        # Why it cannot be looked at is told when it is written.
        return False


class Delivery:
    """Several files that appear together in one folder at the end, or not at all.

    They are kept in memory until all are made. Then each is written under a temporary name in the same
    folder, so that the last step is a rename on one disk: nobody ever sees half a PDF, and a run that fails
    or is stopped leaves nothing behind. Parts that a killed run left long ago are cleared away first.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[Path, bytes] = {}

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files, in the order in which they were added."""
        return tuple(self._files)

    def add(self, path: Path, data: bytes) -> None:
        """Keep one file of the folder for the end."""
        self._files[path] = data

    def __enter__(self) -> Self:
        _clear(self._folder)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write all files if nothing went wrong; raises :class:`OutsideError` where the disk refuses."""
        if kind is not None:
            return
        parts = {path: path.with_name(f".{path.name}.{secrets.token_hex(4)}.part") for path in self._files}
        try:
            for path, part in parts.items():
                _write(path, part, self._files[path])
            _put_in_place(parts)
        finally:
            for part in parts.values():
                with suppress(OSError):
                    part.unlink(missing_ok=True)


def _clear(folder: Path) -> None:
    """Delete what runs that were killed left in a folder: a part may hold a patient's name."""
    with suppress(OSError):
        for found in folder.iterdir():
            if _PART.fullmatch(found.name) and time.time() - found.lstat().st_mtime > STALE_S:
                found.unlink()


def _write(path: Path, part: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # A rename onto a folder would fail when others are in their places already.
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise _refused(path, error) from error


def _put_in_place(parts: dict[Path, Path]) -> None:
    """Rename all; where that stops half way, take back the files that are new."""
    old = [path for path in parts if path.exists()]
    replaced: list[Path] = []
    try:
        for path, part in parts.items():
            try:
                part.replace(path)
            except OSError as error:
                raise _refused(path, error, replaced) from error
            if path in old:
                replaced.append(path)
    except BaseException:
        for path in parts:
            if path not in old:
                with suppress(OSError):
                    path.unlink(missing_ok=True)
        raise


def write_new(path: Path, text: str) -> None:
    """Write a new text file; raises :class:`UsageError` if it exists: nothing is ever written over."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise UsageError(f"{path} exists already, and is left as it is.") from error
    except OSError as error:
        raise _refused(path, error) from error


def _refused(path: Path, error: OSError, written: Sequence[Path] = ()) -> OutsideError:
    reason = error.strerror or type(error).__name__
    done = f"Only these were written: {', '.join(map(str, written))}." if written else "Nothing was written."
    return OutsideError(
        f"cannot write {path}: {reason}.",
        advice=f"{done} Look at the folder and the room on its disk, or name another.",
    )
