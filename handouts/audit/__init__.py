"""Audit: a finished PDF is read back, and everything wrong with it is listed.

::

    bytes ─▶ objects, tree, content (tokens, fonts) ─▶ Case ─▶ one check after another ─▶ defects
                                                              pages · ties · meaning · links · seen
                                                              claims · typefaces · active · meant or words

Nothing is believed that the file says about itself: what a screen reader would say is found through the
tags, the parent tree and the fonts, as the reader itself would. Any bytes are answered with defects, never
with an exception.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Collection

import pikepdf

from handouts.audit.active import check_active
from handouts.audit.case import Case, open_case
from handouts.audit.claims import OUR_CLAIMS, Claim, check_claims
from handouts.audit.defect import CODES, Defect, Findings, Severity
from handouts.audit.links import check_links
from handouts.audit.meaning import check_meaning
from handouts.audit.meant import check_meant
from handouts.audit.pages import check_pages
from handouts.audit.seen import check_seen
from handouts.audit.slots import SlotReader, slot_reader
from handouts.audit.ties import check_ties
from handouts.audit.typefaces import check_fonts
from handouts.audit.words import check_flow
from handouts.document import Document

__all__ = ["CODES", "Claim", "Defect", "Severity", "SlotReader", "audit", "slot_reader"]

_MOST_DECODED_BYTES = 256_000_000

# What reading a damaged or hostile object may raise: the library's own errors, and those of Python where
# an object is of another kind than any file should hold there.
_MALFORMED = (
    pikepdf.PdfError,
    pikepdf.DataDecodingError,
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    NotImplementedError,
    RuntimeError,
    TypeError,
    ValueError,
)

# A few kilobytes can unfold to gigabytes. The limit holds for the whole process, which is what we want.
pikepdf.settings.set_qpdf_limits(
    flate_max_memory=_MOST_DECODED_BYTES,
    run_length_max_memory=_MOST_DECODED_BYTES,
    png_max_memory=_MOST_DECODED_BYTES,
    tiff_max_memory=_MOST_DECODED_BYTES,
)


def audit(
    pdf: bytes,
    expected: Document | tuple[Document, ...] | None = None,
    *,
    claims: Collection[Claim] | None = None,
) -> tuple[Defect, ...]:
    """Return everything that is wrong with a finished PDF: first the defects, then the warnings.

    ``expected`` is the document that the file must say word for word; several are expected as a Part each.
    Without it a doubt about the text is a warning only. ``claims`` are the standards that the file has to
    claim: PDF/UA-1 and PDF/A-2a by default if a document is expected, none otherwise.
    """
    documents = (expected,) if isinstance(expected, Document) else expected
    found = Findings()
    try:
        file = pikepdf.open(io.BytesIO(pdf), suppress_warnings=True)
    except pikepdf.PasswordError:
        found.add("locked", "The file opens only with a password.")
        return found.all()
    except _MALFORMED:
        found.add("not-a-pdf", "This is no PDF that can be read.")
        return found.all()
    with file:
        _examine(file, found, documents, (OUR_CLAIMS if documents else ()) if claims is None else claims)
    return found.all()


def _examine(
    file: pikepdf.Pdf, found: Findings, documents: tuple[Document, ...] | None, claims: Collection[Claim]
) -> None:
    try:
        case = open_case(file, found, own=documents is not None)
    except _MALFORMED:
        found.add("unreadable-part", "The pages or the tags of the file cannot be read.")
        return
    title = documents[0].title if documents and len(documents) == 1 else ""
    checks: list[tuple[str, Callable[[Case], None]]] = [
        ("metadata", lambda case: check_claims(case, claims, title)),
        ("pages", check_pages),
        ("tags", check_ties),
        ("elements", check_meaning),
        ("links", check_links),
        ("place of the text", check_seen),
        ("fonts", check_fonts),
        ("objects", check_active),
        ("text", lambda case: check_meant(case, documents) if documents else check_flow(case)),
    ]
    for what, check in checks:
        try:
            check(case)
        except _MALFORMED:
            found.add("unreadable-part", f"The {what} of the file cannot be read.")
    for warning in file.get_warnings():
        if "MediaBox" in str(warning):  # the library gives such a page a size before we can see it
            found.add("page-box", "A page has no size.")
        else:
            found.add("damaged", "The file is damaged; a viewer has to guess what it holds.")
