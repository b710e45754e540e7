"""How wide a font's letters are, and how tall."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import pikepdf

from handouts.audit.objects import entries, members, number_of, numbers, whole

_MOST_CODES = 70_000
_LARGEST = 1e7
_ASCENT = 0.7
"""How far most letters rise above the baseline, in ems."""
_EM = 0.001
_DEFAULT_WIDTH = 1000.0
_MOST_SIMPLE = 256
_TOKEN = re.compile(rb"\[|\]|[-+.0-9]+")


class _Widths(dict[int, float]):
    """Code -> width, with one width for all codes that are not named."""

    def __init__(self, known: dict[int, float], other: float) -> None:
        super().__init__(known)
        self.other = other

    def __missing__(self, code: int) -> float:
        return self.other


class Measure:
    """The size of one font's letters, in ems; ``known`` is False where a file does not say it plainly."""

    def __init__(self, values: dict[str, Any], coding: str, kind: str) -> None:
        self.ascent = _ASCENT
        self._em = _EM
        if kind == "Type0":
            self.known = coding == "Identity-H"
            self._widths = _composite(values) if self.known else _Widths({}, 0)
            return
        first, widths = whole(values.get("/FirstChar")), numbers(values.get("/Widths"))[:_MOST_SIMPLE]
        self.known = bool(widths) and first is not None
        missing = entries(values.get("/FontDescriptor")).get("/MissingWidth")
        self._widths = _Widths(dict(enumerate(widths, first or 0)), number_of(missing, 0.0))
        if kind == "Type3":
            matrix, box = numbers(values.get("/FontMatrix")), numbers(values.get("/FontBBox"))
            self._em = matrix[0] if len(matrix) == 6 else _EM
            if len(matrix) == len(box) + 2 == 6 and box[3]:
                self.ascent = min(box[3] * matrix[3], _ASCENT, key=abs)

    def stated(self, code: int) -> float:
        """Return the width that the file gives one code, in its own unit: of thousandths for most fonts."""
        return self._widths[code]

    def width(self, codes: Iterable[int]) -> float:
        """Return how far some letters reach along their line."""
        return sum(map(self._widths.__getitem__, codes)) * self._em


def _composite(values: dict[str, Any]) -> _Widths:
    table = values.get("/W")
    raw = table.unparse() if isinstance(table, pikepdf.Array) else b""
    if b"R" in raw:
        raw = b" ".join(
            one.unparse(resolved=True) if isinstance(one, pikepdf.Object) else str(one).encode()
            for one in members(table)
        )
    return _Widths(width_table(raw.removeprefix(b"[")), number_of(values.get("/DW"), _DEFAULT_WIDTH))


@lru_cache(maxsize=64)
def width_table(raw: bytes) -> dict[int, float]:
    """Return the widths of a composite font, in thousandths of an em, from its table written out.

    ``1 [500 600]`` gives the codes from 1 on a width each, ``7 9 500`` gives all from 7 to 9 the same.
    Cached, because a whole batch shows the same few fonts.
    """
    found: dict[int, float] = {}
    waiting: list[float] = []
    inside, left = False, _MOST_CODES
    for token in _TOKEN.findall(raw):
        if token in b"[]":
            inside = token == b"["
            waiting = waiting if inside else []
            continue
        value = _number(token)
        if inside and waiting:
            found[int(waiting[0])] = value
            waiting[0] += 1
            continue
        waiting.append(value)
        if len(waiting) == 3:
            first, last = int(waiting[0]), min(int(waiting[1]), int(waiting[0]) + left)
            found.update(dict.fromkeys(range(first, last + 1), value))
            left -= max(last - first, 0)
            waiting = []
    return found


def _number(raw: bytes) -> float:
    try:
        value = float(raw)
    except ValueError:
        return 0.0
    return value if abs(value) < _LARGEST else 0.0
