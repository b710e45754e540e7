"""The child process: takes foreign files from its parent, one after the other, and answers each.

Where the system can fork, every file gets a process of its own, forked from this one once pikepdf is
imported: the start is paid once, and no file sees what another one left behind. Its limits there: memory,
processor time, no file written, no new process, no core dump. A process that ends in any other way than by
its answer takes this one down with it, with a code by which the parent knows why.

Where a system cannot fork (Windows) one process reads all files, and the parent's clock is its only limit.
macOS has processor time but does not hold a process to its memory. No system here cuts the child off from
the network; nothing in it opens a connection.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Any, BinaryIO

import pikepdf

from handouts.packet.foreign.rebuild import Bounds, rebuild
from handouts.packet.foreign.told import RefusedError
from handouts.packet.foreign.wire import receive, send

OUT_OF_MEMORY = 81
OUT_OF_TIME = 82
FELL = 83

_ENDINGS = {"SIGXCPU": OUT_OF_TIME, "SIGKILL": OUT_OF_MEMORY, "SIGABRT": OUT_OF_MEMORY}
"""What a signal means: the limit on time; a system, or a library, that had no memory left."""

_MOST_BYTES = 2**32 - 1  # the parent has looked at the size of each file before
_PR_SET_PDEATHSIG = 1


def main() -> None:
    """Serve until the parent closes the pipe."""
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    _die_with_parent(os.getppid())
    while (request := receive(requests, _MOST_BYTES)) is not None:
        head, pdf = request
        if hasattr(os, "fork"):
            _answer_apart(answers, head, pdf)
        else:
            _answer(answers, head, pdf)


def _answer_apart(answers: BinaryIO, head: dict[str, Any], pdf: bytes) -> None:
    us = os.getpid()
    child = os.fork()
    if child == 0:
        code = FELL
        try:
            _die_with_parent(us)
            _confine(int(head["memory_bytes"]), int(head["cpu_s"]))
            _answer(answers, head, pdf)
            code = 0
        except MemoryError:
            code = OUT_OF_MEMORY
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        os._exit(_ENDINGS.get(signal.Signals(os.WTERMSIG(status)).name, FELL))
    if code := os.waitstatus_to_exitcode(status):
        os._exit(code)


def _answer(answers: BinaryIO, head: dict[str, Any], pdf: bytes) -> None:
    reply: dict[str, Any] = {"ticket": head["ticket"]}
    bounds = Bounds(pages=int(head["most_pages"]), bytes=int(head["most_bytes_out"]))
    try:
        built = rebuild(pdf, head["password"], bounds)
    except RefusedError as refusal:
        send(answers, reply | {"refused": refusal.code})
        return
    except MemoryError:
        send(answers, reply | {"refused": "memory"})
        return
    except (pikepdf.PdfError, pikepdf.DataDecodingError, RuntimeError, ValueError, TypeError, KeyError):
        # qpdf reports what it cannot bear as one of these; a file that leads here is of no use.
        send(answers, reply | {"refused": "damaged"})
        return
    reply |= {
        "pages": built.pages,
        "tagged": built.tagged,
        "title": built.title,
        "language": built.language,
        "removed": built.removed,
    }
    send(answers, reply, built.pdf)


def _confine(memory_bytes: int, cpu_s: int) -> None:
    """Hold this process to its limits, for good."""
    import resource  # noqa: PLC0415 - Windows has none, and cannot fork either

    for what, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 32),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CPU, cpu_s),
        (resource.RLIMIT_AS, memory_bytes),
    ):
        hard = resource.getrlimit(what)[1]
        # The first limit on time ends a process by a signal that says why; the second one kills it.
        last = most + 1 if what == resource.RLIMIT_CPU else most
        if hard != resource.RLIM_INFINITY:
            most, last = min(most, hard), min(last, hard)  # noqa: PLW2901 - no limit can be raised
        try:
            resource.setrlimit(what, (most, last))
        except (ValueError, OSError):
            # macOS refuses a memory limit below what is mapped already.
            continue


def _die_with_parent(parent: int) -> None:
    """Ask Linux to kill this process when its parent dies, so that none is left over."""
    if sys.platform != "linux":
        return
    import ctypes  # noqa: PLC0415 - only here

    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(FELL)
