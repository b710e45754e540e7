"""A content stream, operation by operation.

A general parser gives every number its own object; an audit needs few of them. Most of a page is
path and colour operations, which are handed over here as one lump of bytes (operator :data:`LUMP`); only
someone who measures a figure unfolds it again. Whole operations with plain operands are matched in one
step, and only what is left (nested strings, dictionaries, comments) is read token by token.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, zip_longest
from typing import Final

LUMP: Final = b""
"""Operator of a run of path, colour and line operations; the only operand is their bytes."""

BROKEN: Final = b"?"
"""Operator that stands for a piece of the stream that is no PDF syntax."""

_DEEPEST = 64


class Name(bytes):
    """A PDF name without its slash; ``#xx`` is decoded."""

    __slots__ = ()


Operand = float | bool | None | bytes | Name | list["Operand"] | dict[bytes, "Operand"]
Operation = tuple[bytes, list[Operand]]

_SPACE = rb"[\t\n\x0c\r ]"
_REGULAR = rb"[^\x00\t\n\x0c\r ()<>\[\]{}/%]"
_END = rb"(?!" + _REGULAR + rb")"
_PLAIN = rb"(?:(?:[-+.0-9]++" + _END + rb"|/" + _REGULAR + rb"*+)" + _SPACE + rb"*+)*+"
_LUMPED = rb"(?:re|cs|gs|ri|rg|scn?|d[01]|[mlcvyhnwJjMigGkK]|W\*?|RG|CS|SCN?)"
_DASH = rb"\[([-+.0-9\t\n\x0c\r ]*+)\]" + _SPACE + rb"*+([-+.0-9]++)" + _SPACE + rb"++d"
_PIECE = rb"\((?:[^()\\]++|\\.)*+\)|<(?!<)[0-9A-Fa-f\s]*+>"

_FAST = re.compile(
    _SPACE + rb"*+(?:"
    rb"((?>(?:" + _PLAIN + _LUMPED + rb"|" + _DASH.replace(b"(", b"(?:") + rb")" + _END + _SPACE + rb"*+)++)"
    rb"|(" + _PIECE + rb"|\[(?:[^\[\]()<>%]++|" + _PIECE + rb")*+\])" + _SPACE + rb"*+(Tj|TJ|')" + _END + rb""
    rb"|/("
    + _REGULAR
    + rb"*+)"
    + _SPACE
    + rb"*+<<"
    + _SPACE
    + rb"*+/MCID"
    + _SPACE
    + rb"++([0-9]{1,9}+)"
    + _SPACE
    + rb"*+>>"
    + _SPACE
    + rb"*+BDC"
    + _END
    + rb""
    rb"|(" + _PLAIN + rb")(?!(?:true|false|null)" + _END + rb")([A-Za-z'\"]" + _REGULAR + rb"*+)"
    rb")",
    re.DOTALL,
)
_IS_LUMP, _IS_SHOWN, _IS_MARK = 1, 3, 5  # the last group of each alternative
_BETWEEN = re.compile(rb"(?:[\x00\t\n\x0c\r ]++|%[^\r\n]*+)*+")
_TOKEN = re.compile(
    rb"(?:[\x00\t\n\x0c\r ]++|%[^\r\n]*+)*+(?:"
    rb"([-+]?(?:[0-9]++\.?[0-9]*+|\.[0-9]++))" + _END + rb""
    rb"|/(" + _REGULAR + rb"*+)"
    rb"|(\()"
    rb"|<(?!<)([^<>]*+)>"
    rb"|(<<|>>|[\[\]])"
    rb"|(" + _REGULAR + rb"++)"
    rb")",
)
_PIECES = re.compile(_PIECE, re.DOTALL)
_ODD_ESCAPE = re.compile(rb"\\(?:[^nrtbf\\0-7]|[4-7][0-7]{2})")
_STRING_STEP = re.compile(rb"[^()\\]*+(?:\\.|([()]))", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)|\r\n?", re.DOTALL)
_ESCAPES = {
    b"n": b"\n",
    b"r": b"\r",
    b"t": b"\t",
    b"b": b"\b",
    b"f": b"\f",
    b"\n": b"",
    b"\r": b"",
    b"\r\n": b"",
}
_NAME_CODE = re.compile(rb"#([0-9A-Fa-f]{2})")
_NOT_HEX = re.compile(rb"[^0-9A-Fa-f]+")
_ONE = re.compile(rb"(?:(" + _PLAIN + rb")(" + _LUMPED + rb")|" + _DASH + rb")" + _END)
_IMAGE_END = re.compile(rb"[\x00\t\n\x0c\r ]EI(?=[\x00\t\n\x0c\r ()<>\[\]{}/%]|$)")
_IMAGE_END_HERE = re.compile(rb"[\x00\t\n\x0c\r ]*+EI" + _END)
_BLANK = b"\0\t\n\x0c\r "
_PRINTABLE = bytes(range(32, 127)) + _BLANK
_LAST_BYTES = dict.fromkeys((b"A85", b"ASCII85Decode"), b"~>") | dict.fromkeys(
    (b"AHx", b"ASCIIHexDecode"), b">"
)
_MOST_ENDS = 20
_FOLLOWING = 24
_WORDS: dict[bytes, Operand] = {b"true": True, b"false": False, b"null": None}


