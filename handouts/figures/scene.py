"""The scene: the frames of a pose as panels, laid out, painted and brought to paper.

A ghost layout is one panel with the first frame dashed behind the last. In a row, a stack or a grid each
frame is a panel with its letter. Mirroring turns each panel about its own axis: the panels stay in reading
order, and letters and the hold sign stay upright.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from handouts.figures.canvas import Canvas
from handouts.figures.drawing import Drawing, Paint, mapped
from handouts.figures.geometry import Path, Point, box, flat
from handouts.figures.kinematics import Body, solve
from handouts.figures.marks import (
    arrow_points,
    hold_paints,
    letter_paints,
    paint_arrow,
    paint_target,
)
from handouts.figures.painting import Manner, paint_body, painting_order
from handouts.figures.palettes import FigurePalette
from handouts.figures.pose import Arrow, Frame, Person, Pose, Target
from handouts.figures.props import paint_prop, pieces
from handouts.figures.shapes import Shape, bun, lowest_of, shapes
from handouts.figures.things import Mat, Prop

POINTS_PER_MM = 72 / 25.4
WIDTH = 50 * POINTS_PER_MM
HEIGHT = 40 * POINTS_PER_MM
PADDING = 2.5
GAP = 9.0
MOVED = 4.0
ARROW_ROOM = 3 + 3j
"""How far a part moves, in cm, to be shown as a ghost; ``GAP`` is between panels, ``ARROW_ROOM`` round an
arrow's middle for its head, in cm."""

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Panel:
    """One picture: its body, what was before, and all that is drawn in it."""

    body: Body
    shapes: dict[str, Shape]
    before: Body
    before_shapes: dict[str, Shape] | None
    ghost: tuple[str, ...]
    props: tuple[Prop, ...]
    arrows: tuple[tuple[Arrow, list[Point]], ...]
    target: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The room of a drawing, in points, and how people in it look."""

    width: float
    height: float
    manner: Manner
    border: bool = False


CARD = (WIDTH, HEIGHT)


def bodies_of(pose: Pose) -> list[Body]:
    """Return the solved frames of a pose."""
    return [solve(frame, pose.view, lowest_of) for frame in pose.frames]


def panels_of(pose: Pose, bodies: Sequence[Body]) -> list[Panel]:
    """Return the pictures of a pose: one with a ghost, or one for each frame."""
    solid = [shapes(body) for body in bodies]
    if pose.layout == "ghost":
        last = len(bodies) - 1
        ghost = _ghost_parts(pose, solid) if last else ()
        first = solid[0] if last else None
        return [
            _panel(pose, pose.frames[last], bodies[0], bodies[last], (solid[last], first), ghost, last=True)
        ]
    return [
        _panel(
            pose,
            frame,
            bodies[max(number - 1, 0)],
            bodies[number],
            (solid[number], None),
            (),
            last=number == len(bodies) - 1,
        )
        for number, frame in enumerate(pose.frames)
    ]


def _panel(
    pose: Pose,
    frame: Frame,
    before: Body,
    body: Body,
    drawn: tuple[dict[str, Shape], dict[str, Shape] | None],
    ghost: tuple[str, ...],
    *,
    last: bool,
) -> Panel:
    arrows = (frame.arrows or ()) + (pose.arrows if last else ())
    return Panel(
        body=body,
        shapes=drawn[0],
        before=before,
        before_shapes=drawn[1],
        ghost=ghost,
        props=pose.props + (frame.props or ()),
        arrows=tuple((arrow, arrow_points(before, body, arrow)) for arrow in arrows),
        target=pose.target if last else (),
    )


def _ghost_parts(pose: Pose, solid: Sequence[dict[str, Shape]]) -> tuple[str, ...]:
    """Return the parts of the first frame that are drawn dashed: those named, or those that move."""
    parts = pose.ghost
    if parts is None:
        parts = tuple(part for part, shape in solid[-1].items() if _moved(shape, solid[0][part]))
    return (*parts, "neck") if "head" in parts and "neck" not in parts else parts


def _moved(shape: Shape, other: Shape) -> bool:
    pairs = zip(shape.outline, other.outline, strict=False)
    return any(
        abs(a - z) > MOVED
        for one, two in pairs
        for a, z in zip(one.points[::3], two.points[::3], strict=False)
    )


# -- bounds ------------------------------------------------------------------------------------------------


def _bounds(points: Sequence[Point]) -> Bounds:
    xs, ys = [point.real for point in points], [point.imag for point in points]
    return min(xs), min(ys), max(xs), max(ys)


def _body_points(body: Body, drawn: dict[str, Shape], parts: Sequence[str], person: Person) -> list[Point]:
    points = []
    for part in parts:
        shape = drawn[part]
        for path in (*shape.outline, *((shape.hair,) if shape.hair else ())):
            points += path.points[:: 3 if path.curved else 1]
        if part == "head" and person == "bun":
            points += flat(bun(body), 1)
    return points


def _panel_bounds(panel: Panel, pose: Pose, person: Person, *, last: bool, lettered: bool) -> Bounds:
    points = _body_points(panel.body, panel.shapes, painting_order(panel.body), person)
    if panel.before_shapes:
        points += _body_points(panel.before, panel.before_shapes, panel.ghost, person)
    for _, arrow in panel.arrows:
        points += [point + room for point in arrow for room in (ARROW_ROOM, -ARROW_ROOM)]
    if lettered:
        middle = panel.body.points["head"] + complex(*pose.letter_at)
        points += [middle + 7 + 7j, middle - 7 - 7j]
    if pose.hold and last:
        middle = panel.body.place(pose.hold)
        points += [middle + 12 + 14j, middle - 12 - 12j]
    around = _bounds(points)
    for prop in panel.props:
        for piece in pieces(prop, panel.body, (around[0] - 3, around[2] + 3)):
            points += [point for path in piece.paths for point in flat(path, 2)]
    return _bounds(points)


# -- layout ------------------------------------------------------------------------------------------------


def _origins(pose: Pose, bounds: Sequence[Bounds]) -> tuple[list[tuple[float, float]], float, float]:
    """Return where each panel's own origin stands, and the width and height of the whole, in cm.

    In a row all floors are at one height; in a stack all panels share their left edge's room.
    """
    if pose.layout == "grid" and len(bounds) > 2:
        top, total = _origins_of_row(bounds[:2])
        bottom, width = _origins_of_row(bounds[2:])
        upper, lower = _height(bounds[:2]), _height(bounds[2:])
        raised = [(x, y + lower + GAP) for x, y in top]
        return [*raised, *bottom], max(total, width), upper + lower + GAP
    if pose.layout == "stack":
        left = min(bound[0] for bound in bounds)
        width = max(bound[2] for bound in bounds) - left
        height = sum(bound[3] - bound[1] for bound in bounds) + GAP / 2 * (len(bounds) - 1)
        origins, y = [], height
        for bound in bounds:
            origins.append((-left, y - bound[3]))
            y -= bound[3] - bound[1] + GAP / 2
        return origins, width, height
    origins, width = _origins_of_row(bounds)
    return origins, width, _height(bounds)


def _origins_of_row(bounds: Sequence[Bounds]) -> tuple[list[tuple[float, float]], float]:
    origins, x = [], 0.0
    low = min(bound[1] for bound in bounds)
    for bound in bounds:
        origins.append((x - bound[0], -low))
        x += bound[2] - bound[0] + GAP
    return origins, x - GAP


def _height(bounds: Sequence[Bounds]) -> float:
    return max(bound[3] for bound in bounds) - min(bound[1] for bound in bounds)


# -- drawing -----------------------------------------------------------------------------------------------


def draw(pose: Pose, palette: FigurePalette, sheet: Sheet, *, mirrored: bool) -> Drawing:
    """Return the drawing of a pose in the room of a sheet, as large as fits, in its middle."""
    panels = panels_of(pose, bodies_of(pose))
    lettered = pose.letters and len(panels) > 1
    last = len(panels) - 1
    if pose.window:
        own = [pose.window]
    else:
        own = [
            _panel_bounds(panel, pose, sheet.manner.person, last=number == last, lettered=lettered)
            for number, panel in enumerate(panels)
        ]
    bounds = [(-x1, y0, -x0, y1) if mirrored else (x0, y0, x1, y1) for x0, y0, x1, y1 in own]
    origins, wide, high = _origins(pose, bounds)
    pad = 0.0 if pose.window else PADDING
    scale = min((sheet.width - 2 * pad) / wide, (sheet.height - 2 * pad) / high)
    thickness = max(0.6, min(1.0, 1.5 * scale))
    left, bottom = (sheet.width - wide * scale) / 2, pad
    ops: list[Paint] = []
    signs: list[Paint] = []
    window: Path | None = None
    for number, (panel, bound, origin) in enumerate(zip(panels, own, origins, strict=True)):
        x, y = left + origin[0] * scale, bottom + origin[1] * scale
        joined = GAP / 2 if pose.layout == "row" and last else 0.0
        canvas = Canvas(palette, thickness / scale)
        _paint_panel(canvas, panel, sheet.manner, (bound[0] - joined, bound[2] + joined))
        ops += canvas.on_paper(scale, x, y, thickness, mirrored=mirrored)

        def on_paper(point: Point, x: float = x, y: float = y) -> Point:
            return complex(x + (-point.real if mirrored else point.real) * scale, y + point.imag * scale)

        if lettered:
            middle = on_paper(panel.body.points["head"] + complex(*pose.letter_at))
            signs += letter_paints("ABCD"[number], middle, palette, thickness)
        if pose.hold and number == last:
            signs += hold_paints(on_paper(panel.body.place(pose.hold)), palette, thickness)
        if pose.window:
            radius = 4.5 / scale
            window = mapped(box(*pose.window, radius), scale, x, y, mirrored=mirrored)
    if window and sheet.border:
        signs.append(Paint((window,), stroke=palette.prop_line, width=1.6 * thickness))
    return Drawing(sheet.width, high * scale + 2 * pad, (*ops, *signs), window)


def _paint_panel(canvas: Canvas, panel: Panel, manner: Manner, span: tuple[float, float]) -> None:
    def prop_hook(prop: Prop) -> Callable[[], None]:
        return lambda: paint_prop(canvas, prop, panel.body, _span_of(prop, span))

    def target_hook(target: Target) -> Callable[[], None]:
        return lambda: paint_target(canvas, panel.body, target)

    for prop in panel.props:
        if prop.z == "back":
            prop_hook(prop)()
    if panel.before_shapes and panel.ghost:
        ghost = Manner(manner.person, ghost=True)
        paint_body(canvas, panel.before, panel.before_shapes, ghost, only=panel.ghost)
    hooks: dict[str, list[Callable[[], None]]] = {}
    for prop in panel.props:
        if prop.z not in ("back", "front"):
            when = prop.z if prop.z.startswith("before:") else f"after:{prop.z}"
            hooks.setdefault(when, []).append(prop_hook(prop))
    for target in panel.target:
        hooks.setdefault(f"after:{_target_part(panel.body, target)}", []).append(target_hook(target))
    paint_body(canvas, panel.body, panel.shapes, manner, hooks=hooks)
    for prop in panel.props:
        if prop.z == "front":
            prop_hook(prop)()
    for arrow, points in panel.arrows:
        paint_arrow(canvas, points, both=arrow.both)


def _span_of(prop: Prop, span: tuple[float, float]) -> tuple[float, float]:
    """Return how wide a floor or a mat is that fills its panel: the mat leaves room for the ground."""
    if isinstance(prop, Mat) and prop.depth is None:
        return span[0] + 6, span[1] - 6
    if isinstance(prop, Mat):
        return span[0] + abs(prop.skew), span[1] - abs(prop.skew)
    return span


def _target_part(body: Body, target: Target) -> str:
    """Return the part after which a target is painted: its limb, or the last leg."""
    if target.z:
        return target.z
    kind, _, key = target.area.partition(".")
    if kind in ("thigh", "shank", "knee"):
        return f"leg.{key}"
    if kind in ("abdomen", "chest"):
        return "torso"
    return next(part for part in reversed(painting_order(body)) if part.startswith("leg"))
