"""Optional content: which layers a viewer shows when it opens the file.

A layer counts as hidden if the file's default settings switch it off, or if its own usage says that it is
off on a screen: some viewers heed the one, some the other, and what any of them hides must not become
visible. What cannot be made out is hidden too. ISO 32000-1, 8.11.
"""

from __future__ import annotations

import pikepdf

from handouts.packet.foreign.things import DIRECT, Key, entry, key_of, members, name_of, one_or_all

_MOST_STEPS = 10_000
_MOST_NESTED = 32


class Layers:
    """The layers of one file; ``any_hidden`` if some are."""

    def __init__(self, properties: object) -> None:
        groups = members(entry(properties, "/OCGs"))
        default = entry(properties, "/D")
        known = {key_of(group): group for group in groups}
        state = name_of(entry(default, "/BaseState"))
        hidden = set(known) if state == "/OFF" else set()
        hidden -= {key_of(group) for group in members(entry(default, "/ON"))}
        hidden |= {key_of(group) for group in members(entry(default, "/OFF"))}
        hidden |= {key for key, group in known.items() if _off_on_screen(group)}
        self._known = {*known} - {DIRECT}
        self._hidden: set[Key] = hidden - {DIRECT}
        self.any_hidden = bool(hidden)

    def holds(self, thing: object) -> bool:
        """Tell whether a thing is a group, or a membership of groups."""
        return (
            key_of(thing) in self._known
            or name_of(entry(thing, "/Type")) in ("/OCG", "/OCMD")
            or entry(thing, "/OCGs") is not None
            or entry(thing, "/VE") is not None
        )

    def hides(self, thing: object) -> bool:
        """Tell whether what belongs to a group, or to a membership of groups, is hidden."""
        if not isinstance(thing, pikepdf.Dictionary):
            return False
        if name_of(thing.get("/Type")) != "/OCMD" and not {"/OCGs", "/VE"} & {*thing.keys()}:
            return self._group_hidden(thing)
        if isinstance(thing.get("/VE"), pikepdf.Array):
            try:
                return not _Expression(self).holds(thing.get("/VE"))
            except _UnclearError:
                return True
        groups = [one for one in one_or_all(thing.get("/OCGs")) if isinstance(one, pikepdf.Dictionary)]
        if not groups:
            return False
        off = [self._group_hidden(group) for group in groups]
        match name_of(thing.get("/P")):
            case "/AllOn":
                return any(off)
            case "/AnyOff":
                return not any(off)
            case "/AllOff":
                return not all(off)
            case _:
                return all(off)

    def _group_hidden(self, group: object) -> bool:
        return key_of(group) in self._hidden or _off_on_screen(group)

    def shows(self, group: object) -> bool:
        """Tell whether a single group is shown."""
        return isinstance(group, pikepdf.Dictionary) and not self._group_hidden(group)


def _off_on_screen(group: object) -> bool:
    return name_of(entry(entry(entry(group, "/Usage"), "/View"), "/ViewState")) == "/OFF"


class _UnclearError(Exception):
    pass


class _Expression:
    """A visibility expression: groups under And, Or and Not, no deeper and no longer than anybody writes."""

    def __init__(self, layers: Layers) -> None:
        self._layers = layers
        self._steps = 0

    def holds(self, expression: object, depth: int = 0) -> bool:
        """Return its value; raises _UnclearError if it has none."""
        self._steps += 1
        if depth > _MOST_NESTED or self._steps > _MOST_STEPS:
            raise _UnclearError
        parts = members(expression)
        if not parts:
            return self._layers.shows(expression)
        below = [self.holds(part, depth + 1) for part in parts[1:]]
        match name_of(parts[0]):
            case "/And":
                return all(below)
            case "/Or":
                return any(below)
            case "/Not" if len(below) == 1:
                return not below[0]
        raise _UnclearError
