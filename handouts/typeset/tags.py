"""Tags: the structure tree, and pages painted so that every mark belongs to it.

The tree stands before the first page is painted; painting only hangs marked content on nodes that
exist. What no node owns is an artifact, so nothing can be left untagged. A block that runs over two pages
stays one element. Marked content outside the tree is an error; that nothing is missing from it is for the
audit to see, which reads the finished file back and compares it with the document.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from handouts.pdf.file import PdfFile, text_string
from handouts.typeset.galleys import REPEATED, Item, Link, Node, Paint, Picture, Text
from handouts.typeset.makeup import Page
from handouts.typeset.setter import SetBlock


@dataclass(frozen=True, slots=True)
class Marked:
    """A piece of content: the index of its page, and its marked-content id there."""

    page: int
    mcid: int


@dataclass(frozen=True, slots=True)
class Annotated:
    """An annotation: the index of its page, and its object number."""

    page: int
    number: int


@dataclass(slots=True, eq=False)
class Element:
    """A structure element of the finished file.

    ``kids`` are elements, :class:`Marked` pieces of content, and :class:`Annotated` links.
    """

    role: str
    parent: Element | None
    attributes: dict[str, str] = field(default_factory=dict)
    alt: str = ""
    language: str = ""
    title: str = ""
    keep_empty: bool = False
    kids: list[Element | Marked | Annotated] = field(default_factory=list)
    number: int = 0
    attached: bool = False

    def attach(self) -> None:
        """Take the next place among the parent's kids (once)."""
        if not self.attached and self.parent is not None:
            self.attached = True
            self.parent.kids.append(self)

    def prune(self) -> bool:
        """Drop empty elements below; tell whether this one holds anything."""
        self.kids = [kid for kid in self.kids if not isinstance(kid, Element) or kid.prune()]
        return bool(self.kids) or self.keep_empty

    def walk(self) -> Iterator[Element]:
        """Yield this element and all below it, in reading order."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(kid for kid in reversed(element.kids) if isinstance(kid, Element))


def grow(block: SetBlock, below: Element) -> list[Element]:
    """Return the elements of one set block, by node number, hung below an element."""
    elements: list[Element] = []
    for node in block.nodes:
        parent = below if node.parent < 0 else elements[node.parent]
        elements.append(_element(node, parent))
    return elements


def _element(node: Node, parent: Element) -> Element:
    element = Element(
        node.role,
        parent,
        dict(node.attributes),
        alt=node.alt,
        language=node.language,
        keep_empty=node.keep_empty,
    )
    if not node.inline:
        element.attach()
    return element


@dataclass(slots=True)
class PaintedPage:
    """One page's operators, the owner of each marked-content id, its link areas, and what it uses.

    ``identity`` is the same page without the personal words: the file's identifier must not depend on a
    patient's name.
    """

    ops: list[str] = field(default_factory=list)
    identity: list[str] = field(default_factory=list)
    owners: list[Element] = field(default_factory=list)
    links: dict[Element, list[tuple[Link, tuple[float, float, float, float]]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    images: set[str] = field(default_factory=set)
    personal: bool = False


class Painter:
    """Paints one page: items in order, each inside the marked content of its element."""

    def __init__(self, page_number: int) -> None:
        self.page_number = page_number
        self.page = PaintedPage()
        self._open: Element | str | None = None

    def paint(self, item: Item, element: Element | None, x: float, y: float) -> None:
        """Paint an item; (x, y) is the galley's top left corner on the page, y up."""
        match item:
            case Paint():
                self._mark("/Artifact BMC")
                self._put(f"q 1 0 0 1 {x + item.x:.2f} {y - item.y:.2f} cm\n{item.ops}\nQ")
            case Text():
                self._mark(element if element is not None else "/Artifact <</Type/Pagination>> BDC")
                place = f"BT 1 0 0 1 {x + item.x:.2f} {y - item.y:.2f} Tm"
                self._put(f"{place}\n{item.body}\nET", f"{place} {item.slot}" if item.slot else "")
                self.page.personal = self.page.personal or bool(item.slot)
            case Picture() if element is not None:
                left, bottom = x + item.x, y - item.y
                element.attributes["Layout"] = (
                    element.attributes.get("Layout", "")
                    + f"/BBox [{left:.2f} {bottom:.2f} {left + item.width:.2f} {bottom + item.height:.2f}]"
                )
                self._mark(element)
                self._put(f"q 1 0 0 1 {left:.2f} {bottom:.2f} cm\n{item.ops}\nQ")
                if item.image:
                    self.page.images.add(item.image)
            case Link() if element is not None:
                left, top = x + item.x, y - item.y
                box = (left, top - item.height, left + item.width, top)
                self.page.links[element].append((item, box))

    def furniture(self, kind: str, ops: str, identity: str = "") -> None:
        """Paint something of the page itself, such as its foot."""
        self._mark(f"/Artifact <</Type/Pagination/Subtype/{kind}>> BDC")
        self._put(ops, identity)

    def done(self) -> PaintedPage:
        """Close what is open and return the page."""
        self._mark(None)
        return self.page

    def _put(self, ops: str, identity: str = "") -> None:
        self.page.ops.append(ops)
        self.page.identity.append(identity or ops)

    def _mark(self, target: Element | str | None) -> None:
        if (
            target == self._open
            and target is not None
            and (isinstance(target, str) or target.role != "Figure")
        ):
            return
        if self._open is not None:
            self._put("EMC")
        self._open = target
        if isinstance(target, Element):
            target.attach()
            mcid = len(self.page.owners)
            target.kids.append(Marked(self.page_number, mcid))
            self.page.owners.append(target)
            self._put(f"/{target.role} <</MCID {mcid}>> BDC")
        elif target is not None:
            self._put(target)


