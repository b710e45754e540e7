"""The outline: bookmarks nested by the level of their headings."""

from __future__ import annotations

from dataclasses import dataclass, field

from handouts.pdf.file import PdfFile, text_string


@dataclass(slots=True)
class Entry:
    """One bookmark: its words, where it leads (``[page /XYZ ...]``), and those below it."""

    title: str
    destination: str
    children: list[Entry] = field(default_factory=list)
    number: int = 0


def nested(flat: list[tuple[int, Entry]]) -> list[Entry]:
    """Return entries, given with their heading levels in reading order, as a forest."""
    forest: list[Entry] = []
    path: list[tuple[int, Entry]] = []
    for level, entry in flat:
        while path and path[-1][0] >= level:
            path.pop()
        (path[-1][1].children if path else forest).append(entry)
        path.append((level, entry))
    return forest


def write(forest: list[Entry], file: PdfFile) -> int:
    """Write the outline and return the number of its root."""
    root = file.reserve()
    _number(forest, file)
    first, last = _write_level(forest, root, file)
    file.put(root, f"<</Type/Outlines/First {first} 0 R/Last {last} 0 R/Count {_count(forest, depth=2)}>>")
    return root


def _number(entries: list[Entry], file: PdfFile) -> None:
    for entry in entries:
        entry.number = file.reserve()
        _number(entry.children, file)


def _count(entries: list[Entry], depth: int) -> int:
    """Return how many entries are visible when only so many levels are open."""
    if depth == 0:
        return 0
    return len(entries) + sum(_count(entry.children, depth - 1) for entry in entries)


def _write_level(entries: list[Entry], parent: int, file: PdfFile, depth: int = 2) -> tuple[int, int]:
    for place, entry in enumerate(entries):
        parts = [f"<</Title {text_string(entry.title)}/Parent {parent} 0 R/Dest {entry.destination}"]
        if place:
            parts.append(f"/Prev {entries[place - 1].number} 0 R")
        if place + 1 < len(entries):
            parts.append(f"/Next {entries[place + 1].number} 0 R")
        if entry.children:
            first, last = _write_level(entry.children, entry.number, file, depth - 1)
            visible = _count(entry.children, max(1, depth - 1))
            count = visible if depth > 1 else -visible
            parts.append(f"/First {first} 0 R/Last {last} 0 R/Count {count}")
        file.put(entry.number, "".join(parts) + ">>")
    return entries[0].number, entries[-1].number
