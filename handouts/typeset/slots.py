"""Slots: the few words of one person, written into a file that is otherwise made already.

A slot is open where nothing else on the page depends on its words: at the end of a line that they share
with fixed words only, or in lines of their own. Then they are set by the same functions as ever, and only
they. What would change more (another line, a letter that the file does not hold) is told, and the file is
made up anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handouts.document import Run
from handouts.pdf.file import Forme
from handouts.typeset import fonts
from handouts.typeset.lines import Line, Piece, break_lines, is_bold, line_width, show
from handouts.typeset.styles import Style

PERSONAL = frozenset({"patient", "clinician", "note"})
"""The slots that differ from person to person. The date does not: a day's sheets share it."""
SLACK = 0.01
"""Words that fill a line but for so many points are set anew: sums of widths may differ by their order."""


@dataclass(frozen=True, slots=True)
class Slot:
    """How the words of one person look in one place; ``run`` is the place's own, without words.

    ``room`` is how wide a line of them may be, in points; 0 where the slot is not open. This is the line
    numbered ``line`` of ``lines``.
    """

    run: Run
    style: Style
    colour: str
    room: float = 0
    lines: int = 1
    line: int = 0

    def count(self, text: str) -> int:
        """Return how many lines a text of its own takes here."""
        return len(self._broken(text))

    def _broken(self, text: str) -> list[Line]:
        run = self.run
        own = Run(text, run.strong, run.emphasis, run.href, run.language, run.slot)
        return break_lines((own,), self.style, self.room)

    def _one_line(self, text: str, letters: Mapping[str, frozenset[str]]) -> Line | None:
        """Return what :func:`break_lines` does for the usual name, which fits, several times as fast."""
        bold = is_bold(self.run, self.style)
        name = "bold" if bold else "regular"
        text = fonts.folded(text)
        if not text or not letters[name].issuperset(text) or "" in text.split(" "):
            return None
        face = fonts.face(name)
        if face.measure(text, self.style.size) > self.room - SLACK:
            return None
        return (Piece(text, face, 0, bold),)

    def shown(self, text: str, letters: Mapping[str, frozenset[str]]) -> list[str] | None:
        """Return the operators of each line of a text; None where it would need other lines or letters.

        ``letters`` are the characters that the file can show, by face.
        """
        if self.lines == 1 and (line := self._one_line(text, letters)):
            return [show(line, self.style, self.colour)]
        lines = self._broken(text)
        if len(lines) != self.lines:
            return None
        if self.lines == 1 and line_width(lines[0], self.style) > self.room - SLACK:
            return None
        for line in lines:
            if not all(letters.get(piece.face.name, frozenset()).issuperset(piece.text) for piece in line):
                return None
        return [show(line, self.style, self.colour) for line in lines]


@dataclass(frozen=True, slots=True)
class Hole:
    """Where one line of a slot stands: the operators before its words, which end in a line feed."""

    place: str
    slot: Slot


@dataclass(frozen=True, slots=True)
class Template:
    """A file made up but for the words of one person.

    ``holes`` are in the order of the late streams. ``fixed`` names the slots that are not open: their words
    are part of the file.
    """

    forme: Forme
    holes: tuple[Hole, ...]
    letters: Mapping[str, frozenset[str]]
    fixed: frozenset[str]

    @property
    def note(self) -> Slot | None:
        """The place of the note, if it is open."""
        return next((hole.slot for hole in self.holes if hole.slot.run.slot == "note"), None)

    def filled(self, texts: Sequence[str]) -> bytes | None:
        """Return the file for other words, those of :meth:`texts`; None where it must be made up anew.

        The bytes are the same as if it were.
        """
        streams: list[bytes] = []
        shown: list[str] | None = []
        waiting = iter(texts)
        for hole in self.holes:
            if hole.slot.line == 0:
                shown = hole.slot.shown(next(waiting), self.letters)
            if not shown:
                return None
            streams.append(f"{hole.place}{shown[hole.slot.line]}\nET".encode("ascii"))
        return self.forme.bytes(streams)

    def texts(self, words: Mapping[str, Sequence[str]]) -> list[str]:
        """Return what stands in the slots, in the order of the late streams; a slot has one line or more.

        ``words`` are the paragraphs of each: a note has several, and all again wherever it is printed.
        """
        begun = dict.fromkeys(words, 0)
        found = []
        for hole in self.holes:
            if hole.slot.line == 0:
                name = hole.slot.run.slot
                found.append(words[name][begun[name] % len(words[name])] if words[name] else "")
                begun[name] += 1
        return found


def is_wide(text: str) -> bool:
    """Tell whether some words need more letters than every file holds."""
    return not fonts.letters("regular", fonts.everyday("regular")).issuperset(fonts.folded(text))
