"""The get-help box: the warning signs of a sheet in rows, the most urgent first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from handouts.clinic import Clinic
from handouts.compose.context import HelpRow, SignLine
from handouts.content.models import Sign
from handouts.content.readability import LONGEST_LIST
from handouts.content.signs import URGENCIES
from handouts.content.wording import Words


def help_rows(
    signs: Sequence[Sign], groups: Mapping[str, str], urgent: Sequence[Sign], clinic: Clinic, words: Words
) -> tuple[HelpRow, ...]:
    """Return the rows of the box: one for each urgency, or several where it has too many signs for one list.

    ``groups`` are the heads of such rows; the sign that leads its urgency leads its row, and its row the
    others. ``urgent`` are the signs that must not be read past.
    """
    rows = []
    for urgency in URGENCIES:
        own = [sign for sign in signs if sign.urgency == urgency]
        heading = words.phrase(f"help_{urgency}", number=clinic.emergency_number)
        for group, chunk in _chunks(own):
            lines = tuple(SignLine(sign.text, sign in urgent and urgency != "book") for sign in chunk)
            rows.append(HelpRow(heading, groups.get(group, ""), lines))
            heading = words.phrase(f"help_{urgency}_again", number=clinic.emergency_number)
    return tuple(rows)


def _chunks(signs: list[Sign]) -> Iterator[tuple[str, list[Sign]]]:
    """Yield the signs of one urgency, whole if they are few, else by group as the groups come up."""
    if len(signs) <= LONGEST_LIST:
        if signs:
            yield "", signs
        return
    found: dict[str, list[Sign]] = {}
    for sign in signs:
        found.setdefault(sign.group or "", []).append(sign)
    yield from found.items()
