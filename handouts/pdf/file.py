"""The file: numbered objects, streams, and the cross-reference that finds them.

A small writer of our own, because ReportLab's can write neither a structure tree nor object streams.
Small objects are packed in compressed object streams (PDF 1.5), which halves a handout's size.
"""

from __future__ import annotations

import zlib

END_STREAM = b"\r\nendstream"
"""After a lone line feed, data that end in a return would seem one byte short: so both end the line."""
LEVEL = 6
"""The effort of compression: the highest, 9, takes half as long again and saves less than one per cent."""
PACKED = 100
"""How many objects share one object stream."""


def name(value: str) -> str:
    """Return a PDF name."""
    return "/" + "".join(
        character
        if character.isascii() and (character.isalnum() or character in "+-_.")
        else f"#{ord(character):02X}"
        for character in value
    )


def text_string(value: str) -> str:
    """Return a PDF text string: plain ASCII in parentheses, all else as UTF-16."""
    if value.isascii() and value.isprintable():
        escaped = value.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        return f"({escaped})"
    return f"<FEFF{value.encode('utf-16-be').hex().upper()}>"


def compressed(ops: str) -> bytes:
    """Return page operators as the bytes of a compressed stream."""
    return zlib.compress(ops.encode("ascii"), LEVEL)


class PdfFile:
    """Collects objects and writes them as one file; numbers are given in the order of asking."""

    def __init__(self) -> None:
        self._bodies: list[bytes | None] = []
        self._streams: set[int] = set()

    def reserve(self) -> int:
        """Return a number for an object that is filled in later."""
        self._bodies.append(None)
        return len(self._bodies)

    def put(self, number: int, body: str) -> None:
        """Fill in a reserved object."""
        self._bodies[number - 1] = body.encode("latin-1")

    def add(self, body: str) -> int:
        """Add an object and return its number."""
        number = self.reserve()
        self.put(number, body)
        return number

    def add_stream(
        self,
        data: bytes,
        entries: str = "",
        *,
        compressed: bool = False,
        plain: bool = False,
        number: int = 0,
    ) -> int:
        """Add a stream: compressed here unless it is already, or must stay ``plain`` to be read by all.

        ``number`` is that of a reserved object, if it has one. A ``plain`` stream may bring filters.
        """
        number = number or self.reserve()
        if not plain:
            entries += "/Filter/FlateDecode"
            data = data if compressed else zlib.compress(data, LEVEL)
        head = f"<</Length {len(data)}{entries}>>\nstream\n".encode("latin-1")
        self._bodies[number - 1] = head + data + END_STREAM
        self._streams.add(number)
        return number

    def bytes(self, root: int, info: int, identifier: str) -> bytes:
        """Return the finished file; ``identifier`` is 32 hexadecimal digits."""
        out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        # One entry a number: (1, offset, 0) of its own, (2, object stream, place) packed.
        entries: list[tuple[int, int, int]] = [(0, 0, 65535)] + [(0, 0, 0)] * len(self._bodies)
        packed: list[tuple[int, bytes]] = []
        for number, body in enumerate(self._bodies, 1):
            if body is None:
                raise AssertionError(f"object {number} was promised but never written")
            if number in self._streams:
                entries[number] = (1, len(out), 0)
                out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
            else:
                packed.append((number, body))
        for start in range(0, len(packed), PACKED):
            chunk = packed[start : start + PACKED]
            stream_number = len(entries)
            places, bodies, place = [], [], 0
            for index, (number, body) in enumerate(chunk):
                places.append(b"%d %d" % (number, place))
                bodies.append(body)
                place += len(body) + 1
                entries[number] = (2, stream_number, index)
            head = b" ".join(places) + b"\n"
            data = zlib.compress(head + b"\n".join(bodies), LEVEL)
            entries.append((1, len(out), 0))
            out += b"%d 0 obj\n<</Type/ObjStm/N %d/First %d/Length %d/Filter/FlateDecode>>\nstream\n" % (
                stream_number,
                len(chunk),
                len(head),
                len(data),
            )
            out += data + END_STREAM + b"\nendobj\n"
        start = len(out)
        number = len(entries)
        entries.append((1, start, 0))
        table = b"".join(
            kind.to_bytes(1, "big") + where.to_bytes(4, "big") + index.to_bytes(2, "big")
            for kind, where, index in entries
        )
        data = zlib.compress(table, LEVEL)
        out += (
            f"{number} 0 obj\n<</Type/XRef/Size {len(entries)}/W[1 4 2]/Root {root} 0 R/Info {info} 0 R"
            f"/ID[<{identifier}><{identifier}>]/Length {len(data)}/Filter/FlateDecode>>\nstream\n"
        ).encode("ascii")
        out += data + END_STREAM + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % start
        return bytes(out)
