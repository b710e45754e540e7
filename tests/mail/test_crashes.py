"""Whatever kills a sender, and whatever its disk refuses: no mail twice, none lost silently."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from handouts.mail.ledger import Ledger
from handouts.mail.record import damage, path_of

DRIVER = Path(__file__).with_name("driver.py")


def begin(server, ledger, count: int, *more: str) -> subprocess.Popen:
    """Start a sender in a process of its own."""
    words = [sys.executable, str(DRIVER), str(server.settings), str(ledger), str(count), "0.1", *more]
    return subprocess.Popen(
        words, env=os.environ | {"SECRET": "correct horse"}, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def end(process: subprocess.Popen) -> tuple[int, str, str]:
    """Wait for a sender; return its exit code and what it said."""
    out, err = process.communicate(timeout=120)
    return process.returncode, out.decode(), err.decode()


def check(server, ledger: Path, count: int) -> Counter:
    """Hold what the ledger says against what the server has; return how many mails are in which state."""
    with Ledger.open(ledger) as book:
        states = {f"p{one.row}@patients.example.org": one.state for one in book.entries()}
        events = len(book.events(0))
    taken = Counter(to for to, _ in server.inbox.taken)
    assert len(states) == count
    assert not [to for to, times in taken.items() if times > 1], "sent twice"
    assert not [to for to, state in states.items() if state == "sent" and not taken[to]], "lost silently"
    unknown = [to for to in taken if states[to] not in {"sent", "in_doubt"}]
    assert not unknown, "sent, and not known"
    record = path_of(ledger)
    assert damage(record) == ""
    assert len(record.read_bytes().splitlines()) == events
    return Counter(states.values())


def storm(server, ledger: Path, count: int, kills: int, seed: int) -> Counter:
    """Send with faults of all kinds while the sender is killed again and again."""
    dice = random.Random(seed)  # noqa: S311
    bad = {f"p{number}@patients.example.org" for number in dice.sample(range(count), count // 50)}
    grey = {f"p{number}@patients.example.org" for number in dice.sample(range(count), count // 20)}

    def fault(stage: str, to: str) -> str | None:
        if stage == "rcpt" and to in bad:
            return "550 5.1.1 nobody"
        if stage == "rcpt" and to in grey:
            grey.discard(to)
            return "451 4.7.1 greylisted"
        if stage == "data":
            luck = dice.random()
            return "lose" if luck < 0.02 else "451 4.3.0 later" if luck < 0.05 else None
        return None

    server.inbox.fault = fault
    killed = 0
    began = time.monotonic()
    while time.monotonic() - began < 3600:
        process = begin(server, ledger, count)
        if killed < kills:
            mails, before = dice.randrange(1, 3 * count // (2 * kills) + 2), len(server.inbox.taken)
            while process.poll() is None and len(server.inbox.taken) - before < mails:
                time.sleep(0.001)
            assert process.poll() is None, f"all was sent after {killed} kills"
            process.send_signal(signal.SIGKILL)
            killed += process.wait() != 0
            process.communicate()
            continue
        code, _, err = end(process)
        assert code == 0, err
        break
    assert killed == kills
    states = check(server, ledger, count)
    assert states["suppressed"] == len(bad)
    assert states["sent"] + states["in_doubt"] == count - len(bad)
    return states


def test_killed_again_and_again(server, tmp_path):
    """kills at any moment double no mail and lose none; what is unknown is listed."""
    states = storm(server, tmp_path / "ledger.db", 50, 2, 1)
    assert states["in_doubt"] <= 2 + 10


@pytest.mark.slow
def test_three_thousand_mails_and_two_hundred_kills(server, tmp_path, capsys):
    """the same holds for three thousand mails with two hundred kills."""
    states = storm(server, tmp_path / "ledger.db", 3_000, 200, 2026)
    with capsys.disabled():
        print(dict(states))  # noqa: T201
    assert states["sent"] > 2_500


@pytest.mark.slow
@pytest.mark.parametrize("how", ["exit", "ENOSPC", "EIO"])
def test_every_durable_step(server, tmp_path, how):
    """a crash, a full disk or a broken one, before or after any step that gets to the disk, is survived."""
    count = 3
    code, out, _ = end(begin(server, tmp_path / "whole.db", count, "0", "exit"))
    assert code == 0
    steps = int(out)
    assert steps > 20
    for step in range(1, steps + 1):
        server.inbox.taken.clear()
        ledger = tmp_path / f"{step}.db"
        code, _, err = end(begin(server, ledger, count, str(step), how))
        assert code == (137 if how == "exit" else 6), (step, err)
        assert "Traceback" not in err
        code, _, err = end(begin(server, ledger, count))
        assert code == 0, (step, err)
        states = check(server, ledger, count)
        assert states["sent"] + states["in_doubt"] == count, (step, states)
        assert states["in_doubt"] <= 1
