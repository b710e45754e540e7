"""The binder: parts become one file, pages first, then everything that refers to them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import lru_cache

from handouts.document import Run
from handouts.pdf.file import PdfFile, compressed, text_string
from handouts.pdf.metadata import Metadata, catalogue, info
from handouts.typeset import fonts, outline
from handouts.typeset.galleys import Link
from handouts.typeset.lines import Line, break_lines, line_width, show, text_colour
from handouts.typeset.parts import FootWords, MadeUp, Reserved, first_pages
from handouts.typeset.pictures import Drawn
from handouts.typeset.resources import FACES, joined, reached, shown_glyphs, write_resources
from handouts.typeset.slots import Template
from handouts.typeset.styles import (
    BARE_BASELINE,
    BARE_MARGIN,
    FOOT_BASELINE,
    FOOT_LOWER_BASELINE,
    MARGIN_SIDE,
    MARGIN_TOP,
    Style,
)
from handouts.typeset.tags import Annotated, Element, PaintedPage, Painter, grow, paint_page, write_tree


@lru_cache(maxsize=256)
def _compressed_once(ops: str) -> bytes:
    return compressed(ops)


FOOT_GAP = 16.0
"""The least space between the two texts at a page's foot."""


@lru_cache(maxsize=256)
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


class Binder:
    """Writes parts into one file: pages first, then everything that refers to them."""

    def __init__(
        self, parts: Sequence[MadeUp | Reserved], metadata: Metadata, words: FootWords, *, duplex: bool
    ) -> None:
        self.parts = parts
        self.set_parts = [part for part in parts if isinstance(part, MadeUp)]
        self.duplex = duplex
        self.metadata = metadata
        self.words = words
        self.file = PdfFile()
        lengths = [len(part.pages if isinstance(part, MadeUp) else part.sizes) for part in parts]
        *self.starts, self.page_count = first_pages(lengths, duplex=duplex)
        self.page_objects = [self.file.reserve() for _ in range(self.page_count)]
        self.painted: list[PaintedPage] = []
        self.papers: list[tuple[float, float]] = []
        self.feet: list[str] = []
        self.anchors: list[dict[str, str]] = []
        self.bookmarks: list[tuple[int, outline.Entry]] = []
        self.root = Element("Document", None, language=metadata.language)

    def bind(self) -> tuple[Template, bytes]:
        """Return the finished file, and the template that it is one copy of."""
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
        holes = [(page.ops[place], hole) for page in self.painted for place, hole in page.holes.items()]
        personal = shown_glyphs(ops for ops, hole in holes if hole.slot.room)
        printed = (block.glyphs for part in self.set_parts for block in part.blocks)
        reach = joined(*printed, shown_glyphs(self.feet), reached(personal))
        glyphs = joined(reach, personal)
        resources = write_resources(glyphs, self._pictures(), file)
        kids = " ".join(f"{number} 0 R" for number in self.page_objects)
        file.put(pages, f"<</Type/Pages/Count {self.page_count}/Kids [{kids}]>>")
        owners = [page.owners for page in self.painted]
        tree = write_tree(self.root, file, self.page_objects, owners, link_keys)
        catalogue, about = self._catalogue(pages, tree), file.add(info(self.metadata))
        contents = self._contents()
        digest = hashlib.sha256(repr(self.metadata).encode())
        for number, page in enumerate(self.painted):
            width, height = self.papers[number]
            annots = f"/Annots [{annotations[number]}]" if annotations[number] else ""
            file.put(
                self.page_objects[number],
                f"<</Type/Page/Parent {pages} 0 R/MediaBox [0 0 {width:g} {height:g}]"
                f"/Resources {resources} 0 R/Contents {contents[number]}"
                f"/StructParents {number}/Tabs/S{annots}>>",
            )
            digest.update(page.identity().encode())
        forme = file.locked(catalogue, about, digest.hexdigest()[:32])
        # What only this person's words need must not be in the next one's file.
        alone = glyphs != reach
        template = Template(
            forme,
            tuple(hole for _, hole in holes if hole.slot.room),
            {FACES[resource]: fonts.letters(FACES[resource], used) for resource, used in glyphs.items()},
            frozenset(hole.slot.run.slot for _, hole in holes if alone or not hole.slot.room),
        )
        return template, forme.bytes([ops.encode("ascii") for ops, hole in holes if hole.slot.room])

    def _contents(self) -> list[str]:
        """Write the pages' contents and return what refers to them: an open slot is a stream of its own."""
        contents: list[list[int]] = []
        for page in self.painted:
            streams: list[int] = []
            start = 0
            for place, hole in [*page.holes.items(), (len(page.ops), None)]:
                if hole is not None and not hole.slot.room:
                    continue
                if start < place:
                    is_personal = any(start <= other < place for other in page.holes)
                    ops = "\n".join(page.ops[start:place])
                    packed = compressed(ops) if is_personal else _compressed_once(ops)
                    streams.append(self.file.add_stream(packed, compressed=True))
                if hole is not None:
                    streams.append(0)
                start = place + 1
            contents.append(streams)
        # The numbers of the late streams come last.
        numbers = [
            " ".join(f"{number or self.file.add_late()} 0 R" for number in streams) for streams in contents
        ]
        return [
            listed if len(streams) == 1 else f"[{listed}]"
            for listed, streams in zip(numbers, contents, strict=True)
        ]

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
        look = self.set_parts[0].look
        style = look.sheet.style("foot")
        words = self.words.packet.format(page=len(self.painted) + 1, pages=self.page_count)
        line = _one_line(words, style, paper[0] - 2 * BARE_MARGIN)
        x = paper[0] - BARE_MARGIN - line_width(line, style)
        text = show(line, style, text_colour(style, look.palette, on_brand=False))
        painter = Painter(len(self.painted))
        ops = f"BT 1 0 0 1 {x:.2f} {BARE_BASELINE:.2f} Tm\n{text}\nET"
        painter.furniture("Footer", ops)
        self.feet.append(ops)
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
        self.feet += ops

    def _pictures(self) -> dict[str, Drawn]:
        return {
            key: drawn
            for part in self.set_parts
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
