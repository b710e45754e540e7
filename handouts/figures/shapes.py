"""Shapes: the outline of each part of a solved body, and what is drawn on it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from handouts.figures import body as b
from handouts.figures.geometry import (
    Limb,
    Path,
    Point,
    anticlockwise,
    degrees,
    ellipse,
    line,
    lowest,
    placed,
    smooth,
    turn,
    unit,
)
from handouts.figures.kinematics import Body, hand_sign
from handouts.figures.pose import LIMBS, Leg, View, parts_of

FOLDED = 75.0
"""Degrees between thigh and shank, seen from the front, below which the shank lies over the thigh."""
CREASED = 100.0
"""Degrees between thigh and shank, below which the fold behind the knee is drawn."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A part of the body: pieces that together are its outline, its cloth, and the lines on it.

    ``over`` is drawn over the cloth: a shank folded over its thigh, a knee that points at the viewer.
    ``face`` are the features of a head, ``hair`` its hair and ``dots`` what is filled with ink.
    """

    pieces: tuple[Path, ...]
    over: tuple[Path, ...] = ()
    joint: Path | None = None
    cloth: Path | None = None
    hem: Path | None = None
    lines: tuple[Path, ...] = ()
    dots: tuple[Path, ...] = ()
    hair: Path | None = None

    @property
    def outline(self) -> tuple[Path, ...]:
        """All pieces."""
        return self.pieces + self.over


def shape(body: Body, part: str) -> Shape:
    """Return the shape of one part of a body."""
    kind, _, key = part.partition(".")
    match kind:
        case "leg":
            return _leg(body, key)
        case "arm":
            return _arm(body, key)
        case "head":
            return _head(body)
        case "neck":
            return _neck(body)
        case _:
            return Shape((torso(body),))


def shapes(body: Body) -> dict[str, Shape]:
    """Return the shapes of all parts of a body by name."""
    return {part: shape(body, part) for part in parts_of(body.view)}


def lowest_of(body: Body, part: str) -> float:
    """Return the height of the lowest point of a part of a body (``all``: of the whole body)."""
    if part == "all":
        return min(lowest_of(body, name) for name in parts_of(body.view))
    return lowest(shape(body, part).outline)


@lru_cache(maxsize=64)
def _local(points: b.Outline, closed: bool = True) -> Path:  # noqa: FBT001, FBT002 - a cache key
    return smooth([complex(x, y) for x, y in points], closed=closed)


def _at(points: b.Outline, origin: Point, x: complex, y: complex, *, closed: bool = True) -> Path:
    """Return a smooth outline, given in a local frame, placed in the world."""
    local = _local(points, closed)
    path = Path(tuple([origin + x * p.real + y * p.imag for p in local.points]), True, closed)  # noqa: FBT003
    return anticlockwise(path) if closed else path


# -- trunk and head ----------------------------------------------------------------------------------------


def _trunk_points(body: Body) -> tuple[list[Point], int]:
    """Return the points of the trunk's outline, and how many of them belong to the pelvis."""
    long, wide = body.frame.trunk_len or 1.0, body.frame.width or 1.0
    pelvis, chest = (b.PELVIS_SIDE, b.CHEST_SIDE) if body.side else (b.PELVIS_FRONT, b.CHEST_FRONT)
    if body.side:
        wide = 1.0
        stoop = max(0.0, min(1.0, (body.frame.spine or 0.0) / 60))
        backs = zip(chest, b.STOOP, strict=False)
        chest = (*((x + out * stoop, y) for (x, y), out in backs), *chest[len(b.STOOP) :])
    low, high = body.up["pelvis"], body.up["chest"]
    points = placed(pelvis, body.points["pelvis"], -1j * low * wide, low * long)
    return points + placed(chest, body.points["waist"], -1j * high * wide, high * long), len(pelvis)


def torso(body: Body) -> Path:
    """Return the outline of the trunk, shorts included."""
    return anticlockwise(smooth(_trunk_points(body)[0]))


def shorts(body: Body) -> tuple[Path, Path]:
    """Return the pelvis as a shape, and the line of its belt."""
    points, count = _trunk_points(body)
    whole = smooth(points).points[: 3 * (count - 1) + 1]
    belt = line(whole[0], whole[-1])
    return Path((*whole, *_closing(whole)), curved=True), belt


