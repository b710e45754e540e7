"""Link annotations and bookmarks: tied to their tags, described, and leading somewhere."""

from __future__ import annotations

import re
from typing import Any

import pikepdf

from handouts.audit.case import Case, Page
from handouts.audit.geometry import within
from handouts.audit.objects import Key, box_of, entries, key_of, name_of, text_of, whole
from handouts.audit.places import Places
from handouts.audit.tree import Element, ObjectRef

SCHEMES = ("https", "http", "mailto", "tel")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{0,20}):")
_INVISIBLE, _HIDDEN, _PRINT, _NO_VIEW = 1, 2, 4, 32
_SLACK = 1.0
_MOST_ACTIONS = 50
_MOST_BOOKMARKS = 200_000


def check_links(case: Case) -> None:
    """Tell links that are not tied, not described, out of place, or leading nowhere; and bookmarks too."""
    places = Places(case)
    holders: dict[Key, Element] = {}
    for element in case.elements:
        held = [kid.key for kid in element.kids if isinstance(kid, ObjectRef)]
        holders.update(dict.fromkeys(held, element))
        if element.role == "Link" and not held:
            case.found.add(
                "link-untied", f"{element.path} is tagged as a link but leads nowhere.", case.page_of(element)
            )
    standing = {key_of(thing) for page in case.pages for thing in page.annotations}
    for key, element in holders.items():
        if key not in standing and element.role == "Link":
            case.found.add(
                "link-untied", f"{element.path} names a link that is on no page.", case.page_of(element)
            )
    for page in case.pages:
        for thing in page.annotations:
            _check_annotation(case, page, thing, holders, places)
    _check_opening(case, places)
    _check_outline(case, places)


def _check_annotation(
    case: Case, page: Page, thing: object, holders: dict[Key, Element], places: Places
) -> None:
    values = entries(thing)
    kind = name_of(values.get("/Subtype"))
    flags = whole(values.get("/F", 0)) or 0
    if flags & (_INVISIBLE | _HIDDEN | _NO_VIEW) or (
        not flags & _PRINT and (case.own or "pdfa" in case.claims)
    ):
        case.found.add("annotation-flags", "An annotation is hidden or does not print.", page.number)
    if kind != "Link":
        if kind not in ("Widget", "Popup"):
            case.found.add(
                "annotation-type", "An annotation is no link: a screen reader may not find it.", page.number
            )
        if "/A" in values:
            check_action(case, values["/A"], "An annotation", page.number, places)
        return
    _check_tie(case, page, thing, values, holders)
    if not text_of(values.get("/Contents")).strip():
        case.found.add("link-contents", "A link has no description.", page.number)
    box, visible = box_of(values.get("/Rect")), page.visible_box
    if box is None or box[0] >= box[2] or box[1] >= box[3] or (visible and not within(box, visible, _SLACK)):
        case.found.add("link-rectangle", "A link is not on the page, or has no size.", page.number)
    if "/Dest" in values:
        if not places.exists(values["/Dest"]):
            case.found.add("link-target", "A link leads to a place that does not exist.", page.number)
    elif "/A" in values:
        check_action(case, values["/A"], "A link", page.number, places)
    else:
        case.found.add("link-target", "A link leads nowhere.", page.number)


def _check_tie(
    case: Case, page: Page, thing: object, values: dict[str, Any], holders: dict[Key, Element]
) -> None:
    if case.tree is None:
        return
    element = holders.get(key_of(thing))
    if element is None:
        case.found.add("link-untied", "A link is in no tag: a screen reader never meets it.", page.number)
        return
    if element.role != "Link":
        case.found.add("link-untied", f"A link is held by {element.path}, which is no Link.", page.number)
    key = whole(values.get("/StructParent"))
    if key is None or key_of(case.tree.parents.get(key)) != element.key:
        case.found.add(
            "link-untied", f"The parent tree does not lead from a link to {element.path}.", page.number
        )


def check_action(case: Case, action: object, who: str, page: int, places: Places) -> None:
    """Tell an action, and those that follow on it, unless it is a harmless link."""
    waiting = [action]
    for _ in range(_MOST_ACTIONS):
        if not waiting:
            return
        one = waiting.pop()
        if isinstance(one, pikepdf.Array):
            waiting.extend(list(one))
            continue
        values = entries(one)
        kind = name_of(values.get("/S"))
        if kind == "URI":
            scheme = _SCHEME.match(text_of(values.get("/URI")).strip())
            if scheme is None or scheme[1].lower() not in SCHEMES:
                name = scheme[1] if scheme else "none"
                case.found.add("link-scheme", f"{who} leads to another kind of address: {name}.", page)
        elif kind == "GoTo":
            if not places.exists(values.get("/D")):
                code = "link-target" if page else "outline-target"
                case.found.add(code, f"{who} leads to a place that does not exist.", page)
        else:
            case.found.add(
                "active-content", f"{who} runs an action of the kind {kind[:20] or 'unknown'}.", page
            )
        if "/Next" in values:
            waiting.append(values["/Next"])
    case.found.add("active-content", f"{who} runs more than {_MOST_ACTIONS} actions.", page)


def _check_opening(case: Case, places: Places) -> None:
    opening = case.catalog.get("/OpenAction")
    if opening is None:
        return
    values = entries(opening)
    if values:
        if name_of(values.get("/S")) != "GoTo":
            case.found.add("active-content", "Opening the file runs an action.")
            return
        opening = values.get("/D")
    if not places.exists(opening):
        case.found.add("link-target", "The file opens at a place that does not exist.")


def _check_outline(case: Case, places: Places) -> None:
    headings = sum(
        one.role[:1] == "H" and (one.role == "H" or one.role[1:].isdecimal()) for one in case.elements
    )
    first = entries(case.catalog.get("/Outlines")).get("/First")
    if first is None:
        if headings >= 2:
            case.found.add(
                "outline-missing", f"There are {headings} headings but no bookmarks.", warning=not case.own
            )
        return
    seen: set[Key] = set()
    waiting = [first]
    while waiting:
        item = waiting.pop()
        key = key_of(item)
        if key in seen or len(seen) > _MOST_BOOKMARKS:
            case.found.add("outline-broken", "The bookmarks go round in circles.")
            return
        seen.add(key)
        values = entries(item)
        if not text_of(values.get("/Title")).strip():
            case.found.add("outline-broken", f"Bookmark {len(seen)} has no title.")
        if "/Dest" in values:
            if not places.exists(values["/Dest"]):
                case.found.add(
                    "outline-target", f"Bookmark {len(seen)} leads to a place that does not exist."
                )
        elif "/A" in values:
            check_action(case, values["/A"], f"Bookmark {len(seen)}", 0, places)
        else:
            case.found.add("outline-target", f"Bookmark {len(seen)} leads nowhere.")
        waiting.extend(values[step] for step in ("/Next", "/First") if step in values)
