"""Render: documents set, made up into pages, tagged, and written as one accessible PDF.

``make_up`` turns one document into pages; ``write`` binds one or several of them into a file. A file of
several has a Part for each, its own bookmarks, and packet page numbers beside each handout's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from handouts.clinic import Clinic, palette
from handouts.document import Document
from handouts.errors import UnprintableError
from handouts.figures import Drawing
from handouts.order import Order
from handouts.pdf.metadata import Metadata
from handouts.typeset import makeup
from handouts.typeset.binder import Binder
from handouts.typeset.blocks import set_block
from handouts.typeset.parts import FootWords, MadeUp, Reserved
from handouts.typeset.setter import Look
from handouts.typeset.slots import Template
from handouts.typeset.styles import MARGIN_SIDE, MARGIN_TOP, PAPER_SIZES, sheet


def make_up(
    document: Document, clinic: Clinic, order: Order, drawings: Mapping[str, Drawing] | None = None
) -> MadeUp:
    """Return a document set for a clinic's look and an order's paper, edition and ink.

    ``drawings`` holds what the document's figures name as their sources, the logo apart.

    Raises UnprintableError for text or a picture that cannot be printed exactly.
    """
    width, height = PAPER_SIZES[order.paper]
    styles = sheet(order.edition)
    look = Look(
        clinic=clinic,
        palette=palette(clinic.accent, order.ink),
        sheet=styles,
        ink=order.ink,
        page_height=height - MARGIN_TOP - styles.margin_bottom,
        drawings=drawings or {},
    )
    blocks = tuple(set_block(block, look, width - 2 * MARGIN_SIDE) for block in document.blocks)
    pages = makeup.make_up(list(blocks), look)
    alerts = [number for number, page in enumerate(pages) for placed in page if _is_alert(placed)]
    if alerts and alerts[0]:
        raise UnprintableError(
            "the get-help box would not be on the first page.",
            advice="Shorten what stands above it: the clinic's lines, the title, the message or the names.",
        )
    return MadeUp(document, look, (width, height), blocks, pages)


def _is_alert(placed: makeup.Placed) -> bool:
    return placed.galley.frame is not None and placed.galley.frame.name == "alert"


def write(
    parts: Sequence[MadeUp | Reserved], metadata: Metadata, words: FootWords, *, duplex: bool = False
) -> bytes:
    """Return one file that holds the parts in order; the same parts give the same bytes.

    One part is the document itself; several become a Part each. The first is never room reserved.
    """
    return bind(parts, metadata, words, duplex=duplex)[1]


def bind(
    parts: Sequence[MadeUp | Reserved], metadata: Metadata, words: FootWords, *, duplex: bool = False
) -> tuple[Template, bytes]:
    """Return the file of some parts, also as a template for other persons' words."""
    return Binder(parts, metadata, words, duplex=duplex).bind()
