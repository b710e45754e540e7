"""What a finished PDF says, as a screen reader would: to find out whom a file is for."""

from __future__ import annotations

import io

import pikepdf

from handouts.audit.case import open_case
from handouts.audit.defect import Findings
from handouts.audit.ties import check_ties
from handouts.audit.words import lines


def said_lines(pdf: bytes) -> tuple[str, ...]:
    """Return the text of a file in the order of its tags, a line for each paragraph, heading, item or cell.

    Raises ValueError for what can't be read, and for a file without tags.
    """
    try:
        with pikepdf.open(io.BytesIO(pdf), suppress_warnings=True) as file:
            case = open_case(file, Findings(), own=True)
            check_ties(case)
            found = lines(case, case.tree.top) if case.tree else []
            return tuple(text for line in found if (text := line.text))
    except (pikepdf.PdfError, ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError) as error:
        raise ValueError("this PDF cannot be read") from error
