"""How long the texts of a page may be, and which numbers can be called."""

from __future__ import annotations

import pytest

from handouts.content.library import Library
from handouts.content.places import Places
from handouts.errors import ContentError


def library_with(root, name, before, after):
    """Return the library of the samples with a piece of one file replaced."""
    path = root / "bundled" / "data" / f"{name}.yaml"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")
    return Library(Places(bundled=root / "bundled"))


@pytest.mark.parametrize("number", ["911", "112", "1 1 2", "' 000 '", "123456789012345"])
def test_emergency_numbers(own_samples, number):
    """a number of two to fifteen digits and spaces, which begins and ends with a digit, is kept."""
    library = library_with(own_samples, "clinics/plain", "911", number)
    assert library.clinic("plain").emergency_number == number.strip("' ")


@pytest.mark.parametrize(
    "number", ["'   '", "'  '", "1", "1234567890123456", "+911", "9-1-1", "'9\u00a01'", "९११"]
)
def test_no_emergency_numbers(own_samples, number):
    """blanks alone, or what nobody can dial, are refused: the number is printed on every sheet."""
    with pytest.raises(ContentError, match="emergency_number"):
        library_with(own_samples, "clinics/plain", "911", number).clinic("plain")


PHONE = "phone: 0123456789"


@pytest.mark.parametrize(
    ("before", "longest", "too_long"),
    [
        ("name: Plain Clinic", f"name: {'n' * 120}", f"name: {'n' * 121}"),
        (PHONE, f"phone: '{'1' * 60}'", f"phone: '{'1' * 61}'"),
        (PHONE, f"tagline: {'t' * 160}", f"tagline: {'t' * 161}"),
        (PHONE, f"web: {'w' * 160}", f"web: {'w' * 161}"),
        (PHONE, f"email: {'e' * 160}", f"email: {'e' * 161}"),
        (PHONE, f"places: [{'a,' * 12}]", f"places: [{'a,' * 13}]"),
        (PHONE, f"places: [{'p' * 120}]", f"places: [{'p' * 121}]"),
        (PHONE, f"address: [{'a,' * 4}]", f"address: [{'a,' * 5}]"),
        (PHONE, f"address: [{'a' * 120}]", f"address: [{'a' * 121}]"),
    ],
)
def test_a_clinic_says_what_fits_its_band(own_samples, before, longest, too_long):
    """what would push the warning signs off the first page is refused, and told with its key."""
    name = longest.partition(":")[0]
    library_with(own_samples, "clinics/plain", before, longest).clinic("plain")
    with pytest.raises(ContentError, match=f"`{name}`.* has more than"):
        library_with(own_samples, "clinics/plain", longest, too_long).clinic("plain")


def test_a_title_is_short(own_samples):
    """a condition's title has at most 120 characters."""
    longest = f"title: {'t' * 120}"
    library_with(own_samples, "conditions/groin-pain", "title: Groin pain", longest).condition("groin-pain")
    with pytest.raises(ContentError, match="`title` has more than 120 characters"):
        library_with(own_samples, "conditions/groin-pain", longest, longest + "t").condition("groin-pain")


def test_the_main_message_is_short(own_samples):
    """the sentences of the main message have at most 400 characters together."""
    longest = f"{'a' * 200}, sources: [GK]}}\n  - {{text: {'b' * 200}"
    before = "It gets better."
    library_with(own_samples, "conditions/groin-pain", before, longest).condition("groin-pain")
    with pytest.raises(ContentError) as caught:
        library_with(own_samples, "conditions/groin-pain", longest, longest + "b").condition("groin-pain")
    (problem,) = caught.value.problems
    assert (problem.line, problem.sentence) == (
        8,
        "the sentences of `message` have 401 characters, more than 400.",
    )
