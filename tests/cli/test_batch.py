"""A batch as a script sees it: exit codes, stdout, stderr, and what is in the folder."""

from __future__ import annotations

import csv
import hashlib
import json
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from handouts.cli import main
from handouts.content.library import Library
from handouts.order import Order
from handouts.pipeline import make_handout

CLINIC = "example-clinic"
DAY = "2026-11-22"
ROSTER = (
    "id,patient,conditions,clinician,note,email\n"
    "MRN-1,Zoë Ångström,trochanteric-bursitis,Dr. Quux,Keep going,zoe@example.org\n"
    "MRN-2,Bob Blank,trochanteric-bursitus,Dr. Quux,,bob@example.org\n"
    "MRN-3,Cid Crash \U0001f600,fai,Dr. Quux,,cid@example.org\n"
    "MRN-4,Dee Double,fai;gtps,Dr. Quux,,dee@example.org\n"
    "MRN-4,Dee Double,fai;gtps,Dr. Quux,,dee@example.org\n"
)
PRIVATE = [
    *("Zoë", "Ångström", "Bob", "Blank", "Cid", "Dee", "Double", "MRN-", "Quux", "Keep going", "example.org"),
    "\U0001f600",
]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch) -> Path:
    """Work in an empty folder with nothing set, and return it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HANDOUTS_LIBRARY", raising=False)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795348800")
    (tmp_path / "r.csv").write_text(ROSTER, encoding="utf-8")
    return tmp_path


def batch(*words: str) -> int:
    """Run a batch of the roster."""
    return main(["batch", "r.csv", "--clinic", CLINIC, "--workers", "1", *words])


def ended(*words: str) -> int:
    """Run a batch and return its exit code, also where the words themselves are wrong."""
    try:
        return batch(*words)
    except SystemExit as end:
        return end.code


def test_a_batch_from_end_to_end(capsys, elsewhere):
    """what can be made is made as `make` would, the rest is told, and nothing anywhere names anybody."""
    assert batch("-o", "out", "--date", DAY) == 3
    out, err = capsys.readouterr()
    assert out == "out/manifest.jsonl\nout/refused.csv\n"
    assert "Read as UTF-8, columns parted by commas." in err
    made = sorted(path.name for path in (elsewhere / "out").iterdir())
    assert made == ["manifest.jsonl", "refused.csv", "refused.json", "row-000002.pdf", "row-000005.pdf"]

    order = Order(date.fromisoformat(DAY), patient="Zoë Ångström", clinician="Dr. Quux", note="Keep going")
    alone = make_handout(Library(), "trochanteric-bursitis", CLINIC, order).pdf
    assert (elsewhere / "out/row-000002.pdf").read_bytes() == alone

    entries = [json.loads(line) for line in (elsewhere / "out/manifest.jsonl").read_text().splitlines()]
    by_row = {entry["row"]: entry for entry in entries if "row" in entry}
    assert by_row[2] == {
        "row": 2,
        "status": "made",
        "file": "row-000002.pdf",
        "sha256": hashlib.sha256(alone).hexdigest(),
        "bytes": len(alone),
        "pages": by_row[2]["pages"],
        "versions": [Library().condition("trochanteric-bursitis").version],
    }
    assert [by_row[row]["status"] for row in sorted(by_row)] == [
        "made",
        "refused",
        "refused",
        "made",
        "repeated",
    ]
    assert entries[-1] == {"end": {"made": 2, "refused": 2, "repeated": 1}}

    with (elsewhere / "out/refused.csv").open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file))
    assert [(line["row"], line["column"]) for line in table] == [("3", "conditions"), ("4", "patient")]
    assert "U+1F600" in table[1]["reason"]
    assert [line["row"] for line in json.loads((elsewhere / "out/refused.json").read_text())] == [3, 4]

    told = out + err + "".join(made)
    for name in ("manifest.jsonl", "refused.csv", "refused.json"):
        told += (elsewhere / "out" / name).read_text(encoding="utf-8")
    assert len(told) > 1000
    assert [value for value in PRIVATE if value in told] == []
    assert "bursitus" not in told

    assert main(["verify", "out"]) == 0
    assert batch("-o", "out", "--date", DAY) == 2
    (elsewhere / "out/row-000002.pdf").unlink()
    (elsewhere / "out/row-000005.pdf").write_bytes(b"other")
    (elsewhere / "out/row-000099.pdf").write_bytes(b"extra")
    (elsewhere / "out/.row-000098.pdf.0123abcd.part").write_bytes(b"half")
    assert main(["verify", "out"]) == 5
    wrong = capsys.readouterr().out
    for said in (
        "row-000002.pdf: missing",
        "row-000005.pdf: torn",
        "row-000099.pdf: the manifest does not know it",
        ".row-000098.pdf.0123abcd.part: half done",
    ):
        assert said in wrong

    # The next day, the same command without a date goes on with that of the run.
    (elsewhere / "out/row-000099.pdf").unlink()
    assert batch("-o", "out", "--resume") == 3
    assert main(["verify", "out"]) == 0
    assert (elsewhere / "out/row-000002.pdf").read_bytes() == alone
    capsys.readouterr()
    assert batch("-o", "out", "--resume", "--date", "2026-11-23", "--ink", "grey") == 2
    assert "holds another run: --date, --ink changed since" in capsys.readouterr().err


def test_check_makes_nothing(capsys, elsewhere):
    """--check tells each row that would be refused, on stdout, and writes nothing."""
    assert batch("--check") == 3
    out, err = capsys.readouterr()
    assert [line.split(":")[0] for line in out.splitlines()] == ["row 3, conditions", "row 4, patient"]
    assert "3 rows can be made, 2 can't." in err
    assert [path.name for path in elsewhere.iterdir()] == ["r.csv"]


@pytest.mark.parametrize(
    ("data", "words", "code", "told"),
    [
        ("conditions\nfai\n", ["--check"], 0, "1 row can be made, none can't."),
        ("conditions\nnone\n", ["--check"], 4, "none that there is"),
        ("conditions\n", ["--check"], 4, "no row below the header"),
        ('patient,conditions\nZoë,"fai\n', ["--check"], 4, "row 2 can't be told from the next"),
        ("pateint,conditions\nZoë,fai\n", ["--check"], 4, "Did you mean patient?"),
        ("conditions\nfai\n", [], 2, "say where the files go"),
        ("conditions\nfai\n", ["-o", "a.pdf"], 2, "a batch is a folder"),
        ("conditions\nfai\n", ["-o", "s3://bucket/x"], 2, "Object storage is for --cluster"),
        ("conditions\nfai\n", ["-o", "r.csv"], 2, "a batch is a folder"),
        ("conditions\nfai\n", ["--check", "--encoding", "none"], 2, "there is no encoding"),
        ("conditions\nfai\n", ["--check", "--delimiter", "ab"], 2, "parts no columns"),
        ("conditions\nfai\n", ["--check", "--clinic", "gone"], 2, "an empty cell means one clinic"),
        ("conditions\nfai\n", ["-o", "x", "--workers", "0"], 2, "whole number from 1"),
        ("conditions\nfai\n", ["--check", "--clinician", "Zoë", "Ångström"], 2, "belong to no option"),
    ],
)
def test_exit_codes(capsys, elsewhere, data, words, code, told):
    """each kind of trouble has its exit code and a sentence, and no name in it."""
    (elsewhere / "r.csv").write_text(data, encoding="utf-8")
    assert ended(*words) == code
    out, err = capsys.readouterr()
    assert told in out + err
    assert "Zoë" not in out + err
    assert "Ångström" not in out + err
    assert not list(elsewhere.rglob("*.pdf"))


def test_openemr(capsys, elsewhere):
    """--layout openemr makes a file for each code, with its side, and refuses what is one patient's."""
    (elsewhere / "r.csv").write_text(
        "conditions,patient,side\ntrochanteric-bursitis,,\nfai,Ann,\ngtps,,\nfai,,left\n", encoding="utf-8"
    )
    assert batch("-o", "education", "--layout", "openemr", "--date", DAY) == 3
    capsys.readouterr()
    made = sorted(path.name for path in (elsewhere / "education").glob("*.pdf"))
    bursitis = [f"icd10_m70.6{side}_en.pdf" for side in (0, 1, 2)]
    assert made == ["icd10_m25.852_en.pdf", "icd10_m25.859_en.pdf", *bursitis]
    right, left = ((elsewhere / "education" / name).read_bytes() for name in bursitis[1:])
    order = Order(date.fromisoformat(DAY), side="right")
    assert right == make_handout(Library(), "trochanteric-bursitis", CLINIC, order).pdf != left
    refused = json.loads((elsewhere / "education/refused.json").read_text())
    assert [(line["row"], line["column"]) for line in refused] == [(3, "patient"), (4, "conditions")]
    assert main(["verify", "education"]) == 0


@pytest.mark.slow
def test_stopped_by_hand(elsewhere):
    """Ctrl-C finishes what is begun and says how to go on, and then the rest is made."""
    rows = "".join(f"P{number},trochanteric-bursitis\n" for number in range(5000))
    (elsewhere / "r.csv").write_text("patient,conditions\n" + rows, encoding="utf-8")
    words = [
        sys.executable,
        "-m",
        "handouts",
        "batch",
        "r.csv",
        "--clinic",
        CLINIC,
        "-o",
        "out",
        "--date",
        DAY,
    ]
    process = subprocess.Popen(words, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    manifest = elsewhere / "out/manifest.jsonl"
    while process.poll() is None and not (manifest.exists() and manifest.read_text().count("\n") > 1):
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "go on by the same command with --resume" in err
    made = sorted(path.name for path in (elsewhere / "out").glob("*.pdf"))
    assert 0 < len(made) < 5000
    assert main(["verify", "out"]) == 5
    assert not [path for path in (elsewhere / "out").iterdir() if path.name.endswith(".part")]
    assert main([*words[3:], "--resume"]) == 0
    assert len(list((elsewhere / "out").glob("*.pdf"))) == 5000
    assert main(["verify", "out"]) == 0
