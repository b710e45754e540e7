"""The sources of what a sheet really prints: a fact that is left out brings none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from handouts.compose.context import SourceGroup
from handouts.content.library import Library
from handouts.content.models import CarePart, Condition, FirstCare, Question, Source, Statement
from handouts.content.wording import Words

COMMON_PRACTICE = "GK"


def fact_keys(condition: Condition, care: FirstCare | None) -> list[str]:
    """Return the source keys of a condition's own texts, in the order in which they are read."""
    keys = _keys(condition.message, condition.about, condition.causes, condition.recovery)
    if care:
        parts = (care.rest, care.ice, care.compression, care.elevation)
        keys += _keys([part for part in parts if part.do or part.do_not or part.instead], [care.honest])
    keys += _keys(condition.do_now, condition.expect, condition.avoid, condition.back_to_running)
    return keys + _keys(condition.prevention, condition.clinician_may_offer, condition.questions)


def _keys(*lists: Iterable[Statement | CarePart | Question]) -> list[str]:
    return [key for cited_list in lists for cited in cited_list for key in cited.sources]


class Bibliography:
    """The sources of one sheet: each is named once, under the first part of the sheet that it supports.

    ``parts`` are pairs of a heading and source keys.
    """

    def __init__(self, library: Library, parts: Sequence[tuple[str, Iterable[str]]]) -> None:
        self._parts: list[tuple[str, list[Source]]] = []
        self.common_practice = False
        seen: set[str] = set()
        for heading, keys in parts:
            fresh = [key for key in dict.fromkeys(keys) if key not in seen]
            seen.update(fresh)
            sources = [library.source(key) for key in fresh if key != COMMON_PRACTICE]
            published = [source for source in sources if source.tier != "general"]
            self.common_practice |= len(published) < len(fresh)
            self._parts.append((heading, published))

    def usual_month(self, words: Words) -> str:
        """Return the month in which most of the sources were read; empty if none was."""
        months = Counter(_month(source, words) for _, sources in self._parts for source in sources)
        months.pop("", None)
        return months.most_common(1)[0][0] if months else ""

    def groups(self, words: Words) -> tuple[SourceGroup, ...]:
        """Return the sources by part, those of one publisher together; a line says what is not usual."""
        usual = self.usual_month(words)
        return tuple(
            SourceGroup(heading, _listed(sources, usual, words))
            for heading, sources in self._parts
            if sources
        )


def _listed(sources: list[Source], usual: str, words: Words) -> str:
    titles: dict[str, list[str]] = {}
    for source in sources:
        title = f"{source.title} ({source.year})" if source.year else source.title
        month = _month(source, words)
        if not month:
            title += f", {words.source_unread}"
        elif month != usual:
            title += f", {words.phrase('source_read', month=month)}"
        titles.setdefault(source.publisher, []).append(title)
    return " ".join(f"{publisher}: {'; '.join(found)}." for publisher, found in titles.items())


def _month(source: Source, words: Words) -> str:
    return words.month(date.fromisoformat(source.read)) if source.read else ""
