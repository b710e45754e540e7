"""The folder of a run: held by one run at a time, begun anew or gone on with, and verified afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from handouts.batch import durable
from handouts.batch.identity import differences, file_hash
from handouts.batch.layout import FILE
from handouts.batch.manifest import NAME, Entry, Manifest, entries, run_of
from handouts.errors import OutsideError, UsageError

_FILE = re.compile(FILE)


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that this run holds. ``kept`` are the files that are there and as the manifest says.

    ``told`` are the rows that the manifest has refused or found repeated.
    """

    path: Path
    manifest: Manifest
    kept: set[str] = field(default_factory=set)
    told: set[int] = field(default_factory=set)

    @classmethod
    @contextmanager
    def open(cls, path: Path, run: Entry, *, resume: bool) -> Iterator[Self]:
        """Take a folder for a run, and clear away what a killed one has left half done.

        Raises UsageError where it holds another run, or this one without ``resume``; ContentError for a
        damaged manifest; OutsideError where it cannot be written.
        """
        with _writing(path):
            path.mkdir(parents=True, exist_ok=True)
            manifest = Manifest(path)
        with manifest:
            with _writing(path):
                kept, told = _begun(path, manifest, run, resume=resume)
                durable.clear_parts(path)
            try:
                yield cls(path, manifest, kept, told)
            finally:
                with suppress(OSError):
                    durable.clear_parts(path)


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        advice = "Look at the folder and the room on its disk, or name another."
        raise OutsideError(f"cannot write into {path}: {reason}.", advice=advice) from error


def _begun(path: Path, manifest: Manifest, run: Entry, *, resume: bool) -> tuple[set[str], set[int]]:
    before = manifest.mend()
    if before is None:
        if any(_FILE.fullmatch(found.name) for found in path.iterdir()):
            raise UsageError(
                f"{path} holds files of a batch without its manifest.", advice="Name another folder."
            )
        manifest.begin(run)
        return set(), set()
    if not resume:
        advice = "Go on with it by --resume, or name another folder."
        raise UsageError(f"{path} holds a run already.", advice=advice)
    if changed := differences(before, run):
        sentence = f"{path} holds another run: {', '.join(changed)} changed since."
        raise UsageError(sentence, advice="Do as before, or name another folder.")
    return _done(path)


def _done(path: Path) -> tuple[set[str], set[int]]:
    """Return the files that are whole, and the rows that were told; a file is read to know it."""
    kept: set[str] = set()
    told: set[int] = set()
    for entry in entries(path / NAME):
        if entry.get("status") != "made":
            told |= {entry["row"]} if "row" in entry else set()
            continue
        name = str(entry.get("file"))
        if _FILE.fullmatch(name) and name not in kept and _is_whole(path / name, entry):
            kept.add(name)
    return kept, told


def _is_whole(path: Path, entry: Entry) -> bool:
    try:
        return path.stat().st_size == entry.get("bytes") and file_hash(path) == entry.get("sha256")
    except OSError:
        return False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a folder is worth: how many files the manifest names, and what is wrong, a line each."""

    files: int
    problems: tuple[str, ...]


def verify(path: Path) -> Verdict:
    """Hold every file of a folder against its manifest: what is missing, other, extra or left half done.

    Raises UsageError where there is no manifest, ContentError where it is damaged, OutsideError where a file
    cannot be read.
    """
    if not (path / NAME).is_file():
        raise UsageError(f"there is no {NAME} in {path}.", advice="Name the folder that a batch has made.")
    try:
        return _verdict(path)
    except OSError as error:
        raise OutsideError(f"cannot read {error.filename}: {error.strerror}.") from error


def _verdict(path: Path) -> Verdict:
    named: dict[str, Entry] = {}
    ended = False
    if run_of(path / NAME) is None:
        return Verdict(0, (f"{NAME} is empty: the run never began.",))
    for entry in entries(path / NAME):
        ended = "end" in entry
        if entry.get("status") == "made":
            named[str(entry.get("file"))] = entry
    problems = [f"{name}: {wrong}" for name, entry in named.items() if (wrong := _wrong(path, name, entry))]
    for found in sorted(path.iterdir()):
        if _FILE.fullmatch(found.name) and found.name not in named:
            problems.append(f"{found.name}: the manifest does not know it.")
        elif durable.is_part(found.name):
            problems.append(f"{found.name}: half done, left by a run that was killed.")
    if not ended:
        problems.append("the run is not finished: go on with it by --resume.")
    return Verdict(len(named), tuple(problems))


def _wrong(path: Path, name: str, entry: Entry) -> str:
    """Return what is wrong with a file that the manifest names; empty if nothing is."""
    if not _FILE.fullmatch(name):
        return "this is no name of a file of a batch."
    try:
        size = (path / name).stat().st_size
    except FileNotFoundError:
        return "missing."
    if size != entry.get("bytes"):
        return f"torn: it has {size} bytes instead of {entry.get('bytes')}."
    return "" if file_hash(path / name) == entry.get("sha256") else "changed since it was made."
