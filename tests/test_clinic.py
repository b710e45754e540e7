"""A clinic's colours: what is read and what carries meaning can be seen."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.clinic import LINE_CONTRAST, TEXT_CONTRAST, contrast, line_contrasts, palette
from handouts.content.library import Library

INKS = ("colour", "grey", "black")
LIBRARY = Library()
ACCENTS = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)


@pytest.mark.parametrize("ink", INKS)
@given(accent=ACCENTS)
def test_lines_that_carry_meaning_can_be_seen(ink, accent):
    """whatever a clinic's colour, no line that somebody writes on, ticks or goes by is too pale."""
    found = line_contrasts(palette(accent, ink))
    assert len(found) >= 5
    assert {name: ratio for name, ratio in found.items() if ratio < LINE_CONTRAST} == {}


@given(accent=ACCENTS)
def test_text_can_be_read(accent):
    """whatever a clinic's colour, its headings stand out on white and on its tint."""
    made = palette(accent, "colour")
    for ground in ("#ffffff", made.tint):
        assert min(contrast(text, ground) for text in (made.ink, made.muted, made.brand)) >= TEXT_CONTRAST


def test_the_shipped_clinics_were_looked_at():
    """the colours of each shipped clinic pass on each kind of ink."""
    clinics = [LIBRARY.clinic(item) for item in LIBRARY.ids("clinic")]
    assert len(clinics) >= 4
    for clinic in clinics:
        for ink in INKS:
            assert min(line_contrasts(palette(clinic.accent, ink)).values()) >= LINE_CONTRAST


@pytest.mark.parametrize("part", ["rule", "alert", "brand"])
def test_a_pale_line_is_found(part):
    """a palette whose lines are too pale fails the check."""
    pale = replace(palette("#14566b", "colour"), **{part: "#b9c6cc"})
    assert min(line_contrasts(pale).values()) < LINE_CONTRAST
