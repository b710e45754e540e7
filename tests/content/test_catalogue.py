"""What other programs are told of each condition, and which facts want a better source."""

from __future__ import annotations

import json
from datetime import date

import pytest

from handouts.cli import main
from handouts.content.catalogue import condition_entries
from handouts.content.library import Library
from handouts.content.places import Places
from handouts.content.unsourced import weak_facts

DAY = date(2026, 11, 22)


def entry(library, day=DAY):
    """Return the entry of the condition that a clinic of the samples has signed off."""
    return next(one for one in condition_entries(library, day) if one["id"] == "outer-pain")


def test_each_condition_of_the_library(capsys):
    """the list has the names, codes with their sides, regions and review state of every condition."""
    assert main(["list", "conditions", "--json"]) == 0
    entries = json.loads(capsys.readouterr().out)
    assert [one["id"] for one in entries] == list(Library().ids("condition"))
    bursitis = next(one for one in entries if one["id"] == "trochanteric-bursitis")
    assert "trochanteric bursitis" in bursitis["other_names"]
    assert {"M70.61": "right", "M70.62": "left"}.items() <= {
        code["code"]: code["side"] for code in bursitis["codes"]
    }.items()
    assert bursitis["regions"] == ["outer-hip"]
    assert bursitis["review"] == "pending"
    assert any(one["referral_only"] for one in entries)


@pytest.mark.parametrize(("day", "state"), [("2027-11-01", "current"), ("2027-11-02", "past")])
def test_review_state(sample_library, day, state):
    """a sign-off of this version counts until its last day, and is told with the clinic that gave it."""
    found = entry(sample_library, date.fromisoformat(day))
    assert found["review"] == state
    assert found["reviews"] == [
        {
            "clinic": "pictured",
            "name": "A. Clinician",
            "role": "Physiotherapist",
            "date": "2026-11-02",
            "until": "2027-11-01",
            "state": state,
        }
    ]


def test_a_new_version_is_pending(own_samples):
    """a sign-off of an older version does not count."""
    path = own_samples / "bundled" / "data" / "conditions" / "outer-pain.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("2026.10", "2026.11"), encoding="utf-8")
    found = entry(Library(Places(bundled=own_samples / "bundled")))
    assert (found["review"], found["reviews"]) == ("pending", [])


def test_weak_facts(own_samples):
    """facts on general knowledge, on second hand, and in part on either are found; sound ones are not."""
    root = own_samples / "bundled"
    path = root / "data" / "sources.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "  COPY: {publisher: P, title: T, tier: C}\n", encoding="utf-8")
    path = root / "data" / "conditions" / "outer-pain.yaml"
    text = path.read_text(encoding="utf-8").replace(
        "text: Six weeks., sources: [GK]", "text: S, sources: [COPY]"
    )
    text = text.replace("text: More running., sources: [GK]", "text: M, sources: [BOOK-1, GK]")
    path.write_text(text, encoding="utf-8")
    found = [fact for fact in weak_facts(Library(Places(bundled=root))) if fact.item == "outer-pain"]
    told = {(fact.part, fact.text): (fact.ground, fact.keys) for fact in found}
    assert told["recovery", "S"] == ("second hand", ("COPY",))
    assert told["causes", "M"] == ("in part", ("BOOK-1", "GK"))
    assert told["message", "It gets better."] == ("general knowledge", ("GK",))
    assert told["first_care.compression", "Nothing here."] == ("general knowledge", ("GK",))
    assert not any(part in ("about", "not_better_weeks") for part, _ in told)


def test_weak_facts_of_the_library():
    """every fact on the list has words, a place and at least one weak source."""
    library = Library()
    facts = weak_facts(library)
    assert len(facts) > 200
    for fact in facts:
        assert fact.text
        assert any(library.source(key).tier in ("C", "general") for key in fact.keys)
