"""The syntax of PDF objects: bytes as the reader unparses them, to plain values and back.

The reader (qpdf) writes every object in one normal form, so that one short pattern reads it again: strings
with all their odd bytes escaped, names with theirs as ``#xx``. Working on these bytes is several times
faster than asking the reader for each entry, and what is only copied is never taken apart at all.

======================  =============================================
in the file             here
======================  =============================================
``12 0 R``              ``int``: the number of the object (``12 3 R``: + 3 * 2**32)
``[...]``, ``<<...>>``  ``list``, ``dict`` (keys with slash)
all else                ``bytes``, as it was written
======================  =============================================
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

Value: TypeAlias = "bytes | int | list[Value] | dict[bytes, Value]"
"""One PDF object; references are numbers."""

NULL = b"null"

_STRING = rb"\((?:[^\\()]|\\.)*\)"
_TOKEN = re.compile(
    rb"<<|>>|\[|\]|" + _STRING + rb"|<[0-9a-fA-F]*>|(\d+) (\d+) R\b|[^\s<>\[\]()]+", re.DOTALL
)
_REFERENCE = re.compile(_STRING + rb"|/[^\s<>\[\]()/]+|(\d+) (\d+) R\b", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_NAME_ESCAPE = re.compile(rb"#([0-9a-fA-F]{2})")
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_ESCAPED |= dict.fromkeys((b"\n", b"\r", b"\r\n"), b"")  # a line that goes on


GENERATION = 32
"""By how many bits a generation other than 0, which hardly any file has, is shifted in a reference."""


def _key(found: re.Match[bytes]) -> int:
    return int(found[1]) if found[2] == b"0" else int(found[1]) | int(found[2]) << GENERATION


def parse(body: bytes) -> Value:
    """Return the value that some bytes of the reader hold."""
    top: list[Value] = []
    here, above = top, []
    for found in _TOKEN.finditer(body):
        if found.lastindex:
            here.append(_key(found))
            continue
        token = found[0]
        if token in (b"<<", b"["):
            above.append(here)
            here = []
        elif token == b"]":
            inner, here = here, above.pop()
            here.append(inner)
        elif token == b">>":
            pairs, here = iter(here), above.pop()
            both = zip(pairs, pairs, strict=False)
            here.append({key: value for key, value in both if isinstance(key, bytes)})
        else:
            here.append(token)
    return top[0] if top else NULL


def references(body: bytes) -> list[int]:
    """Return the numbers of the objects that some bytes of the reader refer to."""
    return [_key(found) for found in _REFERENCE.finditer(body) if found.lastindex]


def renumber(body: bytes, number: Callable[[int], int]) -> bytes:
    """Return some bytes of the reader with other references; an object that is gone (0) becomes null."""

    def turn(found: re.Match[bytes]) -> bytes:
        return reference(number(_key(found))) if found.lastindex else found[0]

    return _REFERENCE.sub(turn, body)


def write(value: Value) -> bytes:
    """Return a value as bytes, in the form in which the reader would write it."""
    if isinstance(value, bytes):
        return value
    if isinstance(value, int):
        return reference(value)
    if isinstance(value, list):
        return b"[ %b ]" % b" ".join(map(write, value))
    return b"<< %b >>" % b" ".join(b"%b %b" % (key, write(held)) for key, held in value.items())


def reference(number: int) -> bytes:
    """Return a reference; the number 0 stands for nothing."""
    return b"%d 0 R" % number if number else NULL


def string_bytes(token: Value | None) -> bytes:
    """Return the bytes of a string; none for anything else."""
    if not isinstance(token, bytes):
        return b""
    if token.startswith(b"("):
        return _ESCAPE.sub(_unescape, token[1:-1])
    if token.startswith(b"<"):
        digits = token[1:-1]
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
    return b""


def _unescape(found: re.Match[bytes]) -> bytes:
    after = found[1]
    if after[:1] in b"01234567":
        return bytes([int(after, 8) & 0xFF])
    return _ESCAPED.get(after, after)


def string(data: bytes) -> bytes:
    """Return a string that holds these bytes."""
    return b"<%b>" % data.hex().encode("ascii")


def name_bytes(token: bytes) -> bytes:
    """Return the bytes of a name, without its slash."""
    return _NAME_ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), token[1:])


def whole(token: Value | None) -> int | None:
    """Return a whole number; None for anything else (a reference is no number)."""
    if isinstance(token, bytes) and token.lstrip(b"+-").isdigit():
        return int(token)
    return None


def number(token: Value | None) -> float | None:
    """Return a number; None for anything else."""
    if not isinstance(token, bytes):
        return None
    try:
        value = float(token)
    except ValueError:
        return None
    return value if abs(value) < 1e9 else None
