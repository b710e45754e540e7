"""The structure tree: walked once without recursion, loops cut, what leads nowhere left out.

The parent tree and the list of ids are made anew from the tree, so that both agree with it whatever the file
said. ISO 32000-1, 14.7.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pikepdf

from handouts.packet.foreign.allowed import KINDS
from handouts.packet.foreign.annotations import Readers
from handouts.packet.foreign.pruner import Pruner
from handouts.packet.foreign.things import (
    DIRECT,
    Key,
    drop,
    entry,
    is_plain,
    key_of,
    name_of,
    one_or_all,
    whole,
)
from handouts.packet.foreign.told import RefusedError

_MOST_ELEMENTS = 200_000
_MOST_MARK = 200_000
_STRINGS = frozenset(("/ID", "/T", "/Lang", "/Alt", "/E", "/ActualText", "/Phoneme"))
_PLAIN = frozenset(("/C", "/PhoneticAlphabet", "/R", "/S", "/Type"))
_KEYS = _STRINGS | _PLAIN | {"/P", "/Pg", "/K", "/A", "/NS"}
_OWNERS = {
    "/Layout": "AttributeLayout",
    "/List": "AttributeList",
    "/PrintField": "AttributePrintField",
    "/Table": "AttributeTable",
    "/Artifact": "AttributeArtifact",
}


@dataclass(slots=True, eq=False)
class _Element:
    thing: Any
    above: _Element | None
    page: Any
    kids: list[Any] = field(default_factory=list)
    lost: bool = False
    changed: bool = False


class Structure:
    """The tree of one file, whose pages and annotations have been settled before."""

    def __init__(
        self, pdf: pikepdf.Pdf, pages: list[pikepdf.Dictionary], pruner: Pruner, readers: Readers
    ) -> None:
        self._pdf = pdf
        self._pages = {key_of(page): page for page in pages}
        self._pruner = pruner
        self._readers = readers
        self._forms: dict[Key, Any] = {}
        self._namespaces: set[Key] = set()
        self._marks: dict[Key, dict[int, Any]] = {}
        self._holders: dict[Key, tuple[Any, Any]] = {}
        self._names: dict[bytes, Any] = {}

    def rebuild(self) -> bool:
        """Put the tree that may stay into the catalog; tell whether there is one."""
        root = self._pdf.Root.get("/StructTreeRoot")
        drop(self._pdf.Root, "/StructTreeRoot")
        if not isinstance(root, pikepdf.Dictionary) or key_of(root) == DIRECT:
            self._untie()
            return False
        self._read_namespaces(root)
        top = _Element(root, None, None)
        order = self._walk(top)
        for element in reversed(order):
            self._close(element)
        if not top.kids:
            self._untie()
            return False
        self._write_root(root, top)
        self._pdf.Root.StructTreeRoot = root
        return True

    def _walk(self, top: _Element) -> list[_Element]:
        order: list[_Element] = []
        seen = {key_of(top.thing)}
        waiting = [top]
        while waiting:
            element = waiting.pop()
            order.append(element)
            if len(order) + len(waiting) > _MOST_ELEMENTS:
                raise RefusedError("too-much")
            if element is not top:
                self._strip(element)
            for kid in one_or_all(element.thing.get("/K")):
                kept = self._kid(element, kid, seen)
                if kept is None:
                    element.lost = True
                else:
                    element.kids.append(kept)
                element.changed |= kept is not kid and getattr(kept, "thing", None) is not kid
            waiting.extend(kid for kid in reversed(element.kids) if isinstance(kid, _Element))
        return order

    def _kid(self, element: _Element, kid: Any, seen: set[Key]) -> Any:  # noqa: ANN401 - whatever the file holds
        mark = whole(kid)
        if mark is not None:
            return self._mark(element, element.page, mark, kid)
        if not isinstance(kid, pikepdf.Dictionary):
            return None
        page = self._page(kid) or element.page
        match name_of(kid.get("/Type")):
            case "/MCR":
                return self._mark_of_stream(element, kid, page)
            case "/OBJR":
                return self._object(element, kid.get("/Obj"), page)
        if not isinstance(kid.get("/S"), pikepdf.Name):
            if (mark := whole(kid.get("/MCID"))) is not None:
                return self._mark_of_stream(element, kid, page)
            return None
        thing = kid if key_of(kid) != DIRECT else self._pdf.make_indirect(kid)
        if key_of(thing) in seen or key_of(thing) in self._pages:
            self._pruner.tell("tags")
            return None
        seen.add(key_of(thing))
        return _Element(thing, element, page)

    def _page(self, thing: Any) -> Any:  # noqa: ANN401 - as above
        return self._pages.get(key_of(thing.get("/Pg")))

    def _mark(self, element: _Element, owner: Any, mark: int, kept: Any) -> Any:  # noqa: ANN401 - as above
        """Return what stands for marked content in its element; None if there is no such content any more."""
        if owner is None or element.above is None or not 0 <= mark <= _MOST_MARK:
            return None
        key = key_of(owner)
        marks = self._marks.setdefault(key, {})
        if mark in marks or mark in self._pruner.cuts.get(key, ()):
            return None
        marks[mark] = element.thing
        return kept

    def _mark_of_stream(self, element: _Element, kid: Any, page: Any) -> Any:  # noqa: ANN401 - as above
        mark, stream = whole(kid.get("/MCID")), kid.get("/Stm")
        if mark is None or page is None:
            return None
        made = pikepdf.Dictionary(Type=pikepdf.Name.MCR, Pg=page, MCID=mark)
        if stream is None:
            return self._mark(element, page, mark, made)
        if key_of(stream) not in self._pruner.drawn:
            return None
        self._forms[key_of(stream)] = stream
        made.Stm = stream
        return self._mark(element, stream, mark, made)

    def _object(self, element: _Element, thing: Any, page: Any) -> Any:  # noqa: ANN401 - as above
        key = key_of(thing)
        if key in self._readers.printed and element.above is not None:
            owner, mark = self._readers.printed[key]
            printed_on = self._pages[owner]
            # The element was a field; what takes its place is words.
            element.thing.S = pikepdf.Name.Span
            drop(element.thing, "/Alt")
            drop(element.thing, "/A")
            made = pikepdf.Dictionary(Type=pikepdf.Name.MCR, Pg=printed_on, MCID=mark)
            return self._mark(element, printed_on, mark, made)
        known = key in self._readers.links or key in self._pruner.drawn
        if not known or key in self._holders or page is None or element.above is None:
            return None
        self._holders[key] = (element.thing, thing)
        return pikepdf.Dictionary(Type=pikepdf.Name.OBJR, Pg=page, Obj=thing)

    def _strip(self, element: _Element) -> None:
        """Leave an element only what ``allowed`` lists and this tree knows."""
        thing = element.thing
        assert element.above is not None
        keys = {*thing.keys()}
        for key in keys - _KEYS:
            self._pruner.tell("embedded" if key == "/AF" else "tags" if key == "/Ref" else "private")
            drop(thing, key)
        for key in keys & _STRINGS:
            if not isinstance(thing.get(key), pikepdf.String):
                drop(thing, key)
        for key in keys & _PLAIN:
            if not is_plain(thing.get(key)):
                drop(thing, key)
        thing["/P"] = element.above.thing
        if "/Pg" in keys:
            page = self._page(thing)
            if page is None:
                drop(thing, "/Pg")
            else:
                element.page = page
        if "/NS" in keys and key_of(thing.get("/NS")) not in self._namespaces:
            drop(thing, "/NS")
        if "/A" in keys:
            self._replace(thing, "/A", self._attributes(thing.get("/A")))
        if "/ID" in keys and (name := thing.get("/ID")) is not None:
            self._names.setdefault(bytes(name), thing)

    def _replace(self, thing: Any, key: str, value: Any) -> None:  # noqa: ANN401 - as above
        if value is None:
            drop(thing, key)
        else:
            thing[key] = value

    def _attributes(self, held: object) -> Any:  # noqa: ANN401 - as above
        """Return attributes made anew, of owners whose words the standard lists; None if none are left."""
        kept = []
        for one in one_or_all(held):
            kind = _OWNERS.get(name_of(entry(one, "/O"))) if isinstance(one, pikepdf.Dictionary) else None
            if kind is None:
                if name_of(entry(one, "/O")) == "/UserProperties":
                    self._pruner.tell("private")
                continue
            values = {key: one.get(key) for key in KINDS[kind] if is_plain(one.get(key)) and key in one}
            kept.append(pikepdf.Dictionary(values))
        if not kept:
            return None
        return kept[0] if len(kept) == 1 else pikepdf.Array(kept)

    def _close(self, element: _Element) -> None:
        """Write an element's kids; one that held only what is gone goes as well."""
        thing = element.thing
        kept = [kid for kid in element.kids if not isinstance(kid, _Element) or kid.kids or not kid.lost]
        if len(kept) < len(element.kids):
            element.kids, element.lost, element.changed = kept, True, True
        if not kept:
            drop(thing, "/K")
            name = thing.get("/ID")
            if element.lost and isinstance(name, pikepdf.String):
                self._names.pop(bytes(name), None)
        elif element.changed:
            kids = [kid.thing if isinstance(kid, _Element) else kid for kid in kept]
            thing["/K"] = kids[0] if len(kids) == 1 else pikepdf.Array(kids)

    def _read_namespaces(self, root: Any) -> None:  # noqa: ANN401 - as above
        spaces = [one for one in one_or_all(root.get("/Namespaces")) if isinstance(one, pikepdf.Dictionary)]
        self._namespaces = {key_of(space) for space in spaces} - {DIRECT}
        for space in spaces:
            for key in list(space.keys()):
                if key == "/RoleMapNS":
                    space[key] = self._roles_of(space.get(key))
                elif key not in ("/Type", "/NS") or not is_plain(space.get(key)):
                    drop(space, key)
        if spaces:
            root.Namespaces = pikepdf.Array([one for one in spaces if key_of(one) != DIRECT])
        else:
            drop(root, "/Namespaces")

    def _roles_of(self, held: object) -> pikepdf.Dictionary:
        roles = pikepdf.Dictionary()
        for key, value in held.items() if isinstance(held, pikepdf.Dictionary) else ():
            parts = one_or_all(value)
            if isinstance(value, pikepdf.Name):
                roles[key] = value
            elif len(parts) == 2 and name_of(parts[0]) and key_of(parts[1]) in self._namespaces:
                roles[key] = pikepdf.Array(parts)
        return roles

    def _write_root(self, root: Any, top: _Element) -> None:  # noqa: ANN401 - as above
        roles = root.get("/RoleMap")
        classes = root.get("/ClassMap")
        had_names = "/IDTree" in root
        kept = {"/Type", "/K", "/Namespaces"}
        for key in list(root.keys()):
            if key not in kept:
                if key == "/AF":
                    self._pruner.tell("embedded")
                drop(root, key)
        root.Type = pikepdf.Name.StructTreeRoot
        if isinstance(roles, pikepdf.Dictionary):
            root.RoleMap = pikepdf.Dictionary(
                {key: value for key, value in roles.items() if isinstance(value, pikepdf.Name)}
            )
        if isinstance(classes, pikepdf.Dictionary):
            made = {key: self._attributes(value) for key, value in classes.items()}
            root.ClassMap = pikepdf.Dictionary(
                {key: value for key, value in made.items() if value is not None}
            )
        if had_names and self._names:
            pairs: list[Any] = []
            for name in sorted(self._names):
                pairs += [pikepdf.String(name), self._names[name]]
            root.IDTree = self._pdf.make_indirect(pikepdf.Dictionary(Names=pikepdf.Array(pairs)))
        self._write_parents(root)

    def _write_parents(self, root: Any) -> None:  # noqa: ANN401 - as above
        """Give pages, forms and links new numbers; write the tree that leads from them to their elements."""
        self._untie()
        numbers: list[Any] = []
        number = 0
        for key, marks in self._marks.items():
            owner = self._pages.get(key) or self._forms[key]
            if not marks:
                continue
            held = [marks.get(mark) for mark in range(max(marks) + 1)]
            numbers += [number, self._pdf.make_indirect(pikepdf.Array(held))]
            owner.StructParents = number
            number += 1
        for element, thing in self._holders.values():
            numbers += [number, element]
            thing.StructParent = number
            number += 1
        root.ParentTree = self._pdf.make_indirect(pikepdf.Dictionary(Nums=pikepdf.Array(numbers)))
        root.ParentTreeNextKey = number

    def _untie(self) -> None:
        """Take the old numbers off everything that was drawn."""
        for page in self._pages.values():
            drop(page, "/StructParents")
            for link in one_or_all(page.get("/Annots")):
                drop(link, "/StructParent")
        for thing in self._pruner.drawn.values():
            drop(thing, "/StructParents")
            drop(thing, "/StructParent")
