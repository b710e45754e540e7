"""Whatever stops a run, at whatever step: what is there is whole, and going on makes the rest."""

from __future__ import annotations

import errno
import hashlib
import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from handouts.batch import durable, manifest, run
from handouts.batch.folder import Folder, verify
from handouts.batch.layout import Task, flat
from handouts.batch.row import Refused, Repeated, Row
from handouts.batch.worker import make_chunk
from handouts.errors import OutsideError

from .conftest import tasks_of

IDENTITY = {"format": 1, "roster": "one"}
STEPS = ("open", "write", "fsync", "replace", "unlink", "ftruncate")
KILLED, FULL, OTHER = 137, 6, 99
# What verify may say of a run that was stopped; that a file is missing or torn it may not.
UNFINISHED = (
    "the manifest does not know it.",
    "half done, left by a run that was killed.",
    "go on with it by --resume.",
    "the run never began.",
)


def rows() -> list:
    """Return eight rows: six to make, one refused, one repeated."""
    made = [Row(task.row, "", task.job, task.versions) for task in tasks_of([""] * 6)]
    return [*made[:3], Refused(8, "side", "it is wrong."), *made[3:], Repeated(9, 2)]


class Inline:
    """Makes tasks in this process, three at a time, as a worker does."""

    def __init__(self, renderer, folder: Path) -> None:
        self.renderer = renderer
        self.folder = folder

    def outcomes(self, tasks: Iterator[Task]) -> Iterator[list]:
        """Yield what became of tasks."""
        while chunk := list(itertools.islice(tasks, 3)):
            yield list(zip(chunk, make_chunk(1, chunk, self.renderer, self.folder, [0.0] * 3), strict=True))


def go(folder: Path, renderer, *, resume: bool = False, is_stopped: Callable[[], bool] = lambda: False):
    """Make the rows into a folder and return the tally."""
    with Folder.open(folder, IDENTITY, resume=resume) as taken:
        one = run.Run(
            taken.path, taken.manifest, flat, is_stopped, lambda _: None, kept=taken.kept, told=taken.told
        )
        return one.go(rows(), Inline(renderer, folder))


def content(folder: Path) -> dict[str, str]:
    """Return the hash of every file of a folder but the manifest, whose lines may come in another order."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if path.name != manifest.NAME
    }


class Disturbed:
    """Stands for ``os`` and for the system's library, and strikes at one step."""

    def __init__(self, at: int, strike: Callable[[str, tuple], None]) -> None:
        self.at = at
        self.strike = strike
        self.count = 0

    def __getattr__(self, name: str):
        real = getattr(os, name)
        if name not in STEPS:
            return real

        def step(*args, **named):
            self.pass_by(name, args)
            return real(*args, **named)

        return step

    def syncfs(self, descriptor: int) -> int:
        """Pass for having waited for the disk."""
        self.pass_by("fsync", ())
        return 0

    def pass_by(self, name: str, args: tuple) -> None:
        """Count a step, and strike where it is time."""
        self.count += 1
        if self.count == self.at:
            self.strike(name, args)


def die(name: str, args: tuple) -> None:
    """End at once, as if the machine stopped."""
    os._exit(KILLED)


