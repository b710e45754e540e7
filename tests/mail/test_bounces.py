"""Mail that came back: reports as servers write them, forged ones and broken ones."""

from __future__ import annotations

import random

import pytest

from handouts.mail.bounces import Bounce, read_bounces, take_bounce

KEY = "0123456789abcdef" * 2


def report(key: str = KEY, status: str = "5.1.1", action: str = "failed", *, envelope: bool = False) -> bytes:
    """Return a report in the form of Postfix."""
    original = f"Original-Envelope-Id: {key}\n" if envelope else ""
    returned = "" if envelope else f"Message-ID: <{key}@clinic.example.org>\n"
    return f"""\
From: MAILER-DAEMON@mx.example.org
To: handouts@clinic.example.org
Subject: Undelivered Mail Returned to Sender
Message-ID: <20261122.ABC@mx.example.org>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

I'm sorry to have to inform you.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
{original}
Final-Recipient: rfc822; zoe@patients.example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 <zoe@patients.example.org>: unknown

--B
Content-Type: text/rfc822-headers

From: Clinic <handouts@clinic.example.org>
{returned}Subject: Your information

--B--
""".encode()


@pytest.mark.parametrize("envelope", [True, False])
def test_a_report(envelope):
    """a report names the mail by its envelope or by the headers that came back."""
    assert read_bounces(report(envelope=envelope)) == (Bounce(KEY, "5.1.1"),)


def test_a_whole_message_came_back():
    """a report that has the whole mail in it is read as well."""
    data = report().replace(b"text/rfc822-headers", b"message/rfc822")
    assert read_bounces(data) == (Bounce(KEY, "5.1.1"),)


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
def test_no_failure(action):
    """a delay or a delivery is no failure."""
    assert read_bounces(report(action=action)) == ()


@pytest.mark.parametrize(
    "data", [b"", b"Subject: Out of office\n\nI am away.", b"\xff\x00\x80", b"--B" * 999]
)
def test_no_report(data):
    """another message is refused."""
    with pytest.raises(ValueError, match=r"no delivery report|cannot be read"):
        read_bounces(data)


def test_damaged_reports():
    """a report that is damaged anywhere gives mails or a ValueError, and nothing else."""
    dice, refused = random.Random(3), 0  # noqa: S311
    for _ in range(300):
        data = bytearray(report(envelope=dice.random() < 0.5))
        for _ in range(dice.randrange(1, 12)):
            place = dice.randrange(len(data))
            data[place : place + dice.randrange(3)] = bytes(dice.choices(b'\x00\xff\r\n:;<>="-B@', k=2))
        try:
            read_bounces(bytes(data))
        except ValueError:
            refused += 1
    assert refused < 300


@pytest.mark.parametrize(
    ("status", "state", "dead"), [("5.1.1", "suppressed", True), ("5.2.2", "failed", False)]
)
def test_what_the_ledger_makes_of_it(desk, status, state, dead):
    """a mail that came back is marked, a dead address gets no more, and a forged report does nothing."""
    one = desk(1)
    one.sender().go()
    ledger = one.ledger
    entry = ledger.entries()[0]
    assert not take_bounce(ledger, Bounce("f" * 32, status), one.clock.now())
    assert take_bounce(ledger, Bounce(entry.key, status), one.clock.now())
    assert not take_bounce(ledger, Bounce(entry.key, status), one.clock.now())
    assert ledger.entries()[0].state == state
    assert ledger.is_suppressed(ledger.veil(one.to["p0"])) is dead
