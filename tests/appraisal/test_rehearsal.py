from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest

from handouts.appraisal.rehearsal import rehearsal_problems
from handouts.cli import main
from handouts.content.check import check
from handouts.content.library import Library
from handouts.content.places import Places


@pytest.fixture
def own(tmp_path):
    """Return a function that writes files into a clinic's own folder, and the problems found in it."""

    def problems(files):
        for name, data in files.items():
            path = tmp_path / "own" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data if isinstance(data, bytes) else data.encode())
        library = Library(Places(overlay=tmp_path / "own"))
        assert not any(problem.file.endswith((".png", ".yaml")) for problem in check(library))
        found = rehearsal_problems(library)
        return [(one.file.removeprefix(f"{tmp_path}/own/"), one.line, one.sentence) for one in found]

    return problems


def chunk(name, body):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def test_every_template_and_logo_is_tried(own):
    """templates that nothing uses, a cover, a part for a note and a picture are told in their files, once."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 2, 8, 0, 0, 0, 0))
    pictured = b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", b"no samples") + chunk(b"IEND", b"")
    clinic = (
        "# yaml-language-server: $schema=../../schema/clinic.json\n"
        "id: ours\nname: Our clinic\nemergency_number: '911'\ncolours: {accent: '#2c6448'}\n"
        "logo: {file: logo.png, alt: Our logo}\n"
    )
    assert own(
        {
            "data/clinics/ours/clinic.yaml": clinic,
            "data/clinics/ours/logo.png": pictured,
            "templates/parts/unused.html.j2": "<p>\n{% if %}",
            "templates/parts/note.html.j2": "{% if has_note %}\n<p>{{ note }}</p>{% endif %}",
            "templates/parts/running.html.j2": "<p>\n<blink>x</blink></p>",
            "templates/packet-cover.html.j2": '<article lang="en" title="t" id="a"><h2>x</h2></article>',
        }
    ) == [
        ("data/clinics/ours/logo.png", 0, "the logo cannot be read."),
        ("templates/packet-cover.html.j2", 1, "<h2> is the first heading."),
        ("templates/parts/note.html.j2", 2, "'note' is undefined."),
        ("templates/parts/running.html.j2", 2, "<blink> is not a tag that a handout knows."),
        ("templates/parts/unused.html.j2", 2, "Expected an expression, got 'end of statement block'."),
    ]


def test_the_check_tells_a_left_out_sign(tmp_path, capsys, monkeypatch):
    """what would keep a handout from being made fails the check, in the template's file and once."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own" / "templates" / "parts").mkdir(parents=True)
    (tmp_path / "own" / "templates" / "parts" / "help.html.j2").write_text("<p>Take care.</p>")
    assert main(["check", "--library", "own"]) == 4
    told = [line for line in capsys.readouterr().out.splitlines() if "leaves out warning signs" in line]
    assert [Path(line.partition(": ")[0]).name for line in told] == ["handout.html.j2", "referral.html.j2"]


def test_what_is_shipped_has_no_such_fault():
    """the bundled templates compose every bundled condition, and the bundled logos can be drawn."""
    assert rehearsal_problems(Library()) == ()
