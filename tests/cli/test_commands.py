"""The commands as a script sees them: exit codes, stdout, stderr, and what is on the disk."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pikepdf
import pytest

from handouts.cli import main, make
from handouts.content.library import Library

DAY = "2026-11-22"
CONDITION = "trochanteric-bursitis"
CLINIC = "example-clinic"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch) -> Path:
    """Work in an empty folder with nothing set, and return it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HANDOUTS_LIBRARY", raising=False)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return tmp_path


def files(folder: Path) -> list[str]:
    """Return all files below a folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("kind", ["condition", "exercise", "clinic", "packet"])
def test_list(capsys, kind):
    """a list has each id and title, sorted, as lines and as JSON."""
    assert main(["list", f"{kind}s", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [entry["id"] for entry in found] == sorted(Library().ids(kind))
    assert all(entry["title"] for entry in found)
    assert main(["list", f"{kind}s"]) == 0
    out, err = capsys.readouterr()
    assert [line.split(None, 1) for line in out.splitlines()] == [
        [entry["id"], entry["title"]] for entry in found
    ]
    assert err == ""


def test_make_one(capsys, elsewhere):
    """one handout is one file, and its path is all that is on stdout."""
    assert main(["make", CONDITION, "--clinic", CLINIC, "--date", DAY, "--patient", "Zoë Ångström"]) == 0
    out, err = capsys.readouterr()
    assert out == f"output/{CONDITION}_{CLINIC}_en.pdf\n"
    assert "ngstr" not in err
    assert files(elsewhere) == [out.strip()]
    assert (elsewhere / out.strip()).read_bytes().startswith(b"%PDF-1.7")


def test_make_several(capsys, elsewhere):
    """several conditions and clinics are a file each, in a folder that is made."""
    clinics = Library().ids("clinic")[:2]
    words = [word for clinic in clinics for word in ("--clinic", clinic)]
    assert (
        main(["make", CONDITION, "hip-flexor-strain", CONDITION, *words, "-o", "there", "--date", DAY]) == 0
    )
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 4
    assert sorted(out.splitlines()) == files(elsewhere)
    assert "[4/4]" in err


def test_the_same_bytes_for_the_same_moment(elsewhere, monkeypatch):
    """SOURCE_DATE_EPOCH makes two runs the same, byte for byte."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    for name in ("a.pdf", "b.pdf"):
        assert main(["make", CONDITION, "--clinic", CLINIC, "-o", name]) == 0
    assert (elsewhere / "a.pdf").read_bytes() == (elsewhere / "b.pdf").read_bytes()


def test_the_usual_clinic(capsys, elsewhere):
    """handouts.toml names the clinic that nobody has to name."""
    (elsewhere / "handouts.toml").write_text(f'clinic = "{CLINIC}"\n', encoding="utf-8")
    assert main(["make", CONDITION, "--date", DAY]) == 0
    assert CLINIC in capsys.readouterr().out


