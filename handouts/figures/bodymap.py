"""Where it hurts: the middle of a body from the front, the side or the back, with the sore places marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import combinations
from typing import Literal

from handouts.figures.body import STANDING
from handouts.figures.drawing import Drawing
from handouts.figures.painting import Manner
from handouts.figures.palettes import FigurePalette
from handouts.figures.pose import VIEWS, Arm, Arms, Frame, Leg, Legs, Pose, Target, View
from handouts.figures.scene import POINTS_PER_MM, Sheet, draw
from handouts.figures.things import Spot

WIDTH_MM = 25
HEIGHT_MM = 29.6
WINDOW = (-33.0, 40.0, 33.0, 118.0)

MapSide = Literal["left", "right", "both"]

_REGIONS: dict[str, dict[View, Target]] = {
    "outer-hip": {"front": Target("hip", size=1.15), "side": Target("hip", size=1.1)},
    "groin-front": {"front": Target("groin", size=1.2)},
    "buttock": {"back": Target("buttock"), "side": Target("buttock")},
    "back-of-thigh": {
        "back": Target("thigh", side="middle", span=(0.28, 0.9)),
        "side": Target("thigh", side="back", span=(0.3, 0.92)),
    },
    "inner-thigh": {"front": Target("thigh", side="inner", span=(0.2, 0.8))},
    "front-thigh": {
        "front": Target("thigh", side="middle", span=(0.25, 0.9)),
        "side": Target("thigh", side="front", span=(0.25, 0.9)),
    },
    "lower-back": {"back": Target("back"), "side": Target("back")},
    "outer-knee": {"front": Target("knee"), "side": Target("knee")},
}
"""Which area of the body each region is, in the views where it can be seen."""

REGIONS = frozenset(_REGIONS)


def map_views(regions: Sequence[str]) -> tuple[View, ...]:
    """Return the one or two views that show the most of some regions, in the order front, back, side."""

    def shown(views: tuple[View, ...]) -> tuple[int, int, int]:
        seen = sum(any(view in _REGIONS[region] for view in views) for region in regions)
        marks = sum(view in _REGIONS[region] for view in views for region in regions)
        empty = sum(not any(view in _REGIONS[region] for region in regions) for view in views)
        return seen, -empty, marks

    order: tuple[View, ...] = tuple(sorted(VIEWS, key=("front", "back", "side").index))
    choices = [*combinations(order, 2), *((view,) for view in order)]
    return max(choices, key=shown)


@lru_cache(maxsize=256)
def draw_body_map(regions: tuple[str, ...], view: View, side: MapSide, palette: FigurePalette) -> Drawing:
    """Return the map of some regions in one view, 25 mm wide; regions that it cannot show are left out.

    From the side the person turns the sore side to us, so a left one looks picture-left.
    """
    targets = []
    for region in regions:
        area = _REGIONS[region].get(view)
        if area is None:
            continue
        if view == "side":
            paired = area.area in ("thigh", "knee")
            targets.append(replace(area, area=f"{area.area}.near") if paired else area)
        elif area.area == "back":
            targets.append(area)
        else:
            sides = ("left", "right") if side == "both" else (side,)
            targets += [replace(area, area=f"{area.area}.{one}") for one in sides]
    pose = Pose((_standing(view),), (("end",),), view=view, target=tuple(targets), window=WINDOW)
    room = Sheet(
        WIDTH_MM * POINTS_PER_MM, HEIGHT_MM * POINTS_PER_MM, Manner("short-hair", plain=True), border=True
    )
    return draw(pose, _bare(palette), room, mirrored=view == "side" and side == "left")


def _bare(palette: FigurePalette) -> FigurePalette:
    """Return the colours of a person in light shorts only, so that the marks stand out."""
    if palette.shorts == palette.skin:
        return palette
    light = palette.prop
    return replace(palette, shorts=light, shorts_far=palette.skin_far, shirt=palette.skin)


def _standing(view: View) -> Frame:
    root = Spot(0, STANDING - 1)
    if view == "side":
        legs = Legs(near=Leg(hip=1, knee=3), far=Leg(hip=3, knee=3))
        return Frame(root=root, legs=legs, hide=("arm.near", "arm.far"))
    leg, arm = Leg(hip=3, knee=3), Arm(shoulder=14, elbow=4)
    return Frame(root=root, legs=Legs(left=leg, right=leg), arms=Arms(left=arm, right=arm))
