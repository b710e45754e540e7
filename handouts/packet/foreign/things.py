"""What a PDF object is, whatever it claims to be: readers that answer with an empty value."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pikepdf

from handouts.packet.foreign.told import RefusedError

Key = tuple[int, int]
"""Object number and generation; (0, 0) for an object that stands inside another one."""

DIRECT: Key = (0, 0)

_MOST_NESTED = 8
_MOST_MEMBERS = 300_000


def members(thing: object) -> list[Any]:
    """Return the members of an array; [] for anything else."""
    if not isinstance(thing, pikepdf.Array):
        return []
    if len(thing) > _MOST_MEMBERS:
        raise RefusedError("too-much")
    return list(thing)


def one_or_all(thing: object) -> list[Any]:
    """Return the members of an array, or the thing itself as the only one."""
    if thing is None:
        return []
    return members(thing) if isinstance(thing, pikepdf.Array) else [thing]


def entry(thing: object, key: str) -> Any:  # noqa: ANN401 - that is what is to be found out
    """Return the value of a key of a dictionary or stream; None if there is none."""
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        return thing.get(key)
    return None


def drop(thing: Any, key: str) -> None:  # noqa: ANN401 - a dictionary or a stream
    """Take a key out of a dictionary, if it is there."""
    if key in thing:
        del thing[key]


def key_of(thing: object) -> Key:
    """Return what tells one indirect object from another."""
    if isinstance(thing, pikepdf.Object):
        number, generation = thing.objgen
        return number, generation
    return DIRECT


def name_of(thing: object) -> str:
    """Return a name with its slash; '' for anything else."""
    if not isinstance(thing, pikepdf.Name):
        return ""
    try:
        return str(thing)
    except UnicodeDecodeError:
        return thing.unparse().decode("latin-1")


def text_of(thing: object) -> str:
    """Return a text string, decoded; '' for anything else."""
    return str(thing) if isinstance(thing, pikepdf.String) else ""


def whole(thing: object) -> int | None:
    """Return an integer; None for anything else, also for true and false."""
    return thing if isinstance(thing, int) and not isinstance(thing, bool) else None


def is_number(thing: object) -> bool:
    """Tell whether a thing is a number."""
    return isinstance(thing, int | Decimal | float) and not isinstance(thing, bool)


def is_plain(thing: object) -> bool:
    """Tell whether a thing is a number, name, string, true or false, or nested arrays of only such."""
    waiting: list[tuple[object, int]] = [(thing, 0)]
    seen = 0
    while waiting:
        one, depth = waiting.pop()
        if isinstance(one, pikepdf.Array):
            seen += len(one)
            if depth >= _MOST_NESTED:
                return False
            if seen > _MOST_MEMBERS:
                raise RefusedError("too-much")
            waiting.extend((member, depth + 1) for member in one)
        elif one is not None and not isinstance(
            one, int | Decimal | float | bool | str | pikepdf.Name | pikepdf.String
        ):
            return False
    return True
