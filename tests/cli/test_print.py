"""Printing, as far as it goes without a printer. What arrives at one is seen in tests/printing."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest

from handouts.cli import main


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch) -> Path:
    """Work in an empty folder, on a machine without a printing system, and return it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    file = pikepdf.new()
    file.add_blank_page()
    file.save(tmp_path / "good.pdf")
    return tmp_path


def test_without_a_printing_system(capsys):
    """where there is no CUPS, it is told how to print by hand, and scripts see that nothing was printed."""
    assert main(["print", "good.pdf"]) == 6
    out, err = capsys.readouterr()
    assert out == ""
    assert "Print by hand: open each file in a PDF viewer, choose its actual size" in err


def test_all_that_is_wrong_is_told_at_once(capsys, elsewhere):
    """each file that can't be printed is told, with its reason, before anything is looked for to print it."""
    (elsewhere / "text.pdf").write_text("hello")
    locked = io.BytesIO()
    with pikepdf.open("good.pdf") as file:
        file.save(locked, encryption=pikepdf.Encryption(user="word", owner="x"))
    (elsewhere / "locked.pdf").write_bytes(locked.getvalue())
    assert main(["print", "good.pdf", "text.pdf", "locked.pdf", "missing.pdf", "."]) == 6
    err = capsys.readouterr().err
    assert err.splitlines() == [
        "handouts: nothing was sent to the printer.",
        "handouts: text.pdf: this is no PDF that can be read.",
        "handouts: locked.pdf: the file opens only with a password.",
        "handouts: there is no file missing.pdf.",
        "handouts: cannot read .: Is a directory.",
    ]


@pytest.mark.parametrize(("name", "code"), [("text.pdf", 4), ("missing.pdf", 2)])
def test_exit_codes(elsewhere, name, code):
    """a script can tell a file that is no PDF from one that is not there."""
    (elsewhere / "text.pdf").write_text("hello")
    assert main(["print", name]) == code


@pytest.mark.parametrize("copies", ["0", "-1", "1000", "2.5", "two", "１", ""])
def test_copies_that_make_no_sense(capsys, copies):
    """copies are a whole number from 1 to 999."""
    assert main(["print", "good.pdf", f"--copies={copies}"]) == 2
    assert "whole number from 1 to 999" in capsys.readouterr().err


def test_a_printing_system_that_says_nothing(capsys, elsewhere):
    """a program called lpstat that does nothing is no printer."""
    program = elsewhere / "lpstat"
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    assert main(["print", "good.pdf"]) == 6
    assert "no printer is set up" in capsys.readouterr().err
