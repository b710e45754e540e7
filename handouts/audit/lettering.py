"""Where letters come to stand: the graphics state as far as it says so, and the pen that writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

from handouts.audit.content import Piece
from handouts.audit.fonts import Font
from handouts.audit.geometry import IDENTITY, Box, Matrix, common, outline, placed

_APART = 1.0
"""The gap, in letter heights, that parts a line into two texts."""
_LEVEL = 0.02
_SPACE = 32

Reach = tuple[float, float]
"""From where to where on its line a text reaches, in units of the text matrix."""


@dataclass(slots=True)
class State:
    """The graphics state, as far as it says where text and figures stand; ``stretch`` is 1 for plain text."""

    matrix: Matrix = IDENTITY
    font: Font | None = None
    size: float = 0.0
    leading: float = 0.0
    rise: float = 0.0
    spacing: float = 0.0
    word_spacing: float = 0.0
    stretch: float = 1.0
    visible: bool = True
    clip: Box | None = None

    def copy(self, matrix: Matrix) -> State:
        """Return the same state with another matrix."""
        return State(
            matrix,
            self.font,
            self.size,
            self.leading,
            self.rise,
            self.spacing,
            self.word_spacing,
            self.stretch,
            self.visible,
            self.clip,
        )


class Pen:
    """Where the next letter goes: the matrix of its line, and how far it has come on it.

    A font of unknown widths loses the place until the next line begins.
    """

    def __init__(self) -> None:
        self.line = IDENTITY
        self.along: float | None = 0.0

    def put(self, matrix: Matrix) -> None:
        """Begin a line."""
        self.line, self.along = matrix, 0.0

    def move(self, x: float, y: float) -> None:
        """Begin a line so far from where the last one began."""
        a, b, c, d, e, f = self.line
        self.put((a, b, c, d, a * x + c * y + e, b * x + d * y + f))

    def write(self, state: State, parts: Sequence[bytes | float]) -> list[Reach]:
        """Move over shown codes, and by numbers; return where letters can be seen."""
        font, size, stretch = state.font, state.size, state.stretch
        if font is None or not font.measure.known or self.along is None:
            self.along = None
            return []
        found: list[Reach] = []
        along = self.along
        for part in parts:
            if isinstance(part, float):
                along -= part / 1000 * size * stretch
                continue
            codes = font.codes(part)
            first, last = 0, len(codes)
            while first < last and font.is_blank(codes[last - 1]):
                last -= 1
            while first < last and font.is_blank(codes[first]):
                first += 1
            begin = along + _reach(state, font, codes[:first]) if first else along
            end = begin + _reach(state, font, codes[first:last])
            along = end + _reach(state, font, codes[last:]) if last < len(codes) else end
            if first == last:
                continue
            end -= state.spacing * stretch
            if found and abs(begin - found[-1][1]) < _APART * abs(size):
                found[-1] = found[-1][0], end
            else:
                found.append((begin, end))
        self.along = along
        return found if state.visible else []

    def piece(self, state: State, text: str, reaches: Sequence[Reach]) -> Piece:
        """Return a text that was written, with the boxes round its letters."""
        a, b, c, d, e, f = self.line
        p, q, r, s, _, _ = state.matrix
        x, y = placed(state.matrix, e, f + state.rise)
        right, up = a * p + b * r, a * q + b * s
        over, high = c * p + d * r, c * q + d * s
        size = abs(state.size) * abs(right * high - up * over) ** 0.5
        if not up:
            piece = Piece(text, x, y, x if right >= 0 else -x, y, size)
        else:
            length = hypot(right, up)
            piece = Piece(text, x, y, (right * x + up * y) / length, (right * y - up * x) / length, size)
        if reaches and state.font is not None:
            matrix = right, up, over, high, *placed(state.matrix, e, f)
            low, tall = state.rise, state.rise + state.font.measure.ascent * state.size
            piece.boxes = tuple([outline((begin, low, end, tall), matrix) for begin, end in reaches])
            if min(abs(right), abs(up)) <= _LEVEL * max(abs(right), abs(up)):
                clip = state.clip
                piece.seen = (
                    tuple([box for one in piece.boxes if (box := common(one, clip))]) if clip else piece.boxes
                )
        return piece


def _reach(state: State, font: Font, codes: Sequence[int]) -> float:
    """Return how far some codes move the pen."""
    length = font.measure.width(codes) * state.size + state.spacing * len(codes)
    if state.word_spacing and not font.composite:
        length += state.word_spacing * codes.count(_SPACE)
    return length * state.stretch
