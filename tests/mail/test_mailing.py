"""A batch goes to its patients: the whole way, from the roster to what the server has."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
from dataclasses import replace

import pikepdf
import pytest

from handouts.cli import main
from handouts.mail.ledger import Ledger


def test_each_gets_their_own(made, server, capsys):
    """who agreed gets their own file, locked unless the row says plain; all others are told with the reason."""
    capsys.readouterr()
    assert main(made.words(server)) == 3
    out, err = capsys.readouterr()
    assert out.splitlines() == [
        "row 4: not sent: the patient has not agreed to get mail (consent_email)",
        "row 6: not sent: it has no address",
        "row 7: not sent: its row is refused by the batch",
        "row 8: not sent: its address can't be used: it is more than one address: write one",
        "row 9: not sent: there is no passphrase to lock its file with",
    ]
    assert "3 sent" in err
    sent = dict(server.inbox.taken)
    assert sorted(sent) == [f"{name}@patients.example.org" for name in ("ada", "cy", "zoe")]
    files = {to: message.get_payload()[1].get_content() for (to, _), message in zip(
        server.inbox.taken, server.inbox.messages(), strict=True)}  # fmt: skip
    assert files["ada@patients.example.org"] == (made.folder / "row-000003.pdf").read_bytes()
    assert files["cy@patients.example.org"] == (made.folder / "row-000005.pdf").read_bytes()
    locked = files["zoe@patients.example.org"]
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(locked))
    with pikepdf.open(io.BytesIO(locked), password="velvet candle orbit meadow") as file:
        assert file.encryption.R == 6
        assert len(file.pages) > 1


def test_the_same_again_sends_nothing(made, server, capsys):
    """a second run sends nothing, and says so."""
    main(made.words(server))
    first = list(server.inbox.taken)
    capsys.readouterr()
    assert main(made.words(server)) == 3
    assert "no mails queued" in capsys.readouterr().err
    assert server.inbox.taken == first


def test_the_ledger_and_the_record_name_nobody(made, server, capsys):
    """ledger, record, output and status hold no word of a patient, a condition or a passphrase."""
    main(made.words(server))
    main(["mail", "status", "--config", str(server.settings), "--json"])
    out, err = capsys.readouterr()
    folder = server.settings.parent
    said = [out, err]
    looked_at = [path for path in folder.iterdir() if path.name.startswith("mail-ledger")]
    assert len(looked_at) >= 3
    said += [path.read_bytes().decode("utf-8", "replace") for path in looked_at]
    words = [
        "ngstr",
        "Quilfeather",
        "Dunmore",
        "patients.example.org",
        "velvet",
        "bursitis",
        "Fjordbr",
        "zoe@",
    ]
    assert not [word for word in words for text in said if word in text]


def test_status_after_a_lost_answer(made, server, capsys):
    """a mail whose fate is unknown is told, never sent again by itself, and goes on as a person says."""
    server.inbox.fault = lambda stage, to: "lose" if stage == "data" and to.startswith("ada") else None
    assert main(made.words(server)) == 3
    server.inbox.fault = lambda stage, to: None
    main(made.words(server))
    assert sorted(to[:3] for to, _ in server.inbox.taken) == ["ada", "cy@", "zoe"]
    capsys.readouterr()
    settings = ["--config", str(server.settings)]
    assert main(["mail", "status", *settings]) == 0
    out, err = capsys.readouterr()
    assert "  row 3: IN DOUBT (lost)" in out.splitlines()
    assert "resolve" in err
    assert main(["mail", "resolve", *settings, "--row", "3", "--resend"]) == 0
    main(made.words(server))
    assert sorted(to[:3] for to, _ in server.inbox.taken) == ["ada", "ada", "cy@", "zoe"]
    names = {message["Message-ID"] for message in server.inbox.messages()}
    assert len(names) == 3


def swapped(made, folder):
    """Return a copy of a batch in which the files of two rows have changed places, the manifest included."""
    shutil.copytree(made.folder, folder)
    one, other = folder / "row-000003.pdf", folder / "row-000005.pdf"
    hashes = [hashlib.sha256(path.read_bytes()).hexdigest() for path in (one, other)]
    sizes = [f'"bytes":{path.stat().st_size},' for path in (one, other)]
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)
    manifest = folder / "manifest.jsonl"
    text = manifest.read_text()
    for before, after in (hashes, sizes):
        text = text.replace(before, "@@").replace(after, before).replace("@@", after)
    manifest.write_text(text)
    return replace(made, folder=folder)


def test_a_file_of_somebody_else_stays(made, server, capsys, tmp_path):
    """a file that says another patient's name never leaves, even where the manifest says that it is right."""
    wrong = swapped(made, tmp_path / "made")
    assert main(["verify", str(wrong.folder)]) == 0
    capsys.readouterr()
    assert main(wrong.words(server)) == 3
    out = capsys.readouterr().out.splitlines()
    assert {
        "row 3: not sent: the file is for somebody else",
        "row 5: not sent: the file is for somebody else",
    } <= {*out}
    assert [to for to, _ in server.inbox.taken] == ["zoe@patients.example.org"]


def test_a_changed_file_stays(made, server, capsys, tmp_path):
    """a file that is not what was made never leaves."""
    shutil.copytree(made.folder, tmp_path / "made")
    with (tmp_path / "made" / "row-000003.pdf").open("ab") as file:
        file.write(b"%")
    assert main(replace(made, folder=tmp_path / "made").words(server)) == 3
    assert "row 3: not sent: its file was changed since it was made" in capsys.readouterr().out
    assert sorted(to[:3] for to, _ in server.inbox.taken) == ["cy@", "zoe"]


def test_record_is_complete(made, server):
    """the record has a line for each change, with the hash of the file."""
    main(made.words(server))
    record = server.settings.parent / "mail-ledger.record.jsonl"
    lines = [json.loads(line) for line in record.read_text().splitlines()]
    with Ledger.open(server.config.ledger) as ledger:
        assert [line["seq"] for line in lines] == [event.seq for event in ledger.events(0)]
    sent = {line["row"]: line["sha256"] for line in lines if line["outcome"] == "sent"}
    assert sent == {
        row: hashlib.sha256((made.folder / f"row-{row:06d}.pdf").read_bytes()).hexdigest()
        for row in (2, 3, 5)
    }
