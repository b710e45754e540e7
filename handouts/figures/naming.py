"""Names in a pose: every limb, part, point, area and prop that it speaks of exists in its view."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from difflib import get_close_matches

from handouts.figures.pose import LIMBS, Arrow, Frame, Pose, PoseFault, Target, parts_of, points_of
from handouts.figures.props import name_of
from handouts.figures.things import Loop, Prop, Spot, Wrap

Path = tuple[str | int, ...]

_BONES = ("thigh", "shank", "upper", "fore")
_PAIRED = ("hip", "groin", "buttock")
_SINGLE = ("abdomen", "back", "chest")


def wrong_names(pose: Pose) -> Iterator[PoseFault]:
    """Yield a fault for each name that means nothing in the view of the pose."""
    yield from _Names(pose).faults()


def _advice(wanted: str, known: tuple[str, ...]) -> str:
    close = get_close_matches(wanted, known, n=3, cutoff=0.5)
    return f"Did you mean {' or '.join(close)}?" if close else f"There are: {', '.join(known)}."


class _Names:
    def __init__(self, pose: Pose) -> None:
        self.pose = pose
        keys = LIMBS[pose.view]
        self.points = points_of(pose.view)
        self.parts = parts_of(pose.view)
        self.limbs = keys
        self.bones = tuple(f"{bone}.{key}" for bone in _BONES for key in keys)
        areas = [f"{bone}.{key}" for bone in ("thigh", "shank", "knee") for key in keys]
        if pose.view == "side":
            areas += _PAIRED
        else:
            areas += [f"{area}.{key}" for area in _PAIRED for key in keys]
        self.areas = (*areas, *_SINGLE)

    def faults(self) -> Iterator[PoseFault]:
        pose = self.pose
        yield from self.known("works", pose.works, (*self.limbs, "both"), ("works",))
        for part in pose.ghost or ():
            yield from self.known("part", part, self.parts, ("ghost",))
        for number, frame in enumerate(pose.frames):
            yield from self.frame(frame, pose.names[number])
        yield from self.marks(pose.props, pose.arrows, ())
        for number, target in enumerate(pose.target):
            yield from self.target(target, ("target", number))
        yield from self.spot(pose.hold, ("hold",))

    def known(self, what: str, name: str, known: tuple[str, ...], path: Path) -> Iterator[PoseFault]:
        if name not in known:
            sentence = f"there is no {what} {name!r} in the view from the {self.pose.view}."
            if what == "works":
                sentence = f"`works` cannot be {name!r} in the view from the {self.pose.view}."
            yield PoseFault(path, sentence, _advice(name, known))

    def spot(self, spot: Spot | None, path: Path) -> Iterator[PoseFault]:
        if spot and spot.point:
            yield from self.known("point", spot.point, self.points, path)

    def frame(self, frame: Frame, path: Path) -> Iterator[PoseFault]:
        for group in ("legs", "arms"):
            limbs = getattr(frame, group)
            for limb in fields(limbs):
                value = getattr(limbs, limb.name)
                if value is None:
                    continue
                here = (*path, group, limb.name)
                yield from self.known(group[:-1], limb.name, self.limbs, here)
                for name in ("plant", "toes", "at", "reach"):
                    yield from self.spot(getattr(value, name, None), (*here, name))
                touched = getattr(value, "touches", None)
                if touched:
                    props = self.pose.props + (frame.props or ())
                    known = (*self.parts, *(name_of(prop) for prop in props))
                    yield from self.known("part or prop", touched, known, (*here, "touches"))
        yield from self.spot(frame.root, (*path, "root"))
        if frame.pin:
            yield from self.known("point", frame.pin.point, self.points, (*path, "pin", "point"))
            yield from self.spot(frame.pin.at, (*path, "pin", "at"))
        for name in ("rest", "level", "behind", "top", "hide", "shade"):
            known = (*self.parts, "all") if name == "rest" else self.parts
            for part in getattr(frame, name) or ():
                yield from self.known("part", part, known, (*path, name))
        for contact in frame.contact or ():
            yield from self.known("part", contact.part, self.parts, (*path, "contact", contact.part))
        yield from self.marks(frame.props or (), frame.arrows or (), path)

    def marks(self, props: tuple[Prop, ...], arrows: tuple[Arrow, ...], path: Path) -> Iterator[PoseFault]:
        for number, prop in enumerate(props):
            yield from self.prop(prop, (*path, "props", number))
        for number, arrow in enumerate(arrows):
            yield from self.arrow(arrow, (*path, "arrows", number))

    def prop(self, prop: Prop, path: Path) -> Iterator[PoseFault]:
        layer = prop.z.removeprefix("before:")
        known = self.parts if layer != prop.z else ("back", "front", *self.parts)
        yield from self.known("part", layer, known, (*path, "z"))
        for field in fields(prop):
            value = getattr(prop, field.name)
            name = field.name.rstrip("_")
            if isinstance(value, Spot):
                yield from self.spot(value, (*path, name))
            elif field.name == "path":
                for number, spot in enumerate(value):
                    yield from self.spot(spot, (*path, name, number))
            elif field.name in ("x", "depth", "span") and isinstance(value, tuple) and value[0] >= value[1]:
                sentence = f"`{name}` runs from {value[0]:g} back to {value[1]:g}."
                yield PoseFault((*path, name), sentence, "Write the smaller number first.")
        if isinstance(prop, Loop | Wrap):
            yield from self.known("bone", prop.part, self.bones, (*path, "part"))

    def arrow(self, arrow: Arrow, path: Path) -> Iterator[PoseFault]:
        ways = (bool(arrow.point), bool(arrow.from_ and arrow.to), len(arrow.path) > 1)
        if sum(ways) != 1:
            advice = "Write `point` (with `about` for an arc), or `from` and `to`, or a `path` of places."
            yield PoseFault(path, "the arrow does not say where it runs, or says it twice.", advice)
        if arrow.about and arrow.about == arrow.point:
            sentence = f"`about` is {arrow.about!r}, the point itself."
            yield PoseFault((*path, "about"), sentence, "Name the joint that it turns about.")
        if arrow.span[0] >= arrow.span[1]:
            yield PoseFault((*path, "span"), "`span` has no length.", "Write the smaller number first.")
        for name in ("point", "about"):
            value = getattr(arrow, name)
            if value:
                yield from self.known("point", value, self.points, (*path, name))
        for spot, name in ((arrow.from_, "from"), (arrow.to, "to")):
            yield from self.spot(spot, (*path, name))
        for number, spot in enumerate(arrow.path):
            yield from self.spot(spot, (*path, "path", number))

    def target(self, target: Target, path: Path) -> Iterator[PoseFault]:
        yield from self.known("area", target.area, self.areas, (*path, "area"))
        if target.z:
            yield from self.known("part", target.z, self.parts, (*path, "z"))
        if target.span[0] >= target.span[1]:
            yield PoseFault((*path, "span"), "`span` has no length.", "Write the smaller number first.")
