"""Files of anyone's joined for other programs, and on the command line."""

from __future__ import annotations

import io
import json

import page
import pikepdf
import pytest

from handouts import Source, merge_files
from handouts.audit import audit
from handouts.cli import main, unlocking
from handouts.errors import ForeignError, UsageError


@pytest.fixture(scope="module")
def untagged(tools, own):
    """Return a sheet of ours from which the tags were cut, as some printers' drivers do."""
    with pikepdf.open(io.BytesIO(own[0])) as pdf:
        del pdf.Root.StructTreeRoot, pdf.Root.MarkInfo, pdf.Root.Metadata
        for one in pdf.pages:
            del one.obj.StructParents
        return tools.saved(pdf)


@pytest.fixture(scope="module")
def locked(tools):
    with pikepdf.open(io.BytesIO(tools.small("Locked"))) as pdf:
        out = io.BytesIO()
        pdf.save(out, encryption=pikepdf.Encryption(user="open sesame", owner="x"))
        return out.getvalue()


def test_our_sheets_keep_their_claims(tools, own, tmp_path):
    """sheets of ours are opened like any file, and the whole claims what it keeps."""
    whole = merge_files([Source(pdf, f"{n}.pdf") for n, pdf in enumerate(own)], day=tools.day)
    assert whole.claims == {"ua1", "a2a"}
    assert audit(whole.pdf, claims=("ua1", "a2a")) == ()
    (tmp_path / "whole.pdf").write_bytes(whole.pdf)
    for profile in page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A:
        report = page.validate_pdf(tmp_path / "whole.pdf", profile=profile)
        assert [failure.rule_id for failure in report.failures] == []
    with pikepdf.open(io.BytesIO(whole.pdf)) as pdf:
        title = str(pdf.docinfo.Title)
        assert title.count(", ") >= 1
        assert title.startswith(str(pdf.Root.Outlines.First.Title))


def test_an_untagged_file_with_a_text_keeps_the_claim(tools, own, untagged, tmp_path):
    """pages that became pictures with a text keep PDF/UA where nothing else is against it."""
    sources = [Source(own[1], "sheet.pdf"), Source(untagged, "map.pdf", alt="The way to us")]
    whole = merge_files(sources, day=tools.day)
    assert whole.claims == {"ua1"}
    (tmp_path / "whole.pdf").write_bytes(whole.pdf)
    report = page.validate_pdf(tmp_path / "whole.pdf", profile=page.ValidationProfile.PDF_UA_1)
    assert [failure.rule_id for failure in report.failures] == []
    assert tools.pictures(whole.pdf) == [*tools.pictures(own[1]), *tools.pictures(untagged)]
    assert [note for note in whole.notes if "read aloud as a picture" in note]


def test_an_untagged_file_without_a_text_does_not(tools, own, untagged):
    """a file without tags and text withdraws all claims, and that is told with its name."""
    whole = merge_files([Source(own[1], "sheet.pdf"), Source(untagged, "map.pdf")], day=tools.day)
    assert whole.claims == frozenset()
    assert [one.file for one in whole.told if "does not claim to be accessible" in one.sentence] == [
        "map.pdf"
    ]


def test_what_a_file_says_of_itself_counts_for_nothing(tools):
    """a file that claims PDF/UA but is not accessible does not make the whole claim it."""

    def claim(pdf):
        with pdf.open_metadata() as xmp:
            xmp["pdfuaid:part"] = "1"

    liar = tools.small("One", change=claim)
    whole = merge_files([Source(liar, "one.pdf")], day=tools.day)
    assert whole.claims == frozenset()


def test_a_claim_that_the_whole_refutes_is_withdrawn(tools, own, monkeypatch):
    """where our audit refutes of the whole what it found true of each part, the whole claims less."""
    judged = []

    def earned(pdf):
        judged.append(pdf)
        return frozenset({"ua1", "a2a"} if len(judged) < 3 else {"a2a"})

    monkeypatch.setattr("handouts.audit.earned", earned)
    whole = merge_files([Source(pdf, f"{n}.pdf") for n, pdf in enumerate(own)], day=tools.day)
    assert whole.claims == {"a2a"}
    assert b"pdfuaid:part" not in pikepdf.open(io.BytesIO(whole.pdf)).Root.Metadata.read_bytes()
    assert len(judged) == 3


