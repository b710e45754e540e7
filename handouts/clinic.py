"""The look: how a clinic's paper looks, with contrast checked at birth.

A :class:`Clinic` is plain values. Its :class:`Palette` is made from one accent colour for one kind of
ink; a colour that would be too pale to read is darkened until it passes, and ``Palette.mended`` says so.
Contrast is the WCAG 2 ratio: at least 4.5 for text, 3 for lines that carry meaning.
"""

from __future__ import annotations

import colorsys
import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

TEXT_CONTRAST = 4.5
LINE_CONTRAST = 3.0
"""Of a line that carries meaning: where to write, what to tick, which signs belong together."""

Rgb = tuple[float, float, float]
Ink = Literal["colour", "grey", "black"]


@dataclass(frozen=True, slots=True)
class Review:
    """A clinic's own sign-off of one condition in one version; ``date`` and ``until`` are ISO days."""

    condition: str
    version: str
    name: str
    role: str
    date: str
    until: str

    def is_past(self, day: dt.date) -> bool:
        """Say whether it no longer holds on a day; on its last day it does."""
        return self.until < day.isoformat()


@dataclass(frozen=True, slots=True)
class Logo:
    """The bytes of a logo file, its kind (png, jpeg or svg) and its alternative text."""

    data: bytes
    kind: Literal["png", "jpeg", "svg"]
    alt: str
    file: str


@dataclass(frozen=True, slots=True)
class Clinic:
    """How a clinic's paper looks and whom to call; empty means that the clinic's file does not say."""

    id: str
    name: str
    emergency_number: str
    accent: str
    places: tuple[str, ...] = ()
    phone: str = ""
    address: tuple[str, ...] = ()
    web: str = ""
    email: str = ""
    tagline: str = ""
    band: Literal["rule", "block", "side"] = "rule"
    corners: Literal["round", "square"] = "round"
    person: Literal["short-hair", "bun"] = "short-hair"
    logo: Logo | None = None
    paper: Literal["letter", "a4"] = "letter"
    reviews: tuple[Review, ...] = ()


def rgb(colour: str) -> Rgb:
    """Return red, green and blue between 0 and 1 from ``#rrggbb``."""
    return (int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255)


def hex_colour(value: Rgb) -> str:
    """Return ``#rrggbb`` from red, green and blue between 0 and 1."""
    return "#" + "".join(f"{round(part * 255):02x}" for part in value)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, 0 (black) to 1 (white), as WCAG 2 defines it."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21, as WCAG 2 defines it."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def darkened(colour: str, against: str, ratio: float) -> str:
    """Return the colour, made darker in small steps until its contrast to ``against`` passes.

    Hue and saturation are kept, so that a clinic still knows its own colour.
    """
    hue, light, saturation = colorsys.rgb_to_hls(*rgb(colour))
    while contrast(colour, against) < ratio and light > 0:
        light = max(0.0, light - 0.01)
        colour = hex_colour(colorsys.hls_to_rgb(hue, light, saturation))
    return colour


def tinted(colour: str, share: float) -> str:
    """Return white with a share (0 to 1) of the colour in it."""
    red, green, blue = (1 - share * (1 - part) for part in rgb(colour))
    return hex_colour((red, green, blue))


def greyed(colour: str) -> str:
    """Return the grey that looks as light as the colour."""
    level = luminance(colour)
    value = level * 12.92 if level <= 0.0031308 else 1.055 * level ** (1 / 2.4) - 0.055
    return hex_colour((value, value, value))


@dataclass(frozen=True, slots=True)
class Palette:
    """All colours of a page, as ``#rrggbb``.

    ``brand`` passes as text on white and on ``tint``; ``alert`` on white and on ``alert_tint``;
    ``muted`` is for captions; ``line`` is decoration, ``rule`` a line that carries meaning.
    """

    ink: str
    muted: str
    brand: str
    on_brand: str
    tint: str
    line: str
    rule: str
    alert: str
    alert_tint: str
    mended: str = ""


@lru_cache(maxsize=256)
def palette(accent: str, ink: Ink) -> Palette:
    """Return the colours for a clinic's accent and a kind of ink.

    ``grey`` keeps the lightness of each colour but no hue; ``black`` uses black and white only, for
    photocopies: boxes are told apart by their lines, never by a tint.
    """
    if ink == "black":
        black, white = "#000000", "#ffffff"
        return Palette(black, black, black, white, white, black, black, black, white)
    tint = tinted(accent, 0.10)
    while luminance(tint) < 0.8:
        tint = tinted(tint, 0.5)
    brand = darkened(darkened(accent, tint, TEXT_CONTRAST), "#ffffff", TEXT_CONTRAST)
    mended = brand if brand.lower() != accent.lower() else ""
    alert, alert_tint = "#9b1c1c", "#fdf0ee"
    rule = darkened("#5d6b74", tint, LINE_CONTRAST)
    colours = {
        "ink": "#1d2730",
        "muted": "#46535c",
        "brand": brand,
        "on_brand": "#ffffff",
        "tint": tint,
        "line": "#b9c6cc",
        "rule": rule,
        "alert": alert,
        "alert_tint": alert_tint,
    }
    if ink == "grey":
        colours = {name: greyed(value) for name, value in colours.items()}
    return Palette(**colours, mended=mended)


def line_contrasts(palette: Palette) -> dict[str, float]:
    """Return the contrast of each line that carries meaning to what it may be drawn on, by name."""
    return {
        "lines to write on and boxes to tick": contrast(palette.rule, "#ffffff"),
        "lines to write on, in a tinted box": contrast(palette.rule, palette.tint),
        "frame of the get-help box": contrast(palette.alert, "#ffffff"),
        "lines in the get-help box": contrast(palette.alert, palette.alert_tint),
        "bar beside the main message": contrast(palette.brand, palette.tint),
    }
