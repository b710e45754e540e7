from __future__ import annotations

from dataclasses import replace

import pytest

from handouts import compose, document, markup
from handouts.compose.personal import Personal, filled, personal
from handouts.document import Cell, Document, Group, ListBlock, ListItem, Paragraph, Run, Table
from handouts.errors import UsageError

NAMES = {"patient": "Ann Doe", "clinician": "Kim Lee", "date": "Monday"}
OWN = Personal(NAMES, ("Go slow.", "Call me."))
EMPTY = (Run("For: "), Run("", strong=True, slot="patient"))
FULL = (Run("For: "), Run("Ann Doe", strong=True, slot="patient"))
NOTE = Paragraph((Run("", slot="note"),), "lead")
LINES = tuple(Paragraph((Run(line, slot="note"),), "lead") for line in OWN.note)


def fill(*blocks, own=OWN):
    return filled(Document("T", "en", blocks), own).blocks


def test_slots_are_filled_wherever_they_stand():
    """a slot in a paragraph, a list within a list, a cell or a group gets its text and keeps its looks."""
    inner = ListBlock((ListItem(EMPTY),))
    blocks = (
        Paragraph(EMPTY),
        Group((Group((Paragraph(EMPTY),)),)),
        ListBlock((ListItem((Run("a"),), inner),)),
        Table(((Cell((EMPTY, EMPTY)),),), ((Cell((EMPTY,)),),)),
    )
    assert fill(*blocks) == (
        Paragraph(FULL),
        Group((Group((Paragraph(FULL),)),)),
        ListBlock((ListItem((Run("a"),), ListBlock((ListItem(FULL),))),)),
        Table(((Cell((FULL, FULL)),),), ((Cell((FULL,)),),)),
    )


def test_a_note_is_a_paragraph_for_each_line():
    """the lines of a note keep the look of their place; side by side they stay one block."""
    assert fill(NOTE, Paragraph(EMPTY)) == (*LINES, Paragraph(FULL))
    row = Group((NOTE, Paragraph(EMPTY)), layout="row", widths=(50, 0))
    assert fill(row) == (replace(row, blocks=(Group(LINES), Paragraph(FULL))),)
    assert fill(row, own=Personal(NAMES, ("Go.",)))[0].blocks[0] == Paragraph(
        (Run("Go.", slot="note"),), "lead"
    )


def test_an_empty_slot_is_a_place_to_write(order):
    """without a name or a note, their places stay."""
    own = personal(order, "Monday")
    assert fill(Paragraph(EMPTY), NOTE, own=own) == (Paragraph(EMPTY), NOTE)


def test_white_space_is_folded(order):
    """blanks and line ends in a name are one blank; lines of a note that say nothing are left out."""
    own = personal(replace(order, patient=" Ann \n\tDoe ", note=" a  b\r\n\x0b\n \nc\rd\u00a0e"), "Monday")
    assert own.slots["patient"] == "Ann Doe"
    assert own.note == ("a b", "c", "d\u00a0e")


def test_what_is_personal_is_never_shown(order):
    """what a log or a traceback shows of these values holds no name and no note."""
    own = personal(replace(order, patient="Ann Doe", clinician="Kim Lee", note="Go slow."), "Monday")
    shown = repr(own) + repr(compose.Markup("", "a", personal=own))
    assert not any(part in shown for part in ("Ann", "Kim", "Go slow"))


@pytest.mark.parametrize(("part", "most"), [("patient", 200), ("clinician", 200), ("note", 20_000)])
def test_names_and_notes_have_a_longest_length(shelf, clinic, order, part, most):
    """what no sheet has room for is refused before anything is made, and not repeated."""
    longest = replace(order, **{part: "Xy" * (most // 2)})
    made = compose.handout(shelf, shelf.condition("sore-hip"), clinic, longest)
    assert "Xy" * (most // 2) in document.text(compose.finished(made, markup.parse(made.text)))
    too_long = replace(order, **{part: "Xy" * (most // 2) + "z"})
    for attempt in (
        lambda: compose.handout(shelf, shelf.condition("sore-hip"), clinic, too_long),
        lambda: compose.cover(shelf, "Packet", [], clinic, too_long),
    ):
        with pytest.raises(UsageError, match=f"has {most + 1} characters, more than {most}") as caught:
            attempt()
        assert "Xy" not in str(caught.value)


def test_no_template_sees_a_name(shelf, clinic, order):
    """what a template has written holds neither a name nor the note, not even where they are printed."""
    wish = replace(order, patient="Ann Doe", clinician="Kim Lee", note="Go slow.", cleared=("bone-stress",))
    stress = shelf.condition("sore-hip").model_copy(update={"regions": ["groin-front"]})
    entries = [compose.CoverEntry("Hip", "hip", 2, 3)]
    for made in (
        compose.handout(shelf, stress, clinic, wish),
        compose.cover(shelf, "Packet", entries, clinic, wish),
    ):
        assert not any(part in made.text for part in ("Ann", "Kim", "Go slow", "2026-"))
        text = document.text(compose.finished(made, markup.parse(made.text)))
        assert all(part in text for part in ("Ann Doe", "Kim Lee", "Go slow.", "November 22, 2026"))
