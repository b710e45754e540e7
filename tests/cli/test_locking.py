"""Where a passphrase comes from, and that it is never shown."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from handouts.cli import locking, main
from handouts.errors import UsageError

GOOD = "lantern gravel violin oyster"
OTHER = "copper meadow thirsty pilgrim"
PACKET = ["packet", "running-hip", "--clinic", "example-clinic", "--date", "2026-11-22"]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch) -> Iterator[Path]:
    """Work in an empty folder with nothing set and nobody at the keyboard, and return it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HANDOUTS_LIBRARY", raising=False)
    monkeypatch.delenv(locking.VARIABLE, raising=False)
    with (tmp_path / "nothing").open("w+") as nobody:
        monkeypatch.setattr("sys.stdin", nobody)
        yield tmp_path


def wanted(*, encrypt: bool = True, file: Path | None = None) -> argparse.Namespace:
    """Return what the command line says."""
    return argparse.Namespace(encrypt=encrypt, passphrase_file=file)


def written(path: Path, text: str, mode: int = 0o600) -> Path:
    """Write a file that only its owner can read, if nothing else is said."""
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return path


def test_a_file_comes_first(elsewhere, monkeypatch, capsys):
    """the first line of the file is the passphrase, whatever the environment says."""
    monkeypatch.setenv(locking.VARIABLE, OTHER)
    path = written(elsewhere / "word", f"\ufeff{GOOD}\nsomething else\n")
    assert locking.choose_passphrase(wanted(file=path), ()).text == GOOD
    assert capsys.readouterr().err == ""


def test_the_environment_comes_second(monkeypatch):
    """the environment gives the passphrase where no file is named."""
    monkeypatch.setenv(locking.VARIABLE, OTHER)
    assert locking.choose_passphrase(wanted(), ()).text == OTHER


@pytest.mark.skipif(os.name != "posix", reason="only there have files these modes")
def test_a_file_that_others_can_read_is_told(elsewhere, capsys):
    """a passphrase that others can read is taken, with a warning and the remedy."""
    path = written(elsewhere / "word", GOOD, 0o640)
    assert locking.choose_passphrase(wanted(file=path), ()).text == GOOD
    assert f"others can read {path}. Keep it to yourself: chmod 600 {path}" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "no passphrase in the first line"),
        (b"\n" + GOOD.encode(), "no passphrase"),
        (b"\xff\xfe", "UTF-8"),
    ],
)
def test_a_file_without_one_is_told(elsewhere, data, told):
    """an empty first line, or a file that is no text, is told."""
    (elsewhere / "word").write_bytes(data)
    with pytest.raises(UsageError, match=told):
        locking.choose_passphrase(wanted(file=elsewhere / "word"), ())


def test_a_file_without_encrypt_is_told(elsewhere):
    """a passphrase that would lock nothing is a slip, not a wish."""
    with pytest.raises(UsageError, match="goes with --encrypt"):
        locking.choose_passphrase(wanted(encrypt=False, file=elsewhere / "word"), ())
    assert locking.choose_passphrase(wanted(encrypt=False), ()) is None


def test_nobody_to_ask():
    """without a terminal nothing waits for a passphrase that nobody can type."""
    with pytest.raises(UsageError, match="nobody to ask"):
        locking.choose_passphrase(wanted(), ())


def asked(*lines: str) -> tuple[int, str]:
    """Return exit code and all that a terminal shows when a person types these lines."""
    import pty  # noqa: PLC0415 - not everywhere there is one

    program = (
        "from argparse import Namespace; from handouts.cli import locking\n"
        "from handouts.errors import UsageError\n"
        "args = Namespace(encrypt=True, passphrase_file=None)\n"
        "try: print('taken', len(locking.choose_passphrase(args, ()).text))\n"
        "except UsageError as error: print(error); raise SystemExit(2)"
    )
    child, terminal = pty.fork()
    if child == 0:
        os.execv(sys.executable, [sys.executable, "-c", program])  # noqa: S606 - a person's own terminal
    shown, answers = b"", list(lines)
    while True:
        try:
            piece = os.read(terminal, 1000)
        except OSError:
            break
        if not piece:
            break
        shown += piece
        if piece.rstrip().endswith(b":") and answers:
            os.write(terminal, answers.pop(0).encode() + b"\n")
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), shown.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")
@pytest.mark.parametrize(
    ("lines", "code", "told"),
    [
        ((GOOD, GOOD), 0, f"taken {len(GOOD)}"),
        ((GOOD, OTHER), 2, "two passphrases differ"),
        (("12 May 1980", "12 May 1980"), 2, "holds a date"),
        (("\x04",), 2, "no passphrase was given"),
    ],
)
def test_a_person_is_asked_twice(lines, code, told):
    """at a terminal the passphrase is asked for twice, and not shown while it is typed."""
    ended, shown = asked(*lines)
    assert (ended, told in shown) == (code, True), shown
    assert "Passphrase" in shown
    for word in ("lantern", "copper", "1980"):
        assert word not in shown


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")
def test_a_person_may_be_given_one():
    """who types nothing is given a passphrase, and shown it once."""
    code, shown = asked("")
    assert code == 0
    made = re.search(r"The passphrase is: ([a-z]+(?: [a-z]+){4})\r\n", shown)[1]
    assert f"taken {len(made)}" in shown
    assert shown.count(made) == 1


@pytest.mark.parametrize(
    "words",
    [
        [*PACKET, "--encrypt", GOOD],
        [*PACKET, "--passphrase", GOOD],
        [*PACKET, "--encrypt", *GOOD.split()],
        ["packet", "--encrypt", GOOD, *PACKET[2:]],
        [*PACKET, f"--encrypt={GOOD}"],
    ],
)
def test_it_is_never_an_argument(words, capsys, elsewhere):
    """a passphrase on the command line is refused and not repeated, and nothing is written."""
    try:
        code = main(words)
    except SystemExit as end:
        code = end.code
    out, err = capsys.readouterr()
    assert code == 2
    assert "lantern" not in out + err
    assert list(elsewhere.glob("**/*.pdf")) == []
