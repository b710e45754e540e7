"""Mail that came back: what a delivery status notification (RFC 3464) says of a mail of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email import policy
from email.message import Message
from email.parser import BytesParser

from handouts.mail.ledger import Ledger
from handouts.mail.replies import is_dead

MOST_BYTES = 30_000_000

_KEY = re.compile(r"<?([0-9a-f]{32})(?:@[^<>\s]+>)?")
_STATUS = re.compile(r"([245]\.\d{1,3}\.\d{1,3})\b")


@dataclass(frozen=True, slots=True)
class Bounce:
    """One mail that was not delivered for good: its name in the ledger, and the enhanced code."""

    key: str
    status: str


def read_bounces(data: bytes) -> tuple[Bounce, ...]:
    """Return the mails of which a message says that they failed; none where it says no such thing.

    Only who has had the mail knows its name, so that a forged report stops nobody's mail. A report of a
    delay is none. Raises ValueError for what is no delivery report.
    """
    try:
        report = BytesParser(policy=policy.default).parsebytes(data)
        parts = list(report.walk())
        if not any(part.get_content_type() == "message/delivery-status" for part in parts):
            raise ValueError("this is no delivery report")
        return tuple(_bounces(parts))
    except (AttributeError, LookupError, RecursionError, TypeError) as error:
        # The email package raises these for headers that are broken in ways it has not met.
        raise ValueError("this message cannot be read") from error


def _bounces(parts: Sequence[Message]) -> Iterator[Bounce]:
    names = [_said(part, "Message-ID") for part in parts[1:]]
    for part in parts:
        if part.get_content_type() == "text/rfc822-headers":
            names += re.findall(r"(?im)^message-id:\s*(\S+)", _text(part))
    for part in parts:
        if part.get_content_type() != "message/delivery-status":
            continue
        blocks = part.get_payload()
        found = [block for block in blocks if isinstance(block, Message)] if isinstance(blocks, list) else []
        if not found:
            continue
        mail, *recipients = found
        key = _key([_said(mail, "Original-Envelope-Id"), *names])
        for recipient in recipients:
            status = _STATUS.search(_said(recipient, "Status"))
            if key and _said(recipient, "Action").strip().lower() == "failed":
                yield Bounce(key, status[1] if status else "")


def _said(part: Message, name: str) -> str:
    return str(part.get(name, ""))


def _text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""


def _key(names: list[str]) -> str:
    found = (_KEY.fullmatch(name.strip()) for name in names)
    return next((match[1] for match in found if match), "")


def take_bounce(ledger: Ledger, bounce: Bounce, now: float) -> bool:
    """Mark a mail as come back, and its address as dead where the code says so; tell whether it was ours."""
    code = f"came back {bounce.status}".strip()
    return ledger.come_back(bounce.key, now, code, dead=is_dead(bounce.status))
