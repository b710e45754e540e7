"""Painting a body: its parts in order, as if cut from one piece, clothes on, far limbs told apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from handouts.figures import canvas as c
from handouts.figures.canvas import Canvas
from handouts.figures.geometry import Path, Point, ellipse, flat, line, smooth, unit
from handouts.figures.kinematics import Body, hand_sign
from handouts.figures.pose import Person
from handouts.figures.shapes import Shape, bun, order, shorts

HATCH_STEP = 2.7
"""Points between the lines that mark a far limb where no tint may."""

Hooks = Mapping[str, list[Callable[[], None]]]


@dataclass(frozen=True, slots=True)
class Manner:
    """How a body is painted: dashed and empty as a ``ghost``, or bare (``plain``) as on a body map."""

    person: Person
    ghost: bool = False
    plain: bool = False


def painting_order(body: Body) -> list[str]:
    """Return the parts in the order in which the frame has them painted, hidden ones left out."""
    frame = body.frame
    parts = [part for part in order(body.view) if part not in (frame.hide or ())]
    first = [part for part in frame.behind or () if part in parts]
    last = [part for part in frame.top or () if part in parts]
    middle = [part for part in parts if part not in first and part not in last]
    return [*first, *middle, *last]


def paint_body(
    canvas: Canvas,
    body: Body,
    shapes: Mapping[str, Shape],
    manner: Manner,
    *,
    only: tuple[str, ...] | None = None,
    hooks: Hooks | None = None,
) -> None:
    """Paint a body, or ``only`` some parts of it; ``hooks`` are called ``before:`` and ``after:`` a part."""
    hooks = hooks or {}
    parts = painting_order(body)
    painter = _BodyPainter(canvas, body, shapes, manner, parts)
    for part in parts:
        for hook in hooks.get(f"before:{part}", ()):
            hook()
        if only is None or part in only:
            painter.paint(part)
        for hook in hooks.get(f"after:{part}", ()):
            hook()
    if manner.plain:
        painter.bare_skin()


class _BodyPainter:
    def __init__(
        self,
        canvas: Canvas,
        body: Body,
        shapes: Mapping[str, Shape],
        manner: Manner,
        parts: list[str],
    ) -> None:
        self.canvas = canvas
        self.body = body
        self.shapes = shapes
        self.manner = manner
        self.parts = parts
        self.ink = canvas.palette.ghost if manner.ghost else canvas.palette.line
        shaded = body.frame.shade
        self.far = set(shaded if shaded is not None else ("arm.far", "leg.far") if body.side else ())

    def paint(self, part: str) -> None:
        shape = self.shapes[part]
        kind, _, key = part.partition(".")
        match kind:
            case "torso":
                self._torso(shape)
            case "head":
                self._edged(part, shape.pieces)
                self._head(shape)
            case "leg":
                self._leg(part, shape)
                self._join_leg(part)
            case "arm":
                self._edged(part, shape.pieces)
                self._dress(part, shape, self._shirt(part))
                self._join_arm(part, key)
            case _:
                self._edged(part, shape.pieces)
        if part in self.far and self.canvas.palette.hatch_far and not self.manner.ghost:
            self._hatch(shape.outline)

    def _skin(self, part: str) -> str:
        palette = self.canvas.palette
        return palette.skin_far if part in self.far and not self.manner.ghost else palette.skin

    def _shirt(self, part: str) -> str:
        palette = self.canvas.palette
        if self.manner.ghost:
            return palette.skin
        return palette.shirt_far if part in self.far else palette.shirt

    def _shorts(self, part: str) -> str:
        palette = self.canvas.palette
        if self.manner.ghost:
            return palette.skin
        return palette.shorts_far if part in self.far else palette.shorts

    def _width(self, part: str) -> float:
        if self.manner.ghost:
            return c.GHOST
        return c.FAR if part in self.far else c.BODY

    def _edged(self, part: str, pieces: tuple[Path, ...], fill: str = "") -> None:
        self.canvas.edged(
            pieces, fill or self._skin(part), self.ink, self._width(part), ghost=self.manner.ghost
        )

    def _lines(self, *paths: Path) -> None:
        self.canvas.add(*paths, stroke=self.ink, width=c.DETAIL)

    def _torso(self, shape: Shape) -> None:
        self._edged("torso", shape.pieces, self._shirt("torso"))
        if not self.manner.ghost:
            pelvis, belt = shorts(self.body)
            self.canvas.add(pelvis, fill=self._shorts("torso"))
            self._lines(belt)

    def _head(self, shape: Shape) -> None:
        if self.manner.ghost:
            return
        palette, bun_worn = self.canvas.palette, self.manner.person == "bun"
        if bun_worn and self.body.view != "back":
            self.canvas.add(bun(self.body), fill=palette.hair, stroke=self.ink, width=0.4)
        if shape.hair:
            self.canvas.add(shape.hair, fill=palette.hair, stroke=self.ink, width=0.4)
        if bun_worn and self.body.view == "back":
            self.canvas.add(bun(self.body), fill=palette.hair, stroke=palette.paper, width=0.5)
        self.canvas.add(*shape.dots, fill=self.ink)
        self._lines(*shape.lines)

    def _leg(self, part: str, shape: Shape) -> None:
        self._edged(part, shape.pieces)
        self._dress(part, shape, self._shorts(part))
        if shape.over:
            self._edged(part, shape.over)
        if shape.joint:
            self.canvas.add(shape.joint, fill=self._skin(part))

    def _dress(self, part: str, shape: Shape, colour: str) -> None:
        if self.manner.ghost:
            return
        if shape.cloth:
            self.canvas.add(shape.cloth, fill=colour)
        if shape.hem and not (self.manner.plain and part.startswith("arm")):
            self._lines(shape.hem)
        self._lines(*shape.lines)

    def _over_torso(self, part: str) -> bool:
        return "torso" in self.parts and self.parts.index(part) > self.parts.index("torso")

    def _join_leg(self, part: str) -> None:
        """Take away the lines where a leg begins, by painting the shorts over them."""
        if self._over_torso(part):
            colour = self._shorts("torso" if self.body.side else part)
            self.canvas.add(shorts(self.body)[0], fill=colour)

    def _join_arm(self, part: str, key: str) -> None:
        """Take away the lines where an arm begins; inside the trunk only, so that its outline stays."""
        if not self._over_torso(part) or (self.manner.plain and self.body.side):
            return
        shoulder, up = self.body.points[f"shoulder.{key}"], self.body.up["chest"]
        colour = self._shirt(part)
        if self.body.side:
            patch = ellipse(shoulder, 5.9 + self._width(part) * self.canvas.cm)
            self.canvas.add(patch, fill=colour, within=self.shapes["torso"].pieces)
            return
        inner = shoulder + hand_sign(self.body, key) * 2.6j * up - up * 0.4
        self.canvas.add(ellipse(inner, 5.2, 4.9), fill=colour)

    def _hatch(self, pieces: tuple[Path, ...]) -> None:
        points = [point for piece in pieces for point in flat(piece, 2)]
        step = HATCH_STEP * self.canvas.cm
        low, high = min(p.imag for p in points), max(p.imag for p in points)
        # The lines rise by 45 degrees: each is known by the x at which it would meet y = 0.
        first, last = min(p.real - p.imag for p in points), max(p.real - p.imag for p in points)
        count = int((last - first) / step)
        offsets = (first + step * (number + 0.5) for number in range(count))
        lines = tuple(line(complex(x + low, low), complex(x + high, high)) for x in offsets)
        self.canvas.add(*lines, stroke=self.ink, width=0.3, within=pieces)

    def bare_skin(self) -> None:
        """Draw knee caps, navel and the folds of the seat, by which a body map is known."""
        body, points = self.body, self.body.points
        if body.side:
            return
        for part in self.parts:
            kind, _, key = part.partition(".")
            if kind == "leg":
                self._knee(points[f"knee.{key}"], unit(points[f"ankle.{key}"] - points[f"knee.{key}"]))
        pelvis, up = points["pelvis"], body.up["pelvis"]
        out = -1j * up
        if body.view == "front":
            navel = [pelvis + up * 19 - out * 0.9, pelvis + up * 18, pelvis + up * 19 + out * 0.9]
            self._lines(smooth(navel, closed=False))
            return
        self._lines(line(pelvis + up * 7, pelvis - up * 7))
        for s in (-1, 1):
            fold = [pelvis + out * s * x - up * y for x, y in ((2.5, 8.2), (8, 10.4), (13, 9))]
            self._lines(smooth(fold, closed=False))
        self.canvas.add(line(pelvis + up * 46, pelvis + up * 22), stroke=self.ink, width=0.4)

    def _knee(self, knee: Point, down: complex) -> None:
        out = down * 1j
        if self.body.view == "back":
            self._lines(line(knee - out * 3.2, knee + out * 3.2))
            return
        cap = ((-3.4, -2), (-2.6, 2.6), (0, 3.6), (2.6, 2.6), (3.4, -2))
        self._lines(smooth([knee + out * x + down * y for x, y in cap], closed=False))
