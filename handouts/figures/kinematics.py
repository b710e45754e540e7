"""Kinematics: a frame of a pose to a body whose joints have places.

Forward from angles, backward from where hand or foot must be (two bones, one joint). Then the whole body is
moved or turned until it rests where the frame says. What cannot be reached is noted as a fault.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from handouts.figures import body as b
from handouts.figures.geometry import Point, degrees, reach, turn, unit
from handouts.figures.pose import LIMBS, Arm, Frame, Leg, PoseFault, View
from handouts.figures.things import Spot

REACH_TOLERANCE = 1.0
LEVEL_RANGE = 20.0
LEVEL_STEPS = 8


@dataclass(slots=True)
class Foot:
    """A foot: the way its sole points, 1 or -1 for a foot in profile (0 from the front), bent toes."""

    along: complex
    profile: int
    toe: float = 0


@dataclass(slots=True)
class Body:
    """A solved frame: named points, the frames of trunk and head, and what was found wrong.

    ``up`` holds the upward directions of pelvis, chest, neck and head; ``angles`` those of the joints that a
    view can tell, by (joint, limb).
    """

    view: View
    frame: Frame
    points: dict[str, Point] = field(default_factory=dict)
    up: dict[str, complex] = field(default_factory=dict)
    feet: dict[str, Foot] = field(default_factory=dict)
    hands: dict[str, complex] = field(default_factory=dict)
    angles: dict[tuple[str, str], float] = field(default_factory=dict)
    faults: list[PoseFault] = field(default_factory=list)

    @property
    def side(self) -> bool:
        """Whether the body is seen from the side."""
        return self.view == "side"

    def leg(self, key: str) -> Leg:
        """Return what the frame says of a leg."""
        return getattr(self.frame.legs, key) or Leg()

    def arm(self, key: str) -> Arm:
        """Return what the frame says of an arm."""
        return getattr(self.frame.arms, key) or Arm()

    def place(self, spot: Spot) -> Point:
        """Return the place of a spot."""
        shift = complex(spot.x, spot.y)
        return self.points[spot.point] + shift if spot.point else shift


def hand_sign(body: Body, key: str) -> int:
    """Return -1 for the limb on the picture's left (from front and back), 1 for the other and in profile."""
    return -1 if not body.side and key == LIMBS[body.view][0] else 1


def solve(frame: Frame, view: View, lowest_of: Callable[[Body, str], float]) -> Body:
    """Return the body of a frame; ``lowest_of`` tells the height of the lowest point of a part.

    It is passed in, because shapes are made from a body and so stand above this module.
    """
    body = Body(view, frame)
    root = complex(frame.root.x, frame.root.y) if frame.root else 0j
    tilt = frame.trunk or 0.0
    _stand(body, root, tilt)
    if frame.pin:
        root += body.place(frame.pin.at) - body.points[frame.pin.point]
        _stand(body, root, tilt)
    if frame.level:
        tilt = _levelled(body, root, tilt, lowest_of)
    if frame.rest:
        bottom = min(lowest_of(body, part) for part in frame.rest)
        root += ((frame.surface or 0.0) - bottom) * 1j
        _stand(body, root, tilt)
    return body


def _levelled(body: Body, root: Point, tilt: float, lowest_of: Callable[[Body, str], float]) -> float:
    """Turn the body until two parts lie equally low; return the trunk's angle."""
    assert body.frame.level is not None
    one, other = body.frame.level

    def difference(angle: float) -> float:
        _stand(body, root, angle)
        return lowest_of(body, one) - lowest_of(body, other)

    low, high = tilt - LEVEL_RANGE, tilt + LEVEL_RANGE
    at_low, at_high = difference(low), difference(high)
    if at_low * at_high >= 0:
        _stand(body, root, tilt)
        body.faults.append(
            PoseFault(
                ("level",),
                f"no turn of up to {LEVEL_RANGE:.0f} degrees lets {one} and {other} lie equally low.",
                "Change `trunk` or the limbs, so that both are nearly level.",
            )
        )
        return tilt
    for _ in range(LEVEL_STEPS):
        middle = low + (high - low) * at_low / (at_low - at_high)
        found = difference(middle)
        if abs(found) < 0.02:
            break
        if found * at_low > 0:
            low, at_low = middle, found
            at_high /= 2
        else:
            high, at_high = middle, found
            at_low /= 2
    return middle


