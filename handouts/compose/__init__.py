"""Stage 2, Condition + Clinic + Order -> markup: the only stage that knows Jinja.

::

    prepare      what is printed, as ready texts          exercises    which ones, and which must wait
    context      what a template may use                  citations    where the printed facts come from
    environment  what a template can do                   wording      phrases, doses and dates in words
    warnings     what whoever gives the sheet has to know

``templates/handout.html.j2`` arranges it. A clinic's own folder may hold a template of the same name that
extends ``bundled:handout.html.j2`` and overrides one block.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

from handouts.clinic import Clinic
from handouts.compose.context import CoverContext, CoverEntry, HandoutContext
from handouts.compose.environment import render
from handouts.compose.exercises import chosen
from handouts.compose.prepare import cover_context, handout_context
from handouts.compose.warnings import warnings
from handouts.content.library import Library
from handouts.content.models import Condition
from handouts.errors import Problem
from handouts.order import Order

COVER_TEMPLATE = "packet-cover.html.j2"


@dataclass(frozen=True, slots=True)
class Markup:
    """What a template has written, the name of the template, and what whoever gives the sheet has to know."""

    text: str
    template: str
    warnings: tuple[Problem, ...] = ()


def handout(
    library: Library, condition: Condition, clinic: Clinic, order: Order, beside: Sequence[Condition] = ()
) -> Markup:
    """Return the markup of one condition's sheet, by the template that the condition names.

    ``beside`` are the other conditions of the same patient: exercises that one of them rules out are left
    out, or refused where the clinician has picked them.

    Raises TemplateError; ContentError for an exercise that must never be printed; UnknownIdError.
    """
    printed = chosen(library, condition, order, beside)
    context = handout_context(library, condition, clinic, order, printed, beside)
    return _rendered(
        library, condition.template, context, warnings(library, condition, clinic, order, printed)
    )


def cover(
    library: Library, title: str, entries: Sequence[CoverEntry], clinic: Clinic, order: Order
) -> Markup:
    """Return the markup of a packet's cover with its contents. Raises TemplateError."""
    return _rendered(library, COVER_TEMPLATE, cover_context(library, title, entries, clinic, order))


def _rendered(
    library: Library,
    template: str,
    context: HandoutContext | CoverContext,
    told: tuple[Problem, ...] = (),
) -> Markup:
    values = {field.name: getattr(context, field.name) for field in fields(context)}
    return Markup(render(library.template_folders(), template, values), template, told)


__all__ = ["CoverEntry", "Markup", "cover", "handout"]
