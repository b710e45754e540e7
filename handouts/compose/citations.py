"""The sources of what a sheet really prints, in the order of its text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from handouts.compose.context import SourceLine
from handouts.compose.wording import Words
from handouts.content.library import Library
from handouts.content.models import Source

COMMON_PRACTICE = "GK"


class Cited(Protocol):
    """A text with the keys of its sources."""

    @property
    def text(self) -> str:
        """What is printed."""
        ...

    @property
    def sources(self) -> list[str]:
        """Where it comes from."""
        ...


class Citations:
    """Collects source keys while a sheet is put together: a fact that is not printed brings no source."""

    def __init__(self) -> None:
        self._keys: dict[str, None] = {}

    def add(self, keys: Iterable[str]) -> None:
        """Remember some keys."""
        self._keys.update(dict.fromkeys(keys))

    def text(self, cited: Cited) -> str:
        """Return the text, and remember its sources."""
        self.add(cited.sources)
        return cited.text

    def texts(self, many: Iterable[Cited]) -> tuple[str, ...]:
        """Return the texts, and remember their sources."""
        return tuple(self.text(cited) for cited in many)

    def lines(self, library: Library, words: Words) -> tuple[SourceLine, ...]:
        """Return a line for each source that somebody published."""
        published = (key for key in self._keys if key != COMMON_PRACTICE)
        sources = [source for key in published if (source := library.source(key)).tier != "general"]
        return tuple(dict.fromkeys(_line(source, words) for source in sources))

    def common_practice(self, library: Library) -> bool:
        """Say whether any printed line rests on common practice instead."""
        return any(key == COMMON_PRACTICE or library.source(key).tier == "general" for key in self._keys)


def _line(source: Source, words: Words) -> SourceLine:
    year = f", {source.year}" if source.year else ""
    text = f"{source.publisher}: {source.title}{year}."
    if source.read:
        text += " " + words.phrase("source_read", month=words.month(date.fromisoformat(source.read)))
    return SourceLine(text, link_or_nothing(source.url or "", "https://"))


def link_or_nothing(address: str, scheme: str) -> str:
    """Return the address if it can be a link of that scheme, else nothing: then it is printed only."""
    plain = address.isprintable() and not any(letter.isspace() for letter in address)
    return address if plain and address.startswith(scheme) and len(address) > len(scheme) else ""
