"""The widths inside a TrueType program: what each glyph really takes.

Source: OpenType 1.9, tables head, hhea, maxp and hmtx. A whole library for fonts would be a dependency of
every clinic for these four.
"""

from __future__ import annotations

from dataclasses import dataclass
from struct import error, unpack_from

_EM = 1000.0
_MOST_TABLES = 200


@dataclass(frozen=True, slots=True)
class Glyphs:
    """How many glyphs a program has, and how wide each is, in thousandths of an em."""

    count: int
    widths: tuple[float, ...]

    def width(self, glyph: int) -> float:
        """Return the width of one glyph; those behind the last listed are as wide as it."""
        return self.widths[min(glyph, len(self.widths) - 1)]


def read_glyphs(data: bytes) -> Glyphs | None:
    """Return the glyphs of a program; None if it cannot be read."""
    try:
        tables = {
            data[at : at + 4]: unpack_from(">II", data, at + 8)
            for at in range(12, 12 + 16 * min(unpack_from(">H", data, 4)[0], _MOST_TABLES), 16)
        }
        units = unpack_from(">H", data, tables[b"head"][0] + 18)[0]
        count = unpack_from(">H", data, tables[b"maxp"][0] + 4)[0]
        listed = unpack_from(">H", data, tables[b"hhea"][0] + 34)[0]
        raw = unpack_from(">" + "Hh" * listed, data, tables[b"hmtx"][0])[::2]
    except (error, KeyError):
        return None
    if not units or not raw:
        return None
    return Glyphs(count, tuple(one * _EM / units for one in raw))
