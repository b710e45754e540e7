"""A clinic's file to the value that all later stages know."""

from __future__ import annotations

from handouts import clinic
from handouts.content.logo import read_logo
from handouts.content.models import ClinicFile
from handouts.content.nodes import Node
from handouts.content.store import Record
from handouts.errors import Problem


def clinic_of(record: Record[ClinicFile]) -> tuple[clinic.Clinic | None, tuple[Problem, ...]]:
    """Return the clinic that a sound record describes, with the bytes of its logo, and what is wrong.

    A colour too pale to read is only a warning: it is darkened on the page, and the warning says to what.
    """
    if record.value is None or record.node is None:
        return None, record.problems
    own = record.value
    logo, problems = _logo(record, own, record.node)
    problems += _colour_problems(own.colours.accent, record.node)
    made = clinic.Clinic(
        id=own.id,
        name=own.name,
        emergency_number=own.emergency_number,
        accent=own.colours.accent,
        places=tuple(own.places),
        phone=own.phone or "",
        address=tuple(own.address),
        web=own.web or "",
        email=own.email or "",
        tagline=own.tagline or "",
        band=own.band,
        corners=own.corners,
        person=own.person,
        logo=logo,
        paper=own.paper,
        reviews=tuple(
            clinic.Review(
                review.condition, review.version, review.name, review.role, review.date, review.until
            )
            for review in own.reviews
        ),
    )
    return made, tuple(problems)


def _logo(
    record: Record[ClinicFile], own: ClinicFile, node: Node
) -> tuple[clinic.Logo | None, list[Problem]]:
    if own.logo is None:
        return None, []
    data, kind, problems = read_logo(record.file, own.logo.file, node.place("logo", "file"))
    if kind is None or problems:
        return None, problems
    return clinic.Logo(data, kind, own.logo.alt, own.logo.file), []


def _colour_problems(accent: str, node: Node) -> list[Problem]:
    mended = clinic.palette(accent, "colour").mended
    if not mended:
        return []
    sentence = f"the colour {accent} is too pale to read as text; {mended} is printed."
    advice = f"Write '{mended}' or a darker colour of your own."
    return [node.place("colours", "accent").problem(sentence, advice, warning=True)]
