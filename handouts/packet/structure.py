"""The structure tree of a part, read without recursion and written anew with the numbers of the output.

The tree itself is what counts; the part's parent tree, which often is wrong, is only compared with it. An
element that is reached twice stays where it was met first, so that loops are cut.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from handouts.errors import ForeignError
from handouts.packet.copying import Copier
from handouts.packet.roles import Meaning, PartRoles
from handouts.packet.source import Source
from handouts.packet.syntax import NULL, Value, reference, string, string_bytes, whole, write
from handouts.pdf.file import PdfFile

_MOST_MARKS = 100_000
_MOST_CELLS = 5_000_000
_MOST_ELEMENTS = 2_000_000
_KEPT = (b"/T", b"/Lang", b"/Alt", b"/E", b"/ActualText", b"/R", b"/Phoneme", b"/PhoneticAlphabet")
PART = Meaning(b"/Part", b"/Part")


@dataclass(slots=True, eq=False)
class Element:
    """One element: its number and its parent's in the output, its entries and page as in the part."""

    number: int
    parent: int
    meaning: Meaning
    values: dict[bytes, Value]
    page: int
    kids: list[bytes] = field(default_factory=list)
    on_page: bool = False
    lost: bool = False
    """Whether a link that it held is gone."""


@dataclass(slots=True)
class Structure:
    """The tree of one part.

    ``marks`` are the elements (their numbers) by owner, which is a page or form of the part, and by number
    of marked content; ``ties`` those that hold a whole object, such as a link.
    """

    elements: list[Element] = field(default_factory=list)
    tops: list[Element] = field(default_factory=list)
    marks: dict[int, dict[int, int]] = field(default_factory=dict)
    forms: dict[int, None] = field(default_factory=dict)
    ties: dict[int, int] = field(default_factory=dict)

    @property
    def roles(self) -> set[bytes]:
        """The standard types that the part uses."""
        return {element.meaning.role for element in self.elements}


class Reader:
    """Reads the tree of one part; ``pages`` and ``links`` are the numbers of what is kept in the output."""

    def __init__(
        self, copier: Copier, roles: PartRoles, pages: Mapping[int, int], links: Mapping[int, int]
    ) -> None:
        self._source: Source = copier.source
        self._copier = copier
        self._file: PdfFile = copier.shared.file
        self._roles = roles
        self._pages = pages
        self._links = links
        self._faults: dict[str, int] = {}
        self.structure = Structure()

    def read(self) -> Structure:
        """Return the tree, telling what had to be left out.

        Raises ForeignError if it numbers its content so wildly that the parent tree would fill the memory.
        """
        seen: set[int] = set()
        tree = self.structure
        root = self._source.entries(self._source.root.get(b"/StructTreeRoot"))
        waiting: list[tuple[Value | None, Element | None]] = [(root.get(b"/K"), None)]
        while waiting:
            kids, parent = waiting.pop()
            for kid in self._kids(kids):
                held = self._source.value(kid)
                if not isinstance(held, dict) or b"/S" not in held:
                    self._content(held, parent)
                    continue
                if isinstance(kid, int):
                    if kid in seen:
                        self._fault("Tags that are reached twice were cut once")
                        continue
                    seen.add(kid)
                if len(tree.elements) >= _MOST_ELEMENTS:
                    self._fault("Tags are too many to read, and were cut")
                    break
                element = self._element(held, parent)
                if isinstance(kid, int):
                    self._copier.numbers[kid] = element.number
                waiting.append((held.get(b"/K"), element))
        for element in tree.elements:
            if element.lost and element.meaning.role == b"/Link":
                element.meaning = Meaning(b"/Span", b"/Span")
        if sum(max(marks) for marks in tree.marks.values()) > _MOST_CELLS:
            raise ForeignError("the tags of the file are too many.", where=self._source.part.name)
        self._source.flaws += [f"{what}: {count}." for what, count in self._faults.items()]
        return tree

    def _kids(self, kids: Value | None) -> Iterator[Value]:
        held = self._source.value(kids) if isinstance(kids, int) else kids
        if isinstance(held, list):
            yield from held
        elif kids is not None and held != NULL:
            yield kids

    def _element(self, held: dict[bytes, Value], parent: Element | None) -> Element:
        tag, page = self._source.value(held[b"/S"]), held.get(b"/Pg")
        if not isinstance(tag, bytes) or not tag.startswith(b"/"):
            tag = b"/NonStruct"
            self._fault("Tags without a name")
        if not isinstance(page, int) or page not in self._pages:
            page = parent.page if parent else 0
        meaning = self._roles.meaning(tag, held.get(b"/NS"))
        number = self._file.reserve()
        element = Element(number, parent.number if parent else 0, meaning, held, page)
        self.structure.elements.append(element)
        if parent:
            parent.kids.append(reference(number))
        else:
            self.structure.tops.append(element)
        return element

    def _content(self, held: Value, parent: Element | None) -> None:
        mcid = whole(held)
        if parent is None:
            self._fault("Content outside all tags was left out of the reading order")
        elif mcid is not None:
            if self._mark(parent.page, parent.page, mcid, parent):
                parent.kids.append(b"%d" % mcid)
                parent.on_page = True
        elif isinstance(held, dict) and b"/Obj" in held:
            self._object(held, parent)
        elif isinstance(held, dict) and b"/MCID" in held:
            self._reference(held, parent)
        else:
            self._fault("Things among the tags that are none were left out")

    def _reference(self, held: dict[bytes, Value], parent: Element) -> None:
        page, form = held.get(b"/Pg", parent.page), held.get(b"/Stm")
        mcid = whole(self._source.value(held[b"/MCID"]))
        if not isinstance(page, int) or page not in self._pages:
            page = parent.page
        owner = form if isinstance(form, int) else page
        if mcid is None or not self._mark(owner, page, mcid, parent):
            return
        more = b""
        if isinstance(form, int):
            self.structure.forms[form] = None
            more = b"/Stm %d 0 R" % self._copier.promise(form)
        parent.kids.append(b"<</Type/MCR/Pg %d 0 R%b/MCID %d>>" % (self._pages[page], more, mcid))

    def _mark(self, owner: int, page: int, mcid: int, element: Element) -> bool:
        if page not in self._pages:
            self._fault("Tags for content on no page were emptied")
            return False
        marks = self.structure.marks.setdefault(owner, {})
        if not 0 <= mcid < _MOST_MARKS or mcid in marks:
            self._fault(
                "Content that two tags hold was left to the first"
                if mcid in marks
                else "Content with a number that cannot be was left out"
            )
            return False
        marks[mcid] = element.number
        return True

    def _object(self, held: dict[bytes, Value], parent: Element) -> None:
        thing, page = held[b"/Obj"], held.get(b"/Pg", parent.page)
        number = 0
        if isinstance(thing, int):
            number = self._links.get(thing, 0)
            if not number and self._source.body(thing)[1] is not None:
                number = self._copier.promise(thing)
        if not number or thing in self.structure.ties:
            parent.lost = not any(b"/OBJR" in kid for kid in parent.kids)
            if number:
                self._fault("Links that two tags hold were left to the first")
            return
        assert isinstance(thing, int)
        self.structure.ties[thing] = parent.number
        parent.lost = False
        on = b"/Pg %d 0 R" % self._pages[page] if isinstance(page, int) and page in self._pages else b""
        parent.kids.append(b"<</Type/OBJR/Obj %d 0 R%b>>" % (number, on))

    def _fault(self, what: str) -> None:
        self._faults[what] = self._faults.get(what, 0) + 1


