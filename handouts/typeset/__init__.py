"""Stage 4: a document becomes pages, and pages an accessible PDF. The only part that knows ReportLab."""

from handouts.pdf.metadata import Metadata
from handouts.typeset.fonts import unprintable
from handouts.typeset.parts import FootWords, MadeUp, Reserved, first_pages
from handouts.typeset.picture_file import picture_file
from handouts.typeset.render import bind, make_up, write
from handouts.typeset.slots import PERSONAL, Slot, Template, is_wide

__all__ = [
    "PERSONAL",
    "FootWords",
    "MadeUp",
    "Metadata",
    "Reserved",
    "Slot",
    "Template",
    "bind",
    "first_pages",
    "is_wide",
    "make_up",
    "picture_file",
    "unprintable",
    "write",
]
