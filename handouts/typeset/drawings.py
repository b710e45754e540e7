"""Drawings: a figure's operations as a form that a file stores once, however often it is shown."""

from __future__ import annotations

import zlib
from functools import lru_cache

from handouts.clinic import rgb
from handouts.figures import Drawing, Paint
from handouts.figures.geometry import Path
from handouts.typeset.pictures import Drawn

GRAIN = 10
"""Coordinates are written as whole numbers, this many to a point: finer than any printer, and short."""

STRAIGHT = 0.02
"""How far control points may stand off a line, in points."""


@lru_cache(maxsize=512)
def drawing_picture(drawing: Drawing) -> Drawn:
    """Return a drawing ready for a page, in points; it is the same for the same drawing."""
    ops = operators(drawing).encode("ascii")
    name = f"D{zlib.crc32(ops):08X}"
    return Drawn(drawing.width, drawing.height, f"/{name} Do", name, form=zlib.compress(ops, 9))


def operators(drawing: Drawing) -> str:
    """Return PDF operators that paint a drawing in its box, y up; lines end and turn round."""
    writer = _Writer()
    writer.put(f"{1 / GRAIN:g} 0 0 {1 / GRAIN:g} 0 0 cm 1 J 1 j")
    if drawing.window:
        writer.put("q", _path((drawing.window,)), "W n")
        frame = drawing.ops[-1] if drawing.ops and drawing.ops[-1].paths == (drawing.window,) else None
        writer.paint_all(drawing.ops[:-1] if frame else drawing.ops)
        writer.put("Q")
        writer.forget()
        if frame:
            writer.paint_all((frame,))
    else:
        writer.paint_all(drawing.ops)
    return "\n".join(writer.lines)


class _Writer:
    """Writes paints, and of colours and widths only what changes."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.forget()

    def forget(self) -> None:
        """Assume nothing about colours and widths."""
        self.fill = self.stroke = self.width = self.dash = ""

    def put(self, *words: str) -> None:
        self.lines.append(" ".join(words))

    def paint_all(self, paints: tuple[Paint, ...]) -> None:
        for paint in paints:
            if paint.within:
                self.put("q", _path(paint.within), "W n")
                known = self.fill, self.stroke, self.width, self.dash
                self.paint(paint)
                self.put("Q")
                self.fill, self.stroke, self.width, self.dash = known
            else:
                self.paint(paint)

    def paint(self, paint: Paint) -> None:
        words = []
        if paint.fill and paint.fill != self.fill:
            self.fill = paint.fill
            words.append(_colour(paint.fill, "rg", "g"))
        if paint.stroke:
            width = f"{_whole(paint.width)} w"
            dash = f"[{' '.join(_whole(part) for part in paint.dash)}] 0 d" if paint.dash else "[] 0 d"
            if paint.stroke != self.stroke:
                self.stroke = paint.stroke
                words.append(_colour(paint.stroke, "RG", "G"))
            if width != self.width:
                self.width = width
                words.append(width)
            if dash != (self.dash or "[] 0 d"):
                words.append(dash)
            self.dash = dash
        words.append(_path(paint.paths))
        words.append("B" if paint.fill and paint.stroke else "f" if paint.fill else "S")
        self.put(*words)


def _path(paths: tuple[Path, ...]) -> str:
    words: list[str] = []
    for path in paths:
        pairs = [f"{p.real * GRAIN:.0f} {p.imag * GRAIN:.0f}" for p in path.points]
        words += (pairs[0], "m")
        if path.curved:
            for i in range(1, len(pairs), 3):
                if _straight(path.points[i - 1 : i + 3]):
                    words += (pairs[i + 2], "l")
                else:
                    words += (*pairs[i : i + 3], "c")
        else:
            for pair in pairs[1:]:
                words += (pair, "l")
        if path.closed:
            words.append("h")
    return " ".join(words).replace("-0 ", "0 ")


def _straight(piece: tuple[complex, ...]) -> bool:
    """Tell whether a Bézier is a straight line, which takes a third of the room."""
    start, one, two, end = piece
    third = (end - start) / 3
    return abs(start + third - one) < STRAIGHT and abs(end - third - two) < STRAIGHT


def _whole(value: float) -> str:
    return f"{value * GRAIN:.0f}"


def _colour(colour: str, coloured: str, grey: str) -> str:
    parts = [f"{part:.3f}".rstrip("0").rstrip(".") for part in rgb(colour)]
    return f"{parts[0]} {grey}" if len(set(parts)) == 1 else f"{' '.join(parts)} {coloured}"
