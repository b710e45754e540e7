"""Workers: whatever one row does to them, the others are made."""

from __future__ import annotations

import os
import random
import resource
import time
from functools import partial
from pathlib import Path

import pytest

from handouts.batch.outcome import CRASHED, HANGS, HUNGRY, Failed, Trouble, Written
from handouts.batch.worker import Bench
from handouts.batch.workers import Workers
from handouts.errors import OutsideError

from .conftest import tasks_of

BAD = {
    "raises": Failed("", "a fault of this program (KeyError): please report it."),
    "refuses": Failed("patient", "the character U+1F600 is in none of the fonts."),
    "crashes": CRASHED,
    "reads": CRASHED,
    "exits": CRASHED,
    "hangs": HANGS,
    "eats": HUNGRY,
    "grows": HUNGRY,
}


def made(bench: Bench, tasks, count: int = 2, limit_s: float = 60) -> dict:
    """Return what became of each task, by the number of its row."""
    with Workers(bench, count, limit_s) as workers:
        results = [result for some in workers.outcomes(iter(tasks)) for result in some]
    assert len(results) == len({task.file for task, _ in results})
    return {task.row: outcome for task, outcome in results}


def test_each_bad_row_alone_is_refused(tmp_path, renderers):
    """a row that raises, crashes, hangs or eats memory is refused with that reason, and no other is."""
    notes = ["raises", "crashes", "hangs", "eats", *["" for _ in range(200)]]
    random.Random(7).shuffle(notes)  # noqa: S311 - nothing is secret
    bench = Bench(renderers.Poisoned, tmp_path, memory=500 << 20)
    found = made(bench, tasks_of(notes), limit_s=1)
    assert {row: found[row] for row, note in enumerate(notes, 2) if note} == {
        row: BAD[note] for row, note in enumerate(notes, 2) if note
    }
    good = [outcome for outcome in found.values() if isinstance(outcome, Written)]
    assert len(good) == 200
    assert all((tmp_path / outcome.part).stat().st_size == outcome.size == 2000 for outcome in good)


@pytest.mark.slow
def test_a_hundred_bad_rows_of_ten_thousand(tmp_path, renderers):
    """exactly the bad rows are refused, each with its own number and reason."""
    rng = random.Random(20261122)  # noqa: S311 - nothing is secret
    notes = [""] * 10_000
    for place in rng.sample(range(10_000), 100):
        notes[place] = rng.choice([*["raises"] * 4, *["refuses"] * 4, *(bad for bad in BAD)])
    bench = Bench(renderers.Poisoned, tmp_path, memory=600 << 20)
    found = made(bench, tasks_of(notes), limit_s=2)
    bad = {row: BAD[note] for row, note in enumerate(notes, 2) if note}
    assert len(bad) == 100
    assert {row: outcome for row, outcome in found.items() if isinstance(outcome, Failed)} == bad
    assert sum(isinstance(outcome, Written) for outcome in found.values()) == 9900


def test_a_row_struck_from_outside_is_made(tmp_path, renderers):
    """a worker that is killed by somebody else costs no row."""
    seen = tmp_path / "seen"
    seen.mkdir()
    notes = ["unlucky" if number % 20 == 7 else "" for number in range(100)]
    found = made(Bench(partial(renderers.Unlucky, str(seen)), tmp_path), tasks_of(notes))
    assert len(list(seen.iterdir())) == 5
    assert len(found) == 100
    assert all(isinstance(outcome, Written) for outcome in found.values())


def test_a_warning_arrives(tmp_path, renderers):
    """what there is to warn of comes back from a worker."""
    found = made(Bench(renderers.Poisoned, tmp_path), tasks_of(["warns"]), count=1)
    assert found[2].warnings == ("f.yaml:1:1: warning: look out.",)


def test_long_notes_go_through(tmp_path, renderers):
    """many rows with the longest notes do not stop the talk between two processes."""
    found = made(Bench(renderers.Poisoned, tmp_path), tasks_of(["ä" * 20_000] * 60))
    assert len(found) == 60


def test_workers_that_cannot_begin(tmp_path, renderers):
    """where no worker comes up, that is said, and nothing waits for ever."""
    with pytest.raises(OutsideError, match="no worker can begin"):
        made(Bench(renderers.Broken, tmp_path), tasks_of(["", ""]))


def test_none_is_left(tmp_path, renderers):
    """after a run that somebody broke off, no worker is left."""
    with Workers(Bench(renderers.Poisoned, tmp_path), 2) as workers:
        next(workers.outcomes(iter(tasks_of(["hangs", "hangs"]))))
        pids = {worker.process.pid for worker in workers._workers}
        assert pids
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_a_full_disk_is_trouble(tmp_path, renderers):
    """a file that the disk does not take is told as that, and leaves no part."""
    task = tasks_of([""])[0]
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        from handouts.batch.worker import make_chunk  # noqa: PLC0415

        outcomes = make_chunk(1, [task], renderers.Quick(), tmp_path, [0.0] * 3)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert outcomes == [Trouble("File too large")]
    assert list(Path(tmp_path).iterdir()) == []


@pytest.mark.slow
def test_time_is_bounded_for_each_row(tmp_path, renderers):
    """rows that hang one after another each get the same time, whatever stood before them in the chunk."""
    began = time.monotonic()
    found = made(Bench(renderers.Poisoned, tmp_path), tasks_of(["", "hangs", "", "hangs"]), limit_s=1)
    assert [found[row] for row in (3, 5)] == [HANGS, HANGS]
    assert time.monotonic() - began < 20
