"""What stands in a paragraph, an item, a heading or a cell -> runs, white space folded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from handouts.document import Run, Runs
from handouts.markup.elements import SPACE, Element, fail, nearest, tags
from handouts.markup.vocabulary import INLINE, NOTE_SLOT, SLOTS

LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*")
_LINK = re.compile(r"(https://|mailto:|tel:|#)[^\s\x00-\x20\x7f]+")


class _Look(NamedTuple):
    """All of a run but its text, in the order of its fields."""

    strong: bool = False
    emphasis: bool = False
    href: str = ""
    language: str = ""
    slot: str = ""


_PLAIN = _Look()
_Piece = tuple[str, _Look]


def runs(element: Element, *, may_be_empty: bool = False) -> Runs:
    """Return the text of an element with the looks that its tags give it.

    White space is folded as a browser does, across the tags too. A slot is kept, though it is empty: it is
    filled later, or a place to write.
    """
    found = tuple(_folded_runs(_pieces(element, _PLAIN)))
    if not may_be_empty and not any(run.slot or run.text.strip() for run in found):
        fail(element.where, f"{element} is empty.", "Put text in it or leave it out.")
    return found


def folded(text: str) -> str:
    """Return the text with its white space folded and none at the ends."""
    return SPACE.sub(" ", text).strip(" ")


def _pieces(element: Element, look: _Look) -> Iterator[_Piece]:
    if look.slot:
        leave_empty(element)
        yield "", look
        return
    for child in element.children:
        if isinstance(child, str):
            yield child, look
        elif child.tag not in INLINE:
            fail(child.where, f"{child} can't stand in {element}.", f"It may hold text and {tags(INLINE)}.")
        else:
            yield from _pieces(child, _look(child, look))


def leave_empty(slot: Element) -> None:
    """Refuse a slot with something in it: what belongs there is put in later, and never by a template."""
    if any(not isinstance(child, str) or SPACE.sub("", child) for child in slot.children):
        advice = f'Leave it empty: <{slot.tag} data-slot="{slot.attributes["data-slot"]}"></{slot.tag}>.'
        fail(slot.where, "something stands in a slot.", advice)


def _look(element: Element, outer: _Look) -> _Look:
    """Return the look in a tag: that of the text round it, and what the tag adds."""
    match element.tag:
        case "strong":
            return outer._replace(strong=True)
        case "em":
            return outer._replace(emphasis=True)
        case "a":
            href = element.attributes.get("href", "")
            if outer.href:
                fail(element.where, "a link stands in a link.", "Take one out.")
            if not _LINK.fullmatch(href):
                fail(element.where, "a link leads nowhere allowed.", "Use https:, mailto:, tel: or #id.")
            return outer._replace(href=href)
    language, slot = element.attributes.get("lang", ""), element.attributes.get("data-slot", "")
    if not language and not slot:
        fail(element.where, "<span> says nothing.", "Give it lang or data-slot, or leave it out.")
    if language and not LANGUAGE.fullmatch(language):
        fail(element.where, f"{language!r} is no language.", 'Write it as lang="la".')
    if slot == NOTE_SLOT:
        fail(element.where, "the note is more than a part of a line.", 'Write <p data-slot="note"></p>.')
    if slot and outer.href:
        fail(
            element.where,
            "a slot stands in a link.",
            "Take it out: a link tells where it leads, and no name.",
        )
    if slot and slot not in SLOTS:
        fail(element.where, f"there is no slot {slot!r}.", nearest(slot, SLOTS))
    return outer._replace(language=language or outer.language, slot=slot)


def _folded_runs(pieces: Iterator[_Piece]) -> Iterator[Run]:
    """Yield runs with folded white space, neighbours of one look as one, nothing empty but slots."""
    joined: list[_Piece] = []
    for text, look in pieces:
        if joined and joined[-1][1] == look:
            joined[-1] = (joined[-1][0] + text, look)
        else:
            joined.append((text, look))
    folds: list[_Piece] = []
    after_space = True
    for unfolded, look in joined:
        text = SPACE.sub(" ", unfolded)
        if after_space and text.startswith(" "):
            text = text[1:]
        if text or look.slot:
            folds.append((text, look))
            after_space = text.endswith(" ")
    while folds and not folds[-1][1].slot and folds[-1][0].endswith(" "):
        text, look = folds.pop()
        if text != " ":
            folds.append((text[:-1], look))
    for text, look in folds:
        yield Run(text, *look)
