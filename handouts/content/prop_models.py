"""What ``props:`` of a pose may hold: a model for each thing."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from handouts.content.pose_base import (
    Angle,
    Length,
    Name,
    Pair,
    PoseModel,
    Share,
    SharePair,
    Size,
    Sizes,
    SpotField,
)
from handouts.figures import things as p


class _Prop(PoseModel):
    z: Name = Field(default="back", description="back, front, a part (drawn after it) or before:PART.")


class FloorModel(_Prop):
    """The floor at y = 0."""

    VALUE = p.Floor
    prop: Literal["floor"]
    x: Pair | None = None


class MatModel(_Prop):
    """A mat; with ``depth`` seen from above."""

    VALUE = p.Mat
    prop: Literal["mat"]
    x: Pair | None = None
    y: Length = 0
    depth: Pair | None = None
    skew: Length = 8


class WallModel(_Prop):
    """A wall; ``facing`` is the side on which the person stands."""

    VALUE = p.Wall
    prop: Literal["wall"]
    x: Length
    h: Size = 165
    facing: Literal["left", "right"] = "left"


class ChairModel(_Prop):
    """A chair; its back at ``x``."""

    VALUE = p.Chair
    prop: Literal["chair"]
    x: Length
    h: Size = 44
    d: Size = 40
    facing: Literal["left", "right", "front"] = "right"
    back: bool = True


class ArmchairModel(_Prop):
    """An armchair; its back at ``x``."""

    VALUE = p.Armchair
    prop: Literal["armchair"]
    x: Length


class StepModel(_Prop):
    """A step; with ``legs`` a bench."""

    VALUE = p.Step
    prop: Literal["step"]
    x: Pair
    h: Size = 20
    legs: bool = False


class RailModel(_Prop):
    """A rail or worktop to hold."""

    VALUE = p.Rail
    prop: Literal["rail"]
    x: Length
    h: Size = 95


class PillowModel(_Prop):
    """A pillow."""

    VALUE = p.Pillow
    prop: Literal["pillow"]
    at: SpotField
    size: Sizes = [34, 11]
    rot: Angle = 0


class BallModel(_Prop):
    """A ball, a foam roller or a rolled towel seen from its end."""

    VALUE = p.Ball
    prop: Literal["ball"]
    at: SpotField
    r: Size = 9
    kind: Literal["ball", "roller", "towel"] = "ball"


class StrapModel(_Prop):
    """A strap through points; ``wide`` for a towel."""

    VALUE = p.Strap
    prop: Literal["strap"]
    path: list[SpotField] = Field(min_length=2, max_length=12)
    smooth: bool = False
    wide: bool = False


class BandModel(_Prop):
    """A loop band round both legs."""

    VALUE = p.Band
    prop: Literal["band"]
    from_: SpotField = Field(alias="from")
    to: SpotField
    w: Size = 2.2
    over: Length = 5


class LoopModel(_Prop):
    """A belt or band round one limb."""

    VALUE = p.Loop
    prop: Literal["loop"]
    part: Name
    t: Share = 0.85
    w: Size = 4


class WrapModel(_Prop):
    """A bandage."""

    VALUE = p.Wrap
    prop: Literal["wrap"]
    part: Name
    span: SharePair = [0.3, 0.8]


class ColdPackModel(_Prop):
    """A cold pack."""

    VALUE = p.ColdPack
    prop: Literal["cold-pack"]
    at: SpotField
    size: Sizes = [16, 11]
    rot: Angle = 0


class BicycleModel(_Prop):
    """A stationary bicycle."""

    VALUE = p.Bicycle
    prop: Literal["bicycle"]
    crank: SpotField
    saddle: SpotField
    grips: SpotField
    pedal: Angle = -90


class WaterModel(_Prop):
    """Water up to ``y``."""

    VALUE = p.Water
    prop: Literal["water"]
    x: Pair
    y: Length
    z: Name = "front"


PropField = Annotated[
    FloorModel
    | MatModel
    | WallModel
    | ChairModel
    | ArmchairModel
    | StepModel
    | RailModel
    | PillowModel
    | BallModel
    | StrapModel
    | BandModel
    | LoopModel
    | WrapModel
    | ColdPackModel
    | BicycleModel
    | WaterModel,
    Field(discriminator="prop"),
]
