"""The pose model: what an exercise's drawing shows, as frozen values; ``docs/poses.md`` explains each word.

World units are cm of a person of 170 cm, x to the right and y up, the floor or the top of the mat at y = 0.
Angles are degrees. A person is always described facing picture-right, or lying with the head picture-left.
``None`` means that a frame does not say; a later frame takes it from the one before.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any, Literal, get_args

View = Literal["side", "front", "back"]
Layout = Literal["ghost", "row", "stack", "grid"]
Works = Literal["near", "far", "left", "right", "both"]
Side = Literal["left", "right"]
Person = Literal["short-hair", "bun"]
HandShape = Literal["open", "grip"]
FootShape = Literal["front", "side-in", "side-out"]

LIMBS: dict[View, tuple[Side | str, Side | str]] = {
    "side": ("far", "near"),
    "front": ("right", "left"),
    "back": ("left", "right"),
}
"""The names of the two legs and arms in each view: the picture-left one first where they stand apart."""

PARTS = ("head", "neck", "torso", *(f"{kind}.{key}" for kind in ("leg", "arm") for key in
                                    ("near", "far", "left", "right")))
JOINTS = ("pelvis", "waist", "neck", "head")
LIMB_POINTS = ("hip", "knee", "ankle", "heel", "toe", "sole", "shoulder", "elbow", "wrist", "hand")
ThighSide = Literal["front", "back", "outer", "inner", "middle", "all"]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place: coordinates, or a named point of the body (``knee.near``) and a shift from it."""

    x: float = 0
    y: float = 0
    point: str = ""


@dataclass(frozen=True, slots=True)
class Leg:
    """One leg: by its angles, or by where its foot is (``plant``, ``toes`` or ``at``)."""

    hip: float | None = None
    knee: float | None = None
    ankle: float | None = None
    plant: Spot | None = None
    toes: Spot | None = None
    at: Spot | None = None
    sole: float | None = None
    thigh_len: float | None = None
    shank_len: float | None = None
    bend: Literal[1, -1] | None = None
    toe: float | None = None
    foot: FootShape | None = None
    foot_len: float | None = None
    hem: float | None = None


@dataclass(frozen=True, slots=True)
class Arm:
    """One arm: by its angles, or by where its wrist is (``reach``); ``touches`` is what the hand must meet."""

    shoulder: float | None = None
    elbow: float | None = None
    reach: Spot | None = None
    palm: float | None = None
    wrist: float | None = None
    thumb: Literal["up", "down"] | None = None
    hand: HandShape | None = None
    touches: str | None = None
    hand_len: float | None = None
    upper_len: float | None = None
    fore_len: float | None = None
    bend: Literal[1, -1] | None = None


@dataclass(frozen=True, slots=True)
class Legs:
    """The legs by name: near and far from the side; left and right (the patient's) from front and back."""

    near: Leg | None = None
    far: Leg | None = None
    left: Leg | None = None
    right: Leg | None = None


@dataclass(frozen=True, slots=True)
class Arms:
    """The arms by name, as the legs."""

    near: Arm | None = None
    far: Arm | None = None
    left: Arm | None = None
    right: Arm | None = None


@dataclass(frozen=True, slots=True)
class Pin:
    """A named point of the body that is held at a place: the body is moved to make it so."""

    point: str
    at: Spot


@dataclass(frozen=True, slots=True)
class Contact:
    """A claim that is checked: the lowest point of a part lies at this height."""

    part: str
    y: float


