"""docs/write-a-condition.md, followed step by step."""

from __future__ import annotations

import re
import shlex
import shutil
from datetime import date
from pathlib import Path

import pytest

from handouts.cli import main
from handouts.content.library import Library
from handouts.content.places import Places
from handouts.document import Figure, text, walk
from handouts.order import Order
from handouts.pipeline import compose_handout

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "write-a-condition.md").read_text(encoding="utf-8")
COMMANDS = [shlex.split(line)[1:] for line in re.findall(r"^    (handouts .*)$", PAGE, re.MULTILINE)]
EXCERPTS = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture
def elsewhere(tmp_path, monkeypatch) -> Path:
    """Work in an empty folder with nothing set."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HANDOUTS_LIBRARY", raising=False)
    return tmp_path


def test_the_steps_work(elsewhere, samples, capsys):
    """each command of the page works where it stands, and the last one makes the handout."""
    assert len(COMMANDS) == 5
    for words in COMMANDS:
        capsys.readouterr()
        assert main(words) == 0, words
        if words[0] == "new":
            # Here the reader opens the editor.
            (path,) = [Path(line) for line in capsys.readouterr().out.split()]
            shutil.copyfile(samples / "heel" / path.relative_to("my-folder"), path)
        if words[0] == "check":
            assert capsys.readouterr().err == "no problems, no warnings.\n"
    assert (elsewhere / "heel-pain.pdf").read_bytes().startswith(b"%PDF-1.7")


def test_the_page_shows_what_is_in_the_files(samples):
    """each excerpt of the page stands so in the files that its reader ends up with."""
    files = [path.read_text(encoding="utf-8") for path in (samples / "heel").rglob("*.yaml")]
    assert len(EXCERPTS) >= 6
    for excerpt in EXCERPTS:
        assert any(all(line in text for line in excerpt.splitlines()) for text in files), excerpt


def test_what_nobody_has_changed_is_told(elsewhere, capsys):
    """a file that `new` wrote says so in the check, line by line, until it is changed."""
    assert main(COMMANDS[0]) == 0
    path = capsys.readouterr().out.strip()
    assert main(["check", path, "--library", "my-folder"]) == 0
    assert capsys.readouterr().out.count("CHANGE ME still stands here") > 10
    assert main(["check", path, "--library", "my-folder", "--strict"]) == 4


def test_a_sheet_of_another_part_of_the_body(samples):
    """a condition outside the hip has no body map, and its side is that of its own part."""
    library = Library(Places(overlay=samples / "heel"))
    order = Order(date=date(2026, 11, 22), side="left")
    document = compose_handout(library, "plantar-heel-pain", library.clinic("example-clinic"), order)
    assert "your left heel" in text(document)
    sources = [block.source for block in walk(document.blocks) if isinstance(block, Figure)]
    assert sources
    assert not any(source.startswith("map:") for source in sources)
