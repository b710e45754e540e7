"""The ledger: what becomes of each mail, on the disk before it happens.

::

    queued ──▶ sending ──▶ sent ──▶ failed (it came back)
      ▲ │         ├──────▶ deferred ──▶ sending, or failed in the end
      │ │         ├──────▶ failed, suppressed (the address does not work)
      │ └▶ cancelled └───▶ in_doubt ──▶ sent, or queued again: a person says which
      └──────────────────────┘

A message is named by a keyed hash of run, row, file and address, so that the same one is never there twice;
an address stands here only as such a hash. The key of the hashes is the ledger's own. Every change is one
transaction that also writes an *event*, on the disk when the call returns (WAL, ``synchronous=FULL``).
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self

from handouts.errors import OutsideError, UsageError

State = Literal["queued", "sending", "sent", "deferred", "failed", "in_doubt", "suppressed", "cancelled"]
STATES: tuple[State, ...] = (
    "queued", "deferred", "sending", "sent", "in_doubt", "failed", "suppressed", "cancelled"
)  # fmt: skip
FORMAT = 1
_LEAVING: tuple[State, ...] = ("queued", "deferred", "sending")
_LEFT: tuple[State, ...] = ("sent", "in_doubt")

_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL);
CREATE TABLE messages (
    key TEXT PRIMARY KEY, run TEXT NOT NULL, row INTEGER NOT NULL, sha256 TEXT NOT NULL,
    address TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN (
        'queued', 'deferred', 'sending', 'sent', 'in_doubt', 'failed', 'suppressed', 'cancelled'
    )),
    not_before REAL NOT NULL, tries INTEGER NOT NULL DEFAULT 0,
    first_try REAL, code TEXT NOT NULL DEFAULT '', changed REAL NOT NULL
) WITHOUT ROWID;
CREATE VIEW entries AS
    SELECT key, run, row, sha256, state, not_before, tries, first_try, code FROM messages;
CREATE INDEX due ON messages (run, state, not_before, row);
CREATE TABLE suppressions (address TEXT PRIMARY KEY, since REAL NOT NULL, code TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, key TEXT NOT NULL, run TEXT NOT NULL,
    row INTEGER NOT NULL, sha256 TEXT NOT NULL, state TEXT NOT NULL, code TEXT NOT NULL
);
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One message as the ledger knows it; times are seconds since 1970."""

    key: str
    run: str
    row: int
    sha256: str
    state: State
    not_before: float
    tries: int
    first_try: float | None
    code: str


@dataclass(frozen=True, slots=True)
class Event:
    """One change of one message; ``seq`` counts all changes of a ledger."""

    seq: int
    at: float
    key: str
    run: str
    row: int
    sha256: str
    state: str
    code: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """One message to queue."""

    key: str
    row: int
    sha256: str
    address: str


