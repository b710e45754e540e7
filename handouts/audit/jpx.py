"""The head of a JPEG 2000 image: how many colours it has, and which.

Source: ISO/IEC 15444-1, annex I; ISO 19005-2, 6.2.8.3.
"""

from __future__ import annotations

from collections.abc import Iterator
from struct import unpack_from

_SIGNATURE = b"\0\0\0\x0cjP  \r\n\x87\n"
_CHANNELS = (1, 3, 4)
_MOST_BITS = 38
_VARIED = 255
_SPACES = (12, 16, 17, 18)
"""CMYK, sRGB, greyscale, sYCC: the numbered colour spaces that a profile is known for."""
_MOST_BOXES = 1_000
_BY_NUMBER, _BY_PROFILE, _BY_VENDOR = 1, 2, 3


def jpx_trouble(data: bytes) -> str:
    """Return what PDF/A-2 does not allow of an image, as the end of a sentence; '' if nothing is."""
    if not data.startswith(_SIGNATURE):
        return "is none"
    head = next((data[at:end] for kind, at, end in _boxes(data, 0, len(data)) if kind == b"jp2h"), b"")
    inner = [(kind, head[at:end]) for kind, at, end in _boxes(head, 0, len(head))]
    size = next((body for kind, body in inner if kind == b"ihdr"), b"")
    if len(size) < 14:
        return "has no head"
    channels, bits = unpack_from(">HB", size, 8)
    if channels not in _CHANNELS:
        return f"has {channels} channels"
    if bits == _VARIED or (bits & 127) + 1 > _MOST_BITS:
        return "has channels of other sizes than allowed"
    colours = [body for kind, body in inner if kind == b"colr" and len(body) > 3]
    if not colours:
        return "does not say which colours it has"
    if len(colours) > 1 and sum(body[2] == 1 for body in colours) != 1:
        return "says twice which colours it has"
    chosen = next((body for body in colours if body[2] == 1), colours[0])
    if chosen[0] == _BY_NUMBER:
        known = len(chosen) >= 7 and unpack_from(">I", chosen, 3)[0] in _SPACES
    else:
        known = chosen[0] in (_BY_PROFILE, _BY_VENDOR)
    return "" if known else "has colours that no profile is known for"


def _boxes(data: bytes, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield the kind of each box, and where its content begins and ends."""
    for _ in range(_MOST_BOXES):
        if at + 8 > end:
            return
        size, kind = unpack_from(">I4s", data, at)
        start = at + 8
        if size == 1 and at + 16 <= end:
            size, start = unpack_from(">Q", data, start)[0], at + 16
        size = size or end - at
        if size < start - at:
            return
        yield kind, start, min(at + size, end)
        at += size