def test_a_text_for_a_tagged_file_is_not_used(tools, own):
    """tags say more than one sentence; the giver is told."""
    whole = merge_files([Source(own[0], "a.pdf", alt="A sheet")], day=tools.day)
    assert whole.claims == {"ua1", "a2a"}
    assert any("is not used" in note for note in whole.notes)


def test_every_file_that_cannot_be_used_is_told(tools, locked):
    """all files are looked at before any is refused."""
    sources = [Source(b"no PDF", "a.pdf"), Source(tools.small("One"), "b.pdf"), Source(locked, "c.pdf")]
    with pytest.raises(ExceptionGroup) as group:
        merge_files(sources, day=tools.day)
    assert [error.where for error in group.value.exceptions] == ["a.pdf", "c.pdf"]
    with pytest.raises(ForeignError, match=r"c\.pdf"):
        merge_files(sources[1:], day=tools.day)
    with pytest.raises(UsageError):
        merge_files([], day=tools.day)


def test_a_password_is_never_shown():
    """a source that is printed by mistake does not give its password away."""
    assert "sesame" not in repr(Source(b"", "a.pdf", "open sesame"))


@pytest.fixture
def folder(tmp_path, monkeypatch, tools, own, untagged, locked):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    monkeypatch.delenv(unlocking.VARIABLE, raising=False)
    small = tools.small("One")
    for name, pdf in {"a.pdf": small, "sheet.pdf": own[0], "map.pdf": untagged, "locked.pdf": locked}.items():
        (tmp_path / name).write_bytes(pdf)
    (tmp_path / "secret.txt").write_text("open sesame\n")
    return tmp_path


def test_the_command(folder, capsys):
    """the path is on stdout, what must be known of the file on stderr, and two runs give the same bytes."""
    words = ["merge", "sheet.pdf", "map.pdf", "--alt", "map.pdf=The way to us", "--title", "Visit"]
    assert main([*words, "-o", "there/visit.pdf"]) == 0
    out, err = capsys.readouterr()
    assert out == "there/visit.pdf\n"
    assert "map.pdf: warning: It has no tags: each page is read aloud as a picture" in err
    assert err.endswith("claims PDF/UA-1.\n")
    with pikepdf.open("there/visit.pdf") as pdf:
        assert str(pdf.docinfo.Title) == "Visit"
        assert str(pdf.Root.Lang) == "en"
        assert f"visit.pdf: {len(pdf.pages)} pages" in err
    for name in ("one.pdf", "two.pdf"):
        assert main(["merge", "a.pdf", "a.pdf", "-o", name]) == 0
    assert (folder / "one.pdf").read_bytes() == (folder / "two.pdf").read_bytes()


def test_the_command_in_json(folder, capsys):
    """with --json there is one document, with the claims and all that is told."""
    assert main(["merge", "a.pdf", "a.pdf", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["path"], told["pages"], told["claims"]) == ("output/merged.pdf", 4, [])
    assert {"file", "sentence"} == set(told["told"][0])


@pytest.mark.parametrize("way", ["file", "environment", "prompt"])
def test_passwords_come_in_three_ways(folder, monkeypatch, way):
    """the password of a locked file comes from a file, the environment, or whoever sits there."""
    words = ["merge", "a.pdf", "locked.pdf", "-o", "whole.pdf"]
    if way == "file":
        words += ["--password-file", "locked.pdf=secret.txt"]
    elif way == "environment":
        monkeypatch.setenv(unlocking.VARIABLE, "open sesame")
    else:
        monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
        monkeypatch.setattr(unlocking, "getpass", lambda words: "open sesame")
    assert main(words) == 0
    with pikepdf.open("whole.pdf") as pdf:
        assert len(pdf.pages) == 4


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["locked.pdf"], 4, "locked.pdf"),
        (["nowhere.pdf"], 2, "nowhere.pdf"),
        (["a.pdf", "--alt", "b.pdf=x"], 2, "b.pdf"),
        (["a.pdf", "--password-file", "b.pdf=secret.txt"], 2, "b.pdf"),
        (["a.pdf", "--password-file", "a.pdf"], 2, "--password-file"),
        (["secret.txt"], 4, "secret.txt"),
    ],
)
def test_mistakes_are_told(folder, capsys, words, code, said):
    """a file that is not there, not open, or not meant, ends with a sentence and nothing written."""
    assert main(["merge", *words, "-o", "whole.pdf"]) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert not (folder / "whole.pdf").exists()
