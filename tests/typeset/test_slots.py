"""Slots: words set alone look as they do when the whole line is set."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.document import Run
from handouts.typeset import fonts
from handouts.typeset.lines import break_lines, line_width, show
from handouts.typeset.slots import Slot, is_wide
from handouts.typeset.styles import Style

STYLE = Style(11, 14)
LETTERS = {name: fonts.face(name).characters for name in fonts.FILES}
# As an order's words come: no blank at the ends, and never two together.
names = st.text(st.sampled_from(sorted(LETTERS["regular"] | {"Ж", "ễ"})), max_size=40).map(
    lambda text: " ".join(filter(None, text.split(" ")))
)


def slot(room, lines=1, *, strong=False):
    return Slot(Run("", strong=strong, slot="patient"), STYLE, "#000000", room, lines)


@given(names, st.floats(20, 300), st.booleans())
@settings(max_examples=400, deadline=None)
def test_words_behind_others_look_the_same(name, room, strong):
    """a name that is set alone has the operators that it has at the end of its line, or is refused."""
    prefix = Run("For: ")
    width = line_width(break_lines((prefix, Run("x")), STYLE, 1000)[0], STYLE) - fonts.face("regular").width(
        "x", STYLE.size
    )
    shown = slot(room, strong=strong).shown(name, LETTERS)
    whole = break_lines((prefix, Run(name, strong=strong, slot="patient")), STYLE, width + room)
    own = tuple(piece for line in whole for piece in line if piece.run == 1)
    if shown is not None:
        assert len(whole) == 1
        assert shown == [show(own, STYLE, "#000000")]
    elif len(whole) == 1 and own:
        assert line_width(whole[0], STYLE) > width + room - 0.1


@given(names, st.floats(20, 300), st.integers(1, 4))
@settings(max_examples=200, deadline=None)
def test_a_note_keeps_its_lines(note, room, lines):
    """a note alone has the lines that it has on its page; one of another number of lines is refused."""
    broken = break_lines((Run(note),), STYLE, room)
    shown = slot(room, lines).shown(note, LETTERS)
    if lines > 1 and len(broken) == lines:
        assert shown == [show(line, STYLE, "#000000") for line in broken]
    elif len(broken) != lines:
        assert shown is None


def test_a_letter_that_the_file_lacks_is_refused():
    """what is not embedded is never shown, be it in the usual font or in the one that stands in."""
    letters = {"regular": fonts.letters("regular", fonts.everyday("regular")), "bold": frozenset()}
    assert slot(500).shown("Zoe", letters)
    assert slot(500).shown("Zoë", letters) is None
    assert slot(500).shown("Ζωή", letters) is None
    assert slot(500, strong=True).shown("Zoe", letters) is None


def test_what_needs_more_letters_is_told():
    """ASCII is in every file; accents, also written as two characters, are not."""
    assert not is_wide("Ann (O'Neil)")
    assert is_wide("Zoë")
    assert is_wide("Zoe\u0308")
    assert is_wide("Ж")
