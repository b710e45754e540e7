"""Sign-offs: until when they hold, and for which version."""

from __future__ import annotations

from datetime import date

import pytest

from handouts.clinic import Clinic, Review
from handouts.content.check import check
from handouts.content.library import Library
from handouts.content.places import Places
from handouts.content.reviews import review_of


def told(root, review, day=None):
    """Return what the check says about one review of the samples: sentence and whether it is a warning."""
    path = root / "bundled" / "data" / "clinics" / "plain.yaml"
    line = f"\nreviews:\n  - {{condition: outer-pain, name: A, role: B, {review}}}\n"
    path.write_text(path.read_text(encoding="utf-8").rstrip() + line, encoding="utf-8")
    found = check(Library(Places(bundled=root / "bundled")), [path], day)
    return [(problem.sentence, problem.line > 0, problem.warning) for problem in found]


SOUND = "version: 2026.10, date: 2026-11-02, until: 2027-11-01"


@pytest.mark.parametrize(("day", "past"), [("2027-11-01", False), ("2027-11-02", True)])
def test_a_review_that_is_past(own_samples, day, past):
    """after its last day a review is a warning at its place; without a day nothing is told."""
    expected = [("the review of outer-pain was good until 2027-11-01.", True, True)] if past else []
    assert told(own_samples, SOUND, date.fromisoformat(day)) == expected


def test_without_a_day(own_samples):
    """a check that is not told the day says nothing of past reviews."""
    assert told(own_samples, SOUND) == []


def test_a_review_of_another_version(own_samples):
    """a review of a version that is no longer printed is a warning."""
    ((sentence, placed, warning),) = told(own_samples, SOUND.replace("2026.10", "2026.09"))
    assert "version 2026.10 now, not 2026.09" in sentence
    assert placed
    assert warning


def test_a_review_that_never_holds(own_samples):
    """a review that ends before it begins is a problem."""
    ((sentence, placed, warning),) = told(own_samples, SOUND.replace("2027-11-01", "2026-11-01"))
    assert "before the day of the review" in sentence
    assert placed
    assert not warning


def test_a_review_needs_its_last_day(own_samples):
    """nobody signs off for ever."""
    ((sentence, *_),) = told(own_samples, SOUND.replace(", until: 2027-11-01", ""))
    assert "`until` is missing" in sentence


def test_the_newest_review_counts(sample_library):
    """of two reviews of one version the one that holds longer is printed."""
    condition = sample_library.condition("outer-pain")
    old = Review("outer-pain", condition.version, "A", "B", "2025-11-02", "2026-11-01")
    new = Review("outer-pain", condition.version, "C", "D", "2026-11-02", "2027-11-01")
    for reviews in ((old, new), (new, old)):
        clinic = Clinic(id="x", name="X", emergency_number="911", accent="#123456", reviews=reviews)
        assert review_of(condition, clinic) == new
