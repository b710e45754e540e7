"""Binding: one part taken into the output, at pages that are given, under an element that is given.

::

    read    destinations, links, structure     numbers are given, nothing is written
    hang    the tree under an element          the caller's choice: at the end, or at a place kept free
    write   pages, links, elements             the parent tree is built anew from the tree
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from handouts.packet import content, untagged
from handouts.packet.annotations import LinkNote, Links
from handouts.packet.boxes import view
from handouts.packet.copying import Copier, Shared
from handouts.packet.destinations import Destinations
from handouts.packet.outline import Bookmark, read_outline
from handouts.packet.roles import PartRoles, Roles, add_classes
from handouts.packet.source import Source, SourcePage
from handouts.packet.stamping import Stamp
from handouts.packet.structure import PART, Element, Reader, Structure, Writer
from handouts.packet.syntax import NULL, Value, reference, whole
from handouts.pdf.file import text_string

_KEPT = (
    b"/MediaBox",
    b"/CropBox",
    b"/BleedBox",
    b"/TrimBox",
    b"/ArtBox",
    b"/Rotate",
    b"/UserUnit",
    b"/Group",
)


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a page: its number in the output, that of the node which holds it, and its foot."""

    number: int
    node: int
    stamp: Stamp | None = None


@dataclass(slots=True)
class Whole:
    """What all parts share in the output; ``keys`` are the values of the parent tree, in their order."""

    shared: Shared
    roles: Roles
    keys: list[bytes] = field(default_factory=list)
    ids: list[tuple[bytes, bytes]] = field(default_factory=list)
    names: list[tuple[bytes, list[tuple[bytes, bytes]]]] = field(default_factory=list)
    layers: list[bytes] = field(default_factory=list)
    hidden: list[bytes] = field(default_factory=list)

    def next_key(self, value: bytes) -> int:
        """Return the place of a new value in the parent tree."""
        self.keys.append(value)
        return len(self.keys) - 1