def _unescaped(match: re.Match[bytes]) -> bytes:
    code = match[1]
    if code is None:
        return b"\n"
    if code[0:1].isdigit() and code[0] < 0x38:
        return bytes((int(code, 8) & 255,))
    return _ESCAPES.get(code, code)


def literal(inner: bytes) -> bytes:
    """Return what a literal string means, from the bytes between its outer parentheses."""
    if b"\r" in inner or (b"\\" in inner and _ODD_ESCAPE.search(inner)):
        return _ESCAPE.sub(_unescaped, inner)
    if b"\\" in inner:  # what is left means the same in Python, and is read ten times as fast
        return inner.decode("unicode_escape").encode("latin-1")
    return inner


def hexadecimal(inner: bytes) -> bytes:
    """Return what a hexadecimal string means, from the bytes between its angle brackets."""
    try:
        return bytes.fromhex(inner.decode("ascii"))
    except ValueError:
        digits = _NOT_HEX.sub(b"", inner)
        return bytes.fromhex((digits + b"0" if len(digits) % 2 else digits).decode("ascii"))


def _name(raw: bytes) -> Name:
    if b"#" in raw:
        raw = _NAME_CODE.sub(lambda match: bytes((int(match[1], 16),)), raw)
    return Name(raw)


def _number(raw: bytes) -> float:
    try:
        return float(raw)
    except ValueError:
        return 0.0


def _plain(raw: bytes) -> list[Operand]:
    if b"/" not in raw:
        try:
            return [float(part) for part in raw.split()]
        except ValueError:
            pass
    pieces = raw.replace(b"/", b" /").split()
    return [_name(piece[1:]) if piece[:1] == b"/" else _number(piece) for piece in pieces]


def unfolded(lump: bytes) -> Iterator[Operation]:
    """Yield the single operations of a lump."""
    for match in _ONE.finditer(lump):
        if match[2] is not None:
            yield match[2], _plain(match[1])
        else:
            yield b"d", [_plain(match[3]), _number(match[4])]


def _shown(raw: bytes) -> Operand:
    """Return a text operand: the codes that it shows, or for an array its codes and numbers in turn."""
    if raw[0] == 0x28:
        return literal(raw[1:-1])
    if raw[0] == 0x3C:
        return hexadecimal(raw[1:-1])
    inner = raw[1:-1]
    parts: list[Operand] = []
    for gap, piece in zip_longest(_PIECES.split(inner), _PIECES.findall(inner)):
        if gap and not gap.isspace():
            parts += _plain(gap)
        if piece is not None:
            parts.append(_shown(piece))
    return parts


def _string(data: bytes, at: int) -> tuple[bytes | None, int]:
    start, depth = at, 1
    while (step := _STRING_STEP.match(data, at)) is not None:
        at = step.end()
        if step[1] == b"(":
            depth += 1
        elif step[1] == b")":
            depth -= 1
            if not depth:
                return literal(data[start : at - 1]), at
    return None, len(data)


