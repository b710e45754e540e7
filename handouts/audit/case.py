"""One file under audit: what every check needs, read once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pikepdf

from handouts.audit.content import Contents, Mark
from handouts.audit.defect import Findings
from handouts.audit.geometry import Box, common
from handouts.audit.objects import Key, box_of, entries, key_of, members
from handouts.audit.stream import read_page
from handouts.audit.tree import Element, MarkRef, Tree, read_tree

_MOST_PAGES = 20_000
_MOST_PARENTS = 64
_MOST_STEPS = 2_000
_INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")


@dataclass(slots=True, eq=False)
class Page:
    """One page: its number from 1, its entries with the inherited ones, its annotations."""

    number: int
    key: Key
    thing: pikepdf.Dictionary
    values: dict[str, Any]
    annotations: list[Any]

    @property
    def visible_box(self) -> Box | None:
        """What is printed of the page, in points."""
        media, crop = box_of(self.values.get("/MediaBox")), box_of(self.values.get("/CropBox"))
        return (common(media, crop) if media and crop else None) or crop or media


@dataclass(slots=True, eq=False)
class Case:
    """A file being audited.

    ``own`` says that its text is known, so that a doubt about it is a defect. ``marks`` and ``elements``
    are found by owner (page or form) and number of marked content. ``claims`` are the families of
    standards that the file claims (``pdfua``, ``pdfa``), and ours by part and level (``ua1``, ``a2a``).
    """

    pdf: pikepdf.Pdf
    found: Findings
    own: bool
    catalog: dict[str, Any]
    pages: list[Page]
    page_numbers: dict[Key, int]
    tree: Tree | None
    elements: list[Element]
    contents: Contents
    marks: dict[tuple[Key, int], Mark] = field(default_factory=dict)
    holders: dict[tuple[Key, int], Element] = field(default_factory=dict)
    claims: frozenset[str] = frozenset()

    def page_of(self, element: Element) -> int:
        """Return the page on which an element begins; 0 if it is on none."""
        waiting: list[object] = [element]
        for _ in range(_MOST_STEPS):
            if not waiting:
                break
            one = waiting.pop()
            if isinstance(one, MarkRef):
                mark = self.marks.get((one.owner, one.mcid))
                page = mark.page if mark is not None else self.page_numbers.get(one.owner, 0)
                if page:
                    return page
            elif isinstance(one, Element):
                waiting.extend(reversed(one.kids))
        return self.page_numbers.get(key_of(element.values.get("/Pg")), 0)


def open_case(pdf: pikepdf.Pdf, found: Findings, *, own: bool) -> Case:
    """Read the pages, the trees and all page content of a file."""
    catalog = entries(pdf.Root)
    pages = _read_pages(pdf, found)
    root = catalog.get("/StructTreeRoot")
    tree = None
    if isinstance(root, pikepdf.Dictionary):
        tree = read_tree(root, found)
    else:
        found.add("tree-missing", "The file has no structure tree: a screen reader has to guess.")
    elements = list(tree.walk()) if tree else []
    numbers = {page.key: page.number for page in pages}
    measured = _rooms(elements, {page.key: page.visible_box for page in pages})

    def tell(code: str, sentence: str, page: int) -> None:
        if tree is not None or code != "content-unmarked":  # an untagged file is told once, not line by line
            found.add(code, sentence, page)

    contents = Contents(tell, measured)
    for page in pages:
        try:
            read_page(contents, page.number, page.thing, page.values.get("/Resources"))
        except (ValueError, pikepdf.PdfError, pikepdf.DataDecodingError):
            found.add(
                "unreadable-part", "The content, or a font, cannot be read or is too large.", page.number
            )
    return Case(pdf, found, own, catalog, pages, numbers, tree, elements, contents)


def _rooms(
    elements: list[Element], visible: dict[Key, Box | None]
) -> dict[tuple[Key, int | None], Box | None]:
    """Return the marks of the figures, each with what of the figure's own box is on the page."""
    rooms: dict[tuple[Key, int | None], Box | None] = {}
    for element in elements:
        if element.role == "Figure":
            box = box_of(element.attributes().get("/BBox"))
            for kid in element.kids:
                if isinstance(kid, MarkRef):
                    page = visible.get(kid.owner)
                    rooms[kid.owner, kid.mcid] = common(box, page) if box and page else None
    return rooms


def _read_pages(pdf: pikepdf.Pdf, found: Findings) -> list[Page]:
    pages: list[Page] = []
    for number, page in enumerate(pdf.pages, 1):
        if number > _MOST_PAGES:
            found.add("unreadable-part", f"There are more than {_MOST_PAGES} pages.")
            break
        thing = page.obj
        values = dict(thing.items())
        above, steps = values.get("/Parent"), 0
        while above is not None and steps < _MOST_PARENTS:
            held = entries(above)
            for key in _INHERITED:
                if key not in values and key in held:
                    values[key] = held[key]
            above, steps = held.get("/Parent"), steps + 1
        pages.append(Page(number, key_of(thing), thing, values, members(values.get("/Annots"))))
    return pages
