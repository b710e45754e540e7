"""Marks on a figure: the hatched target area, arrows, the hold sign and the letters of a row."""

from __future__ import annotations

import cmath
import math
from itertools import pairwise

from handouts.figures import canvas as c
from handouts.figures.canvas import Canvas
from handouts.figures.drawing import Paint
from handouts.figures.geometry import (
    Path,
    Point,
    degrees,
    ellipse,
    line,
    placed,
    polygon,
    smooth,
    turn,
    unit,
)
from handouts.figures.kinematics import Body, hand_sign
from handouts.figures.palettes import FigurePalette
from handouts.figures.pose import Arrow, Target
from handouts.figures.shapes import limb_named

HEAD_LENGTH = 6.4
HEAD_WIDTH = 5.4
LETTER_RADIUS = 5.6
HOLD_RADIUS = 7.6
"""Sizes of marks, in points."""

_SHARES: dict[str, tuple[float, float]] = {
    "front": (0.12, 0.93),
    "outer": (0.12, 0.93),
    "back": (-0.93, -0.12),
    "inner": (-0.93, -0.12),
    "middle": (-0.62, 0.62),
    "all": (-0.93, 0.93),
}
_PELVIS_SIDE: dict[str, tuple[complex, float, float]] = {
    "buttock": (-6.0 - 1.0j, 5.2, 7.6),
    "hip": (0 + 1.5j, 5.4, 6.4),
    "groin": (5.6 + 1.0j, 3.2, 7.0),
    "abdomen": (4.6 + 22j, 4.0, 8.5),
    "back": (-5.8 + 17j, 3.2, 7.5),
    "chest": (5.0 + 40j, 4.5, 7.5),
}
_PELVIS_FRONT: dict[str, tuple[complex, float, float]] = {
    "groin": (8.2 - 2.0j, 3.4, 6.8),
    "hip": (14.2 - 1.0j, 4.0, 8.0),
    "buttock": (8.2 - 1.5j, 6.4, 7.2),
    "abdomen": (0 + 20j, 8.0, 7.0),
    "back": (0 + 14j, 10.0, 5.5),
    "chest": (7 + 42j, 6.0, 5.0),
}
"""Areas of the trunk: their middle seen from the pelvis (outward positive), and their half-axes, in cm."""


def target_shape(body: Body, target: Target) -> tuple[Path, tuple[Path, ...]]:
    """Return the outline of a target area and the lines that hatch it."""
    if target.area.partition(".")[0] in ("thigh", "shank"):
        return _limb_target(body, target)
    if target.area.startswith("knee."):
        return _knee_target(body, target)
    return _trunk_target(body, target)


def _knee_target(body: Body, target: Target) -> tuple[Path, tuple[Path, ...]]:
    """Return the outer side of a knee."""
    key = target.area.partition(".")[2]
    knee = body.points[f"knee.{key}"]
    down = unit(body.points[f"ankle.{key}"] - body.points[f"hip.{key}"])
    out = 1j * down * (0 if body.side else hand_sign(body, key))
    middle = knee + out * 4 + complex(*target.shift)
    return _oval(middle, down * 1j, (3.4 if out else 4.2) * target.size, 6.0 * target.size)


def _limb_target(body: Body, target: Target) -> tuple[Path, tuple[Path, ...]]:
    limb = limb_named(body, target.area)
    low, high = _SHARES[target.side]
    start, end = target.span
    count = 8
    one: list[Point] = []
    other: list[Point] = []
    hatch: list[Path] = []
    shift = complex(*target.shift)
    slant = unit(limb.end - limb.start) * 1.1
    for k in range(count + 1):
        full = math.sin(math.pi * k / count) ** 0.55
        inner, outer = low, high
        # The edge on the skin bulges a little, the inner one a lot, so that the area is a lens.
        if high > -low:
            outer = high + (low - high) * (1 - full) * 0.35
            inner = outer + (low - outer) * full
        elif high < -low:
            inner = low + (high - low) * (1 - full) * 0.35
            outer = inner + (high - inner) * full
        else:
            inner, outer = low * full, high * full
        place = start + (end - start) * k / count
        a, z = limb.point(place, outer) + shift, limb.point(place, inner) + shift
        if 0 < k < count:
            hatch.append(line(z * 0.86 + a * 0.14 - slant, a * 0.86 + z * 0.14 + slant))
            other.append(z)
        one.append(a)
    return smooth(one + other[::-1]), tuple(hatch)


