"""Figures: from a pose to a drawing, plain values in and out; knows neither YAML nor PDF.

::

    Pose ─kinematics─▶ Body ─shapes─▶ Shape ─painting, props, marks─▶ Canvas ─scene─▶ Drawing
                                                                                        │
                                                                          svg.py, typeset/drawings.py

A drawing is a flat list of paths to fill and to stroke, in points at its nominal size: 50 mm wide and at
most 40 mm high for an exercise. Left and right are the patient's: a drawing for the other side is mirrored,
its letters and the order of its pictures are not. ``docs/poses.md`` says how a pose is written.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from handouts.figures.bodymap import REGIONS, MapSide, draw_body_map, map_views
from handouts.figures.checks import check
from handouts.figures.drawing import Drawing, Paint
from handouts.figures.icons import ICONS, draw_icon
from handouts.figures.painting import Manner
from handouts.figures.palettes import FigurePalette, figure_palette
from handouts.figures.pose import Person, Pose, PoseFault, Side
from handouts.figures.scene import CARD, Sheet, draw
from handouts.figures.svg import to_svg

_SIDE_OF: dict[str, Side] = {"near": "right", "far": "left", "left": "left", "right": "right"}
"""The patient's side of what ``works``: a person who faces picture-right turns the right side to us."""


@lru_cache(maxsize=512)
def draw_exercise(
    pose: Pose, *, side: Literal["left", "right"], person: Person, palette: FigurePalette
) -> Drawing:
    """Return the drawing of an exercise for one side of the patient's body."""
    mirrored = pose.works != "both" and _SIDE_OF[pose.works] != side
    return draw(pose, palette, Sheet(*CARD, Manner(person)), mirrored=mirrored)


__all__ = [
    "ICONS",
    "REGIONS",
    "Drawing",
    "FigurePalette",
    "MapSide",
    "Paint",
    "Person",
    "Pose",
    "PoseFault",
    "Side",
    "check",
    "draw_body_map",
    "draw_exercise",
    "draw_icon",
    "figure_palette",
    "map_views",
    "to_svg",
]
