"""The words of one person read back out of a file that differs from an audited one by these words only."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass

import pikepdf

from handouts.audit.fonts import UNKNOWN, character_map
from handouts.audit.objects import entries, stream_bytes

_MOST_CMAP_BYTES = 4_000_000
_SHOWN = re.compile(rb"/(\w+) [\d.]+ Tf|<([0-9A-F]*)> Tj")


class Codes(dict[int, str]):
    """code -> text, for ``str.translate``."""

    def __missing__(self, code: int) -> str:
        return UNKNOWN


NONE = Codes()


@dataclass(frozen=True, slots=True)
class SlotReader:
    """Reads what streams at a file's end show, by the fonts that the file holds: resource -> code -> text."""

    fonts: Mapping[bytes, Codes]

    def text(self, pdf: bytes, start: int = 0) -> str:
        """Return the text that the uncompressed streams from ``start`` on show, one after the other.

        A font or a code that the file does not have shows as U+FFFD.
        """
        found = []
        codes = NONE
        end = pdf.find(b"/Type/XRef", start)
        for font, shown in _SHOWN.findall(pdf, start, end if end > 0 else len(pdf)):
            if font:
                codes = self.fonts.get(font, NONE)
            else:
                units = bytes.fromhex(shown.decode("ascii")).decode("utf-16-be", "replace")
                found.append(units.translate(codes))
        return "".join(found)


def slot_reader(pdf: bytes) -> SlotReader:
    """Return what reads the slots of copies of a sound file: its fonts' own maps from codes to text."""
    fonts: dict[bytes, Codes] = {}
    with pikepdf.open(io.BytesIO(pdf)) as file:
        for page in file.pages:
            for name, font in entries(entries(page.obj.get("/Resources")).get("/Font")).items():
                data = stream_bytes(entries(font).get("/ToUnicode"), _MOST_CMAP_BYTES)
                fonts[name[1:].encode()] = Codes(character_map(data)[0])
    return SlotReader(fonts)