def _trunk_target(body: Body, target: Target) -> tuple[Path, tuple[Path, ...]]:
    area, _, key = target.area.partition(".")
    out = 1 if body.side or not key else hand_sign(body, key)
    middle, rx, ry = (_PELVIS_SIDE if body.side else _PELVIS_FRONT)[area]
    middle = complex(middle.real * out, middle.imag)
    up = body.up["chest" if area == "chest" else "pelvis"]
    tilt = target.rot
    if tilt is None:
        tilt = -28 * out if area == "groin" and not body.side else 0
    across = turn(tilt)
    local = middle + complex(*target.shift)
    centre = body.points["pelvis"] - 1j * up * local.real + up * local.imag
    return _oval(centre, -1j * up * across, rx * target.size, ry * target.size)


def _oval(centre: Point, axis: complex, rx: float, ry: float) -> tuple[Path, tuple[Path, ...]]:
    """Return an oval with its hatching; ``axis`` is the direction of ``rx``."""
    count = max(4, int(2 * ry / 2.6))
    hatch = []
    for k in range(1, count):
        y = -ry + 2 * ry * k / count
        x = rx * math.sqrt(max(0.0, 1 - (y / ry) ** 2)) * 0.84
        hatch.append(line(centre + axis * complex(-x, y - 0.8), centre + axis * complex(x, y + 0.8)))
    return ellipse(centre, rx, ry, axis), tuple(hatch)


def paint_target(canvas: Canvas, body: Body, target: Target) -> None:
    """Paint a target area."""
    palette = canvas.palette
    outline, hatch = target_shape(body, target)
    canvas.add(outline, stroke=palette.paper, width=2.0)
    canvas.add(outline, fill=palette.target, stroke=palette.target_line, width=0.6)
    canvas.add(*hatch, stroke=palette.target_hatch, width=palette.hatch)


# -- arrows ------------------------------------------------------------------------------------------------


def arrow_points(start: Body, end: Body, arrow: Arrow) -> list[Point]:
    """Return points along the middle of an arrow's shaft, tip last."""
    shift = complex(*arrow.shift)
    if arrow.path:
        return [end.place(spot) + shift for spot in arrow.path]
    first, last = arrow.span
    steps = 8
    shares = [first + (last - first) * k / steps for k in range(steps + 1)]
    if arrow.point:
        a, z = start.points[arrow.point] + shift, end.points[arrow.point] + shift
    else:
        assert arrow.from_ is not None
        assert arrow.to is not None
        a, z = start.place(arrow.from_), end.place(arrow.to)
    if arrow.about:
        pivot = end.points[arrow.about]
        near, far = abs(a - pivot), abs(z - pivot)
        begin, sweep = cmath.phase(a - pivot), math.radians(degrees((z - pivot) / (a - pivot)))
        return [pivot + cmath.rect(near + (far - near) * t + arrow.gap, begin + sweep * t) for t in shares]
    side = unit(z - a) * 1j
    middle = (a + z) / 2 + side * arrow.bend * abs(z - a)
    off = side * math.copysign(arrow.gap, arrow.bend or 1) if arrow.point else 0
    if not arrow.bend:
        shares = shares[:: len(shares) - 1]
    return [(1 - t) ** 2 * a + 2 * t * (1 - t) * middle + t * t * z + off for t in shares]


