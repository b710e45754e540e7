"""Being stopped from outside: a shutdown is answered as a Ctrl-C is, and nothing is left behind."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

# A system without hang-ups has no SIGHUP.
_SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
_USUAL = (signal.SIG_DFL, signal.default_int_handler)


class Stopped(KeyboardInterrupt):
    """The run is stopped, by hand or by the system; ``exit_code`` is what a shell expects then."""

    def __init__(self, signal_number: int) -> None:
        self.exit_code = 128 + signal_number
        super().__init__()


@contextmanager
def stoppable() -> Iterator[None]:
    """Let SIGINT, SIGTERM and SIGHUP raise :class:`Stopped` in the work inside.

    A signal that who started us has told to ignore (``nohup``) stays ignored.
    """
    before = {}
    if threading.current_thread() is threading.main_thread():
        for number in _SIGNALS:
            if signal.getsignal(number) in _USUAL:
                before[number] = signal.signal(number, _stop)
    try:
        yield
    except KeyboardInterrupt as stop:
        raise stop if isinstance(stop, Stopped) else Stopped(signal.SIGINT) from None
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class Wish:
    """Somebody wants a run to stop: ``signal_number`` says how, 0 as long as nobody does."""

    def __init__(self) -> None:
        self.signal_number = 0

    def __bool__(self) -> bool:
        return self.signal_number != 0

    def take(self, number: int, _frame: FrameType | None) -> None:
        """Note the wish; whoever asks again does not want to wait."""
        if self:
            raise Stopped(number)
        self.signal_number = number


@contextmanager
def stoppable_soon() -> Iterator[Wish]:
    """Let the first signal only be noted inside, so that the work at hand can be finished."""
    wish = Wish()
    before = {}
    if threading.current_thread() is threading.main_thread():
        for number in _SIGNALS:
            if signal.getsignal(number) in {*_USUAL, _stop}:
                before[number] = signal.signal(number, wish.take)
    try:
        yield wish
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop(number: int, _frame: FrameType | None) -> None:
    raise Stopped(number)
