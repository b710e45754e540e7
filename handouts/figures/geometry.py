"""Plane geometry of the figures: points are complex numbers (x right, y up), outlines are Bézier paths.

Profiles and splines become cubic Béziers without loss, which keeps a drawing to a quarter of the points that
sampled curves would need.
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

Point = complex
Points = Sequence[complex]

_CIRCLE = 0.5522847498
"""How far a control point stands off, so that a cubic Bézier follows a quarter of a circle."""


@dataclass(frozen=True, slots=True)
class Path:
    """A line through points; ``curved``: cubic Béziers, so one point and then three for each piece."""

    points: tuple[Point, ...]
    curved: bool = False
    closed: bool = True

    def reversed(self) -> Path:
        """Return the same line, run through the other way."""
        return Path(self.points[::-1], self.curved, self.closed)


def turn(degrees: float) -> complex:
    """Return the unit vector that turns a direction by an angle, counter-clockwise."""
    return cmath.rect(1, math.radians(degrees))


def unit(vector: complex) -> complex:
    """Return the direction of a vector; the x axis for one too short to have a direction."""
    length = abs(vector)
    return vector / length if length > 1e-9 else 1 + 0j


def degrees(vector: complex) -> float:
    """Return the angle of a vector, above -180 and at most 180."""
    return math.degrees(cmath.phase(vector))


def placed(points: Iterable[tuple[float, float]], origin: Point, x: complex, y: complex) -> list[Point]:
    """Return local points placed in a frame: an origin and two axes."""
    return [origin + x * a + y * b for a, b in points]


def smooth(points: Points, *, closed: bool = True) -> Path:
    """Return a smooth line through all points (a Catmull-Rom spline)."""
    count = len(points)
    if closed:
        ring = [points[-1], *points, points[0], points[1]]
    else:
        ring = [points[0], *points, points[-1]]
        count -= 1
    out = [ring[1]]
    for i in range(count):
        before, start, end, after = ring[i : i + 4]
        out += (start + (end - before) / 6, end - (after - start) / 6, end)
    return Path(tuple(out), curved=True, closed=closed)


def polygon(points: Iterable[Point]) -> Path:
    """Return a closed shape with straight sides."""
    return Path(tuple(points))


def line(*points: Point) -> Path:
    """Return an open line with straight pieces."""
    return Path(points, closed=False)


def ellipse(centre: Point, rx: float, ry: float | None = None, along: complex = 1 + 0j) -> Path:
    """Return an ellipse (a circle without ``ry``), its first half-axis along a direction."""
    a, b = along * rx, along * 1j * (rx if ry is None else ry)
    out = [centre + a]
    for _ in range(4):
        out += (centre + a + b * _CIRCLE, centre + b + a * _CIRCLE, centre + b)
        a, b = b, -a
    return Path(tuple(out), curved=True)


def box(x0: float, y0: float, x1: float, y1: float, radius: float = 0) -> Path:
    """Return an upright rectangle with rounded corners."""
    return rounded([complex(x0, y0), complex(x1, y0), complex(x1, y1), complex(x0, y1)], radius)


def rounded(corners: Points, radius: float) -> Path:
    """Return a shape with straight sides and round corners."""
    if not radius:
        return polygon(corners)
    count = len(corners)
    out: list[Point] = []
    for i, corner in enumerate(corners):
        before, after = corners[i - 1], corners[(i + 1) % count]
        cut = min(radius, abs(before - corner) / 2, abs(after - corner) / 2)
        start, end = corner + unit(before - corner) * cut, corner + unit(after - corner) * cut
        if out:
            out += _straight(out[-1], start)
        else:
            out.append(start)
        out += (start + (corner - start) * _CIRCLE, end + (corner - end) * _CIRCLE, end)
    out += _straight(out[-1], out[0])
    return Path(tuple(out), curved=True)


def _straight(start: Point, end: Point) -> tuple[Point, Point, Point]:
    third = (end - start) / 3
    return start + third, end - third, end


class Profile:
    """The two edges of a limb as distances from its axis, by place along it (0 to 1).

    Rows are (place, front or outer distance, back or inner distance), in cm.
    """

    def __init__(self, *rows: tuple[float, float, float]) -> None:
        self.knots: list[tuple[float, float, float, float, float]] = []
        last = len(rows) - 1
        for i, (place, front, back) in enumerate(rows):
            before, after = rows[max(i - 1, 0)], rows[min(i + 1, last)]
            span = after[0] - before[0]
            slopes = (after[1] - before[1]) / span, (after[2] - before[2]) / span
            self.knots.append((place, front, slopes[0], back, slopes[1]))
        self._at: dict[float, tuple[float, float, float, float]] = {}

    def at(self, place: float) -> tuple[float, float, float, float]:
        """Return front distance and its slope, back distance and its slope, at a place.

        Places are told apart by thousandths, so that all figures together ask for few.
        """
        place = round(min(max(place, 0.0), 1.0), 3)
        if place not in self._at:
            self._at[place] = self._interpolated(place)
        return self._at[place]

    def _interpolated(self, place: float) -> tuple[float, float, float, float]:
        knots = self.knots
        i = next(i for i in range(len(knots) - 1) if place <= knots[i + 1][0])
        a, b = knots[i], knots[i + 1]
        span = b[0] - a[0]
        s = (place - a[0]) / span
        values: list[float] = []
        for k in (1, 3):
            p, m, q, n = a[k], a[k + 1] * span, b[k], b[k + 1] * span
            value = ((2 * s - 3) * s * s + 1) * p + ((s - 2) * s + 1) * s * m
            value += (3 - 2 * s) * s * s * q + (s - 1) * s * s * n
            slope = (6 * s * s - 6 * s) * (p - q) + (3 * s * s - 4 * s + 1) * m + (3 * s * s - 2 * s) * n
            values += (value, slope / span)
        return values[0], values[1], values[2], values[3]

    def rows(self, start: float, end: float) -> list[tuple[float, float, float, float, float]]:
        """Return the knots between two places, and the two places themselves."""
        inner = [knot for knot in self.knots if start + 1e-6 < knot[0] < end - 1e-6]
        return [(start, *self.at(start)), *inner, (end, *self.at(end))]


@dataclass(frozen=True, slots=True)
class Limb:
    """A bone from ``start`` to ``end`` and its profile; ``swapped`` puts the front edge on the other side.

    The front edge lies counter-clockwise of the way from start to end.
    """

    start: Point
    end: Point
    profile: Profile
    swapped: bool = False

    def point(self, place: float, share: float) -> Point:
        """Return a point in the limb: place along it, and from -1 (back edge) through 0 to 1 (front edge)."""
        front, _, back, _ = self.profile.at(place)
        side = unit(self.end - self.start) * (-1j if self.swapped else 1j)
        return self.start + (self.end - self.start) * place + side * share * (front if share > 0 else back)

    def edges(self, start: float = 0, end: float = 1, grow: float = 0) -> tuple[list[Point], list[Point]]:
        """Return both edges as Bézier points from ``start`` to ``end``, each ``grow`` cm further out."""
        axis = self.end - self.start
        side = unit(axis) * (-1j if self.swapped else 1j)
        front: list[Point] = []
        back: list[Point] = []
        before = start
        for place, f, f_slope, b, b_slope in self.profile.rows(start, end):
            here = self.start + axis * place
            step = (place - before) / 3
            for edge, at, slope in (
                (front, here + side * (f + grow), axis + side * f_slope),
                (back, here - side * (b + grow), axis - side * b_slope),
            ):
                # The slope waits at the end of the edge for the step of the next piece.
                if edge:
                    leaving = edge.pop()
                    edge.extend((edge[-1] + leaving * step, at - slope * step))
                edge.extend((at, slope))
            before = place
        return front[:-1], back[:-1]

    def outline(
        self, start: float = 0, end: float = 1, *, caps: tuple[bool, bool] = (True, True), grow: float = 0
    ) -> Path:
        """Return the closed outline between two places, its ends round where ``caps`` says so."""
        front, back = self.edges(start, end, grow)
        along = unit(self.end - self.start)
        out = front
        out += _cap(out[-1], back[-1], along) if caps[1] else _straight(out[-1], back[-1])
        out += back[-2::-1]
        out += _cap(out[-1], front[0], -along) if caps[0] else _straight(out[-1], front[0])
        path = Path(tuple(out), curved=True)
        return path if self.swapped else path.reversed()


def _cap(start: Point, end: Point, along: complex) -> tuple[Point, ...]:
    """Return the Bézier points of half a circle from start to end, bulging along a direction."""
    out = along * abs(end - start) / 2
    top = (start + end) / 2 + out
    half = (end - start) / 2
    return (
        start + out * _CIRCLE,
        top - half * _CIRCLE,
        top,
        top + half * _CIRCLE,
        end + out * _CIRCLE,
        end,
    )


def anticlockwise(path: Path) -> Path:
    """Return a closed path, run so that its inside lies on the left.

    Shapes that are filled together must all run the same way, or they cut holes into each other.
    """
    points = path.points
    area = sum((p.conjugate() * q).imag for p, q in zip(points, (*points[1:], points[0]), strict=True))
    return path if area >= 0 else path.reversed()


def flat(path: Path, pieces: int = 4) -> list[Point]:
    """Return points on a path: its corners, or ``pieces`` for each Bézier."""
    points = path.points
    if not path.curved:
        return list(points)
    out = [points[0]]
    for i in range(0, len(points) - 3, 3):
        p, q, r, s = points[i : i + 4]
        for k in range(1, pieces):
            t = k / pieces
            u = 1 - t
            out.append(u * u * u * p + 3 * u * u * t * q + 3 * u * t * t * r + t * t * t * s)
        out.append(s)
    return out


def lowest(paths: Iterable[Path]) -> float:
    """Return the height of the lowest point of some paths.

    Only a Bézier whose control points reach below what is known already can change it.
    """
    found = math.inf
    for path in paths:
        ys = [point.imag for point in path.points]
        if not path.curved:
            found = min(found, *ys)
            continue
        found = min(found, *ys[::3])
        for i in range(0, len(ys) - 3, 3):
            a, b, c, d = ys[i : i + 4]
            if b < found or c < found:
                found = min(found, *(_bezier(a, b, c, d, t) for t in (0.25, 0.5, 0.75)))
    return found


def _bezier(a: float, b: float, c: float, d: float, t: float) -> float:
    u = 1 - t
    return u * u * (u * a + 3 * t * b) + t * t * (3 * u * c + t * d)


def inside(point: Point, corners: Points) -> bool:
    """Tell whether a point lies in a closed shape with straight sides."""
    hit = False
    before = corners[-1]
    for corner in corners:
        if (corner.imag > point.imag) != (before.imag > point.imag):
            share = (point.imag - corner.imag) / (before.imag - corner.imag)
            if point.real < corner.real + share * (before.real - corner.real):
                hit = not hit
        before = corner
    return hit


def distance(point: Point, corners: Points) -> float:
    """Return how far a point is from a closed shape: 0 inside."""
    if inside(point, corners):
        return 0.0
    return min(
        _to_segment(point, start, end) for start, end in zip(corners, [*corners[1:], corners[0]], strict=True)
    )


def line_distance(point: Point, points: Points) -> float:
    """Return how far a point is from an open line."""
    return min(_to_segment(point, start, end) for start, end in pairwise(points))


def _to_segment(point: Point, start: Point, end: Point) -> float:
    way = end - start
    length = abs(way)
    if not length:
        return abs(point - start)
    share = ((point - start) * way.conjugate()).real / (length * length)
    return abs(point - start - way * min(1.0, max(0.0, share)))


def reach(start: Point, target: Point, upper: float, lower: float, bend: int) -> tuple[Point, Point]:
    """Return joint and end of a limb of two bones that reaches for a target.

    ``bend`` 1 puts the joint to the left of the way to the target, -1 to the right. A target out of reach is
    approached as far as the bones allow.
    """
    way = target - start
    far = min(max(abs(way), abs(upper - lower) + 0.01), upper + lower - 0.05)
    direction = unit(way)
    cosine = (upper * upper + far * far - lower * lower) / (2 * upper * far)
    angle = math.acos(max(-1.0, min(1.0, cosine)))
    return start + upper * direction * cmath.rect(1, bend * angle), start + direction * far
