"""The content of pages: joined, freed of marks that mean nothing any more, closed where left open."""

from __future__ import annotations

import re
import warnings
from typing import TypeAlias

import pikepdf

from handouts.errors import ForeignError
from handouts.packet.source import Source, SourcePage
from handouts.packet.syntax import Value

_MARKS = re.compile(rb"\b(?:BDC|BMC|EMC|MP|DP)\b")
_OPENING, _POINTS = (b"BDC", b"BMC"), (b"MP", b"DP")
_MOST_BYTES = 64_000_000

_Operation: TypeAlias = pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage


def content_refs(source: Source, page: SourcePage) -> list[int]:
    """Return the numbers of the streams that a page's content is made of."""
    value = page.values.get(b"/Contents")
    held = source.value(value)
    refs: list[Value] = held if isinstance(held, list) else [] if value is None else [value]
    return [ref for ref in refs if isinstance(ref, int) and source.body(ref)[1] is not None]


def joined(source: Source, refs: list[int]) -> bytes:
    """Return the content of some streams as one; raises ForeignError if it is too large to be read."""
    data = b"\n".join(source.data(ref) for ref in refs)
    if len(data) > _MOST_BYTES:
        raise ForeignError("the content of a page is too large.", where=source.part.name)
    return data


def unmarked(source: Source, data: bytes) -> bytes | None:
    """Return content without marked content, layers apart; None if it had none, and is fine as it is.

    Marks that were tied to a tree which is gone, or to another number, would say wrong things of what a new
    tag holds.
    """
    if not _MARKS.search(data):
        return None
    kept: list[_Operation] = []
    layers: list[bool] = []
    with pikepdf.new() as scratch:
        for one, operator in _operations(source, scratch, data):
            if operator in _OPENING:
                layers.append(bool(one.operands) and one.operands[0] == pikepdf.Name.OC)
                if not layers[-1]:
                    continue
            elif (operator == b"EMC" and not (layers and layers.pop())) or operator in _POINTS:
                continue
            kept.append(one)
        return pikepdf.unparse_content_stream(kept) + b"\nEMC" * layers.count(True)


def closing(source: Source, data: bytes) -> tuple[bytes, bytes]:
    """Return what has to stand before and after content, so that what follows finds the page as it was.

    Content may save the state of the page more often than it restores it, or the other way round, and may
    leave marked content or text open.
    """
    depth = lowest = marks = text = 0
    with pikepdf.new() as scratch:
        for _, operator in _operations(source, scratch, data, "q Q BT ET BDC BMC EMC"):
            depth += (operator == b"q") - (operator == b"Q")
            lowest = min(lowest, depth)
            marks = max(marks + (operator in _OPENING) - (operator == b"EMC"), 0)
            text = operator == b"BT" if operator in (b"BT", b"ET") else text
    before = b"q\n" * (1 - lowest)
    after = b"\nET" * text + b"\nEMC" * marks + b"\nQ" * (1 - lowest + depth)
    return before, after + b"\n"


def _operations(
    source: Source, scratch: pikepdf.Pdf, data: bytes, operators: str = ""
) -> list[tuple[_Operation, bytes]]:
    """Return the operations of content, or only some; raises ForeignError if it is none."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # where content ends too early, what there is counts
        try:
            read = pikepdf.parse_content_stream(scratch.make_stream(data), operators)
        except (pikepdf.PdfError, RuntimeError, TypeError, ValueError) as error:
            raise ForeignError("the content of a page cannot be read.", where=source.part.name) from error
    return [(one, one.operator.unparse()) for one in read]
