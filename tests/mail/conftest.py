"""A real mail server on this machine, over TLS, with faults on demand; and a batch to send."""

from __future__ import annotations

import contextlib
import datetime as dt
import socket
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import policy
from email.parser import BytesParser
from pathlib import Path
from types import SimpleNamespace

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from handouts.cli import main
from handouts.mail.config import Config
from handouts.mail.ledger import Ledger, Wanted
from handouts.mail.letter import Letter
from handouts.mail.message import Envelope, build_message
from handouts.mail.sender import Outgoing, Sender
from handouts.mail.session import Session

USER, SECRET = "desk@clinic.example.org", "correct horse"
DAY = "2026-11-22"
HEADER = "id,patient,conditions,note,email,consent_email,consent_plain"
SETTINGS = """\
server:
  host: localhost
  port: {port}
  tls: {tls}
  ca_file: ca.pem
  user: {user}
  secret_env: HANDOUTS_MAIL_SECRET
from: handouts@clinic.example.org
reply_to: desk@clinic.example.org
per_minute: 600
undo_min: 0
"""


@dataclass
class Inbox:
    """What the server has taken, and what it answers instead of taking something.

    ``fault`` is asked with the stage (mail, rcpt, data) and the recipient; it returns an answer, ``drop`` to
    break off before, ``lose`` to take the mail and break off before the answer, or nothing.
    """

    taken: list[tuple[str, bytes]] = field(default_factory=list)
    logins: list[str] = field(default_factory=list)
    bytes_before_tls: int = 0
    fault: Callable[[str, str], str | None] = lambda stage, recipient: None

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
        answer = self.fault("mail", address)
        if answer is None:
            envelope.mail_from = address
            return "250 OK"
        return self._broken(server) if answer == "drop" else answer

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        answer = self.fault("rcpt", address)
        if answer is None:
            envelope.rcpt_tos.append(address)
            return "250 OK"
        return self._broken(server) if answer == "drop" else answer

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        assert len(envelope.rcpt_tos) == 1
        recipient = envelope.rcpt_tos[0]
        answer = self.fault("data", recipient)
        if answer in {None, "lose"}:
            self.taken.append((recipient, envelope.content))
        if answer in {"drop", "lose"}:
            return self._broken(server)
        return answer or "250 2.0.0 OK"

    def _broken(self, server) -> str:
        server.transport.abort()
        return "250 nobody hears this"

    def authenticate(self, server, session, envelope, mechanism, data):
        """Look at who logs in; an unhandled refusal is what makes the server say 535."""
        name, secret = data.login.decode(), data.password.decode()
        self.logins.append(name)
        good = (name, secret) == (USER, SECRET)
        return AuthResult(success=good, handled=False)

    def messages(self) -> list:
        """Return all that was taken, parsed."""
        return [BytesParser(policy=policy.default).parsebytes(data) for _, data in self.taken]


@dataclass(frozen=True)
class Server:
    """A running server: its inbox and the settings to reach it."""

    inbox: Inbox
    port: int
    settings: Path

    @property
    def config(self) -> Config:
        return Config.read(self.settings)


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    """Return an authority that certificates come from."""
    return trustme.CA()


def server_context(authority: trustme.CA, name: str = "localhost", **when) -> ssl.SSLContext:
    """Return what a server of a name encrypts with."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name, **when).configure_cert(context)
    return context


def free_port() -> int:
    """Return a port of this machine that nobody uses."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class _Quiet(Controller):
    """A server that is not asked anything before the first client comes."""

    def _trigger_server(self):
        with socket.create_connection((self.hostname, self.port), 5):
            pass


@contextlib.contextmanager
def running(
    folder: Path,
    authority: trustme.CA,
    tls: str = "starttls",
    *,
    context: ssl.SSLContext | None = None,
    **how,
) -> Iterator[Server]:
    """Run a server on this machine, with its settings in a folder."""
    inbox, port = Inbox(), free_port()
    context = context or server_context(authority)
    options = {"tls_context": context, "require_starttls": True} if tls == "starttls" else {}
    options |= {
        "auth_required": True,
        "authenticator": inbox.authenticate,
        "auth_require_tls": tls == "starttls",
    }
    controller = _Quiet(
        inbox,
        hostname="127.0.0.1",
        port=port,
        ssl_context=context if tls == "tls" else None,
        **options | how,
    )
    authority.cert_pem.write_to_path(folder / "ca.pem")
    settings = folder / "mail.yaml"
    settings.write_text(SETTINGS.format(port=port, tls=tls, user=USER))
    controller.start()
    try:
        yield Server(inbox, port, settings)
    finally:
        controller.stop()


@pytest.fixture
def server(tmp_path, authority, monkeypatch) -> Iterator[Server]:
    """Run a server that wants STARTTLS and a log-in."""
    monkeypatch.setenv("HANDOUTS_MAIL_SECRET", SECRET)
    with running(tmp_path, authority) as one:
        yield one


