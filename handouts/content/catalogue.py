"""What there is, for other programs: each condition with its names, codes, regions and review state."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from handouts.content.library import Library
from handouts.content.models import Condition, Review

Entry = dict[str, Any]


def condition_entries(library: Library, day: date) -> list[Entry]:
    """Return one entry for each condition, sorted by id, of plain values.

    ``review`` is ``current`` if a clinic's sign-off of this version holds on the day, ``past`` if one did,
    else ``pending``; ``reviews`` are those sign-offs. Raises ContentError with all problems.
    """
    library.titles("condition")
    records = (library.store.condition(item) for item in library.ids("condition"))
    return [_entry(library, record.value, day) for record in records if record and record.value]


def _entry(library: Library, condition: Condition, day: date) -> Entry:
    reviews = [
        {"clinic": clinic, **review.model_dump(include={"name", "role", "date", "until"}), "state": state}
        for clinic, review in _reviews(library, condition)
        for state in ["past" if review.until < day.isoformat() else "current"]
    ]
    states = {review["state"] for review in reviews}
    return {
        "id": condition.id,
        "title": condition.title,
        "other_names": condition.other_names,
        "codes": [code.model_dump() for code in condition.codes],
        "regions": condition.regions,
        "urgency": condition.urgency,
        "referral_only": condition.referral_only,
        "version": condition.version,
        "review": next((state for state in ("current", "past") if state in states), "pending"),
        "reviews": reviews,
    }


def _reviews(library: Library, condition: Condition) -> Iterator[tuple[str, Review]]:
    """Yield the sign-offs of this version of a condition, with the clinic; clinics with faults have none."""
    for clinic in library.ids("clinic"):
        record = library.store.clinic(clinic)
        for review in record.value.reviews if record and record.value else []:
            if (review.condition, review.version) == (condition.id, condition.version):
                yield clinic, review
