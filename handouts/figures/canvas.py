"""A canvas in world units (cm): what is painted on it is brought to paper at the end, mirrored or not."""

from __future__ import annotations

from handouts.figures.drawing import Paint, mapped
from handouts.figures.geometry import Path
from handouts.figures.palettes import FigurePalette

BODY = 0.85
FAR = 0.7
GHOST = 0.6
DETAIL = 0.5
PROP = 0.6
FLOOR = 0.9
ARROW = 1.7
DASH = (2.2, 1.5)
"""Line widths and the ghost's dashes, in points at the nominal size."""


class Canvas:
    """Collects paints; ``cm`` is how many cm of the world one point on paper is."""

    def __init__(self, palette: FigurePalette, cm: float) -> None:
        self.palette = palette
        self.cm = cm
        self.paints: list[Paint] = []

    def add(
        self,
        *paths: Path,
        fill: str = "",
        stroke: str = "",
        width: float = 0,
        dash: tuple[float, float] | None = None,
        within: tuple[Path, ...] = (),
    ) -> None:
        """Paint some paths as one shape: filled first, stroked after."""
        if paths:
            self.paints.append(Paint(paths, fill, stroke, width, dash, within))

    def edged(self, pieces: tuple[Path, ...], fill: str, stroke: str, width: float, *, ghost: bool) -> None:
        """Paint pieces as one body: a line round all of them, and no line where they overlap."""
        dash = DASH if ghost else None
        self.paints.append(Paint(pieces, stroke=stroke, width=2 * width, dash=dash))
        self.paints.append(Paint(pieces, fill=fill))

    def on_paper(self, scale: float, x: float, y: float, thickness: float, *, mirrored: bool) -> list[Paint]:
        """Return what was painted, in points; lines are ``thickness`` times as wide as named."""
        known: dict[int, tuple[Path, ...]] = {}

        def placed(paths: tuple[Path, ...]) -> tuple[Path, ...]:
            # The pieces of a part are painted twice, as its line and as its skin.
            if id(paths) not in known:
                known[id(paths)] = tuple([mapped(path, scale, x, y, mirrored=mirrored) for path in paths])
            return known[id(paths)]

        return [
            Paint(
                placed(paint.paths),
                paint.fill,
                paint.stroke,
                paint.width * thickness,
                paint.dash,
                placed(paint.within),
            )
            for paint in self.paints
        ]