def _closing(points: tuple[Point, ...]) -> tuple[Point, Point, Point]:
    third = (points[0] - points[-1]) / 3
    return points[-1] + third, points[0] - third, points[0]


def _neck(body: Body) -> Shape:
    neck, head, up = body.points["neck"], body.points["head"], body.up["head"]
    bottom = neck - body.up["chest"] * 4
    if body.side:
        top = head + 2.8j * up - up * 4
        return Shape((Limb(bottom, top, b.NECK_SIDE).outline(),))
    return Shape((Limb(bottom, head - up * 6, b.NECK_FRONT).outline(),))


def _head(body: Body) -> Shape:
    middle, up = body.points["head"], body.up["head"]
    out = -1j * up
    if body.side:
        lines = (
            _at(b.EAR, middle, out, up, closed=False),
            line(*placed(b.MOUTH_SIDE, middle, out, up)),
            _at(b.BROW_SIDE, middle, out, up, closed=False),
        )
        eye = ellipse(middle + out * 6.7 + up * 0.6, 0.75, 1.0, out)
        return Shape(
            (_at(b.HEAD_SIDE, middle, out, up),),
            lines=lines,
            dots=(eye,),
            hair=_at(b.HAIR_SIDE, middle, out, up),
        )
    face = (_at(b.HEAD_FRONT, middle, out, up),)
    if body.view == "back":
        return Shape(face, hair=_at(b.HAIR_BACK, middle, out, up))
    features = (
        _at(b.MOUTH_FRONT, middle, out, up, closed=False),
        _at(b.NOSE_FRONT, middle, out, up, closed=False),
        _at(b.BROW_FRONT, middle, out, up, closed=False),
        _at(b.BROW_FRONT, middle, -out, up, closed=False),
    )
    eyes = tuple(ellipse(middle + s * out * 3.2 + up * 0.2, 0.8, 1.05, out) for s in (-1, 1))
    return Shape(face, lines=features, dots=eyes, hair=_at(b.HAIR_FRONT, middle, out, up))


def bun(body: Body) -> Path:
    """Return the knot of hair of a person who wears a bun."""
    middle, up = body.points["head"], body.up["head"]
    if body.side:
        return ellipse(middle + 10.8j * up + up * 5.5, 4.6)
    return ellipse(middle + up * (13.4 if body.view == "front" else 3), 4.6)


# -- limbs -------------------------------------------------------------------------------------------------


def thigh(body: Body, key: str) -> Limb:
    """Return the thigh of a leg."""
    swapped = hand_sign(body, key) < 0
    profile = b.THIGH_SIDE if body.side else b.THIGH_FRONT
    return Limb(body.points[f"hip.{key}"], body.points[f"knee.{key}"], profile, swapped)


def shank(body: Body, key: str) -> Limb:
    """Return the shank of a leg; with a foot in profile it is seen from the side, too."""
    swapped = hand_sign(body, key) < 0
    profile = b.SHANK_SIDE if body.side else b.SHANK_FRONT
    foot = body.leg(key).foot
    if not body.side and foot in ("side-in", "side-out"):
        profile = b.SHANK_SIDE
        swapped = (foot == "side-in") == (hand_sign(body, key) > 0)
    return Limb(body.points[f"knee.{key}"], body.points[f"ankle.{key}"], profile, swapped)


def _leg(body: Body, key: str) -> Shape:
    leg = body.leg(key)
    knee = body.points[f"knee.{key}"]
    upper, lower = thigh(body, key), shank(body, key)
    top, cap = upper.outline(caps=(True, False)), ellipse(knee, 5.9)
    bottom = (lower.outline(caps=(False, True)), _foot(body, key, leg))
    hem = leg.hem or 0.52
    cloth = upper.outline(0, hem, caps=(True, False))
    edge = line(upper.point(hem, 1), upper.point(hem, -1))
    angle = 180.0
    if abs(lower.end - lower.start) > 5:
        angle = abs(degrees(unit(upper.start - knee) / unit(lower.end - knee)))
    if not body.side and angle < FOLDED:
        return Shape((top, cap), over=bottom, joint=ellipse(knee, 5.75), cloth=cloth, hem=edge)
    if not body.side and (leg.thigh_len or 1.0) < 0.6:
        return Shape((top,), over=(cap, *bottom), cloth=cloth)
    folds = (_fold(upper, lower, angle),) if angle < CREASED else ()
    return Shape((top, cap, *bottom), cloth=cloth, hem=edge, lines=tuple(fold for fold in folds if fold))


