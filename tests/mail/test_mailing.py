"""A batch goes to its patients: the whole way, from the roster to what the server has."""

from __future__ import annotations

import hashlib
import io
import json
import random
import re
import shutil
from dataclasses import replace
from email import policy
from email.parser import BytesParser
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from handouts.cli import main
from handouts.content.library import Library
from handouts.mail.ledger import Ledger


def test_each_gets_their_own(made, server, capsys):
    """who agreed gets their own file once, locked unless the row says plain; of others the reason is told."""
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
    rows = made.roster.read_text(encoding="utf-8").splitlines()[1:]
    values = {value for row in rows for value in re.split("[,;]", row) if len(value) > 3 and "@" not in value}
    titles = {title for kind in ("condition", "exercise") for title in Library().titles(kind).values()}
    assert len(values) > 10
    for (to, data), message in zip(server.inbox.taken, server.inbox.messages(), strict=True):
        words, _ = message.iter_parts()
        outside = data.partition(b"\r\n\r\n")[0].decode() + "".join(
            one.get_content() for one in words.iter_parts()
        )
        assert not [word for word in {*values, *titles, "velvet"} if word.casefold() in outside.casefold()]
        assert outside.count("@patients.example.org") == 1
        assert message.get_payload()[1].get_filename() == "handout.pdf"
        assert f"To: {to}" in outside
    assert main(made.words(server)) == 3
    assert "no mails queued" in capsys.readouterr().err
    assert len(server.inbox.taken) == 3


def test_the_ledger_and_the_record(made, server, capsys):
    """the record has each change with the hash of the file; no word of a patient is in it or the ledger."""
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
    record = server.settings.parent / "mail-ledger.record.jsonl"
    lines = [json.loads(line) for line in record.read_text().splitlines()]
    with Ledger.open(server.config.ledger) as ledger:
        assert [line["seq"] for line in lines] == [event.seq for event in ledger.events(0)]
    sent = {line["row"]: line["sha256"] for line in lines if line["outcome"] == "sent"}
    assert sent == {
        row: hashlib.sha256((made.folder / f"row-{row:06d}.pdf").read_bytes()).hexdigest()
        for row in (2, 3, 5)
    }


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


def many(count: int) -> list[str]:
    """Return rows of patients whose names and addresses have nothing but their number in common."""
    conditions = ("trochanteric-bursitis", "hip-flexor-strain", "groin-strain", "itb-syndrome", "fai")
    return [
        f"p{n},Quill{n} Oxbow{n},{conditions[n % 5]},Note {n} of row {n}.,box{n}@patients.example.org,yes,yes"
        for n in range(count)
    ]


def said_by(pdf: bytes) -> str:
    """Return the text of a file, by another reader than the one that looks before it leaves."""
    file = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in file)
    finally:
        file.close()


@pytest.mark.slow
def test_a_thousand_right_recipients(server, tools, tmp_path, capsys):
    """each of a thousand gets the file with their own name and note, also after stops and lost answers.

    And no header, no word of a letter, no name of an attachment, no line of ledger, record or output says
    anything of any of them.
    """
    count = 1_000
    batch = tools.make_batch(tmp_path, many(count))
    lines = batch.roster.read_text().splitlines()
    dice = random.Random(2026)  # noqa: S311
    lost = {f"box{n}@patients.example.org" for n in dice.sample(range(count), 10)}
    later = {f"box{n}@patients.example.org" for n in dice.sample(range(count), 20)}

    def fault(stage: str, to: str) -> str | None:
        if stage == "data" and to in lost:
            lost.discard(to)
            return "lose"
        if stage == "rcpt" and to in later:
            later.discard(to)
            return "drop"
        return None

    server.inbox.fault = fault
    assert main(batch.words(server)) == 3
    settings = ["--config", str(server.settings)]
    assert main(["mail", "resolve", *settings, "--all", "--sent"]) == 0
    assert main(batch.words(server)) == 0
    assert main(["mail", "status", *settings, "--json"]) == 0
    out, err = capsys.readouterr()
    assert len(lines) == count + 1
    assert len(server.inbox.taken) == count
    for (to, data), message in zip(server.inbox.taken, server.inbox.messages(), strict=True):
        number = to.partition("@")[0].removeprefix("box")
        body, attached = message.iter_parts()
        said = said_by(attached.get_content())
        assert re.findall(r"Quill\d+ Oxbow\d+", said) == [f"Quill{number} Oxbow{number}"]
        assert f"Note {number} of row {number}." in said
        head = data.partition(b"\r\n\r\n")[0].decode()
        words = "".join(part.get_content() for part in body.iter_parts()) + head + attached.get_filename()
        assert not re.search(r"Quill|Oxbow|Note \d|bursitis|strain|syndrome|impinge", words.replace(to, ""))
        assert head.count("patients.example.org") == 1
    kept = [path for path in server.settings.parent.iterdir() if path.name.startswith("mail-ledger")]
    texts = [out, err, *(path.read_bytes().decode("utf-8", "replace") for path in kept)]
    assert len(texts) >= 5
    assert not [text for text in texts if re.search(r"Quill|Oxbow|Note \d|box\d+@|bursitis|strain", text)]


def test_swapped_rows(made, server, tmp_path):
    """rows in another order are another roster, and nothing is sent."""
    header, one, other, *rest = made.roster.read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / "roster.csv").write_text("".join([header, other, one, *rest]), encoding="utf-8")
    assert main(replace(made, roster=tmp_path / "roster.csv").words(server)) == 2
    assert server.inbox.taken == []


def test_dry_run(made, server, capsys):
    """a dry run writes each mail as a file and sends none."""
    capsys.readouterr()
    assert main(made.words(server, "--dry-run")) == 3
    out = capsys.readouterr().out.splitlines()
    paths = [Path(line) for line in out if line.endswith(".eml")]
    assert [path.name for path in paths] == ["row-000002.eml", "row-000003.eml", "row-000005.eml"]
    message = BytesParser(policy=policy.default).parsebytes(paths[1].read_bytes())
    assert message["To"] == "ada@patients.example.org"
    assert server.inbox.taken == []
    assert main(made.words(server)) == 3
    assert message["Message-ID"] in {sent["Message-ID"] for sent in server.inbox.messages()}
    shutil.rmtree(made.folder / "mail-dry-run")


def test_a_mail_to_oneself(made, server):
    """a mail to try the settings holds nobody's file, and is not in the ledger."""
    assert main(made.words(server, "--test-to", "desk@clinic.example.org")) == 0
    [(to, _)] = server.inbox.taken
    assert to == "desk@clinic.example.org"
    _, attached = server.inbox.messages()[0].iter_parts()
    assert re.search(r"For:\s*From:", said_by(attached.get_content()))
    with Ledger.open(server.config.ledger) as ledger:
        assert ledger.entries() == []
