"""What a printer has to know of a PDF: how large its pages are, and how its sheets are turned over."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Literal

import pikepdf

from handouts.errors import UnprintableError

Turn = Literal["", "long-edge", "short-edge"]
"""The edge that a sheet is turned over on to print its back; empty: the file does not say."""

_TURNS: dict[str, Turn] = {"/DuplexFlipLongEdge": "long-edge", "/DuplexFlipShortEdge": "short-edge"}
# What reading a damaged or hostile object may raise: the library's own errors, and those of Python where an
# object is of another kind than any file should hold there.
_MALFORMED = (
    pikepdf.PdfError,
    pikepdf.DataDecodingError,
    pikepdf.ForeignObjectError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Sheets:
    """Width and height of each page as a viewer shows it, in points, and the wish to have two sides."""

    sizes: tuple[tuple[float, float], ...]
    turn: Turn


def read_sheets(pdf: bytes) -> Sheets:
    """Return what a printer has to know.

    Raises UnprintableError for bytes that are no PDF, are locked, or have no pages.
    """
    try:
        with pikepdf.open(io.BytesIO(pdf), suppress_warnings=True) as file:
            sizes = tuple(_size(page) for page in file.pages)
            wish = file.Root.get("/ViewerPreferences", pikepdf.Dictionary()).get("/Duplex", "")
            turn = _TURNS.get(str(wish), "")
    except pikepdf.PasswordError as error:
        raise UnprintableError(
            "the file opens only with a passphrase.", advice="Print the copy that is not locked."
        ) from error
    except _MALFORMED as error:
        raise UnprintableError("this is no PDF that can be opened.", advice="Make it again.") from error
    if not sizes:
        raise UnprintableError("the file has no pages.", advice="Make it again.")
    return Sheets(sizes, turn)


def _size(page: pikepdf.Page) -> tuple[float, float]:
    left, bottom, right, top = (float(value) for value in page.cropbox.as_list())
    unit = float(page.obj.get("/UserUnit", 1))
    size = abs(right - left) * unit, abs(top - bottom) * unit
    return size if page.rotation % 180 == 0 else (size[1], size[0])
