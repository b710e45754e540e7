"""A session with the clinic's mail server: verified encryption, then the log-in, then one mail at a time.

Each mail goes in two steps, so that the ledger can be written between them: :meth:`Session.offer` names who
writes to whom, :meth:`Session.hand_over` gives the mail itself. Only in the second can its fate be unknown.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
from contextlib import suppress
from typing import Self

from handouts.errors import OutsideError
from handouts.mail.address import domain_of
from handouts.mail.config import Config, is_loopback
from handouts.mail.replies import Reply

TALK_S = 60.0
"""How long an answer may take;"""
ACCEPT_S = 600.0
"""and that to the whole mail: who gives up earlier sends it twice (RFC 5321, 4.5.3.2.6)."""


class LostError(Exception):
    """The connection broke: before a mail was handed over, or while it was."""


class NoSessionError(OutsideError):
    """The server can't be used; ``lasting`` says that trying again won't help."""

    def __init__(self, sentence: str, *, advice: str = "", lasting: bool) -> None:
        self.lasting = lasting
        super().__init__(sentence, advice=advice)


class Session:
    """An open session. It is not shared between threads."""

    def __init__(self, smtp: smtplib.SMTP, config: Config) -> None:
        self._smtp = smtp
        self._config = config
        said = smtp.esmtp_features.get("size", "").strip()
        self.most_bytes = min(config.most_bytes, int(said) if said.isdigit() and int(said) else 1 << 40)
        """The largest mail that the server and the clinic's settings take."""

    @classmethod
    def open(cls, config: Config, secret: str) -> Self:
        """Connect, encrypt and log in; raises NoSessionError, and has then sent nothing but its own name."""
        smtp: smtplib.SMTP | None = None
        try:
            context = tls_context(config)
            smtp = _connected(config, context)
            smtp.ehlo_or_helo_if_needed()
            if config.server.tls == "starttls":
                _start_tls(smtp, context)
            if config.server.user:
                _log_in(smtp, config, secret)
            return cls(smtp, config)
        except BaseException as error:
            _drop(smtp)
            if isinstance(error, OSError | smtplib.SMTPException):
                raise _explained(error, config) from None
            raise

    def offer(self, recipient: str, size: int, key: str) -> Reply | None:
        """Say who writes to whom; return the answer if it is a refusal. Raises LostError."""
        try:
            code, words = self._smtp.mail(self._config.bounces_to, self._mail_options(size, key))
            if code != 250:
                return self._refused(Reply.read("mail", code, words))
            code, words = self._smtp.rcpt(recipient, self._rcpt_options())
            if code not in {250, 251}:
                return self._refused(Reply.read("rcpt", code, words))
        except (OSError, smtplib.SMTPException) as error:
            raise LostError from error
        return None

    def hand_over(self, data: bytes) -> Reply:
        """Give the mail itself, return the answer; LostError means that nobody knows whether it arrived."""
        self._wait_at_most(ACCEPT_S)
        try:
            code, words = self._smtp.data(data)
            reply = Reply.read("data", code, words)
            self._wait_at_most(TALK_S)
            return reply if code == 250 else self._refused(reply)
        except smtplib.SMTPDataError as error:
            # It was refused before a byte of it was sent.
            said = error.smtp_error
            return self._refused(
                Reply.read("data", error.smtp_code, said if isinstance(said, bytes) else said.encode())
            )
        except (OSError, smtplib.SMTPException) as error:
            raise LostError from error

    def take_back(self) -> None:
        """Forget an offer; raises LostError."""
        try:
            self._smtp.rset()
        except (OSError, smtplib.SMTPException) as error:
            raise LostError from error

    def close(self) -> None:
        """Say good-bye, and hang up."""
        with suppress(OSError, smtplib.SMTPException):
            self._smtp.quit()
        _drop(self._smtp)

    def abandon(self) -> None:
        """Hang up on who does not answer any more."""
        _drop(self._smtp)

    def _refused(self, reply: Reply) -> Reply:
        """Make ready for the next mail; where that fails, the next one finds out."""
        if not reply.closes:
            with suppress(OSError, smtplib.SMTPException):
                self._smtp.rset()
        return reply

    def _wait_at_most(self, seconds: float) -> None:
        if isinstance(self._smtp.sock, socket.socket):
            self._smtp.sock.settimeout(seconds)

    def _mail_options(self, size: int, key: str) -> list[str]:
        options = [f"SIZE={size}"] if self._smtp.has_extn("size") else []
        if self._smtp.has_extn("dsn"):
            # What comes back has the headers only, and never the file; and it names the message.
            options += ["RET=HDRS", f"ENVID={key}"]
        return options

    def _rcpt_options(self) -> list[str]:
        return ["NOTIFY=FAILURE"] if self._smtp.has_extn("dsn") else []


