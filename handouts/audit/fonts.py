"""Fonts as an audit sees them: whether they are embedded, and which text each code stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from struct import unpack
from typing import Any

import pikepdf

from handouts.audit.measure import Measure
from handouts.audit.objects import entries, members, name_of, stream_bytes, whole

UNKNOWN = "\ufffd"
_MOST_CMAP_BYTES = 4_000_000
_MOST_CODES = 70_000

_BLOCK = re.compile(rb"begin(bfchar|bfrange|codespacerange)\b(.*?)end\1\b", re.DOTALL)
_CHAR = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]*)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]+)>\s*(?:<([0-9A-Fa-f\s]*)>|\[([^\]]*)\])")
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_UNI_NAME = re.compile(r"(?:uni([0-9A-F]{4})|u([0-9A-F]{4,6}))(?:\..*)?$")
_CODINGS = {"WinAnsiEncoding": "cp1252", "MacRomanEncoding": "mac_roman", "StandardEncoding": "latin-1"}
_GLYPH_NAMES = {
    "space": " ", "exclam": "!", "quotedbl": '"', "numbersign": "#", "dollar": "$", "percent": "%",
    "ampersand": "&", "quotesingle": "'", "quoteright": "\u2019", "quoteleft": "\u2018", "parenleft": "(",
    "parenright": ")", "asterisk": "*", "plus": "+", "comma": ",", "hyphen": "-", "period": ".",
    "slash": "/", "zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6",
    "seven": "7", "eight": "8", "nine": "9", "colon": ":", "semicolon": ";", "equal": "=", "question": "?",
    "bullet": "\u2022", "endash": "\u2013", "emdash": "\u2014", "quotedblleft": "\u201c",
    "quotedblright": "\u201d", "ellipsis": "\u2026", "degree": "\u00b0", "eacute": "\u00e9",
    "fi": "fi", "fl": "fl", "ff": "ff", "ffi": "ffi", "ffl": "ffl",
}  # fmt: skip


def _number(raw: bytes) -> int:
    return int(b"".join(raw.split()) or b"0", 16)


def _characters(raw: bytes) -> str:
    digits = b"".join(raw.split())
    data = bytes.fromhex((digits + b"0" if len(digits) % 2 else digits).decode("ascii"))
    if len(data) == 1:
        return chr(data[0])
    return data.decode("utf-16-be", "replace")


def _next(text: str, step: int) -> str:
    if not text or ord(text[-1]) + step > 0x10FFFF:
        return UNKNOWN
    return text[:-1] + chr(ord(text[-1]) + step)


@lru_cache(maxsize=64)
def character_map(data: bytes) -> tuple[dict[int, str], tuple[int, ...]]:
    """Return code -> text of a ToUnicode map, and the lengths in bytes that its codes have.

    Cached, because a whole batch shows the same few fonts.
    """
    found: dict[int, str] = {}
    lengths: set[int] = set()
    left = _MOST_CODES
    for block in _BLOCK.finditer(data):
        kind, body = block.groups()
        if kind == b"codespacerange":
            lengths.update(len(b"".join(low.split())) // 2 for low, _ in _CHAR.findall(body))
        elif kind == b"bfchar":
            for code, text in _CHAR.findall(body):
                found[_number(code)] = _characters(text)
        else:
            for low, high, text, listed in _RANGE.findall(body):
                first, last = _number(low), _number(high)
                texts = _HEX.findall(listed) if listed else []
                for step in range(min(last - first + 1, left)):
                    if listed:
                        found[first + step] = _characters(texts[step]) if step < len(texts) else UNKNOWN
                    else:
                        found[first + step] = _next(_characters(text), step)
                left -= max(last - first + 1, 0)
    return found, tuple(sorted(lengths - {0}))


def _map_in(thing: object) -> tuple[dict[int, str], tuple[int, ...]]:
    try:
        return character_map(stream_bytes(thing, _MOST_CMAP_BYTES))
    except (ValueError, pikepdf.PdfError, pikepdf.DataDecodingError):
        return {}, ()  # as good as none, and told as such


def bad_character(text: str) -> bool:
    """Tell whether a mapping says nothing: U+0000, a byte order mark, no character, or private use."""
    return not text or any(
        char in "\0\ufeff\ufffe\uffff\ufffd" or "\ue000" <= char <= "\uf8ff" or ord(char) >= 0xF0000
        for char in text
    )


class _Codes(dict[int, str]):
    """code -> text for ``str.translate``, noting every code that was asked for."""

    def __init__(self, known: dict[int, str]) -> None:
        super().__init__()
        self.known = known

    def __missing__(self, code: int) -> str:
        text = self[code] = self.known.get(code, UNKNOWN)
        return text


class Font:
    """One font of the file.

    ``shown`` are the codes that were painted, ``visible`` whether any of them can be seen (text may be
    invisible, as under a scanned page); ``unmapped`` are the codes shown that stand for no text.
    """

    def __init__(self, values: dict[str, Any], name: str) -> None:
        self.name = name
        self.kind = name_of(values.get("/Subtype"))
        self.visible = False
        descendant = entries(next(iter(members(values.get("/DescendantFonts"))), None))
        self.composite = self.kind == "Type0"
        descriptor = entries((descendant if self.composite else values).get("/FontDescriptor"))
        self.embedded = self.kind == "Type3" or any(
            f"/FontFile{number}" in descriptor for number in ("", "2", "3")
        )
        self._bytes = 2 if self.composite else 1
        self._units = False
        known: dict[int, str] | None = None
        to_unicode = values.get("/ToUnicode")
        if to_unicode is not None and not name_of(to_unicode):
            known = _map_in(to_unicode)[0] or None
        coding = values.get("/Encoding")
        self.identity = name_of(coding).startswith("Identity")
        if self.composite and not self.identity:
            self._read_cmap(coding)
        if known is None and not self.composite:
            known = _by_encoding(coding)
        self.has_map = known is not None or self._units
        self._codes = _Codes(known or {})
        self.measure = Measure(descendant if self.composite else values, name_of(coding), self.kind)

    def _read_cmap(self, coding: object) -> None:
        named = name_of(coding)
        if not named:
            lengths = _map_in(coding)[1]
            if len(lengths) == 1:
                self._bytes = lengths[0]
        self._units = "UCS2" in named or "UTF16" in named

    def codes(self, shown: bytes) -> Sequence[int]:
        """Return the codes of some shown bytes, where :attr:`measure` knows their widths."""
        return shown if self._bytes == 1 else unpack(f">{len(shown) // 2}H", shown[: len(shown) & ~1])

    def is_blank(self, code: int) -> bool:
        """Tell whether a code that was shown stands for a space, or for nothing."""
        text = self._codes[code]
        return not text or text.isspace()

    def text(self, shown: bytes) -> str:
        """Return the text of some shown bytes; a code without meaning becomes U+FFFD."""
        if self._bytes == 1:
            return shown.decode("latin-1").translate(self._codes)
        if self._bytes == 2:
            if len(shown) % 2:
                shown += b"\0"
            units = shown.decode("utf-16-be", "replace")
            if len(units) * 2 != len(shown) or UNKNOWN in units:
                units = "".join(chr(shown[at] << 8 | shown[at + 1]) for at in range(0, len(shown), 2))
            if not self._units:
                return units.translate(self._codes)
            return units
        size = self._bytes
        return "".join(
            self._codes[int.from_bytes(shown[at : at + size], "big")] for at in range(0, len(shown), size)
        )

    @property
    def shown(self) -> set[int]:
        """The codes that were shown (none for a font whose codes are Unicode themselves)."""
        return set(self._codes)

    @property
    def unmapped(self) -> set[int]:
        """The codes shown that stand for no text."""
        return {code for code in self._codes if code not in self._codes.known}

    @property
    def badly_mapped(self) -> set[int]:
        """The codes shown whose text is no real character."""
        return {
            code for code, text in self._codes.items() if code in self._codes.known and bad_character(text)
        }

    @property
    def maps_nothing(self) -> bool:
        """Whether the map gives U+0000 for any code, shown or not, which both standards forbid."""
        return "\0" in self._codes.known.values()


def _by_encoding(coding: object) -> dict[int, str] | None:
    values = entries(coding)
    base = name_of(coding) or name_of(values.get("/BaseEncoding"))
    if not base and not values:
        return None
    table = bytes(range(256)).decode(_CODINGS.get(base, "latin-1"), "replace")
    known = {code: char for code, char in enumerate(table) if char.isprintable() and char != UNKNOWN}
    code = 0
    for item in members(values.get("/Differences")):
        number = whole(item)
        if number is not None:
            code = number
            continue
        glyph = name_of(item)
        hexa = _UNI_NAME.match(glyph)
        if hexa:
            known[code] = chr(min(int(hexa[1] or hexa[2], 16), 0x10FFFF))
        elif len(glyph) == 1 or glyph in _GLYPH_NAMES:
            known[code] = _GLYPH_NAMES.get(glyph, glyph)
        else:
            known.pop(code, None)
        code += 1
    return known