def test_packet(capsys, elsewhere):
    """a packet is one file that our audit passes, named after the packet."""
    assert main(["packet", "running-hip", "--clinic", CLINIC, "--date", DAY]) == 0
    path = capsys.readouterr().out.strip()
    assert path == f"output/running-hip_{CLINIC}_en.pdf"
    assert main(["audit", path, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["passed"] is True


def test_packet_of_conditions(capsys, elsewhere):
    """a packet can be any conditions, in the order wanted."""
    assert (
        main(["packet", "hip-flexor-strain", CONDITION, "--clinic", CLINIC, "--date", DAY, "-o", "p.pdf"])
        == 0
    )
    assert capsys.readouterr().out == "p.pdf\n"
    assert files(elsewhere) == ["p.pdf"]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["make", "trochanteric-bursitus", "--clinic", CLINIC], 2, "Did you mean trochanteric-bursitis"),
        (["make", CONDITION, "--clinic", "exmple-clinic"], 2, "Did you mean example-clinic"),
        (["make", CONDITION], 2, "--clinic ID"),
        (["make", "--clinic", CLINIC], 2, "--all"),
        (["make", "--all", CONDITION, "--clinic", CLINIC], 2, "--all"),
        (["make", CONDITION, "hip-flexor-strain", "--clinic", CLINIC, "-o", "a.pdf"], 2, "Name a folder"),
        (["make", CONDITION, "--clinic", CLINIC, "--exercise", "brigde"], 2, "Did you mean bridge"),
        (["make", CONDITION, "--clinic", CLINIC, "--exercise", "bridge:reps=x"], 2, "whole number"),
        (["make", CONDITION, "--clinic", CLINIC, "--date", "tomorrow"], 2, "2026-11-22"),
        (["make", CONDITION, "--clinic", CLINIC, "--language", "xx"], 2, "language"),
        (["make", CONDITION, "--clinic", CLINIC, "--library", "nowhere"], 2, "nowhere"),
        (["make", CONDITION, "--clinic", CLINIC, "--language", "de"], 2, "There is: en."),
        (["make", CONDITION, "--clinic", "exampel"], 2, "Did you mean example-clinic?"),
        (["make", "Hip bursitis", "--clinic", CLINIC], 2, f"Did you mean {CONDITION}"),
        (["packet", "Hip bursitis", "--clinic", CLINIC], 2, f"Did you mean {CONDITION}"),
        (["where", "hip bursitis"], 2, f"Did you mean {CONDITION}"),
        (["figure", "bridge", "-o", "-"], 2, "never written to stdout"),
        (["packet", "runing-hip", "--clinic", CLINIC], 2, "Did you mean"),
        (["packet", "running-hip", "--clinic", CLINIC, "--clinic", "x"], 2, "--clinic once"),
        (["where", "brigde"], 2, "Did you mean bridge"),
        (["audit", "nothing.pdf"], 2, "there is no file nothing.pdf"),
        (["check", "nothing.yaml"], 2, "there is no file nothing.yaml"),
        (["new", "condition", "Big Words"], 2, "cannot be an id"),
        (["new", "condition", CONDITION], 2, "already"),
        (["make", CONDITION, "--clinic", CLINIC, "--patient", "\U0001f9ff"], 4, ""),
    ],
)
def test_a_mistake_is_told_and_nothing_written(capsys, elsewhere, words, code, told):
    """a mistake has its exit code and a sentence, no traceback, and leaves no file."""
    assert main(words) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert told in err
    assert "Traceback" not in err
    assert files(elsewhere) == []


@pytest.mark.parametrize("words", [[], ["mak"], ["list"], ["list", "things"], ["make", "--papr", "a4"]])
def test_wrong_words(capsys, words):
    """words that are no command line end with exit code 2, usage and what is wrong."""
    with pytest.raises(SystemExit) as end:
        main(words)
    assert end.value.code == 2
    assert "usage: handouts" in capsys.readouterr().err


def test_one_refusal_writes_none_of_several(capsys, elsewhere):
    """where one of several handouts is refused, all refusals are told once and none is written."""
    words = [CONDITION, "hip-flexor-strain", "--clinic", CLINIC, "--patient", "\U0001f9ff"]
    assert main(["make", *words]) == 4
    err = capsys.readouterr().err
    assert err.count("refused") == 2
    assert files(elsewhere) == []


def test_a_name_is_in_no_error(capsys):
    """a patient's name that cannot be printed is not told, only what is wrong with it."""
    assert main(["make", CONDITION, "--clinic", CLINIC, "--patient", "Private Person \U0001f9ff"]) == 4
    assert "Private" not in capsys.readouterr().err


def test_an_unwritable_folder(capsys, elsewhere):
    """a place that cannot be written is exit code 6, and nothing is left."""
    (elsewhere / "file").write_bytes(b"")
    assert main(["make", CONDITION, "--clinic", CLINIC, "-o", "file/a.pdf"]) == 6
    assert "cannot write" in capsys.readouterr().err
    assert files(elsewhere) == ["file"]


def test_audit_finds(capsys, elsewhere):
    """a defect is a line and exit code 5, whichever file has it."""
    assert main(["make", CONDITION, "--clinic", CLINIC, "-o", "good.pdf", "--date", DAY]) == 0
    with pikepdf.open("good.pdf") as pdf:
        del pdf.Root.Lang
        pdf.save("bad.pdf")
    (elsewhere / "none.pdf").write_bytes(b"no PDF")
    capsys.readouterr()
    assert main(["audit", "good.pdf", "bad.pdf", "none.pdf"]) == 5
    out, err = capsys.readouterr()
    defects = [line for line in out.splitlines() if ": warning: " not in line]
    assert {line.partition(":")[0] for line in defects} == {"bad.pdf", "none.pdf"}
    assert "1 of 3 passed" in err


