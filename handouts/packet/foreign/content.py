"""Content streams: hidden layers cut out, names of shown layers taken off, private notes left out.

Most streams hold nothing of this and stay as they are, byte for byte. What is hidden is cut so that what
comes after it stays in its place: paths are kept but not painted, movements of the pen are kept.
"""

from __future__ import annotations

import re
import warnings
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from handouts.packet.foreign.layers import Layers
from handouts.packet.foreign.things import entry, is_plain, name_of, one_or_all, whole
from handouts.packet.foreign.told import RefusedError

MOST_BYTES = 100_000_000
_PIECE_BYTES = 65_536

_LINE_OF_REMARK = re.compile(rb"(?:^|[\r\n])[ \t]*%")
_WRITTEN_ODDLY = re.compile(rb"/[^\s/<>\[\](){}%#]*#")
_INLINE = re.compile(rb"<<([^<>]*)>>")
_NAMES = re.compile(rb"/([^\s/<>\[\](){}%]+)")
_KEPT = ("MCID", "Lang", "ActualText", "Alt", "E", "Type", "Subtype", "Attached", "BBox")
_VALUES = frozenset(
    b"Pagination Layout Page Background Header Footer Watermark PageNum LineNum Bates Top Bottom Left Right"
    b" Inline".split()
)
_HARMLESS = frozenset(name.encode() for name in _KEPT) | _VALUES

_PAINTS = frozenset(("S", "s", "f", "F", "f*", "B", "B*", "b", "b*"))
_DRAWS = frozenset(("Do", "sh", "INLINE IMAGE"))
_TEXT = frozenset(("Tj", "TJ"))
_MOVES = frozenset(("Td", "TD", "Tm", "T*", "BT", "ET"))

Instruction = pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage


@dataclass(slots=True)
class Cut:
    """What came of one stream: its new bytes (None: as it was), and what is no longer in it.

    ``marks`` are the numbers of marked content that went, ``shown`` the names of what is still drawn (none
    where nobody looked).
    """

    data: bytes | None = None
    marks: set[int] = field(default_factory=set)
    shown: set[str] = field(default_factory=set)
    layers: bool = False
    hidden: bool = False
    private: bool = False
    torn: bool = False


def decoded(stream: pikepdf.Stream, told: Callable[[str], None]) -> bytes:
    """Return the bytes of a content stream; of a damaged one, what a viewer would still read.

    Raises RefusedError where it unfolds to more than a page can hold, or to nothing.
    """
    filters = [name_of(one) for one in one_or_all(stream.get("/Filter"))]
    if filters == ["/FlateDecode"] and stream.get("/DecodeParms") is None:
        data, is_whole = _unpacked(stream.read_raw_bytes())
        if not is_whole:
            stream.write(data)
            told("repaired")
    else:
        try:
            data = stream.read_bytes()
        except (pikepdf.PdfError, pikepdf.DataDecodingError):
            raise RefusedError("damaged") from None
    if len(data) > MOST_BYTES:
        raise RefusedError("too-much")
    return data


def _unpacked(packed: bytes, piece: int = _PIECE_BYTES) -> tuple[bytes, bool]:
    """Return what can be unpacked, a little over ``MOST_BYTES`` at most, and whether that is all of it.

    The library gives the part before a fault without a word. To reach the fault, what comes before it is
    unpacked byte by byte.
    """
    unpack = zlib.decompressobj()
    out = bytearray()
    try:
        for start in range(0, len(packed), piece):
            out += unpack.decompress(packed[start : start + piece], MOST_BYTES)
            if len(out) > MOST_BYTES:
                break
    except zlib.error:
        return (bytes(out), False) if piece == 1 else _unpacked(packed, 1)
    return bytes(out), unpack.eof or len(out) > MOST_BYTES


