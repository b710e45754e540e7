"""Copying: the objects of a part that its pages lead to, equal ones shared by all parts.

Objects are copied from the leaves up. Once all that an object refers to has its number in the output, two
objects with the same bytes are the same: so a font that stands in fifty parts is written once, with its
descriptor, its widths and its file. Never shared are objects that lead round to themselves, those that the
parent tree knows, and layers; pages, annotations and elements are not copied here at all.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable

from handouts.packet.source import Source
from handouts.packet.syntax import NULL, Value, parse, references, renumber, write
from handouts.pdf.file import LEVEL, PdfFile

_APART = frozenset((b"/Page", b"/Pages", b"/Catalog", b"/StructElem", b"/StructTreeRoot"))
_PRIVATE = (b"/PieceInfo", b"/LastModified", b"/StructParent", b"/StructParents")

Change = Callable[[dict[bytes, Value], int], bytes | None]
"""Given a stream's dictionary and number, the decoded bytes that stand in for its own, if any."""


class Shared:
    """What is in the output already, by its content; one table for all parts."""

    def __init__(self, file: PdfFile) -> None:
        self.file = file
        self._numbers: dict[bytes, int] = {}

    def add(self, body: bytes) -> int:
        """Return the number of an object with these bytes, new or old."""
        found = self._numbers.get(body)
        if found is None:
            found = self._numbers[body] = self.file.add(body.decode("latin-1"))
        return found

    def add_stream(self, data: bytes, entries: bytes = b"", *, plain: bool = False) -> int:
        """Return the number of a stream with these bytes, new or old; compressed here unless ``plain``."""
        key = hashlib.sha256(b"%d %b %b" % (plain, entries, hashlib.sha256(data).digest())).digest()
        found = self._numbers.get(key)
        if found is None:
            found = self.file.add_stream(data, entries.decode("latin-1"), plain=plain)
            self._numbers[key] = found
        return found


class Copier:
    """Copies objects of one part.

    ``numbers`` says which object of the part has which number in the output; pages and elements are entered
    by those that write them, and 0 marks what must not be copied. ``keys`` are entries that tie a form
    or picture to the parent tree: such an object stays apart. ``change`` may rewrite streams.
    """

    def __init__(self, source: Source, shared: Shared) -> None:
        self.source = source
        self.shared = shared
        self.numbers: dict[int, int] = {}
        self.keys: dict[int, bytes] = {}
        self.change: Change | None = None
        self._open: dict[int, tuple[bytes, bytes | None]] = {}
        self._promised: dict[int, int] = {}

    def number(self, ref: int) -> int:
        """Return the number of an object in the output, copied with all that it leads to; 0 for nothing."""
        known = self.numbers
        if ref in known:
            return known[ref]
        waiting = [ref]
        while waiting:
            one = waiting[-1]
            if one in known:
                waiting.pop()
                continue
            if one not in self._open:
                self._open[one] = self._read(one)
                below = [
                    kid
                    for kid in references(self._open[one][0])
                    if kid not in known and kid not in self._open
                ]
                if below:
                    waiting += below
                    continue
            waiting.pop()
            known[one] = self._place(one, *self._open.pop(one))
        return known[ref]

    def written(self, value: Value) -> bytes:
        """Return a value of the part as it stands in the output, all that it leads to copied."""
        if isinstance(value, bytes):
            return value
        body = write(value)
        for ref in references(body):
            self.number(ref)
        return renumber(body, self.numbers.__getitem__)

    def promise(self, ref: int) -> int:
        """Return the number that an object has, or will have though it is copied later (as in a loop)."""
        if ref in self.numbers:
            return self.numbers[ref]
        if ref not in self._promised:
            self._promised[ref] = self.shared.file.reserve()
        return self._promised[ref]

    def keep_promises(self) -> None:
        """Copy what was promised but never met on the way."""
        for ref in list(self._promised):
            self.number(ref)

    def _read(self, ref: int) -> tuple[bytes, bytes | None]:
        body, stream = self.source.body(ref)
        if stream is None and b"/Type /" not in body and not any(key in body for key in _PRIVATE):
            return body, None
        values = parse(body)
        if not isinstance(values, dict):
            return body, None
        if values.get(b"/Type") in _APART:
            return NULL, None
        for key in _PRIVATE:
            values.pop(key, None)
        if stream is None:
            return write(values), None
        values.pop(b"/Length", None)
        changed = self.change(values, ref) if self.change else None
        if changed is None:
            return write(values), stream.read_raw_bytes()
        values[b"/Filter"] = b"/FlateDecode"
        values.pop(b"/DecodeParms", None)
        return write(values), zlib.compress(changed, LEVEL)

    def _place(self, ref: int, body: bytes, data: bytes | None) -> int:
        if body == NULL and ref not in self._promised:
            return 0
        body = renumber(body, self.promise)
        key, number = self.keys.get(ref), self._promised.get(ref, 0)
        if key is not None:
            body = b"%b%b >>" % (body.removesuffix(b">>"), key)
        alone = number or key is not None or b"/Type /OCG" in body
        file, shared = self.shared.file, self.shared
        if data is not None:
            entries = body.removeprefix(b"<<").removesuffix(b">>").strip()
            if alone:
                return file.add_stream(data, entries.decode("latin-1"), plain=True, number=number)
            return shared.add_stream(data, entries, plain=True)
        if not alone:
            return shared.add(body)
        number = number or file.reserve()
        file.put(number, body.decode("latin-1"))
        return number