def _fold(upper: Limb, lower: Limb, angle: float) -> Path | None:
    """Return the line where calf and thigh meet in a bent knee, or None where it is too short to see."""
    knee = upper.end
    length, shin = abs(upper.end - upper.start), abs(lower.end - lower.start)
    if min(length, shin) < 20:
        return None
    way = unit(unit(upper.start - knee) + unit(lower.end - knee))
    half = math.radians(angle / 2)
    far = 3.0
    while far < 30:
        thick = upper.profile.at(1 - far * math.cos(half) / length)[2]
        thick += lower.profile.at(far * math.cos(half) / shin)[2]
        if far * math.sin(half) >= thick / 2:
            break
        far += 0.5
    return line(knee + way * max(3.2, far * 0.35), knee + way * (far + 0.2)) if far > 6 else None


def _foot(body: Body, key: str, leg: Leg) -> Path:
    foot, ankle = body.feet[key], body.points[f"ankle.{key}"]
    if not foot.profile:
        return _at(b.FOOT_FRONT, ankle, foot.along * 1j, -foot.along)
    outline = b.FOOT_SIDE
    if foot.toe:
        outline = _bent(outline, foot.toe)
    return _at(outline, ankle, foot.along * (leg.foot_len or 1.0), foot.along * 1j * foot.profile)


def _bent(outline: b.Outline, toe: float) -> b.Outline:
    """Return the outline of a foot with its toes bent up about the ball."""

    def raised(x: float, y: float) -> tuple[float, float]:
        point = b.BALL_OF_FOOT + (complex(x, y) - b.BALL_OF_FOOT) * turn(toe)
        return point.real, point.imag

    toes = (raised(*b.BEHIND_TOES), *(raised(x, y) for x, y in outline[7:10]))
    return (*outline[:6], b.UNDER_BALL, *toes, *outline[10:])


def arm_bones(body: Body, key: str) -> tuple[Limb, Limb]:
    """Return upper arm and forearm."""
    points = body.points
    elbow = points[f"elbow.{key}"]
    return (
        Limb(points[f"shoulder.{key}"], elbow, b.UPPER_ARM_PROFILE),
        Limb(elbow, points[f"wrist.{key}"], b.FOREARM_PROFILE),
    )


def _arm(body: Body, key: str) -> Shape:
    arm = body.arm(key)
    upper, fore = arm_bones(body, key)
    elbow = ellipse(upper.end, 4.0)
    wrist, along = fore.end, body.hands[key]
    across = along * (-1j if arm.thumb == "down" else 1j)
    grip = arm.hand == "grip"
    x, y = along * (arm.hand_len or 1.0), across
    hand = _at(b.FIST if grip else b.HAND, wrist, x, y)
    thumb = _at(b.FIST_THUMB if grip else b.THUMB, wrist, x, y)
    fingers = tuple(line(*placed(finger, wrist, x, y)) for finger in b.FIST_FINGERS) if grip else ()
    return Shape(
        (upper.outline(caps=(True, False)), elbow, fore.outline(caps=(False, False)), thumb, hand),
        cloth=upper.outline(0, 0.62, caps=(True, False)),
        hem=line(upper.point(0.62, 1), upper.point(0.62, -1)),
        lines=fingers,
    )


def limb_named(body: Body, part: str) -> Limb:
    """Return the bone of ``thigh.near``, ``shank.left``, ``upper.near`` or ``fore.left``."""
    kind, _, key = part.partition(".")
    match kind:
        case "thigh":
            return thigh(body, key)
        case "shank":
            return shank(body, key)
        case "upper":
            return arm_bones(body, key)[0]
        case _:
            return arm_bones(body, key)[1]


def order(view: View) -> tuple[str, ...]:
    """Return the usual order of painting the parts of a body."""
    if view == "side":
        return ("arm.far", "leg.far", "neck", "torso", "head", "leg.near", "arm.near")
    one, other = LIMBS[view]
    return ("neck", "torso", f"leg.{one}", f"leg.{other}", f"arm.{one}", f"arm.{other}", "head")
