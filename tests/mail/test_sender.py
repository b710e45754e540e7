"""What becomes of mails where the server refuses, breaks off or goes away."""

from __future__ import annotations

import pytest

from handouts.errors import OutsideError, UsageError
from handouts.mail.ledger import Ledger
from handouts.mail.replies import WAITS_S
from handouts.mail.sender import MOST_IN_A_ROW, WithheldError
from handouts.mail.session import NoSessionError, Session


def once(stage: str, answer: str, *names: str):
    """Return a fault that happens once to each of some recipients."""
    waiting = {f"{name}@patients.example.org" for name in names}

    def fault(at: str, recipient: str) -> str | None:
        if at == stage and recipient in waiting:
            waiting.discard(recipient)
            return answer
        return None

    return fault


def always(stage: str, answer: str, *names: str):
    """Return a fault that happens each time to some recipients; to all, if none is named."""
    chosen = {f"{name}@patients.example.org" for name in names}
    return lambda at, recipient: answer if at == stage and (not chosen or recipient in chosen) else None


@pytest.mark.parametrize("stage", ["rcpt", "data"])
def test_what_is_deferred_is_tried_again(desk, server, stage):
    """a mail that the server puts off waits its time, is sent later, and holds up no other."""
    one = desk(3)
    server.inbox.fault = once(stage, "451 4.7.1 greylisted", "p1")
    tally = one.sender().go()
    assert (tally.sent, tally.deferred) == (3, 1)
    assert [to[:2] for to, _ in server.inbox.taken] == ["p0", "p2", "p1"]
    assert one.clock.slept >= WAITS_S[0]
    assert {entry.tries for entry in one.ledger.entries("run")} == {1, 2}


def test_it_gives_up_in_the_end(desk, server):
    """a mail that is put off for a day has failed."""
    one = desk(1)
    server.inbox.fault = always("rcpt", "450 4.2.0 later")
    for _ in range(40):
        one.sender().go()
        one.clock.sleep(3600)
    assert one.states() == {"p0": "failed"}
    assert len(one.asked) <= 13


@pytest.mark.parametrize(
    ("answer", "state", "dead"),
    [
        ("550 5.1.1 nobody", "suppressed", True),
        ("550 nobody", "suppressed", True),
        ("550 5.7.1 not allowed", "failed", False),
        ("552 5.2.2 full", "failed", False),
    ],
)
def test_a_refused_recipient(desk, server, answer, state, dead):
    """an address that does not work gets no more; one that a rule refuses, or that is full, may."""
    one = desk(3)
    server.inbox.fault = always("rcpt", answer, "p1")
    one.sender().go()
    assert one.states() == {"p0": "sent", "p1": state, "p2": "sent"}
    assert one.ledger.is_suppressed(one.ledger.veil(one.to["p1"])) is dead
    assert not one.ledger.is_suppressed(one.ledger.veil(one.to["p0"]))


def test_a_refused_mail_suppresses_nobody(desk, server):
    """a mail that is refused for what it holds says nothing against its address."""
    one = desk(2)
    server.inbox.fault = always("data", "554 5.6.0 no", "p0")
    one.sender().go()
    assert one.states() == {"p0": "failed", "p1": "sent"}
    assert not one.ledger.is_suppressed(one.ledger.veil(one.to["p0"]))


def test_broken_before(desk, server):
    """a connection that breaks before anything was handed over loses nothing."""
    one = desk(3)
    server.inbox.fault = once("rcpt", "drop", "p1")
    one.sender().go()
    assert set(one.states().values()) == {"sent"}
    assert len(server.inbox.taken) == 3


@pytest.mark.parametrize("how", ["drop", "lose"])
def test_broken_while_handing_over(desk, server, how):
    """a connection that breaks between mail and answer leaves a doubt, whether the mail arrived or not."""
    one = desk(3)
    server.inbox.fault = always("data", how, "p1")
    one.sender().go()
    one.sender().go()
    assert one.states() == {"p0": "sent", "p1": "in_doubt", "p2": "sent"}
    assert len(server.inbox.taken) == (3 if how == "lose" else 2)


