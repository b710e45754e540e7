"""The PDFs of a clinic's own that a packet binds in: whether they are there, and their bytes.

What is inside them is for ``packet.open_foreign`` to see, which opens them in a process of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from handouts.content.beside import read_beside
from handouts.content.models import Packet
from handouts.content.store import Record
from handouts.errors import ContentError, Problem

MAX_BYTES = 50_000_000
COVER = "cover"
"""What ``after`` says for an insert that comes right behind the cover."""


def insert_problems(record: Record[Packet]) -> Iterator[Problem]:
    """Yield inserts whose file is not there, or that come behind something that the packet does not hold."""
    packet, node = record.value, record.node
    if packet is None or node is None:
        return
    for number, data in enumerate(_files(record)):
        insert = packet.inserts[number]
        if isinstance(data, Problem):
            yield data
        elif b"%PDF-" not in data[:1024]:
            mark = node.place("inserts", number, "file")
            yield mark.problem(f"the insert {insert.file} is not a PDF.", "Save it as one.")
        if insert.after not in (None, COVER, *packet.conditions):
            yield node.place("inserts", number, "after").problem(
                f"the packet holds no condition {insert.after!r}.", f"Name one of its conditions, or {COVER}."
            )


def read_inserts(record: Record[Packet]) -> tuple[bytes, ...]:
    """Return the bytes of a packet's inserts, in their order. Raises ContentError."""
    found = tuple(_files(record))
    problems = tuple(data for data in found if isinstance(data, Problem))
    if problems:
        raise ContentError(problems)
    return tuple(data for data in found if isinstance(data, bytes))


def _files(record: Record[Packet]) -> Iterator[bytes | Problem]:
    if record.value is not None and record.node is not None:
        for number, insert in enumerate(record.value.inserts):
            mark = record.node.place("inserts", number, "file")
            yield read_beside(record.file, insert.file, "insert", MAX_BYTES, mark)
