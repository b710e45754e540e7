"""A cluster: the same files as one machine makes, also where workers are lost."""

from __future__ import annotations

import os
import signal
import sys
import time
import uuid
from pathlib import Path

import pytest

from handouts.batch import manifest
from handouts.batch.folder import verify
from handouts.errors import UsageError

from .test_durable import content, made_files
from .test_kills import marked, start, write_roster

cluster = pytest.importorskip(
    "handouts.batch.cluster", reason="the extra [cluster] is not installed", exc_type=ImportError
)


@pytest.mark.parametrize(
    "address", ["tcp://10.0.0.5:8786", "scheduler.example.org:8786", "http://127.0.0.1.nip.io"]
)
def test_what_is_not_encrypted_is_refused(address):
    """beyond this machine no cluster is used whose talk others can read."""
    with pytest.raises(UsageError, match="is not encrypted"), cluster.connect(address, 1):
        pass


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("tcp://127.0.0.1:8786", True),
        ("localhost:8786", True),
        ("tls://[::1]:8786", True),
        ("tls://10.0.0.5:8786", False),
        ("127.0.0.1.nip.io:80", False),
    ],
)
def test_what_is_this_machine(address, own):
    """only an address that cannot leave this machine counts as its own."""
    assert cluster._is_loopback(address) is own


def dask_workers(mark: str, parent: int) -> list[int]:
    """Return the processes of the cluster's workers, as long as they run."""
    found = []
    for pid, above in marked(mark).items():
        words = Path(f"/proc/{pid}/cmdline").read_bytes() if above == parent else b""
        if b"spawn_main" in words:
            found.append(pid)
    return found


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_lost_workers_lose_nothing(tmp_path):
    """of two workers one is killed, twice, and the folder is the same as without a cluster."""
    roster = write_roster(tmp_path / "roster.csv", 3000)
    calm, folder = tmp_path / "calm", tmp_path / "folder"
    quiet = start(uuid.uuid4().hex, roster, calm, "Quick")
    _, err = quiet.communicate(timeout=300)
    assert quiet.returncode == 0, err
    mark = uuid.uuid4().hex
    process = start(mark, roster, folder, "Slow", 2, "cluster")
    killed = 0
    for lines in (50, 800):
        while process.poll() is None and not written(folder, lines):
            time.sleep(0.05)
        workers = dask_workers(mark, process.pid)
        assert workers
        os.kill(workers[0], signal.SIGKILL)
        killed += 1
        assert len(made_files(folder)) < 3000
    _, err = process.communicate(timeout=400)
    assert process.returncode == 0, err
    assert killed == 2
    assert content(folder) == content(calm)
    assert len(content(folder)) == 3000
    assert sorted(made_files(folder)) == sorted(content(folder))
    assert verify(folder).problems == ()
    until = time.monotonic() + 5
    while marked(mark) and time.monotonic() < until:
        time.sleep(0.1)
    assert marked(mark) == {}


def written(folder: Path, lines: int) -> bool:
    """Tell whether the manifest has so many lines."""
    path = folder / manifest.NAME
    return path.exists() and path.read_bytes().count(b"\n") >= lines
