"""Drawings in a PDF: stored once, small, read back sound."""

from __future__ import annotations

import re
import zlib
from dataclasses import replace
from datetime import date
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from handouts import audit, figures
from handouts.content.library import Library
from handouts.order import INKS, Order
from handouts.pipeline import make_handout, make_packet
from handouts.typeset import Metadata, picture_file
from handouts.typeset.drawings import drawing_picture, operators

LIBRARY = Library()
DAY = date(2026, 11, 22)
PALETTE = figures.figure_palette("#14566b", "colour")
MOST_BYTES = 8192
"""What one drawing may add to a file; one of four moments may take half as much again."""


def drawing(exercise, ink="colour"):
    """Return an exercise's drawing."""
    palette = figures.figure_palette("#14566b", ink)
    return figures.draw_exercise(LIBRARY.pose(exercise), side="right", person="bun", palette=palette)


@pytest.mark.parametrize("ink", INKS)
@pytest.mark.parametrize("exercise", LIBRARY.ids("exercise"))
def test_a_drawing_is_small(exercise, ink):
    """no drawing makes a handout heavy."""
    frames = len(LIBRARY.pose(exercise).frames)
    most = MOST_BYTES * 1.5 if frames > 2 else MOST_BYTES
    assert 500 < len(drawing_picture(drawing(exercise, ink)).form) <= most


def test_operators_are_plain():
    """only path operators, colours, widths, dashes, clips and whole numbers are written."""
    words = set(operators(drawing("bridge")).replace("[", " ").replace("]", " ").split())
    names = {word for word in words if not re.fullmatch(r"-?[0-9.]+", word)}
    assert names <= {*"JjwdGgmlchSfBqQWn", "cm", "RG", "rg"}


def test_what_is_set_inside_a_clip_is_set_again_outside():
    """a viewer that forgets colours at Q, as it must, is told them anew."""
    ops = operators(drawing("dead-bug", "black"))
    opened = ops.count("q ") + ops.count("q\n")
    assert opened == len(re.findall(r"^Q$", ops, re.MULTILINE)) > 0
    width = None
    stack = []
    for line in ops.splitlines():
        if line.startswith("q "):
            stack.append(width)
        if line == "Q":
            width = stack.pop()
        found = re.findall(r"(\d+) w\b", line)
        width = found[-1] if found else width
        if re.search(r" [SB]$", line):
            assert width is not None


def test_a_drawing_used_twice_is_stored_once():
    """first-care icons that are alike, and a figure on cards of two sheets, are one object of the file."""
    both = ("trochanteric-bursitis", "gtps")
    made = make_packet(LIBRARY, "Two sheets", both, "example-clinic", Order(DAY))
    with pikepdf.open(BytesIO(made.pdf)) as pdf:
        forms = [
            thing.read_bytes()
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Form"
        ]
        shown = sum(len(re.findall(rb"/D[0-9A-F]{8} Do", page.Contents.read_bytes())) for page in pdf.pages)
    assert len(set(forms)) == len(forms)
    assert shown > len(forms) > 5


def test_a_side_changes_the_drawing():
    """a left sheet shows the left side."""
    sheets = {
        side: make_handout(LIBRARY, "trochanteric-bursitis", "example-clinic", Order(DAY, side=side)).pdf
        for side in ("left", "right")
    }
    assert sheets["left"] != sheets["right"]


def test_a_file_of_one_drawing_is_sound():
    """it passes the audit, is tagged, and shows the drawing."""
    pdf = picture_file(
        drawing("clamshell"), "A person lies on one side.", Metadata("Clamshell", "", "en", DAY)
    )
    assert not [defect for defect in audit.audit(pdf) if defect.severity == "defect"]
    assert pdf == picture_file(
        drawing("clamshell"), "A person lies on one side.", Metadata("Clamshell", "", "en", DAY)
    )
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=1, grayscale=True).to_pil()
    dark = sum(page.histogram()[:128]) / (page.width * page.height)
    assert 0.03 < dark < 0.4


def test_the_same_drawing_has_the_same_name():
    """a drawing is known by what it shows."""
    one = drawing_picture(drawing("bridge"))
    assert one.image == drawing_picture(replace(drawing("bridge"))).image
    assert one.image != drawing_picture(drawing("squat")).image
    assert zlib.decompress(one.form).decode() == operators(drawing("bridge"))
