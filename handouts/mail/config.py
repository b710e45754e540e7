"""The clinic's settings for mail: which server, as whom, how fast. A password never stands in them."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints

from handouts.content.base import Model
from handouts.content.nodes import Node
from handouts.content.problems import validated
from handouts.content.yaml_text import MAX_BYTES, read_yaml
from handouts.errors import ContentError, OutsideError, Problem, UsageError
from handouts.mail.address import AddressError, read_address

Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=254)]

_SECRETS = ("password", "passwd", "pass", "secret", "token", "api_key")
_ADVICE = "Take it out, and name where it is: `secret_env: HANDOUTS_MAIL_SECRET`, or `secret_command: […]`."


class Server(Model):
    """The server that takes our mail: a relay or a provider, never a patient's own."""

    host: Word = Field(description="Its name, as its certificate says it.")
    port: Annotated[int, Field(ge=1, le=65535)] = Field(
        default=587, description="587 with starttls, 465 with tls."
    )
    tls: Literal["starttls", "tls", "none"] = Field(
        default="starttls", description="none is for a server on this machine only."
    )
    ca_file: Word | None = Field(
        default=None, description="The authority of a clinic's own server, beside the settings."
    )
    user: Word | None = Field(default=None, description="Who logs in; without one, nobody does.")
    auth: Literal["password", "xoauth2"] = Field(default="password", description="xoauth2 takes a token.")
    secret_env: Word | None = Field(
        default=None, description="The environment variable that holds the password or token."
    )
    secret_command: list[Word] | None = Field(
        default=None, min_length=1, description="A program that prints the password or token."
    )


class MailFile(Model):
    """``mail.yaml``: what a clinic says once about its mail."""

    server: Server
    sender: Word = Field(alias="from", description="The address that the mail comes from.")
    reply_to: Word = Field(description="A mailbox of the clinic that somebody reads.")
    bounces_to: Word | None = Field(
        default=None, description="Where undeliverable mail comes back to (default: from)."
    )
    per_minute: Annotated[int, Field(ge=1, le=600)] = Field(
        default=20, description="How many mails a minute the provider allows."
    )
    most_mb: Annotated[int, Field(ge=1, le=50)] = Field(
        default=10, description="The largest mail that goes through everywhere, as it is sent."
    )
    undo_min: Annotated[int, Field(ge=0, le=1440)] = Field(
        default=5, description="How many minutes nothing leaves, so that it can be cancelled."
    )
    ledger: Word = Field(default="mail-ledger.db", description="The file of what was sent, beside this one.")


@dataclass(frozen=True, slots=True)
class Config:
    """Settings that have been looked over; paths are absolute, addresses are as they are sent."""

    server: Server
    ca_file: Path | None
    sender: str
    reply_to: str
    bounces_to: str
    per_minute: int
    most_bytes: int
    undo_s: int
    ledger: Path

    @classmethod
    def read(cls, path: Path) -> Self:
        """Return the settings of a file.

        Raises UsageError where there is none, OutsideError where it can't be read, ContentError with all its
        problems.
        """
        if not path.is_file():
            raise UsageError(f"there is no file {path}.", advice="See docs/mail.md for one to start from.")
        try:
            with path.open("rb") as stream:
                data = stream.read(MAX_BYTES + 1)
        except OSError as error:
            raise OutsideError(f"cannot read {path}: {error.strerror}.") from error
        node, faults = read_yaml(data, str(path))
        if node is None:
            raise ContentError(faults)
        secrets = tuple(_secrets(node))
        if faults or secrets:
            raise ContentError((*faults, *secrets))
        file, problems = validated(MailFile, node)
        if file is None:
            raise ContentError(problems)
        return cls._checked(file, node, path)

    @classmethod
    def _checked(cls, file: MailFile, node: Node, path: Path) -> Self:
        problems = list(_server_problems(file.server, node))
        addresses: dict[str, str] = {}
        for key, words in (
            ("from", file.sender),
            ("reply_to", file.reply_to),
            ("bounces_to", file.bounces_to),
        ):
            try:
                addresses[key] = read_address(words) if words else addresses["from"]
            except AddressError as error:
                addresses[key] = ""
                problems.append(node.place(key).problem(f"`{key}` cannot be used: {error.reason}"))
        ca_file = path.absolute().parent / file.server.ca_file if file.server.ca_file else None
        if ca_file and not ca_file.is_file():
            problems.append(node.place("server", "ca_file").problem(f"there is no file {ca_file}."))
        if problems:
            raise ContentError(tuple(problems))
        return cls(
            server=file.server,
            ca_file=ca_file,
            sender=addresses["from"],
            reply_to=addresses["reply_to"],
            bounces_to=addresses["bounces_to"],
            per_minute=file.per_minute,
            most_bytes=file.most_mb * 1_000_000,
            undo_s=file.undo_min * 60,
            ledger=path.absolute().parent / file.ledger,
        )


def _secrets(node: Node) -> Iterator[Problem]:
    """Find passwords that somebody has written down, wherever they stand."""
    if isinstance(node.value, list):
        for child in node.value:
            yield from _secrets(child)
    if isinstance(node.value, dict):
        for name, child in node.value.items():
            if name.lower().replace("-", "_") in _SECRETS:
                yield (child.key or child.mark).problem(f"`{name}` must not stand in a file.", _ADVICE)
            else:
                yield from _secrets(child)


def _server_problems(server: Server, node: Node) -> Iterator[Problem]:
    place = node.place
    if server.tls == "none" and not is_loopback(server.host):
        sentence = "mail leaves this machine encrypted only; `none` is for a server on 127.0.0.1."
        yield place("server", "tls").problem(sentence, "Write starttls or tls.")
    if server.tls == "none" and server.user:
        sentence = "nobody logs in without encryption."
        yield place("server", "user").problem(sentence, "Write starttls or tls, or take `user` away.")
    named = [server.secret_env is not None, server.secret_command is not None].count(True)
    if server.user and named != 1:
        sentence = "say where the password or token of `user` is, in one way."
        yield place("server", "user").problem(sentence, "Add `secret_env` or `secret_command`.")
    if not server.user and named:
        sentence = "there is a secret, but no `user`."
        yield place("server").problem(sentence, "Say who logs in.")
    if not server.host.isascii() or not server.host.isprintable() or " " in server.host:
        yield place("server", "host").problem("`host` is no name of a server.", "Like smtp.example.org.")


def is_loopback(host: str) -> bool:
    """Tell whether a server is this very machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
