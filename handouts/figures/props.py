"""Props: the things in a picture, as pieces that bounds, checks and painting share."""

from __future__ import annotations

from dataclasses import dataclass

from handouts.figures import canvas as c
from handouts.figures import things as p
from handouts.figures.canvas import Canvas
from handouts.figures.geometry import (
    Path,
    Point,
    box,
    ellipse,
    flat,
    line,
    polygon,
    rounded,
    smooth,
    turn,
    unit,
)
from handouts.figures.kinematics import Body
from handouts.figures.shapes import limb_named

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Piece:
    """Paths painted alike; ``fill`` and ``stroke`` name colours of the palette ('' for none)."""

    paths: tuple[Path, ...]
    fill: str = ""
    stroke: str = "prop_line"
    width: float = c.PROP


def pieces(prop: p.Prop, body: Body, span: Span) -> list[Piece]:
    """Return the pieces of a prop; ``span`` is how wide floor and mat are where they do not say."""
    found: list[Piece] = getattr(_Things(body, span), type(prop).__name__.lower())(prop)
    return found


def paint_prop(canvas: Canvas, prop: p.Prop, body: Body, span: Span) -> None:
    """Paint a prop."""
    for piece in pieces(prop, body, span):
        canvas.add(
            *piece.paths,
            fill=getattr(canvas.palette, piece.fill) if piece.fill else "",
            stroke=getattr(canvas.palette, piece.stroke) if piece.stroke else "",
            width=piece.width,
        )


def _bar(one: Point, other: Point, width: float) -> Path:
    edge = unit(other - one) * 0.5j * width
    return polygon([one + edge, other + edge, other - edge, one - edge])


def name_of(prop: p.Prop) -> str:
    """Return the word by which a hand touches a prop: ``chair``, ``ball``, ``strap``."""
    if isinstance(prop, p.Ball):
        return prop.kind
    return "cold-pack" if isinstance(prop, p.ColdPack) else type(prop).__name__.lower()


def _solid(*paths: Path, fill: str) -> Piece:
    return Piece(paths, fill)


_CUSHION = (
    (-0.5, -0.36), (-0.25, -0.47), (0, -0.5), (0.25, -0.47), (0.5, -0.36), (0.53, 0), (0.5, 0.36),
    (0.25, 0.47), (0, 0.5), (-0.25, 0.47), (-0.5, 0.36), (-0.53, 0),
)  # fmt: skip


