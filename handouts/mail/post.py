"""The post of one batch: candidates into the ledger, and each of its entries into a mail in time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from handouts.content.library import Library
from handouts.mail.candidates import Candidate
from handouts.mail.config import Config
from handouts.mail.ledger import Entry, Ledger, Wanted
from handouts.mail.letter import Letters
from handouts.mail.message import Envelope, build_message
from handouts.mail.rightful import mismatch
from handouts.mail.sender import Clock, Outgoing, WithheldError
from handouts.packet.protect import protect


class Post:
    """Makes the mails of a run. It holds what is personal, and the ledger does not."""

    def __init__(
        self,
        run: str,
        found: Iterable[Candidate],
        ledger: Ledger,
        config: Config,
        library: Library,
        clock: Clock,
    ) -> None:
        self.run = run
        self._ledger = ledger
        self._config = config
        self._library = library
        self._clock = clock
        self._letters = Letters(library)
        self._candidates = {self._key(one): one for one in found}

    @property
    def keys(self) -> frozenset[str]:
        """The names of the mails."""
        return frozenset(self._candidates)

    def queue(self, not_before: float) -> int:
        """Put into the ledger what is not there yet; return how many mails that is."""
        wanted = (
            Wanted(key, one.row.number, one.sha256, self._ledger.veil(one.address))
            for key, one in self._candidates.items()
        )
        return self._ledger.queue(self.run, wanted, not_before, self._clock.now())

    def prepare(self, entry: Entry) -> Outgoing:
        """Return the mail of an entry: the file of its row, looked at once more, to the address of its row.

        Raises WithheldError for a file that is not what was made, or not its row's.
        """
        one = self._candidates[entry.key]
        return Outgoing(one.address, self.mail(entry.key, one))

    def mails(self) -> Iterable[tuple[int, Outgoing | WithheldError]]:
        """Yield every mail by its row, as it would be sent."""
        for key, one in self._candidates.items():
            try:
                yield one.row.number, Outgoing(one.address, self.mail(key, one))
            except WithheldError as withheld:
                yield one.row.number, withheld

    def mail(self, key: str, one: Candidate) -> bytes:
        """Return the bytes of a mail; raises WithheldError."""
        pdf = _whole_file(one.file, one.sha256)
        job = one.row.job
        if reason := mismatch(pdf, job, self._library):
            raise WithheldError(reason)
        if one.passphrase is not None:
            pdf = protect(pdf, one.passphrase)
        envelope = Envelope(key, self._config.sender, self._config.reply_to, one.address)
        letter = self._letters.written(job.clinic, job.order.language, locked=one.passphrase is not None)
        return build_message(envelope, letter, pdf, datetime.fromtimestamp(self._clock.now(), UTC))

    def _key(self, one: Candidate) -> str:
        return self._ledger.veil(self.run, str(one.row.number), one.sha256, one.address)


def _whole_file(path: Path, sha256: str) -> bytes:
    try:
        pdf = path.read_bytes()
    except OSError:
        raise WithheldError("its file cannot be read") from None
    if hashlib.sha256(pdf).hexdigest() != sha256:
        raise WithheldError("its file was changed since it was made")
    return pdf
