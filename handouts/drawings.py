"""What the figures of a document show, drawn: between the words of a sheet and its pages."""

from __future__ import annotations

from handouts import figures
from handouts.clinic import Clinic
from handouts.content.library import Library
from handouts.document import Document, Figure, walk
from handouts.order import Order


def draw_figures(
    document: Document, library: Library, clinic: Clinic, order: Order
) -> dict[str, figures.Drawing]:
    """Return what the figures of a document name: exercises, icons and body maps, by their source.

    Without a side, exercises show the right one; a map marks both, because it must not name a wrong one.
    """
    side: figures.Side = "left" if order.side == "left" else "right"
    map_side: figures.MapSide = side if order.side in {"left", "right"} else "both"
    palette = figures.figure_palette(clinic.accent, order.ink)
    drawn: dict[str, figures.Drawing] = {}
    for block in walk(document.blocks):
        if not isinstance(block, Figure) or block.source in drawn:
            continue
        match block.source.split(":"):
            case ["exercise", exercise] if pose := library.pose(exercise):
                drawn[block.source] = figures.draw_exercise(
                    pose, side=side, person=clinic.person, palette=palette
                )
            case ["icon", icon] if icon in figures.ICONS:
                drawn[block.source] = figures.draw_icon(icon, palette, clinic.person)
            case ["map", ("front" | "back" | "side") as view, *regions] if {*regions} <= figures.REGIONS:
                drawn[block.source] = figures.draw_body_map(tuple(regions), view, map_side, palette)
    return drawn
