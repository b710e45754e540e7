"""The ledger and its record: what they keep, and that a change of the record shows."""

from __future__ import annotations

import stat

import pytest

from handouts.errors import OutsideError, UsageError
from handouts.mail.ledger import Ledger, Wanted
from handouts.mail.record import Record, damage, path_of


@pytest.fixture
def ledger(tmp_path):
    """Open a ledger with four mails in it."""
    with Ledger.open(tmp_path / "ledger.db", make=True) as one:
        one.queue("run", [Wanted(f"k{n}", n, "0" * 64, one.veil(f"a{n}")) for n in range(4)], 0, 1.0)
        yield one


def test_only_who_may_reads_it(ledger):
    """a ledger and its record are for their owner only."""
    Record(ledger).catch_up()
    files = [*ledger.path.parent.glob("ledger*")]
    assert len(files) >= 3
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_the_same_again(ledger):
    """a mail that is there is not queued again, whatever became of it."""
    ledger.cancel(["k0"], 2.0)
    assert ledger.queue("run", [Wanted("k0", 0, "0" * 64, "x"), Wanted("k9", 9, "0" * 64, "y")], 0, 3.0) == 1
    assert ledger.counts("run") == {"queued": 4, "cancelled": 1}


def test_what_a_dead_process_left(ledger):
    """what was being handed over is in doubt, and a person decides."""
    assert ledger.begin("k1", 2.0)
    assert not ledger.begin("k1", 2.0)
    assert ledger.recover(3.0) == 1
    assert ledger.next_open("run", {"k1"}) is None
    assert ledger.resolve(["k1", "k2"], "sent", 4.0) == 1
    assert ledger.cancel(["k1"], 5.0) == 0
    assert ledger.counts("run") == {"queued": 3, "sent": 1}


def test_two_ledgers_have_their_own_names(ledger, tmp_path):
    """a hash of one ledger says nothing in another."""
    with Ledger.open(tmp_path / "other.db", make=True) as other:
        assert other.veil("a", "b") != ledger.veil("a", "b")
    assert ledger.veil("a", "b") != ledger.veil("ab")


def test_purge(ledger):
    """the trace of an address goes some time after the mail has ended, and the mail is still known."""
    ledger.begin("k0", 2.0)
    ledger.settle("k0", "sent", 2.0)
    assert ledger.purge(2.0) == 0
    assert ledger.purge(3.0) == 1
    assert ledger.purge(3.0) == 0
    ledger.come_back("k0", 4.0, "550", dead=True)
    assert ledger.counts("run") == {"queued": 3, "suppressed": 1}
    assert not ledger.is_suppressed("")
    assert ledger.queue("run", [Wanted("k0", 0, "0" * 64, "x")], 0, 5.0) == 0


def test_what_is_no_ledger(tmp_path):
    """another file is refused and left as it is; so is a ledger of another version, and none at all."""
    path = tmp_path / "ledger.db"
    with pytest.raises(UsageError, match="there is no ledger"), Ledger.open(path):
        pass
    path.write_text("This is a letter to somebody, and no ledger at all." * 99)
    with pytest.raises(OutsideError, match="cannot use the ledger"), Ledger.open(path):
        pass
    assert path.read_text().startswith("This is a letter")
    with Ledger.open(tmp_path / "new.db", make=True) as one:
        one._database.execute("PRAGMA user_version = 99")
    with pytest.raises(UsageError, match="another version"), Ledger.open(tmp_path / "new.db"):
        pass


def test_the_record_is_mended(ledger):
    """a line that was torn when the machine stopped is written again, and none is there twice."""
    Record(ledger).catch_up()
    path = path_of(ledger.path)
    whole = path.read_bytes()
    for cut in (1, 5, 200, len(whole) - 3, len(whole)):
        path.write_bytes(whole[:-cut])
        Record(ledger).catch_up()
        assert path.read_bytes() == whole
    Record(ledger).catch_up()
    assert path.read_bytes() == whole
    assert damage(path) == ""


@pytest.mark.parametrize("how", ["cut", "change", "swap", "first", "double"])
def test_a_record_that_was_changed(ledger, how):
    """lines that were cut out, changed, swapped or doubled show."""
    Record(ledger).catch_up()
    path = path_of(ledger.path)
    lines = path.read_bytes().splitlines(keepends=True)
    assert len(lines) == 4
    path.write_bytes(
        b"".join(
            {
                "cut": [lines[0], *lines[2:]],
                "change": [lines[0].replace(b"queued", b"sent"), *lines[1:]],
                "swap": [lines[1], lines[0], *lines[2:]],
                "first": lines[1:],
                "double": [*lines, lines[-1]],
            }[how]
        )
    )
    assert "the record was changed" in damage(path)
