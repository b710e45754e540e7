"""Our side, as a process that stays: ``python ours.py make | make-fresh | make-audited | audit``.

``make`` is everything from the condition to the bytes: template, markup, page make-up, file. The content
files are read before, as a batch would.
"""

from __future__ import annotations

import sys

import serving
import subject

from handouts import audit, typeset
from handouts.document import Document
from handouts.drawings import draw_figures

LIBRARY = subject.open_library()
WHOLE = LIBRARY.condition(subject.CONDITION)
CLINIC = LIBRARY.clinic(subject.CLINIC)
WORDS = LIBRARY.words("en").words
FOOT = typeset.FootWords(page=WORDS["page_foot"], packet=WORDS["packet_foot"])


def make(number: int, *, fresh: bool = False) -> tuple[bytes, Document]:
    """Return one handout, and the document that it must say."""
    document = subject.document(LIBRARY, WHOLE, CLINIC, number, fresh=fresh)
    order = subject.order(number)
    metadata = typeset.Metadata(
        title=document.title, author=CLINIC.name, language=order.language, day=order.date
    )
    drawings = draw_figures(document, LIBRARY, CLINIC, order)
    return typeset.write([typeset.make_up(document, CLINIC, order, drawings)], metadata, FOOT), document


def audited(made: tuple[bytes, Document]) -> bytes:
    """Return the file if it has no defect; raises ValueError if it has one."""
    pdf, document = made
    defects = [defect for defect in audit.audit(pdf, expected=document) if defect.severity == "defect"]
    if defects:
        raise ValueError(f"our own file has defects: {defects}")
    return pdf


def main(what: str) -> None:
    """Serve one of the variants."""
    match what:
        case "make":
            serving.serve(int, lambda number: make(number)[0])
        case "make-fresh":
            serving.serve(int, lambda number: make(number, fresh=True)[0])
        case "make-audited":
            serving.serve(int, lambda number: audited(make(number)))
        case "audit":
            serving.serve(make, audited)
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    main(*sys.argv[1:])