def paint_arrow(canvas: Canvas, points: list[Point], *, both: bool) -> None:
    """Paint an arrow along points; ``both`` gives it two heads."""
    length, width = HEAD_LENGTH * canvas.cm, HEAD_WIDTH * canvas.cm
    whole = sum(abs(z - a) for a, z in pairwise(points))
    if whole < 1.5 * length:
        length, width = whole / 1.5, whole / 1.5 * 0.85
    shaft, heads = _headed(points, length, width)
    if both:
        shaft, more = _headed(shaft[::-1], length, width)
        heads += more
    palette = canvas.palette
    path = smooth(shaft, closed=False) if len(shaft) > 2 else line(*shaft)
    canvas.add(path, stroke=palette.paper, width=c.ARROW + 2)
    canvas.add(*heads, fill=palette.paper, stroke=palette.paper, width=2)
    canvas.add(path, stroke=palette.arrow, width=c.ARROW)
    canvas.add(*heads, fill=palette.arrow, stroke=palette.arrow, width=0.3)


def _headed(points: list[Point], length: float, width: float) -> tuple[list[Point], list[Path]]:
    """Return the shaft, cut to make room for its head, and the head."""
    shaft = list(points)
    tip = shaft[-1]
    cut = length * 0.8
    while len(shaft) > 2 and abs(shaft[-2] - tip) < cut:
        shaft.pop()
    back = unit(shaft[-2] - tip)
    shaft[-1] = tip + back * cut
    base = tip + back * length
    wing = back * 1j * width / 2
    return shaft, [polygon((tip, base + wing, base - back * length * 0.18, base - wing))]


# -- signs that are never mirrored -------------------------------------------------------------------------

_LETTERS: dict[str, tuple[tuple[tuple[float, float], ...], ...]] = {
    "A": (((-1.9, -2.6), (0, 2.7)), ((0, 2.7), (1.9, -2.6)), ((-1.3, -0.9), (1.3, -0.9))),
    "B": (
        ((-1.5, 2.6), (-1.5, -2.6)),
        ((-1.5, 2.6), (0.1, 2.6)),
        ((0.1, 2.6), (1.1, 2.25), (1.4, 1.4), (1.1, 0.55), (0.1, 0.2)),
        ((-1.5, 0.2), (0.1, 0.2)),
        ((0.1, 0.2), (1.3, -0.2), (1.7, -1.2), (1.3, -2.2), (0.1, -2.6)),
        ((0.1, -2.6), (-1.5, -2.6)),
    ),
    "C": (((1.8, 1.5), (0.2, 2.7), (-1.5, 1.7), (-2.0, 0), (-1.5, -1.7), (0.2, -2.7), (1.8, -1.5)),),
    "D": (
        ((-1.6, 2.6), (-1.6, -2.6)),
        ((-1.6, 2.6), (-0.4, 2.6)),
        ((-0.4, 2.6), (1.3, 1.8), (1.9, 0), (1.3, -1.8), (-0.4, -2.6)),
        ((-0.4, -2.6), (-1.6, -2.6)),
    ),
}
"""The strokes of each letter, from its middle, in points."""


def letter_paints(letter: str, centre: Point, palette: FigurePalette, scale: float) -> list[Paint]:
    """Return a white letter on a disc, in points on paper: the steps beside a drawing have the numbers."""
    strokes = tuple(
        smooth(placed(points, centre, scale, 1j * scale), closed=False) for points in _LETTERS[letter]
    )
    return [
        Paint((ellipse(centre, LETTER_RADIUS * scale),), fill=palette.arrow),
        Paint(strokes, stroke=palette.paper, width=1.25 * scale),
    ]


def hold_paints(centre: Point, palette: FigurePalette, scale: float) -> list[Paint]:
    """Return a stopwatch without a number: 'hold', in points on paper."""
    radius = HOLD_RADIUS * scale
    crown = centre + 1j * (radius + 1.9 * scale)
    slice_ = [centre, *(centre + radius * 0.74 * turn(90 - 12 * k) for k in range(9))]
    button = line(centre + radius * turn(48), centre + (radius + 1.6 * scale) * turn(48))
    stroke, thick = palette.arrow, 1.4 * scale
    return [
        Paint((line(centre + 1j * radius, crown), button), stroke=stroke, width=thick),
        Paint((line(crown - 1.8 * scale, crown + 1.8 * scale),), stroke=stroke, width=thick),
        Paint((ellipse(centre, radius),), fill=palette.paper, stroke=stroke, width=1.15 * scale),
        Paint((polygon(slice_),), fill=stroke),
    ]
