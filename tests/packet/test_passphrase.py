"""Passphrases: what is soon guessed is refused, and never repeated."""

from __future__ import annotations

import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdfminer._saslprep import saslprep

from handouts.errors import UsageError
from handouts.packet.passphrase import MADE_WORDS, MOST_BYTES, Passphrase, make_passphrase, prepared

GOOD = "lantern gravel violin oyster"
BIRTH = date(1980, 5, 7)
DATES = [
    text
    for day in (BIRTH, date(2004, 11, 23))
    for text in (
        *(
            day.strftime(form)
            for form in ("%d/%m/%Y", "%m/%d/%Y", "%Y-%m-%d", "%d.%m.%y", "%m %d %y", "%d-%m-%Y")
        ),
        *(day.strftime(form) for form in ("%d%m%Y", "%m%d%Y", "%Y%m%d", "%d%m%y", "%y%m%d")),
        *(day.strftime(form) for form in ("%d %B %Y", "%B %d, %Y", "%d%b%Y", "%b-%d-%y", "%B %Y")),
        f"{day.day}/{day.month}/{day:%y}",
        f"{day.day}. {day.month}. {day.year}",
        f"{day.day}th of {day:%B}",
    )
]


@pytest.mark.parametrize(
    "typed",
    [
        GOOD,
        "Lantern-gravel-violin-oyster",
        "a lantern and gravel, violin oyster",
        "don't lantern, gravel: oyster!",
        "märchen gravel violin oyster 42",
        "march lantern gravel violin oyster",
        "lantern gravel violin oyster 1980",
    ],
)
def test_a_good_one_is_taken(typed):
    """four words that do not repeat are taken, with blanks or hyphens, and kept as they were typed."""
    assert Passphrase.chosen(f"  {typed}\n").text == typed


@pytest.mark.parametrize("written", DATES)
def test_dates_are_refused(written):
    """a date in any usual writing is refused, alone and between good words."""
    for typed in (
        written,
        f"{GOOD} {written}",
        f"{written}-{GOOD}",
        f"lantern gravel {written} violin oyster",
    ):
        with pytest.raises(UsageError, match="date"):
            Passphrase.chosen(typed)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "fewer than 4 words"),
        ("lantern gravel violin", "fewer than 4 words"),
        ("lanterngravelviolinoyster", "fewer than 4 words"),
        ("to be or not to be it is", "fewer than 4 words"),
        ("fifth of May nineteen eighty", "fewer than 4 words"),
        ("one two three four five six", "fewer than 4 words"),
        ("h0rse b4ttery st4ple c0rrect", "fewer than 4 words"),
        ("Zoë Ångström lantern gravel violin", "fewer than 4 words"),
        ("MRN 0044 7120 lantern gravel violin oyster", "number of a record"),
        ("A-12-34-56-7", "number of a record"),
        ("+1 (555) 555-0142", "number of a record"),
        ("٠٥٠٥١٩٨٠ lantern gravel violin oyster", "number of a record"),
        ("lantern gravel lantern oyster violin", "a word twice"),
        ("Lantern gravel LANTERN oyster violin", "a word twice"),
        ("lantern, lantern. lantern! lantern? gravel", "a word twice"),
        ("abc bca cab acb", "different letters"),
        ("lantern  gravel violin oyster", "two blanks"),
        ("lantern\x07gravel violin oyster stone", "not every keyboard"),
        ("lantern gravel violin oyster \U0001f600", "not every keyboard"),
        ("lantern gravel אבג violin oyster", "not every keyboard"),
        (" ".join(f"lantern{letter}{other}" for letter in "abcd" for other in "efghij"), "longer than"),
    ],
)
def test_weak_ones_are_refused(typed, told):
    """what is soon guessed, or typed differently elsewhere, is refused with the reason and without itself."""
    with pytest.raises(UsageError, match=told) as refusal:
        Passphrase.chosen(typed, known=("Zoë Ångström",))
    assert refusal.value.exit_code == 2
    for word in typed.split():
        assert len(word) < 4 or word not in f"{refusal.value} {refusal.value!r} {refusal.value.__cause__}"


@given(st.text(max_size=200))
def test_any_text_is_taken_or_refused(typed):
    """any text gives a passphrase that PDF can hold, or a refusal that does not repeat it."""
    try:
        made = Passphrase.chosen(typed)
    except UsageError as refusal:
        told = str(refusal)
    else:
        told = ""
        assert 0 < len(made.text.encode()) <= MOST_BYTES
    assert len(typed.strip()) < 8 or typed.strip() not in told


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=30))
def test_preparing_is_saslprep(typed):
    """the form of a text is that of another program's SASLprep, and what that forbids is refused."""
    try:
        expected = saslprep(typed)
    except (ValueError, IndexError):  # the other one falls over what is empty in the end
        expected = None
    if expected is None and prepared(typed, strict=False):
        with pytest.raises(UsageError):
            prepared(typed)
    else:
        assert prepared(typed) == (expected or "")


def test_one_form_of_a_letter():
    """an accent gives the same passphrase however the keyboard writes it, and a wide blank is a blank."""
    assert prepared("e\u0301t\u00e9\u3000") == "\u00e9t\u00e9 "
    assert prepared(string.printable.strip()) == string.printable.strip()


def test_made_ones_are_good():
    """one that we make is five words, each time others, that would be taken from a person too."""
    made = {make_passphrase(known=("Zoë Ångström",)).text for _ in range(50)}
    assert len(made) == 50
    for text in made:
        assert len(text.split()) == MADE_WORDS
        assert Passphrase.chosen(text).text == text


def test_it_does_not_show_itself():
    """neither a log nor a traceback shows a passphrase."""
    assert "lantern" not in f"{Passphrase.chosen(GOOD)} {Passphrase.chosen(GOOD)!r}"
