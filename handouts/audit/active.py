"""Things that act: scripts, forms, embedded files, layers that may hide text."""

from __future__ import annotations

import pikepdf

from handouts.audit.case import Case
from handouts.audit.objects import entries, members, name_of

_ACTING_TYPES = frozenset(("Screen", "Movie", "Sound", "3D", "RichMedia"))
_ACTING_KEYS = frozenset(("/JS", "/AA", "/XFA", "/RichMediaContent", "/RichMediaSettings", "/Rendition"))
_MOST_OBJECTS = 3_000_000


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
        if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            continue
        keys = thing.keys()
        if not _ACTING_KEYS.isdisjoint(keys):
            case.found.add(
                "active-content", f"Object {thing.objgen[0]} holds a script, or actions of its own."
            )
        elif "/EF" in keys:
            case.found.add("embedded-file", f"Object {thing.objgen[0]} is a file inside the file.")
        elif "/S" in keys and name_of(thing.get("/S")) in (
            "JavaScript",
            "Launch",
            "SubmitForm",
            "ImportData",
        ):
            case.found.add("active-content", f"Object {thing.objgen[0]} is an action that runs.")
