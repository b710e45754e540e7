"""The child: whatever becomes of it is told, and nothing of it is left."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pikepdf
import pytest

from handouts.errors import ForeignError
from handouts.packet import open_foreign as opener
from handouts.packet.foreign.told import REFUSED
from handouts.packet.open_foreign import Foreign, Limits, Sent, open_all, open_foreign

linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def _blank(pages: int = 1) -> bytes:
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page()
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def _children(parent: int) -> set[int]:
    """Return the processes that a process has started, and they in turn."""
    found: set[int] = set()
    waiting = [parent]
    while waiting:
        for file in Path(f"/proc/{waiting.pop()}/task").glob("*/children"):
            try:
                started = {int(word) for word in file.read_text(encoding="ascii").split()}
            except OSError:
                continue
            waiting += started - found
            found |= started
    return found


def _child_with(monkeypatch, program: str) -> None:
    """Let the child of the next file run a program of the test before it serves."""
    monkeypatch.setattr(opener, "_BOOT", program + "\n" + opener._BOOT)


_SLIP = """
import sys; sys.path[:] = sys.argv[1:]
import handouts.packet.foreign.child as child, os, signal, time
real = child.rebuild
def rebuild(pdf, password, bounds):
    if b"%CRASH" in pdf: os.kill(os.getpid(), signal.SIGSEGV)
    if b"%HANG" in pdf: time.sleep(600)
    if b"%SPIN" in pdf:
        while True: pass
    if b"%EAT" in pdf:
        held = []
        while True: held.append(bytearray(10_000_000))
    if b"%WRITE" in pdf: os.write(os.memfd_create("held to the limit as any file is"), b"x" * 10)
    if b"%LIMITS" in pdf:
        import resource
        for what in (resource.RLIMIT_NPROC, resource.RLIMIT_CORE, resource.RLIMIT_FSIZE):
            if resource.getrlimit(what) != (0, 0): os._exit(1)
    if b"%BUG" in pdf: raise AttributeError("a name of somebody")
    if b"%LIE" in pdf:
        os.write(1, b"\\x00\\x00\\x00\\x02{}\\x00\\x00\\x00\\x00" * 3)
    return real(pdf, password, bounds)
child.rebuild = rebuild
"""


@pytest.fixture
def slip(monkeypatch):
    """Make children fail in the way that a file asks for."""
    _child_with(monkeypatch, _SLIP)


@linux
@pytest.mark.parametrize(
    ("fault", "reason", "limits"),
    [
        (b"%CRASH", "died", Limits()),
        (b"%BUG", "died", Limits()),
        (b"%LIE", "died", Limits()),
        (b"%WRITE", "died", Limits()),
        (b"%SPIN", "time", Limits(cpu_s=1)),
        (b"%EAT", "memory", Limits(memory_bytes=400_000_000)),
    ],
)
def test_a_file_that_brings_its_process_down_is_told_and_the_others_go_on(slip, capfd, fault, reason, limits):
    """what happened is told for that file alone, without a word of the child's own."""
    files = [Sent(_blank(), "a.pdf"), Sent(_blank() + fault, "b.pdf"), Sent(_blank(2), "c.pdf")]
    first, second, third = open_all(files, limits)
    assert isinstance(first, Foreign)
    assert isinstance(second, ForeignError)
    assert (second.sentence, second.where) == (REFUSED[reason][0], "b.pdf")
    assert isinstance(third, Foreign)
    assert third.pages == 2
    assert capfd.readouterr() == ("", "")
    assert _children(os.getpid()) == set()


@linux
def test_a_file_is_read_without_the_right_to_start_write_or_dump(slip):
    """the process that reads a file may start no other one, write no file and leave no image of itself."""
    answer = open_foreign(_blank() + b"%LIMITS", "a.pdf")
    assert answer.pages == 1


@linux
def test_a_file_that_hangs_is_ended(slip):
    """after the time that a file may take the child and all it started are killed."""
    start = time.monotonic()
    opener_start = opener._START_S
    opener._START_S = 3
    try:
        with pytest.raises(ForeignError, match="takes too long"):
            open_foreign(_blank() + b"%HANG", "a.pdf", limits=Limits(wall_s=0.5))
    finally:
        opener._START_S = opener_start
    assert time.monotonic() - start < 20
    assert _children(os.getpid()) == set()


