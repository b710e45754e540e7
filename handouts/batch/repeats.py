"""Rows that stand in a roster twice: the same row again, or one id for two people."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field

from handouts.batch.reading import Source, cell_of


@dataclass(frozen=True, slots=True)
class Repeats:
    """``count`` rows in all; ``same`` leads from a repeated row to its first, ``torn`` share an id only."""

    count: int
    same: dict[int, int] = field(default_factory=dict)
    torn: frozenset[int] = frozenset()


def find_repeats(source: Source) -> Repeats:
    """Read the whole roster and return which rows are repeated.

    Raises ContentError and OutsideError as :meth:`Source.rows` does, so that a file that cannot be read to
    its end is refused before anything is made.
    """
    place = cell_of(source.columns, "id")
    seen: set[int] = set()
    again: set[int] = set()
    count = 0
    for _, cells in source.rows():
        count += 1
        key = hash(_key(cells, place))
        (again if key in seen else seen).add(key)
    # Two keys may have one hash: only rows that may be repeated are kept and compared as they are.
    return _compared(source, place, again, count) if again else Repeats(count)


def _compared(source: Source, place: int | None, again: set[int], count: int) -> Repeats:
    first: dict[Hashable, tuple[int, int]] = {}
    rows: dict[Hashable, list[int]] = {}
    torn: set[Hashable] = set()
    for number, cells in source.rows():
        key = _key(cells, place)
        if hash(key) not in again:
            continue
        content = hash(_filled(cells))
        if key not in first:
            first[key] = (number, content)
        elif first[key][1] != content:
            torn.add(key)
        rows.setdefault(key, []).append(number)
    same = {number: numbers[0] for key, numbers in rows.items() if key not in torn for number in numbers[1:]}
    return Repeats(count, same, frozenset(number for key in torn for number in rows[key]))


def _key(cells: list[str], place: int | None) -> Hashable:
    """Return what may stand once only: the id; without one, the row."""
    if place is not None and place < len(cells) and cells[place]:
        return cells[place]
    return _filled(cells)


def _filled(cells: list[str]) -> tuple[str, ...]:
    """Return the cells without the empty ones at the end, which a spreadsheet writes or leaves out."""
    last = len(cells)
    while last and not cells[last - 1]:
        last -= 1
    return tuple(cells[:last])
