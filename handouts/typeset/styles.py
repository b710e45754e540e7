"""Styles: what the names in a document look like, in points, for one edition.

The standard edition sets body text in 12 points, large print in 18: set anew, not scaled. Captions and page
numbers are never smaller than 10 points (14 in large print).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from handouts.order import Edition, Paper

MM = 72 / 25.4
COLUMN_GAP = 14.0
PAPER_SIZES: dict[Paper, tuple[float, float]] = {"letter": (612.0, 792.0), "a4": (595.28, 841.89)}
MARGIN_TOP = 11 * MM
MARGIN_SIDE = 16 * MM
FOOT_BASELINE = 8.5 * MM
FOOT_LOWER_BASELINE = 6 * MM
BARE_BASELINE = 5.5 * MM
BARE_MARGIN = 8 * MM
"""Of the page number on a page that is not ours: as low and as far out as office printers still print."""
"""Of the lower of two lines at the foot."""


@dataclass(frozen=True, slots=True)
class Style:
    """One kind of text: sizes in points, ``colour`` names a colour of the palette."""

    size: float
    leading: float
    bold: bool = False
    colour: str = "ink"
    before: float = 0
    after: float = 0
    align: Literal["left", "centre", "right"] = "left"
    keep: bool = False


BODY = Style(12, 16, after=6)

STANDARD: dict[str, Style] = {
    "": BODY,
    "h1": Style(26, 29, bold=True, before=6, after=4, keep=True),
    "h2": Style(17, 21, bold=True, colour="brand", before=12, after=4, keep=True),
    "h3": Style(14, 18, bold=True, before=9, after=3, keep=True),
    "h4": Style(13, 17, bold=True, before=6, after=3, keep=True),
    "help": Style(15, 18, bold=True, colour="alert", after=2, keep=True),
    "stage": Style(11.5, 15, bold=True, colour="on_brand", before=10, after=6, keep=True),
    "card": Style(13, 17, bold=True, after=3, keep=True),
    "wordmark": Style(16, 19, bold=True, colour="brand"),
    "band-line": Style(10.5, 14, colour="muted"),
    "phone": Style(13.5, 17, bold=True, align="right"),
    "band-note": Style(10.5, 14, colour="muted", align="right"),
    "side": Style(11, 14, bold=True, align="right", before=4),
    "slot": Style(11, 15, colour="muted", after=2),
    "other-names": Style(11, 14.5, colour="muted", after=4, keep=True),
    "message": Style(14, 18.5, after=0),
    "lead": Style(12, 16, after=6, keep=True),
    "dose": Style(12, 16, bold=True, before=5, after=5),
    "tips": Style(11, 14.5, after=2),
    "feel": Style(10.5, 13.5, colour="muted", align="centre", before=4),
    "room-label": Style(10, 13, colour="muted"),
    "honest": Style(11, 14.5, colour="muted", before=4, after=4),
    "fine": Style(10, 13, colour="muted", after=2),
    "box-head": Style(13, 17, bold=True),
    "cover-line": Style(13, 18, after=4),
    "li": Style(12, 16, after=3),
    "li-fine": Style(10, 13, colour="muted", after=1),
    "cell": Style(12, 16),
    "cell-head": Style(12, 16, bold=True),
    "help-cell": Style(12, 15.6),
    "help-head": Style(12, 15.6, bold=True, colour="alert"),
    "log-cell": Style(11, 14),
    "log-head": Style(11, 14, bold=True),
    "foot": Style(10, 13, colour="muted"),
}

LARGE_SIZES: dict[str, tuple[float, float]] = {
    "h1": (34, 38),
    "h2": (25, 30),
    "h3": (21, 26),
    "h4": (20, 25),
    "help": (22, 27),
    "stage": (18, 23),
    "card": (20, 25),
    "wordmark": (22, 26),
    "phone": (19, 24),
    "message": (20, 26),
    "box-head": (20, 25),
    "cover-line": (20, 26),
    "band-line": (16, 20),
    "band-note": (16, 20),
    "side": (16, 20),
    "slot": (16, 21),
    "other-names": (16, 21),
    "feel": (16, 20),
    "room-label": (14, 18),
    "honest": (18, 24),
    "tips": (18, 24),
    "fine": (14, 18),
    "li-fine": (14, 18),
    "log-cell": (16, 20),
    "log-head": (14, 18),
    "foot": (14, 18),
}

TABLE_STYLES: dict[str, tuple[str, str]] = {
    "": ("cell", "cell-head"),
    "plain": ("cell", "cell-head"),
    "contents": ("cell", "cell-head"),
    "walk-run": ("cell", "cell-head"),
    "help": ("help-cell", "help-head"),
    "log": ("log-cell", "log-head"),
}
"""The styles of data cells and of header cells, by table style."""


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """All styles of one edition, and the sizes that are not a text's; one object for each edition."""

    edition: Edition
    styles: dict[str, Style]
    margin_bottom: float
    list_indent: float
    writing_line: float
    tick: float

    def style(self, name: str) -> Style:
        """Return a style by its name; a name that is not known is our own mistake and raises KeyError."""
        return self.styles[name]


@cache
def sheet(edition: Edition) -> Sheet:
    """Return the styles of an edition."""
    if edition == "standard":
        return Sheet(edition, STANDARD, margin_bottom=15 * MM, list_indent=15, writing_line=22, tick=10)
    large = {
        name: replace(
            style,
            size=LARGE_SIZES.get(name, (18, 24))[0],
            leading=LARGE_SIZES.get(name, (18, 24))[1],
            before=style.before * 1.2,
            after=style.after * 1.3,
        )
        for name, style in STANDARD.items()
    }
    return Sheet(edition, large, margin_bottom=19 * MM, list_indent=24, writing_line=30, tick=15)
