"""Marked content, structure tree and parent tree: each must say the same about the other two."""

from __future__ import annotations

from handouts.audit.case import Case
from handouts.audit.content import Mark
from handouts.audit.objects import Key, entries, key_of, members, whole
from handouts.audit.tree import MarkRef, Tree


def check_ties(case: Case) -> None:
    """Tell all content that has no element, all elements that have no content, and every wrong tie."""
    _collect(case)
    _check_silent(case)
    if case.tree is None:
        return
    keys = _keys(case)
    for place, mark in case.marks.items():
        element = case.holders.get(place)
        if element is None:
            case.found.add("mark-homeless", f"No element holds marked content {place[1]}.", mark.page)
        elif element.tag != mark.tag and (case.own or mark.tag not in ("Span", "P", element.role)):
            case.found.add(
                "mark-tag",
                f"Marked content {place[1]} says {mark.tag[:40]}, its element {element.path} does not.",
                mark.page,
                warning=not case.own,
            )
    for place, element in case.holders.items():
        if place not in case.marks:
            case.found.add(
                "mark-missing",
                f"{element.path} holds marked content {place[1]}, which the page does not have.",
                case.page_numbers.get(place[0], 0),
            )
    _check_parents(case, case.tree, keys)


def _collect(case: Case) -> None:
    for mark in case.contents.marks:
        if mark.mcid is None:
            continue
        place = mark.owner, mark.mcid
        if place in case.marks:
            case.found.add("mark-twice", f"Marked content {mark.mcid} is there twice.", mark.page)
        else:
            case.marks[place] = mark
    for element in case.elements:
        for kid in element.kids:
            if isinstance(kid, MarkRef):
                place = kid.owner, kid.mcid
                if place in case.holders:
                    case.found.add(
                        "mark-claimed-twice",
                        f"{element.path} holds marked content {kid.mcid}, which another element holds too.",
                        case.page_numbers.get(kid.owner, 0),
                    )
                else:
                    case.holders[place] = element


def _check_silent(case: Case) -> None:
    for mark in case.contents.marks:
        if mark.artifact in (None, "Pagination") or not any(piece.text.strip() for piece in mark.pieces):
            continue
        case.found.add(
            "artifact-text",
            "Text is printed here that a screen reader never says: it is marked as an artifact.",
            mark.page,
            warning=not case.own,
        )


def _keys(case: Case) -> dict[Key, int]:
    """Return the parent tree key of each page and form that has one, telling pages that lack one."""
    keys: dict[Key, int] = dict(case.contents.form_keys)
    taken: dict[int, int] = dict.fromkeys(keys.values(), 0)
    tagged = {owner for owner, _ in case.marks}
    for page in case.pages:
        key = whole(page.values.get("/StructParents"))
        if key is None:
            if page.key in tagged:
                case.found.add(
                    "page-untied", "The page has tagged content but no key to the parent tree.", page.number
                )
            continue
        if key in taken:
            case.found.add(
                "parent-tree-wrong", "Another page uses the same key of the parent tree.", page.number
            )
        taken[key] = page.number
        keys[page.key] = key
    return keys


def _check_parents(case: Case, tree: Tree, keys: dict[Key, int]) -> None:
    root = entries(case.catalog.get("/StructTreeRoot"))
    following = whole(root.get("/ParentTreeNextKey"))
    if following is not None and tree.parents and following <= max(tree.parents):
        case.found.add("parent-tree-key", "The next key of the parent tree is already taken.")
    listed: dict[Key, list[Key]] = {}
    for owner, key in keys.items():
        value = tree.parents.get(key)
        listed[owner] = [key_of(one) for one in members(value)]
        if value is None and any(place[0] == owner for place in case.marks):
            case.found.add(
                "page-untied",
                f"The parent tree has no entry {key}, which the page asks for.",
                case.page_numbers.get(owner, 0),
            )
    for place, mark in case.marks.items():
        if place[0] in listed:
            _check_parent(case, place, mark, listed[place[0]])
    for owner, parents in listed.items():
        for mcid, parent in enumerate(parents):
            if parent != (0, 0) and (owner, mcid) not in case.marks:
                case.found.add(
                    "parent-tree-extra",
                    f"The parent tree names marked content {mcid}, which the page does not have.",
                    case.page_numbers.get(owner, 0),
                )
    annotations = [entries(one) for page in case.pages for one in page.annotations]
    used = {*keys.values(), *(whole(values.get("/StructParent")) for values in annotations)}
    for key in tree.parents.keys() - used:
        case.found.add("parent-tree-extra", f"Nothing uses entry {key} of the parent tree.", warning=True)


def _check_parent(case: Case, place: tuple[Key, int], mark: Mark, parents: list[Key]) -> None:
    element = case.holders.get(place)
    if element is None:
        return
    if element.key == (0, 0):
        case.found.add("tree-element", f"{element.path} is no object of its own.", mark.page)
    elif place[1] >= len(parents) or parents[place[1]] != element.key:
        case.found.add(
            "parent-tree-wrong",
            f"The parent tree gives marked content {place[1]} to another element than {element.path}.",
            mark.page,
        )
