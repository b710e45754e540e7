"""Boxes: the lines and tints round blocks, as path operators with y up from a lower left corner."""

from __future__ import annotations

from dataclasses import dataclass

from handouts.clinic import Clinic, Palette
from handouts.typeset.lines import colour_operator

CURVE = 0.5523
"""The control point of a quarter circle drawn as one Bezier curve."""


@dataclass(frozen=True, slots=True)
class BoxStyle:
    """How a frame is drawn: padding (top, right, bottom, left), line width, and names of colours.

    ``bar`` is the width of a thick rule at the left edge; ``under`` of one along the bottom.
    """

    padding: tuple[float, float, float, float]
    line: float = 0
    line_colour: str = "line"
    fill: str = ""
    radius: float = 0
    bar: float = 0
    under: float = 0
    before: float = 0
    after: float = 0


BOXES: dict[str, BoxStyle] = {
    "card": BoxStyle((8, 11, 9, 11), 0.9, radius=6, after=8),
    "alert": BoxStyle((5, 10, 5, 11), 1.4, "alert", "alert_tint", radius=5, before=6, after=6),
    "tint": BoxStyle((6, 10, 7, 10), fill="tint", radius=5, before=10, after=6),
    "bar": BoxStyle((6, 12, 8, 14), fill="tint", bar=4, before=2, after=6),
    "box": BoxStyle((7, 10, 8, 10), 1.2, radius=5, before=4, after=6),
    "room": BoxStyle((5, 8, 5, 8), 0.8, radius=5),
    "dose": BoxStyle((4, 9, 5, 9), fill="tint", radius=4),
    "stage": BoxStyle((2.5, 10, 3, 10), fill="brand", radius=9),
    "band-rule": BoxStyle((0, 0, 5, 0), under=2.4, line_colour="brand", after=8),
    "band-block": BoxStyle((7, 12, 8, 12), fill="brand", radius=5, after=8),
    "band-side": BoxStyle((2, 0, 4, 14), bar=6, under=0.8, line_colour="brand", after=8),
}


def box_style(name: str, clinic: Clinic) -> BoxStyle:
    """Return how a frame is drawn for a clinic: its kind of band, its corners."""
    box = BOXES[f"band-{clinic.band}" if name == "band" else name]
    if clinic.corners == "square" and box.radius:
        return BoxStyle(
            box.padding, box.line, box.line_colour, box.fill, 0, box.bar, box.under, box.before, box.after
        )
    return box


def rounded(x: float, y: float, width: float, height: float, radius: float) -> str:
    """Return the path of a rectangle with round corners; (x, y) is its lower left one."""
    radius = min(radius, width / 2, height / 2)
    if radius <= 0:
        return f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re"
    right, top, bend = x + width, y + height, radius * (1 - CURVE)
    return (
        f"{x + radius:.2f} {y:.2f} m {right - radius:.2f} {y:.2f} l "
        f"{right - bend:.2f} {y:.2f} {right:.2f} {y + bend:.2f} {right:.2f} {y + radius:.2f} c "
        f"{right:.2f} {top - radius:.2f} l "
        f"{right:.2f} {top - bend:.2f} {right - bend:.2f} {top:.2f} {right - radius:.2f} {top:.2f} c "
        f"{x + radius:.2f} {top:.2f} l "
        f"{x + bend:.2f} {top:.2f} {x:.2f} {top - bend:.2f} {x:.2f} {top - radius:.2f} c "
        f"{x:.2f} {y + radius:.2f} l "
        f"{x:.2f} {y + bend:.2f} {x + bend:.2f} {y:.2f} {x + radius:.2f} {y:.2f} c h"
    )


def rule(x1: float, y1: float, x2: float, y2: float, width: float, colour: str) -> str:
    """Return the operators of one straight line."""
    return f"{colour_operator(colour, stroke=True)} {width:g} w {x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l S"


def box(style: BoxStyle, palette: Palette, width: float, height: float) -> str:
    """Return the operators of one box, its lower left corner at the origin.

    A tint that is white (black ink) gets a thin outline instead, so that the box is still seen.
    """
    ops = []
    fill = str(getattr(palette, style.fill)) if style.fill else ""
    line, line_colour = style.line, str(getattr(palette, style.line_colour))
    if fill == "#ffffff":
        fill = ""
        line = line or (0 if style.bar else 0.8)
    if fill:
        ops.append(f"{colour_operator(fill)} {rounded(0, 0, width, height, style.radius)} f")
    if line:
        inset = line / 2
        path = rounded(inset, inset, width - line, height - line, max(0, style.radius - inset))
        ops.append(f"{colour_operator(line_colour, stroke=True)} {line:g} w {path} S")
    if style.bar:
        ops.append(f"{colour_operator(palette.brand)} 0 0 {style.bar:g} {height:.2f} re f")
    if style.under:
        ops.append(rule(0, style.under / 2, width, style.under / 2, style.under, palette.brand))
    return "\n".join(ops)


def tick_box(palette: Palette, size: float, *, square: bool) -> str:
    """Return the operators of an empty box to tick, its lower left corner at the origin."""
    path = rounded(0.5, 0.5, size - 1, size - 1, 0 if square else size / 5)
    return f"{colour_operator(palette.rule, stroke=True)} 1 w {path} S"


def dot(colour: str, radius: float) -> str:
    """Return the operators of a filled dot round the origin."""
    return f"{colour_operator(colour)} {rounded(-radius, -radius, 2 * radius, 2 * radius, radius)} f"
