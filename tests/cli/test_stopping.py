"""Being stopped: at once, or as soon as what is begun is done."""

from __future__ import annotations

import os
import signal

import pytest

from handouts.cli.stopping import Stopped, stoppable, stoppable_soon


def test_the_first_signal_is_a_wish():
    """inside, a signal is only noted; the second one stops at once, and afterwards all is as before."""
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(Stopped) as stop, stoppable(), stoppable_soon() as wish:
        assert not wish
        os.kill(os.getpid(), signal.SIGTERM)
        assert wish
        assert wish.signal_number == signal.SIGTERM
        os.kill(os.getpid(), signal.SIGINT)
    assert stop.value.exit_code == 130
    assert signal.getsignal(signal.SIGTERM) == before


def test_after_a_wish_a_signal_stops_again():
    """once the work is done, the next signal is no wish any more."""
    with pytest.raises(Stopped), stoppable():
        with stoppable_soon():
            pass
        os.kill(os.getpid(), signal.SIGINT)
