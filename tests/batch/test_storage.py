"""Object storage in place of a folder: the same files, the same manifest, gone on with just so."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import pytest

from handouts.batch import run
from handouts.batch.folder import verify
from handouts.batch.layout import flat
from handouts.batch.outcome import Written
from handouts.batch.worker import make_chunk
from handouts.errors import UsageError

from .test_durable import IDENTITY, content, go, rows

pytest.importorskip("fsspec", reason="the extra [cluster] is not installed")

from handouts.batch.errand import Errand, _put_in_place
from handouts.batch.storage import open_storage, verify_storage


class Putting:
    """Makes tasks in this process and puts their files into storage, as a worker of a cluster does."""

    def __init__(self, renderer, url: str, scratch: Path, breaks_after: int = 99) -> None:
        self.renderer = renderer
        self.errand = Errand(scratch, lambda: renderer, None, "", storage=url)
        self.breaks_after = breaks_after

    def outcomes(self, tasks):
        """Yield what became of tasks."""
        folder = self.errand.folder
        for count in itertools.count():
            chunk = list(itertools.islice(tasks, 2))
            if not chunk:
                return
            if count == self.breaks_after:
                raise KeyboardInterrupt
            outcomes = make_chunk(1, chunk, self.renderer, folder, [0.0] * 3)
            parts = [(out.part, task.file) for task, out in zip(chunk, outcomes, strict=True)]
            _put_in_place(self.errand, folder, parts)
            assert all(isinstance(out, Written) for out in outcomes)
            yield [(task, replace(out, part="")) for task, out in zip(chunk, outcomes, strict=True)]


@pytest.fixture
def scratch(tmp_path) -> Path:
    """Return a worker's own folder."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    return folder


def store(url: str, pool: Putting, *, resume: bool = False) -> run.Tally:
    """Make the rows into storage."""
    with open_storage(url, IDENTITY, resume=resume) as taken:
        one = run.Run(
            taken.path, taken.manifest, flat, lambda: False, lambda _: None, kept=taken.kept, told=taken.told
        )
        return one.go(rows(), pool)


def test_storage_holds_what_a_folder_holds(tmp_path, scratch, renderers):
    """a run into storage leaves the same objects as files in a folder, and nothing else anywhere."""
    place = tmp_path / "store"
    place.mkdir()
    url = place.as_uri()
    tally = store(url, Putting(renderers.Quick(), url, scratch))
    assert (tally.made, tally.repeated, len(tally.refused)) == (6, 1, 1)
    go(tmp_path / "folder", renderers.Quick())
    assert content(place) == content(tmp_path / "folder")
    assert list(scratch.iterdir()) == []
    assert verify_storage(url) == verify(tmp_path / "folder") == verify(place)
    with pytest.raises(UsageError, match="holds a run already"):
        store(url, Putting(renderers.Quick(), url, scratch))


def test_storage_is_gone_on_with(tmp_path, scratch, renderers, monkeypatch):
    """a run that was broken off is gone on with from the pieces of its manifest, which then are one."""
    monkeypatch.setattr(run, "GROUP", 2)
    monkeypatch.setattr(run, "SHARE", 0)
    place = tmp_path / "store"
    place.mkdir()
    url = place.as_uri()
    with pytest.raises(KeyboardInterrupt):
        store(url, Putting(renderers.Quick(), url, scratch, breaks_after=2))
    left = sorted(path.name for path in place.iterdir())
    assert [name for name in left if name.startswith("manifest")] == [
        f"manifest-00000{number}.part.jsonl" for number in (1, 2, 3)
    ]
    assert verify_storage(url).problems == ("the run is not finished: go on with it by --resume.",)
    (place / "row-000002.pdf").unlink()
    tally = store(url, Putting(renderers.Quick(), url, scratch), resume=True)
    assert (tally.kept, tally.made) == (3, 3)
    go(tmp_path / "folder", renderers.Quick())
    assert content(place) == content(tmp_path / "folder")
    assert verify_storage(url).problems == ()


def test_verify_reads_every_object(tmp_path, scratch, renderers):
    """an object that is missing, other or too many is told."""
    place = tmp_path / "store"
    place.mkdir()
    url = place.as_uri()
    store(url, Putting(renderers.Quick(), url, scratch))
    (place / "row-000002.pdf").unlink()
    (place / "row-000003.pdf").write_bytes(b"y" * 2000)
    (place / "row-000077.pdf").write_bytes(b"z")
    assert verify_storage(url).problems == (
        "row-000002.pdf: missing.",
        "row-000003.pdf: changed since it was made.",
        "row-000077.pdf: the manifest does not know it.",
    )


@pytest.mark.parametrize("url", ["nonsense://bucket/x", "s4://bucket"])
def test_a_kind_of_storage_that_there_is_not(url):
    """an address that nothing can reach is wrong usage."""
    with pytest.raises(UsageError, match="-o"), open_storage(url, IDENTITY, resume=False):
        pass


def test_an_empty_place_has_no_manifest(tmp_path):
    """a place that no batch has filled is told as that."""
    with pytest.raises(UsageError, match="there is no manifest"):
        verify_storage((tmp_path / "nothing").as_uri())
