"""Which rows of a batch may be mailed, and how; of all others, why not.

The manifest says what was made, and for which row; it holds no address. So the roster is read once more, and
it must be the very file that the batch was made of.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from handouts.batch.identity import FORMAT
from handouts.batch.manifest import NAME, entries, run_of
from handouts.batch.reading import Source
from handouts.batch.repeats import find_repeats
from handouts.batch.roster import Roster, Wishes
from handouts.batch.row import Refused, Repeated, Row
from handouts.content.library import Library
from handouts.errors import UsageError
from handouts.mail.address import AddressError, read_address
from handouts.mail.message import encoded_size
from handouts.mail.passphrases import Passphrases
from handouts.packet.passphrase import Passphrase

LOCKED_GROWTH = 1.05
LOCKED_BYTES = 20_000
"""A locked file is a little longer than the one it is made of."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One row that may be mailed: its file, its address, and the passphrase that locks it, or None."""

    row: Row
    file: Path
    sha256: str
    address: str = field(repr=False)
    passphrase: Passphrase | None = None


@dataclass(frozen=True, slots=True)
class Withheld:
    """One row that is not mailed, and why: never with a word of the row."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class Batch:
    """A finished batch: its folder, its run in short, and what was made for each row."""

    folder: Path
    run: str
    made: dict[int, dict[str, Any]] = field(repr=False)
    header: dict[str, Any] = field(repr=False)

    @classmethod
    def read(cls, folder: Path) -> Batch:
        """Return the batch of a folder.

        Raises UsageError where there is none, or not one of patients' files, or it is not finished;
        ContentError where its manifest is damaged.
        """
        path = folder / NAME
        if not path.is_file():
            raise UsageError(
                f"there is no {NAME} in {folder}.", advice="Name the folder that a batch has made."
            )
        header = run_of(path)
        if header is None or header.get("format") != FORMAT:
            raise UsageError(f"{folder} is no batch of this version.", advice="Make it again.")
        if header.get("layout") != "flat":
            raise UsageError(
                f"the files in {folder} are not for one patient each.", advice="Use --layout flat."
            )
        made: dict[int, dict[str, Any]] = {}
        ended = False
        for entry in entries(path):
            ended = "end" in entry
            if entry.get("status") == "made":
                made[int(entry["row"])] = entry
        if not ended:
            raise UsageError(f"the batch in {folder} is not finished.", advice="Go on with it by --resume.")
        said = json.dumps(header, sort_keys=True).encode()
        return cls(folder, hashlib.sha256(said).hexdigest()[:12], made, header)


@contextmanager
def open_roster(batch: Batch, path: Path, library: Library) -> Iterator[Roster]:
    """Open the roster that a batch was made of; raises UsageError for another one."""
    header = batch.header
    with Source.open(path, header["encoding"], header["delimiter"]) as source:
        if source.sha256 != header["roster"]:
            sentence = f"{path} is not the roster that {batch.folder} was made of, or was changed since."
            raise UsageError(sentence, advice="Name that one, or make the batch again.")
        wishes = Wishes(
            date.fromisoformat(header["date"]),
            clinic=header["clinic"],
            # Who it was is not in the manifest; that somebody was named lets a clearance stand.
            clinician="-" if header["clinician"] else "",
            language=header["language"],
            paper=header["paper"] or None,
            edition=header["edition"],
            ink=header["ink"],
            log_weeks=header["log_weeks"],
        )
        yield Roster(source, find_repeats(source), library, wishes)


def candidates(
    batch: Batch,
    rows: Iterator[Row | Refused | Repeated],
    passphrases: Passphrases,
    most_bytes: int,
    is_suppressed: Callable[[str], bool],
) -> Iterator[Candidate | Withheld]:
    """Yield what becomes of each row. ``is_suppressed`` tells whether an address is known not to work."""
    for row in rows:
        match row:
            case Refused():
                yield Withheld(row.number, "its row is refused by the batch")
            case Repeated():
                yield Withheld(row.number, f"it is the same as row {row.first}")
            case Row():
                reason_or_way = _looked_over(batch, row, passphrases, most_bytes)
                if isinstance(reason_or_way, Candidate) and is_suppressed(reason_or_way.address):
                    yield Withheld(row.number, "mail to its address has come back before")
                else:
                    yield reason_or_way


def _looked_over(batch: Batch, row: Row, passphrases: Passphrases, most_bytes: int) -> Candidate | Withheld:
    made = batch.made.get(row.number)
    if made is None or made["file"] != f"row-{row.number:06d}.pdf":
        return Withheld(row.number, "no file was made for it")
    if not row.email:
        return Withheld(row.number, "it has no address")
    if not row.consent_email:
        return Withheld(row.number, "the patient has not agreed to get mail (consent_email)")
    try:
        address = read_address(row.email)
    except AddressError as error:
        return Withheld(row.number, f"its address can't be used: {error.reason.rstrip('.')}")
    size, passphrase = int(made["bytes"]), None
    if not row.consent_plain:
        try:
            passphrase = passphrases.of(row)
        except UsageError as error:
            return Withheld(row.number, error.sentence.rstrip("."))
        if passphrase is None:
            return Withheld(row.number, "there is no passphrase to lock its file with")
        size = int(size * LOCKED_GROWTH) + LOCKED_BYTES
    if encoded_size(size) > most_bytes:
        return Withheld(row.number, "its file is too large to be mailed (most_mb)")
    return Candidate(row, batch.folder / made["file"], made["sha256"], address, passphrase)
