"""READ FIRST: the stages in order, and nothing else.

::

    content ─▶ compose ─▶ markup ─▶ typeset ─▶ audit
    Condition   Markup    Document   PDF bytes   defects
       └──────▶ figures ──────────────┘
        Pose    Drawing

Each stage takes a value and gives a value. What comes out is audited by reading it back: a PDF with
defects is never handed over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handouts import audit, compose, figures, markup, typeset
from handouts.clinic import Clinic
from handouts.content import company
from handouts.content.library import Library
from handouts.content.models import Condition
from handouts.document import Document, Figure, walk
from handouts.errors import DefectiveError, Problem
from handouts.order import Order


@dataclass(frozen=True, slots=True)
class Made:
    """A finished file: its bytes, its number of pages, its title (which never names a patient).

    ``warnings`` are what whoever gives it has to know; they name no patient either. ``way`` says how it was
    made: ``set`` in full, by filling ``slots`` of a file that was, or ``anew`` in full because its words did
    not fit such slots.
    """

    pdf: bytes
    pages: int
    title: str
    warnings: tuple[Problem, ...] = ()
    way: str = "set"


@dataclass(frozen=True, slots=True)
class Proof:
    """A finished file and, to print the same for another person, its template."""

    made: Made
    template: typeset.Template


def make_handout(
    library: Library, condition_id: str, clinic_id: str, order: Order, beside: Sequence[str] = ()
) -> Made:
    """Return the handout of one condition for one clinic.

    ``beside`` are the other conditions that the same patient gets handouts of: what one of them rules out
    is printed for none.

    Raises HandoutError: unknown ids, content that may not be printed, text that cannot be, defects.
    """
    return proof_handout(library, condition_id, clinic_id, order, beside).made


def proof_handout(
    library: Library, condition_id: str, clinic_id: str, order: Order, beside: Sequence[str] = ()
) -> Proof:
    """Return what :func:`make_handout` makes, with its template."""
    clinic = library.clinic(clinic_id)
    others = company.same_patient(library, condition_id, beside)
    handout, warnings = _made_up(library, condition_id, clinic, order, others)
    return _finished([handout], handout.document.title, library, clinic, order, warnings)


def make_packet(
    library: Library,
    title: str,
    condition_ids: Sequence[str],
    clinic_id: str,
    order: Order,
    *,
    ready_made: bool = False,
) -> Made:
    """Return one file with a cover and several handouts, set in one pass, so that no tag is lost.

    A packet is one patient's: what one of its conditions rules out is printed on none of its sheets, and a
    sheet that only refers stands alone. The one exception is a clinic's ``ready_made`` packet without a
    patient's name: a collection, each sheet of which stands for itself.

    Raises HandoutError as :func:`make_handout` does.
    """
    return proof_packet(library, title, condition_ids, clinic_id, order, ready_made=ready_made).made


def proof_packet(
    library: Library,
    title: str,
    condition_ids: Sequence[str],
    clinic_id: str,
    order: Order,
    *,
    ready_made: bool = False,
) -> Proof:
    """Return what :func:`make_packet` makes, with its template."""
    clinic = library.clinic(clinic_id)
    for_nobody = ready_made and not order.patient
    # A note is printed once, on the cover.
    noteless = replace(order, note="")
    handouts, warnings = [], list(company.conflicts(library, condition_ids)) if for_nobody else []
    for condition_id in condition_ids:
        beside = () if for_nobody else condition_ids
        others = company.same_patient(library, condition_id, beside)
        handout, told = _made_up(library, condition_id, clinic, noteless, others)
        handouts.append(handout)
        warnings += told
    cover = _cover(library, title, handouts, clinic, order, cover_pages=1)
    if len(cover.pages) > 1:
        cover = _cover(library, title, handouts, clinic, order, cover_pages=len(cover.pages))
    return _finished([cover, *handouts], title, library, clinic, order, warnings)


def compose_handout(library: Library, condition_id: str, clinic: Clinic, order: Order) -> Document:
    """Return the document of one handout: stages one to three."""
    return _composed(library, condition_id, clinic, order, ())[0]


def drawings(
    document: Document, library: Library, clinic: Clinic, order: Order
) -> dict[str, figures.Drawing]:
    """Return what the figures of a document name: exercises, icons and body maps, by their source.

    Without a side, exercises show the right one; a map marks both, because it must not name a wrong one.
    """
    side: figures.Side = "left" if order.side == "left" else "right"
    map_side: figures.MapSide = side if order.side in {"left", "right"} else "both"
    palette = figures.figure_palette(clinic.accent, order.ink)
    drawn: dict[str, figures.Drawing] = {}
    for block in walk(document.blocks):
        if not isinstance(block, Figure) or block.source in drawn:
            continue
        match block.source.split(":"):
            case ["exercise", exercise] if pose := library.pose(exercise):
                drawn[block.source] = figures.draw_exercise(
                    pose, side=side, person=clinic.person, palette=palette
                )
            case ["icon", icon] if icon in figures.ICONS:
                drawn[block.source] = figures.draw_icon(icon, palette, clinic.person)
            case ["map", ("front" | "back" | "side") as view, *regions] if {*regions} <= figures.REGIONS:
                drawn[block.source] = figures.draw_body_map(tuple(regions), view, map_side, palette)
    return drawn


def make_pages(library: Library, condition_id: str, clinic: Clinic, order: Order) -> typeset.MadeUp:
    """Return the pages of one handout, its drawings in place: stages one to four, not yet written."""
    return _made_up(library, condition_id, clinic, order, ())[0]


def _composed(
    library: Library, condition_id: str, clinic: Clinic, order: Order, others: Sequence[Condition]
) -> tuple[Document, tuple[Problem, ...]]:
    composed = compose.handout(library, library.condition(condition_id), clinic, order, others)
    read = markup.parse(composed.text, composed.template)
    return compose.finished(composed, read), composed.warnings


def _made_up(
    library: Library, condition_id: str, clinic: Clinic, order: Order, others: Sequence[Condition]
) -> tuple[typeset.MadeUp, tuple[Problem, ...]]:
    document, warnings = _composed(library, condition_id, clinic, order, others)
    drawn = drawings(document, library, clinic, order)
    return typeset.make_up(document, clinic, order, drawn), warnings


def _cover(
    library: Library,
    title: str,
    handouts: Sequence[typeset.MadeUp],
    clinic: Clinic,
    order: Order,
    *,
    cover_pages: int,
) -> typeset.MadeUp:
    """Return the cover: its own length decides the page numbers that it prints."""
    page = cover_pages + 1
    entries = []
    for handout in handouts:
        document = handout.document
        entries.append(compose.CoverEntry(document.title, document.anchor, page, len(handout.pages)))
        page += len(handout.pages)
    composed = compose.cover(library, title, entries, clinic, order)
    document = compose.finished(composed, markup.parse(composed.text, composed.template))
    return typeset.make_up(document, clinic, order)


def _finished(
    parts: list[typeset.MadeUp],
    title: str,
    library: Library,
    clinic: Clinic,
    order: Order,
    warnings: Sequence[Problem],
) -> Proof:
    """Return the parts written as one file, read back and found without defects."""
    words = library.words(order.language).words
    metadata = typeset.Metadata(title=title, author=clinic.name, language=order.language, day=order.date)
    foot = typeset.FootWords(page=words["page_foot"], packet=words["packet_foot"])
    template, pdf = typeset.bind(parts, metadata, foot)
    documents = tuple(part.document for part in parts)
    defects = audit.audit(pdf, expected=documents if len(documents) > 1 else documents[0])
    serious = tuple(str(defect) for defect in defects if defect.severity == "defect")
    if serious:
        raise DefectiveError(serious, where=title)
    pages = sum(len(part.pages) for part in parts)
    return Proof(Made(pdf, pages, title, tuple(dict.fromkeys(warnings))), template)
