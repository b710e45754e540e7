"""What a mail server's answer means for one message, and when to try again.

An answer's words are never kept: servers repeat the address in them. Its code and its enhanced code
(RFC 3463) say enough.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Stage = Literal["mail", "rcpt", "data"]
Outcome = Literal["accepted", "deferred", "failed", "suppressed", "stop"]

_MIN = 60.0
WAITS_S = (1 * _MIN, 5 * _MIN, 15 * _MIN, 60 * _MIN, 180 * _MIN)
"""How long to wait after each try; the last one again and again."""
GIVE_UP_S = 24 * 60 * _MIN
"""We hand over to a relay, which has its own patience for the rest of the way."""

_ENHANCED = re.compile(r"([245])\.(\d{1,3})\.(\d{1,3})\b")
_STOPPING = frozenset({530, 534, 535, 538})
_LOST = "4.4.2"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: at which stage, its three digits, and its enhanced code ('' without one)."""

    stage: Stage
    code: int
    status: str = ""

    @classmethod
    def read(cls, stage: Stage, code: int, words: bytes) -> Reply:
        """Return an answer without its words."""
        found = _ENHANCED.match(words.decode("ascii", "replace").strip())
        status = found[0] if found and found[0][0] == str(code)[0] else ""
        return cls(stage, code, status)

    def __str__(self) -> str:
        return f"{self.code} {self.status}".strip()

    @property
    def outcome(self) -> Outcome:
        """What becomes of the message: ``suppressed`` failed, and its address gets no more."""
        if 200 <= self.code < 300:
            return "accepted"
        if self.code in _STOPPING:
            return "stop"
        if self.code == 552 or self.status in {"5.2.3", "5.3.4"}:
            return "failed"
        if 400 <= self.code < 500:
            return "deferred"
        if self.stage == "mail":
            # What is wrong with who sends is wrong for every message.
            return "stop"
        if self.stage == "rcpt":
            return "suppressed" if is_dead(self.status) else "failed"
        return "failed"

    @property
    def closes(self) -> bool:
        """Tell whether the server goes away after it."""
        return self.code == 421


LOST = Reply("mail", 421, _LOST)
"""What a connection that breaks before anything was handed over counts as."""


def is_dead(status: str) -> bool:
    """Tell whether an enhanced code says that an address does not work; without a code, it does say so.

    A policy (5.7) or a full mailbox (5.2.2) says nothing against the address.
    """
    return not status or status.startswith("5.1.") or status in {"5.0.0", "5.2.0", "5.2.1"}


def next_try(tries: int, first: float, now: float) -> float | None:
    """Return when to try again after ``tries`` tries, the first of them at ``first``; None to give up."""
    wait = WAITS_S[min(tries, len(WAITS_S)) - 1] if tries else WAITS_S[0]
    return None if now + wait - first > GIVE_UP_S else now + wait
