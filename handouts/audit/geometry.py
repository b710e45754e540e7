"""Transformation matrices and boxes, as plain tuples."""

from __future__ import annotations

from collections.abc import Iterable

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def product(first: Matrix, second: Matrix) -> Matrix:
    """Return the matrix that applies ``first``, then ``second``."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = second
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def placed(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Return where a point comes to lie."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def outline(box: Box, matrix: Matrix) -> Box:
    """Return the smallest box round another one that a matrix has moved, and perhaps turned."""
    left, bottom, right, top = box
    a, b, c, d, e, f = matrix
    xs = a * left + e, a * right + e
    ys = d * bottom + f, d * top + f
    x_turned = c * bottom, c * top
    y_turned = b * left, b * right
    return min(xs) + min(x_turned), min(ys) + min(y_turned), max(xs) + max(x_turned), max(ys) + max(y_turned)


def around(points: Iterable[tuple[float, float]]) -> Box | None:
    """Return the smallest box round some points; None if there are none."""
    xs, ys = zip(*points, strict=True) if (points := list(points)) else ((), ())
    return (min(xs), min(ys), max(xs), max(ys)) if xs else None


def joined(one: Box | None, other: Box | None) -> Box | None:
    """Return the smallest box round two boxes."""
    if one is None or other is None:
        return one or other
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def common(one: Box, other: Box) -> Box | None:
    """Return what two boxes have in common; None if nothing."""
    box = max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])
    return box if box[0] <= box[2] and box[1] <= box[3] else None


def within(inner: Box, outer: Box, slack: float) -> bool:
    """Tell whether a box lies inside another one, give or take ``slack``."""
    return (
        inner[0] >= outer[0] - slack
        and inner[1] >= outer[1] - slack
        and inner[2] <= outer[2] + slack
        and inner[3] <= outer[3] + slack
    )
