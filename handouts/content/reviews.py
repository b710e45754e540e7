"""Whether a clinic has signed a condition off, and whether that still holds.

A sign-off is for one version of one condition, and until a day: a sheet that nobody has read again by then
says so, and whoever prints it is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from handouts import clinic
from handouts.content.models import ClinicFile, Condition
from handouts.content.store import Record, Store
from handouts.errors import Problem


def review_of(condition: Condition, by: clinic.Clinic) -> clinic.Review | None:
    """Return a clinic's newest sign-off of a condition in the version that it has now, or None."""
    wanted = (condition.id, condition.version)
    found = [review for review in by.reviews if (review.condition, review.version) == wanted]
    return max(found, key=lambda review: review.until, default=None)


def review_problems(record: Record[ClinicFile], store: Store, day: date | None) -> Iterator[Problem]:
    """Yield reviews that end before they begin, are of another version, or (with a ``day``) are past."""
    if record.value is None or record.node is None:
        return
    newest = {
        review.condition: max(
            each.until for each in record.value.reviews if each.condition == review.condition
        )
        for review in record.value.reviews
    }
    for number, review in enumerate(record.value.reviews):
        place = ("reviews", number)
        if review.until < review.date:
            sentence = f"`until` is {review.until}, before the day of the review."
            yield record.node.place(*place, "until").problem(sentence, "Write a later day.")
            continue
        found = store.condition(review.condition)
        if found and found.value and found.value.version != review.version:
            sentence = f"{review.condition} is in version {found.value.version} now, not {review.version}."
            advice = "Until somebody has read it again, its sheet says that the review is pending."
            yield record.node.place(*place, "version").problem(sentence, advice, warning=True)
        elif day and review.until < day.isoformat() and review.until == newest[review.condition]:
            sentence = f"the review of {review.condition} was good until {review.until}."
            advice = "Have it read again, and write the new date and `until`."
            yield record.node.place(*place, "until").problem(sentence, advice, warning=True)