def test_a_server_that_goes_away(desk, server):
    """a server that says good-bye (421) is asked again a minute later, in a new session."""
    one = desk(2)
    server.inbox.fault = once("rcpt", "421 4.3.2 shutting down", "p0")
    one.sender().go()
    assert set(one.states().values()) == {"sent"}
    assert len(server.inbox.logins) == 2


def test_ten_in_a_row(desk, server):
    """after ten mails in a row that did not go out it stops, and the rest waits untouched."""
    one = desk(15)
    server.inbox.fault = always("data", "554 5.0.0 no")
    with pytest.raises(OutsideError, match="10 messages in a row"):
        one.sender().go()
    assert len(one.asked) == MOST_IN_A_ROW
    assert sorted(one.states().values()) == ["failed"] * 10 + ["queued"] * 5


def test_a_sender_that_is_refused(desk, server):
    """a server that does not take mail from us stops all at the first, and no mail is lost."""
    one = desk(3)
    server.inbox.fault = always("mail", "550 5.7.60 not as this sender")
    with pytest.raises(OutsideError, match=r"550 5\.7\.60"):
        one.sender().go()
    assert len(one.asked) == 1
    assert sorted(one.states().values()) == ["deferred", "queued", "queued"]


def test_a_wrong_password_is_tried_once(desk, server):
    """a log-in that is refused stops the run at once."""
    one = desk(3)
    config = server.config
    with pytest.raises(NoSessionError, match="does not let us log in"):
        one.sender(connect=lambda: Session.open(config, "wrong")).go()
    assert server.inbox.logins == ["desk@clinic.example.org"]
    assert set(one.states().values()) == {"queued"}


def test_too_large_for_the_server(desk, server):
    """a mail larger than the server takes is not even begun."""
    one = desk(1)

    def connect():
        session = Session.open(server.config, "correct horse")
        session.most_bytes = 100
        return session

    tally = one.sender(connect=connect).go()
    assert tally.withheld == [(0, "too large for the server")]
    assert server.inbox.taken == []


def test_what_must_not_leave(desk, server):
    """a mail that its last look refuses is failed, and the next goes on."""
    one = desk(2)

    def prepare(entry):
        if one.names[entry.key] == "p0":
            raise WithheldError("the file is for somebody else")
        return one.prepare(entry)

    one.sender(prepare=prepare).go()
    assert one.states() == {"p0": "failed", "p1": "sent"}


def test_the_pace_is_kept(desk):
    """no more mails leave in a minute than the provider allows."""
    one = desk(5)
    began = one.clock.now()
    one.sender(per_minute=20).go()
    assert one.clock.now() - began >= 4 * 3


def test_cancelled_in_time(desk, server):
    """what is cancelled before it leaves does not leave, up to the last moment."""
    one = desk(2)

    def prepare(entry):
        one.ledger.cancel([entry.key], one.clock.now())
        return one.prepare(entry)

    one.sender(prepare=prepare).go()
    assert set(one.states().values()) == {"cancelled"}
    assert server.inbox.taken == []


@pytest.mark.parametrize("answer", ["451 4.7.1 later", "550 5.7.1 no", "550 5.1.1 nobody"])
def test_cancelled_while_it_is_refused(desk, server, answer):
    """what somebody cancels while the server thinks it over stays cancelled, whatever the answer is."""
    one = desk(1)

    def fault(stage: str, to: str) -> str | None:
        if stage != "rcpt":
            return None
        with Ledger.open(one.ledger.path) as other:
            assert other.cancel(one.names, one.clock.now()) == 1
        return answer

    server.inbox.fault = fault
    one.sender().go()
    assert one.states() == {"p0": "cancelled"}


def test_stopped_by_hand(desk, server):
    """who stops it keeps what is not sent for the next time."""
    one = desk(4)
    sender = one.sender(is_stopped=lambda: len(server.inbox.taken) == 2)
    assert sender.go().sent == 2
    assert sorted(one.states().values()) == ["queued", "queued", "sent", "sent"]


def test_one_sender_at_a_time(desk, tmp_path):
    """a second run can't send from the same ledger."""
    one = desk(1)
    with (
        one.ledger.only_sender(),
        Ledger.open(tmp_path / "ledger.db") as other,
        pytest.raises(UsageError, match="another run"),
        other.only_sender(),
    ):
        pass
    with one.ledger.only_sender():
        pass