def operations(data: bytes) -> Iterator[Operation]:
    """Yield ``(operator, operands)`` of a content stream, in order; never raises, whatever the bytes.

    An inline image is one operation ``EI`` whose operands are the pairs of its dictionary. What cannot
    be read is an operation :data:`BROKEN`; reading goes on behind it.
    """
    at, size = 0, len(data)
    fast = _FAST.match
    while at < size:
        match = fast(data, at)
        if match is None:
            operator, operands, at = _slow(data, at)
            if not operator:
                return
        else:
            at = match.end()
            kind = match.lastindex
            if kind == _IS_LUMP:
                yield LUMP, [match[1]]
                continue
            if kind == _IS_SHOWN:
                yield match[3], [_shown(match[2])]
                continue
            if kind == _IS_MARK:
                yield b"BDC", [_name(match[4]), {b"MCID": float(match[5])}]
                continue
            plain, operator = match[6], match[7]
            operands = _plain(plain) if plain else []
        if operator == b"BI":
            continue
        if operator == b"ID":
            at = _behind_image(data, at, operands)
            operator = b"EI" if at <= size else BROKEN
        yield operator, operands


def _slow(data: bytes, at: int) -> tuple[bytes, list[Operand], int]:
    """Read one operation token by token: its operator (b"" at the end), its operands, where it ends."""
    operands: list[Operand] = []
    open_: list[tuple[bytes, list[Operand]]] = []
    size = len(data)
    while at < size:
        token = _TOKEN.match(data, at)
        if token is None:
            strange = _BETWEEN.match(data, at)
            at = strange.end() if strange else size
            if at == size:
                break
            return BROKEN, operands, at + 1
        at = token.end()
        number, name, string, hexa, bracket, word = token.groups()
        value: Operand
        if number is not None:
            value = float(number)
        elif name is not None:
            value = _name(name)
        elif string is not None:
            value, at = _string(data, at)
            if value is None:
                return BROKEN, operands, at
        elif hexa is not None:
            value = hexadecimal(hexa)
        elif bracket is not None:
            if bracket in (b"<<", b"["):
                if len(open_) == _DEEPEST:
                    return BROKEN, operands, at
                open_.append((bracket, operands))
                operands = []
                continue
            if not open_ or open_[-1][0] != (b"[" if bracket == b"]" else b"<<"):
                return BROKEN, operands, at
            value = operands if bracket == b"]" else _pairs(operands)
            operands = open_.pop()[1]
        elif word in _WORDS:
            value = _WORDS[word]
        elif open_:
            return BROKEN, operands, at
        else:
            return word, operands, at
        operands.append(value)
    return (BROKEN if operands or open_ else b""), operands, size


def _pairs(flat: list[Operand]) -> dict[bytes, Operand]:
    keys, values = flat[::2], flat[1::2]
    return {key: value for key, value in zip(keys, values, strict=False) if isinstance(key, Name)}


def _behind_image(data: bytes, at: int, flat: list[Operand]) -> int:
    """Return where an inline image ends (behind its EI), or more than the data's length if it never does."""
    image = _pairs(flat)
    start = at + 1
    coding = image.get(b"F", image.get(b"Filter"))
    if isinstance(coding, list):
        coding = coding[0] if coding else None
    if coding is None:
        known = _IMAGE_END_HERE.match(data, start + _image_bytes(image))
        if known:
            return known.end()
    mark = _LAST_BYTES.get(coding, b"") if isinstance(coding, bytes) else b""
    first: int | None = None
    for end in islice(_IMAGE_END.finditer(data, max(start - 1, 0)), _MOST_ENDS):
        first = first or end.end()
        before = data[max(start, end.start() - _FOLLOWING) : end.start()].rstrip(_BLANK)
        follows = data[end.end() : end.end() + _FOLLOWING]
        if before.endswith(mark) and not follows.strip(_PRINTABLE):
            return end.end()
    return first or len(data) + 1


def _image_bytes(image: dict[bytes, Operand]) -> int:
    def whole(short: bytes, long: bytes, other: int) -> int:
        value = image.get(short, image.get(long))
        return int(value) if isinstance(value, float) and 0 <= value < 1e6 else other

    mask = image.get(b"IM", image.get(b"ImageMask")) is True
    space = image.get(b"CS", image.get(b"ColorSpace"))
    parts = (
        {b"RGB": 3, b"DeviceRGB": 3, b"CMYK": 4, b"DeviceCMYK": 4}.get(space, 1)
        if isinstance(space, bytes)
        else 1
    )
    bits = whole(b"W", b"Width", 0) * (1 if mask else parts * whole(b"BPC", b"BitsPerComponent", 8))
    return whole(b"H", b"Height", 0) * ((bits + 7) // 8)
