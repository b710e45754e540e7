"""What holds for every test: the option for golden files, and that CI skips nothing."""

from __future__ import annotations

import os

import pytest


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
