"""The press: one job after another from one library, each by the quickest way that gives the right file."""

from __future__ import annotations

from dataclasses import dataclass

from handouts.content.library import Library
from handouts.order import Order
from handouts.pipeline import Made, make_handout, make_packet


@dataclass(frozen=True, slots=True)
class Job:
    """One file to make: the conditions of one patient, in order, the clinic's id, and what is wanted.

    Several conditions are bound into a packet.
    """

    conditions: tuple[str, ...]
    clinic: str
    order: Order


class Press:
    """Makes jobs, one at a time. One process has one press, and keeps it: what is set once is kept."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def make(self, job: Job) -> Made:
        """Return the finished file of a job. Raises HandoutError as :func:`handouts.make_handout` does."""
        if len(job.conditions) == 1:
            return make_handout(self.library, job.conditions[0], job.clinic, job.order)
        title = self.library.words(job.order.language).words["cover_line"]
        return make_packet(self.library, title, job.conditions, job.clinic, job.order)