class Ledger:
    """An open ledger. All its calls raise OutsideError where the disk refuses; then nothing is changed."""

    def __init__(self, path: Path, database: sqlite3.Connection) -> None:
        self.path = path
        self._database = database
        self._secret = bytes(self._one("SELECT value FROM meta WHERE name = 'secret'")[0])

    @classmethod
    @contextmanager
    def open(cls, path: Path, *, make: bool = False) -> Iterator[Self]:
        """Open a ledger, or ``make`` a new one; raises UsageError where there is none."""
        if not make and not path.is_file():
            raise UsageError(
                f"there is no ledger {path}.", advice="Nothing was sent with these settings yet."
            )
        with _told(path):
            database = _connected(path)
        try:
            with _told(path):
                _prepare(database, path)
                ledger = cls(path, database)
            yield ledger
        finally:
            database.close()

    @contextmanager
    def only_sender(self) -> Iterator[None]:
        """Hold the right to send: one process at a time has it, and loses it when it dies.

        Raises UsageError where another process sends.
        """
        path = self.path.with_name(f"{self.path.name}.lock")
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise OutsideError(f"cannot write {path}: {error.strerror}.") from error
        try:
            if not _locked(descriptor):
                raise UsageError("another run is sending with these settings.", advice="Wait until it ends.")
            yield
        finally:
            os.close(descriptor)

    def veil(self, *words: str) -> str:
        """Return a hash of some words that only who has the ledger can make."""
        said = "\0".join(words).encode("utf-8", "surrogatepass")
        return hmac.new(self._secret, said, hashlib.sha256).hexdigest()[:32]

    def queue(self, run: str, wanted: Iterable[Wanted], not_before: float, now: float) -> int:
        """Queue messages that are not there yet, all or none of them; return how many were new."""
        new = 0
        with self._change():
            for one in wanted:
                done = self._database.execute(
                    "INSERT INTO messages (key, run, row, sha256, address, state, not_before, changed)"
                    " VALUES (?, ?, ?, ?, ?, 'queued', ?, ?) ON CONFLICT DO NOTHING",
                    (one.key, run, one.row, one.sha256, one.address, not_before, now),
                )
                if done.rowcount:
                    new += 1
                    self._note(one.key, now)
        return new

    def recover(self, now: float) -> int:
        """Put what a dead process was handing over in doubt; only the only sender may. Return how many."""
        with self._change():
            found = self._all("SELECT key FROM messages WHERE state = 'sending'")
            for (key,) in found:
                self._put(key, "in_doubt", now)
        return len(found)

    def next_open(self, run: str, keys: Collection[str]) -> Entry | None:
        """Return which of some messages comes first, now or later; None where none of them waits."""
        with _told(self.path):
            found = self._database.execute(
                "SELECT * FROM entries WHERE run = ? AND state IN ('queued', 'deferred')"
                " ORDER BY not_before, row",
                (run,),
            )
            return next((Entry(*row) for row in found if row[0] in keys), None)

    def begin(self, key: str, now: float) -> bool:
        """Say that a message is being handed over; False where somebody has cancelled it meanwhile."""
        with self._change():
            done = self._database.execute(
                "UPDATE messages SET state = 'sending', tries = tries + 1,"
                " first_try = coalesce(first_try, ?), changed = ?"
                " WHERE key = ? AND state IN ('queued', 'deferred')",
                (now, now, key),
            )
            if done.rowcount:
                self._note(key, now)
        return done.rowcount == 1

    def settle(self, key: str, state: State, now: float, code: str = "") -> None:
        """Say what became of a message; one that somebody has cancelled meanwhile stays cancelled."""
        self._move([key], _LEAVING, state, now, code)

    def defer(self, key: str, not_before: float, now: float, code: str) -> None:
        """Say that a message is tried again later; a try that ended before it began is counted here."""
        with self._change():
            self._database.execute(
                "UPDATE messages SET not_before = ?, first_try = coalesce(first_try, ?),"
                " tries = tries + (state <> 'sending') WHERE key = ?",
                (not_before, now, key),
            )
            self._put_if(key, _LEAVING, "deferred", now, code)

    def suppress(self, key: str, now: float, code: str, before: tuple[State, ...] = ()) -> None:
        """Say that a message failed because its address does not work, which gets no more."""
        with self._change():
            self._database.execute(
                "INSERT INTO suppressions SELECT address, ?, ? FROM messages WHERE key = ? AND address <> ''"
                " ON CONFLICT DO NOTHING",
                (now, code, key),
            )
            self._put_if(key, before or _LEAVING, "suppressed", now, code)

    def come_back(self, key: str, now: float, code: str, *, dead: bool) -> bool:
        """Say that a message came back, perhaps because its address is dead; tell whether it had left."""
        entry = self.entry(key)
        if entry is None or entry.state not in _LEFT:
            return False
        if dead:
            self.suppress(key, now, code, _LEFT)
            return True
        return self._move([key], _LEFT, "failed", now, code) == 1

    def is_suppressed(self, address: str) -> bool:
        """Tell whether a veiled address gets no more mail."""
        return bool(self._all("SELECT 1 FROM suppressions WHERE address = ?", address))

    def resolve(self, keys: Iterable[str], state: Literal["sent", "queued"], now: float) -> int:
        """Say what a person has found out; return of how many messages.

        ``sent`` is for those in doubt; ``queued``, which sends again, also for those that failed.
        """
        before: tuple[State, ...] = ("in_doubt",) if state == "sent" else ("in_doubt", "failed")
        return self._move(keys, before, state, now, "resolved")

    def cancel(self, keys: Iterable[str], now: float) -> int:
        """Take back messages that have not left; return how many."""
        return self._move(keys, ("queued", "deferred"), "cancelled", now, "cancelled")

    def _move(
        self, keys: Iterable[str], before: tuple[State, ...], after: State, now: float, code: str
    ) -> int:
        with self._change():
            return sum(self._put_if(key, before, after, now, code) for key in keys)

    def _put_if(self, key: str, before: tuple[State, ...], after: State, now: float, code: str) -> bool:
        """Change the state of a message that is in one of some states; tell whether it was."""
        row = self._database.execute("SELECT state FROM messages WHERE key = ?", (key,)).fetchone()
        if row is None or row[0] not in before:
            return False
        if after == "queued":
            self._database.execute(
                "UPDATE messages SET not_before = ?, tries = 0, first_try = NULL WHERE key = ?", (now, key)
            )
        self._put(key, after, now, code)
        return True

    def entry(self, key: str) -> Entry | None:
        """Return a message, or None."""
        rows = self._all("SELECT * FROM entries WHERE key = ?", key)
        return Entry(*rows[0]) if rows else None

    def entries(self, run: str = "", state: State | None = None) -> list[Entry]:
        """Return all messages, or those of a run or a state, by run and row."""
        wanted = (run, run, state, state)
        sql = "SELECT * FROM entries WHERE (? = '' OR run = ?) AND (? IS NULL OR state = ?)"
        return [Entry(*row) for row in self._all(sql + " ORDER BY run, row, key", *wanted)]

    def counts(self, run: str = "") -> dict[State, int]:
        """Return how many messages are in each state."""
        sql = "SELECT state, count(*) FROM messages WHERE ? = '' OR run = ? GROUP BY state"
        found = dict(self._all(sql, run, run))
        return {state: found[state] for state in STATES if state in found}

    def runs(self) -> list[str]:
        """Return the runs that there are messages of, the latest last."""
        return [
            run for (run,) in self._all("SELECT run FROM messages GROUP BY run ORDER BY max(changed), run")
        ]

    def purge(self, before: float) -> int:
        """Forget the address of each message that ended before a moment; return of how many.

        The messages stay: without them, the same batch could be sent once more.
        """
        with self._change():
            done = self._database.execute(
                "UPDATE messages SET address = '' WHERE address <> '' AND changed < ?"
                " AND state IN ('sent', 'failed', 'suppressed', 'cancelled')",
                (before,),
            )
        return done.rowcount

    def events(self, after: int) -> list[Event]:
        """Return the changes that come after one, in order."""
        return [Event(*row) for row in self._all("SELECT * FROM events WHERE seq > ? ORDER BY seq", after)]

    def _put(self, key: str, state: State, now: float, code: str = "") -> None:
        self._database.execute(
            "UPDATE messages SET state = ?, changed = ?, code = ? WHERE key = ?", (state, now, code, key)
        )
        self._note(key, now)

    def _note(self, key: str, now: float) -> None:
        self._database.execute(
            "INSERT INTO events (at, key, run, row, sha256, state, code)"
            " SELECT ?, key, run, row, sha256, state, code FROM messages WHERE key = ?",
            (now, key),
        )

    @contextmanager
    def _change(self) -> Iterator[None]:
        with _told(self.path):
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._commit()
            except BaseException:
                with suppress(sqlite3.Error):
                    self._database.execute("ROLLBACK")
                raise

    def _commit(self) -> None:
        """Wait until the change is on the disk: the one place where anything gets there."""
        self._database.execute("COMMIT")

    def _one(self, sql: str, *values: object) -> tuple[bytes]:
        found: tuple[bytes] = self._all(sql, *values)[0]
        return found

    def _all(self, sql: str, *values: object) -> list[tuple]:  # type: ignore[type-arg] # rows of any kind
        with _told(self.path):
            return self._database.execute(sql, values).fetchall()


