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
from handouts.content.library import Library
from handouts.document import Document, Figure, walk
from handouts.errors import DefectiveError
from handouts.order import Order


@dataclass(frozen=True, slots=True)
class Made:
    """A finished file: its bytes, its number of pages, its title (which never names a patient)."""

    pdf: bytes
    pages: int
    title: str


def make_handout(library: Library, condition_id: str, clinic_id: str, order: Order) -> Made:
    """Return the handout of one condition for one clinic.

    Raises HandoutError: unknown ids, content that may not be printed, text that cannot be, defects.
    """
    clinic = library.clinic(clinic_id)
    handout = make_pages(library, condition_id, clinic, order)
    return _finished([handout], handout.document.title, library, clinic, order)


def make_packet(
    library: Library, title: str, condition_ids: Sequence[str], clinic_id: str, order: Order
) -> Made:
    """Return one file with a cover and several handouts, set in one pass, so that no tag is lost.

    Raises HandoutError as :func:`make_handout` does.
    """
    clinic = library.clinic(clinic_id)
    # A note is printed once, on the cover.
    noteless = replace(order, note="")
    handouts = [make_pages(library, condition_id, clinic, noteless) for condition_id in condition_ids]
    cover = _cover(library, title, handouts, clinic, order, cover_pages=1)
    if len(cover.pages) > 1:
        cover = _cover(library, title, handouts, clinic, order, cover_pages=len(cover.pages))
    return _finished([cover, *handouts], title, library, clinic, order)


def compose_handout(library: Library, condition_id: str, clinic: Clinic, order: Order) -> Document:
    """Return the document of one handout: stages one to three."""
    composed = compose.handout(library, library.condition(condition_id), clinic, order)
    return compose.finished(composed, markup.parse(composed.text, composed.template))


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
    document = compose_handout(library, condition_id, clinic, order)
    return typeset.make_up(document, clinic, order, drawings(document, library, clinic, order))


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
    parts: list[typeset.MadeUp], title: str, library: Library, clinic: Clinic, order: Order
) -> Made:
    """Return the parts written as one file, read back and found without defects."""
    words = library.words(order.language).words
    metadata = typeset.Metadata(title=title, author=clinic.name, language=order.language, day=order.date)
    foot = typeset.FootWords(page=words["page_foot"], packet=words["packet_foot"])
    pdf = typeset.write(parts, metadata, foot)
    documents = tuple(part.document for part in parts)
    defects = audit.audit(pdf, expected=documents if len(documents) > 1 else documents[0])
    serious = tuple(str(defect) for defect in defects if defect.severity == "defect")
    if serious:
        raise DefectiveError(serious, where=title)
    return Made(pdf, sum(len(part.pages) for part in parts), title)
