"""The sizes that PDF/A-2 keeps objects to, so that any reader can hold them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pikepdf

from handouts.audit.case import Case
from handouts.audit.objects import entries, key_of

_MOST_NAME_BYTES = 127
_MOST_STRING_BYTES = 32_767
_MOST_WHOLE = 2**31
_MOST_REAL = Decimal("3.403e38")
_NAMED = frozenset(("/BaseFont", "/FontName", "/S"))


def check_limits(case: Case, thing: pikepdf.Object) -> None:
    """Tell names, strings and numbers of one object that are too large, and names that are no text."""
    waiting: list[object] = [thing]
    number = key_of(thing)[0]
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Name):
            trouble = len(_decoded(one)) > _MOST_NAME_BYTES and "a name"
        elif isinstance(one, pikepdf.String):
            trouble = len(bytes(one)) > _MOST_STRING_BYTES and "a text"
        elif isinstance(one, int):
            trouble = not -_MOST_WHOLE <= one < _MOST_WHOLE and "a number"
        elif isinstance(one, Decimal):
            trouble = abs(one) > _MOST_REAL and "a number"
        else:
            trouble = False
            waiting += _direct(case, one)
        if trouble:
            case.found.add("limit", f"Object {number} holds {trouble} that is too large.")


def _direct(case: Case, one: object) -> Iterator[object]:
    """Yield what stands inside an array or a dictionary itself, not what it refers to."""
    if isinstance(one, pikepdf.Array):
        inner: list[object] = list(one)
    elif isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        values = entries(one)
        inner = list(values.values())
        for key, value in values.items():
            if len(key.encode()) > _MOST_NAME_BYTES + 1:
                case.found.add("limit", f"Object {key_of(one)[0]} holds a name that is too large.")
            if key in _NAMED and isinstance(value, pikepdf.Name) and not _is_text(value):
                case.found.add("limit", f"Object {key_of(one)[0]} holds a name that is no text.")
    else:
        return
    for value in inner:
        if not isinstance(value, pikepdf.Object) or not value.is_indirect:
            yield value


def _decoded(name: pikepdf.Name) -> bytes:
    try:
        return str(name)[1:].encode()
    except UnicodeDecodeError:
        return name.unparse()[1:]


def _is_text(name: pikepdf.Name) -> bool:
    try:
        str(name)
    except UnicodeDecodeError:
        return False
    return True
