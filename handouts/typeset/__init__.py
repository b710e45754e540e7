"""Stage 4: a document becomes pages, and pages an accessible PDF. The only part that knows ReportLab."""

from handouts.pdf.metadata import Metadata
from handouts.typeset.fonts import unprintable
from handouts.typeset.picture_file import picture_file
from handouts.typeset.render import FootWords, MadeUp, Reserved, first_pages, make_up, write

__all__ = [
    "FootWords",
    "MadeUp",
    "Metadata",
    "Reserved",
    "first_pages",
    "make_up",
    "picture_file",
    "unprintable",
    "write",
]