@linux
def test_a_child_killed_from_outside_is_told():
    """whoever kills the child does not bring this program down."""

    def kill() -> None:
        for _ in range(200):
            time.sleep(0.02)
            for process in _children(os.getpid()):
                os.kill(process, signal.SIGKILL)
                return

    thread = threading.Thread(target=kill)
    thread.start()
    with pytest.raises(ForeignError) as caught:
        open_foreign(_blank(500), "a.pdf")
    thread.join()
    assert caught.value.sentence == REFUSED["died"][0]


_LONG = """
import io, sys
from handouts.packet import open_foreign as opener
opener._BOOT = "import time; time.sleep(600)"
print("started", flush=True)
opener.open_foreign(b"%PDF-1.7", "a.pdf")
"""


@linux
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_nothing_outlives_a_program_that_is_stopped(how):
    """when this program is interrupted or killed the child goes with it."""
    program = _LONG.replace("import time; time.sleep(600)", _SLEEPER)
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == "started\n"
        children: set[int] = set()
        deadline = time.monotonic() + 20
        while len(children := _children(parent.pid)) < 2 and time.monotonic() < deadline:
            time.sleep(0.05)
        assert len(children) == 2, "the child, and the process of the file"
        parent.send_signal(how)
        parent.wait(timeout=10)
    deadline = time.monotonic() + 5
    while any(_alive(child) for child in children) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [child for child in children if _alive(child)] == []


_SLEEPER = (
    "import sys, time; sys.path[:] = sys.argv[1:]; import handouts.packet.foreign.child as child;"
    " child.rebuild = lambda *given: time.sleep(600); child.main()"
)


def _alive(process: int) -> bool:
    try:
        said = Path(f"/proc/{process}/stat").read_text(encoding="ascii")
    except OSError:
        return False
    return said.rpartition(")")[2].split()[0] != "Z"


@linux
def test_the_child_knows_nothing_of_the_environment(monkeypatch):
    """a secret in the environment does not reach the process that reads foreign files."""
    monkeypatch.setenv("HANDOUTS_SECRET", "s3cret")
    child = opener._Child()
    try:
        deadline = time.monotonic() + 5
        process = Path(f"/proc/{child._process.pid}")
        while time.monotonic() < deadline:
            held = (process / "environ").read_bytes()
            if b"-I" in (process / "cmdline").read_bytes().split(b"\0"):
                break
        assert b"s3cret" not in held
    finally:
        child.end()


def test_no_file_is_left_anywhere(tmp_path, monkeypatch):
    """nothing is written: neither to the folder for temporary files nor to the current one."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert isinstance(open_foreign(_blank(), "a.pdf"), Foreign)
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_started_for_what_is_refused_at_sight(monkeypatch):
    """an empty file costs no process."""
    monkeypatch.setattr(opener, "_Child", None)
    (answer,) = open_all([Sent(b"", "a.pdf")])
    assert isinstance(answer, ForeignError)


@pytest.mark.parametrize(
    "head",
    [
        {},
        {"refused": "no such reason"},
        {"pages": "1", "tagged": True, "title": "", "language": "", "removed": []},
        {"pages": 1, "tagged": True, "title": "", "language": "", "removed": ["<b>own words</b>"]},
        {"pages": 1, "tagged": True, "title": 5, "language": "", "removed": []},
    ],
)
def test_an_answer_that_makes_no_sense_is_none(head):
    """what the child says is held to what a child of ours says."""
    assert opener._read(head, b"%PDF-1.7") is None
    good = {"pages": 1, "tagged": True, "title": "A\x1b[2J\u202eb", "language": "en", "removed": ["script"]}
    answer = opener._read(good, b"%PDF-1.7")
    assert isinstance(answer, Foreign)
    assert answer.title == "A[2Jb"
    assert opener._read(good, b"MZ") is None
