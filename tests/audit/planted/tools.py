"""How a fault is planted in a good file, and ways to get at what it changes."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf


@dataclass(frozen=True)
class Planted:
    """A fault: the code that it must raise, how to plant it, and how the file is then audited.

    ``foreign``: as a file of which nothing is known; ``warning``: with that severity.
    """

    code: str
    plant: Callable[[bytes], bytes]
    foreign: bool = False
    warning: bool = False


PLANTED: dict[str, Planted] = {}


def saved(pdf: Pdf, **how) -> bytes:
    """Return the bytes of a changed file."""
    out = io.BytesIO()
    pdf.save(out, static_id="encryption" not in how, fix_metadata_version=False, **how)
    return out.getvalue()


def plants(code: str, *, foreign: bool = False, warning: bool = False):
    """Register a function that changes an open file."""

    def register(change):
        def plant(data: bytes) -> bytes:
            with pikepdf.open(io.BytesIO(data)) as pdf:
                change(pdf)
                return saved(pdf)

        PLANTED[change.__name__] = Planted(code, plant, foreign, warning)
        return change

    return register


def plants_bytes(code: str, *, foreign: bool = False):
    """Register a function from bytes to bytes."""

    def register(change):
        PLANTED[change.__name__] = Planted(code, change, foreign)
        return change

    return register


def elements(pdf: Pdf, tag: str) -> Iterator[Dictionary]:
    """Yield the elements with a tag, in reading order."""
    waiting = [pdf.Root.StructTreeRoot.K]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Array):
            waiting.extend(reversed(list(one)))
        elif isinstance(one, Dictionary) and "/S" in one:
            if "/" + tag == one.S:
                yield one
            if "/K" in one:
                waiting.append(one.K)


def first(pdf: Pdf, tag: str) -> Dictionary:
    """Return the first element with a tag."""
    return next(elements(pdf, tag))


def edit(pdf: Pdf, old: bytes, new: bytes, page: int = 0, count: int = 1) -> None:
    """Replace some bytes of a page's content, which must be there (a pattern)."""
    content = pdf.pages[page].Contents.read_bytes()
    changed, found = re.subn(old, new, content, count=count, flags=re.DOTALL)
    assert found, old
    pdf.pages[page].Contents = pdf.make_stream(changed)


def set_xmp(pdf: Pdf, old: bytes, new: bytes) -> None:
    """Replace some bytes of the metadata."""
    data = pdf.Root.Metadata.read_bytes()
    assert old in data, old
    pdf.Root.Metadata = pdf.make_stream(data.replace(old, new), Type=Name.Metadata, Subtype=Name.XML)


def links(pdf: Pdf) -> list[Dictionary]:
    """Return all link annotations."""
    return [one for page in pdf.pages for one in page.get("/Annots", [])]


def numbers(pdf: Pdf) -> Array:
    """Return the entries of the parent tree."""
    return pdf.Root.StructTreeRoot.ParentTree.Nums


def fonts(pdf: Pdf) -> list[Dictionary]:
    """Return the fonts of the first page."""
    return list(pdf.pages[0].Resources.Font.values())


def annotate(pdf: Pdf, **values) -> None:
    """Put another annotation on the first page."""
    note = Dictionary(Type=Name.Annot, Rect=Array([100, 100, 120, 120]), F=4, **values)
    pdf.pages[0].Annots = Array([*pdf.pages[0].get("/Annots", []), pdf.make_indirect(note)])
