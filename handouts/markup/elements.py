"""Markup text -> elements: well-formed tags, nested, each with the template line that it came from.

The line is told by marks, ``<?at name:line?>``, that the composer puts before the tags of a template. A mark
is no text, and text from content or an order can't forge one, because there every ``<`` is escaped. A reader
of our own, and not an XML one, because text must come through exactly: XML can't hold a control character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from html.entities import html5
from typing import NoReturn

from handouts.document import Block
from handouts.errors import TemplateError
from handouts.markup.vocabulary import ATTRIBUTES, LISTS, VOID

MOST_DEPTH = 40
MOST_KNOWN = 5_000
LEAVES = frozenset(("p", *LISTS, "table"))
"""The tags that hold no block, so that no heading or id in them says what may come next."""
SPACE = re.compile(r"[ \t\n\r\f\v]+")

_TOKEN = re.compile(
    r"""<\?at\ (?P<mark>[^?<>]*)\?>
    | <!--.*?-->
    | </(?P<end>[a-zA-Z][a-zA-Z0-9]*)\s*>
    | <(?P<start>[a-zA-Z][a-zA-Z0-9]*)
      (?P<attributes>(?:\s+(?:[a-zA-Z-]+="[^"<]*"|data-[a-z-]+))*)\s*(?P<closed>/?)>
    | &(?P<entity>\#[0-9]{1,7}|\#x[0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]*);
    | (?P<text>[^<&]+)""",
    re.VERBOSE | re.DOTALL,
)
_MEANT = {"b": "<strong>", "i": "<em>"}
_ATTRIBUTE = re.compile(r'([a-zA-Z-]+)(?:="([^"]*)")?')
_REFERENCE = re.compile(r"&([^;&\s]*)(;?)")


@dataclass(slots=True)
class Element:
    """A tag with its attributes and what stands in it; ``where`` is ``template:line``.

    ``block`` is what a sound element has been found to be, where it is the same in every document.
    """

    tag: str
    attributes: dict[str, str]
    where: str
    children: list[Element | str] = field(default_factory=list)
    block: Block | None = None

    def elements(self, *allowed: str) -> Iterator[Element]:
        """Yield the child elements; text between them, or a tag that is not allowed, is an error."""
        for child in self.children:
            if isinstance(child, str):
                if SPACE.sub("", child):
                    fail(self.where, f"text stands directly in {self}.", "Put it in a tag of its own.")
            elif child.tag not in allowed:
                fail(child.where, f"{child} can't stand in {self}.", f"It may hold {tags(allowed)}.")
            else:
                yield child

    def __str__(self) -> str:
        return f"<{self.tag}>" if self.tag else "the markup"


def fail(where: str, sentence: str, advice: str = "") -> NoReturn:
    """Raise the error for a fault of the template at ``where``."""
    raise TemplateError(sentence, advice=advice, where=where)


def tags(names: tuple[str, ...]) -> str:
    """Return tag names as a reader sees them in a template."""
    return ", ".join(f"<{name}>" for name in names)


def nearest(word: str, known: tuple[str, ...]) -> str:
    """Return the advice for a name that does not exist: the one that was probably meant, or all."""
    if word in _MEANT:
        return f"Write {_MEANT[word]}."
    near = get_close_matches(word, known, 1)
    return f"Did you mean {near[0]}?" if near else f"There are: {', '.join(known)}."


_Known = tuple[Element, str]
_known: dict[tuple[str, str], _Known] = {}
"""Elements read before, by the mark before them and their text, with the mark behind them. The markup of
templates holds nothing of one person."""


def _known_at(text: str, match: re.Match[str], where: str) -> tuple[int, _Known] | None:
    """Return where an element ends that begins here, and what was read there before."""
    end = text.find(f"</{match['start']}>", match.end())
    end += len(match["start"]) + 3
    known = _known.get((where, text[match.start() : end]))
    return (end, known) if known else None


def read(text: str, template: str) -> Element:
    """Return the one ``<article>`` of well-formed markup, comments left out.

    Paragraphs, lists and tables that were read before are not read again: most of a sheet is the same for
    every selection of exercises.
    """
    root = Element("", {}, template)
    opened = [root]
    begun: list[tuple[int, str]] = []
    known: dict[tuple[str, str], dict[str, str]] = {}
    where, position = template, 0
    while match := _TOKEN.match(text, position):
        kind = match.lastgroup
        if kind == "closed" and match["start"] in LEAVES and (found := _known_at(text, match, where)):
            position, (element, where) = found
            opened[-1].children.append(element)
            continue
        position = match.end()
        if kind == "mark":
            where = match["mark"]
        elif kind == "text":
            opened[-1].children.append(match["text"])
        elif kind == "closed":
            tag, written = match["start"], match["attributes"]
            if (tag, written) not in known:
                known[tag, written] = _attributes(tag, written, where)
            element = Element(tag, known[tag, written], where)
            opened[-1].children.append(element)
            if not match["closed"]:
                _open(element, opened)
                begun.append((match.start(), where))
        elif kind == "end":
            closed = _close(match["end"], opened, where)
            start, before = begun.pop()
            if closed.tag in LEAVES:
                _remember((before, text[start:position]), (closed, where))
        elif kind == "entity":
            opened[-1].children.append(_character(match["entity"], where))
    if position < len(text):
        _refuse(text, position, where)
    if len(opened) > 1:
        fail(opened[-1].where, f"{opened[-1]} is never closed.", f"Write </{opened[-1].tag}>.")
    articles = list(root.elements("article"))
    if len(articles) != 1:
        fail(template, f"there are {len(articles)} <article> tags.", "All markup stands in one <article>.")
    return articles[0]


def _remember(key: tuple[str, str], known: _Known) -> None:
    if len(_known) >= MOST_KNOWN:
        _known.clear()
    _known[key] = known


def _close(tag: str, opened: list[Element], where: str) -> Element:
    current = opened[-1]
    if current.tag != tag:
        begun = f"{current} of {current.where}" if current.tag else "nothing"
        fail(where, f"</{tag}> closes {begun}.", "Close tags in the order in which they were opened.")
    return opened.pop()


def _open(element: Element, opened: list[Element]) -> None:
    if element.tag in VOID:
        fail(element.where, f"{element} is not closed.", f"Write <{element.tag}/>.")
    opened.append(element)
    if len(opened) > MOST_DEPTH:
        fail(element.where, f"tags are nested more than {MOST_DEPTH} deep.", "Nest them less.")


def _refuse(text: str, position: int, where: str) -> NoReturn:
    if text[position] == "&":
        fail(where, "an & stands alone.", "Write &amp;.")
    # The name of the tag only: what follows may be a patient's.
    shown = re.match(r"</?[a-zA-Z0-9]*", text[position : position + 20])
    advice = 'Write a tag as <p data-style="lead">, and a < that is none as &lt;.'
    fail(where, f"{shown[0] if shown else '<'} can't be read as a tag.", advice)


def _character(entity: str, where: str) -> str:
    """Return what a character reference without its & and ; stands for."""
    if entity.startswith("#"):
        number = int(f"0{entity[1:]}", 0) if entity[1] in "xX" else int(entity[1:])
        if 0 < number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF:
            return chr(number)
    elif entity + ";" in html5:
        return html5[entity + ";"]
    fail(where, f"&{entity}; is no character.", "Write the character itself, and an & as &amp;.")


def _attributes(tag: str, text: str, where: str) -> dict[str, str]:
    if tag not in ATTRIBUTES:
        fail(where, f"<{tag}> is not a tag that a handout knows.", nearest(tag, tuple(ATTRIBUTES)))
    known = ATTRIBUTES[tag]
    found: dict[str, str] = {}
    for name, value in _ATTRIBUTE.findall(text):
        if name not in known:
            advice = nearest(name, known) if known else "It takes none."
            fail(where, f"<{tag}> has no attribute {name}.", advice)
        if name in found:
            fail(where, f"<{tag}> has {name} twice.", "Leave one out.")
        found[name] = _REFERENCE.sub(lambda match: _reference(match, where), value)
    return found


def _reference(match: re.Match[str], where: str) -> str:
    if not match[2] or not re.fullmatch(r"#[0-9]{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]*", match[1]):
        fail(where, "an & stands alone.", "Write &amp;.")
    return _character(match[1], where)
