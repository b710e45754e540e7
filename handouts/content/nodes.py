"""What YAML text becomes: a tree of nodes, each of which knows its place."""

from __future__ import annotations

from dataclasses import dataclass

from handouts.errors import Problem

Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a file; line and column count from 1."""

    file: str
    line: int
    column: int

    def problem(self, sentence: str, advice: str = "", *, warning: bool = False) -> Problem:
        """Return a problem at this place."""
        return Problem(self.file, self.line, self.column, sentence, advice, warning)


@dataclass(slots=True)
class Node:
    """One value of a YAML file: a map, a list or a scalar.

    ``raw`` is the text of a scalar as written; ``key`` is the place of the key that it stands under.
    """

    mark: Mark
    value: dict[str, Node] | list[Node] | bool | int | float | str | None
    raw: str = ""
    key: Mark | None = None

    def plain(self) -> Plain:
        """Return the value without places, as lists, dictionaries and scalars."""
        if isinstance(self.value, dict):
            return {name: child.plain() for name, child in self.value.items()}
        if isinstance(self.value, list):
            return [child.plain() for child in self.value]
        return self.value

    def child(self, step: str | int) -> Node | None:
        """Return the node under a key or at a position, or None."""
        if isinstance(self.value, dict):
            return self.value.get(step) if isinstance(step, str) else None
        if isinstance(self.value, list) and isinstance(step, int) and step < len(self.value):
            return self.value[step]
        return None

    def under(self, *path: str | int) -> Node | None:
        """Return the node at the end of a path, or None if there is none."""
        found: Node | None = self
        for step in path:
            found = found.child(step) if found else None
        return found

    def place(self, *path: str | int) -> Mark:
        """Return where the node at the end of a path stands; if there is none, where its parent does."""
        found, here = self, self.mark
        for step in path:
            child = found.child(step)
            if child is None:
                break
            found, here = child, child.mark
        return here


def laid_over(base: Node, over: Node, growing: frozenset[str] = frozenset()) -> Node:
    """Return one tree over another: maps merge, all else replaces.

    Below a key named in ``growing`` lists keep what the base has and take what is new.
    """
    if isinstance(base.value, dict) and isinstance(over.value, dict):
        merged = dict(base.value)
        for name, child in over.value.items():
            inner = frozenset({"*"}) if name in growing or "*" in growing else frozenset[str]()
            merged[name] = laid_over(merged[name], child, inner) if name in merged else child
        return Node(over.mark, merged, over.raw, over.key)
    if "*" in growing and isinstance(base.value, list) and isinstance(over.value, list):
        known = {child.raw for child in base.value}
        joined = base.value + [child for child in over.value if child.raw not in known]
        return Node(over.mark, joined, over.raw, over.key)
    return over
