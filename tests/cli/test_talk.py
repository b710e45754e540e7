"""What is said, and where."""

from __future__ import annotations

import errno
import io
import json
import os
import sys

import pytest

from handouts.cli import talk
from handouts.errors import OutsideError


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        """Return that it is one."""
        return True


def test_piped_progress_is_plain_lines(capsys):
    """where there is no terminal, each step is a line on stderr and stdout stays clean."""
    with talk.progress(2) as step:
        step("one")
        step("two")
    assert capsys.readouterr() == ("", "[1/2] one\n[2/2] two\n")


def test_a_terminal_gets_a_bar(monkeypatch):
    """on a terminal there is a bar, and a square bracket in a line is not taken as markup."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    with talk.progress(2) as step:
        step("one [bold]")
        step("two")
    assert "\x1b[" in terminal.getvalue()


def test_one_json_document(capsys):
    """a JSON document holds any letter, in ASCII."""
    talk.document([{"title": "Zoë – ½"}])
    out = capsys.readouterr().out
    assert out.isascii()
    assert json.loads(out) == [{"title": "Zoë – ½"}]


def test_columns(capsys):
    """columns begin below each other, and no line ends in a blank."""
    talk.table([("a", "first"), ("long", "second")])
    assert capsys.readouterr().out == "a     first\nlong  second\n"


class Full(io.StringIO):
    """A stream on a full disk."""

    def flush(self) -> None:
        """Refuse."""
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_results_that_nobody_takes(monkeypatch):
    """results that cannot be written are trouble outside: on a full disk, and without a stdout."""
    monkeypatch.setattr(sys, "stdout", Full())
    talk.result("one")
    with pytest.raises(OutsideError, match="cannot write results: No space left on device"):
        talk.flush()
    monkeypatch.setattr(sys, "stdout", None)
    talk.flush()
    with pytest.raises(OutsideError, match="cannot write results: there is no stdout"):
        talk.result("one")


@pytest.mark.parametrize("stream", [None, Full()])
def test_talk_that_nobody_hears_stops_nothing(monkeypatch, stream):
    """without a stderr, or with a full one, the work goes on."""
    monkeypatch.setattr(sys, "stderr", stream)
    with talk.progress(2) as step:
        step("one")


def test_sizes():
    """one page is not one pages."""
    assert talk.size(1, b"x" * 1499) == "1 page, 1 kB"
    assert talk.size(3, b"x" * 94_000) == "3 pages, 94 kB"


def test_a_gauge_of_very_many_things(capsys, monkeypatch):
    """where there is no terminal, a line every few seconds tells rate and time left, and not one for each."""
    now = iter([0.0, 1.0, 6.0, 7.0, 20.0, 30.0])
    monkeypatch.setattr(talk.time, "monotonic", lambda: next(now))
    with talk.gauge(1000) as show:
        for done, words in ((100, ""), (600, "2 refused"), (700, ""), (800, ""), (1000, "")):
            show(done, words)
    assert capsys.readouterr() == (
        "",
        "[600/1000] 100 a second, 4 s left, 2 refused\n[800/1000] 40 a second, 5 s left\n",
    )


def test_a_gauge_on_a_terminal(monkeypatch):
    """on a terminal the bar goes to where the work is."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    with talk.gauge(500) as show:
        show(250, "3 refused [x]")
    assert "250/500" in terminal.getvalue()
