"""Files appear whole, or not at all."""

from __future__ import annotations

import errno
import os
import time
from datetime import date
from pathlib import Path

import pytest

from handouts.cli.output import Delivery, Destination, file_name, write_new
from handouts.errors import OutsideError, UsageError
from handouts.order import Order

PLAIN = Order(date=date(2026, 11, 22), patient="Zoë Ångström", note="Private")


@pytest.mark.parametrize(
    ("order", "name"),
    [
        (PLAIN, "hip_own_en.pdf"),
        (Order(PLAIN.date, paper="a4"), "hip_own_en_a4.pdf"),
        (
            Order(PLAIN.date, edition="large-print", side="left", ink="grey"),
            "hip_own_en_large-print_left_grey.pdf",
        ),
    ],
)
def test_names(order, name):
    """a file is named after what is in it, where that is not usual, and never after a patient."""
    assert file_name("hip", "own", order, "letter") == name


def test_the_clinics_own_paper_is_not_named():
    """a clinic that always prints A4 finds no paper in the names."""
    assert file_name("hip", "own", Order(PLAIN.date, paper="a4"), "a4") == "hip_own_en.pdf"


@pytest.mark.parametrize(
    ("words", "files", "place"),
    [
        (None, 3, "output/a.pdf"),
        ("there", 1, "there/a.pdf"),
        ("there/", 2, "there/a.pdf"),
        ("b.pdf", 1, "b.pdf"),
        ("there/B.PDF", 1, "there/B.PDF"),
    ],
)
def test_where_a_file_goes(words, files, place):
    """a name that ends in .pdf is a file, all else a folder."""
    assert Destination.parse(words, files=files).place("a.pdf") == Path(place)


def test_one_name_for_two_files_is_refused():
    """one file name cannot hold two files."""
    with pytest.raises(UsageError, match="there are 2 to make"):
        Destination.parse("b.pdf", files=2)


def test_all_files_appear_together(tmp_path):
    """nothing is at its place before the end, and everything after it, with nothing beside."""
    first, second = tmp_path / "new" / "a.pdf", tmp_path / "b.pdf"
    with Delivery(tmp_path) as delivery:
        delivery.add(first, b"1")
        delivery.add(second, b"2")
        assert list(tmp_path.iterdir()) == []
    assert delivery.paths == (first, second)
    assert (first.read_bytes(), second.read_bytes()) == (b"1", b"2")
    assert sorted(path.name for path in tmp_path.rglob("*.*")) == ["a.pdf", "b.pdf"]


@pytest.mark.parametrize("stop", [ValueError, KeyboardInterrupt])
def test_a_failed_run_leaves_nothing(tmp_path, stop):
    """a run that fails or is stopped leaves the old file and no other."""
    path = tmp_path / "a.pdf"
    path.write_bytes(b"old")
    with pytest.raises(stop), Delivery(tmp_path) as delivery:
        delivery.add(path, b"new")
        delivery.add(tmp_path / "b.pdf", b"new")
        raise stop
    assert [(found.name, found.read_bytes()) for found in tmp_path.iterdir()] == [("a.pdf", b"old")]


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_full_disk_leaves_nothing(tmp_path, monkeypatch, call):
    """a disk that is full at any step is told, and no part of a file stays."""

    def refuse(*_args, **_kwargs):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(*((os, "fsync") if call == "fsync" else (Path, "replace")), refuse)
    with (
        pytest.raises(OutsideError, match=r"cannot write .*a\.pdf: No space left on device\."),
        Delivery(tmp_path) as delivery,
    ):
        delivery.add(tmp_path / "a.pdf", b"new")
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_is_taken_by_a_folder_stops_all(tmp_path):
    """where one of several files cannot be put in its place, the ones before it are not written either."""
    (tmp_path / "b.pdf").mkdir()
    with (
        pytest.raises(OutsideError, match=r"cannot write .*b\.pdf: Is a directory\. Nothing was written\."),
        Delivery(tmp_path) as delivery,
    ):
        delivery.add(tmp_path / "a.pdf", b"new")
        delivery.add(tmp_path / "b.pdf", b"new")
    assert [found.name for found in tmp_path.iterdir()] == ["b.pdf"]


def refuse_third(monkeypatch, refusal: BaseException) -> None:
    """Let the third rename fail."""
    rename, calls = Path.replace, []

    def replace(part, path):
        calls.append(path)
        if len(calls) == 3:
            raise refusal
        return rename(part, path)

    monkeypatch.setattr(Path, "replace", replace)


def test_a_rename_that_fails_takes_new_files_back(tmp_path, monkeypatch):
    """files that are in their places already are taken back if they are new, and told if they are not."""
    (tmp_path / "old.pdf").write_bytes(b"old")
    refuse_third(monkeypatch, OSError(errno.EIO, os.strerror(errno.EIO)))
    with (
        pytest.raises(
            OutsideError, match=r"cannot write .*c\.pdf: .* Only these were written: \S*old\.pdf\."
        ),
        Delivery(tmp_path) as delivery,
    ):
        for name in ("new.pdf", "old.pdf", "c.pdf"):
            delivery.add(tmp_path / name, b"new")
    assert [(found.name, found.read_bytes()) for found in tmp_path.iterdir()] == [("old.pdf", b"new")]


def test_a_stop_between_renames_takes_new_files_back(tmp_path, monkeypatch):
    """a run that is stopped while files go to their places leaves no new one."""
    refuse_third(monkeypatch, KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt), Delivery(tmp_path) as delivery:
        for name in ("a.pdf", "b.pdf", "c.pdf"):
            delivery.add(tmp_path / name, b"new")
    assert list(tmp_path.iterdir()) == []


def test_parts_of_killed_runs_are_cleared_away(tmp_path):
    """parts that a killed run left an hour ago go; younger ones, and files of others, stay."""
    names = [".a.pdf.0123abcd.part", ".b.pdf.0123abcd.part", ".a.pdf.part", "a.pdf.0123abcd.part", "a.pdf"]
    for name in names:
        (tmp_path / name).write_bytes(b"")
        if name != names[1]:
            os.utime(tmp_path / name, (time.time() - 3700,) * 2)
    with Delivery(tmp_path):
        pass
    assert sorted(found.name for found in tmp_path.iterdir()) == sorted(names[1:])


@pytest.mark.parametrize(
    ("words", "told"),
    [("-", "never written to stdout"), (".pdf", "a name is missing"), ("taken", "is a file, not a folder")],
)
def test_a_destination_that_makes_no_sense_is_told(tmp_path, monkeypatch, words, told):
    """a dash, an ending without a name and a file that is no PDF are no place for one."""
    monkeypatch.chdir(tmp_path)
    Path("taken").write_bytes(b"")
    with pytest.raises(UsageError, match=told):
        Destination.parse(words, files=1)


def test_a_folder_that_is_a_file_is_told(tmp_path):
    """a path through a file is an error that names it."""
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutsideError, match="cannot write"), Delivery(tmp_path) as delivery:
        delivery.add(tmp_path / "file" / "a.pdf", b"new")


def test_nothing_is_written_over(tmp_path):
    """a new file is not written over one that exists."""
    path = tmp_path / "data" / "a.yaml"
    write_new(path, "id: a\n")
    with pytest.raises(UsageError, match="exists already"):
        write_new(path, "id: b\n")
    assert path.read_text(encoding="utf-8") == "id: a\n"
