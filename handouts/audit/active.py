"""Things that act: scripts, forms, embedded files, layers that may hide text."""

from __future__ import annotations

import re
from typing import Any

import pikepdf

from handouts.audit.case import Case
from handouts.audit.objects import entries, key_of, members, name_of

_ACTING_TYPES = frozenset(("Screen", "Movie", "Sound", "3D", "RichMedia"))
_ACTING_KEYS = frozenset(("/JS", "/AA", "/XFA", "/RichMediaContent", "/RichMediaSettings", "/Rendition"))
_FETCHING_KEYS = frozenset(("/OPI", "/Ref"))
_ACTIONS = frozenset(
    (
        "GoToE",
        "GoToR",
        "Hide",
        "ImportData",
        "JavaScript",
        "Launch",
        "Movie",
        "Named",
        "Rendition",
        "ResetForm",
        "RichMediaExecute",
        "SetOCGState",
        "Sound",
        "SubmitForm",
    )
)
_SUSPECT = re.compile(
    rb"/(?:"
    + b"|".join(
        re.escape(name.lstrip("/").encode())
        for name in sorted((*_ACTING_KEYS, *_FETCHING_KEYS, *_ACTIONS, "/EF"))
    )
    + rb")(?![A-Za-z0-9])"
)
_TURNS = frozenset(("FirstPage", "LastPage", "NextPage", "PrevPage"))
"""Named actions that only turn pages: a viewer's own menus, which archiving allows."""
_MOST_OBJECTS = 3_000_000
_MOST_WITHIN = 200_000


def check_active(case: Case) -> None:
    """Tell everything that runs, hides, or carries another file."""
    case_found = case.found
    names = entries(case.catalog.get("/Names"))
    if "/JavaScript" in names:
        case_found.add("active-content", "The file carries scripts that run when it opens.")
    if "/EmbeddedFiles" in names or "/Collection" in case.catalog or "/AF" in case.catalog:
        case_found.add("embedded-file", "Another file is embedded.")
    form = entries(case.catalog.get("/AcroForm"))
    if members(form.get("/Fields")) or "/XFA" in form:
        case_found.add("form", "The file is a form; a handout is read, not filled in.")
    for page in case.pages:
        for thing in page.annotations:
            kind = name_of(entries(thing).get("/Subtype"))
            if kind in _ACTING_TYPES:
                case_found.add(
                    "active-content", f"An annotation of the kind {kind} plays something.", page.number
                )
            elif kind == "FileAttachment":
                case_found.add("embedded-file", "An annotation carries another file.", page.number)
            elif kind == "Widget":
                case_found.add("form", "The page has a field to fill in.", page.number)
        if "/AF" in page.values:
            case_found.add("embedded-file", "The page carries another file.", page.number)
    _check_layers(case)
    _search(case)


def _check_layers(case: Case) -> None:
    layers = entries(case.catalog.get("/OCProperties"))
    settings = [entries(layers.get("/D")), *(entries(one) for one in members(layers.get("/Configs")))]
    for values in settings:
        off = members(values.get("/OFF"))
        if off or name_of(values.get("/BaseState")) in ("OFF", "Unchanged") or members(values.get("/AS")):
            case.found.add("hidden-layer", "The file has layers that are hidden, or may become so.")
            return


def _search(case: Case) -> None:
    """Look at every object for what the walks above do not reach, such as actions of form fields."""
    for count, thing in enumerate(case.pdf.objects):
        if count > _MOST_OBJECTS:
            case.found.add("unreadable-part", f"There are more than {_MOST_OBJECTS} objects.")
            return
        if isinstance(thing, pikepdf.Stream):
            _look_at_stream(case, thing)
            held: pikepdf.Object = thing.stream_dict
        elif isinstance(thing, pikepdf.Dictionary | pikepdf.Array):
            held = thing
        else:
            continue
        if _SUSPECT.search(held.unparse(resolved=True)):
            _look_within(case, held, thing.objgen[0])


def _look_at_stream(case: Case, stream: pikepdf.Stream) -> None:
    number = stream.objgen[0]
    if "/F" in stream:
        case.found.add("active-content", f"Object {number} lies outside the file and is fetched from there.")
    if "PS" in (name_of(stream.get("/Subtype")), name_of(stream.get("/Subtype2"))):
        case.found.add("active-content", f"Object {number} is a program for a printer.")


def _look_within(case: Case, thing: object, number: int) -> None:
    """Look at an object and what stands inside it; what it refers to is looked at by itself."""
    waiting = [thing]
    for _ in range(_MOST_WITHIN):
        if not waiting:
            return
        one = waiting.pop()
        held = entries(one)
        if not _ACTING_KEYS.isdisjoint(held):
            case.found.add("active-content", f"Object {number} holds a script, or actions of its own.")
        elif "/EF" in held:
            case.found.add("embedded-file", f"Object {number} is a file inside the file.")
        elif _runs(held):
            case.found.add("active-content", f"Object {number} is an action that runs.")
        elif not _FETCHING_KEYS.isdisjoint(held) and name_of(held.get("/Subtype")) in ("Form", "Image"):
            case.found.add("active-content", f"Object {number} shows what lies outside the file.")
        waiting += [
            value for value in (*held.values(), *members(one)) if key_of(value) == (0, 0) and _holds(value)
        ]
    case.found.add("unreadable-part", f"Object {number} is nested beyond measure.")


def _runs(held: dict[str, Any]) -> bool:
    if name_of(held.get("/S")) not in _ACTIONS or name_of(held.get("/Type")) not in ("", "Action"):
        return False
    return name_of(held.get("/S")) != "Named" or name_of(held.get("/N")) not in _TURNS


def _holds(thing: object) -> bool:
    return isinstance(thing, pikepdf.Dictionary | pikepdf.Array)
