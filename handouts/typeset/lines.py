"""Lines: runs of text broken into lines, and the operators that show them.

Measured with ReportLab's fonts, but not broken by its Paragraph: that one takes most of a handout's time,
grows with the square of the text, and reads a markup language of its own, in which a name can be a command.
Every line but a paragraph's last ends in a real space, so that words stay apart when read aloud.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from handouts.clinic import Palette, rgb
from handouts.document import Run, Runs
from handouts.errors import UnprintableError
from handouts.typeset import fonts
from handouts.typeset.styles import Style

ASCENT = 0.95
"""Where a line's baseline lies: its ascent as a share of the type size (Atkinson's own)."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text of one run in one face, on one line."""

    text: str
    face: fonts.Face
    run: int
    bold: bool


Line = tuple[Piece, ...]


@cache
def colour_operator(colour: str, *, stroke: bool = False) -> str:
    """Return the operator that sets a colour for filling (or stroking)."""
    red, green, blue = (f"{value:.3f}".rstrip("0").rstrip(".") or "0" for value in rgb(colour))
    return f"{red} {green} {blue} {'RG' if stroke else 'rg'}"


def is_bold(run: Run, style: Style) -> bool:
    """Tell whether a run is set in bold letters."""
    # Emphasis is bold too: slanted letters are hard to read for many.
    return style.bold or run.strong or run.emphasis


def _printable(run: Run, wanted: str) -> Iterator[tuple[str, fonts.Face]]:
    """Yield a run's text in pieces of one face; a refusal names the personal field, never its words."""
    try:
        yield from fonts.pieces(fonts.folded(run.text), wanted)
    except UnprintableError as error:
        raise UnprintableError(error.sentence, advice=error.advice, where=run.slot) from error


SEAMS = "-/@._"
"""A word that must be cut is cut after one of these, if it has one."""
Part = tuple[str, fonts.Face, int, bool]
"""A part of a word: its text, its face, the number of its run, whether it is bold."""
Word = tuple[list[Part], float, int]
"""What stands between two spaces: its parts, its width, the number of the run of the space before it."""


def _words(runs: Runs, style: Style) -> Iterator[Word]:
    parts: list[Part] = []
    width = 0.0
    space_run = 0
    for number, run in enumerate(runs):
        bold = is_bold(run, style)
        for text, face in _printable(run, "bold" if bold else "regular"):
            for place, part in enumerate(text.split(" ")):
                if place:
                    if parts:
                        yield parts, width, space_run
                        parts, width = [], 0.0
                    space_run = number
                if part:
                    parts.append((part, face, number, bold))
                    width += face.width(part, style.size)
    if parts:
        yield parts, width, space_run


def _letters(word: list[Part], style: Style, width: float) -> Iterator[list[Part]]:
    """Yield a word that is wider than a line in lengths that fit, a letter at least."""
    length: list[Part] = []
    used = 0.0
    for text, face, run, bold in word:
        start = seam = 0
        for place, letter in enumerate(text):
            letter_width = face.width(letter, style.size)
            if used and used + letter_width > width:
                cut = seam if start < seam < place else place
                if start < cut:
                    length.append((text[start:cut], face, run, bold))
                yield length
                length, used, start = [], face.width(text[cut:place], style.size), cut
            used += letter_width
            if letter in SEAMS:
                seam = place + 1
        length.append((text[start:], face, run, bold))
    yield length


def break_lines(runs: Runs, style: Style, width: float) -> list[Line]:
    """Return the text of the runs as lines that fit the width (points).

    Words are cut only where one alone is wider than the line. Raises UnprintableError for a character that
    no font has. A width too small for one letter still gives one letter a line.
    """
    lines: list[Line] = []
    line: list[Part] = []
    used = 0.0
    for parts, word_width, space_run in _words(runs, style):
        if line:
            # A space stays in the run that it is of: beside a link, but not part of it.
            _, face, _, bold = parts[0] if parts[0][2] == space_run else line[-1]
            space = face.width(" ", style.size)
            if used + space + word_width <= width:
                line.append((" ", face, space_run, bold))
                line += parts
                used += space + word_width
                continue
            line.append((" ", *line[-1][1:]))
            lines.append(_joined(line))
        line, used = parts, word_width
        if word_width > width:
            *whole, line = _letters(parts, style, width)
            lines += map(_joined, whole)
            used = sum(face.width(text, style.size) for text, face, _, _ in line)
    if line:
        lines.append(_joined(line))
    return lines


def _joined(line: list[Part]) -> Line:
    """Return a line with neighbours of one run and face as one piece; a space takes the face before it."""
    pieces: list[Piece] = []
    texts: list[str] = []
    current = line[0]
    for part in line:
        if part[2] != current[2] or (part[1] is not current[1] and part[0] != " "):
            pieces.append(Piece("".join(texts), *current[1:]))
            texts, current = [], part
        texts.append(part[0])
    pieces.append(Piece("".join(texts), *current[1:]))
    return tuple(pieces)


def line_width(line: Line, style: Style) -> float:
    """Return the width of a line in points, the space at its end left out."""
    width = sum(piece.face.width(piece.text, style.size) for piece in line)
    last = line[-1]
    return width - last.face.width(" ", style.size) * last.text.endswith(" ")


def show(pieces: Line, style: Style, colour: str) -> str:
    """Return the operators between BT and ET that show some pieces one after the other."""
    ops = [colour_operator(colour)]
    for piece in pieces:
        ops.append(f"/{fonts.RESOURCE[piece.face.name]} {style.size:g} Tf")
        code = f"<{piece.face.encode(piece.text)}> Tj"
        if piece.face.name == "fallback" and piece.bold:
            stroke = f"{style.size * fonts.FALLBACK_BOLD:.2f} w 2 Tr {colour_operator(colour, stroke=True)}"
            code = f"{stroke} {code} 0 Tr"
        ops.append(code)
    return "\n".join(ops)


def baseline(style: Style) -> float:
    """Return how far below a line's top its baseline lies, with the leading shared above and below."""
    return (style.leading - style.size * 1.24) / 2 + style.size * ASCENT


def text_colour(style: Style, palette: Palette, *, on_brand: bool) -> str:
    """Return the colour of a text, white where it stands on the clinic's own colour."""
    return palette.on_brand if on_brand else str(getattr(palette, style.colour))
