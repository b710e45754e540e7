"""All drawings on one sheet, for the docs: ``python -m handouts.content.contact_sheet``."""

from __future__ import annotations

import re
from pathlib import Path
from xml.sax.saxutils import escape

from handouts import figures
from handouts.content.library import Library
from handouts.content.places import Places, bundled_root
from handouts.content.poses import Picture, picture_of

FILE = Path("docs") / "exercise-figures.svg"
ACCENT = "#14566b"
COLUMNS = 4
CELL = (156.0, 136.0)
LABEL = 16.0
"""Columns of the sheet, the size of a cell and the height of its label, in points."""


def contact_sheet(library: Library) -> str:
    """Return an SVG of every exercise that is drawn, by id, the same each time.

    The two people take turns, so that the sheet shows both.
    """
    pictures: list[tuple[str, Picture]] = []
    for exercise in library.ids("exercise"):
        picture = picture_of(library.exercise(exercise))
        if picture:
            pictures.append((exercise, picture))
    rows = -(-len(pictures) // COLUMNS)
    width, height = COLUMNS * CELL[0], rows * CELL[1]
    cells = "".join(_cell(number, name, picture) for number, (name, picture) in enumerate(pictures))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}pt" height="{height:g}pt" '
        f'viewBox="0 0 {width:g} {height:g}" font-family="sans-serif" font-size="9">\n'
        f'<rect width="{width:g}" height="{height:g}" fill="#ffffff"/>\n{cells}</svg>\n'
    )


def _cell(number: int, name: str, picture: Picture) -> str:
    x, y = number % COLUMNS * CELL[0], number // COLUMNS * CELL[1]
    drawing = figures.draw_exercise(
        picture.pose,
        side="right",
        person="bun" if number % 2 else "short-hair",
        palette=figures.figure_palette(ACCENT, "colour"),
    )
    svg = figures.to_svg(drawing, picture.title, picture.alt)
    top = y + CELL[1] - drawing.height - 4
    placed = re.sub(r' width="[^"]*" height="[^"]*"', f' x="{x + 7:g}" y="{top:.2f}"', svg, count=1)
    size = f'width="{drawing.width:.2f}" height="{drawing.height:.2f}" '
    placed = placed.replace("viewBox", f"{size}viewBox", 1)
    return f'<text x="{x + 7:g}" y="{y + LABEL - 4:g}">{escape(name)}</text>\n{placed}'


if __name__ == "__main__":
    root = bundled_root()
    (root / FILE).write_text(contact_sheet(Library(Places(bundled=root))), encoding="utf-8", newline="\n")
