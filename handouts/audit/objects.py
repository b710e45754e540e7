"""What a PDF object holds, whatever it really is.

A damaged or hostile file may hold anything anywhere. These readers answer with an empty value where
the object is of another kind, so that the checks can say what is missing instead of falling over.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pikepdf

_FARTHEST = 1e7
_MOST_LZW_BYTES = 100_000

Key = tuple[int, int]
"""Object number and generation; (0, 0) for an object that stands inside another one."""


def entries(thing: object) -> dict[str, Any]:
    """Return the entries of a dictionary or stream, keys with their slash; {} for anything else."""
    if isinstance(thing, pikepdf.Dictionary):
        return dict(thing.items())
    if isinstance(thing, pikepdf.Stream):
        return dict(thing.stream_dict.items())
    return {}


def members(thing: object) -> list[Any]:
    """Return the members of an array; [] for anything else."""
    return list(thing) if isinstance(thing, pikepdf.Array) else []


def key_of(thing: object) -> Key:
    """Return what tells one indirect object from another."""
    if isinstance(thing, pikepdf.Object):
        number, generation = thing.objgen
        return number, generation
    return 0, 0


def name_of(thing: object) -> str:
    """Return a name without its slash; '' for anything else."""
    if not isinstance(thing, pikepdf.Name):
        return ""
    try:
        return str(thing)[1:]
    except UnicodeDecodeError:
        return thing.unparse().decode("latin-1")[1:]


def text_of(thing: object) -> str:
    """Return a text string, decoded; '' for anything else."""
    return str(thing) if isinstance(thing, pikepdf.String) else ""


def whole(thing: object) -> int | None:
    """Return an integer; None for anything else, also for true and false."""
    return thing if isinstance(thing, int) and not isinstance(thing, bool) else None


def numbers(thing: object) -> list[float]:
    """Return the numbers of an array; [] if it is none, or holds anything else."""
    values = members(thing)
    if not all(isinstance(value, int | Decimal | float) for value in values):
        return []
    return [float(value) for value in values]


def number_of(thing: object, other: float) -> float:
    """Return a number; ``other`` for anything else."""
    value = float(thing) if isinstance(thing, int | Decimal | float) else other
    return value if abs(value) < _FARTHEST else other


def box_of(thing: object) -> tuple[float, float, float, float] | None:
    """Return left, bottom, right, top in points, put in order; None if it is no rectangle."""
    values = numbers(thing)
    if len(values) != 4 or not all(abs(value) < _FARTHEST for value in values):
        return None
    left, bottom, right, top = values
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def stream_bytes(thing: object, most: int) -> bytes:
    """Return the decoded bytes of a stream; ValueError if it is none, or longer than ``most`` bytes.

    LZW is the one filter that the library cannot bound, so only small streams of it are opened.
    """
    if not isinstance(thing, pikepdf.Stream):
        raise ValueError("not a stream")  # noqa: TRY004 - the file is wrong, not the caller
    filters = thing.stream_dict.get("/Filter")
    names = [name_of(one) for one in members(filters)] or [name_of(filters)]
    if ("LZWDecode" in names or "LZW" in names) and len(thing.read_raw_bytes()) > _MOST_LZW_BYTES:
        raise ValueError("too large")
    data = thing.read_bytes()
    if len(data) > most:
        raise ValueError("too large")
    return data
