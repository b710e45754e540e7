"""READ FIRST: the stages in order, and nothing else.

::

    content ─▶ compose ─▶ markup ─▶ typeset ─▶ audit
    Condition   Markup    Document   PDF bytes   defects
       └──────▶ drawings ─────────────┘
        Pose    Drawing

Each stage takes a value and gives a value. What comes out is audited by reading it back: a PDF with
defects is never handed over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handouts import audit, compose, markup, merging, typeset
from handouts.clinic import Clinic
from handouts.content import company
from handouts.content.inserts import COVER
from handouts.content.library import Library
from handouts.content.models import Condition
from handouts.document import Document
from handouts.drawings import draw_figures
from handouts.errors import DefectiveError, Problem
from handouts.merging import Guest, Insertion
from handouts.order import Order
from handouts.typeset import MadeUp


@dataclass(frozen=True, slots=True)
class Made:
    """A finished file: its bytes, its number of pages, its title (which never names a patient).

    ``warnings`` are what whoever gives it has to know; they name no patient either.
    """

    pdf: bytes
    pages: int
    title: str
    warnings: tuple[Problem, ...] = ()


def make_handout(
    library: Library, condition_id: str, clinic_id: str, order: Order, beside: Sequence[str] = ()
) -> Made:
    """Return the handout of one condition for one clinic.

    ``beside`` are the other conditions that the same patient gets handouts of: what one of them rules out
    is printed for none.

    Raises HandoutError: unknown ids, content that may not be printed, text that cannot be, defects.
    """
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
    inserts: Sequence[Insertion] = (),
    duplex: bool = False,
) -> Made:
    """Return one file with a cover and several handouts, set in one pass, so that no tag is lost.

    Room is kept for each of ``inserts``, PDFs of the clinic's own, which are grafted in at the end. For
    ``duplex`` printing each part begins on a right-hand page.

    A packet is one patient's: what one of its conditions rules out is printed on none of its sheets, and a
    sheet that only refers stands alone. The one exception is a clinic's ``ready_made`` packet without a
    patient's name: a collection, each sheet of which stands for itself.

    Raises HandoutError as :func:`make_handout` does.
    """
    clinic = library.clinic(clinic_id)
    for_nobody = ready_made and not order.patient
    # A note is printed once, on the cover.
    noteless = replace(order, note="")
    guests = merging.open_insertions(inserts, order.date)
    warnings = list(company.conflicts(library, condition_ids)) if for_nobody else []
    parts: list[MadeUp | Guest] = [one for one in guests if one.after == COVER]
    for condition_id in condition_ids:
        beside = () if for_nobody else condition_ids
        others = company.same_patient(library, condition_id, beside)
        handout, told = _made_up(library, condition_id, clinic, noteless, others)
        parts += [handout, *(one for one in guests if one.after == condition_id)]
        warnings += told
    parts += [one for one in guests if one not in parts]
    cover = _cover(library, title, parts, clinic, order, cover_pages=1, duplex=duplex)
    if len(cover.pages) > 1:
        cover = _cover(library, title, parts, clinic, order, cover_pages=len(cover.pages), duplex=duplex)
    return _finished([cover, *parts], title, library, clinic, order, warnings, duplex=duplex)


def compose_handout(library: Library, condition_id: str, clinic: Clinic, order: Order) -> Document:
    """Return the document of one handout: stages one to three."""
    return _composed(library, condition_id, clinic, order, ())[0]


def make_pages(library: Library, condition_id: str, clinic: Clinic, order: Order) -> MadeUp:
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
) -> tuple[MadeUp, tuple[Problem, ...]]:
    document, warnings = _composed(library, condition_id, clinic, order, others)
    drawn = draw_figures(document, library, clinic, order)
    return typeset.make_up(document, clinic, order, drawn), warnings


def _cover(
    library: Library,
    title: str,
    parts: Sequence[MadeUp | Guest],
    clinic: Clinic,
    order: Order,
    *,
    cover_pages: int,
    duplex: bool,
) -> MadeUp:
    """Return the cover: its own length decides the page numbers that it prints."""
    lengths = [_length(part) for part in parts]
    starts = typeset.first_pages([cover_pages, *lengths], duplex=duplex)[1:]
    entries = []
    for part, start, length in zip(parts, starts, lengths, strict=False):
        named = part.document if isinstance(part, MadeUp) else part
        entries.append(compose.CoverEntry(named.title, named.anchor, start + 1, length))
    composed = compose.cover(library, title, entries, clinic, order)
    document = compose.finished(composed, markup.parse(composed.text, composed.template))
    return typeset.make_up(document, clinic, order)


def _length(part: MadeUp | Guest) -> int:
    return len(part.pages if isinstance(part, MadeUp) else part.sizes)


def _finished(
    parts: Sequence[MadeUp | Guest],
    title: str,
    library: Library,
    clinic: Clinic,
    order: Order,
    warnings: Sequence[Problem],
    *,
    duplex: bool = False,
) -> Made:
    """Return the parts written as one file, read back and found without defects."""
    words = library.words(order.language).words
    metadata = typeset.Metadata(title=title, author=clinic.name, language=order.language, day=order.date)
    foot = typeset.FootWords(page=words["page_foot"], packet=words["packet_foot"])
    laid = [
        part if isinstance(part, MadeUp) else typeset.Reserved(part.title, part.anchor, part.sizes)
        for part in parts
    ]
    pdf = typeset.write(laid, metadata, foot, duplex=duplex)
    # What comes from others is an empty part until it is grafted in.
    documents = tuple(
        part.document if isinstance(part, MadeUp) else Document(part.title, order.language, ())
        for part in parts
    )
    defects = audit.audit(pdf, expected=documents if len(documents) > 1 else documents[0])
    serious = tuple(str(defect) for defect in defects if defect.severity == "defect")
    if serious:
        raise DefectiveError(serious, where=title)
    *starts, pages = typeset.first_pages([_length(part) for part in parts], duplex=duplex)
    places = [
        merging.Place(part, kid, start)
        for kid, (part, start) in enumerate(zip(parts, starts, strict=True))
        if isinstance(part, Guest)
    ]
    told = list(warnings)
    if places:
        known = [part.document if isinstance(part, MadeUp) else None for part in parts]
        merged = merging.graft(pdf, places, known)
        pdf = merged.pdf
        told += merged.told
    return Made(pdf, pages, title, tuple(dict.fromkeys(told)))
