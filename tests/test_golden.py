"""The way to compare with golden files, and to write them anew, is itself held to its promises."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

INNER = """
from pathlib import Path
def test_inner(golden):
    golden("new text", Path(__file__).with_name("expected.txt"))
"""


def run(folder, *options):
    """Run one inner test with this project's conftest and return the exit code."""
    (folder / "conftest.py").write_text(Path(__file__).with_name("conftest.py").read_text(encoding="utf-8"))
    (folder / "test_inner.py").write_text(INNER)
    (folder / "pytest.ini").write_text("[pytest]\n")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options, "test_inner.py"]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode


@pytest.mark.parametrize("before", [None, "old text", "new text\n"])
def test_a_difference_fails(tmp_path, before):
    """a missing or different golden file fails the test and is left as it is."""
    if before is not None:
        (tmp_path / "expected.txt").write_text(before)
    assert run(tmp_path) == 1
    assert (tmp_path / "expected.txt").exists() == (before is not None)


def test_an_update_writes_and_fails(tmp_path):
    """a run that writes golden files fails, and the run after it passes."""
    assert run(tmp_path, "--update-golden") == 1
    assert (tmp_path / "expected.txt").read_text(encoding="utf-8") == "new text"
    assert run(tmp_path) == 0
