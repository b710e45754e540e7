"""Roles, classes and namespaces: what tags and classes of all parts mean, without conflict.

Two files may both have a tag ``/Tip`` and mean different things. A role map is first flattened, so that each
tag leads straight to a standard type; a tag that another part gave another meaning gets a new name. So do
classes. Namespaces are the same if their URIs are; the tags that they map are kept apart in the same way.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, NamedTuple

from handouts.packet.source import Source
from handouts.packet.syntax import Value, string, string_bytes
from handouts.pdf.file import PdfFile

_NAMES = """
    Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private H H1 H2 H3 H4 H5 H6 P
    L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot
    Ruby RB RT RP Warichu WT WP Figure Formula Form
"""
STANDARD: Final = frozenset(b"/" + one.encode("ascii") for one in _NAMES.split())
_MOST_STEPS = 100


class Meaning(NamedTuple):
    """A tag in the output, the standard type it stands for, and the number of its namespace (0: none)."""

    tag: bytes
    role: bytes
    space: int = 0


@dataclass(slots=True)
class Roles:
    """The maps of the output: tags to standard types, classes to attributes, and by namespace."""

    file: PdfFile
    roles: dict[bytes, bytes] = field(default_factory=dict)
    classes: dict[bytes, bytes] = field(default_factory=dict)
    spaces: dict[bytes, tuple[int, dict[bytes, bytes]]] = field(default_factory=dict)

    def space(self, uri: bytes) -> tuple[int, dict[bytes, bytes]]:
        """Return the number of a namespace and the tags that it maps."""
        if uri not in self.spaces:
            self.spaces[uri] = self.file.reserve(), {}
        return self.spaces[uri]

    def written(self) -> str:
        """Write the namespaces; return the entries for the root of the tree."""
        for uri, (number, mapped) in self.spaces.items():
            body = b"<</Type/Namespace/NS %b%b>>" % (string(uri), _map(b"/RoleMapNS", mapped))
            self.file.put(number, body.decode("latin-1"))
        out = _map(b"/RoleMap", self.roles) + _map(b"/ClassMap", self.classes)
        if self.spaces:
            out += b"/Namespaces [%b]" % b" ".join(b"%d 0 R" % number for number, _ in self.spaces.values())
        return out.decode("latin-1")


class PartRoles:
    """What the tags of one part are called in the output; ``suffix`` marks those that need a new name."""

    def __init__(self, whole: Roles, source: Source, suffix: bytes) -> None:
        self._whole = whole
        self._source = source
        self._suffix = suffix
        tree = source.entries(source.root.get(b"/StructTreeRoot"))
        self._map = {tag: source.value(role) for tag, role in source.entries(tree.get(b"/RoleMap")).items()}
        self._known: dict[bytes, Meaning] = {}
        self._spaces: dict[int, dict[bytes, Meaning]] = {}

    def meaning(self, tag: bytes, space: Value | None) -> Meaning:
        """Return what a tag becomes; ``space`` is its namespace in the part, if it has one."""
        if isinstance(space, int):
            if space not in self._spaces:
                self._spaces[space] = {}
            known = self._spaces[space]
            if tag not in known:
                known[tag] = self._in_space(tag, self._source.entries(space))
            return known[tag]
        found = self._known.get(tag)
        if found is None:
            found = self._known[tag] = self._enter(tag)
        return found

    def _enter(self, tag: bytes) -> Meaning:
        role = tag
        for _ in range(_MOST_STEPS):
            after = self._map.get(role)
            if role in STANDARD or not isinstance(after, bytes):
                break
            role = after
        if role == tag or role not in STANDARD:
            return Meaning(tag, role)
        new = _free(self._whole.roles, tag, role, self._suffix)
        self._whole.roles[new] = role
        return Meaning(new, role)

    def _in_space(self, tag: bytes, space: dict[bytes, Value]) -> Meaning:
        number, mapped = self._whole.space(string_bytes(space.get(b"/NS")))
        to = self._source.value(self._source.entries(space.get(b"/RoleMapNS")).get(tag))
        target = to[0] if isinstance(to, list) and to else to
        if not isinstance(target, bytes) or not target.startswith(b"/"):
            return Meaning(tag, tag, number)
        body = target
        if isinstance(to, list) and len(to) == 2 and isinstance(to[1], int):
            inner = self._source.entries(to[1]).get(b"/NS")
            body = b"[%b %d 0 R]" % (target, self._whole.space(string_bytes(inner))[0])
        new = _free(mapped, tag, body, self._suffix)
        mapped[new] = body
        return Meaning(new, target, number)


def add_classes(whole: Roles, classes: dict[bytes, bytes], suffix: bytes) -> dict[bytes, bytes]:
    """Take in the class map of a part, written; return what its classes are called in the output."""
    names = {}
    for name, body in classes.items():
        new = names[name] = _free(whole.classes, name, body, suffix)
        whole.classes[new] = body
    return names


def _free(taken: dict[bytes, bytes], name: bytes, meaning: bytes, suffix: bytes) -> bytes:
    """Return a name with this meaning: the name itself unless it is taken for another one."""
    while taken.get(name, meaning) != meaning:
        name += suffix
    return name


def _map(key: bytes, pairs: dict[bytes, bytes]) -> bytes:
    if not pairs:
        return b""
    return b"%b <<%b>>" % (key, b"".join(b"%b %b" % (name, pairs[name]) for name in sorted(pairs)))
