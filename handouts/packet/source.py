"""One file that is being joined: its objects, its pages, and what it says of itself."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from decimal import Decimal
from types import TracebackType
from typing import Self

import pikepdf

from handouts.errors import ForeignError
from handouts.packet.defaults import tie_colours
from handouts.packet.part import Part
from handouts.packet.syntax import GENERATION, NULL, Value, parse, string_bytes

_INHERITED = (b"/MediaBox", b"/CropBox", b"/Rotate", b"/Resources")
_LETTER: Value = [b"0", b"0", b"612", b"792"]
_MOST_PARENTS = 100
_MOST_NODES = 200_000
_ADDRESS = (1 << GENERATION) - 1


@dataclass(slots=True)
class SourcePage:
    """One page: the number of its object, and its entries with those that it inherits."""

    ref: int
    values: dict[bytes, Value]


@dataclass(slots=True)
class Source:
    """An opened part.

    ``notes`` is what its giver has to know, ``flaws`` is what withdraws PDF/UA. ``tagged`` says whether the
    file has a structure tree with something in it.
    """

    part: Part
    pdf: pikepdf.Pdf
    root: dict[bytes, Value] = field(init=False)
    pages: list[SourcePage] = field(init=False)
    notes: list[str] = field(default_factory=list)
    flaws: list[str] = field(default_factory=list)
    tagged: bool = field(init=False)
    _nodes: dict[int, dict[bytes, Value]] = field(default_factory=dict)
    """What pages inherit, by the node of the page tree."""

    @classmethod
    def open(cls, part: Part) -> Self:
        """Open a part; raises ForeignError where its bytes are no PDF, or have no pages."""
        try:
            pdf = pikepdf.open(io.BytesIO(part.pdf), suppress_warnings=True)
            tie_colours(pdf)
            return cls(part, pdf)
        except pikepdf.PasswordError:
            raise ForeignError("the file opens only with a password.", where=part.name) from None
        except (pikepdf.PdfError, RuntimeError, ValueError) as error:
            raise ForeignError("this is no PDF that can be read.", where=part.name) from error

    def __post_init__(self) -> None:
        self.root = self.entries(_ref(self.pdf.Root))
        self.pages = [self._page(_ref(page.obj)) for page in self.pdf.pages]
        kids = self.entries(self.root.get(b"/StructTreeRoot")).get(b"/K")
        self.tagged = kids not in (None, NULL, [])
        if not self.pages:
            raise ForeignError("the file has no pages.", where=self.part.name)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.pdf.close()

    def body(self, ref: int) -> tuple[bytes, pikepdf.Stream | None]:
        """Return an object as bytes, of a stream its dictionary; and the stream itself."""
        thing = self.pdf.get_object((ref & _ADDRESS, ref >> GENERATION))
        if isinstance(thing, pikepdf.Stream):
            return thing.stream_dict.unparse(resolved=True), thing
        if isinstance(thing, pikepdf.Object):
            return thing.unparse(resolved=True), None
        if isinstance(thing, bool):
            return b"true" if thing else b"false", None
        if isinstance(thing, int | Decimal):
            return format(thing, "f" if isinstance(thing, Decimal) else "d").encode("ascii"), None
        return NULL, None

    def value(self, value: Value | None) -> Value:
        """Return a value, the object itself where it is a reference; null where there is none."""
        steps = 0
        while isinstance(value, int) and steps < _MOST_PARENTS:
            value, steps = parse(self.body(value)[0]), steps + 1
        return NULL if value is None or isinstance(value, int) else value

    def entries(self, value: Value | None) -> dict[bytes, Value]:
        """Return the entries of a dictionary or stream; none for anything else."""
        held = self.value(value)
        return held if isinstance(held, dict) else {}

    def members(self, value: Value | None) -> list[Value]:
        """Return the members of an array; none for anything else."""
        held = self.value(value)
        return held if isinstance(held, list) else []

    def data(self, ref: int) -> bytes:
        """Return the decoded bytes of a stream; raises ForeignError if they cannot be read."""
        stream = self.body(ref)[1]
        try:
            return b"" if stream is None else stream.read_bytes()
        except (pikepdf.PdfError, pikepdf.DataDecodingError, RuntimeError) as error:
            raise ForeignError("the content of a page cannot be read.", where=self.part.name) from error

    def leaves(self, top: Value | None, key: bytes) -> list[tuple[Value, Value]]:
        """Return the pairs of a number tree (``/Nums``) or name tree (``/Names``), in order."""
        pairs: list[tuple[Value, Value]] = []
        waiting: list[Value] = [] if top is None else [top]
        seen: set[int] = set()
        while waiting and len(seen) < _MOST_NODES:
            node = waiting.pop()
            if isinstance(node, int):
                if node in seen:
                    continue
                seen.add(node)
            values = self.entries(node)
            flat = self.members(values.get(key))
            pairs += zip(flat[::2], flat[1::2], strict=False)
            waiting.extend(reversed(self.members(values.get(b"/Kids"))))
        return pairs

    def _page(self, ref: int) -> SourcePage:
        values = self.entries(ref)
        above, steps = values.get(b"/Parent"), 0
        while isinstance(above, int) and steps < _MOST_PARENTS:
            if above not in self._nodes:
                held = self.entries(above)
                self._nodes[above] = {key: held[key] for key in (*_INHERITED, b"/Parent") if key in held}
            node = self._nodes[above]
            values.update((key, node[key]) for key in _INHERITED if key in node and key not in values)
            above, steps = node.get(b"/Parent"), steps + 1
        if len(self.members(values.get(b"/MediaBox"))) != 4:
            values[b"/MediaBox"] = _LETTER
        return SourcePage(ref, values)

    @property
    def title(self) -> str:
        """What the part is called: as its giver, its metadata, or its name says."""
        return self.part.title or self.info("/Title") or self.part.name.rpartition(".")[0] or self.part.name

    def info(self, key: str) -> str:
        """Return what the document information says; '' for nothing."""
        held = self.pdf.trailer.get("/Info")
        found = held.get(key) if isinstance(held, pikepdf.Dictionary) else None
        return str(found).strip() if isinstance(found, pikepdf.String) else ""

    @property
    def language(self) -> str:
        """The language as the part's giver, or else the file itself, says; '' if neither does."""
        return self.part.language or text(self.value(self.root.get(b"/Lang")))


def text(token: Value | None) -> str:
    """Return a text string decoded; '' for anything else."""
    data = string_bytes(token)
    return str(pikepdf.String(data)) if data else ""


def _ref(thing: pikepdf.Object) -> int:
    number, generation = thing.objgen
    return number | generation << GENERATION