def paint_page(number: int, page: Page, elements: list[list[Element]], left: float, top: float) -> Painter:
    """Paint the text area of one page; ``top`` is the height of its upper edge on the paper."""
    painter = Painter(number)
    for placed in page:
        for item in placed.galley.items:
            if isinstance(item, Paint):
                element = None
            elif placed.repeated:
                element = None
                if isinstance(item, Link | Picture):
                    continue
            elif item.node == REPEATED:
                element = None
            else:
                element = elements[placed.block][item.node]
            painter.paint(item, element, left, top - placed.top)
    return painter


def write_tree(
    root: Element,
    file: PdfFile,
    page_objects: list[int],
    owners: list[list[Element]],
    links: dict[int, Element],
) -> int:
    """Write the structure tree and the parent tree; return the number of the tree's root.

    ``owners`` lists, for each page, the element of each marked-content id; the page's own key in the
    parent tree is its index. ``links`` leads from an annotation's key to its Link element.
    """
    root.prune()
    tree = file.reserve()
    for element in root.walk():
        element.number = file.reserve()
    for element in root.walk():
        file.put(element.number, _element_body(element, tree, page_objects))
    numbers = []
    for key, page_owners in enumerate(owners):
        numbers.append(f"{key} [{' '.join(f'{owner.number} 0 R' for owner in page_owners)}]")
    numbers += [f"{key} {element.number} 0 R" for key, element in sorted(links.items())]
    next_key = max([len(owners) - 1, *links]) + 1
    parent_tree = file.add(f"<</Nums [{' '.join(numbers)}]>>")
    roots = f"/K {root.number} 0 R/ParentTree {parent_tree} 0 R/ParentTreeNextKey {next_key}"
    file.put(tree, f"<</Type/StructTreeRoot{roots}>>")
    for page_owners in owners:
        for owner in page_owners:
            if not owner.number:
                raise AssertionError(f"marked content of a {owner.role} outside the structure tree")
    return tree


def _element_body(element: Element, tree: int, page_objects: list[int]) -> str:
    parent = element.parent.number if element.parent is not None else tree
    parts = [f"<</Type/StructElem/S/{element.role}/P {parent} 0 R"]
    page = next((kid.page for kid in element.kids if not isinstance(kid, Element)), None)
    if page is not None:
        parts.append(f"/Pg {page_objects[page]} 0 R")
    kids = []
    for kid in element.kids:
        match kid:
            case Element():
                kids.append(f"{kid.number} 0 R")
            case Marked():
                where = f"<</Type/MCR/Pg {page_objects[kid.page]} 0 R/MCID {kid.mcid}>>"
                kids.append(str(kid.mcid) if kid.page == page else where)
            case Annotated():
                kids.append(f"<</Type/OBJR/Pg {page_objects[kid.page]} 0 R/Obj {kid.number} 0 R>>")
    if kids:
        parts.append(f"/K [{' '.join(kids)}]")
    if element.language:
        parts.append(f"/Lang {text_string(element.language)}")
    if element.title:
        parts.append(f"/T {text_string(element.title)}")
    if element.alt:
        parts.append(f"/Alt {text_string(element.alt)}")
    attributes = "".join(f"<</O/{owner} {body}>>" for owner, body in element.attributes.items())
    if attributes:
        parts.append(f"/A [{attributes}]" if len(element.attributes) > 1 else f"/A {attributes}")
    parts.append(">>")
    return "".join(parts)
