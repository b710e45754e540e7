"""Destinations: which places in the file a link or a bookmark may lead to."""

from __future__ import annotations

from typing import Any

import pikepdf

from handouts.audit.case import Case
from handouts.audit.objects import Key, entries, key_of, members, name_of

_MOST_NAMES = 200_000


class Places:
    """Resolves destinations: explicit ones, and names of both kinds."""

    def __init__(self, case: Case) -> None:
        self._pages = case.page_numbers
        self._old = entries(case.catalog.get("/Dests"))
        self._names = _read_names(entries(case.catalog.get("/Names")).get("/Dests"))

    def exists(self, target: object) -> bool:
        """Tell whether a destination leads to a page of this file."""
        if isinstance(target, pikepdf.Name):
            target = self._old.get("/" + name_of(target))
        elif isinstance(target, pikepdf.String):
            target = self._names.get(bytes(target))
        if isinstance(target, pikepdf.Dictionary):
            target = target.get("/D")
        steps = members(target)
        return len(steps) > 1 and key_of(steps[0]) in self._pages


def _read_names(top: object) -> dict[bytes, Any]:
    names: dict[bytes, Any] = {}
    seen: set[Key] = set()
    waiting = [top]
    while waiting and len(names) < _MOST_NAMES:
        node = waiting.pop()
        key = key_of(node)
        if key in seen:
            continue
        if key != (0, 0):
            seen.add(key)
        values = entries(node)
        flat = members(values.get("/Names"))
        for name, value in zip(flat[::2], flat[1::2], strict=False):
            if isinstance(name, pikepdf.String):
                names[bytes(name)] = value
        waiting.extend(members(values.get("/Kids")))
    return names