# -- props -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Prop:
    """A thing in the picture. ``z`` says when it is drawn: ``back``, ``front``, or after (``before:``) a part."""

    z: str = "back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor(Prop):
    """The floor at y = 0; without ``x`` as wide as the picture."""

    x: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mat(Prop):
    """A mat whose top is at ``y``; with ``depth`` it is seen from above, between these two heights."""

    x: tuple[float, float] | None = None
    y: float = 0
    depth: tuple[float, float] | None = None
    skew: float = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Wall(Prop):
    """A wall at ``x``; it stands on the side that ``facing`` turns away from."""

    x: float
    h: float = 165
    facing: Literal["left", "right"] = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chair(Prop):
    """A chair: from the side, its back at ``x`` and the seat toward ``facing``; or from the front, round ``x``."""

    x: float
    h: float = 44
    d: float = 40
    facing: Literal["left", "right", "front"] = "right"
    back: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Armchair(Prop):
    """An armchair seen from the side, its back at ``x``."""

    x: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Prop):
    """A step or a bench between two places, ``h`` cm high; a bench stands on legs."""

    x: tuple[float, float]
    h: float = 20
    legs: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rail(Prop):
    """A rail or worktop edge to hold, at ``x``, ``h`` cm high."""

    x: float
    h: float = 95


@dataclass(frozen=True, slots=True, kw_only=True)
class Pillow(Prop):
    """A pillow or cushion; ``size`` is width and height."""

    at: Spot
    size: tuple[float, float] = (34, 11)
    rot: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ball(Prop):
    """A ball, a rolled towel seen from its end (``towel``), or a foam roller (``roller``)."""

    at: Spot
    r: float = 9
    kind: Literal["ball", "roller", "towel"] = "ball"


@dataclass(frozen=True, slots=True, kw_only=True)
class Strap(Prop):
    """A strap or towel through points; ``smooth`` makes it hang round."""

    path: tuple[Spot, ...]
    smooth: bool = False
    wide: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Band(Prop):
    """A loop band round both legs, from one place to another, seen flat."""

    from_: Spot
    to: Spot
    w: float = 2.2
    over: float = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Loop(Prop):
    """A belt or band round one limb: a stripe across it at a place along the bone."""

    part: str
    t: float = 0.85
    w: float = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrap(Prop):
    """A bandage round a thigh or shank (``thigh.near``), between two places along the bone."""

    part: str
    span: tuple[float, float] = (0.3, 0.8)


@dataclass(frozen=True, slots=True, kw_only=True)
class ColdPack(Prop):
    """A cold pack, marked with a snow crystal."""

    at: Spot
    size: tuple[float, float] = (16, 11)
    rot: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bicycle(Prop):
    """A stationary bicycle: crank at ``crank``, saddle top and grips where they are named."""

    crank: Spot
    saddle: Spot
    grips: Spot
    pedal: float = -90


@dataclass(frozen=True, slots=True, kw_only=True)
class Water(Prop):
    """Water up to ``y`` between two places."""

    x: tuple[float, float]
    y: float
    z: str = "front"


# -- marks -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Target:
    """Where the exercise is felt: an area of the body, hatched.

    ``area`` is thigh or shank with a limb's name, or hip, groin, buttock (with one unless seen from the
    side), abdomen, back, chest. ``span`` runs along the bone.
    """

    area: str
    side: ThighSide = "front"
    span: tuple[float, float] = (0.15, 0.85)
    shift: tuple[float, float] = (0, 0)
    size: float = 1
    rot: float | None = None
    z: str = ""


@dataclass(frozen=True, slots=True)
class Arrow:
    """Which way it moves: the arc of a ``point`` (about another), a line ``from_`` ``to``, or a ``path``."""

    point: str = ""
    about: str = ""
    from_: Spot | None = None
    to: Spot | None = None
    path: tuple[Spot, ...] = ()
    gap: float = 9
    span: tuple[float, float] = (0.12, 0.96)
    bend: float = 0.15
    shift: tuple[float, float] = (0, 0)
    both: bool = False


