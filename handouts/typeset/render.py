"""Render: documents set, made up into pages, tagged, and written as one accessible PDF.

``make_up`` turns one document into pages; ``write`` binds one or several of them into a file. A file of
several has a Part for each, its own bookmarks, and packet page numbers beside each handout's own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from handouts.clinic import Clinic, palette
from handouts.document import Document, Run
from handouts.errors import UnprintableError
from handouts.figures import Drawing
from handouts.order import Order
from handouts.pdf.file import PdfFile, compressed, text_string
from handouts.pdf.metadata import Metadata, catalogue, info
from handouts.typeset import makeup, outline
from handouts.typeset.blocks import set_block
from handouts.typeset.galleys import Link
from handouts.typeset.lines import Line, break_lines, line_width, show, text_colour
from handouts.typeset.pictures import Drawn
from handouts.typeset.resources import write_resources
from handouts.typeset.setter import Look, SetBlock
from handouts.typeset.styles import (
    BARE_BASELINE,
    BARE_MARGIN,
    FOOT_BASELINE,
    FOOT_LOWER_BASELINE,
    MARGIN_SIDE,
    MARGIN_TOP,
    PAPER_SIZES,
    Style,
    sheet,
)
from handouts.typeset.tags import Annotated, Element, PaintedPage, Painter, grow, paint_page, write_tree


def _content(page: PaintedPage) -> bytes:
    """Return a page's operators, compressed; a page without personal words is compressed only once."""
    ops = "\n".join(page.ops)
    return compressed(ops) if page.personal else _compressed_once(ops)


@lru_cache(maxsize=256)
def _compressed_once(ops: str) -> bytes:
    return compressed(ops)


FOOT_GAP = 16.0
"""The least space between the two texts at a page's foot."""


def _one_line(text: str, style: Style, width: float) -> Line:
    """Return a text on one line, cut short with an ellipsis if it must be: it stands on page one in full."""
    lines = break_lines((Run(text),), style, width)
    if len(lines) < 2:
        return lines[0] if lines else ()
    words = text.split()
    while len(words) > 1:
        words.pop()
        short = break_lines((Run(f"{' '.join(words)} …"),), style, width)
        if len(short) == 1:
            return short[0]
    return lines[0]


@dataclass(frozen=True, slots=True)
class FootWords:
    """How pages are numbered, with ``{page}`` and ``{pages}`` to be filled in.

    ``packet`` is added, after a middle dot, where handouts are bound into one file.
    """

    page: str
    packet: str


@dataclass(frozen=True, slots=True)
class Reserved:
    """Room for a file that is bound in afterwards: pages with nothing but the packet's foot.

    ``sizes`` are the pages' widths and heights in points; ``anchor`` is where links to it lead.
    """

    title: str
    anchor: str
    sizes: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class MadeUp:
    """A document made up into pages, ready to be written, alone or with others."""

    document: Document
    look: Look
    paper: tuple[float, float]
    blocks: tuple[SetBlock, ...]
    pages: tuple[makeup.Page, ...]


def make_up(
    document: Document, clinic: Clinic, order: Order, drawings: Mapping[str, Drawing] | None = None
) -> MadeUp:
    """Return a document set for a clinic's look and an order's paper, edition and ink.

    ``drawings`` holds what the document's figures name as their sources, the logo apart.

    Raises UnprintableError for text or a picture that cannot be printed exactly.
    """
    width, height = PAPER_SIZES[order.paper]
    styles = sheet(order.edition)
    look = Look(
        clinic=clinic,
        palette=palette(clinic.accent, order.ink),
        sheet=styles,
        ink=order.ink,
        page_height=height - MARGIN_TOP - styles.margin_bottom,
        drawings=drawings or {},
    )
    blocks = tuple(set_block(block, look, width - 2 * MARGIN_SIDE) for block in document.blocks)
    pages = makeup.make_up(list(blocks), look)
    alerts = [number for number, page in enumerate(pages) for placed in page if _is_alert(placed)]
    if alerts and alerts[0]:
        raise UnprintableError(
            "the get-help box would not be on the first page.",
            advice="Shorten what stands above it: the clinic's lines, the title, the message or the names.",
        )
    return MadeUp(document, look, (width, height), blocks, pages)


def _is_alert(placed: makeup.Placed) -> bool:
    return placed.galley.frame is not None and placed.galley.frame.name == "alert"


def first_pages(lengths: Sequence[int], *, duplex: bool = False) -> tuple[int, ...]:
    """Return the index of each part's first page, then the number of all pages.

    For ``duplex`` printing each part begins on a right-hand page; a blank page fills the gap.
    """
    starts, page = [], 0
    for length in lengths:
        page += page % 2 if duplex else 0
        starts.append(page)
        page += length
    return (*starts, page)


