"""What holds for every test: golden files, the small made-up content, and that CI skips nothing."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from handouts.content.library import Library
from handouts.content.places import Places


def pytest_addoption(parser):
    """Add ``--update-golden``; `make golden` uses it."""
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Turn a skip into a failure where ``CI`` is set: there, whatever a test needs is installed."""
    report = yield
    if report.skipped and os.environ.get("CI") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, but CI skips nothing: {report.longrepr[-1]}"
    return report


def pytest_sessionfinish(session):
    """Fail every run that wrote golden files, so that it cannot pass for a run that compared them."""
    if session.config.getoption("--update-golden"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture
def golden(request):
    """Return a function that compares a text with a golden file, or writes it with ``--update-golden``."""

    def compare(actual: str, expected: Path) -> None:
        if request.config.getoption("--update-golden"):
            expected.parent.mkdir(parents=True, exist_ok=True)
            expected.write_text(actual, encoding="utf-8", newline="\n")
        assert expected.is_file(), f"there is no {expected}; look at the text, then run with --update-golden"
        assert actual == expected.read_text(encoding="utf-8")

    return compare


@pytest.fixture(scope="session")
def samples() -> Path:
    """Return the folder of the small made-up content: ``bundled`` and an ``overlay`` over it."""
    return Path(__file__).parent / "samples"


@pytest.fixture
def sample_library(samples) -> Library:
    """Return a library of the small made-up content, without an overlay."""
    return Library(Places(bundled=samples / "bundled"))


@pytest.fixture
def own_samples(samples, tmp_path) -> Path:
    """Return a copy of the samples that a test may change."""
    return Path(shutil.copytree(samples, tmp_path / "samples"))
