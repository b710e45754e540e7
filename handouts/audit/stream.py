"""A content stream followed operation by operation: graphics state, text and marks.

It is followed far enough to know the place of each piece of text and, for the figures, the box that is
painted. Content inside a form XObject belongs to the mark at its ``Do``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import pikepdf

from handouts.audit.content import Contents, Mark
from handouts.audit.fonts import Font
from handouts.audit.geometry import IDENTITY, Box, Matrix, joined, product, within
from handouts.audit.lettering import Pen, State
from handouts.audit.objects import (
    Key,
    box_of,
    entries,
    key_of,
    members,
    name_of,
    numbers,
    stream_bytes,
    text_of,
    whole,
)
from handouts.audit.painted import Path, clipped, is_plain_drawing, unit_box
from handouts.audit.tokens import BROKEN, LUMP, Name, Operand, operations, unfolded

_MOST_STREAM_BYTES = 64_000_000
_MOST_FORMS_DEEP = 12
_STREAM_COST = 2_000
"""What opening a stream counts for, in bytes, so that thousands of tiny forms come to an end too."""
_ROOM_SLACK = 0.5

View = tuple[Mark | None, Mark | None]
"""The mark that owns what is painted, and the one whose replacement text is said for it."""


def read_page(contents: Contents, number: int, page: pikepdf.Dictionary, resources: object) -> None:
    """Read the content of one page; ``number`` counts from 1.

    Raises ValueError or an error of the library where a stream cannot be read.
    """
    held = page.get("/Contents")
    streams = members(held) or ([] if held is None else [held])
    pieces: list[bytes] = []
    left = _MOST_STREAM_BYTES
    for stream in streams:
        pieces.append(stream_bytes(stream, left))
        left -= len(pieces[-1])
    data = b"\n".join(pieces)
    _Stream(contents, number, key_of(page), resources, State(), (None, None), 0).run(data)


class _Stream:
    """One content stream being read: a page's, or a form's inside it."""

    def __init__(
        self,
        contents: Contents,
        page: int,
        owner: Key,
        resources: object,
        state: State,
        outer: View,
        depth: int,
    ) -> None:
        self.contents, self.page, self.owner, self.state, self.depth = contents, page, owner, state, depth
        self.resources, self.shelf = resources, entries(resources)
        self.fonts: dict[str, Font | None] = {}
        self.views = [outer]
        self.text_floor: int | None = None
        self.saved: list[State] = []
        self.pen = Pen()
        self.path = Path()
        self.is_within = False
        self.look()

    def tell(self, code: str, sentence: str) -> None:
        self.contents.tell(code, sentence, self.page)

    def run(self, data: bytes) -> None:
        if not self.contents.spend(len(data) + _STREAM_COST):
            self.tell("unreadable-part", "There is more page content than this program reads.")
            return
        if self.holder is not None and not self.measures and is_plain_drawing(data):
            return  # nothing in it could be told, and no box depends on it
        handlers = _HANDLERS
        for operator, operands in operations(data):
            handler = handlers.get(operator)
            if handler is not None:
                handler(self, operands)
        if len(self.views) > 1:
            self.tell("mark-unbalanced", "Marked content is opened but not closed.")

    def _open(self, mark: Mark) -> None:
        """Open a mark: from here on it may own what is painted, or speak for it."""
        holder, speaker = self.views[-1]
        holder = mark if mark.owns else holder
        self.views.append((holder, mark if speaker is None and mark.spoken is not None else speaker))
        self.look()

    def look(self) -> None:
        self.holder, self.speaker = self.views[-1]
        holder = self.holder
        self.measures = (
            holder is not None
            and not self.is_within
            and (holder.owner, holder.mcid) in self.contents.measured
        )

    def resource(self, kind: str, operands: list[Operand]) -> object:
        name = operands[-1] if operands else None
        if not isinstance(name, Name):
            return None
        return entries(self.shelf.get(f"/{kind}")).get("/" + name.decode("utf-8", "replace"))

    # graphics state

    def save(self, operands: list[Operand]) -> None:
        self.saved.append(self.state.copy(self.state.matrix))

    def restore(self, operands: list[Operand]) -> None:
        if self.saved:
            self.state = self.saved.pop()
        else:
            self.tell("content-broken", "The graphics state is restored once too often.")

    def transform(self, operands: list[Operand]) -> None:
        if matrix := _matrix(operands):
            self.state.matrix = product(matrix, self.state.matrix)

    def lump(self, operands: list[Operand]) -> None:
        raw = operands[0]
        if isinstance(raw, bytes) and (self.measures or b"W" in raw):
            for operator, values in unfolded(raw):
                self.state.clip = self.path.build(operator, values, self.state.matrix, self.state.clip)

    def paint(self, operands: list[Operand]) -> None:
        box, self.state.clip = self.path.end(self.state.clip)
        self.painted(box, "A drawing")

    def painted(self, box: Box | None, what: str) -> None:
        if self.holder is None:
            self.tell("content-unmarked", f"{what} is neither tagged nor marked as an artifact.")
        elif self.measures:
            self.holder.box = joined(self.holder.box, box)

    def inline_image(self, operands: list[Operand]) -> None:
        self.painted(unit_box(self.state.matrix, self.state.clip), "An image")

    def broken(self, operands: list[Operand]) -> None:
        self.tell("content-broken", "The page content breaks the syntax of PDF.")

    def external(self, operands: list[Operand]) -> None:
        thing = self.resource("XObject", operands)
        values = entries(thing)
        kind = name_of(values.get("/Subtype"))
        if kind != "Form":
            if kind == "Image":
                self.painted(unit_box(self.state.matrix, self.state.clip), "An image")
            return
        if self.depth >= _MOST_FORMS_DEEP:
            self.tell("unreadable-part", "Forms are nested too deep to be read.")
            return
        matrix = _matrix(numbers(values.get("/Matrix"))) or IDENTITY
        state = self.state.copy(product(matrix, self.state.matrix))
        own, key = self.owner, whole(values.get("/StructParents"))
        if key is not None:
            own = key_of(thing)
            self.contents.form_keys[own] = key
        resources = values.get("/Resources", self.resources)
        stream = _Stream(self.contents, self.page, own, resources, state, self.views[-1], self.depth + 1)
        if outline := box_of(values.get("/BBox")):
            state.clip = clipped(state.clip, outline, state.matrix)
            stream.is_within = self._has_room(state.clip)
        stream.look()
        stream.run(stream_bytes(thing, _MOST_STREAM_BYTES))

    def _has_room(self, box: Box) -> bool:
        """Tell whether what stays within a box is good enough known; the box then counts as painted."""
        holder = self.holder
        if holder is None or not self.measures:
            return self.is_within
        room = self.contents.measured[holder.owner, holder.mcid]
        if room is None or not within(box, room, _ROOM_SLACK):
            return False
        holder.box = joined(holder.box, box)
        return True

    # text

    def begin_text(self, operands: list[Operand]) -> None:
        if self.text_floor is not None:
            self.tell("content-broken", "A text object begins inside another one.")
        self.text_floor = len(self.views)
        self.pen.put(IDENTITY)

    def end_text(self, operands: list[Operand]) -> None:
        if self.text_floor is None:
            self.tell("content-broken", "A text object ends that never began.")
        elif self.text_floor != len(self.views):
            self.tell(
                "mark-crosses-text", "Marked content begins inside a text object and goes on behind it."
            )
        self.text_floor = None

    def set_font(self, operands: list[Operand]) -> None:
        if len(operands) != 2 or not isinstance(operands[0], Name) or not isinstance(operands[1], float):
            return
        name = operands[0].decode("utf-8", "replace")
        if name not in self.fonts:
            thing = self.resource("Font", operands[:1])
            self.fonts[name] = None if thing is None else self.contents.font(thing, name)
        self.state.font, self.state.size = self.fonts[name], operands[1]

    def set_leading(self, operands: list[Operand]) -> None:
        self.state.leading = _number(operands, 0)

    def set_rise(self, operands: list[Operand]) -> None:
        self.state.rise = _number(operands, 0)

    def set_spacing(self, operands: list[Operand]) -> None:
        self.state.spacing = _number(operands, 0)

    def set_word_spacing(self, operands: list[Operand]) -> None:
        self.state.word_spacing = _number(operands, 0)

    def set_stretch(self, operands: list[Operand]) -> None:
        self.state.stretch = _number(operands, 0) / 100

    def set_mode(self, operands: list[Operand]) -> None:
        self.state.visible = _number(operands, 0) not in (3.0, 7.0)

    def set_place(self, operands: list[Operand]) -> None:
        if matrix := _matrix(operands):
            self.pen.put(matrix)

    def move(self, operands: list[Operand]) -> None:
        self.pen.move(_number(operands, 0), _number(operands, 1))

    def move_leading(self, operands: list[Operand]) -> None:
        self.state.leading = -_number(operands, 1)
        self.move(operands)

    def next_line(self, operands: list[Operand]) -> None:
        self.move([0.0, -self.state.leading])

    def show(self, operands: list[Operand]) -> None:
        shown = operands[-1] if operands else None
        parts = [
            one for one in (shown if isinstance(shown, list) else [shown]) if isinstance(one, bytes | float)
        ]
        shown = b"".join([one for one in parts if isinstance(one, bytes)])
        state = self.state
        if not shown:
            self.pen.write(state, parts)
            return
        if state.font is None:
            self.tell("font-not-embedded", "Text is shown in a font that the page does not have.")
            return
        text = state.font.text(shown)
        state.font.visible |= state.visible
        boxes = self.pen.write(state, parts)
        if self.holder is None:
            self.tell("content-unmarked", "Text is neither tagged nor marked as an artifact.")
            return
        speaker = self.speaker
        if speaker is not None:
            text, speaker.spoken = speaker.spoken or "", ""
        piece = self.pen.piece(state, text, boxes)
        if self.measures:
            self.holder.box = joined(self.holder.box, (piece.x, piece.y, piece.x, piece.y))
        self.holder.pieces.append(piece)

    def show_next(self, operands: list[Operand]) -> None:
        if len(operands) == 3:
            self.set_word_spacing(operands)
            self.set_spacing(operands[1:])
        self.next_line([])
        self.show(operands)

    # marks

    def begin_mark(self, operands: list[Operand]) -> None:
        tag = operands[0].decode("utf-8", "replace") if operands and isinstance(operands[0], Name) else ""
        values = self._properties(operands)
        number = values.get("MCID")
        mark = Mark(self.page, self.owner, tag)
        if isinstance(number, float | int) and not isinstance(number, bool) and number >= 0:
            mark.mcid = int(number)
        elif tag == "Artifact":
            kind = values.get("Type")
            mark.artifact = kind if isinstance(kind, str) else ""
        spoken = values.get("ActualText")
        mark.spoken = spoken if isinstance(spoken, str) else None
        holder = self.holder
        if mark.owns:
            self.contents.marks.append(mark)
            if holder is not None and (mark.mcid is not None or holder.mcid is not None):
                inner, outer = _kind(mark), _kind(holder)
                self.tell("mark-nested", f"{inner} begins inside {outer}.")
        self._open(mark)

    def _properties(self, operands: list[Operand]) -> dict[str, object]:
        if len(operands) < 2:
            return {}
        values = operands[1]
        if isinstance(values, dict):
            return {key.decode("utf-8", "replace"): _plain(value) for key, value in values.items()}
        found = entries(self.resource("Properties", operands))
        plain: dict[str, object] = {}
        for key, value in found.items():
            plain[key[1:]] = name_of(value) or text_of(value) or value
        return plain

    def end_mark(self, operands: list[Operand]) -> None:
        if len(self.views) == 1:
            self.tell("mark-unbalanced", "Marked content is closed that was never opened.")
            return
        if self.text_floor is not None and len(self.views) <= self.text_floor:
            self.tell("mark-crosses-text", "Marked content begins before a text object and ends inside it.")
            self.text_floor -= 1
        self.views.pop()
        self.look()


def _kind(mark: Mark) -> str:
    return "an artifact" if mark.mcid is None else f"marked content {mark.mcid}"


def _plain(value: Operand) -> object:
    if isinstance(value, Name):
        return value.decode("utf-8", "replace")
    if isinstance(value, bytes):
        if value[:2] == b"\xfe\xff":
            return value[2:].decode("utf-16-be", "replace")
        if value[:2] == b"\xff\xfe":
            return value[2:].decode("utf-16-le", "replace")
        return value.decode("utf-8" if value[:3] == b"\xef\xbb\xbf" else "pdfdoc", "replace")
    return value


def _number(operands: list[Operand], place: int) -> float:
    value = operands[place] if place < len(operands) else 0.0
    return value if isinstance(value, float) else 0.0


def _matrix(operands: Sequence[Operand]) -> Matrix | None:
    values = [value for value in operands if isinstance(value, float)]
    if len(values) != 6 or len(operands) != 6:
        return None
    a, b, c, d, e, f = values
    return a, b, c, d, e, f


_HANDLERS: Final[Mapping[bytes, Callable[[_Stream, list[Operand]], None]]] = {
    LUMP: _Stream.lump,
    BROKEN: _Stream.broken,
    b"q": _Stream.save,
    b"Q": _Stream.restore,
    b"cm": _Stream.transform,
    b"Do": _Stream.external,
    b"EI": _Stream.inline_image,
    b"BT": _Stream.begin_text,
    b"ET": _Stream.end_text,
    b"Tf": _Stream.set_font,
    b"TL": _Stream.set_leading,
    b"Ts": _Stream.set_rise,
    b"Tc": _Stream.set_spacing,
    b"Tw": _Stream.set_word_spacing,
    b"Tz": _Stream.set_stretch,
    b"Tr": _Stream.set_mode,
    b"Tm": _Stream.set_place,
    b"Td": _Stream.move,
    b"TD": _Stream.move_leading,
    b"T*": _Stream.next_line,
    b"Tj": _Stream.show,
    b"TJ": _Stream.show,
    b"'": _Stream.show_next,
    b'"': _Stream.show_next,
    b"BMC": _Stream.begin_mark,
    b"BDC": _Stream.begin_mark,
    b"EMC": _Stream.end_mark,
    **dict.fromkeys((b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"sh"), _Stream.paint),
}
