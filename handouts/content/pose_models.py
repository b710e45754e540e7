"""What the ``pose:`` of an exercise may say, in the words of ``docs/poses.md``."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from handouts.content.base import Model
from handouts.content.pose_base import (
    Angle,
    Bend,
    Length,
    Name,
    Pair,
    PoseModel,
    Scale,
    Share,
    SharePair,
    SpotField,
    figure,
)
from handouts.content.prop_models import PropField
from handouts.figures import pose as p


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
    letters: bool = True
    letter_at: Pair = Field(default=[-27, 4], description="The letters of a row, from the head's middle.")