def parsed(pdf: pikepdf.Pdf, data: bytes, operators: str = "") -> tuple[list[Instruction], bool]:
    """Return the instructions of a stream, and whether it ends in the midst of one."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            instructions = pikepdf.parse_content_stream(pikepdf.Stream(pdf, data), operators)
        except (pikepdf.PdfError, TypeError):
            raise RefusedError("damaged") from None
    return list(instructions), bool(caught)


def operator_of(instruction: Instruction) -> str:
    """Return an operator; '' for one of a damaged stream that no standard knows."""
    try:
        return str(instruction.operator)
    except UnicodeDecodeError:
        return ""


def cut(pdf: pikepdf.Pdf, data: bytes, resources: object, layers: Layers) -> Cut:
    """Return a stream without its layers and private notes."""
    if not (layers.any_hidden or _is_odd(data)):
        return Cut()
    return _Cutter(entry(resources, "/Properties"), layers).cut(pdf, data)


def _is_odd(data: bytes) -> bool:
    """Tell whether a stream may hold layers, remarks or notes; most do not, and are not parsed."""
    if b"/OC" in data or b"/AF" in data or (b"#" in data and _WRITTEN_ODDLY.search(data)):
        return True
    if b"%" in data and _LINE_OF_REMARK.search(data):
        return True
    return any(not {*_NAMES.findall(inside)} <= _HARMLESS for inside in {*_INLINE.findall(data)})


class _Cutter:
    def __init__(self, properties: object, layers: Layers) -> None:
        self._properties = properties
        self._layers = layers
        self._open: list[tuple[bool, bool]] = []  # is the mark itself left out; does it hide
        self._hidden = 0
        self._adrift = False
        self._out: list[Any] = []
        self.result = Cut()

    def cut(self, pdf: pikepdf.Pdf, data: bytes) -> Cut:
        instructions, self.result.torn = parsed(pdf, data)
        for instruction in instructions:
            operator = operator_of(instruction)
            if operator in ("BMC", "BDC"):
                self._begin(instruction, operator)
            elif operator == "EMC":
                if self._open:
                    left_out, hides = self._open.pop()
                    self._hidden -= hides
                    if left_out:
                        continue
                self._out.append(instruction)
            elif operator in ("MP", "DP"):
                self.result.private |= operator == "DP"
            elif self._hidden:
                self._hide(instruction, operator)
            else:
                self._show(instruction, operator)
        self.result.data = pikepdf.unparse_content_stream(self._out)
        return self.result

    def _begin(self, instruction: Instruction, operator: str) -> None:
        operands = list(instruction.operands)
        tag = name_of(operands[0]) if operands else ""
        held = operands[1] if operator == "BDC" and len(operands) > 1 else None
        if isinstance(held, pikepdf.Name):
            held = entry(self._properties, name_of(held))
        layer = tag == "/OC" and operator == "BDC"
        hides = layer and self._layers.hides(held)
        self.result.layers |= layer
        self.result.hidden |= hides
        self._hidden += hides
        left_out = bool(self._hidden) or layer or (tag == "/AF" and operator == "BDC")
        self._open.append((left_out, hides))
        if self._hidden and (mark := whole(entry(held, "/MCID"))) is not None:
            self.result.marks.add(mark)
        if left_out:
            return
        if operator == "BDC" and len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary):
            kept = pikepdf.Dictionary()
            for key in _KEPT:
                value = operands[1].get(f"/{key}")
                if value is not None and is_plain(value):
                    kept[f"/{key}"] = value
            self.result.private |= len(kept) < len(operands[1])
            self._out.append(([operands[0], kept], instruction.operator))
        else:
            self._out.append(instruction)

    def _hide(self, instruction: Instruction, operator: str) -> None:
        if operator in _PAINTS:
            self._out.append(([], pikepdf.Operator("n")))
        elif operator in _TEXT:
            self._adrift = True
        elif operator in ("'", '"'):
            operands = list(instruction.operands)
            if operator == '"' and len(operands) == 3:
                self._out.append(([operands[0]], pikepdf.Operator("Tw")))
                self._out.append(([operands[1]], pikepdf.Operator("Tc")))
            self._out.append(([], pikepdf.Operator("T*")))
            self._adrift = True
        elif operator not in _DRAWS:
            if operator in _MOVES:
                self._adrift = False
            self._out.append(instruction)

    def _show(self, instruction: Instruction, operator: str) -> None:
        if operator in _TEXT and self._adrift:
            # The place of this text hangs on the width of what was cut out before it.
            raise RefusedError("woven-layer")
        if operator in _MOVES or operator in ("'", '"'):
            self._adrift = False
        if operator == "Do" and len(instruction.operands):
            self.result.shown.add(name_of(instruction.operands[0]))
        self._out.append(instruction)
