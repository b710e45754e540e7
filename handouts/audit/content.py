"""What stands on the pages of a file: its marked content, the text in it, and the fonts shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from handouts.audit.fonts import Font
from handouts.audit.geometry import Box
from handouts.audit.objects import Key, entries, key_of, name_of

_MOST_BYTES = 100_000_000

Tell = Callable[[str, str, int], None]
"""How a fault is told: its code, a sentence, the page."""


@dataclass(slots=True)
class Piece:
    """Text painted by one operation, and where its line begins, which it may go on.

    ``along`` and ``across`` are measured on that line. ``boxes`` are round the letters, from the baseline up;
    what is far apart has a box each. ``seen`` is what the clip leaves of them, if the text is not slanted.
    Invisible text and fonts of unknown widths have none.
    """

    text: str
    x: float
    y: float
    along: float
    across: float
    size: float
    boxes: tuple[Box, ...] = ()
    seen: tuple[Box, ...] = ()


@dataclass(slots=True, eq=False)
class Mark:
    """One marked-content sequence.

    ``owner`` is the page, or the form XObject, whose numbers it uses. ``mcid`` is None for one that
    belongs to no element; ``artifact`` is then its type ('' if it has none), or None for another kind.
    ``spoken`` replaces its text. ``box`` is what it paints, if that was asked for.
    """

    page: int
    owner: Key
    tag: str
    mcid: int | None = None
    artifact: str | None = None
    spoken: str | None = None
    pieces: list[Piece] = field(default_factory=list)
    box: Box | None = None

    @property
    def owns(self) -> bool:
        """Whether what is painted inside has found its place: in an element, or as an artifact."""
        return self.mcid is not None or self.artifact is not None


class Contents:
    """All pages read so far: their marks in the order painted, and the fonts that they show.

    ``form_keys`` are the keys to the parent tree of the forms that have one. ``measured`` are the marks
    (owner and number) whose painted box is wanted, each with the room in which it need not be known exactly.
    """

    def __init__(self, tell: Tell, measured: Mapping[tuple[Key, int | None], Box | None]) -> None:
        self.marks: list[Mark] = []
        self.fonts: list[Font] = []
        self.form_keys: dict[Key, int] = {}
        self.tell = tell
        self.measured = measured
        self._known_fonts: dict[Key, Font] = {}
        self._left = _MOST_BYTES

    def spend(self, size: int) -> bool:
        """Count what is read; False when it gets too much."""
        self._left -= size
        return self._left >= 0

    def shown_font(self, key: Key) -> Font | None:
        """Return a font that was shown; None for one that was not."""
        return self._known_fonts.get(key)

    def font(self, thing: object, name: str) -> Font:
        """Return the font that a resource names, read once."""
        key = key_of(thing)
        font = self._known_fonts.get(key) if key != (0, 0) else None
        if font is None:
            values = entries(thing)
            font = self._known_fonts[key] = Font(values, name_of(values.get("/BaseFont")) or name)
            self.fonts.append(font)
        return font
