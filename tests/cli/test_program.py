"""The program as a process: start-up, pipes, limits of the system."""

from __future__ import annotations

import os
import resource
import subprocess
import sys

import pytest

PROGRAM = [sys.executable, "-m", "handouts"]


@pytest.mark.parametrize(
    ("words", "absent"),
    [
        (["--version"], {"reportlab", "jinja2", "pikepdf", "rich", "pydantic", "yaml", "PIL"}),
        (["make", "--help"], {"reportlab", "jinja2", "pikepdf", "rich", "pydantic", "yaml", "PIL"}),
        (["list", "conditions"], {"reportlab", "jinja2", "pikepdf", "rich"}),
        (["where", "bridge"], {"reportlab", "jinja2", "pikepdf", "rich"}),
        (["check"], {"pikepdf", "rich"}),
    ],
)
def test_small_commands_start_small(words, absent):
    """a command imports no more than it needs: no typesetter to list, no auditor to check."""
    run = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "handouts", *words],
        capture_output=True,
        text=True,
        check=True,
    )
    imported = {
        line.rpartition("|")[2].strip() for line in run.stderr.splitlines() if line.startswith("import time:")
    }
    assert "handouts.cli" in imported
    assert imported & absent == set()


def test_a_reader_that_has_enough():
    """a closed pipe ends the program without a word."""
    run = subprocess.run(
        [
            "bash",
            "-c",
            '"$0" -m handouts list exercises --json | true; echo ${PIPESTATUS[0]}',
            sys.executable,
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert (run.stdout, run.stderr) == ("0\n", "")


def test_a_poor_terminal():
    """a terminal that knows ASCII only gets every line."""
    run = subprocess.run(
        [*PROGRAM, "check", "nothing-\u00e9.yaml"],
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 2
    assert "nothing-" in run.stderr


def test_a_disk_that_takes_no_more(tmp_path):
    """where the system lets no file grow, the program says so with exit code 6, and leaves no part of one."""
    run = subprocess.run(
        [
            *PROGRAM,
            "make",
            "trochanteric-bursitis",
            "--clinic",
            "example-clinic",
            "-o",
            str(tmp_path / "a.pdf"),
        ],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)),
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 6, run.stderr
    assert "cannot write" in run.stderr
    assert list(tmp_path.iterdir()) == []
