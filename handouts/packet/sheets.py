"""What a printer has to know of a PDF: how large its pages are, and how its sheets are turned over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pikepdf

from handouts.errors import ForeignError
from handouts.packet.boxes import view
from handouts.packet.part import Part
from handouts.packet.source import Source

Turn = Literal["", "long-edge", "short-edge"]
"""The edge that a sheet is turned over on to print its back; empty: the file does not say."""

_TURNS: dict[object, Turn] = {b"/DuplexFlipLongEdge": "long-edge", b"/DuplexFlipShortEdge": "short-edge"}
# A few kilobytes can unfold to gigabytes. The limit holds for the whole process, and is the auditor's.
_MOST_DECODED_BYTES = 256_000_000
pikepdf.settings.set_qpdf_limits(
    flate_max_memory=_MOST_DECODED_BYTES,
    run_length_max_memory=_MOST_DECODED_BYTES,
    png_max_memory=_MOST_DECODED_BYTES,
    tiff_max_memory=_MOST_DECODED_BYTES,
)


@dataclass(frozen=True, slots=True)
class Sheets:
    """Width and height of each page as a viewer shows it, in points, and the wish to have two sides."""

    sizes: tuple[tuple[float, float], ...]
    turn: Turn


def read_sheets(pdf: bytes, name: str) -> Sheets:
    """Return what a printer has to know; ``name`` is what messages call the file.

    Raises ForeignError for bytes that are no PDF, are locked, or have no pages.
    """
    try:
        with Source.open(Part(pdf, name)) as source:
            sizes = tuple(view(source, page).size for page in source.pages)
            wish = source.value(source.entries(source.root.get(b"/ViewerPreferences")).get(b"/Duplex"))
    except (pikepdf.PdfError, ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError) as error:
        raise ForeignError("this is no PDF that can be read.", where=name) from error
    return Sheets(sizes, _TURNS.get(wish, "") if isinstance(wish, bytes) else "")
