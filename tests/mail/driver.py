"""A sender in a process of its own, for tests that kill it.

Arguments: the settings, the ledger, how many mails, the mails a minute, the seconds that a mail waits before
another try, and for faults at one durable step its number and what happens there: exit, ENOSPC or EIO. With
``count`` it prints how many steps there were.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

from handouts.errors import HandoutError
from handouts.mail import replies, sender
from handouts.mail.config import Config
from handouts.mail.ledger import Ledger, Wanted
from handouts.mail.letter import Letter
from handouts.mail.message import Envelope, build_message
from handouts.mail.session import Session

LETTER = Letter("Clinic", "Your information", "Text", "<p>Text</p>")


class Steps:
    """Counts the durable steps, and lets something happen at one of them, before it or after it."""

    def __init__(self, fatal: int, how: str) -> None:
        self.done, self.fatal, self.how = 0, fatal, how

    def around(self, step, failure):
        """Return a step that may go wrong."""

        def guarded(*args, **kwargs):
            for after in (False, True):
                if after:
                    result = step(*args, **kwargs)
                self.done += 1
                if self.done == self.fatal:
                    if self.how == "exit":
                        os._exit(137)
                    raise failure(getattr(errno, self.how))
            return result

        return guarded


def main(words: list[str]) -> int:
    """Send, and return the exit code."""
    settings, path, count, wait = Path(words[0]), Path(words[1]), int(words[2]), float(words[3])
    replies.WAITS_S, sender.RETRY_S, sender.NAP_S = (wait,), (0.05,) * 3, 0.02
    sender.MOST_IN_A_ROW = 1_000_000
    steps = Steps(int(words[4]), words[5]) if len(words) > 4 else None
    config = Config.read(settings)
    if steps:
        Ledger._commit = steps.around(
            Ledger._commit, lambda number: sqlite3.OperationalError(os.strerror(number))
        )
        os.fsync = steps.around(os.fsync, lambda number: OSError(number, os.strerror(number)))
        write = os.write
        os.write = steps.around(write, lambda number: OSError(number, os.strerror(number)))
    try:
        with Ledger.open(path, make=True) as ledger, ledger.only_sender():
            names = {ledger.veil(f"p{number}"): f"p{number}@patients.example.org" for number in range(count)}
            rows = enumerate(names.items())
            ledger.queue(
                "run", [Wanted(k, n, "0" * 64, ledger.veil(to)) for n, (k, to) in rows], 0, time.time()
            )
            ledger.recover(time.time())

            def prepare(entry):
                to = names[entry.key]
                envelope = Envelope(entry.key, "a@clinic.example.org", "b@clinic.example.org", to)
                return sender.Outgoing(to, build_message(envelope, LETTER, to.encode(), datetime.now(UTC)))

            sender.Sender(
                ledger, "run", names.keys(), prepare, lambda: Session.open(config, os.environ["SECRET"]),
                clock=SimpleNamespace(now=time.time, sleep=time.sleep),
                per_minute=1_000_000, is_stopped=lambda: False, look=lambda tally: None,
            ).go()  # fmt: skip
    except HandoutError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return error.exit_code
    if steps:
        print(steps.done)  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