class Writer:
    """Writes the elements of one part; ``prefix`` goes before its ids, ``classes`` are renamed."""

    def __init__(self, copier: Copier, pages: Mapping[int, int], prefix: bytes) -> None:
        self._source: Source = copier.source
        self._copier = copier
        self._pages = pages
        self._prefix = prefix
        self._attributes: dict[int, bytes] = {}
        self.classes: dict[bytes, bytes] = {}
        self.ids: list[tuple[bytes, int]] = []

    def write(self, element: Element) -> None:
        """Write one element."""
        values = element.values
        parts = [b"<</Type/StructElem/S%b/P %d 0 R" % (element.meaning.tag, element.parent)]
        if element.on_page:
            parts.append(b"/Pg %d 0 R" % self._pages[element.page])
        if element.kids:
            kids = element.kids
            parts.append(b"/K " + kids[0] if len(kids) == 1 else b"/K[%b]" % b" ".join(kids))
        kept = {key: self._source.value(values[key]) for key in _KEPT if key in values}
        parts += [b"%b %b" % (key, self._copier.written(value)) for key, value in kept.items()]
        if element.meaning.space:
            parts.append(b"/NS %d 0 R" % element.meaning.space)
        if b"/ID" in values:
            name = self._prefix + string_bytes(self._source.value(values[b"/ID"]))
            self.ids.append((name, element.number))
            parts.append(b"/ID" + string(name))
        if b"/A" in values:
            parts.append(b"/A " + self.attributes(values[b"/A"]))
        if b"/C" in values:
            parts.append(b"/C " + self._class(values[b"/C"]))
        if b"/Ref" in values:
            known = self._copier.numbers
            others = [
                one
                for one in self._source.members(values[b"/Ref"])
                if isinstance(one, int) and known.get(one)
            ]
            parts.append(b"/Ref[%b]" % b" ".join(reference(known[one]) for one in others))
        self._copier.shared.file.put(element.number, (b"".join(parts) + b">>").decode("latin-1"))

    def attributes(self, value: Value) -> bytes:
        """Return attributes as they stand in the output, the ids in their ``/Headers`` prefixed."""
        if isinstance(value, int):
            if value not in self._attributes:
                held = self._source.value(value)
                new = self._prefixed(held)
                same = new is held
                self._attributes[value] = self._copier.written(value if same else new)
            return self._attributes[value]
        return self._copier.written(self._prefixed(value))

    def _prefixed(self, held: Value) -> Value:
        if isinstance(held, dict) and b"/Headers" in held:
            ids = [self._source.value(one) for one in self._source.members(held[b"/Headers"])]
            return {**held, b"/Headers": [string(self._prefix + string_bytes(one)) for one in ids]}
        if isinstance(held, list):
            new: list[Value] = [
                self._prefixed(self._source.value(one) if isinstance(one, int) else one) for one in held
            ]
            changed = any(isinstance(after, dict) and b"/Headers" in after for after in new)
            return new if changed else held
        return held

    def _class(self, value: Value) -> bytes:
        held = self._source.value(value)
        if isinstance(held, list):
            names = [self._source.value(one) for one in held]
            return b"[%b]" % b" ".join(self.classes.get(write(name), write(name)) for name in names)
        return self.classes.get(write(held), write(held))
