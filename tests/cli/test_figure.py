"""``handouts figure``: one drawing as SVG, PDF or PNG, or every fault of its pose."""

from __future__ import annotations

import sys
from xml.etree import ElementTree as ET

import pytest

from handouts.cli import main


@pytest.mark.parametrize(("ending", "start"), [("svg", b"<svg "), ("pdf", b"%PDF-1.7"), ("png", b"\x89PNG")])
def test_a_drawing_is_written(tmp_path, capsys, ending, start):
    """the ending of the name says what is written, and the path is the one result."""
    target = tmp_path / f"bridge.{ending}"
    assert main(["figure", "bridge", "-o", str(target)]) == 0
    assert target.read_bytes().startswith(start)
    assert capsys.readouterr().out == f"{target}\n"


def test_a_folder_gets_an_svg_with_title_and_description(tmp_path):
    """without an ending the drawing is an SVG, named after the exercise."""
    assert main(["figure", "squat", "-o", str(tmp_path)]) == 0
    root = ET.parse(tmp_path / "squat.svg").getroot()  # noqa: S314 - our own file
    title, description = root[0], root[1]
    assert title.text == "Squat"
    assert description.text.startswith("A person")


def test_side_and_ink_change_it(tmp_path):
    """another side and another ink give another drawing."""
    drawings = set()
    for side in ("left", "right"):
        for ink in ("colour", "grey", "black"):
            target = tmp_path / f"{side}-{ink}.svg"
            assert main(["figure", "clamshell", "--side", side, "--ink", ink, "-o", str(target)]) == 0
            drawings.add(target.read_bytes())
    assert len(drawings) == 6


def test_a_file_of_ones_own(tmp_path):
    """a file that holds only a pose is drawn, before it is part of any exercise."""
    draft = tmp_path / "draft.yaml"
    draft.write_text("end:\n  root: [0, 91.5]\n  legs: {near: {plant: [0, 0]}, far: {plant: [3, 0]}}\n")
    assert main(["figure", str(draft), "-o", str(tmp_path / "x.svg")]) == 0
    assert (tmp_path / "x.svg").is_file()


def test_a_fault_is_told_and_nothing_written(tmp_path, capsys):
    """an impossible pose ends with code 4, the place, and no file."""
    draft = tmp_path / "draft.yaml"
    draft.write_text("pose:\n  end:\n    legs: {near: {knee: 170}}\n")
    assert main(["figure", str(draft), "-o", str(tmp_path / "x.svg")]) == 4
    assert f"{draft}:3:19: in the drawing, the near knee is at 170 degrees." in capsys.readouterr().err
    assert not (tmp_path / "x.svg").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["no-such-exercise"], "there is no exercise"),
        (["bridge", "-o", "bridge.jpg"], "End it in .svg, .pdf or .png."),
        (["missing.yaml"], "cannot read missing.yaml"),
    ],
)
def test_wrong_words(words, said, capsys, tmp_path, monkeypatch):
    """what makes no sense is told with code 2."""
    monkeypatch.chdir(tmp_path)
    assert main(["figure", *words]) == 2
    assert said in capsys.readouterr().err


def test_a_png_needs_a_package(tmp_path, capsys, monkeypatch):
    """without the rasteriser a PNG is refused with what to do; nothing else needs it."""
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    assert main(["figure", "bridge", "-o", str(tmp_path / "x.png")]) == 6
    assert "write an .svg or .pdf" in capsys.readouterr().err
    assert main(["figure", "bridge", "-o", str(tmp_path / "x.pdf")]) == 0
