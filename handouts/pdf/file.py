"""The file: numbered objects, streams, and the cross-reference that finds them.

A small writer of our own, because ReportLab's can write neither a structure tree nor object streams.
Small objects are packed in compressed object streams (PDF 1.5), which halves a handout's size.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from struct import Struct

END_STREAM = b"\r\nendstream"
"""After a lone line feed, data that end in a return would seem one byte short: so both end the line."""
LEVEL = 6
"""The effort of compression: the highest, 9, takes half as long again and saves less than one per cent."""
PACKED = 100
"""How many objects share one object stream."""
_ROW = Struct(">BIH")
"""One row of the cross-reference, as its W says."""


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


@dataclass(frozen=True, slots=True)
class Forme:
    """A file that is locked up but for its late streams: printed once, or for one person after the other.

    ``head`` is all that stands before the late streams, the first of which is object number ``first``.
    ``rows`` are the rows of the cross-reference below that number, compressed and left open, ``check`` is
    their checksum; ``packs`` are those of the object streams, which have the highest numbers.
    """

    head: bytes
    first: int
    late: int
    rows: bytes
    check: int
    packs: bytes
    trailer: bytes

    def bytes(self, streams: Sequence[bytes] = ()) -> bytes:
        """Return the finished file with its late streams, which stay as they are: they are a line or two.

        The rows that depend on them go behind the compressed ones in a block of their own that is stored
        only, so that nothing is compressed here.
        """
        assert len(streams) == self.late
        out = [self.head]
        rows = []
        place = len(self.head)
        for number, data in enumerate(streams, self.first):
            piece = b"%d 0 obj\n<</Length %d>>\nstream\n%b%b\nendobj\n" % (
                number,
                len(data),
                data,
                END_STREAM,
            )
            rows.append(_row(1, place))
            out.append(piece)
            place += len(piece)
        last = b"".join([*rows, self.packs, _row(1, place)])
        size = len(last)
        stored = b"\1%b%b%b" % (size.to_bytes(2, "little"), (size ^ 0xFFFF).to_bytes(2, "little"), last)
        check = zlib.adler32(last, self.check).to_bytes(4, "big")
        number = self.first + size // _ROW.size - 1
        out.append(
            b"%d 0 obj\n<</Type/XRef/Size %d%b/Length %d/Filter/FlateDecode>>\nstream\n%b%b%b%b\nendobj\n"
            b"startxref\n%d\n%%%%EOF\n"
            % (
                number,
                number + 1,
                self.trailer,
                len(self.rows) + len(stored) + len(check),
                self.rows,
                stored,
                check,
                END_STREAM,
                place,
            )
        )
        return b"".join(out)


def _row(kind: int, where: int, index: int = 0) -> bytes:
    """Return one row of the cross-reference: (1, offset, 0), or packed, (2, object stream, place)."""
    return _ROW.pack(kind, where, index)


class PdfFile:
    """Collects objects and writes them as one file; numbers are given in the order of asking."""

    def __init__(self) -> None:
        self._bodies: list[bytes | None] = []
        self._streams: set[int] = set()
        self._late = 0

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

    def add_late(self) -> int:
        """Return the number of a stream that is given only when the file is printed; nothing follows it."""
        self._late += 1
        return self.reserve()

    def bytes(self, root: int, info: int, identifier: str) -> bytes:
        """Return the finished file; ``identifier`` is 32 hexadecimal digits."""
        return self.locked(root, info, identifier).bytes()

    def locked(self, root: int, info: int, identifier: str) -> Forme:
        """Return the file locked up, its late streams still open."""
        out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        early = self._bodies[: len(self._bodies) - self._late]
        first = len(early) + 1
        entries = [_row(0, 0, 0xFFFF)] + [b""] * len(early)
        packed: list[tuple[int, bytes]] = []
        for number, body in enumerate(early, 1):
            if body is None:
                raise AssertionError(f"object {number} was promised but never written")
            if number in self._streams:
                entries[number] = _row(1, len(out))
                out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
            else:
                packed.append((number, body))
        packs = []
        for stream_number, start in enumerate(range(0, len(packed), PACKED), first + self._late):
            chunk = packed[start : start + PACKED]
            places, bodies, place = [], [], 0
            for index, (number, body) in enumerate(chunk):
                places.append(b"%d %d" % (number, place))
                bodies.append(body)
                place += len(body) + 1
                entries[number] = _row(2, stream_number, index)
            head = b" ".join(places) + b"\n"
            data = zlib.compress(head + b"\n".join(bodies), LEVEL)
            packs.append(_row(1, len(out)))
            out += b"%d 0 obj\n<</Type/ObjStm/N %d/First %d" % (stream_number, len(chunk), len(head))
            out += b"/Length %d/Filter/FlateDecode>>\nstream\n%b" % (len(data), data)
            out += END_STREAM + b"\nendobj\n"
        table = b"".join(entries)
        packer = zlib.compressobj(LEVEL)
        return Forme(
            head=bytes(out),
            first=first,
            late=self._late,
            rows=packer.compress(table) + packer.flush(zlib.Z_SYNC_FLUSH),
            check=zlib.adler32(table),
            packs=b"".join(packs),
            trailer=b"/W[1 4 2]/Root %d 0 R/Info %d 0 R/ID[<%b><%b>]"
            % (root, info, identifier.encode("ascii"), identifier.encode("ascii")),
        )
