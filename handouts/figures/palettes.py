"""Palettes of the figures: from a clinic's accent for colour, greys for a laser, black for a photocopy.

Nothing depends on hue: what must be told apart differs in lightness or in its lines. Contrasts are the WCAG
ratios that were found to survive an office laser and one photocopy.
"""

from __future__ import annotations

import colorsys
from dataclasses import dataclass, replace
from functools import lru_cache

from handouts.clinic import TEXT_CONTRAST, Ink, contrast, darkened, hex_colour, rgb

WARM = (0.94, 0.11)
"""Hues from here round to there clash with the red of a target: clothes and arrows then stay slate blue."""
SLATE = 0.565
SHORTS_ON_TARGET = 2.8


@dataclass(frozen=True, slots=True)
class FigurePalette:
    """All colours of a figure, as ``#rrggbb``.

    ``hatch_far`` tells the far limbs apart by hatching them, where no tint may. ``target_line`` is the
    outline of a target, ``target_hatch`` the lines in it, ``hatch`` their width in points.
    """

    line: str
    skin: str
    skin_far: str
    shirt: str
    shirt_far: str
    shorts: str
    shorts_far: str
    hair: str
    ghost: str
    target: str
    target_line: str
    target_hatch: str
    arrow: str
    prop: str
    prop_dark: str
    mat: str
    prop_line: str
    band: str
    water: str
    paper: str = "#ffffff"
    hatch: float = 0.45
    hatch_far: bool = False


@lru_cache(maxsize=256)
def figure_palette(accent: str, ink: Ink) -> FigurePalette:
    """Return the colours of figures for a clinic's accent (``#rrggbb``) and a kind of ink."""
    if ink == "black":
        return _BLACK
    if ink == "grey":
        return _GREY
    hue, _, saturation = colorsys.rgb_to_hls(*rgb(accent))
    clash = saturation < 0.08 or hue > WARM[0] or hue < WARM[1]
    if clash:
        hue, saturation = SLATE, 0.3
    arrow = darkened(accent if not clash else _BLACK_BLUE, "#ffffff", TEXT_CONTRAST + 1.5)
    shorts = _shade(hue, 0.42, min(saturation, 0.24))
    shorts = darkened(shorts, _COLOUR.target, SHORTS_ON_TARGET)
    return replace(
        _COLOUR,
        shirt=_shade(hue, 0.87, min(saturation, 0.4)),
        shirt_far=_shade(hue, 0.74, min(saturation, 0.24)),
        shorts=shorts,
        shorts_far=_shade(hue, 0.60, min(saturation, 0.15)),
        mat=_shade(hue, 0.86, min(saturation, 0.32)),
        water=_shade(SLATE, 0.88, 0.5),
        arrow=arrow,
        band=darkened("#0e7c66" if not 0.38 < hue < 0.5 else "#6b4a9b", "#ffffff", TEXT_CONTRAST),
    )


def _shade(hue: float, light: float, saturation: float) -> str:
    return hex_colour(colorsys.hls_to_rgb(hue, light, saturation))


def worst_contrasts(palette: FigurePalette) -> dict[str, float]:
    """Return the contrast ratios that decide whether a figure can be read, by name."""
    target_edge = max(contrast(palette.target, palette.shorts), contrast(palette.target_line, palette.shorts))
    return {
        "line on skin": contrast(palette.line, palette.skin),
        "line on shorts": contrast(palette.line, palette.shorts),
        "arrow on paper": contrast(palette.arrow, palette.paper),
        "ghost on paper": contrast(palette.ghost, palette.paper),
        "target on shorts": target_edge,
        "hatch on target": contrast(palette.target_hatch, palette.target),
        "target's outline on skin": contrast(palette.target_line, palette.skin),
        "prop lines on paper": contrast(palette.prop_line, palette.paper),
        "band on paper": contrast(palette.band, palette.paper),
    }


_BLACK_BLUE = "#0a4c86"

_COLOUR = FigurePalette(
    line="#1f2a33",
    skin="#ffffff",
    skin_far="#d5dade",
    shirt="#d3e0e8",
    shirt_far="#afbfca",
    shorts="#55697a",
    shorts_far="#8c9aa6",
    hair="#39444d",
    ghost="#66727c",
    target="#f2a38c",
    target_line="#b2331a",
    target_hatch="#b2331a",
    arrow=_BLACK_BLUE,
    prop="#e6ebee",
    prop_dark="#c3cdd4",
    mat="#cfe0e6",
    prop_line="#6a7680",
    band="#0e7c66",
    water="#cfe3f5",
)
_GREY = FigurePalette(
    line="#111111",
    skin="#ffffff",
    skin_far="#cfcfcf",
    shirt="#e2e2e2",
    shirt_far="#b5b5b5",
    shorts="#a4a4a4",
    shorts_far="#bebebe",
    hair="#333333",
    ghost="#5f5f5f",
    target="#2a2a2a",
    target_line="#000000",
    target_hatch="#ffffff",
    arrow="#000000",
    prop="#eeeeee",
    prop_dark="#cccccc",
    mat="#dddddd",
    prop_line="#666666",
    band="#000000",
    water="#e4e4e4",
    hatch=0.6,
)
_BLACK = FigurePalette(
    line="#000000",
    skin="#ffffff",
    skin_far="#ffffff",
    shirt="#ffffff",
    shirt_far="#ffffff",
    shorts="#ffffff",
    shorts_far="#ffffff",
    hair="#000000",
    ghost="#000000",
    target="#000000",
    target_line="#000000",
    target_hatch="#ffffff",
    arrow="#000000",
    prop="#ffffff",
    prop_dark="#ffffff",
    mat="#ffffff",
    prop_line="#000000",
    band="#000000",
    water="#ffffff",
    hatch=0.6,
    hatch_far=True,
)
