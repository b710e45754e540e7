"""Whether the outputs can be compared: about as many pages, tagged, the same words."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2

from handouts.document import Document, text

LEAST_WORDS = 0.98
MOST_EXTRA_PAGES = 1


@dataclass(frozen=True)
class Output:
    """What one finished file is; ``words`` is the share of the document's words that its pages show."""

    pages: int
    bytes: int
    elements: int
    words: float


def look_at(pdf: Path, document: Document) -> Output:
    """Return what a file is; raises ValueError if it has no structure tree."""
    with pikepdf.open(pdf) as file:
        if "/StructTreeRoot" not in file.Root:
            raise ValueError(f"{pdf.name} is not tagged")
        # Indirect elements; a producer may also write some inside others, which are not counted.
        elements = sum(
            isinstance(one, pikepdf.Dictionary) and one.get("/S") is not None and one.get("/P") is not None
            for one in file.objects
        )
        pages = len(file.pages)
    wanted = _words(text(document))
    shown = _words(_page_text(pdf))
    share = (wanted & shown).total() / wanted.total()
    return Output(pages, pdf.stat().st_size, elements, share)


def compare(outputs: dict[str, Output]) -> None:
    """Raise ValueError where the files are too different for their times to be compared."""
    pages = [output.pages for output in outputs.values()]
    if max(pages) - min(pages) > MOST_EXTRA_PAGES:
        raise ValueError(f"the files have {pages} pages")
    for name, output in outputs.items():
        if output.words < LEAST_WORDS:
            raise ValueError(f"{name} shows only {output.words:.1%} of the words")


def _page_text(pdf: Path) -> str:
    file = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in file)
    finally:
        file.close()


def _words(whole: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", whole.replace("\u00ad", "")))
