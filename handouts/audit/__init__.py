"""Audit: a finished PDF is read back, and everything wrong with it is listed.

::

    bytes ─▶ objects, tree, content (tokens, fonts) ─▶ Case ─▶ one check after another ─▶ defects
                                                              pages · ties · meaning · links · seen
                                                              claims · typefaces · active · programs
                                                              archival · meant or words

Nothing is believed that the file says about itself: what a screen reader would say is found through the
tags, the parent tree and the fonts, as the reader itself would. Any bytes are answered with defects, never
with an exception.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Collection

import pikepdf

from handouts.audit.active import check_active
from handouts.audit.archival import check_archival
from handouts.audit.case import Case, open_case
from handouts.audit.claims import OUR_CLAIMS, Claim, check_claims
from handouts.audit.defect import BESIDE_A, BESIDE_UA, CODES, Defect, Findings, Severity
from handouts.audit.links import check_links
from handouts.audit.meaning import check_meaning
from handouts.audit.meant import check_meant
from handouts.audit.pages import check_pages
from handouts.audit.programs import check_programs
from handouts.audit.seen import check_seen
from handouts.audit.ties import check_ties
from handouts.audit.typefaces import check_fonts
from handouts.audit.words import check_flow
from handouts.document import Document

__all__ = ["CODES", "Claim", "Defect", "Severity", "audit", "earned"]

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
    expected: Document | tuple[Document | None, ...] | None = None,
    *,
    claims: Collection[Claim] | None = None,
) -> tuple[Defect, ...]:
    """Return everything that is wrong with a finished PDF: first the defects, then the warnings.

    ``expected`` is the document that the file must say word for word; several are expected as a Part each,
    ``None`` among them for a part that others wrote. Where others had a hand in it a doubt about the text is
    a warning only. ``claims`` are the standards that the file has to
    claim: PDF/UA-1 and PDF/A-2a by default if a document is expected, none otherwise.
    """
    documents = (expected,) if isinstance(expected, Document) else expected
    found = Findings()
    _read(pdf, found, documents, (OUR_CLAIMS if documents else ()) if claims is None else claims)
    return found.all()


def earned(pdf: bytes) -> frozenset[Claim]:
    """Return the standards that a file of anyone's claims, and that nothing found in it breaks.

    A defect counts against each standard unless that standard allows it. A warning never counts: what is
    only told as one (a table without heads, bookmarks left out, a font that is listed but not used) both
    standards allow. What no program can see, such as an alternative text that says nothing, is believed,
    and so are the shapes inside a font.
    """
    found = Findings()
    claimed = _read(pdf, found, None, ())
    told = {one.code for one in found.all() if one.severity == "defect"}
    beside: dict[Claim, frozenset[str]] = {"ua1": BESIDE_UA, "a2a": BESIDE_A}
    return frozenset(one for one in OUR_CLAIMS if one in claimed and told <= beside[one])


def _read(
    pdf: bytes, found: Findings, documents: tuple[Document | None, ...] | None, claims: Collection[Claim]
) -> frozenset[str]:
    """Fill the list of what is wrong with a file, and return what it claims."""
    try:
        file = pikepdf.open(io.BytesIO(pdf), suppress_warnings=True)
    except pikepdf.PasswordError:
        found.add("locked", "The file opens only with a password.")
        return frozenset()
    except _MALFORMED:
        found.add("not-a-pdf", "This is no PDF that can be read.")
        return frozenset()
    with file:
        return _examine(file, found, documents, claims)


def _examine(
    file: pikepdf.Pdf,
    found: Findings,
    documents: tuple[Document | None, ...] | None,
    claims: Collection[Claim],
) -> frozenset[str]:
    try:
        case = open_case(file, found, own=documents is not None and None not in documents)
    except _MALFORMED:
        found.add("unreadable-part", "The pages or the tags of the file cannot be read.")
        return frozenset()
    title = documents[0].title if documents and len(documents) == 1 and documents[0] else ""
    checks: list[tuple[str, Callable[[Case], None]]] = [
        ("metadata", lambda case: check_claims(case, claims, title)),
        ("pages", check_pages),
        ("tags", check_ties),
        ("elements", check_meaning),
        ("links", check_links),
        ("place of the text", check_seen),
        ("fonts", check_fonts),
        ("objects", check_active),
        ("fonts' programs", lambda case: None if case.own or not case.claims else check_programs(case)),
        ("graphics", lambda case: None if case.own or "pdfa" not in case.claims else check_archival(case)),
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
    return case.claims