def test_where(capsys):
    """each part of a condition is told with a file that there is."""
    assert main(["where", CONDITION, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {"condition", "template", "exercise", "shared"} <= {entry["part"] for entry in found}
    assert all(Path(entry["file"]).is_file() for entry in found)
    assert main(["where", CONDITION]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(found)


def test_where_an_overlay_is(capsys, elsewhere):
    """what a clinic's own folder replaces is told to come from there."""
    assert main(["new", "clinic", "my-clinic", "--library", "own"]) == 0
    capsys.readouterr()
    assert main(["where", "my-clinic", "--library", "own"]) == 0
    assert capsys.readouterr().out.split() == [
        "clinic",
        "my-clinic",
        "own/data/clinics/my-clinic/clinic.yaml",
    ]


def test_check(capsys):
    """the bundled content has no problem, and no warning either."""
    assert main(["check", "--strict"]) == 0
    assert capsys.readouterr() == ("", "no problems, no warnings.\n")


@pytest.mark.parametrize("kind", ["condition", "exercise", "clinic"])
def test_new_passes_check(capsys, elsewhere, kind):
    """what `new` writes has no problem, and is not written over."""
    assert main(["new", kind, f"my-{kind}", "--library", "own"]) == 0
    out, err = capsys.readouterr()
    path = elsewhere / out.strip()
    assert f"Change every CHANGE ME in an editor, then: handouts check {out.strip()} --library own" in err
    assert "@" not in path.read_text(encoding="utf-8").replace("hello@", "")
    assert main(["check", str(path), "--library", "own"]) == 0
    text = path.read_text(encoding="utf-8")
    assert main(["new", kind, f"my-{kind}", "--library", "own"]) == 2
    assert path.read_text(encoding="utf-8") == text


def changed(path: Path) -> None:
    """Write something for every CHANGE ME of a starter."""
    text = path.read_text(encoding="utf-8").replace("CHANGE ME", "Written")
    path.write_text(text, encoding="utf-8")


def test_new_is_printable(capsys, elsewhere):
    """a condition and a clinic that `new` wrote make a handout once every CHANGE ME is changed."""
    for kind in ("condition", "clinic"):
        assert main(["new", kind, f"my-{kind}", "--library", "own"]) == 0
        changed(Path(capsys.readouterr().out.strip()))
    assert main(["make", "my-condition", "--clinic", "my-clinic", "--library", "own", "-o", "a.pdf"]) == 0


@pytest.mark.parametrize("kind", ["condition", "exercise", "clinic"])
@pytest.mark.parametrize("command", ["make", "packet"])
def test_nothing_unfinished_is_printed(capsys, elsewhere, command, kind):
    """a starter whose CHANGE ME is not changed is a warning for `check`, and refused by all that prints."""
    assert main(["new", kind, f"my-{kind}", "--library", "own"]) == 0
    path = Path(capsys.readouterr().out.strip())
    assert main(["check", str(path), "--library", "own"]) == 0
    warnings = capsys.readouterr().out.splitlines()
    assert len(warnings) == path.read_text(encoding="utf-8").count("CHANGE ME") > 0
    assert all(re.match(rf"{re.escape(str(path))}:\d+:\d+: warning: CHANGE ME ", line) for line in warnings)
    condition = "my-condition" if kind == "condition" else CONDITION
    clinic = "my-clinic" if kind == "clinic" else CLINIC
    words = [command, condition, "--clinic", clinic, "--library", "own"]
    if kind == "exercise":
        words += ["--exercise", "my-exercise"]
    assert main(words) == 4
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [line.replace("warning: ", "") for line in warnings]
    assert files(elsewhere) == [str(path)]
    changed(path)
    assert main([*words, "-o", "a.pdf"]) == 0


def test_a_clinics_unfinished_words_and_packets_are_refused(capsys, elsewhere):
    """CHANGE ME in a packet or in what all sheets print is refused as well."""
    for name, text in {
        "packets/mine.yaml": f'id: mine\ntitle: "CHANGE ME"\nconditions: [{CONDITION}]\n',
        "words/en.yaml": 'language: en\nwords:\n  for_whom: "CHANGE\n    ME"\n',
    }.items():
        file = elsewhere / "own" / "data" / name
        file.parent.mkdir(parents=True)
        file.write_text(text, encoding="utf-8")
    assert main(["packet", "mine", "--clinic", CLINIC, "--library", "own"]) == 4
    err = capsys.readouterr().err
    assert "own/data/packets/mine.yaml:2:9: CHANGE ME" in err
    assert "own/data/words/en.yaml:3:14: CHANGE ME" in err


def test_new_twice(capsys, elsewhere):
    """a second `new` of one id says that the file is the clinic's own, and not to copy it."""
    assert main(["new", "clinic", "my-clinic", "--library", "own"]) == 0
    assert main(["new", "clinic", "my-clinic", "--library", "own"]) == 2
    err = capsys.readouterr().err
    assert "It is your own" in err
    assert "Copy" not in err


def test_check_names_the_library_to_give(capsys, elsewhere):
    """a folder, or a file of another library, is answered with the words that check it."""
    assert main(["new", "clinic", "my-clinic", "--library", "own"]) == 0
    path = capsys.readouterr().out.strip()
    assert main(["check", "own"]) == 2
    assert "handouts check --library own\n" in capsys.readouterr().err
    assert main(["check", path]) == 2
    assert f"handouts check {path} --library own\n" in capsys.readouterr().err


def test_many_exercises_are_told(capsys, elsewhere):
    """more exercises than a patient keeps up are printed, with a warning."""
    names = Library().condition(CONDITION)
    chosen = dict.fromkeys((*names.exercises.all(), *names.more_exercises.all()))
    words = [word for name in list(chosen)[:7] for word in ("--exercise", name)]
    assert main(["make", CONDITION, "--clinic", CLINIC, *words]) == 0
    assert "warning: 7 exercises" in capsys.readouterr().err
    assert main(["make", CONDITION, "--clinic", CLINIC, *words[:-2]]) == 0
    assert "warning" not in capsys.readouterr().err


def test_a_templates_fault_ends_in_one_stop(capsys, elsewhere):
    """a fault of a template that Jinja tells as a sentence has one full stop."""
    templates = elsewhere / "own" / "templates"
    templates.mkdir(parents=True)
    (templates / "handout.html.j2").write_text("{% block a %}{% nonsense %}", encoding="utf-8")
    assert main(["make", CONDITION, "--clinic", CLINIC, "--library", "own"]) == 4
    err = capsys.readouterr().err
    assert "nonsense" in err
    assert ".." not in err


def test_check_tells(capsys, elsewhere):
    """a problem is a line with file, line and column, and JSON holds the same; exit code 4."""
    assert main(["new", "clinic", "my-clinic", "--library", "own"]) == 0
    path = Path(capsys.readouterr().out.strip())
    changed(path)
    path.write_text(path.read_text(encoding="utf-8") + "nmae: x\n", encoding="utf-8")
    assert main(["check", "--library", "own"]) == 4
    out = capsys.readouterr().out
    assert "clinic.yaml:" in out
    assert main(["check", "--library", "own", "--json"]) == 4
    told = json.loads(capsys.readouterr().out)
    assert told["passed"] is False
    (error,) = [problem for problem in told["problems"] if problem["severity"] == "error"]
    assert error["line"] > 1


def test_a_bug_is_confessed(capsys, monkeypatch):
    """an error that nobody meant is exit code 70, with a traceback only with -v, and never with a name."""
    name = "Private Person"

    def broken(_args):
        raise RuntimeError(name)

    monkeypatch.setattr(make, "run", broken)
    assert main(["make", CONDITION]) == 70
    err = capsys.readouterr().err
    assert "bug in handouts" in err
    assert "Private" not in err
    assert "Traceback" not in err
    assert main(["make", CONDITION, "-v"]) == 70
    assert "RuntimeError: Private Person" in capsys.readouterr().err
    assert main(["make", CONDITION, "-v", "--patient", name]) == 70
    err = capsys.readouterr().err
    assert "in broken" in err
    assert "Private" not in err


def test_stopped_by_hand(capsys, monkeypatch):
    """a run that is stopped says so and ends with 130."""

    def stop(_args):
        raise KeyboardInterrupt

    monkeypatch.setattr(make, "run", stop)
    assert main(["make", CONDITION]) == 130
    assert capsys.readouterr().err == "handouts: stopped.\n"
