"""The text, tags, alternative texts and links read back, compared with the document that was meant.

Where the document holds a personal word (a filled slot), a difference is told by its place alone: a
patient's name must not reach an error message.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import normalize

from handouts.audit.case import Case
from handouts.audit.objects import entries, text_of
from handouts.audit.tree import Element
from handouts.audit.words import Line, lines
from handouts.document import (
    Block,
    Cell,
    Document,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    Run,
    Table,
    block_lines,
    walk,
)

_WORDS_SHOWN = 4
_WORD_LENGTH = 40


@dataclass(frozen=True, slots=True)
class Meant:
    """One line of text that the file must say, and the tag that gives it its meaning."""

    role: str
    text: str


def meant_lines(document: Document) -> list[Meant]:
    """Return what :func:`handouts.document.text` says, line by line, with the tags.

    Letters and their accents are composed, as they are when they are printed.
    """
    return [
        Meant(role, normalize("NFC", line))
        for block in walk(document.blocks)
        for role, line in zip(_roles(block), _lines(block), strict=True)
        if line
    ]


def _lines(block: Block) -> list[str]:
    own = isinstance(block, Heading | Paragraph | ListBlock | Table)
    return list(block_lines(block)) if own else []


def _roles(block: Block) -> list[str]:
    match block:
        case Heading(level=level):
            return [f"H{level}"]
        case Paragraph():
            return ["P"]
        case ListBlock():
            return ["LI" for _ in block_lines(block)]
        case Table(head=head, body=body):
            return ["TH" if cell.header else "TD" for row in head + body for cell in row for _ in cell.lines]
    return []


def runs_of(document: Document) -> Iterator[Run]:
    """Yield every run of a document, those of lists and tables too."""
    waiting: list[object] = list(walk(document.blocks))
    for block in waiting:
        match block:
            case Heading(runs=runs) | Paragraph(runs=runs):
                yield from runs
            case ListBlock(items=items):
                for item in items:
                    yield from item.runs
                    if item.nested is not None:
                        waiting.append(item.nested)
            case Table(head=head, body=body):
                for row in head + body:
                    yield from _cell_runs(row)


def _cell_runs(row: tuple[Cell, ...]) -> Iterator[Run]:
    for cell in row:
        for line in cell.lines:
            yield from line


def check_meant(case: Case, expected: Sequence[Document | None]) -> None:
    """Tell where the file does not say what its documents say; several documents are a Part each.

    ``None`` stands for a part that others wrote: what it says is not known.
    """
    if case.tree is None:
        return
    tops = case.tree.top
    if len(expected) == 1:
        parts = [tops]
    else:
        if len(tops) == 1:
            tops = tops[0].elements
        if len(tops) != len(expected) or any(one.role != "Part" for one in tops):
            case.found.add(
                "parts-differ",
                f"The file has {len(tops)} parts; {len(expected)} documents, a Part each, were expected.",
            )
            return
        parts = [[one] for one in tops]
    known = [document for document in expected if document is not None]
    personal = any(run.slot and run.text.strip() for document in known for run in runs_of(document))
    for document, part in zip(expected, parts, strict=True):
        if document is not None:
            _check_text(case, document, part, personal=personal)
            _check_tree(case, document, part)
    _check_links(case, known)


def _check_text(case: Case, document: Document, part: list[Element], *, personal: bool) -> None:
    meant = meant_lines(document)
    found = [line for line in lines(case, part) if line.text]
    for place, (want, got) in enumerate(zip(meant, found, strict=False), 1):
        if want.text != normalize("NFC", got.text):
            _tell_difference(case, place, want, got, personal=personal)
            return
        if want.role != got.role:
            case.found.add(
                "tag-differs",
                f"{got.owner.path} should be {want.role} (text {place} of {len(meant)}).",
                _page(case, got),
            )
    if len(meant) != len(found):
        where = found[-1].owner.path if found else "the first element"
        case.found.add(
            "text-differs",
            f"{len(found)} texts can be read back, {len(meant)} were written; the last one read is {where}.",
            _page(case, found[-1]) if found else 0,
        )


def _page(case: Case, line: Line) -> int:
    return line.pieces[0][0] if line.pieces else case.page_of(line.owner)


def _tell_difference(case: Case, place: int, want: Meant, got: Line, *, personal: bool) -> None:
    wanted, read = want.text.split(), got.text.split()
    word = next((at for at, (one, two) in enumerate(zip(wanted, read, strict=False)) if one != two), None)
    if word is None:
        word = min(len(wanted), len(read))
    sentence = f"{got.owner.path} (text {place}) is not as written, from word {word + 1}"
    if not personal:
        sentence += f": “{_around(read, word)}” instead of “{_around(wanted, word)}”"
    case.found.add("text-differs", sentence + ".", _page(case, got))


def _around(words: list[str], at: int) -> str:
    shown = words[max(0, at - 1) : at + _WORDS_SHOWN]
    return " ".join(word if len(word) <= _WORD_LENGTH else word[:_WORD_LENGTH] + "…" for word in shown)


def _check_tree(case: Case, document: Document, part: list[Element]) -> None:
    """Tell lost alternative texts and languages; both are said, but neither is text on the page."""
    below: list[Element] = []
    waiting = list(reversed(part))
    while waiting:
        element = waiting.pop()
        below.append(element)
        waiting.extend(reversed(element.elements))
    alts = [block.alt for block in walk(document.blocks) if isinstance(block, Figure) and block.alt]
    read = [element.text_value("/Alt") or "" for element in below if element.role == "Figure"]
    if alts != read:
        case.found.add(
            "figure-alt-differs", f"{len(read)} pictures are described; {len(alts)} were, or in other words."
        )
    spoken = {element.text_value("/Lang") for element in below}
    above = part[0].parent if part else None
    main = {text_of(case.catalog.get("/Lang"))} | (
        {above.text_value("/Lang")} if above is not None else set()
    )
    wanted = {run.language for run in runs_of(document) if run.language}
    if document.language not in spoken | main or not wanted <= spoken | main:
        case.found.add("language-lost", "The language of the document, or of some words in it, is not kept.")


def _check_links(case: Case, expected: Sequence[Document]) -> None:
    """Tell addresses that no link leads to; text that only looks like a link is of no use."""
    wanted = {
        run.href for document in expected for run in runs_of(document) if run.href and run.href[0] != "#"
    }
    inside = any(run.href[:1] == "#" for document in expected for run in runs_of(document))
    found: set[str] = set()
    leads_inside = False
    for page in case.pages:
        for thing in page.annotations:
            values = entries(thing)
            found.add(text_of(entries(values.get("/A")).get("/URI")))
            leads_inside |= "/Dest" in values or "/D" in entries(values.get("/A"))
    if not wanted <= found or (inside and not leads_inside):
        case.found.add("link-lost", f"{len(wanted - found)} addresses of the document are no links any more.")