def tls_context(config: Config) -> ssl.SSLContext:
    """Return how to encrypt: TLS 1.2 or newer, with a certificate of the server's name.

    ``smtplib`` alone would check neither name nor certificate.
    """
    context = ssl.create_default_context(cafile=str(config.ca_file) if config.ca_file else None)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _connected(config: Config, context: ssl.SSLContext) -> smtplib.SMTP:
    server, name = config.server, domain_of(config.sender)
    if server.tls == "tls":
        return smtplib.SMTP_SSL(server.host, server.port, name, timeout=TALK_S, context=context)
    smtp = smtplib.SMTP(server.host, server.port, name, timeout=TALK_S)
    if server.tls == "none" and not is_loopback(str(smtp.sock.getpeername()[0])):  # type: ignore[union-attr]
        raise NoSessionError(f"{server.host} is another machine.", lasting=True)
    return smtp


def _start_tls(smtp: smtplib.SMTP, context: ssl.SSLContext) -> None:
    if not smtp.has_extn("starttls"):
        raise NoSessionError(
            "the server offers no encryption (STARTTLS).",
            advice="Ask who runs it. Nothing was sent.",
            lasting=True,
        )
    smtp.starttls(context=context)
    if not isinstance(smtp.sock, ssl.SSLSocket):
        raise NoSessionError("the server does not begin to encrypt (STARTTLS).", lasting=True)
    smtp.ehlo()


def _log_in(smtp: smtplib.SMTP, config: Config, secret: str) -> None:
    user = config.server.user or ""
    assert isinstance(smtp.sock, ssl.SSLSocket)
    if config.server.auth == "password":
        # smtplib's own login() tries a wrong password once for each way: some servers lock the account then.
        offered = smtp.esmtp_features.get("auth", "").upper().split()
        smtp.user, smtp.password = user, secret
        if "PLAIN" in offered:
            smtp.auth("PLAIN", smtp.auth_plain)
        elif "LOGIN" in offered:
            smtp.auth("LOGIN", smtp.auth_login)
        else:
            raise smtplib.SMTPNotSupportedError
        return
    token = f"user={user}\1auth=Bearer {secret}\1\1"

    def answer(challenge: bytes | None = None) -> str:
        # A challenge is the server's complaint; an empty answer makes it say its code.
        return token if challenge is None else ""

    smtp.auth("XOAUTH2", answer)


def _explained(error: OSError | smtplib.SMTPException, config: Config) -> NoSessionError:
    """Say what is wrong with the server, without its words: they may repeat whom we logged in as."""
    where = f"{config.server.host}:{config.server.port}"
    nothing = "Nothing was sent."
    match error:
        case ssl.SSLCertVerificationError():
            return NoSessionError(
                f"the certificate of {where} cannot be trusted: {error.verify_message}.",
                advice=f"Look at `host`; a server with an authority of its own needs `ca_file`. {nothing}",
                lasting=True,
            )
        case ssl.SSLError():
            reason = error.reason or "TLS"
            advice = f"It must speak TLS 1.2 or newer. Look at `port` and `tls`. {nothing}"
            return NoSessionError(f"cannot encrypt to {where}: {reason}.", advice=advice, lasting=True)
        case smtplib.SMTPAuthenticationError():
            said = error.smtp_error
            reply = Reply.read("mail", error.smtp_code, said if isinstance(said, bytes) else said.encode())
            return NoSessionError(
                f"{where} does not let us log in ({reply}).",
                advice=f"Look at `user`, `auth` and the password or token. It was tried once. {nothing}",
                lasting=not 400 <= error.smtp_code < 500,
            )
        case smtplib.SMTPNotSupportedError():
            advice = f"Look at `auth`, `port` and `tls`. {nothing}"
            return NoSessionError(f"{where} knows no log-in that we know.", advice=advice, lasting=True)
        case smtplib.SMTPResponseException():
            return NoSessionError(f"{where} answers {error.smtp_code}.", advice=nothing, lasting=False)
        case OSError() if error.strerror or isinstance(error, TimeoutError):
            reason = error.strerror or "it does not answer"
            return NoSessionError(f"cannot reach {where}: {reason}.", advice=nothing, lasting=False)
    return NoSessionError(f"{where} breaks off ({type(error).__name__}).", advice=nothing, lasting=False)


def _drop(smtp: smtplib.SMTP | None) -> None:
    if smtp is not None:
        with suppress(OSError):
            smtp.close()
