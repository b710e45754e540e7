"""Galleys: blocks that are set once, as plain values that page make-up can stack, split and paint.

A galley is a strip of the page of a fixed height. Its items say what is painted where, measured from
its own top left corner in points, x to the right and y *down*. Text and pictures name the structure
node that they belong to by its number within the block; everything else is decoration. No item holds a
page, a marked-content id or a position on paper, so one galley can be used many times.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from handouts.typeset.slots import Slot

REPEATED = -1
"""The node number of text that is printed again on another page: shown, but no element's."""


@dataclass(slots=True)
class Node:
    """A structure element of one block: role, parent (number within the block, -1 for the block's own).

    ``attributes`` is the ready body of its ``/A`` dictionary, by owner. An ``inline`` node takes its place
    among its parent's kids when it is first painted; the others stand in source order from the start.
    """

    role: str
    parent: int
    attributes: dict[str, str] = field(default_factory=dict)
    alt: str = ""
    language: str = ""
    inline: bool = False
    keep_empty: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """Shown text of one node; ``body`` selects fonts and colours and shows strings, from a baseline.

    ``slot`` is set where the words are one person's.
    """

    node: int
    x: float
    y: float
    body: str
    slot: Slot | None = None


@dataclass(frozen=True, slots=True)
class Paint:
    """Decoration: path operators in a coordinate system with y *up* from (x, y)."""

    x: float
    y: float
    ops: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of one node: operators with y up from its lower left corner (x, y), and its box.

    ``image`` names an image that the file must hold; '' where the operators draw all of it.
    """

    node: int
    x: float
    y: float
    width: float
    height: float
    ops: str
    image: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """The area of a link, from its upper left corner (x, y); ``label`` describes it for the reader."""

    node: int
    x: float
    y: float
    width: float
    height: float
    href: str
    label: str


Item = Text | Paint | Picture | Link


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A heading for the outline: its level, its words, and the anchor that links use ('' for none)."""

    level: int
    title: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """How a framed galley was made, so that it can be taken apart at a page's end.

    ``name`` is the frame's name, ``width`` its full width, ``height`` the least height.
    """

    name: str
    width: float
    height: float = 0


@dataclass(frozen=True, slots=True)
class Galley:
    """One strip: its height, what it paints, the space round it, and where a page may end.

    ``keep`` forbids a page break after it. ``pieces`` and ``frame`` are set on a framed galley, which may
    be split between its pieces if it must, or, if ``loose``, whenever it does not fit. On the next page a
    table repeats ``head``, its heading row, and a row repeats ``label``, its row head. ``spare`` are
    further strips that make-up may add below it where the page has room.
    """

    height: float
    items: tuple[Item, ...] = ()
    before: float = 0
    after: float = 0
    keep: bool = False
    new_page: bool = False
    bookmark: Bookmark | None = None
    pieces: tuple[Galley, ...] = ()
    frame: Frame | None = None
    loose: bool = False
    head: Galley | None = None
    label: Galley | None = None
    spare: tuple[Galley, ...] = ()


def moved(items: Iterable[Item], dx: float, dy: float) -> tuple[Item, ...]:
    """Return the items, shifted by dx to the right and dy down."""
    if not dx and not dy:
        return tuple(items)
    return tuple(_moved(item, item.x + dx, item.y + dy) for item in items)


def _moved(item: Item, x: float, y: float) -> Item:
    # The two kinds that a page is full of are built directly, which is several times as fast.
    if type(item) is Text:
        return Text(item.node, x, y, item.body, item.slot)
    if type(item) is Paint:
        return Paint(x, y, item.ops)
    return replace(item, x=x, y=y)


def renumbered(galleys: Iterable[Galley], first: int) -> list[Galley]:
    """Return galleys whose nodes are counted from another ``first``; a head that they share stays one."""
    done: dict[int, Galley] = {}

    def one(galley: Galley) -> Galley:
        if id(galley) not in done:
            done[id(galley)] = replace(
                galley,
                items=tuple([_renumbered(item, first) for item in galley.items]),
                pieces=tuple([one(piece) for piece in galley.pieces]),
                head=one(galley.head) if galley.head else None,
                label=one(galley.label) if galley.label else None,
                spare=tuple([one(extra) for extra in galley.spare]),
            )
        return done[id(galley)]

    return [one(galley) for galley in galleys]


def _renumbered(item: Item, first: int) -> Item:
    if isinstance(item, Paint) or item.node == REPEATED:
        return item
    if type(item) is Text:
        return Text(item.node + first, item.x, item.y, item.body, item.slot)
    return replace(item, node=item.node + first)


def gap(upper: Galley | None, lower: Galley) -> float:
    """Return the space between two galleys: the larger of the two wishes, none at the top."""
    return max(upper.after, lower.before) if upper is not None else 0.0


def stacked_height(galleys: Iterable[Galley]) -> float:
    """Return the height of galleys one below the other, outer space left out."""
    height, last = 0.0, None
    for galley in galleys:
        height += gap(last, galley) + galley.height
        last = galley
    return height


def merged(galleys: Iterable[Galley], dx: float = 0, dy: float = 0) -> tuple[tuple[Item, ...], float]:
    """Return the items of galleys one below the other, shifted, and their total height."""
    items: list[Item] = []
    height, last = 0.0, None
    for galley in galleys:
        height += gap(last, galley)
        items.extend(moved(galley.items, dx, dy + height))
        height += galley.height
        last = galley
    return tuple(items), height
