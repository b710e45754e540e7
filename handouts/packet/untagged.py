"""Untagged parts: each page becomes one element, so that a screen reader at least meets it.

With an alternative text a page is a Figure that says it. Without one it is a paragraph, in which what text
there is stands in the order of drawing: better than silence, but not accessible, and never called so.
"""

from __future__ import annotations

from collections.abc import Mapping

from handouts.packet.annotations import LinkNote, Links
from handouts.packet.boxes import view
from handouts.packet.copying import Copier
from handouts.packet.roles import Meaning
from handouts.packet.source import SourcePage
from handouts.packet.structure import Element, Structure
from handouts.packet.syntax import Value, reference
from handouts.pdf.file import text_string

FIGURE, PARAGRAPH, LINK = (Meaning(tag, tag) for tag in (b"/Figure", b"/P", b"/Link"))


def tag_pages(copier: Copier, pages: Mapping[int, int], links: Links) -> Structure:
    """Return a tree with an element for each page of a part, and one for each link."""
    source = copier.source
    tree = Structure()
    for place, page in enumerate(source.pages, 1):
        values: dict[bytes, Value] = {}
        if source.part.alt:
            # Numerals are the same in all languages that the alternative text may be in.
            more = f" ({place}/{len(source.pages)})" if len(source.pages) > 1 else ""
            values = {
                b"/Alt": text_string(source.part.alt + more).encode("latin-1"),
                b"/A": {b"/O": b"/Layout", b"/Placement": b"/Block", b"/BBox": _box(copier, page)},
            }
        element = _add(tree, copier, FIGURE if source.part.alt else PARAGRAPH, values, page)
        element.kids.append(b"0")
        element.on_page = True
        tree.marks[page.ref] = {0: element.number}
        for link in links.on_page[page.ref]:
            _tie(tree, copier, link, page, pages[page.ref])
    return tree


def _tie(tree: Structure, copier: Copier, link: LinkNote, page: SourcePage, number: int) -> None:
    element = _add(tree, copier, LINK, {b"/Alt": link.words}, page)
    element.kids.append(b"<</Type/OBJR/Obj %d 0 R/Pg %b>>" % (link.number, reference(number)))
    element.on_page = True
    link.element = element.number


def _add(
    tree: Structure, copier: Copier, meaning: Meaning, values: dict[bytes, Value], page: SourcePage
) -> Element:
    element = Element(copier.shared.file.reserve(), 0, meaning, values, page.ref)
    tree.elements.append(element)
    tree.tops.append(element)
    return element


def _box(copier: Copier, page: SourcePage) -> list[Value]:
    return [f"{value:.2f}".encode("ascii") for value in view(copier.source, page).box]
