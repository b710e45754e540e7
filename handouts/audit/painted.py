"""The box that some operations paint, for comparing with the box that a figure declares."""

from __future__ import annotations

from functools import lru_cache
from math import inf

from handouts.audit.geometry import Box, Matrix, around, common, outline, placed
from handouts.audit.tokens import LUMP, Operand, operations

NOWHERE: Box = (inf, inf, -inf, -inf)
"""A clip that lets nothing through."""

_MOST_PLAIN_BYTES = 50_000
_DRAWS = frozenset((LUMP, b"q", b"Q", b"cm", b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"))
"""Path, colour and line operations come as lumps."""

_CORNERS = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))


def _numbers(operands: list[Operand], count: int) -> list[float] | None:
    values = [value for value in operands if isinstance(value, float)]
    return values if len(values) == count else None


class Path:
    """The path being built: the points on it, in page space."""

    def __init__(self) -> None:
        self._points: list[tuple[float, float]] = []
        self._at = (0.0, 0.0)
        self._clips = False

    def build(self, operator: bytes, operands: list[Operand], matrix: Matrix, clip: Box | None) -> Box | None:
        """Follow one operation of a lump; return the clip that holds after it."""
        if operator in (b"W", b"W*"):
            self._clips = True
        elif operator == b"n":
            return self.end(clip)[1]
        elif operator == b"re":
            if sizes := _numbers(operands, 4):
                x, y, width, height = sizes
                self._points += [placed(matrix, x + width * u, y + height * v) for u, v in _CORNERS]
                self._at = (x, y)
        elif operator in (b"m", b"l"):
            if ends := _numbers(operands, 2):
                self._at = (ends[0], ends[1])
                self._points.append(placed(matrix, *self._at))
        elif operator in (b"c", b"v", b"y"):
            self._curve(operator, operands, matrix)
        return clip

    def _curve(self, operator: bytes, operands: list[Operand], matrix: Matrix) -> None:
        values = _numbers(operands, 6 if operator == b"c" else 4)
        if values is None:
            return
        points = list(zip(values[::2], values[1::2], strict=True))
        if operator == b"v":
            points.insert(0, self._at)
        elif operator == b"y":
            points.append(points[-1])
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = [self._at, *points]
        for t in (0.25, 0.5, 0.75, 1.0):
            s = 1 - t
            x = s**3 * ax + 3 * s * s * t * bx + 3 * s * t * t * cx + t**3 * dx
            y = s**3 * ay + 3 * s * s * t * by + 3 * s * t * t * cy + t**3 * dy
            self._points.append(placed(matrix, x, y))
        self._at = points[-1]

    def end(self, clip: Box | None) -> tuple[Box | None, Box | None]:
        """Finish the path; return the box painted if it is painted, and the clip that holds after it."""
        box = around(self._points)
        if box and clip:
            box = common(box, clip)
        after = (box or NOWHERE) if self._clips else clip
        self._points, self._clips = [], False
        return box, after


def clipped(clip: Box | None, box: Box, matrix: Matrix) -> Box:
    """Return the clip inside a form that has a box of its own, which ``matrix`` places on the page."""
    moved = outline(box, matrix)
    return moved if clip is None else common(moved, clip) or NOWHERE


def unit_box(matrix: Matrix, clip: Box | None) -> Box | None:
    """Return the box of an image, which always fills the unit square."""
    box = around(placed(matrix, x, y) for x, y in _CORNERS)
    return common(box, clip) if box and clip else box


def is_plain_drawing(data: bytes) -> bool:
    """Tell whether a stream only draws: sound syntax, no text, no marks, no image, no form in it."""
    return len(data) <= _MOST_PLAIN_BYTES and _only_draws(data)


@lru_cache(maxsize=256)
def _only_draws(data: bytes) -> bool:
    """Look once at a drawing, which a whole batch shows again and again."""
    depth = 0
    for operator, _ in operations(data):
        depth += (operator == b"q") - (operator == b"Q")
        if depth < 0 or operator not in _DRAWS:
            return False
    return True
