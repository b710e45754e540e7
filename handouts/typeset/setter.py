"""The setter: what every block needs to be set, and text broken into lines with its links and slots."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from handouts.clinic import Clinic, Palette
from handouts.document import Block, Figure, Runs, plain
from handouts.errors import UnprintableError
from handouts.figures import Drawing
from handouts.order import Ink
from handouts.typeset import boxes
from handouts.typeset.drawings import drawing_picture
from handouts.typeset.galleys import Galley, Item, Link, Node, Paint, Text, renumbered
from handouts.typeset.lines import Line, baseline, break_lines, line_width, show, text_colour
from handouts.typeset.pictures import Drawn, logo_picture
from handouts.typeset.resources import Glyphs
from handouts.typeset.slots import PERSONAL, Slot
from handouts.typeset.styles import MM, Sheet, Style


@dataclass(frozen=True, slots=True)
class Look:
    """All that decides how a block looks, the width apart; ``page_height`` is the text area's.

    ``drawings`` are those that figures may name as their source; which of them a block shows is for the
    block to compare.
    """

    clinic: Clinic
    palette: Palette
    sheet: Sheet
    ink: Ink
    page_height: float
    drawings: Mapping[str, Drawing] = field(default_factory=dict, compare=False)


@dataclass(slots=True)
class SetBlock:
    """One block of a document as galleys, with its structure nodes; node 0 is the block's own.

    ``glyphs`` are those that it shows, open slots left out.
    """

    nodes: list[Node] = field(default_factory=list)
    galleys: tuple[Galley, ...] = ()
    pictures: dict[str, Drawn] = field(default_factory=dict)
    glyphs: Glyphs = field(default_factory=dict)


class Setter:
    """Sets one block and everything in it, collecting structure nodes as it goes.

    ``set_any`` sets a block of any kind; the kinds that hold others call it for their children.
    ``on_brand`` is true while text stands on the clinic's own colour; ``enlarged`` is a factor of pictures.
    """

    def __init__(
        self, look: Look, into: SetBlock, set_any: Callable[[Setter, Block, int, float], list[Galley]]
    ) -> None:
        self.look = look
        self.into = into
        self.on_brand = False
        self._set_any = set_any
        self.enlarged = 1.0
        self._inline: dict[tuple[int, int], int] = {}

    def set(self, block: Block, parent: int, width: float) -> list[Galley]:
        """Return the galleys of any block."""
        return self._set_any(self, block, parent, width)

    def node(
        self, role: str, parent: int, attributes: dict[str, str] | None = None, *, inline: bool = False
    ) -> int:
        """Add a structure node and return its number; attributes are named by owner."""
        keep_empty = role in {"TD", "TH", "TR"}
        self.into.nodes.append(Node(role, parent, attributes or {}, inline=inline, keep_empty=keep_empty))
        return len(self.into.nodes) - 1

    def picture(self, block: Figure) -> Drawn:
        """Return what a figure shows: a drawing that was handed in, or the clinic's logo."""
        drawing = self.look.drawings.get(block.source)
        if drawing:
            return drawing_picture(drawing)
        if block.source != "logo" or self.look.clinic.logo is None:
            raise UnprintableError(
                f"there is no picture called {block.source!r}.",
                advice="A template can show: logo, exercise:ID, icon:NAME, map:VIEW:REGIONS.",
            )
        return logo_picture(self.look.clinic.logo, self.look.ink)

    def picture_size(self, block: Figure, width: float) -> tuple[float, float]:
        """Return width and height of a figure: as large as its room allows, its proportions kept."""
        drawn = self.picture(block)
        room = min(block.width_mm * MM * self.enlarged, width)
        scale = min(room / drawn.width, block.height_mm * MM * self.enlarged / drawn.height)
        return drawn.width * scale, drawn.height * scale

    def graft(self, block: SetBlock, parent: int) -> list[Galley]:
        """Return the galleys of a block that was set on its own, its nodes hung below one of this block."""
        nodes = self.into.nodes
        first = len(nodes)
        nodes += [
            replace(node, parent=parent if node.parent < 0 else node.parent + first) for node in block.nodes
        ]
        self.into.pictures.update(block.pictures)
        return renumbered(block.galleys, first)

    def forget(self, first: int) -> None:
        """Drop the nodes from a number on: what they belonged to is about to be set anew."""
        del self.into.nodes[first:]
        for key in [key for key, number in self._inline.items() if number >= first or key[0] >= first]:
            del self._inline[key]

    def text_line(
        self, line: Line, runs: Runs, node: int, style: Style, width: float, *, place: tuple[int, int] | None
    ) -> tuple[Item, ...]:
        """Return the items of one line: its text, and the underline and area of each link in it.

        ``place`` is the number of the line and how many there are, where a slot in it is open.
        """
        look = self.look
        x = 0.0
        if style.align != "left":
            x = (width - line_width(line, style)) / (2 if style.align == "centre" else 1)
        colour = text_colour(style, look.palette, on_brand=self.on_brand)
        items: list[Item] = []
        y = baseline(style)
        start = 0
        while start < len(line):
            run_number = line[start].run
            run = runs[run_number]
            special = bool(run.href or run.language or run.slot)
            end = start + 1
            while end < len(line) and (
                line[end].run == run_number
                if special
                else not (
                    runs[line[end].run].href or runs[line[end].run].language or runs[line[end].run].slot
                )
            ):
                end += 1
            part = line[start:end]
            part_width = sum(piece.face.width(piece.text, style.size) for piece in part)
            target = self.inline_node(run_number, runs, node) if special else node
            shown_colour = look.palette.brand if run.href and not self.on_brand else colour
            shown = tuple(part)
            body = show(shown, style, shown_colour)
            slot = None
            if run.slot in PERSONAL:
                own = replace(run, text="")
                room = (width - x, place[1], place[0]) if place else ()
                slot = Slot(own, style, shown_colour, *room)
            items.append(Text(target, x, y, body, slot))
            if run.href:
                bare = line_width(shown, style)
                line_y = -style.size * 0.09
                items.append(Paint(x, y, boxes.rule(0, line_y, bare, line_y, 0.7, shown_colour)))
                label = plain((run,)) if run.href.startswith("#") else f"{plain((run,))}: {run.href}"
                items.append(Link(target, x, y - style.size, bare, style.size * 1.3, run.href, label))
            x += part_width
            start = end
        return tuple(items)

    def inline_node(self, run_number: int, runs: Runs, parent: int) -> int:
        """Return the node of a link, of words in another language or of a slot, made at first use."""
        key = (parent, run_number)
        if key not in self._inline:
            run = runs[run_number]
            number = self.node("Link" if run.href else "Span", parent, inline=True)
            self.into.nodes[number].language = run.language
            self._inline[key] = number
        return self._inline[key]

    def lines(
        self, runs: Runs, node: int, style: Style, width: float, *, in_paragraph: bool = False
    ) -> list[Galley]:
        """Return text as one galley a line, with no lonely first or last line.

        A slot is open only ``in_paragraph``, the one place where nothing is measured by the words.
        """
        broken = break_lines(runs, style, width)
        last = len(broken) - 1
        is_open = (
            in_paragraph
            and style.align == "left"
            and (len(runs) == 1 or (len(broken) == 1 and not any(run.slot for run in runs[:-1])))
        )
        galleys = []
        for number, line in enumerate(broken):
            keep = style.keep if number == last else last < 3 or number in (0, last - 1)
            galleys.append(
                Galley(
                    height=style.leading,
                    items=self.text_line(
                        line, runs, node, style, width, place=(number, len(broken)) if is_open else None
                    ),
                    before=style.before if number == 0 else 0,
                    after=style.after if number == last else 0,
                    keep=keep,
                )
            )
        return galleys
