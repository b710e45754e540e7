"""What the ``pose:`` of an exercise may say: pydantic models with the words of ``docs/poses.md``.

Each model stands for one value of ``figures.pose`` and has its field names; :func:`figure` turns one into the
other.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, Discriminator, Field, Tag

from handouts.content.base import Model
from handouts.figures import pose as p

Angle = Annotated[float, Field(ge=-360, le=360)]
Length = Annotated[float, Field(ge=-400, le=400)]
Share = Annotated[float, Field(ge=0, le=1)]
Scale = Annotated[float, Field(ge=0.2, le=2)]
Size = Annotated[float, Field(gt=0, le=300)]
Name = Annotated[str, Field(min_length=1, max_length=30)]
Pair = Annotated[list[Length], Field(min_length=2, max_length=2)]
Sizes = Annotated[list[Size], Field(min_length=2, max_length=2)]
SharePair = Annotated[list[Share], Field(min_length=2, max_length=2)]
Bend = Literal[1, -1]


class PoseModel(Model):
    """The base of the pose models: ``VALUE`` is the class in ``figures.pose`` that one is turned into."""

    VALUE: ClassVar[type[Any]]


def figure(value: object) -> Any:  # noqa: ANN401 - the value that each model names
    """Return the figures' value of a model; lists become tuples, all else stays."""
    if isinstance(value, PoseModel):
        said = {name: figure(getattr(value, name)) for name in type(value).model_fields}
        return value.VALUE(**{name: part for name, part in said.items() if name != "prop"})
    if isinstance(value, list):
        return tuple(figure(part) for part in value)
    return value


class _NamedSpot(Model):
    """A point of the body and a shift from it."""

    point: Name
    shift: Pair = Field(default=[0, 0], description="Right and up from the point, in cm.")


def _kind_of_spot(value: object) -> str:
    return "point" if isinstance(value, str) else "map" if isinstance(value, dict) else "place"


def _spot(value: Any) -> p.Spot:  # noqa: ANN401 - one of the three ways to write a spot
    if isinstance(value, str):
        return p.Spot(point=value)
    if isinstance(value, _NamedSpot):
        return p.Spot(value.shift[0], value.shift[1], value.point)
    return p.Spot(*value)


SpotField = Annotated[
    Annotated[Pair, Tag("place")] | Annotated[Name, Tag("point")] | Annotated[_NamedSpot, Tag("map")],
    Discriminator(_kind_of_spot),
    AfterValidator(_spot),
]


class LegModel(PoseModel):
    """One leg: by angles, or by where its foot is."""

    VALUE = p.Leg
    hip: Angle | None = Field(default=None, description="Side: bent forward. Front, back: outward.")
    knee: Angle | None = Field(default=None, description="Side: bent. Front, back: shank turned inward.")
    ankle: Angle | None = Field(default=None, description="Side: toes up.")
    plant: SpotField | None = Field(default=None, description="Where the sole stands, under the ankle.")
    toes: SpotField | None = Field(default=None, description="Where the ball of the foot stands, heel up.")
    at: SpotField | None = Field(default=None, description="Where the ankle is.")
    sole: Angle | None = Field(default=None, description="The pitch of the sole; heel up is negative.")
    thigh_len: Scale | None = Field(default=None, description="How long it looks, where it points at us.")
    shank_len: Scale | None = None
    bend: Bend | None = Field(default=None, description="To which side the knee bends: 1 or -1.")
    toe: Angle | None = Field(default=None, description="Toes bent up about the ball of the foot.")
    foot: Literal["front", "side-in", "side-out"] | None = Field(
        default=None, description="From the front: a foot in profile, its toes pointing in or out."
    )
    foot_len: Scale | None = None
    hem: Share | None = Field(default=None, description="How far down the thigh the shorts reach: 0.52.")


class ArmModel(PoseModel):
    """One arm: by angles, or by where its wrist is."""

    VALUE = p.Arm
    shoulder: Angle | None = Field(default=None, description="Side: raised forward. Front, back: outward.")
    elbow: Angle | None = Field(default=None, description="Bent. Front, back: forearm turned inward.")
    reach: SpotField | None = Field(default=None, description="Where the wrist is.")
    palm: Angle | None = Field(default=None, description="Which way the hand points, 0 = picture-right.")
    wrist: Angle | None = Field(default=None, description="The hand's angle to the forearm.")
    thumb: Literal["up", "down"] | None = None
    hand: Literal["open", "grip"] | None = None
    touches: Name | None = Field(
        default=None, description="What the hand must meet: a part of the body, or a prop by its name."
    )
    hand_len: Scale | None = None
    upper_len: Scale | None = None
    fore_len: Scale | None = None
    bend: Bend | None = Field(default=None, description="To which side the elbow bends: 1 or -1.")