def _connected(path: Path) -> sqlite3.Connection:
    # SQLite would make it readable for everybody; its journal files get the rights of the first one.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    database = sqlite3.connect(path, isolation_level=None, timeout=30)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    return database


def _prepare(database: sqlite3.Connection, path: Path) -> None:
    database.execute("BEGIN IMMEDIATE")
    try:
        version = database.execute("PRAGMA user_version").fetchone()[0]
        if version == 0:
            for statement in filter(str.strip, _TABLES.split(";")):
                database.execute(statement)
            database.execute("INSERT INTO meta VALUES ('secret', ?)", (secrets.token_bytes(32),))
            database.execute(f"PRAGMA user_version = {FORMAT}")
        elif version != FORMAT:
            sentence = f"{path} is a ledger of another version of handouts."
            raise UsageError(sentence, advice="Use that version, or name a new ledger.")  # noqa: TRY301
        database.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            database.execute("ROLLBACK")
        raise


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        advice = (
            "Look at the room on its disk, and whether it is a ledger. Nothing is lost: run the same again."
        )
        raise OutsideError(f"cannot use the ledger {path}: {error}.", advice=advice) from error
    except OSError as error:
        raise OutsideError(f"cannot use the ledger {path}: {error.strerror or error}.") from error


def _locked(descriptor: int) -> bool:
    """Lock an open file until it is closed, or the process ends in whatever way; tell whether that worked."""
    try:
        import fcntl  # noqa: PLC0415 - Windows has none
    except ImportError:
        import msvcrt  # noqa: PLC0415 - only Windows has it

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        except OSError:
            return False
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
