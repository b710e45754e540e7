"""What stands in a paragraph, an item, a heading or a cell -> runs, white space folded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from handouts.document import Run, Runs
from handouts.markup.elements import SPACE, Element, fail, nearest, tags
from handouts.markup.vocabulary import INLINE, SLOTS

LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*")
_LINK = re.compile(r"(https://|mailto:|tel:|#)[^\s\x00-\x20\x7f]+")
_PLAIN = Run("")


def runs(element: Element, *, may_be_empty: bool = False) -> Runs:
    """Return the text of an element with the looks that its tags give it.

    White space is folded as a browser does, across the tags too. An empty slot is kept: it is a place to
    write.
    """
    found = tuple(_tidy(_pieces(element, _PLAIN)))
    if not may_be_empty and not any(run.text.strip() or run.slot for run in found):
        fail(element.where, f"{element} is empty.", "Put text in it or leave it out.")
    return found


def folded(text: str) -> str:
    """Return the text with its white space folded and none at the ends."""
    return SPACE.sub(" ", text).strip(" ")


def _pieces(element: Element, look: Run) -> Iterator[Run]:
    if look.slot and not element.children:
        yield look
    for child in element.children:
        if isinstance(child, str):
            yield replace(look, text=child)
        elif child.tag not in INLINE:
            fail(child.where, f"{child} can't stand in {element}.", f"It may hold text and {tags(INLINE)}.")
        elif look.slot:
            fail(child.where, f"{child} stands in a slot.", "A slot holds plain text.")
        else:
            yield from _pieces(child, _look(child, look))


def _look(element: Element, outer: Run) -> Run:
    """Return the look in a tag: that of the text round it, and what the tag adds."""
    match element.tag:
        case "strong":
            return replace(outer, strong=True)
        case "em":
            return replace(outer, emphasis=True)
        case "a":
            href = element.attributes.get("href", "")
            if outer.href:
                fail(element.where, "a link stands in a link.", "Take one out.")
            if not _LINK.fullmatch(href):
                fail(element.where, "a link leads nowhere allowed.", "Use https:, mailto:, tel: or #id.")
            return replace(outer, href=href)
    language, slot = element.attributes.get("lang", ""), element.attributes.get("data-slot", "")
    if not language and not slot:
        fail(element.where, "<span> says nothing.", "Give it lang or data-slot, or leave it out.")
    if language and not LANGUAGE.fullmatch(language):
        fail(element.where, f"{language!r} is no language.", 'Write it as lang="la".')
    if slot and slot not in SLOTS:
        fail(element.where, f"there is no slot {slot!r}.", nearest(slot, SLOTS))
    return replace(outer, language=language or outer.language, slot=slot)


def _tidy(pieces: Iterator[Run]) -> Iterator[Run]:
    """Yield runs with folded white space, each look once in a row, nothing empty but slots."""
    joined: list[Run] = []
    for piece in pieces:
        if joined and replace(joined[-1], text="") == replace(piece, text=""):
            joined[-1] = replace(piece, text=joined[-1].text + piece.text)
        else:
            joined.append(piece)
    spaced = True
    folds: list[Run] = []
    for run in joined:
        text = SPACE.sub(" ", run.text)
        if spaced and text.startswith(" "):
            text = text[1:]
        if text or run.slot:
            folds.append(replace(run, text=text))
            spaced = text.endswith(" ")
    while folds and not folds[-1].slot and folds[-1].text.endswith(" "):
        last = folds.pop()
        if last.text != " ":
            folds.append(replace(last, text=last.text[:-1]))
    yield from folds
