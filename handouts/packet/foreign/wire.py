"""The words between parent and child: a length, a short JSON head, a length, bytes. Nothing is unpickled.

Both sides read no more than they are ready to hold; anything else ends the conversation.
"""

from __future__ import annotations

import json
import struct
from typing import IO, Any

_LENGTH = struct.Struct(">I")
MOST_HEAD_BYTES = 100_000


class BrokenWireError(Exception):
    """The other side is gone, or says what makes no sense."""


def send(stream: IO[bytes], head: dict[str, Any], body: bytes = b"") -> None:
    """Write one message."""
    text = json.dumps(head).encode("ascii")
    stream.write(_LENGTH.pack(len(text)) + text + _LENGTH.pack(len(body)))
    stream.write(body)
    stream.flush()


def receive(stream: IO[bytes], most_bytes: int) -> tuple[dict[str, Any], bytes] | None:
    """Return head and body of the next message; None at the end.

    Raises BrokenWireError where the message is cut off, larger than ``most_bytes`` or no message.
    """
    first = stream.read(_LENGTH.size)
    if not first:
        return None
    text = _exactly(stream, _length(first, MOST_HEAD_BYTES))
    body = _exactly(stream, _length(_exactly(stream, _LENGTH.size), most_bytes))
    try:
        head = json.loads(text)
    except (ValueError, RecursionError):
        raise BrokenWireError from None
    if not isinstance(head, dict):
        raise BrokenWireError
    return head, body


def _length(packed: bytes, most: int) -> int:
    if len(packed) != _LENGTH.size:
        raise BrokenWireError
    length: int = _LENGTH.unpack(packed)[0]
    if length > most:
        raise BrokenWireError
    return length


def _exactly(stream: IO[bytes], length: int) -> bytes:
    data = stream.read(length)
    if len(data) != length:
        raise BrokenWireError
    return data
