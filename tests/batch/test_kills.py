"""Real processes, really killed: nothing is torn, missing or double, and nobody is left behind."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
import uuid
from collections import Counter
from pathlib import Path

import pytest

from handouts.batch import manifest
from handouts.batch.folder import verify

from .test_durable import content, made_files

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")]
DRIVER = Path(__file__).with_name("driver.py")
KILLS, ROWS, SEED = 200, 6000, 20261122


def write_roster(path: Path, rows: int) -> Path:
    """Write a roster of so many people who do not exist."""
    with path.open("w", encoding="utf-8") as file:
        file.write("id,patient,conditions\n")
        file.writelines(f"{number},Nobody {number},trochanteric-bursitis\n" for number in range(rows))
    return path


def start(mark: str, *words: object) -> subprocess.Popen:
    """Start the driver; its processes can be told by a mark in their environment."""
    return subprocess.Popen(
        [sys.executable, str(DRIVER), *map(str, words)],
        env=os.environ | {"HANDOUTS_TEST_RUN": mark},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def marked(mark: str) -> dict[int, int]:
    """Return the processes of a run, each with its parent."""
    found = {}
    for entry in Path("/proc").iterdir():
        try:
            if not entry.name.isdecimal() or mark.encode() not in (entry / "environ").read_bytes():
                continue
            state, parent = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if state != "Z":
            found[int(entry.name)] = int(parent)
    return found


def kill_somebody(process: subprocess.Popen, mark: str, chance: random.Random) -> str:
    """Kill the parent, or a worker, or the process that workers are forked from; return which."""
    who = chance.choices(("parent", "worker", "nursery"), (30, 65, 5))[0]
    until = time.monotonic() + 5
    victims: list[int] = []
    while not victims and process.poll() is None and time.monotonic() < until:
        # Workers take a moment to start; on a busy machine only parents would ever be there to be killed.
        running = marked(mark)
        below = [pid for pid, parent in running.items() if parent == process.pid]
        workers = [pid for pid, parent in running.items() if parent in below]
        nurseries = [pid for pid in below if pid in {running[worker] for worker in workers}]
        victims = {"parent": [process.pid], "worker": workers, "nursery": nurseries}[who]
        time.sleep(chance.uniform(0.01, 0.4))
    victims = [pid for pid in victims if pid in marked(mark)]
    if not victims:
        return ""
    os.kill(chance.choice(victims), signal.SIGKILL)
    return who


def test_two_hundred_kills(tmp_path):
    """after 200 kills, at moments and of processes that a seed decides, the folder is as without them."""
    chance = random.Random(SEED)  # noqa: S311 - nothing is secret
    roster = write_roster(tmp_path / "roster.csv", ROWS)
    calm, folder = tmp_path / "calm", tmp_path / "folder"
    quiet = start(uuid.uuid4().hex, roster, calm, "Quick")
    _, err = quiet.communicate(timeout=300)
    assert quiet.returncode == 0, err
    kills: Counter[str] = Counter()
    mark = uuid.uuid4().hex
    process = start(mark, roster, folder, "Slow")
    while kills.total() < KILLS:
        time.sleep(chance.uniform(0.02, 0.25))
        if not (folder / manifest.NAME).exists():
            continue
        who = kill_somebody(process, mark, chance)
        kills.update([who] if who else [])
        if who == "parent":
            process.communicate()
            until = time.monotonic() + 2
            while marked(mark) and time.monotonic() < until:
                time.sleep(0.02)
            assert marked(mark) == {}, f"seed {SEED}: left behind after {kills}"
            assert not torn(folder)
            process = start(mark, roster, folder, "Slow")
        if process.poll() is not None:
            # Killed before they were ready, again and again, workers are given up with a word on why.
            err = process.communicate()[1]
            assert b"no worker can begin" in err, f"{kills}: {err}"
            assert not torn(folder)
            process = start(mark, roster, folder, "Slow")
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err
    assert err == b""
    assert min(kills.values()) >= 5
    assert content(folder) == content(calm)
    assert len(content(folder)) == ROWS
    assert verify(folder).problems == ()
    assert set(made_files(folder)) == set(content(folder))
    assert marked(mark) == {}, out


def torn(folder: Path) -> list[str]:
    """Return what would be a lie of the manifest: files that it names and that are not whole."""
    return [line for line in verify(folder).problems if line.endswith("missing.") or "torn" in line]


def test_a_million_rows(tmp_path):
    """the parent of a run of a million rows takes less than 300 MB."""
    roster = write_roster(tmp_path / "roster.csv", 1_000_000)
    run = start(uuid.uuid4().hex, roster, tmp_path / "folder", "NoOp", 1, "nowhere")
    out, err = run.communicate()
    assert run.returncode == 0, err
    made, megabytes = map(int, out.split())
    assert made == 1_000_000
    assert megabytes < 300
