"""Lines: runs of text broken into lines, and the operators that show them.

Measured with ReportLab's fonts, but not broken by its Paragraph: that one takes most of a handout's time,
grows with the square of the text, and reads a markup language of its own, in which a name can be a command.
Every line but a paragraph's last ends in a real space, so that words stay apart when read aloud.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
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


def _is_bold(run: Run, style: Style) -> bool:
    # Emphasis is bold too: slanted letters are hard to read for many.
    return style.bold or run.strong or run.emphasis


def _printable(run: Run, wanted: str) -> Iterator[tuple[str, fonts.Face]]:
    """Yield a run's text in pieces of one face; a refusal names the personal field, never its words."""
    try:
        yield from fonts.pieces(fonts.folded(run.text), wanted)
    except UnprintableError as error:
        raise UnprintableError(error.sentence, advice=error.advice, where=run.slot) from error


@dataclass(slots=True)
class Word:
    """What stands between two spaces, perhaps of several runs, and the run that the space before it is of."""

    pieces: list[Piece]
    width: float
    space_run: int


def _words(runs: Runs, style: Style) -> Iterator[Word]:
    word: Word | None = None
    space_run = 0
    for number, run in enumerate(runs):
        bold = _is_bold(run, style)
        for text, face in _printable(run, "bold" if bold else "regular"):
            for place, part in enumerate(text.split(" ")):
                if place:
                    if word is not None:
                        yield word
                        word = None
                    space_run = number
                if part:
                    word = word or Word([], 0.0, space_run)
                    word.pieces.append(Piece(part, face, number, bold))
                    word.width += face.width(part, style.size)
    if word is not None:
        yield word


def _letters(word: Word, style: Style, width: float) -> Iterator[list[Piece]]:
    """Yield a word that is wider than a line in parts that fit, a letter at least."""
    part: list[Piece] = []
    used = 0.0
    for piece in word.pieces:
        start = 0
        for place, letter in enumerate(piece.text):
            letter_width = piece.face.width(letter, style.size)
            if used and used + letter_width > width:
                if start < place:
                    part.append(replace(piece, text=piece.text[start:place]))
                yield part
                part, used, start = [], 0.0, place
            used += letter_width
        part.append(replace(piece, text=piece.text[start:]))
    yield part


def _extended(line: list[Piece], word: Word) -> None:
    """Add a word to a line, with the space before it where the text has it: in its own run."""
    first, last = word.pieces[0], line[-1]
    if last.run == word.space_run:
        line[-1] = replace(last, text=f"{last.text} ")
        line += word.pieces
    elif first.run == word.space_run:
        line += [replace(first, text=f" {first.text}"), *word.pieces[1:]]
    else:
        line += [Piece(" ", last.face, word.space_run, last.bold), *word.pieces]


def break_lines(runs: Runs, style: Style, width: float) -> list[Line]:
    """Return the text of the runs as lines that fit the width (points).

    Words are cut only where one alone is wider than the line. Raises UnprintableError for a character that
    no font has. A width too small for one letter still gives one letter a line.
    """
    lines: list[Line] = []
    line: list[Piece] = []
    used = 0.0
    for word in _words(runs, style):
        space = line[-1].face.width(" ", style.size) if line else 0.0
        if line and used + space + word.width <= width:
            _extended(line, word)
            used += space + word.width
            continue
        if line:
            line[-1] = replace(line[-1], text=f"{line[-1].text} ")
            lines.append(_joined(line))
        line, used = word.pieces, word.width
        if word.width > width:
            *whole, line = _letters(word, style, width)
            lines += map(_joined, whole)
            used = sum(piece.face.width(piece.text, style.size) for piece in line)
    if line:
        lines.append(_joined(line))
    return lines


def _joined(line: list[Piece]) -> Line:
    """Return a line with neighbours of one run and face as one piece."""
    joined = [line[0]]
    for piece in line[1:]:
        last = joined[-1]
        if piece.run == last.run and piece.face is last.face:
            joined[-1] = Piece(last.text + piece.text, piece.face, piece.run, piece.bold)
        else:
            joined.append(piece)
    return tuple(joined)


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
