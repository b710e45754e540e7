"""Doses held against the range that the sources of an exercise give."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from handouts.content.models import Dose, DoseRange


class Outlier(NamedTuple):
    """One part of a dose that lies outside its range."""

    part: str
    value: int
    low: int
    high: int


def outliers(dose: Dose, allowed: DoseRange) -> Iterator[Outlier]:
    """Yield each part of a dose that is lower or higher than any source says."""
    for part in DoseRange.model_fields:
        limits: list[int] | None = getattr(allowed, part)
        value: int | None = getattr(dose, part)
        if limits and value is not None and not min(limits) <= value <= max(limits):
            yield Outlier(part, value, min(limits), max(limits))
