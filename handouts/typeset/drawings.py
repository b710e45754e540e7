"""Drawings: a figure's operations as a form that a file stores once, however often it is shown."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from functools import lru_cache

from handouts.clinic import rgb
from handouts.figures import Drawing, Paint
from handouts.figures.geometry import Path
from handouts.typeset.pictures import Drawn

GRAIN = 10
"""Coordinates are written as whole numbers, this many to a point: finer than any printer, and short."""

STRAIGHT = 0.3
"""How far control points may stand off a line, in grains."""


@lru_cache(maxsize=512)
def drawing_picture(drawing: Drawing) -> Drawn:
    """Return a drawing ready for a page, in points; it is the same for the same drawing."""
    ops = operators(drawing).encode("ascii")
    name = f"D{zlib.crc32(ops):08X}"
    return Drawn(drawing.width, drawing.height, f"/{name} Do", name, form=_packed(ops))


def _packed(ops: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL + 1)
    return packer.compress(ops) + packer.flush()


def operators(drawing: Drawing) -> str:
    """Return PDF operators that paint a drawing in its box, y up; lines end and turn round."""
    writer = _Writer()
    writer.put(f"{1 / GRAIN:g} 0 0 {1 / GRAIN:g} 0 0 cm 1 J 1 j")
    if drawing.window:
        frame = drawing.ops[-1] if drawing.ops and drawing.ops[-1].paths == (drawing.window,) else None
        inner = drawing.ops[:-1] if frame else drawing.ops
        writer.clipped((drawing.window,), inner)
        if frame:
            writer.paint(frame)
    else:
        for paint in drawing.ops:
            writer.paint_any(paint)
    return "\n".join(writer.lines)


@dataclass(slots=True)
class _State:
    """What a viewer knows: colours, line width and dashes, and where the origin stands, in grains."""

    fill: str = ""
    stroke: str = ""
    width: str = ""
    dash: str = "[] 0 d"
    x: int = 0
    y: int = 0


class _Writer:
    """Writes paints, each seen from its own first point, and of colours and widths only what changes.

    Seen so, the numbers are short, and what looks alike (a head, a foot on the floor) is written alike,
    which compresses to almost nothing.
    """

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.state = _State()

    def put(self, *words: str) -> None:
        self.lines.append(" ".join(words))

    def paint_any(self, paint: Paint) -> None:
        if paint.within:
            self.clipped(paint.within, (paint,))
        else:
            self.paint(paint)

    def clipped(self, window: tuple[Path, ...], paints: tuple[Paint, ...]) -> None:
        """Paint inside a window, and then forget what was set for it."""
        before = replace(self.state)
        self.put("q", *self.moved(window), _path(window), "W n")
        for paint in paints:
            if paint.within and paint.within is not window:
                self.clipped(paint.within, (paint,))
            else:
                self.paint(paint)
        self.put("Q")
        self.state = before

    def moved(self, paths: tuple[Path, ...]) -> list[str]:
        """Return the operator that moves the origin to the first point of some paths, if it is not there."""
        first = paths[0].points[0]
        x, y = round(first.real * GRAIN), round(first.imag * GRAIN)
        dx, dy = x - self.state.x, y - self.state.y
        self.state.x, self.state.y = x, y
        return [f"1 0 0 1 {dx} {dy} cm"] if dx or dy else []

    def paint(self, paint: Paint) -> None:
        state = self.state
        words = self.moved(paint.paths)
        if paint.fill and paint.fill != state.fill:
            state.fill = paint.fill
            words.append(_colour(paint.fill, "rg", "g"))
        if paint.stroke:
            width = f"{_whole(paint.width)} w"
            dash = f"[{' '.join(_whole(part) for part in paint.dash)}] 0 d" if paint.dash else "[] 0 d"
            if paint.stroke != state.stroke:
                words.append(_colour(paint.stroke, "RG", "G"))
            words += [word for word, known in ((width, state.width), (dash, state.dash)) if word != known]
            state.stroke, state.width, state.dash = paint.stroke, width, dash
        words.append(_path(paint.paths))
        words.append("B" if paint.fill and paint.stroke else "f" if paint.fill else "S")
        self.put(*words)


def _path(paths: tuple[Path, ...]) -> str:
    """Return the operators of paths as seen from their first point."""
    origin = paths[0].points[0]
    words: list[str] = []
    for path in paths:
        places = [(point - origin) * GRAIN for point in path.points]
        pairs = [f"{round(place.real)} {round(place.imag)}" for place in places]
        words += (pairs[0], "m")
        if path.curved:
            for i in range(1, len(pairs), 3):
                if _straight(places[i - 1 : i + 3]):
                    words += (pairs[i + 2], "l")
                else:
                    words += (*pairs[i : i + 3], "c")
        else:
            for pair in pairs[1:]:
                words += (pair, "l")
        if path.closed:
            words.append("h")
    return " ".join(words)


def _straight(piece: list[complex]) -> bool:
    """Tell whether a Bézier is a straight line, which takes a third of the room."""
    start, one, two, end = piece
    third = (end - start) / 3
    return abs(start + third - one) < STRAIGHT and abs(end - third - two) < STRAIGHT


def _whole(value: float) -> str:
    return str(round(value * GRAIN))


def _colour(colour: str, coloured: str, grey: str) -> str:
    parts = [f"{part:.3f}".rstrip("0").rstrip(".") for part in rgb(colour)]
    return f"{parts[0]} {grey}" if len(set(parts)) == 1 else f"{' '.join(parts)} {coloured}"
