"""Lines: runs of text broken into lines by ReportLab, and the operators that show them.

ReportLab gets measured fragments, never its own markup language, so no text can turn into a command.
Each line is compared with the text that was given: a letter lost or changed is an error, never a page.
Every line but a paragraph's last ends in a real space, so that words stay apart when read aloud.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph as RlParagraph
from reportlab.platypus.paraparser import ParaFrag

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


def _fragments(runs: Runs, style: Style) -> Iterator[ParaFrag]:
    for number, run in enumerate(runs):
        wanted = "bold" if _is_bold(run, style) else "regular"
        for text, face in _printable(run, wanted):
            # ReportLab keeps two neighbours apart when their `link` differs: it carries the run through.
            yield ParaFrag(
                text=text,
                fontName=face.font.fontName,
                fontSize=style.size,
                textColor=None,
                rise=0,
                us_lines=[],
                link=number,
            )


def _raw_lines(runs: Runs, style: Style, width: float) -> Iterator[list[tuple[str, str, int]]]:
    fragments = list(_fragments(runs, style))
    if not fragments:
        return
    rl_style = ParagraphStyle(
        "line", fontName=fragments[0].fontName, fontSize=style.size, leading=style.leading, splitLongWords=1
    )
    broken = RlParagraph("", rl_style, frags=fragments).breakLines(width)
    for line in broken.lines:
        if broken.kind == 0:
            yield [(" ".join(line[1]), broken.fontName, broken.link)]
        else:
            yield [(word.text, word.fontName, word.link) for word in line.words if word.text]


def break_lines(runs: Runs, style: Style, width: float) -> list[Line]:
    """Return the text of the runs as lines that fit the width (points).

    Raises UnprintableError for a character that no font has. A width too small for one letter still
    gives one letter a line.
    """
    text = "".join(fonts.folded(run.text) for run in runs)
    text = " ".join(part for part in text.split(" ") if part)
    lines: list[Line] = []
    done = 0
    for raw in _raw_lines(runs, style, width):
        pieces = [
            Piece(part, fonts.by_font_name(font), run, bold=_is_bold(runs[run], style))
            for part, font, run in raw
        ]
        # A room narrower than a letter makes ReportLab begin a line with the space before it.
        while pieces and not pieces[0].text.lstrip(" "):
            del pieces[0]
        if not pieces:
            continue
        pieces[0] = replace(pieces[0], text=pieces[0].text.lstrip(" "))
        shown = "".join(piece.text for piece in pieces)
        bare = shown.rstrip(" ")
        if text[done : done + len(bare)] != bare:
            raise AssertionError("ReportLab changed the text while breaking lines")
        done += len(bare)
        if text[done : done + 1] == " ":
            done += 1
            if shown == bare:
                last = pieces[-1]
                pieces[-1] = replace(last, text=last.text + " ")
        lines.append(tuple(pieces))
    if done != len(text):
        raise AssertionError("ReportLab lost text while breaking lines")
    return lines


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
