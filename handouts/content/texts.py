"""Where in the content files a printed text stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from handouts.content.nodes import Mark, Node

_NEVER_PRINTED = frozenset({"worry", "reason", "sources", "not_better_sources", "codes", "pose", "allows"})


def leaves(node: Node) -> Iterator[Node]:
    """Yield every text below a node that a page may print, in the order of the file."""
    if isinstance(node.value, dict):
        for name, child in node.value.items():
            if name not in _NEVER_PRINTED:
                yield from leaves(child)
    elif isinstance(node.value, list):
        for child in node.value:
            yield from leaves(child)
    elif isinstance(node.value, str):
        yield node


def place_of(printed: str, nodes: Iterable[Node]) -> Mark | None:
    """Return where a printed sentence stands: the first text that holds it, its last stop apart."""
    wanted = _folded(printed).rstrip(".!?…")
    found = (leaf.mark for node in nodes for leaf in leaves(node) if wanted in _folded(leaf.raw))
    return next(found, None)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def character_mark(character: str, leaf: Node) -> Mark:
    """Return where a character of a text stands, or where the text does, if an escape stands for it."""
    try:
        lines = Path(leaf.mark.file).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return leaf.mark
    start = leaf.mark.line - 1
    for number, line in enumerate(lines[start:], start):
        column = line.find(character, leaf.mark.column - 1 if number == start else 0)
        if column >= 0:
            return Mark(leaf.mark.file, number + 1, column + 1)
    return leaf.mark
