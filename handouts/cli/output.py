"""Where a PDF goes, what it is called, and how it gets there whole or not at all."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from handouts.errors import OutsideError, UsageError
from handouts.order import Order, Paper

DEFAULT_FOLDER = "output"


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
    def parse(cls, words: str | None, *, files: int) -> Self:
        """Read ``-o``: a name ending in ``.pdf`` is a file, anything else a folder.

        Raises :class:`UsageError` where one file name is given for several files.
        """
        path = Path(words or DEFAULT_FOLDER)
        is_file = path.suffix.lower() == ".pdf"
        if is_file and files > 1:
            raise UsageError(
                f"-o {path} names one file, but there are {files} to make.", advice="Name a folder instead."
            )
        return cls(path, is_file)

    def place(self, name: str) -> Path:
        """Return where the file that would be called ``name`` goes."""
        return self.path if self.is_file else self.path / name


class Delivery:
    """Several files that appear together at the end, or not at all.

    Each is written under a temporary name in its own folder, so that the last step is a rename on one
    disk: nobody ever sees half a PDF, and a run that fails or is stopped leaves nothing behind.
    """

    def __init__(self) -> None:
        self._waiting: dict[Path, Path] = {}

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files, in the order in which they were added."""
        return tuple(self._waiting)

    def add(self, path: Path, data: bytes) -> None:
        """Write one file beside its final name; raises :class:`OutsideError` where the disk refuses."""
        waiting = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with waiting.open("xb") as file:
                self._waiting[path] = waiting
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise _refused(path, error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                for path, waiting in self._waiting.items():
                    try:
                        waiting.replace(path)
                    except OSError as refusal:
                        raise _refused(path, refusal) from refusal
        finally:
            for waiting in self._waiting.values():
                waiting.unlink(missing_ok=True)


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


def _refused(path: Path, error: OSError) -> OutsideError:
    reason = error.strerror or type(error).__name__
    return OutsideError(
        f"cannot write {path}: {reason}.",
        advice="Nothing was written. Look at the folder and the room on its disk, or name another.",
    )
