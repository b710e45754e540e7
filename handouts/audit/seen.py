"""What can be seen: text and figures on the page, and no text over other text.

A screen reader says such text all the same, so that nothing but its place tells the fault.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter

from handouts.audit.case import Case
from handouts.audit.content import Mark
from handouts.audit.geometry import Box

_OUTSIDE = 1.0
_SHARE = 0.4
"""How much of the smaller of two texts may lie under or over the other one."""
_WIDEST = 4.0
"""How much of a text counts, in heights: of a long line it is enough that a word cannot be read."""
_GAP = 1.0
_SAME_LINE = 0.1
_BACKDROP = 3.0
"""Letters so many times as tall as those over them are a backdrop, such as a watermark."""
_MOST_COMPARED = 1_000_000


@dataclass(slots=True, eq=False)
class _Stretch:
    """Text without a gap, on one line of one mark."""

    mark: Mark
    text: str
    left: float
    bottom: float
    right: float
    top: float


def check_seen(case: Case) -> None:
    """Tell text and figures that the edge of the page cuts off, and text that stands over other text."""
    visible = {page.number: page.visible_box for page in case.pages}
    stretches: dict[int, list[_Stretch]] = {}
    for mark in case.contents.marks:
        page = visible.get(mark.page)
        if page:
            _check_inside(case, mark, page)
        on_page = stretches.setdefault(mark.page, [])
        last: _Stretch | None = None
        for piece in mark.pieces:
            for box in piece.seen:
                last = _added(on_page, last, mark, piece.text, box)
    budget = _MOST_COMPARED
    for number, on_page in stretches.items():
        budget = _check_page(case, number, on_page, budget)
        if budget < 0:
            case.found.add(
                "unreadable-part", "There is more text in one place than is compared.", number, warning=True
            )
            return


def _check_inside(case: Case, mark: Mark, page: Box) -> None:
    boxes = [box for piece in mark.pieces for box in piece.boxes]
    if mark.box:
        boxes.append(mark.box)
    far = max((_beyond(box, page) for box in boxes), default=0.0)
    if not far > _OUTSIDE:
        return
    if (
        mark.artifact is not None
        and not case.own
        and all(box[0] > page[2] or box[1] > page[3] or box[2] < page[0] or box[3] < page[1] for box in boxes)
    ):
        return  # printers' marks, beside what is cut out in the end
    case.found.add(
        "off-page",
        f"{_name(case, mark)} reaches {far:.0f} points outside the page.",
        mark.page,
        warning=not case.own,
    )


def _beyond(box: Box, page: Box) -> float:
    return max(page[0] - box[0], page[1] - box[1], box[2] - page[2], box[3] - page[3])


def _added(on_page: list[_Stretch], last: _Stretch | None, mark: Mark, text: str, box: Box) -> _Stretch:
    """Return the stretch that a box goes on with, or a new one."""
    left, bottom, right, top = box
    if last is not None:
        height = last.top - last.bottom
        if abs(bottom - last.bottom) <= _SAME_LINE * height and abs(left - last.right) <= _GAP * height:
            last.text += text
            last.right, last.top = max(last.right, right), max(last.top, top)
            return last
    new = _Stretch(mark, text, left, bottom, right, top)
    on_page.append(new)
    return new


def _check_page(case: Case, page: int, on_page: list[_Stretch], budget: int) -> int:
    """Compare each text of a page with those beside it; return how many comparisons are left."""
    on_page.sort(key=attrgetter("bottom"))
    told: set[tuple[Mark, Mark]] = set()
    for place, lower in enumerate(on_page, 1):
        mark, left, right, top = lower.mark, lower.left, lower.right, lower.top
        for index in range(place, len(on_page)):
            higher = on_page[index]
            if higher.bottom >= top or budget < 0:
                break
            budget -= 1
            if higher.left >= right or higher.right <= left or higher.mark is mark:
                continue
            if _covers(case, lower, higher) and (mark, higher.mark) not in told:
                told.add((mark, higher.mark))
                told.add((higher.mark, mark))
                case.found.add(
                    "overprint",
                    f"{_name(case, mark)} and {_name(case, higher.mark)} are printed over each other.",
                    page,
                    warning=not case.own,
                )
    return budget


def _covers(case: Case, lower: _Stretch, higher: _Stretch) -> bool:
    """Tell whether two texts that touch make each other hard to read."""
    if not case.own and _is_meant(lower, higher):
        return False
    width = min(lower.right, higher.right) - max(lower.left, higher.left)
    height = min(lower.top, higher.top) - higher.bottom
    return width * height > _SHARE * min(_counted(lower), _counted(higher))


def _is_meant(one: _Stretch, other: _Stretch) -> bool:
    """Tell whether one of two texts is a backdrop of the other, or its shadow."""
    low, tall = sorted((_thickness(one), _thickness(other)))
    away = max(abs(one.left - other.left), abs(one.bottom - other.bottom))
    return tall > _BACKDROP * low or (away < low and one.text.split() == other.text.split())


def _counted(one: _Stretch) -> float:
    thick = _thickness(one)
    return thick * min(max(one.right - one.left, one.top - one.bottom), _WIDEST * thick)


def _thickness(one: _Stretch) -> float:
    return min(one.right - one.left, one.top - one.bottom)


def _name(case: Case, mark: Mark) -> str:
    holder = case.holders.get((mark.owner, mark.mcid)) if mark.mcid is not None else None
    if holder is not None:
        return holder.path
    return "an artifact" if mark.mcid is None else f"marked content {mark.mcid}"
