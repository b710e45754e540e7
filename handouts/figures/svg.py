"""A drawing as SVG: with title and description, safe text, and ids that are the same each time."""

from __future__ import annotations

import hashlib
from xml.sax.saxutils import escape

from handouts.figures.drawing import Drawing, Paint
from handouts.figures.geometry import Path

GRAIN = 10
"""Coordinates are whole numbers, this many to a point, which keeps a file short."""


def to_svg(drawing: Drawing, title: str, description: str) -> str:
    """Return an SVG file; ``description`` is what a screen reader says in place of the picture."""
    writer = _Writer(drawing)
    body = "\n".join(writer.paint(paint) for paint in drawing.ops)
    key = hashlib.sha256(body.encode()).hexdigest()[:8]
    if drawing.window:
        clip = f'<clipPath id="w{key}"><path d="{writer.path(drawing.window)}"/></clipPath>'
        body = f'{clip}\n<g clip-path="url(#w{key})">\n{body}\n</g>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="t{key} d{key}" '
        f'width="{drawing.width:.2f}pt" height="{drawing.height:.2f}pt" '
        f'viewBox="0 0 {drawing.width:.2f} {drawing.height:.2f}">\n'
        f'<title id="t{key}">{_text(title)}</title>\n<desc id="d{key}">{_text(description)}</desc>\n'
        f'<g transform="scale({1 / GRAIN:g})" fill="none" stroke-linejoin="round" stroke-linecap="round">\n'
        f"{body}\n</g>\n</svg>\n"
    )


def _text(value: str) -> str:
    """Return text that XML can hold: control characters become spaces."""
    clean = "".join(character if character.isprintable() or character == "\n" else " " for character in value)
    return escape(clean)


class _Writer:
    def __init__(self, drawing: Drawing) -> None:
        self.height = drawing.height

    def paint(self, paint: Paint) -> str:
        shape = f'<path d="{self._all(paint.paths)}"'
        if paint.fill:
            shape += f' fill="{paint.fill}"'
        if paint.stroke:
            shape += f' stroke="{paint.stroke}" stroke-width="{_number(paint.width * GRAIN)}"'
        if paint.dash:
            shape += f' stroke-dasharray="{_number(paint.dash[0] * GRAIN)} {_number(paint.dash[1] * GRAIN)}"'
        shape += "/>"
        if not paint.within:
            return shape
        outline = self._all(paint.within)
        key = "c" + hashlib.sha256((outline + shape).encode()).hexdigest()[:8]
        return f'<clipPath id="{key}"><path d="{outline}"/></clipPath><g clip-path="url(#{key})">{shape}</g>'

    def _all(self, paths: tuple[Path, ...]) -> str:
        return "".join(self.path(path) for path in paths)

    def path(self, path: Path) -> str:
        """Return a path in whole grains, each place told from the one before."""
        places = [(round(p.real * GRAIN), round((self.height - p.imag) * GRAIN)) for p in path.points]
        x, y = places[0]
        words = [f"M{x} {y}", "c" if path.curved else "l"]
        step = 3 if path.curved else 1
        for start in range(1, len(places), step):
            words += [f"{place[0] - x} {place[1] - y}" for place in places[start : start + step]]
            x, y = places[start + step - 1]
        if path.closed:
            words.append("z")
        return " ".join(words) if len(places) > 1 else words[0]


def _number(value: float) -> str:
    """Return a number with two decimals at most, and no minus before a zero."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
