"""Text broken into lines."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.document import Run
from handouts.errors import UnprintableError
from handouts.typeset import fonts
from handouts.typeset.lines import break_lines, line_width
from handouts.typeset.styles import Style

STYLE = Style(12, 16)
PRINTABLE = sorted(fonts.face("regular").characters | {"Ż", "Č", "β", "Ж", " ", "\n", "\t"})
text = st.text(st.sampled_from([c for c in PRINTABLE if c.isprintable() or c in "\n\t"]), max_size=300)


def said(lines):
    return "".join(piece.text for line in lines for piece in line)


@given(st.lists(st.tuples(text, st.booleans()), max_size=5), st.integers(5, 500))
@settings(max_examples=600, deadline=None)
def test_any_text_is_exact(parts, width):
    """no letter is lost, changed or glued, whatever the text and the width."""
    runs = tuple(Run(words, strong=strong) for words, strong in parts)
    given = "".join(fonts.folded(words) for words, _ in parts)
    expected = " ".join(part for part in given.split(" ") if part)
    assert said(break_lines(runs, STYLE, width)) == expected


def test_every_line_but_the_last_ends_in_a_space():
    """words stay apart when lines are read one after the other."""
    lines = break_lines((Run("one two three four five six seven"),), STYLE, 60)
    assert len(lines) > 3
    assert all(line[-1].text.endswith(" ") for line in lines[:-1])
    assert not lines[-1][-1].text.endswith(" ")


def test_lines_fit():
    """no line is wider than its room."""
    lines = break_lines((Run("Take the pressure off it, then make it strong again. " * 20),), STYLE, 200)
    assert max(line_width(line, STYLE) for line in lines) <= 200


def test_a_word_longer_than_a_line_is_cut_without_a_space():
    """a word that has to be cut is still one word when read."""
    lines = break_lines((Run("x" * 200),), STYLE, 100)
    assert len(lines) > 5
    assert said(lines) == "x" * 200


def test_a_letter_that_the_first_font_lacks_comes_from_the_second():
    """names in Polish, Greek or Russian are printed whole."""
    (line,) = break_lines((Run("Zoë Żółć Жанна"),), STYLE, 500)
    assert {piece.face.name for piece in line} == {"regular", "fallback"}


@pytest.mark.parametrize(
    ("character", "named"),
    [("😀", "U+1F600"), ("\x07", "U+0007"), ("中", "U+4E2D"), ("ש", "U+05E9"), ("\u202e", "U+202E")],
)
def test_a_character_that_no_font_has_is_named(character, named):
    """what can't be printed is refused by name, without the text around it."""
    with pytest.raises(UnprintableError) as refusal:
        break_lines((Run(f"Ann Secret {character}"),), STYLE, 500)
    assert named in str(refusal.value)
    assert "Secret" not in str(refusal.value)


def test_a_no_break_space_keeps_words_together():
    """'10 times' is not parted where the writer forbids it."""
    lines = break_lines((Run("aaaa aaaa 10\u00a0times"),), STYLE, 75)
    assert "10\u00a0times" in [piece.text.strip(" ") for line in lines for piece in line]


def test_a_long_name_is_cut_where_it_has_a_seam():
    """a double name that is wider than its room is cut after the hyphen."""
    lines = break_lines((Run("Konstantinopoulou-Featherstonehaugh"),), STYLE, 150)
    assert next(piece.text for line in lines for piece in line) == "Konstantinopoulou-"
    assert said(lines) == "Konstantinopoulou-Featherstonehaugh"