class _Things:
    """The pieces of each kind of prop, by its method; ``span`` is how wide what fills the picture is."""

    def __init__(self, body: Body, span: Span) -> None:
        self.body = body
        self.span = span

    def floor(self, prop: p.Floor) -> list[Piece]:
        left, right = prop.x or self.span
        return [Piece((line(complex(left, 0), complex(right, 0)),), stroke="line", width=c.FLOOR)]

    def mat(self, prop: p.Mat) -> list[Piece]:
        left, right = prop.x or self.span
        if prop.depth is None:
            ground = line(complex(left - 6, prop.y - 4.6), complex(right + 6, prop.y - 4.6))
            return [
                _solid(box(left, prop.y - 4.2, right, prop.y, 1.8), fill="mat"),
                Piece((ground,), stroke="line", width=c.FLOOR),
            ]
        (low, high), skew = prop.depth, prop.skew
        corners = (
            complex(left - skew, low),
            complex(right - skew, low),
            complex(right + skew, high),
            complex(left + skew, high),
        )
        edge = (corners[0], corners[1], corners[1] - 2.5j, corners[0] - 2.5j)
        return [_solid(polygon(corners), fill="mat"), _solid(polygon(edge), fill="prop_dark")]

    def wall(self, prop: p.Wall) -> list[Piece]:
        behind = 5 if prop.facing == "left" else -5
        count = int(prop.h / 9)
        heights = [prop.h * (number + 0.5) / count for number in range(count)]
        strokes = tuple(line(complex(prop.x, y + 2), complex(prop.x + behind, y - 3)) for y in heights)
        face = line(complex(prop.x, 0), complex(prop.x, prop.h))
        return [Piece((face,), stroke="line", width=c.FLOOR), Piece(strokes, width=c.DETAIL)]

    def chair(self, prop: p.Chair) -> list[Piece]:
        if prop.facing == "front":
            return self._chair_front(prop)
        toward = 1 if prop.facing == "right" else -1

        def block(a: float, low: float, z: float, high: float, radius: float) -> Path:
            ends = sorted((prop.x + toward * a, prop.x + toward * z))
            return box(ends[0], low, ends[1], high, radius)

        legs = [block(a, 0, a + 3, prop.h - 2, 0.8) for a in (2, prop.d - 5)]
        back = [block(0, prop.h - 2, 3.4, prop.h + 42, 1.4)] if prop.back else []
        seat = block(0, prop.h - 4.5, prop.d, prop.h, 2)
        return [*(_solid(path, fill="prop_dark") for path in (*legs, *back)), _solid(seat, fill="prop")]

    def _chair_front(self, prop: p.Chair) -> list[Piece]:
        half = 23.0
        legs = [
            box(prop.x + s * (half - 3) - 1.7, 0, prop.x + s * (half - 3) + 1.7, prop.h, 0.8) for s in (-1, 1)
        ]
        found = [_solid(leg, fill="prop_dark") for leg in legs]
        if prop.back:
            back = box(prop.x - half + 2, prop.h, prop.x + half - 2, prop.h + 44, 4)
            found.append(_solid(back, fill="prop"))
        seat = box(prop.x - half, prop.h - 6, prop.x + half, prop.h, 2)
        return [*found, _solid(seat, fill="prop_dark")]

    def armchair(self, prop: p.Armchair) -> list[Piece]:
        outline = ((-8, 4), (-12, 60), (-15, 98), (-8, 104), (-1, 100), (2, 46), (44, 42), (46, 24), (44, 6))
        shell = smooth([complex(prop.x + a, y) for a, y in outline])
        feet = [box(prop.x + a, 0, prop.x + a + 5, 6, 1) for a in (-6, 38)]
        return [_solid(shell, fill="prop"), *(_solid(foot, fill="prop_dark") for foot in feet)]

    def step(self, prop: p.Step) -> list[Piece]:
        left, right = prop.x
        if prop.legs:
            legs = [box(x, 0, x + 3, prop.h - 2, 0.8) for x in (left + 4, right - 7)]
            under = [_solid(leg, fill="prop_dark") for leg in legs]
        else:
            under = [_solid(box(left, 0, right, prop.h, 1.2), fill="prop_dark")]
        return [*under, _solid(box(left - 1.5, prop.h - 4, right + 1.5, prop.h, 1.2), fill="prop")]

    def rail(self, prop: p.Rail) -> list[Piece]:
        post = box(prop.x - 1.2, 0, prop.x + 1.2, prop.h, 0.6)
        return [_solid(post, fill="prop_dark"), _solid(ellipse(complex(prop.x, prop.h), 2.6), fill="prop")]

    def crutch(self, prop: p.Crutch) -> list[Piece]:
        top, tip = self.body.place(prop.top), self.body.place(prop.tip)
        along = unit(tip - top)
        across, hold = along * 1j, top + (tip - top) * prop.grip
        return [
            _solid(_bar(top, tip, 3), fill="prop"),
            _solid(_bar(hold - across * 5.5, hold + across * 5.5, 3.2), fill="prop_dark"),
            _solid(_bar(top - across * 7, top + across * 7, 4.4), fill="prop_dark"),
            _solid(_bar(tip - along * 5, tip, 4.8), fill="prop_dark"),
        ]

    def pillow(self, prop: p.Pillow) -> list[Piece]:
        middle, along = self.body.place(prop.at), turn(prop.rot)
        points = [middle + along * complex(x * prop.size[0], y * prop.size[1]) for x, y in _CUSHION]
        return [_solid(smooth(points), fill="prop")]

    def ball(self, prop: p.Ball) -> list[Piece]:
        middle, r = self.body.place(prop.at), prop.r
        if prop.kind == "ball":
            shine = smooth([middle + 0.72 * r * turn(angle) for angle in (110, 130, 150, 170)], closed=False)
            return [_solid(ellipse(middle, r), fill="mat"), Piece((shine,), width=c.DETAIL)]
        if prop.kind == "roller":
            return [
                _solid(ellipse(middle, r), fill="prop_dark"),
                _solid(ellipse(middle, r * 0.45), fill="paper"),
            ]
        spiral = [middle + r * (1 - k / 14) * turn(-40 * k) for k in range(12)]
        return [
            _solid(ellipse(middle, r), fill="prop"),
            Piece((smooth(spiral, closed=False),), width=c.DETAIL),
        ]

    def strap(self, prop: p.Strap) -> list[Piece]:
        points = [self.body.place(spot) for spot in prop.path]
        path = smooth(points, closed=False) if prop.smooth else line(*points)
        wide = 3.4 if prop.wide else 1.5
        return [
            Piece((path,), stroke="line", width=wide + 1.1),
            Piece((path,), stroke="prop" if prop.wide else "band", width=wide),
        ]

    def band(self, prop: p.Band) -> list[Piece]:
        start, end = self.body.place(prop.from_), self.body.place(prop.to)
        along = unit(end - start)
        across = along * 1j * prop.w
        start, end = start - along * prop.over, end + along * prop.over
        stripe = polygon((start + across, end + across, end - across, start - across))
        return [Piece((stripe,), "band", "line", 0.6)]

    def loop(self, prop: p.Loop) -> list[Piece]:
        limb = limb_named(self.body, prop.part)
        half = prop.w / 2 / max(abs(limb.end - limb.start), 1)
        stripe = limb.outline(prop.t - half, min(1, prop.t + half), caps=(False, False), grow=0.7)
        return [Piece((stripe,), "band", "line", 0.6)]

    def wrap(self, prop: p.Wrap) -> list[Piece]:
        limb = limb_named(self.body, prop.part)
        start, end = prop.span
        turns = 5
        step = (end - start) / turns
        stripes = tuple(
            line(limb.point(start + step * k, 1.05), limb.point(start + step * (k + 1), -1.05))
            for k in range(turns)
        )
        bandage = limb.outline(start, end, caps=(False, False), grow=0.8)
        return [Piece((bandage,), "prop_dark", "line", 0.8), Piece(stripes, stroke="line")]

    def coldpack(self, prop: p.ColdPack) -> list[Piece]:
        middle, along = self.body.place(prop.at), turn(prop.rot)
        wide, high = prop.size[0] / 2, prop.size[1] / 2
        corners = [
            middle + along * complex(x * wide, y * high) for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1))
        ]
        rays: list[Path] = []
        for angle in (0, 60, 120):
            ray = along * turn(angle) * high * 0.72
            rays.append(line(middle + ray, middle - ray))
            for end in (ray, -ray):
                tips = [middle + end * 0.62 + end * 0.34 * turn(side) for side in (-50, 50)]
                rays += [line(middle + end * 0.62, tip) for tip in tips]
        return [
            Piece((rounded(corners, 2.5),), "mat", "line", 0.8),
            Piece(tuple(rays), stroke="arrow", width=0.7),
        ]

    def bicycle(self, prop: p.Bicycle) -> list[Piece]:
        crank, saddle, grips = (self.body.place(spot) for spot in (prop.crank, prop.saddle, prop.grips))
        wheel = complex(crank.real + 34, 19)
        foot_back = complex(saddle.real - 10, 2)
        head = complex(grips.real - 8, crank.imag + 22)
        pedal, far = crank + 17 * turn(prop.pedal), crank - 17 * turn(prop.pedal)
        tubes = (
            line(saddle - 3j, crank),
            line(crank, head),
            line(head, grips - 4),
            line(head, wheel),
            line(crank, complex(crank.real, 3)),
            line(foot_back, complex(wheel.real + 18, 2)),
        )
        seat = smooth(
            [
                saddle + complex(x, y)
                for x, y in ((-13, 1.2), (-4, 1.4), (11, 0), (10, -2), (-4, -3), (-12, -4))
            ]
        )
        return [
            Piece(tubes, stroke="line", width=3.4),
            Piece(tubes, stroke="prop_dark", width=2.3),
            _solid(ellipse(wheel, 17), fill="prop"),
            _solid(ellipse(wheel, 4), fill="prop_dark"),
            _solid(ellipse(crank, 5.5), fill="prop_dark"),
            Piece(
                (line(pedal, far), line(pedal - 5, pedal + 5), line(far - 5, far + 5)), stroke="line", width=2
            ),
            Piece((seat,), "line", "line", 0.6),
            Piece((line(grips - 4, grips + 4 + 1j),), stroke="line", width=2.6),
        ]

    def water(self, prop: p.Water) -> list[Piece]:
        left, right = prop.x
        count = max(2, int((right - left) / 11))
        step = (right - left) / count

        def wave(y: float) -> Path:
            points: list[Point] = [complex(left, y)]
            for k in range(count):
                x = left + step * k
                points += [
                    complex(x + step * share, y + up) for share, up in ((0.25, 1.6), (0.75, -1.6), (1, 0))
                ]
            return smooth(points, closed=False)

        if prop.z == "back":
            surface = flat(wave(prop.y), 3)
            return [Piece((polygon((*surface, complex(right, 0), complex(left, 0))),), "water", "")]
        return [
            Piece((wave(prop.y),), stroke="paper", width=3.2),
            Piece((wave(prop.y),), stroke="arrow", width=1.1),
            Piece((wave(prop.y - 9),), stroke="paper", width=2.4),
            Piece((wave(prop.y - 9),), stroke="arrow", width=0.6),
        ]
