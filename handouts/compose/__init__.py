"""Stage 2, Condition + Clinic + Order -> markup: the only stage that knows Jinja.

::

    prepare      what is printed, as ready texts          exercises    which ones, and which must wait
    context      what a template may use                  citations    where the printed facts come from
    environment  what a template can do                   wording      phrases, doses and dates in words

``templates/handout.html.j2`` arranges it. A clinic's own folder may hold a template of the same name that
extends ``bundled:handout.html.j2`` and overrides one block.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

from handouts.clinic import Clinic
from handouts.compose.context import CoverContext, CoverEntry, HandoutContext
from handouts.compose.environment import render
from handouts.compose.prepare import cover_context, handout_context
from handouts.content.library import Library
from handouts.content.models import Condition
from handouts.order import Order

COVER_TEMPLATE = "packet-cover.html.j2"


@dataclass(frozen=True, slots=True)
class Markup:
    """What a template has written, and the name of the template."""

    text: str
    template: str


def handout(library: Library, condition: Condition, clinic: Clinic, order: Order) -> Markup:
    """Return the markup of one condition's sheet, by the template that the condition names.

    Raises TemplateError; ContentError for an exercise that must never be printed; UnknownIdError.
    """
    context = handout_context(library, condition, clinic, order)
    return _rendered(library, condition.template, context)


def cover(
    library: Library, title: str, entries: Sequence[CoverEntry], clinic: Clinic, order: Order
) -> Markup:
    """Return the markup of a packet's cover with its contents. Raises TemplateError."""
    return _rendered(library, COVER_TEMPLATE, cover_context(library, title, entries, clinic, order))


def _rendered(library: Library, template: str, context: HandoutContext | CoverContext) -> Markup:
    values = {field.name: getattr(context, field.name) for field in fields(context)}
    return Markup(render(library.template_folders(), template, values), template)


__all__ = ["CoverEntry", "Markup", "cover", "handout"]