# -- frames and pose ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Frame:
    """One moment: the body, and what holds for it alone (``props``, ``arrows``, ``contact``)."""

    trunk: float | None = None
    spine: float | None = None
    neck: float | None = None
    head: float | None = None
    root: Spot | None = None
    pin: Pin | None = None
    rest: tuple[str, ...] | None = None
    surface: float | None = None
    level: tuple[str, str] | None = None
    contact: tuple[Contact, ...] | None = None
    trunk_len: float | None = None
    width: float | None = None
    legs: Legs = Legs()
    arms: Arms = Arms()
    behind: tuple[str, ...] | None = None
    top: tuple[str, ...] | None = None
    hide: tuple[str, ...] | None = None
    shade: tuple[str, ...] | None = None
    props: tuple[Prop, ...] | None = None
    arrows: tuple[Arrow, ...] | None = None


@dataclass(frozen=True, slots=True)
class Pose:
    """One exercise's drawing: one to four frames, each already laid over the one before.

    ``names`` are the keys of the frames in the file, for telling faults. ``works`` is the side that the
    drawing is described for, so that it can be mirrored for the other one; ``both`` is never mirrored.
    """

    frames: tuple[Frame, ...]
    names: tuple[tuple[str | int, ...], ...]
    view: View = "side"
    layout: Layout = "ghost"
    works: Works = "both"
    ghost: tuple[str, ...] | None = None
    props: tuple[Prop, ...] = ()
    target: tuple[Target, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    hold: Spot | None = None
    numbers: bool = True
    number_at: tuple[float, float] = (-27, 4)
    window: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True, order=True)
class PoseFault:
    """Something a body cannot do or a picture must not show; ``path`` leads to the key to change."""

    path: tuple[str | int, ...]
    sentence: str
    advice: str


_LEG_WAYS = ({"hip", "knee"}, {"plant"}, {"toes"}, {"at"})
_ARM_WAYS = ({"shoulder", "elbow"}, {"reach"})
_WITH_WAY = {"sole", "ankle", "bend", "palm", "wrist", "touches", "hand"}
_OWN = ("props", "arrows", "contact")
_PLACING = ("root", "pin", "rest", "level")


def over(base: Frame, change: Frame) -> Frame:
    """Return a frame with another laid over it: what the change does not say stays.

    A limb that is told another way to be placed forgets the old way; a new root or pin forgets how the base
    was placed.
    """
    said = _said(change)
    for group, ways in (("legs", _LEG_WAYS), ("arms", _ARM_WAYS)):
        limbs, changes = getattr(base, group), getattr(change, group)
        merged = {key: _limb_over(getattr(limbs, key), one, ways) for key, one in _said(changes).items()}
        said[group] = replace(limbs, **merged)
    if "root" in said or "pin" in said:
        base = replace(base, **dict.fromkeys(_PLACING))
    own = {name: getattr(change, name) for name in _OWN}
    return replace(base, **{**said, **own})


def _limb_over(base: Any, change: Any, ways: tuple[set[str], ...]) -> Any:  # noqa: ANN401 - a Leg or an Arm
    if base is None:
        return change
    said = _said(change)
    for way in ways:
        if way & said.keys():
            old = set().union(*ways) - way
            old |= _WITH_WAY if _way(base, ways) is not way else set()
            drop = {name for name in old if name in {field.name for field in fields(base)}}
            base = replace(base, **dict.fromkeys(drop))
    return replace(base, **said)


def _way(limb: Any, ways: tuple[set[str], ...]) -> set[str] | None:  # noqa: ANN401 - a Leg or an Arm
    return next((way for way in ways if way & _said(limb).keys()), None)


def _said(value: Any) -> dict[str, Any]:  # noqa: ANN401 - any of the classes above
    pairs = ((field.name, getattr(value, field.name)) for field in fields(value))
    return {name: given for name, given in pairs if given is not None}


def points_of(view: View) -> tuple[str, ...]:
    """Return the names of all points of the body in a view."""
    return (*JOINTS, *(f"{point}.{key}" for key in LIMBS[view] for point in LIMB_POINTS))


def parts_of(view: View) -> tuple[str, ...]:
    """Return the names of all parts of the body in a view."""
    return ("head", "neck", "torso", *(f"{kind}.{key}" for kind in ("leg", "arm") for key in LIMBS[view]))


VIEWS: tuple[View, ...] = get_args(View)
