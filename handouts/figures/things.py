"""Places and props: the things of a picture, as frozen values in the world's cm."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Spot:
    """A place: coordinates, or a named point of the body (``knee.near``) and a shift from it."""

    x: float = 0
    y: float = 0
    point: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prop:
    """A thing in the picture; ``z``: drawn at the ``back``, in ``front``, after or ``before:`` a part."""

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
    """A chair: from the side its back is at ``x``, its seat toward ``facing``; or from the front."""

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
class Crutch(Prop):
    """A crutch from its pad to its tip; ``grip`` is where the hand holds it, as a share of its length."""

    top: Spot
    tip: Spot
    grip: float = 0.42


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
