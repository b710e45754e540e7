"""The pose model: what an exercise's drawing shows, as frozen values; ``docs/poses.md`` explains each word.

World units are cm of a person of 170 cm, x to the right and y up, the floor or the top of the mat at y = 0.
Angles are degrees. A person is always described facing picture-right, or lying with the head picture-left.
``None`` means that a frame does not say; a later frame takes it from the one before.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any, Literal, get_args

from handouts.figures.things import Prop, Spot

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

PARTS = (
    "head",
    "neck",
    "torso",
    *(f"{kind}.{key}" for kind in ("leg", "arm") for key in ("near", "far", "left", "right")),
)
JOINTS = ("pelvis", "waist", "neck", "head")
LIMB_POINTS = ("hip", "knee", "ankle", "heel", "toe", "sole", "shoulder", "elbow", "wrist", "hand")
ThighSide = Literal["front", "back", "outer", "inner", "middle", "all"]


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
    """One arm: by its angles, or by where its wrist is; ``touches`` is what the hand must meet."""

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
    """Which way it moves: the arc of a ``point`` (about another), a line from to, or a ``path``."""

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
    letters: bool = True
    letter_at: tuple[float, float] = (-27, 4)
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
        said = {**dict.fromkeys(_PLACING), **said}
    own = {name: getattr(change, name) for name in _OWN}
    values: dict[str, Any] = {**said, **own}
    return replace(base, **values)


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