@dataclass(frozen=True)
class Made:
    """A batch: its folder, roster and passphrases."""

    folder: Path
    roster: Path
    passphrases: Path

    def words(self, server: Server, *more: str) -> list[str]:
        """Return the command line that sends it."""
        files = ["--roster", str(self.roster), "--passphrases", str(self.passphrases)]
        return ["mail", str(self.folder), *files, "--config", str(server.settings), *more]


ROWS = (
    "p1,Zoë Ångström,trochanteric-bursitis,Walk to the Fjordbrücke.,zoe@patients.example.org,yes,",
    "p2,Ada Quilfeather,hip-flexor-strain,,ada@patients.example.org,yes,yes",
    "p3,Bo Nystrand,trochanteric-bursitis,,bo@patients.example.org,,",
    "p4,Cy Dunmore,trochanteric-bursitis;hip-flexor-strain,,cy@patients.example.org,yes,yes",
    "p5,Di Elsworth,trochanteric-bursitis,,,yes,yes",
    "p6,Ed Farrow,no-such-condition,,ed@patients.example.org,yes,yes",
    'p7,Flo Garrick,fai,,"flo@x.example.org,other@x.example.org",yes,yes',
    "p8,Gus Hartnell,fai,,gus@patients.example.org,yes,",
)
PASSPHRASES = "id,passphrase\np1,velvet candle orbit meadow\n"


@pytest.fixture(scope="session")
def made(tmp_path_factory) -> Made:
    """Make a batch: rows 2, 3 and 5 may be mailed, each other one lacks something."""
    return make_batch(tmp_path_factory.mktemp("batch"), ROWS, PASSPHRASES)


def make_batch(folder: Path, rows, passphrases: str = "id,passphrase\n") -> Made:
    """Make a batch of rows in a folder."""
    batch = Made(folder / "made", folder / "roster.csv", folder / "passphrases.csv")
    batch.roster.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    batch.passphrases.write_text(passphrases, encoding="utf-8")
    words = ["batch", str(batch.roster), "--clinic", "example-clinic", "-o", str(batch.folder), "--date", DAY]
    assert main([*words, "--workers", "2"]) in {0, 3}
    return batch


def day(offset: int) -> dt.datetime:
    """Return a moment some days from now."""
    return dt.datetime.now(dt.UTC) + dt.timedelta(days=offset)


class Clock:
    """A clock that waits at once, and counts how long."""

    def __init__(self) -> None:
        self.time = 1_800_000_000.0
        self.slept = 0.0

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.time += seconds
        self.slept += seconds


class Desk:
    """A ledger with small mails in it, and a sender for them."""

    def __init__(self, ledger: Ledger, server: Server, count: int) -> None:
        self.ledger, self.server, self.clock = ledger, server, Clock()
        self.to = {f"p{number}": f"p{number}@patients.example.org" for number in range(count)}
        self.names = {ledger.veil(name): name for name in self.to}
        self.asked: list[str] = []
        ledger.queue("run", self.wanted(), 0, self.clock.now())

    def wanted(self) -> list[Wanted]:
        return [
            Wanted(key, number, "0" * 64, self.ledger.veil(self.to[name]))
            for number, (key, name) in enumerate(self.names.items())
        ]

    def prepare(self, entry) -> Outgoing:
        name = self.names[entry.key]
        self.asked.append(name)
        envelope = Envelope(entry.key, "a@clinic.example.org", "b@clinic.example.org", self.to[name])
        letter = Letter("Clinic", "Your information", "Text", "<p>Text</p>")
        return Outgoing(self.to[name], build_message(envelope, letter, name.encode(), day(0)))

    def sender(self, **how) -> Sender:
        config = self.server.config
        usual = {
            "ledger": self.ledger,
            "run": "run",
            "keys": self.names.keys(),
            "prepare": self.prepare,
            "connect": lambda: Session.open(config, SECRET),
            "clock": self.clock,
            "per_minute": 600,
            "is_stopped": lambda: False,
            "look": lambda tally: None,
        }
        return Sender(**usual | how)

    def states(self) -> dict[str, str]:
        return {self.names[one.key]: one.state for one in self.ledger.entries("run")}


@pytest.fixture
def desk(server, tmp_path) -> Iterator[Callable[[int], Desk]]:
    """Return a function that queues so many mails for the server."""
    with Ledger.open(tmp_path / "ledger.db", make=True) as ledger:
        yield lambda count: Desk(ledger, server, count)


@pytest.fixture(scope="session")
def tools() -> SimpleNamespace:
    """Return what tests make servers and batches of."""
    return SimpleNamespace(
        Desk=Desk, Inbox=Inbox, day=day, free_port=free_port, make_batch=make_batch, running=running,
        secret=SECRET, server_context=server_context,
    )  # fmt: skip
