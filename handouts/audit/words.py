"""The text as a screen reader says it, read back through the tags.

Where the document is known, ``meant`` compares the two. Of a foreign file only what looks wrong can be told:
words that run together where a line ends, hyphens left over from there, an order that jumps up the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from handouts.audit.case import Case
from handouts.audit.content import Piece
from handouts.audit.tree import Element, MarkRef, ObjectRef

_NAMES = "Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP NonStruct"
INLINE = frozenset(_NAMES.split())
_SILENT = frozenset(("Figure", "Formula"))
_NEW_LINE = 0.4
"""How far, in letter heights, a line must be from another to be a new one."""
_JUMP = 1.5
_COLUMN = 12.0
"""How far apart, in points, texts begin that stand in one column; their ends are not known."""
_HYPHENS = "-\u00ad\u2010"


@dataclass(slots=True, eq=False)
class Line:
    """One piece of text as it is said in one breath: a paragraph, a heading, a list item, a cell.

    ``pieces`` go with the page that each stands on; ``label`` is the number or bullet of a list item.
    """

    owner: Element
    label: str = ""
    texts: list[str] = field(default_factory=list)
    pieces: list[tuple[int, Piece]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All of it, white space folded."""
        return " ".join(f"{self.label} {''.join(self.texts)}".split())

    @property
    def role(self) -> str:
        """The tag that gives the text its meaning: H2, P, LI, TH, TD."""
        owner = self.owner
        if self.label:
            return "LI"
        if (
            owner.role in ("P", "LBody")
            and owner.parent is not None
            and owner.parent.role in ("LI", "TH", "TD")
        ):
            return owner.parent.role
        return owner.role


def lines(case: Case, top: Sequence[Element]) -> list[Line]:
    """Return the text below some elements, in reading order."""
    found: list[Line] = []
    waiting: list[tuple[Element | MarkRef | ObjectRef, Element | None]] = [
        (one, None) for one in reversed(top)
    ]
    while waiting:
        one, owner = waiting.pop()
        if isinstance(one, Element):
            if one.role in _SILENT:
                continue
            if owner is None or one.role not in INLINE:
                owner = one
            spoken = one.text_value("/ActualText")
            if spoken is not None:
                _line(found, owner).texts.append(spoken)
                continue
            waiting.extend((kid, owner) for kid in reversed(one.kids))
        elif isinstance(one, MarkRef) and owner is not None:
            mark = case.marks.get((one.owner, one.mcid))
            if mark is not None and mark.pieces:
                line = _line(found, owner)
                line.texts.extend(piece.text for piece in mark.pieces)
                line.pieces.extend((mark.page, piece) for piece in mark.pieces)
    return found


def _line(found: list[Line], owner: Element) -> Line:
    """Return the line that a text of this owner goes on with; a label's line goes on with its item's text."""
    last = found[-1] if found else None
    if last is not None:
        if last.owner is owner:
            return last
        if (
            last.owner.role == "Lbl"
            and owner.role != "Lbl"
            and last.owner.parent in (owner.parent, _above(owner))
        ):
            last.label, last.texts, last.owner = "".join(last.texts), [], owner
            return last
    line = Line(owner)
    found.append(line)
    return line


def _above(element: Element) -> Element | None:
    return element.parent.parent if element.parent is not None and element.parent.role == "LBody" else None


def check_flow(case: Case) -> None:
    """Tell what looks like glued words, left-over hyphens and a wrong order; all of it may be meant."""
    if case.tree is None:
        return
    found = lines(case, case.tree.top)
    for line in found:
        for before, after in pairwise([one for one in line.pieces if one[1].text]):
            _check_joint(case, line, before, after)
    _check_order(case, [line for line in found if line.pieces])


def _check_order(case: Case, found: list[Line]) -> None:
    """Tell texts that are read after others that stand below them in the same column."""
    lowest: dict[tuple[int, int], float] = {}
    for line in found:
        page, begin = line.pieces[0]
        column = int(begin.x // _COLUMN)
        read = [lowest[page, near] for near in (column - 1, column, column + 1) if (page, near) in lowest]
        if read and begin.y > min(read) + _JUMP * max(begin.size, 1.0):
            case.found.add(
                "order-jumps",
                f"{line.owner.path} is read late: it stands above what was read before.",
                page,
                warning=True,
            )
        for number, piece in line.pieces:
            place = number, int(piece.x // _COLUMN)
            lowest[place] = min(piece.y, lowest.get(place, piece.y))


def _check_joint(case: Case, line: Line, before: tuple[int, Piece], after: tuple[int, Piece]) -> None:
    page, one = before
    _, other = after
    near = page == after[0] and abs(other.across - one.across) < _NEW_LINE * max(one.size, 1.0)
    if (near and other.along >= one.along) or one.text[-1].isspace() or other.text[0].isspace():
        return
    if one.text[-1] in _HYPHENS and one.text[-2:-1].isalpha() and other.text[0].islower():
        case.found.add(
            "hyphen",
            f"A word of {line.owner.path} is read with the hyphen of a line end.",
            page,
            warning=True,
        )
    elif one.text[-1] not in _HYPHENS and _spaced(one.text[-1]) and _spaced(other.text[0]):
        case.found.add(
            "words-glued", f"Words of {line.owner.path} run together at a line end.", page, warning=True
        )


def _spaced(char: str) -> bool:
    """Tell whether words with this character are parted by spaces, unlike Chinese or Japanese ones."""
    return not "\u2e80" <= char <= "\uffef"