class Binding:
    """One part being bound in.

    ``mark`` tells its tags, ids and names from those of others; it is empty for the file that others are
    bound into. ``slots`` are where its pages go; a page without one is left to whoever fills that place.
    """

    def __init__(self, whole: Whole, source: Source, slots: Sequence[Slot | None], mark: str) -> None:
        self.source = source
        self._whole = whole
        self._copier = copier = Copier(source, whole.shared)
        self._mark = mark.encode("ascii")
        self._prefix = self._mark + b"." if mark else b""
        self._slots = {page.ref: slot for page, slot in zip(source.pages, slots, strict=True) if slot}
        self.pages = {ref: slot.number for ref, slot in self._slots.items()}
        self._links: Links
        self._places: Destinations
        self.structure = Structure()
        copier.numbers.update(self.pages)

    @property
    def copier(self) -> Copier:
        """What copies the objects of this part."""
        return self._copier

    def read(self, elsewhere: Mapping[int, tuple[int, bytes]] | None = None) -> None:
        """Read where links lead, the links, and the tree.

        ``elsewhere`` are pages of this part that another one fills: their numbers in the output, and where
        on them a link is to lead.
        """
        elsewhere = elsewhere or {}
        self._copier.numbers.update((ref, number) for ref, (number, _) in elsewhere.items())
        order = {page.ref: self._copier.numbers[page.ref] for page in self.source.pages}
        tops = {ref: top for ref, (_, top) in elsewhere.items()}
        self._places = Destinations(self._copier, order, tops)
        pages = [page for page in self.source.pages if page.ref in self.pages]
        self._links = Links(self._copier, self._places, self.source.title)
        self._links.read(pages)
        if self.source.tagged:
            roles = PartRoles(self._whole.roles, self.source, b"_" + (self._mark or b"0"))
            self.structure = Reader(self._copier, roles, self.pages, self._links.numbers).read()
            for link in self._all_links():
                link.element = self.structure.ties.get(link.ref, 0)
        else:
            self._copier.change = self._unmarked_form
            self.structure = untagged.tag_pages(self._copier, self.pages, self._links)

    def hang(self, under: int) -> list[int]:
        """Put the tops of the tree under an element; return their numbers."""
        for top in self.structure.tops:
            top.parent = under
        return [top.number for top in self.structure.tops]

    def wrapped(self, under: int, title: str, language: str) -> int:
        """Put the tree under an element as one Part with a title and a language; return its number."""
        tops = self.structure.tops
        if len(tops) == 1 and tops[0].meaning.role == b"/Document":
            part = tops[0]
            part.meaning = PART
            part.parent = under
        else:
            number = self._whole.shared.file.reserve()
            part = Element(number, under, PART, {}, 0, [reference(one) for one in self.hang(number)])
            self.structure.elements.append(part)
        words: dict[bytes, Value] = {b"/T": text_string(title).encode("latin-1")}
        if self.source.part.language or b"/Lang" not in part.values:
            words[b"/Lang"] = text_string(language).encode("latin-1")
        part.values = {**part.values, **words}
        return part.number

    def outline(self) -> list[Bookmark]:
        """Return the bookmarks of the part."""
        return read_outline(self.source, self._places)

    def page_labels(self) -> bytes:
        """Return how the part numbers its pages, as an entry of the catalogue."""
        labels = self.source.root.get(b"/PageLabels")
        return b"" if labels is None else b"/PageLabels " + self._copier.written(labels)

    def write(self) -> None:
        """Write pages, links and elements, and what they lead to; the parent tree gets their places."""
        pages = self._tie()
        for page in self.source.pages:
            if page.ref in self.pages:
                self._write_page(page, pages.get(page.ref))
        tree = self.source.entries(self.source.root.get(b"/StructTreeRoot"))
        writer = Writer(self._copier, self.pages, self._prefix)
        classes = {
            name: writer.attributes(value)
            for name, value in self.source.entries(tree.get(b"/ClassMap")).items()
        }
        writer.classes = add_classes(self._whole.roles, classes, b"_" + (self._mark or b"0"))
        for element in self.structure.elements:
            writer.write(element)
        self._copier.keep_promises()
        self._whole.ids += [(name, reference(number)) for name, number in writer.ids]
        self._whole.names.append((self._prefix, self._places.named()))
        self._write_layers()
        self._find_flaws()

    def _tie(self) -> dict[int, int]:
        """Give pages, forms and links their places in the parent tree; return those of the pages."""
        pages: dict[int, int] = {}
        marks = self.structure.marks
        for owner in [*self.pages, *self.structure.forms]:
            if owner in marks:
                held = marks[owner]
                row = b"[%b]" % b" ".join(reference(held.get(mcid, 0)) for mcid in range(max(held) + 1))
                key = self._whole.next_key(reference(self._whole.shared.file.add(row.decode("ascii"))))
                if owner in self.pages:
                    pages[owner] = key
                else:
                    self._copier.keys[owner] = b"/StructParents %d" % key
        for ref, element in self.structure.ties.items():
            if ref not in self._links.numbers:
                self._copier.keys[ref] = b"/StructParent %d" % self._whole.next_key(reference(element))
        for link in self._all_links():
            if link.element:
                link.key = self._whole.next_key(reference(link.element))
        return pages

    def _write_page(self, page: SourcePage, key: int | None) -> None:
        slot = self._slots[page.ref]
        parts = [b"<</Type/Page/Parent %d 0 R/Tabs/S" % slot.node]
        parts += [
            b"%b %b" % (one, self._copier.written(page.values[one])) for one in _KEPT if one in page.values
        ]
        resources, contents = self._painted(page, slot)
        parts.append(b"/Resources " + resources)
        if contents:
            parts.append(b"/Contents[%b]" % b" ".join(map(reference, contents)))
        if key is not None:
            parts.append(b"/StructParents %d" % key)
        links = self._links.on_page[page.ref]
        if links:
            parts.append(b"/Annots[%b]" % b" ".join(reference(link.number) for link in links))
        for link in links:
            self._links.write(link, slot.number)
        self._whole.shared.file.put(slot.number, (b"".join(parts) + b">>").decode("latin-1"))

    def _painted(self, page: SourcePage, slot: Slot) -> tuple[bytes, list[int]]:
        """Return the resources of a page, and the numbers of its content: its own, and the foot over it."""
        source, shared = self.source, self._whole.shared
        resources: Value = page.values.get(b"/Resources", {})
        refs = content.content_refs(source, page)
        if source.tagged and slot.stamp is None:
            return self._copier.written(resources), [self._copier.number(ref) for ref in refs]
        data = content.joined(source, refs)
        streams = [self._copier.number(ref) for ref in refs]
        if not source.tagged:
            plain = content.unmarked(source, data)
            if plain is not None:
                data, streams = plain, [shared.add_stream(plain)]
        before, after = content.closing(source, data)
        if not source.tagged:
            tag = b"Figure" if source.part.alt else b"P"
            before, after = b"/%b <</MCID 0>> BDC\n%b" % (tag, before), after + b"EMC\n"
        if slot.stamp is not None:
            resources, name = self._with_form(resources, slot.stamp.form)
            after += slot.stamp.drawn(view(source, page), name)
        written = resources if isinstance(resources, bytes) else self._copier.written(resources)
        return written, [shared.add_stream(before), *streams, shared.add_stream(after)]

    def _with_form(self, resources: Value, form: int) -> tuple[bytes, bytes]:
        """Return resources, written, with one more form, and the name of that form."""
        held = self.source.entries(resources)
        forms = self.source.entries(held.get(b"/XObject"))
        name = b"/PacketFoot"
        while name in forms:
            name += b"x"
        others = self._copier.written(forms).removesuffix(b">>")
        rest = self._copier.written({key: value for key, value in held.items() if key != b"/XObject"})
        return b"%b/XObject %b%b %d 0 R>> >>" % (rest.removesuffix(b">>"), others, name, form), name

    def _unmarked_form(self, values: dict[bytes, Value], ref: int) -> bytes | None:
        if values.get(b"/Subtype") != b"/Form":
            return None
        return content.unmarked(self.source, self.source.data(ref))

    def _all_links(self) -> list[LinkNote]:
        return [link for links in self._links.on_page.values() for link in links]

    def _write_layers(self) -> None:
        properties = self.source.entries(self.source.root.get(b"/OCProperties"))
        usual = self.source.entries(properties.get(b"/D"))
        for key, into in (
            (properties.get(b"/OCGs"), self._whole.layers),
            (usual.get(b"/OFF"), self._whole.hidden),
        ):
            for one in self.source.members(key):
                if isinstance(one, int) and self._copier.number(one):
                    into.append(reference(self._copier.number(one)))

    def _find_flaws(self) -> None:
        """Tell what of the part was wrong, and was put right or withdraws the claim of PDF/UA."""
        source = self.source
        if not source.tagged:
            return
        untied = sum(1 for link in self._all_links() if not link.element)
        if untied:
            source.flaws.append(f"Links are in no tag, so that a screen reader never meets them: {untied}.")
        if self._parent_tree_lies():
            source.notes.append("The way from the pages back to the tags was wrong, and was built anew.")

    def _parent_tree_lies(self) -> bool:
        source, numbers = self.source, self._copier.numbers
        tree = source.entries(source.root.get(b"/StructTreeRoot"))
        told = {whole(key): value for key, value in source.leaves(tree.get(b"/ParentTree"), b"/Nums")}
        for page in source.pages:
            marks = self.structure.marks.get(page.ref)
            if not marks:
                continue
            row = source.members(told.get(whole(source.value(page.values.get(b"/StructParents")))))
            for mcid, element in marks.items():
                ref = row[mcid] if mcid < len(row) else NULL
                if not isinstance(ref, int) or numbers.get(ref) != element:
                    return True
        return False