def die_half_way(name: str, args: tuple) -> None:
    """End at once, and leave half of what was to be written."""
    if name == "write":
        os.write(args[0], bytes(args[1])[: len(args[1]) // 2])
    os._exit(KILLED)


def failing(number: int) -> Callable[[str, tuple], None]:
    """Return a strike that is an error of the system."""

    def fail(name: str, args: tuple) -> None:
        raise OSError(number, os.strerror(number))

    return fail


STRIKES = {
    "exit": die,
    "half": die_half_way,
    "full": failing(errno.ENOSPC),
    "io": failing(errno.EIO),
}


def forked(work: Callable[[], object]) -> int:
    """Do some work in a process of its own and return its exit code."""
    pid = os.fork()
    if not pid:
        code = OTHER
        try:
            work()
            code = 0
        except OutsideError:
            code = FULL
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


@pytest.fixture
def disturb(monkeypatch) -> Callable[[int, str], Disturbed]:
    """Return a function that lets one kind of strike come at one step, in groups of three files."""
    monkeypatch.setattr(run, "GROUP", 3)
    monkeypatch.setattr(run, "SHARE", 0)

    def disturb(at: int, kind: str) -> Disturbed:
        disturbed = Disturbed(at, STRIKES[kind])
        for module in (durable, manifest):
            monkeypatch.setattr(module, "os", disturbed)
        monkeypatch.setattr(durable, "_LIBRARY", disturbed)
        return disturbed

    return disturb


@pytest.mark.parametrize(
    "kind", ["exit", "full", *(pytest.param(kind, marks=pytest.mark.slow) for kind in ("half", "io"))]
)
def test_a_stop_at_every_step(tmp_path, renderers, disturb, kind):
    """a run that ends or fails at any step leaves only whole files, and going on gives what no stop gives."""
    counter = disturb(0, kind)
    undisturbed = tmp_path / "undisturbed"
    tally = go(undisturbed, renderers.Quick())
    assert (tally.made, tally.repeated, len(tally.refused)) == (6, 1, 1)
    expected = content(undisturbed)
    assert len(expected) == 8
    steps = counter.count
    assert steps > 50
    for at in range(1, steps + 1):
        folder = tmp_path / f"{kind}-{at}"

        def broken(at: int = at, folder: Path = folder) -> None:
            disturb(at, kind)
            go(folder, renderers.Quick())

        code = forked(broken)
        assert code == (KILLED if kind in {"exit", "half"} else FULL), at
        left = content(folder)
        for name, value in left.items():
            assert durable.is_part(name) or expected[name] == value, (at, name)
        if (folder / manifest.NAME).is_file():
            assert [line for line in verify(folder).problems if not line.endswith(UNFINISHED)] == [], at
        disturb(0, kind)
        go(folder, renderers.Quick(), resume=True)
        assert content(folder) == expected, at
        assert verify(folder) == verify(undisturbed), at
        assert sorted(made_files(folder)) == sorted(made_files(undisturbed)), at


def made_files(folder: Path) -> list[str]:
    """Return the files that the manifest says were made."""
    return [
        entry["file"] for entry in manifest.entries(folder / manifest.NAME) if entry.get("status") == "made"
    ]


def test_a_file_in_place_without_its_line_is_made_again(tmp_path, renderers, disturb):
    """a stop between a file's name and its line in the manifest costs a second making and nothing else."""
    go(tmp_path / "a", renderers.Quick())
    path = tmp_path / "a" / manifest.NAME
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:3]) + lines[3][:20], encoding="utf-8")
    tally = go(tmp_path / "a", renderers.Quick(), resume=True)
    assert (tally.kept, tally.made) == (2, 4)
    assert verify(tmp_path / "a").problems == ()


def test_a_wish_to_stop(tmp_path, renderers):
    """a run that is asked to stop finishes what is begun, writes its reports, and can be gone on with."""
    asked = iter([False, False, True])
    folder = tmp_path / "a"
    tally = go(folder, renderers.Quick(), is_stopped=lambda: next(asked, True))
    assert tally.stopped
    assert tally.made == 2
    assert "not finished" in verify(folder).problems[0]
    tally = go(folder, renderers.Quick(), resume=True)
    assert (tally.kept, tally.made, tally.stopped) == (2, 4, False)
    assert verify(folder).problems == ()


def test_two_runs_in_one_folder(tmp_path, renderers):
    """a second run into a folder that is in use is refused."""
    with (
        Folder.open(tmp_path / "a", IDENTITY, resume=False),
        pytest.raises(Exception, match="another run works in"),
        Folder.open(tmp_path / "a", IDENTITY, resume=True),
    ):
        pass


def test_a_full_disk_says_so(tmp_path, renderers, disturb):
    """a full disk is told with how much is done and how to go on."""
    disturb(30, "full")
    with pytest.raises(OutsideError) as error:
        go(tmp_path / "a", renderers.Quick())
    assert "No space left on device" in str(error.value)
    assert "--resume" in str(error.value)
    assert error.value.exit_code == 6
