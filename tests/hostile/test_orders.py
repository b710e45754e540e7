"""What people and programs may put into an order: printed exactly, or refused with a reason."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import replace
from datetime import date

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.content.library import Library
from handouts.document import text
from handouts.errors import HandoutError, UnprintableError
from handouts.order import Order
from handouts.pipeline import compose_handout, make_handout

LIBRARY = Library()
ORDER = Order(date(2026, 11, 22))
EXACT = {
    "markup": 'O<Brien> & "Sons" {{7*7}} {% x %}',
    "a source mark": "<?at handout.html.j2:1?>",
    "an end of things": "D'Arcy \\ (x) ]]> endstream EMC",
    "greek and cyrillic": "Ελένη Жанна Żółć",
    "a ligature": "ﬁne",
}
REFUSED = {
    "an emoji": ("Ann Secret 😀", "U+1F600"),
    "a control": ("Ann Secret \x07", "U+0007"),
    "nothing": ("Ann Secret \x00", "U+0000"),
    "right to left": ("Secret שרה", "U+05E9"),
    "turned round": ("Ann \u202eterceS", "U+202E"),
    "half a character": ("Secret \ud800", "U+D800"),
    "invisible": ("Sec\u200bret", "U+200B"),
    "lost by another program": ("Secret Z\ufffdak", "U+FFFD"),
}


LONG = {
    "long": "word " * 3999 + "word",
    "unbroken": "x" * 20_000,
}


@pytest.mark.parametrize("case", LONG)
def test_a_long_note_is_exact(case):
    """twenty thousand characters of a note are on the page, however they are written."""
    made = make_handout(LIBRARY, "trochanteric-bursitis", "example-clinic", replace(ORDER, note=LONG[case]))
    assert made.pages >= 9


@pytest.mark.parametrize("case", LONG)
def test_a_name_that_pushes_the_warning_signs_away_is_refused(case):
    """a name of twenty thousand characters is nobody's: it would move get help off the first page."""
    order = replace(ORDER, patient=LONG[case])
    with pytest.raises(HandoutError) as refusal:
        make_handout(LIBRARY, "trochanteric-bursitis", "example-clinic", order)
    assert refusal.value.exit_code in {2, 4}
    assert LONG[case][:50] not in str(refusal.value)


@pytest.mark.parametrize("field", ["patient", "note"])
@pytest.mark.parametrize("case", EXACT)
def test_odd_text_is_exact(field, case):
    """the words of an order are on the page letter by letter; the audit has read them back."""
    order = replace(ORDER, **{field: EXACT[case]})
    document = compose_handout(LIBRARY, "trochanteric-bursitis", LIBRARY.clinic("example-clinic"), order)
    assert EXACT[case] in text(document)
    assert make_handout(LIBRARY, "trochanteric-bursitis", "example-clinic", order).pages >= 6


@pytest.mark.parametrize("field", ["patient", "note"])
@pytest.mark.parametrize("case", REFUSED)
def test_what_no_font_has_is_refused(field, case):
    """a character that can't be printed is named with its field; the words round it are not told."""
    words, named = REFUSED[case]
    with pytest.raises(UnprintableError) as refusal:
        make_handout(LIBRARY, "trochanteric-bursitis", "example-clinic", replace(ORDER, **{field: words}))
    assert named in str(refusal.value)
    assert field in str(refusal.value)
    assert "Secret" not in str(refusal.value)
    assert refusal.value.exit_code == 4


def test_a_decomposed_letter_is_the_letter():
    """a name written with combining accents is the same name."""
    patient = unicodedata.normalize("NFD", "Zoë Żak")
    made = make_handout(LIBRARY, "trochanteric-bursitis", "example-clinic", replace(ORDER, patient=patient))
    assert made.pages >= 6


@given(st.text(max_size=40), st.text(max_size=80))
@settings(max_examples=25, deadline=None)
def test_any_order_is_printed_or_refused(patient, note):
    """whatever stands in a name or a note gives a sound file or a clear refusal, and nothing else."""
    order = replace(ORDER, patient=patient, note=note)
    try:
        made = make_handout(LIBRARY, "femoral-neck-stress-fracture", "example-clinic", order)
    except UnprintableError:
        return
    with pikepdf.open(io.BytesIO(made.pdf)) as pdf:
        assert len(pdf.pages) == made.pages
