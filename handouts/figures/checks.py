"""Checks of a pose: what no body can do, and what no picture may show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from handouts.figures import body as b
from handouts.figures.geometry import Path as Line
from handouts.figures.geometry import Point, distance, flat, line_distance, lowest
from handouts.figures.kinematics import Body
from handouts.figures.naming import wrong_names
from handouts.figures.pose import LIMBS, Pose, PoseFault
from handouts.figures.props import name_of, pieces
from handouts.figures.scene import Panel, bodies_of, panels_of
from handouts.figures.shapes import Shape, shapes
from handouts.figures.things import Floor, Mat, Prop

SINKING = 1.6
"""How deep a part may lie in the floor, and how far off a surface that it must touch, in cm."""
TOUCH = 3.0
ROOM = {"hold": 9.5, "letter": 6.5}
"""How far the middle of a sign must stay off the body, in cm."""
TRUE_LENGTH = 0.97
"""A limb drawn shorter points at the viewer or away: its angles in the picture say nothing."""


@lru_cache(maxsize=512)
def check(pose: Pose) -> tuple[PoseFault, ...]:
    """Return every fault of a pose; it may be drawn only if there is none.

    Each has the path of the key to change, a sentence and advice. A name that does not exist hides the
    faults of what it would place, so these are told first and alone.
    """
    if not pose.frames:
        return (PoseFault((), "the pose shows nothing.", "Write `end`, `start` and `end`, or `frames`."),)
    named = tuple(wrong_names(pose))
    if named:
        return named
    return tuple(dict.fromkeys(_faults(pose)))


def _faults(pose: Pose) -> Iterator[PoseFault]:
    bodies = bodies_of(pose)
    panels = panels_of(pose, bodies)
    told: set[tuple[tuple[str | int, ...], str]] = set()
    for number, body in enumerate(bodies):
        drawn = shapes(body)
        found = [*body.faults, *_joints(body)]
        if not body.faults:
            props = pose.props + (body.frame.props or ())
            found += [*_floor(body, drawn, props), *_contacts(body, drawn), *_hands(body, drawn, props)]
        unseen = pose.layout == "ghost" and number < len(bodies) - 1
        for fault in found:
            # What stays as it was is told once; of a ghost only the limbs that are drawn are judged.
            if (fault.path, fault.sentence) in told or (unseen and not _seen(fault, panels[0].ghost)):
                continue
            told.add((fault.path, fault.sentence))
            yield replace(fault, path=(*pose.names[number], *fault.path))
    for panel, number in zip(panels, _shown(pose), strict=True):
        yield from _still_arrows(pose, panel, number)
        yield from _covered(pose, panel, last=number == len(bodies) - 1)


def _seen(fault: PoseFault, ghost: tuple[str, ...]) -> bool:
    if fault.path[0] not in ("legs", "arms"):
        return True
    return f"{str(fault.path[0])[:-1]}.{fault.path[1]}" in ghost


def _shown(pose: Pose) -> list[int]:
    """Return the letters of the frames that have a panel of their own."""
    count = len(pose.frames)
    return [count - 1] if pose.layout == "ghost" else list(range(count))


def _joints(body: Body) -> Iterator[PoseFault]:
    limits = b.LIMITS if body.side else b.LIMITS_FRONT
    for (joint, key), value in body.angles.items():
        if joint not in limits or (key and not _true_length(body, joint, key)):
            continue
        low, high = limits[joint]
        angle = value + 360 if joint == "shoulder" and value < -90 else value
        if low - 1 <= angle <= high + 1:
            continue
        group = "legs" if joint in ("hip", "knee", "ankle") else "arms"
        path = (group, key, joint) if key else (joint,)
        name = f"{key} {joint}" if key else joint
        yield PoseFault(
            path, f"the {name} is at {angle:.0f} degrees.", f"A body allows {low} to {high}: move it less."
        )


def _true_length(body: Body, joint: str, key: str) -> bool:
    """Tell whether the bones on both sides of a joint are seen at full length."""
    leg, arm = body.leg(key), body.arm(key)
    bones = {
        "hip": (leg.thigh_len,),
        "knee": (leg.thigh_len, leg.shank_len),
        "ankle": (leg.shank_len,),
        "shoulder": (arm.upper_len,),
        "elbow": (arm.upper_len, arm.fore_len),
    }[joint]
    return all(length is None or length >= TRUE_LENGTH for length in bones)


def _floor(body: Body, drawn: dict[str, Shape], props: tuple[Prop, ...]) -> Iterator[PoseFault]:
    standing = any(
        isinstance(prop, Floor) or (isinstance(prop, Mat) and prop.depth is None and not prop.y)
        for prop in props
    )
    if not standing:
        return
    for part, shape in drawn.items():
        depth = -lowest(shape.outline)
        if depth > SINKING and part not in (body.frame.hide or ()):
            kind, _, key = part.partition(".")
            path = (f"{kind}s", key) if key else ("trunk",)
            yield PoseFault(
                path,
                f"{part} goes {depth:.1f} cm through the floor.",
                "Raise it, or the whole body with `root` or `rest`.",
            )


def _contacts(body: Body, drawn: dict[str, Shape]) -> Iterator[PoseFault]:
    for contact in body.frame.contact or ():
        height = lowest(drawn[contact.part].outline)
        if abs(height - contact.y) > SINKING:
            yield PoseFault(
                ("contact", contact.part),
                f"{contact.part} should touch the height {contact.y:g}, but its lowest point is at "
                f"{height:.1f}.",
                "Move it, or the body.",
            )


def _hands(body: Body, drawn: dict[str, Shape], props: tuple[Prop, ...]) -> Iterator[PoseFault]:
    for key in LIMBS[body.view]:
        touched = body.arm(key).touches
        if not touched:
            continue
        outlines: list[Line] = []
        if touched in drawn:
            outlines += drawn[touched].outline
        for prop in props:
            if name_of(prop) == touched:
                outlines += [path for piece in pieces(prop, body, (-200, 200)) for path in piece.paths]
        wrist, along = body.points[f"wrist.{key}"], body.hands[key]
        gap = min(_gap(wrist + along * far, path) for far in (2, 6, 10, 14) for path in outlines)
        if gap > TOUCH:
            yield PoseFault(
                ("arms", key, "touches"),
                f"the {key} hand is {gap:.0f} cm away from {touched}.",
                "Move the hand with `reach` and turn it with `palm`.",
            )


def _gap(point: Point, path: Line) -> float:
    points = flat(path, 3)
    return distance(point, points) if path.closed else line_distance(point, points)


def _still_arrows(pose: Pose, panel: Panel, number: int) -> Iterator[PoseFault]:
    """Yield arrows of points that do not move, which would be drawn without a length."""
    own = len(pose.frames[number].arrows or ())
    for index, (arrow, points) in enumerate(panel.arrows):
        length = sum(abs(z - a) for a, z in pairwise(points))
        if length < 4:
            path = (*pose.names[number], "arrows", index) if index < own else ("arrows", index - own)
            what = f"{arrow.point} hardly moves" if arrow.point else "the arrow has hardly any length"
            yield PoseFault(path, f"{what}.", "Let it run between two places, or take the arrow out.")


def _covered(pose: Pose, panel: Panel, *, last: bool) -> Iterator[PoseFault]:
    """Yield signs that would cover the body."""
    body = panel.body
    signs: list[tuple[str, Point]] = []
    if pose.hold and last:
        signs.append(("hold", body.place(pose.hold)))
    if pose.letters and pose.layout != "ghost" and len(pose.frames) > 1:
        signs.append(("letter", body.points["head"] + complex(*pose.letter_at)))
    if len(signs) == 2 and abs(signs[0][1] - signs[1][1]) < sum(ROOM.values()):
        yield PoseFault(("hold",), "the stopwatch covers the letter.", "Move it with `hold`.")
    for sign, place in signs:
        near = min(
            distance(place, flat(path, 2))
            for part, shape in panel.shapes.items()
            if part not in (body.frame.hide or ())
            for path in shape.outline
        )
        if near < ROOM[sign]:
            key = "hold" if sign == "hold" else "letter_at"
            what = "the stopwatch" if sign == "hold" else "the letter"
            yield PoseFault((key,), f"{what} covers the body.", f"Move it with `{key}`.")