def _stand(body: Body, root: Point, tilt: float) -> None:
    """Place all points for a position of the hips and an angle of the trunk."""
    body.faults.clear()
    body.angles.clear()
    _trunk(body, root, tilt)
    keys = LIMBS[body.view]
    for key in sorted(keys, key=lambda key: _leans(body.leg(key).at)):
        _leg(body, key)
    for key in sorted(keys, key=lambda key: _leans(body.arm(key).reach)):
        _arm(body, key)


def _leans(spot: Spot | None) -> bool:
    """Whether a limb is placed by another one, and so comes after it."""
    return spot is not None and bool(spot.point)


def _trunk(body: Body, root: Point, tilt: float) -> None:
    frame, points = body.frame, body.points
    spine, neck, head = frame.spine or 0.0, frame.neck or 0.0, frame.head or 0.0
    for name, value in (("spine", spine), ("neck", neck), ("head", head)):
        body.angles[name, ""] = value
    pelvis = 1j * turn(-tilt)
    chest = pelvis * turn(-spine)
    throat = chest * turn(-neck)
    crown = throat * turn(-head)
    body.up = {"pelvis": pelvis, "chest": chest, "neck": throat, "head": crown}
    long = frame.trunk_len or 1.0
    waist = root + pelvis * b.WAIST * long
    points["pelvis"], points["waist"] = root, waist
    if body.side:
        points["neck"] = waist + chest * b.NECK + 0.3j * chest
        shoulder = waist + chest * b.SHOULDER + 1.2j * chest
        for key in LIMBS["side"]:
            points[f"hip.{key}"], points[f"shoulder.{key}"] = root, shoulder
        points["head"] = points["neck"] + throat * 6.5 + crown * 10.5 - 1.6j * chest
        return
    points["neck"] = waist + chest * (b.NECK + 1) * long
    wide = frame.width or 1.0
    for key in LIMBS[body.view]:
        out = hand_sign(body, key) * wide
        points[f"hip.{key}"] = root - 8.8j * out * pelvis
        points[f"shoulder.{key}"] = waist + chest * 31.5 * long - 16.2j * out * chest
    points["head"] = points["neck"] + throat * 6.5 + crown * 10.5


def _leg(body: Body, key: str) -> None:
    leg, points = body.leg(key), body.points
    out = hand_sign(body, key)
    hip, up = points[f"hip.{key}"], body.up["pelvis"]
    thigh, shank = b.THIGH * (leg.thigh_len or 1.0), b.SHANK * (leg.shank_len or 1.0)
    target, sole, toe = _foot_target(body, leg)
    if target is None:
        first = -up * turn(out * (leg.hip or 0.0))
        second = first * turn(-out * (leg.knee or 0.0))
        knee = hip + thigh * first
        ankle = knee + shank * second
    else:
        bend = leg.bend or (1 if body.side else out)
        knee, ankle = reach(hip, target, thigh, shank, bend)
        _note_miss(body, ("legs", key), "foot", abs(ankle - target))
    points[f"knee.{key}"], points[f"ankle.{key}"] = knee, ankle
    _foot(body, key, leg, sole, toe)
    first, second = unit(knee - hip), unit(ankle - knee)
    body.angles["hip", key] = out * degrees(first / -up)
    body.angles["knee", key] = out * degrees(first / second)
    if body.side:
        body.angles["ankle", key] = degrees(body.feet[key].along / (second * 1j))


