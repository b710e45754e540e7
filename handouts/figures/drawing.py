"""A drawing: a flat list of shapes to fill and lines to stroke, in points; it knows no file format."""

from __future__ import annotations

from dataclasses import dataclass

from handouts.figures.geometry import Path


@dataclass(frozen=True, slots=True)
class Paint:
    """One stroke of the pen: some paths filled (as one shape) and then stroked; '' leaves either out.

    Colours are ``#rrggbb``; ``width`` and ``dash`` are in points; ends and corners are round. ``within``
    lets only what lies inside these paths appear.
    """

    paths: tuple[Path, ...]
    fill: str = ""
    stroke: str = ""
    width: float = 0
    dash: tuple[float, float] | None = None
    within: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawing:
    """Operations in the order of painting, in a box of ``width`` by ``height`` points, y up.

    ``window`` crops all of them; the frame round a window is an operation of its own.
    """

    width: float
    height: float
    ops: tuple[Paint, ...]
    window: Path | None = None

    def __hash__(self) -> int:
        """Return a hash that need not run through thousands of points; equality still does."""
        return hash((self.width, self.height, len(self.ops), self.window is None))


def mapped(path: Path, scale: float, x: float, y: float, *, mirrored: bool = False) -> Path:
    """Return a path moved from the world (cm) to the paper (points); ``mirrored`` swaps left and right."""
    if mirrored:
        points = tuple([complex(x - p.real * scale, y + p.imag * scale) for p in path.points])
    else:
        shift = complex(x, y)
        points = tuple([p * scale + shift for p in path.points])
    return Path(points, path.curved, path.closed)
