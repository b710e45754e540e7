"""Stage 2, Condition + Clinic + Order -> markup: the only stage that knows Jinja.

::

    prepare      what is printed, as ready texts          exercises    which ones, and which must wait
    context      what a template may use                  citations    where the printed facts come from
    environment  what a template can do                   wording      doses in words
    limits       what it may cost                         personal     names and notes, which it never sees
    faults       what it does wrong
    warnings     what whoever gives the sheet has to know

``templates/handout.html.j2`` arranges it. A clinic's own folder may hold a template of the same name that
extends ``bundled:handout.html.j2`` and overrides one block. Once the markup is read, :func:`finished` puts in
what belongs to one person, and looks whether all warning signs are there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields

from handouts.clinic import Clinic
from handouts.compose.context import CoverContext, CoverEntry, HandoutContext, MailContext
from handouts.compose.environment import render
from handouts.compose.exercises import chosen
from handouts.compose.personal import Personal, filled, personal
from handouts.compose.prepare import cover_context, handout_context, mail_context
from handouts.compose.warnings import warnings
from handouts.content.library import Library
from handouts.content.models import Condition
from handouts.content.wording import Words
from handouts.document import Document, text
from handouts.errors import Problem, TemplateError
from handouts.order import Order

COVER_TEMPLATE = "packet-cover.html.j2"
MAIL_TEMPLATE = "email.html.j2"


@dataclass(frozen=True, slots=True)
class Markup:
    """What a template has written, and the name of the template.

    ``signs`` are the warning signs that the sheet must print, ``personal`` is what its slots are filled with,
    ``warnings`` is what whoever gives the sheet has to know.
    """

    text: str
    template: str
    signs: tuple[str, ...] = ()
    personal: Personal = field(default_factory=Personal)
    warnings: tuple[Problem, ...] = ()


def handout(
    library: Library, condition: Condition, clinic: Clinic, order: Order, beside: Sequence[Condition] = ()
) -> Markup:
    """Return the markup of one condition's sheet, by the template that the condition names.

    ``beside`` are the other conditions of the same patient: exercises that one of them rules out are left
    out, or refused where the clinician has picked them.

    Raises TemplateError; ContentError for an exercise that must never be printed; UnknownIdError; UsageError.
    """
    own = personal(order, Words(library.words(condition.language)).day(order.date))
    printed = chosen(library, condition, order, beside)
    context = handout_context(library, condition, clinic, order, printed, beside)
    written = _rendered(library, condition.template, context)
    signs = tuple(sign.text for sign in library.signs(condition))
    told = warnings(library, condition, clinic, order, printed)
    return Markup(written, condition.template, signs, own, told)


def cover(
    library: Library, title: str, entries: Sequence[CoverEntry], clinic: Clinic, order: Order
) -> Markup:
    """Return the markup of a packet's cover with its contents. Raises TemplateError and UsageError."""
    own = personal(order, Words(library.words(order.language)).day(order.date))
    context = cover_context(library, title, entries, clinic, order)
    return Markup(_rendered(library, COVER_TEMPLATE, context), COVER_TEMPLATE, personal=own)


def mail(library: Library, clinic: Clinic, language: str, *, locked: bool) -> Markup:
    """Return the markup of the message that a handout is sent with. Raises TemplateError."""
    context = mail_context(library, clinic, language, locked=locked)
    return Markup(_rendered(library, MAIL_TEMPLATE, context), MAIL_TEMPLATE)


def finished(markup: Markup, document: Document) -> Document:
    """Return the document that was read from the markup, with its slots filled.

    Raises TemplateError if the template has left out a warning sign: no clinic's template may.
    """
    said = _folded(text(document))
    if any(_folded(sign) not in said for sign in markup.signs):
        advice = 'Print them all: {% include "parts/help.html.j2" %}'
        raise TemplateError("the template leaves out warning signs.", where=markup.template, advice=advice)
    return filled(document, markup.personal)


def _folded(said: str) -> str:
    return " ".join(said.split())


def _rendered(library: Library, template: str, context: HandoutContext | CoverContext | MailContext) -> str:
    values = {one.name: getattr(context, one.name) for one in fields(context)}
    return render(library.template_folders(), template, values)


__all__ = ["CoverEntry", "Markup", "cover", "finished", "handout", "mail"]
