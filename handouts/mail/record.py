"""The record: a line of JSON for each change of each message, without a name, an address or a word of either.

It is written from the ledger's events, so that it lacks none and has none twice, whenever a run was killed.
Each line holds the hash of the one before: where somebody has cut, changed or swapped lines, it shows.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from handouts.batch import durable
from handouts.errors import OutsideError
from handouts.mail.ledger import Event, Ledger

_START = "0" * 64


def path_of(ledger: Path) -> Path:
    """Return where the record of a ledger is: beside it."""
    return ledger.with_suffix(".record.jsonl")


class Record:
    """The record of one ledger, which anyone may write who has changed the ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.path = path_of(ledger.path)

    def catch_up(self) -> None:
        """Write the events that are not there yet, down to the disk; raises OutsideError."""
        try:
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                self._append(descriptor)
            finally:
                os.close(descriptor)
        except OSError as error:
            advice = "Make room, then run the same again: nothing of it is lost."
            raise OutsideError(f"cannot write {self.path}: {error.strerror}.", advice=advice) from error

    def _append(self, descriptor: int) -> None:
        _wait_for_others(descriptor)
        seq, previous = _mended(descriptor)
        lines = []
        for event in self.ledger.events(seq):
            line = _line(event, previous)
            previous = _hash(line)
            lines.append(line)
        if lines:
            durable.write_all(descriptor, b"".join(lines))
            os.fsync(descriptor)


def damage(path: Path) -> str:
    """Return where a record was tampered with, in a sentence; empty if it is whole. Raises OSError."""
    previous, seq = _START, 0
    for number, line in enumerate(_lines(path), 1):
        try:
            entry: Any = json.loads(line)
            fits = entry["previous"] == previous and entry["seq"] == seq + 1
        except (ValueError, KeyError, TypeError):
            fits = False
        if not fits:
            return f"line {number} does not follow the line before: the record was changed."
        previous, seq = _hash(line), seq + 1
    return ""


def _lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from file


def _wait_for_others(descriptor: int) -> None:
    """Wait for whoever writes into the same file; a system without such locks has one writer at a time."""
    try:
        import fcntl  # noqa: PLC0415 - Windows has none
    except ImportError:
        return
    fcntl.flock(descriptor, fcntl.LOCK_EX)


def _mended(descriptor: int) -> tuple[int, str]:
    """Cut off a torn last line; return the number of the last event and the hash of its line."""
    end = os.lseek(descriptor, 0, os.SEEK_END)
    tail = b""
    place = end
    while place and tail.count(b"\n") < 2:
        begin = max(0, place - (1 << 14))
        os.lseek(descriptor, begin, os.SEEK_SET)
        tail = os.read(descriptor, place - begin) + tail
        place = begin
    whole = tail[: tail.rfind(b"\n") + 1]
    if len(whole) < len(tail):
        os.ftruncate(descriptor, end - (len(tail) - len(whole)))
    if not whole:
        return 0, _START
    last = whole.splitlines(keepends=True)[-1]
    return int(json.loads(last)["seq"]), _hash(last)


def _line(event: Event, previous: str) -> bytes:
    entry = {
        "seq": event.seq,
        "at": datetime.fromtimestamp(event.at, UTC).isoformat(timespec="seconds"),
        "run": event.run,
        "row": event.row,
        "key": event.key,
        "sha256": event.sha256,
        "outcome": event.state,
        "code": event.code,
        "previous": previous,
    }
    return json.dumps(entry, separators=(",", ":")).encode("ascii") + b"\n"


def _hash(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()
