"""The sender: one message after another, each step in the ledger before or after it, as its order demands.

::

    offer (MAIL, RCPT) ─▶ ledger: sending ─▶ hand over (DATA) ─▶ ledger: sent, deferred, failed, in_doubt
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Protocol

from handouts.errors import OutsideError
from handouts.mail.ledger import Entry, Ledger
from handouts.mail.record import Record
from handouts.mail.replies import LOST, Reply, next_try
from handouts.mail.session import LostError, NoSessionError, Session

MOST_IN_A_ROW = 10
"""After so many messages in a row that did not go out, something is wrong with the server, or with us."""
MAILS_A_SESSION = 100
RETRY_S = (5.0, 15.0, 45.0)
"""How long to wait before each further try to reach a server that is away for a moment."""
PATIENCE_S = 6 * 60.0
"""How far ahead the next try may be to wait for it; for later ones, the same command is run again."""
NAP_S = 1.0


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A mail that is ready: for whom, and all its bytes."""

    recipient: str = field(repr=False)
    data: bytes = field(repr=False)


class WithheldError(Exception):
    """A message must not leave; ``reason`` holds nothing of the patient."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class Clock(Protocol):
    """The time of the day, and waiting."""

    def now(self) -> float:
        """Return the seconds since 1970."""

    def sleep(self, seconds: float) -> None:
        """Wait."""


@dataclass(slots=True)
class Tally:
    """What one run has done; ``withheld`` are rows that were not to leave, with the reason."""

    sent: int = 0
    deferred: int = 0
    failed: int = 0
    in_doubt: int = 0
    withheld: list[tuple[int, str]] = field(default_factory=list)

    @property
    def tried(self) -> int:
        """How many messages something has become of."""
        return self.sent + self.deferred + self.failed + self.in_doubt + len(self.withheld)


@dataclass(slots=True)
class Sender:
    """Sends some messages of a run, by their ``keys``, that wait in the ledger.

    ``prepare`` makes a mail of an entry; ``connect`` opens a session; ``is_stopped`` is asked before each
    message. ``patience_s`` is how far ahead the next message may be due to wait for it.
    """

    ledger: Ledger
    run: str
    keys: Collection[str]
    prepare: Callable[[Entry], Outgoing]
    connect: Callable[[], Session]
    clock: Clock
    per_minute: int
    is_stopped: Callable[[], bool]
    look: Callable[[Tally], None]
    patience_s: float = PATIENCE_S
    tally: Tally = field(default_factory=Tally)
    _session: Session | None = None
    _used: int = 0
    _in_a_row: int = 0
    _earliest: float = 0.0

    def go(self) -> Tally:
        """Send all that is due, and what soon will be.

        Raises OutsideError where the server can't be used, or the disk. Whatever happens, each message is in
        the ledger as what it is.
        """
        record = Record(self.ledger)
        record.catch_up()
        try:
            while (entry := self._next()) is not None:
                self._send(entry)
                record.catch_up()
                self.look(self.tally)
                if self._in_a_row >= MOST_IN_A_ROW:
                    sentence = f"{MOST_IN_A_ROW} messages in a row did not go out, so it stops here."
                    advice = "See why: handouts mail status. What is not sent waits; run the same again."
                    raise OutsideError(sentence, advice=advice)
        finally:
            self._hang_up()
        return self.tally

    def _next(self) -> Entry | None:
        """Return the next message when its time has come; None at the end, or when somebody stops."""
        while not self.is_stopped():
            entry, now = self.ledger.next_open(self.run, self.keys), self.clock.now()
            if entry is None or entry.not_before - now > self.patience_s:
                return None
            wait = max(entry.not_before, self._earliest) - now
            if wait <= 0:
                return entry
            if wait > self.patience_s / 2:
                # The server would hang up on who says nothing for so long.
                self._hang_up()
            self.clock.sleep(min(wait, NAP_S))
        return None

    def _send(self, entry: Entry) -> None:
        try:
            mail = self.prepare(entry)
        except WithheldError as withheld:
            self.ledger.settle(entry.key, "failed", self.clock.now(), withheld.reason)
            self.tally.withheld.append((entry.row, withheld.reason))
            return
        session = self._open()
        self._earliest = self.clock.now() + 60.0 / self.per_minute
        if len(mail.data) > session.most_bytes:
            reason = "too large for the server"
            self.ledger.settle(entry.key, "failed", self.clock.now(), reason)
            self.tally.withheld.append((entry.row, reason))
            return
        try:
            refusal = session.offer(mail.recipient, len(mail.data), entry.key)
        except LostError:
            refusal = LOST
        if refusal is not None:
            self._settle(entry, refusal)
            return
        if not self.ledger.begin(entry.key, self.clock.now()):
            self._take_back()
            return
        try:
            reply = session.hand_over(mail.data)
        except LostError:
            self._drop()
            self.ledger.settle(entry.key, "in_doubt", self.clock.now(), "lost")
            self.tally.in_doubt += 1
            self._in_a_row += 1
            return
        self._settle(entry, reply)

    def _settle(self, entry: Entry, reply: Reply) -> None:
        now = self.clock.now()
        if reply.closes:
            self._drop()
        self._in_a_row += 1
        match reply.outcome:
            case "accepted":
                self.ledger.settle(entry.key, "sent", now, str(reply))
                self.tally.sent += 1
                self._in_a_row = 0
            case "deferred":
                again = next_try(entry.tries + 1, entry.first_try or now, now)
                if again is None:
                    self.ledger.settle(entry.key, "failed", now, str(reply))
                    self.tally.failed += 1
                else:
                    self.ledger.defer(entry.key, again, now, str(reply))
                    self.tally.deferred += 1
            case "suppressed":
                self.ledger.suppress(entry.key, now, str(reply))
                self.tally.failed += 1
            case "failed":
                self.ledger.settle(entry.key, "failed", now, str(reply))
                self.tally.failed += 1
            case "stop":
                # It is not about this message, which is tried again once that is mended.
                self.ledger.defer(entry.key, now, now, str(reply))
                self.tally.deferred += 1
                raise OutsideError(
                    f"the server does not take mail from us ({reply}).",
                    advice="Look at `from`, `bounces_to` and `user`. What is not sent waits.",
                )

    def _open(self) -> Session:
        if self._session is not None and self._used >= MAILS_A_SESSION:
            self._hang_up()
        for wait in (*RETRY_S, None):
            if self._session is not None:
                break
            try:
                self._session, self._used = self.connect(), 0
            except NoSessionError as error:
                if error.lasting or wait is None or self.is_stopped():
                    raise
                self.clock.sleep(wait)
        assert self._session is not None
        self._used += 1
        return self._session

    def _take_back(self) -> None:
        try:
            if self._session is not None:
                self._session.take_back()
        except LostError:
            self._drop()

    def _hang_up(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            session.close()

    def _drop(self) -> None:
        """Let go of a session that is broken, or that the server has ended."""
        session, self._session = self._session, None
        if session is not None:
            session.abandon()