def _foot_target(body: Body, leg: Leg) -> tuple[Point | None, float | None, float]:
    """Return where a leg's ankle must be, how its sole is pitched, and how far its toes are bent."""
    if leg.toes:
        sole = -45.0 if leg.sole is None else leg.sole
        along = turn(sole)
        return body.place(leg.toes) - along * 12.0 + along * 7.4j, sole, -sole
    if leg.plant:
        place = body.place(leg.plant)
        if not body.side:
            return place + 1j * b.ANKLE_HEIGHT_FRONT, leg.sole, 0
        pitch = 0.0 if leg.sole is None and leg.ankle is None else leg.sole
        return place + 1j * b.ANKLE_HEIGHT * turn(pitch or 0.0), pitch, 0
    if leg.at:
        return body.place(leg.at), leg.sole, 0
    return None, leg.sole, 0


def _foot(body: Body, key: str, leg: Leg, sole: float | None, toe: float) -> None:
    points = body.points
    ankle, knee = points[f"ankle.{key}"], points[f"knee.{key}"]
    down = unit(ankle - knee) if abs(ankle - knee) > 0.1 else -1j
    out = hand_sign(body, key)
    if leg.toe is not None:
        toe = leg.toe
    if not body.side and leg.foot not in ("side-in", "side-out"):
        along = down * turn(out * (6.0 if leg.ankle is None else leg.ankle))
        body.feet[key] = Foot(along, 0)
        points[f"toe.{key}"] = points[f"sole.{key}"] = ankle + down * 9
        points[f"heel.{key}"] = ankle
        return
    profile = 1
    if not body.side:
        profile = -out if leg.foot == "side-in" else out
    along = turn(sole) if sole is not None else down * turn(profile * (90 + (leg.ankle or 0.0)))
    body.feet[key] = Foot(along, profile, toe)
    up = along * 1j * profile
    points[f"toe.{key}"] = ankle + along * 17 - up * 6
    points[f"heel.{key}"] = ankle - along * 5 - up * 5
    points[f"sole.{key}"] = ankle + along * 7 - up * 7.4


def _arm(body: Body, key: str) -> None:
    arm, points = body.arm(key), body.points
    out = hand_sign(body, key)
    shoulder, down = points[f"shoulder.{key}"], -body.up["chest"]
    upper, fore = b.UPPER_ARM * (arm.upper_len or 1.0), b.FOREARM * (arm.fore_len or 1.0)
    inward = 1 if body.side else -out
    if arm.reach:
        target = body.place(arm.reach)
        elbow, wrist = reach(shoulder, target, upper, fore, arm.bend or (-1 if body.side else out))
        _note_miss(body, ("arms", key), "hand", abs(wrist - target))
    else:
        first = down * turn(out * (_hanging(body) if arm.shoulder is None else arm.shoulder))
        second = first * turn(inward * (8 if arm.elbow is None else arm.elbow))
        elbow = shoulder + upper * first
        wrist = elbow + fore * second
    points[f"elbow.{key}"], points[f"wrist.{key}"] = elbow, wrist
    first, second = unit(elbow - shoulder), unit(wrist - elbow)
    hand = turn(arm.palm) if arm.palm is not None else second * turn(inward * (arm.wrist or 0.0))
    body.hands[key] = hand
    points[f"hand.{key}"] = wrist + hand * 7
    body.angles["shoulder", key] = out * degrees(first / down)
    body.angles["elbow", key] = inward * degrees(second / first)


def _hanging(body: Body) -> float:
    """Return the angle of an arm that hangs: a little off the body."""
    return 5.0 if body.side else 8.0


def _note_miss(body: Body, path: tuple[str, str], what: str, gap: float) -> None:
    if gap > REACH_TOLERANCE:
        body.faults.append(
            PoseFault(
                path,
                f"the {path[1]} {what} is {gap:.0f} cm short of its place.",
                "Move the place nearer, or the body (`root`) towards it.",
            )
        )
