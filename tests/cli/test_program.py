"""The program as a process: start-up, pipes, limits of the system."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

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


@pytest.mark.parametrize("words", [["list", "conditions"], ["list", "exercises", "--json"], ["--help"]])
def test_a_full_disk_behind_stdout(words):
    """results that a full disk does not take end with exit code 6 and one line."""
    with Path("/dev/full").open("wb") as full:
        run = subprocess.run(
            [*PROGRAM, *words],
            env={name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert run.returncode == 6
    assert run.stderr.startswith("handouts: cannot write results: No space left on device.")
    assert run.stderr.count("\n") == 1


def test_a_deleted_folder(tmp_path):
    """a current folder that somebody deleted is told in one line, with exit code 6."""
    run = subprocess.run(
        ["bash", "-c", 'cd "$1" && rmdir "$1" && "$0" -m handouts list conditions', sys.executable, tmp_path],
        env={name: value for name, value in os.environ.items() if name != "HANDOUTS_LIBRARY"}
        | {"PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 6
    assert run.stderr.startswith("handouts: the current folder cannot be used")


# Sends a signal to itself when a module is first looked for.
EARLY = """
import os, runpy, signal, sys

class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == MODULE:
            os.kill(os.getpid(), signal.NUMBER)

sys.meta_path.insert(0, Finder())
sys.argv = ["handouts", *WORDS]
runpy.run_module("handouts", run_name="__main__")
"""


def early(module: str, number: str, words: list[str], **options) -> subprocess.CompletedProcess[str]:
    """Return how a run ends that gets a signal when it is about to import a module."""
    program = EARLY.replace("MODULE", repr(module)).replace("NUMBER", number).replace("WORDS", repr(words))
    return subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, **options
    )


@pytest.mark.parametrize("module", ["handouts.errors", "argparse", "handouts.cli.make", "handouts.content"])
def test_a_ctrl_c_while_the_program_starts(module):
    """a Ctrl-C is one line and exit code 130, however early it comes."""
    run = early(module, "SIGINT", ["list", "conditions"])
    assert (run.returncode, run.stdout, run.stderr) == (130, "", "handouts: stopped.\n")


@pytest.mark.parametrize(("number", "code"), [("SIGTERM", 143), ("SIGHUP", 129), ("SIGINT", 130)])
def test_a_stop_while_it_works(tmp_path, number, code):
    """a run that the system stops says so, and leaves nothing behind."""
    words = ["make", "--all", "--clinic", "example-clinic", "-o", str(tmp_path)]
    run = early("handouts.pipeline", number, words)
    assert (run.returncode, run.stderr) == (code, "handouts: stopped.\n")
    assert list(tmp_path.iterdir()) == []


def test_a_hang_up_that_is_ignored(tmp_path):
    """a run that was started with nohup goes on when its terminal closes."""
    words = ["make", "hip-flexor-strain", "--clinic", "example-clinic", "-o", str(tmp_path)]
    run = early(
        "handouts.pipeline", "SIGHUP", words, preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)
    )
    assert run.returncode == 0, run.stderr
    assert len(list(tmp_path.iterdir())) == 1


def test_a_stop_while_files_are_written(tmp_path):
    """a run that is stopped between its files leaves no part of one."""
    program = """
import os, signal, sys
from handouts.cli import main

written, sync = [], os.fsync
def fsync(number):
    written.append(sync(number))
    if len(written) == 2:
        os.kill(os.getpid(), signal.SIGTERM)
os.fsync = fsync
sys.exit(main(sys.argv[1:]))
"""
    words = ["make", "hip-flexor-strain", "trochanteric-bursitis", "--clinic", "example-clinic"]
    run = subprocess.run(
        [sys.executable, "-c", program, *words, "-o", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 143
    assert run.stderr.endswith("handouts: stopped.\n")
    assert list(tmp_path.iterdir()) == []
