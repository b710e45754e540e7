"""Foreign PDFs, opened in a process of their own and rebuilt: nothing of them is read in this one.

::

    here                                      child (python -I -S)          one process a file
    open_all ── file, password, limits ─▶ foreign.child ── fork ─▶ foreign.rebuild
        ◀── codes, numbers, the clean file ───────┴──────────────────────────┘

All goes through pipes: no file is written. The child knows nothing of this program's environment (except on
Windows, where a program does not start without one). What it says is checked before it is believed: lengths,
types, codes out of a table. It is killed when it takes too long, when this program is stopped, and (on Linux)
when this program is killed; elsewhere it then ends by its own limits.

What this does not end: a font or a picture made to attack the program that draws it stays a font or picture.
"""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import Any

from handouts.errors import ForeignError
from handouts.packet.foreign.told import REFUSED, REMOVED
from handouts.packet.foreign.wire import BrokenWireError, receive, send

_BOOT = "import sys; sys.path[:] = sys.argv[1:]; from handouts.packet.foreign.child import main; main()"
_START_S = 30.0
_ENDINGS = {81: "memory", 82: "time"}
_MOST_TEXT = 2_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What one foreign file may cost.

    ``cpu_s`` and ``memory_bytes`` hold where the system knows them (not on Windows; macOS knows the first),
    ``wall_s`` everywhere. ``most_pages`` is far above any consent form: a longer file is better cut first.
    """

    memory_bytes: int = 2**30
    cpu_s: int = 30
    wall_s: float = 60.0
    most_bytes: int = 50_000_000
    most_pages: int = 2_000

    @property
    def most_bytes_out(self) -> int:
        """How long the rebuilt file may be: what was packed tightly may unfold a little."""
        return 2 * self.most_bytes + 1_000_000


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it came: its bytes, what messages call it (a base name), its password if it has one."""

    pdf: bytes
    name: str
    password: str = ""


@dataclass(frozen=True, slots=True)
class Foreign:
    """A foreign file, rebuilt: it runs nothing, hides nothing and carries nothing but its pages.

    ``removed`` are sentences on what was left out, ``title`` and ``language`` what the file says of itself
    ('' if nothing). ``repaired``: it was damaged, so its pages may not be what they were.
    """

    pdf: bytes
    pages: int
    tagged: bool
    title: str
    language: str
    removed: tuple[str, ...]
    repaired: bool


def open_foreign(pdf: bytes, name: str, password: str = "", limits: Limits | None = None) -> Foreign:
    """Return one foreign file, rebuilt; ``name`` is what messages call it.

    Raises ForeignError with the reason if it cannot be used.
    """
    (answer,) = open_all([Sent(pdf, name, password)], limits)
    if isinstance(answer, ForeignError):
        raise answer
    return answer


def open_all(files: Sequence[Sent], limits: Limits | None = None) -> Iterator[Foreign | ForeignError]:
    """Yield each file rebuilt, or the error that says why it cannot be used, in order.

    One child serves them all, so that its start is paid once; a file that brings it down is told, and the
    next one gets a new child.
    """
    limits = limits or Limits()
    child: _Child | None = None
    try:
        for file in files:
            code = _refused_here(file, limits)
            answer: Foreign | str = code
            if not code:
                child = child or _Child()
                answer = child.ask(file, limits)
                if child.gone:
                    child.end()
                    child = None
            yield _error(answer, file.name) if isinstance(answer, str) else answer
    finally:
        if child is not None:
            child.end()


def _refused_here(file: Sent, limits: Limits) -> str:
    if not file.pdf:
        return "empty"
    if len(file.pdf) > limits.most_bytes:
        return "too-large"
    return ""


def _error(code: str, name: str) -> ForeignError:
    sentence, advice = REFUSED[code]
    return ForeignError(sentence, advice=advice, where=name)


class _Child:
    """A process that answers; ``gone`` once it has to be replaced."""

    def __init__(self) -> None:
        root = str(Path(__file__).resolve().parents[2])
        self.gone = False
        self._late = False
        self._fresh = True
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and program text
            [sys.executable, "-I", "-S", "-X", "utf8", "-c", _BOOT, root, *filter(None, sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=None if sys.platform == "win32" else {},
            start_new_session=True,
        )

    def ask(self, file: Sent, limits: Limits) -> Foreign | str:
        """Return the file rebuilt, or the code of the reason why not."""
        # A name made up for each file: what a file's process left in the pipe answers no other file.
        ticket = secrets.token_hex(8)
        request = {
            "ticket": ticket,
            "password": file.password,
            "memory_bytes": limits.memory_bytes,
            "cpu_s": limits.cpu_s,
            "most_pages": limits.most_pages,
            "most_bytes_out": limits.most_bytes_out,
        }
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        clock = Timer(limits.wall_s + (_START_S if self._fresh else 0), self._stop)
        clock.start()
        self._fresh = False
        try:
            send(self._process.stdin, request, file.pdf)
            message = receive(self._process.stdout, limits.most_bytes_out)
        except (OSError, BrokenWireError):
            message = None
        finally:
            clock.cancel()
        if message is not None and message[0].get("ticket") == ticket:
            answer = _read(*message)
            if answer is not None:
                return answer
        self.gone = True
        if self._late:
            return "time"
        return _ENDINGS.get(self._ending(), "died")

    def end(self) -> None:
        """Kill the child and all it started, and wait for it."""
        self._kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        self._process.wait()

    def _ending(self) -> int:
        """Return the exit code of a child that said no more, without waiting for one that goes on."""
        try:
            return self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            return -1

    def _stop(self) -> None:
        self._late = True
        self._kill()

    def _kill(self) -> None:
        if sys.platform == "win32":
            self._process.kill()
        else:
            # Its own session: the group is the child and the process of the file.
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)


def _read(head: dict[str, Any], pdf: bytes) -> Foreign | str | None:
    """Return what an answer says; None if it is none that a child of ours gives."""
    if isinstance(refused := head.get("refused"), str):
        return refused if refused in REFUSED else None
    pages, tagged, removed = head.get("pages"), head.get("tagged"), head.get("removed")
    title, language = head.get("title"), head.get("language")
    if not (
        pdf.startswith(b"%PDF-")
        and isinstance(pages, int)
        and isinstance(tagged, bool)
        and isinstance(title, str)
        and isinstance(language, str)
        and isinstance(removed, list)
        and {*map(str, removed)} <= REMOVED.keys()
    ):
        return None
    return Foreign(
        pdf=pdf,
        pages=pages,
        tagged=tagged,
        title=_plain(title),
        language=_plain(language),
        removed=tuple(sentence for code, sentence in REMOVED.items() if code in removed),
        repaired="repaired" in removed,
    )


def _plain(text: str) -> str:
    return "".join(letter for letter in text[:_MOST_TEXT] if letter.isprintable()).strip()
