"""Page boxes, rotation and tab order."""

from __future__ import annotations

from handouts.audit.case import Case, Page
from handouts.audit.geometry import within
from handouts.audit.objects import box_of, name_of, whole

_LEAST, _MOST = 3.0, 14_400.0
_SLACK = 0.01


def check_pages(case: Case) -> None:
    """Tell pages that cannot be printed or walked through as they should."""
    if not case.pages:
        case.found.add("page-box", "The file has no pages.")
    for page in case.pages:
        _check_boxes(case, page)
        turn = page.values.get("/Rotate", 0)
        degrees = whole(turn)
        if degrees is None or degrees % 90:
            case.found.add("page-rotation", "The page is not turned by quarter turns.", page.number)
        if name_of(page.values.get("/Tabs")) != "S":
            case.found.add(
                "page-tabs",
                "The tab key does not follow the tags.",
                page.number,
                warning=not (page.annotations or case.own),
            )


def _check_boxes(case: Case, page: Page) -> None:
    media = box_of(page.values.get("/MediaBox"))
    if media is None:
        case.found.add("page-box", "The page has no size.", page.number)
        return
    width, height = media[2] - media[0], media[3] - media[1]
    if not (_LEAST <= width <= _MOST and _LEAST <= height <= _MOST):
        case.found.add("page-box", f"The page measures {width:.0f} by {height:.0f} points.", page.number)
    for name in ("CropBox", "BleedBox", "TrimBox", "ArtBox"):
        thing = page.values.get("/" + name)
        if thing is None:
            continue
        box = box_of(thing)
        if box is None or box[0] >= box[2] or box[1] >= box[3]:
            case.found.add("page-box", f"The {name} is no box.", page.number)
        elif not within(box, media, _SLACK):
            case.found.add("page-box", f"The {name} reaches outside the page.", page.number)