def write(
    parts: Sequence[MadeUp | Reserved], metadata: Metadata, words: FootWords, *, duplex: bool = False
) -> bytes:
    """Return one file that holds the parts in order; the same parts give the same bytes.

    One part is the document itself; several become a Part each. The first is never room reserved.
    """
    return _Binder(parts, metadata, words, duplex=duplex).bind()


class _Binder:
    """Writes parts into one file: pages first, then everything that refers to them."""

    def __init__(
        self, parts: Sequence[MadeUp | Reserved], metadata: Metadata, words: FootWords, *, duplex: bool
    ) -> None:
        self.parts = parts
        self.duplex = duplex
        self.metadata = metadata
        self.words = words
        self.file = PdfFile()
        lengths = [len(part.pages if isinstance(part, MadeUp) else part.sizes) for part in parts]
        *self.starts, self.page_count = first_pages(lengths, duplex=duplex)
        self.page_objects = [self.file.reserve() for _ in range(self.page_count)]
        self.painted: list[PaintedPage] = []
        self.papers: list[tuple[float, float]] = []
        self.anchors: list[dict[str, str]] = []
        self.bookmarks: list[tuple[int, outline.Entry]] = []
        self.root = Element("Document", None, language=metadata.language)

    def bind(self) -> bytes:
        """Return the finished file."""
        file = self.file
        for part, start in zip(self.parts, self.starts, strict=True):
            while len(self.painted) < start:
                self._paint_bare(self.papers[-1])
            if isinstance(part, MadeUp):
                self._paint(part)
            else:
                self._reserve(part)
        annotations, link_keys = self._annotations()
        pages = file.reserve()
        resources = write_resources(("\n".join(page.ops) for page in self.painted), self._pictures(), file)
        digest = hashlib.sha256(repr(self.metadata).encode())
        for number, page in enumerate(self.painted):
            width, height = self.papers[number]
            content = file.add_stream(_content(page), compressed=True)
            annots = f"/Annots [{annotations[number]}]" if annotations[number] else ""
            file.put(
                self.page_objects[number],
                f"<</Type/Page/Parent {pages} 0 R/MediaBox [0 0 {width:g} {height:g}]"
                f"/Resources {resources} 0 R/Contents {content} 0 R/StructParents {number}/Tabs/S{annots}>>",
            )
            digest.update("\n".join(page.identity).encode())
        kids = " ".join(f"{number} 0 R" for number in self.page_objects)
        file.put(pages, f"<</Type/Pages/Count {self.page_count}/Kids [{kids}]>>")
        owners = [page.owners for page in self.painted]
        tree = write_tree(self.root, file, self.page_objects, owners, link_keys)
        return file.bytes(
            self._catalogue(pages, tree), file.add(info(self.metadata)), digest.hexdigest()[:32]
        )

    def _catalogue(self, pages: int, tree: int) -> int:
        bookmarks = ""
        if self.bookmarks:
            bookmarks = f"/Outlines {outline.write(outline.nested(self.bookmarks), self.file)} 0 R"
        return catalogue(self.file, self.metadata, pages, tree, bookmarks, duplex=self.duplex)

    def _paint(self, part: MadeUp) -> None:
        """Paint one part's pages and note its anchors and bookmarks."""
        below = self.root
        if len(self.parts) > 1:
            below = Element("Part", self.root, title=part.document.title)
            below.attach()
            if part.document.language != self.metadata.language:
                below.language = part.document.language
        elements = [grow(block, below) for block in part.blocks]
        anchors: dict[str, str] = {}
        self.anchors.append(anchors)
        paper_height = part.paper[1]
        top = paper_height - MARGIN_TOP
        for own_number, page in enumerate(part.pages):
            number = len(self.painted)
            reference = self.page_objects[number]
            if own_number == 0 and part.document.anchor:
                anchors[part.document.anchor] = f"[{reference} 0 R /XYZ 0 {paper_height:g} null]"
            painter = paint_page(number, page, elements, MARGIN_SIDE, top)
            self._foot(painter, part, own_number)
            self.painted.append(painter.done())
            self.papers.append(part.paper)
            for placed in page:
                bookmark = placed.galley.bookmark
                if bookmark is None or placed.repeated:
                    continue
                place = f"[{reference} 0 R /XYZ 0 {min(paper_height, top - placed.top + 8):.1f} null]"
                self.bookmarks.append((bookmark.level, outline.Entry(bookmark.title, place)))
                if bookmark.anchor:
                    anchors.setdefault(bookmark.anchor, place)

    def _reserve(self, part: Reserved) -> None:
        """Paint the pages of a part that comes later, and hang its empty Part in the tree."""
        Element("Part", self.root, title=part.title, keep_empty=True).attach()
        reference = self.page_objects[len(self.painted)]
        place = f"[{reference} 0 R /XYZ 0 {part.sizes[0][1]:g} null]"
        self.anchors.append({part.anchor: place})
        self.bookmarks.append((1, outline.Entry(part.title, place)))
        for size in part.sizes:
            self._paint_bare(size)

    def _paint_bare(self, paper: tuple[float, float]) -> None:
        """Paint a page with only its number in the packet, as low as it can be: others' words stand above."""
        look = next(part.look for part in self.parts if isinstance(part, MadeUp))
        style = look.sheet.style("foot")
        words = self.words.packet.format(page=len(self.painted) + 1, pages=self.page_count)
        line = _one_line(words, style, paper[0] - 2 * BARE_MARGIN)
        x = paper[0] - BARE_MARGIN - line_width(line, style)
        text = show(line, style, text_colour(style, look.palette, on_brand=False))
        painter = Painter(len(self.painted))
        painter.furniture("Footer", f"BT 1 0 0 1 {x:.2f} {BARE_BASELINE:.2f} Tm\n{text}\nET")
        self.painted.append(painter.done())
        self.papers.append(paper)

    def _foot(self, painter: Painter, part: MadeUp, own_number: int) -> None:
        """Paint the line at the page's foot: what this is at the left, the page number at the right."""
        look = part.look
        style = look.sheet.style("foot")
        right = self.words.page.format(page=own_number + 1, pages=len(part.pages))
        if len(self.parts) > 1:
            packet = self.words.packet.format(page=len(self.painted) + 1, pages=self.page_count)
            right = f"{right} · {packet}"
        width = part.paper[0] - 2 * MARGIN_SIDE
        colour = text_colour(style, look.palette, on_brand=False)
        right_line = _one_line(right, style, width)
        right_width = line_width(right_line, style)
        upper, lower = FOOT_BASELINE, FOOT_BASELINE
        left_line = _one_line(part.document.footer, style, width)
        if left_line and line_width(left_line, style) + right_width + FOOT_GAP > width:
            # Two lines, never more: a third would reach into the text.
            lower = FOOT_LOWER_BASELINE
            upper = lower + style.leading
        x = part.paper[0] - MARGIN_SIDE - right_width
        ops = [f"BT 1 0 0 1 {x:.2f} {lower:.2f} Tm\n{show(right_line, style, colour)}\nET"]
        if left_line:
            left = show(left_line, style, colour)
            ops.insert(0, f"BT 1 0 0 1 {MARGIN_SIDE:.2f} {upper:.2f} Tm\n{left}\nET")
        painter.furniture("Footer", "\n".join(ops))

    def _pictures(self) -> dict[str, Drawn]:
        return {
            key: drawn
            for part in self.parts
            if isinstance(part, MadeUp)
            for block in part.blocks
            for key, drawn in block.pictures.items()
        }

    def _annotations(self) -> tuple[list[str], dict[int, Element]]:
        """Write the link annotations, one for each link and page; return them by page, and their keys."""
        by_page: list[str] = []
        keys: dict[int, Element] = {}
        own: Iterator[dict[str, str]] = iter(self.anchors)
        anchors: dict[str, str] = {}
        for number, page in enumerate(self.painted):
            if number in self.starts:
                anchors = next(own)
            references = []
            for element, areas in page.links.items():
                key = self.page_count + len(keys)
                annotation = self._annotation(areas, key, anchors)
                keys[key] = element
                element.kids.append(Annotated(number, annotation))
                references.append(f"{annotation} 0 R")
            by_page.append(" ".join(references))
        return by_page, keys

    def _annotation(
        self, areas: list[tuple[Link, tuple[float, float, float, float]]], key: int, anchors: dict[str, str]
    ) -> int:
        link = areas[0][0]
        rectangles = [rectangle for _, rectangle in areas]
        left, bottom = (min(rectangle[side] for rectangle in rectangles) for side in (0, 1))
        right, top = (max(rectangle[side] for rectangle in rectangles) for side in (2, 3))
        quads = ""
        if len(rectangles) > 1:
            corners = (
                f"{x0:.2f} {y1:.2f} {x1:.2f} {y1:.2f} {x0:.2f} {y0:.2f} {x1:.2f} {y0:.2f}"
                for x0, y0, x1, y1 in rectangles
            )
            quads = f"/QuadPoints [{' '.join(corners)}]"
        return self.file.add(
            f"<</Type/Annot/Subtype/Link/Rect [{left:.2f} {bottom:.2f} {right:.2f} {top:.2f}]{quads}"
            f"/F 4/Border [0 0 0]/StructParent {key}/Contents {text_string(link.label)}"
            f"{self._target(link.href, anchors)}>>"
        )

    def _target(self, href: str, anchors: dict[str, str]) -> str:
        if not href.startswith("#"):
            return f"/A <</Type/Action/S/URI/URI {text_string(href)}>>"
        everywhere = {anchor: place for part in self.anchors for anchor, place in part.items()}
        place = anchors.get(href[1:]) or everywhere.get(href[1:])
        if place is None:
            raise AssertionError(f"a link leads to {href!r}, which is nowhere in the document")
        return f"/Dest {place}"
