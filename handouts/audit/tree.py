"""The structure tree and the parent tree, read into plain objects without recursion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import pikepdf

from handouts.audit.defect import Findings
from handouts.audit.objects import Key, entries, key_of, members, name_of, text_of, whole

MOST_ELEMENTS = 500_000
_PATH_STEPS = 5

_NAMES = """
    Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private H H1 H2 H3 H4 H5 H6 P
    L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot
    Ruby RB RT RP Warichu WT WP Figure Formula Form
"""
STANDARD: Final = frozenset(_NAMES.split())
_NAMES_2 = """DocumentFragment Aside Title FENote Sub Em Strong Artifact"""
_SECOND: Final = STANDARD.union(_NAMES_2.split())
_NAMESPACE_2 = "http://iso.org/pdf2/ssn"


@dataclass(slots=True)
class MarkRef:
    """Marked content that an element holds: the page or form that it stands in, and its number."""

    owner: Key
    mcid: int


@dataclass(slots=True)
class ObjectRef:
    """A whole object that an element holds, such as a link annotation."""

    key: Key


@dataclass(slots=True, eq=False)
class Element:
    """One structure element; ``tag`` is its own name, ``role`` the standard type that it stands for."""

    values: dict[str, Any]
    key: Key
    tag: str
    role: str
    parent: Element | None
    number: int = 1
    kids: list[Element | MarkRef | ObjectRef] = field(default_factory=list)

    @property
    def elements(self) -> list[Element]:
        """The kids that are elements."""
        return [kid for kid in self.kids if isinstance(kid, Element)]

    @property
    def path(self) -> str:
        """Where the element stands, as its last few tags; numbers count brothers of the same tag."""
        steps: list[str] = []
        one: Element | None = self
        while one is not None and len(steps) < _PATH_STEPS:
            steps.append(one.tag[:40] + (f"[{one.number}]" if one.number > 1 else ""))
            one = one.parent
        return ("…/" if one is not None else "") + "/".join(reversed(steps))

    def attributes(self) -> dict[str, Any]:
        """Return all attributes of the element, whatever their owner."""
        thing = self.values.get("/A")
        if thing is None:
            return {}
        found: dict[str, Any] = {}
        for one in members(thing) or [thing]:
            found.update(entries(one))
        return found

    def text_value(self, key: str) -> str | None:
        """Return a text entry (``/Alt``, ``/ActualText``, ``/Lang``); None if there is none."""
        thing = self.values.get(key)
        return None if thing is None else text_of(thing)


@dataclass(slots=True)
class Tree:
    """The structure tree: ``top`` are the elements right under the root, ``parents`` the parent tree."""

    top: list[Element]
    parents: dict[int, Any]
    count: int = 0

    def walk(self) -> Iterator[Element]:
        """Yield every element, parents first, in reading order."""
        waiting = list(reversed(self.top))
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(kid for kid in reversed(element.kids) if isinstance(kid, Element))


class Roles:
    """Which standard type a tag stands for."""

    def __init__(self, root: dict[str, Any], found: Findings) -> None:
        self._map = {key[1:]: name_of(value) for key, value in entries(root.get("/RoleMap")).items()}
        self._found = found
        self._known: dict[str, str] = {}
        for tag in self._map:
            if tag in STANDARD and self._map[tag] != tag:
                found.add("role-loop", f"The role map gives the standard type {tag} another meaning.")

    def role(self, tag: str, namespace: object) -> str:
        """Return the standard type; the tag itself, told as a defect, if it stands for none."""
        if namespace is not None:
            return self._in_namespace(tag, namespace)
        role = self._known.get(tag)
        if role is None:
            role = self._known[tag] = self._resolve(tag)
        return role

    def _resolve(self, tag: str) -> str:
        seen: set[str] = set()
        one = tag
        while one not in STANDARD:
            if one in seen:
                self._found.add("role-loop", f"The role map goes round in circles for the tag {tag[:40]}.")
                return tag
            seen.add(one)
            if one not in self._map:
                self._found.add("role-unknown", f"The tag {tag[:40]} is no standard type and mapped to none.")
                return tag
            one = self._map[one]
        return one

    def _in_namespace(self, tag: str, namespace: object) -> str:
        space = entries(namespace)
        if text_of(space.get("/NS")) == _NAMESPACE_2 and tag in _SECOND:
            return {"Title": "P", "FENote": "Note", "Aside": "Sect", "Em": "Span", "Strong": "Span"}.get(
                tag, tag
            )
        mapped = entries(space.get("/RoleMapNS")).get("/" + tag)
        target = name_of(mapped) or name_of(next(iter(members(mapped)), None))
        return self.role(target or tag, None)


def read_tree(root: pikepdf.Dictionary, found: Findings) -> Tree:
    """Read the structure tree below its root dictionary, telling loops, wrong parents and strange kids."""
    values = dict(root.items())
    roles = Roles(values, found)
    tree = Tree([], read_number_tree(values.get("/ParentTree"), found))
    seen: set[Key] = set()
    waiting: list[tuple[Any, Element | None, Key]] = [(values.get("/K"), None, (0, 0))]
    root_key = key_of(root)
    while waiting:
        kids, parent, page = waiting.pop()
        into = tree.top if parent is None else parent.kids
        numbers: dict[str, int] = {}
        for kid in members(kids) or ([] if kids is None or isinstance(kids, pikepdf.Array) else [kids]):
            number = whole(kid)
            if number is not None and parent is not None:
                parent.kids.append(MarkRef(page, number))
                continue
            held = entries(kid)
            kind = name_of(held.get("/Type"))
            if kind == "MCR" and parent is not None:
                owner = held.get("/Stm", held.get("/Pg"))
                mcid = whole(held.get("/MCID"))
                parent.kids.append(
                    MarkRef(page if owner is None else key_of(owner), -1 if mcid is None else mcid)
                )
            elif kind == "OBJR" and parent is not None:
                parent.kids.append(ObjectRef(key_of(held.get("/Obj"))))
            elif "/S" in held:
                key = key_of(kid)
                if key in seen:
                    found.add("tree-loop", f"An element below {_where(parent)} is reached twice.")
                    continue
                if key != (0, 0):
                    seen.add(key)
                if tree.count >= MOST_ELEMENTS:
                    found.add("tree-too-large", f"There are more than {MOST_ELEMENTS} elements.")
                    return tree
                tree.count += 1
                tag = name_of(held["/S"])
                numbers[tag] = numbers.get(tag, 0) + 1
                element = Element(held, key, tag, roles.role(tag, held.get("/NS")), parent, numbers[tag])
                into.append(element)
                if key_of(held.get("/P")) != (root_key if parent is None else parent.key):
                    found.add(
                        "tree-parent", f"{element.path} names another parent than the one that holds it."
                    )
                below = held.get("/K")
                if below is not None:
                    waiting.append((below, element, key_of(held["/Pg"]) if "/Pg" in held else page))
            else:
                found.add(
                    "tree-element", f"Something below {_where(parent)} is no element, content or object."
                )
    return tree


def _where(parent: Element | None) -> str:
    return "the root" if parent is None else parent.path


def read_number_tree(top: object, found: Findings) -> dict[int, Any]:
    """Return the entries of the parent tree, telling if they are not sorted."""
    numbers: dict[int, Any] = {}
    last = -1
    seen: set[Key] = set()
    waiting = [top]
    while waiting:
        node = waiting.pop()
        key = key_of(node)
        if key in seen or len(numbers) > MOST_ELEMENTS:
            found.add("parent-tree-order", "The parent tree goes round in circles or is too large.")
            break
        if key != (0, 0):
            seen.add(key)
        values = entries(node)
        flat = members(values.get("/Nums"))
        for place in range(0, len(flat) - 1, 2):
            number = whole(flat[place])
            if number is None or number <= last:
                found.add("parent-tree-order", "The keys of the parent tree are not in rising order.")
            if number is not None:
                numbers[number] = flat[place + 1]
                last = number
        waiting.extend(reversed(members(values.get("/Kids"))))
    return numbers
