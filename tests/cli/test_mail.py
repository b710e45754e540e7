"""The desk work of mail as a script sees it: exit codes, stdout and stderr."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from handouts.cli import main
from handouts.mail.ledger import Ledger, Wanted
from handouts.mail.record import Record, path_of

SETTINGS = "server: {host: smtp.example.org}\nfrom: a@example.org\nreply_to: b@example.org\n"
LEDGER = Path("mail-ledger.db")
KEYS = [f"{number:032x}" for number in range(5)]


@pytest.fixture
def settings(tmp_path, monkeypatch) -> list[str]:
    """Return the options for a ledger with a mail in each of five states, rows 2 to 6."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HANDOUTS_LIBRARY", raising=False)
    (tmp_path / "mail.yaml").write_text(SETTINGS)
    with Ledger.open(tmp_path / "mail-ledger.db", make=True) as ledger:
        wanted = [Wanted(key, row, "0" * 64, ledger.veil(key)) for row, key in enumerate(KEYS, 2)]
        ledger.queue("run1", wanted, 0, 1.0)
        for key in KEYS[1:]:
            ledger.begin(key, 2.0)
        ledger.settle(KEYS[1], "sent", 3.0, "250 2.0.0")
        ledger.settle(KEYS[2], "in_doubt", 3.0, "lost")
        ledger.settle(KEYS[3], "failed", 3.0, "554 5.6.0")
        ledger.suppress(KEYS[4], 3.0, "550 5.1.1")
        Record(ledger).catch_up()
    return ["--config", "mail.yaml"]


def states(settings) -> dict[int, str]:
    with Ledger.open(LEDGER) as ledger:
        return {one.row: one.state for one in ledger.entries()}


def test_status(settings, capsys):
    """status counts all, names the rows that want a look, and says what to do about a doubt."""
    assert main(["mail", "status", *settings]) == 0
    out, err = capsys.readouterr()
    assert out.splitlines() == [
        "run run1: 1 waiting, 1 sent, 1 IN DOUBT, 1 failed, 1 failed, address does not work",
        "  row 4: IN DOUBT (lost)",
        "  row 5: failed (554 5.6.0)",
        "  row 6: failed, address does not work (550 5.1.1)",
    ]
    assert "handouts mail resolve" in err
    assert main(["mail", "status", *settings, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {one["row"]: one["state"] for one in found} == states(settings)


def test_status_of_a_changed_record(settings, capsys):
    """a record that somebody has changed is told."""
    record = path_of(LEDGER)
    record.write_bytes(record.read_bytes().replace(b'"row":4', b'"row":5', 1))
    assert main(["mail", "status", *settings]) == 4
    assert "the record was changed" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "after"),
    [
        (["resolve", "--row", "4", "--sent"], {4: "sent"}),
        (["resolve", "--row", "4", "--resend"], {4: "queued"}),
        (["resolve", "--all", "--resend"], {4: "queued", 5: "queued"}),
        (["resolve", "--all", "--sent"], {4: "sent"}),
        (["cancel", "--all"], {2: "cancelled"}),
        (["cancel", "--row", "2", "--run", "run1"], {2: "cancelled"}),
    ],
)
def test_decisions(settings, words, after):
    """what a person decides is done to these rows and no other, and is in the record."""
    before = states(settings)
    assert main(["mail", *words, *settings]) == 0
    assert states(settings) == before | after
    lines = path_of(LEDGER).read_text().splitlines()
    assert {json.loads(line)["row"] for line in lines[-len(after) :]} == {*after}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["resolve", "--row", "4"], "say what you have found out"),
        (["resolve", "--sent"], "say which: --row N"),
        (["resolve", "--sent", "--row", "2"], "there is nothing to do for row 2"),
        (["cancel", "--row", "3"], "there is nothing to do for row 3"),
        (["cancel", "--row", "x"], "is no row of a roster"),
        (["status", "--days", "3"], "--days goes with handouts mail purge"),
        (["status", "--dry-run"], "--dry-run does not go with"),
        (["status", "a.eml"], "FILE.eml goes with handouts mail import-bounces"),
        (["import-bounces"], "name the messages that came back"),
        (["monday"], "say of which roster"),
        (["monday", "--roster", "monday.csv", "--sent"], "--sent goes with"),
        (["monday", "--roster", "monday.csv", "--delay", "x"], "whole number of minutes"),
        (["monday", "--roster", "monday.csv"], "there is no manifest.jsonl"),
    ],
)
def test_wrong_usage(settings, capsys, words, said):
    """what makes no sense is refused, and changes nothing."""
    before = states(settings)
    assert main(["mail", *words, *settings]) == 2
    assert said in capsys.readouterr().err
    assert states(settings) == before


def test_no_settings(settings, capsys):
    """without settings nothing is done."""
    assert main(["mail", "status"]) == 2
    assert "say which settings" in capsys.readouterr().err


def test_purge(settings, capsys):
    """purge forgets the traces of old addresses, and of no mail that is still open."""
    assert main(["mail", "purge", *settings]) == 0
    assert "3 addresses" in capsys.readouterr().err
    assert main(["mail", "purge", *settings, "--days", "0"]) == 0
    assert len(states(settings)) == 5


def test_bounces_that_are_none(settings, capsys, tmp_path):
    """a file that is no report is told, and the others are read."""
    (tmp_path / "a.eml").write_text("Subject: Out of office\n\nI am away.")
    assert main(["mail", "import-bounces", "a.eml", "none.eml", *settings]) == 4
    err = capsys.readouterr().err
    assert "a.eml: this is no delivery report. Save it whole" in err
    assert "none.eml: cannot be read" in err
