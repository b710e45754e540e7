"""Small tagged PDFs as other programs make them: how to find the clinic, in four languages.

All of them name the same destination, ``hours``, and hold headings, a list, a table, a figure, a link to an
address and one inside the file. They are made when a test asks for them; nothing of them is committed.
"""

from __future__ import annotations

from .chromium import chromium
from .page import FONTS
from .texts import LANGUAGES
from .typst import typst
from .weasyprint import weasyprint

__all__ = ["FONTS", "LANGUAGES", "chromium", "typst", "weasyprint"]
