"""The settings: what they may say, and that no password stands in them."""

from __future__ import annotations

import sys

import pytest

from handouts.errors import ContentError, OutsideError, UsageError
from handouts.mail.config import Config, Server
from handouts.mail.credentials import read_secret

SOUND = """\
server:
  host: smtp.example.org
  user: desk@example.org
  secret_env: MAIL_SECRET
from: handouts@example.org
reply_to: desk@example.org
"""


@pytest.fixture
def read(tmp_path):
    """Return a function that reads settings from a text."""

    def read(text: str) -> Config:
        path = tmp_path / "mail.yaml"
        path.write_text(text, encoding="utf-8")
        return Config.read(path)

    return read


def test_usual(read, tmp_path):
    """what is not said is the usual, and careful."""
    config = read(SOUND)
    assert (config.server.port, config.server.tls, config.per_minute, config.undo_s) == (
        587,
        "starttls",
        20,
        300,
    )
    assert config.bounces_to == config.sender == "handouts@example.org"
    assert config.ledger == tmp_path / "mail-ledger.db"


@pytest.mark.parametrize("key", ["password", "Password", "passwd", "secret", "token", "api-key"])
@pytest.mark.parametrize("place", ["", "  "])
def test_a_password_in_the_file(read, key, place):
    """a password in the file is refused with its place, wherever it stands, and is not repeated."""
    lines = SOUND.splitlines()
    lines.insert(2, f"  {key}: hunter2") if place else lines.append(f"{key}: hunter2")
    with pytest.raises(ContentError) as told:
        read("\n".join(lines))
    assert "must not stand in a file" in str(told.value)
    assert "hunter2" not in str(told.value)
    assert f"mail.yaml:{3 if place else 7}:" in str(told.value)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("reply_to: desk@example.org\n", "", "`reply_to` is missing"),
        ("from: handouts@example.org", "from: Clinic <handouts@example.org>", "`from` cannot be used"),
        ("  secret_env: MAIL_SECRET\n", "", "say where the password or token"),
        ("  user: desk@example.org\n", "", "there is a secret, but no `user`"),
        ("smtp.example.org", "'smtp example'", "`host` is no name of a server"),
        (
            "  host: smtp.example.org\n",
            "  host: smtp.example.org\n  ca_file: nowhere.pem\n",
            "there is no file",
        ),
        (
            "  host: smtp.example.org\n",
            "  host: smtp.example.org\n  tls: ssl3\n",
            "Write 'starttls', 'tls' or",
        ),
        ("from:", "per_minute: 0\nfrom:", "`per_minute`"),
        ("server:", "sever:", "there is no key `sever`"),
    ],
)
def test_faults(read, before, after, said):
    """each fault is told with what to do."""
    assert before in SOUND
    with pytest.raises(ContentError) as told:
        read(SOUND.replace(before, after))
    assert said in str(told.value)


def test_no_such_file(tmp_path):
    """a file that is not there is wrong usage."""
    with pytest.raises(UsageError, match="there is no file"):
        Config.read(tmp_path / "mail.yaml")


def server_with(**more) -> Server:
    return Server(host="smtp.example.org", user="me", **more)


def test_secret_from_the_environment():
    """a secret comes from where the settings say, and an empty or broken one is refused, unrepeated."""
    server = server_with(secret_env="X")
    assert read_secret(server, {"X": "correct horse"}) == "correct horse"
    for wrong in ({}, {"X": ""}, {"X": "hunter2\r\nDATA"}):
        with pytest.raises(UsageError) as told:
            read_secret(server, wrong)
        assert "hunter2" not in str(told.value)


def test_secret_from_a_program():
    """a secret may come from a program; one that fails is told without what it printed."""
    assert read_secret(server_with(secret_command=[sys.executable, "-c", "print('correct horse')"]), {}) == (
        "correct horse"
    )
    failing = [sys.executable, "-c", "print('hunter2'); raise SystemExit(3)"]
    with pytest.raises(OutsideError, match="exit code 3") as told:
        read_secret(server_with(secret_command=failing), {})
    assert "hunter2" not in str(told.value)
    with pytest.raises(OutsideError, match="secret_command failed"):
        read_secret(server_with(secret_command=["/no/such/program"]), {})