class LegsModel(PoseModel):
    """The legs by name."""

    VALUE = p.Legs
    near: LegModel | None = None
    far: LegModel | None = None
    left: LegModel | None = None
    right: LegModel | None = None


class ArmsModel(PoseModel):
    """The arms by name."""

    VALUE = p.Arms
    near: ArmModel | None = None
    far: ArmModel | None = None
    left: ArmModel | None = None
    right: ArmModel | None = None


class PinModel(PoseModel):
    """A point of the body held at a place."""

    VALUE = p.Pin
    point: Name
    at: SpotField


class ArrowModel(PoseModel):
    """Which way it moves."""

    VALUE = p.Arrow
    point: str = Field(default="", max_length=30, description="The point whose way is drawn.")
    about: str = Field(default="", max_length=30, description="The joint that it turns about.")
    from_: SpotField | None = Field(default=None, alias="from")
    to: SpotField | None = None
    path: list[SpotField] = Field(default=[], max_length=12)
    gap: Length = Field(default=9, description="How far the arrow stands off the way itself.")
    span: SharePair = Field(default=[0.12, 0.96], description="Which part of the way is drawn.")
    bend: Annotated[float, Field(ge=-2, le=2)] = 0.15
    shift: Pair = [0, 0]
    both: bool = Field(default=False, description="A head at both ends.")


class TargetModel(PoseModel):
    """Where it is felt."""

    VALUE = p.Target
    area: Name
    side: Literal["front", "back", "outer", "inner", "middle", "all"] = "front"
    span: SharePair = Field(default=[0.15, 0.85], description="From where to where along the bone.")
    shift: Pair = [0, 0]
    size: Scale = 1
    rot: Angle | None = None
    z: str = Field(default="", max_length=30, description="The part after which it is painted.")


# -- props -------------------------------------------------------------------------------------------------


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
Names = Annotated[list[Name], Field(max_length=12)]


class FrameModel(Model):
    """One moment of the exercise; what a later frame does not say stays as it was."""

    trunk: Angle | None = Field(default=None, description="Lean: forward, or picture-right. -90: lying.")
    spine: Angle | None = None
    neck: Angle | None = None
    head: Angle | None = None
    root: SpotField | None = Field(default=None, description="The middle of the hips; standing [0, 91.5].")
    pin: PinModel | None = None
    rest: Names | None = Field(default=None, description="The body is let down until these parts touch.")
    surface: Length | None = Field(default=None, description="The height that they rest on.")
    level: Annotated[list[Name], Field(min_length=2, max_length=2)] | None = Field(
        default=None, description="The body is turned until these two parts lie equally low."
    )
    contact: dict[Name, Length] | None = Field(
        default=None, description="Checked: the lowest point of this part lies at this height."
    )
    trunk_len: Scale | None = None
    width: Scale | None = None
    legs: LegsModel = LegsModel()
    arms: ArmsModel = ArmsModel()
    behind: Names | None = None
    top: Names | None = None
    hide: Names | None = None
    shade: Names | None = None
    props: list[PropField] | None = Field(default=None, max_length=12)
    arrows: list[ArrowModel] | None = Field(default=None, max_length=4)

    def frame(self) -> p.Frame:
        """Return the figures' frame."""
        said = {name: figure(getattr(self, name)) for name in type(self).model_fields if name != "contact"}
        if self.contact is not None:
            said["contact"] = tuple(p.Contact(part, y) for part, y in self.contact.items())
        return p.Frame(**said)


class PoseFile(Model):
    """How an exercise is drawn; ``docs/poses.md`` explains every word."""

    view: Literal["side", "front", "back"] = "side"
    layout: Literal["ghost", "row", "stack", "grid"] = "ghost"
    works: Literal["near", "far", "left", "right", "both"] = Field(
        default="both", description="The limb that does the exercise; both: the drawing is never mirrored."
    )
    start: FrameModel | None = None
    end: FrameModel | None = None
    frames: list[FrameModel] | None = Field(default=None, min_length=2, max_length=4)
    ghost: Names | None = Field(default=None, description="The parts of the start that are drawn dashed.")
    props: list[PropField] = Field(default=[], max_length=12)
    target: list[TargetModel] = Field(default=[], max_length=4)
    arrows: list[ArrowModel] = Field(default=[], max_length=4)
    hold: SpotField | None = Field(default=None, description="Where the stopwatch stands.")
    numbers: bool = True
    number_at: Pair = Field(default=[-27, 4], description="The numbers of a row, from the head's middle.")
