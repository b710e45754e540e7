"""A scan of every object of a file for what no rebuilt file may hold; it shares no code with the rebuild."""

from __future__ import annotations

import contextlib
import io
import re

import pikepdf

from .tools import MARK

_KEYS = frozenset(
    (
        "AA",
        "AF",
        "AcroForm",
        "Alternates",
        "Author",
        "Collection",
        "CreationDate",
        "Creator",
        "DSS",
        "DataPrep",
        "EF",
        "EmbeddedFiles",
        "FDecodeParms",
        "FFilter",
        "Fields",
        "JS",
        "JavaScript",
        "Keywords",
        "LastModified",
        "Legal",
        "ModDate",
        "NeedsRendering",
        "OC",
        "OCGs",
        "OCProperties",
        "OPI",
        "OpenAction",
        "PA",
        "Perms",
        "PieceInfo",
        "PresSteps",
        "Producer",
        "Ref",
        "Renditions",
        "RichMediaContent",
        "RichMediaSettings",
        "SpiderInfo",
        "Subject",
        "Subtype2",
        "Threads",
        "Thumb",
        "UserProperties",
        "XFA",
    )
)
_ACTIONS = frozenset(("GoTo", "URI"))
_ACTION_NAMES = frozenset(
    (
        "GoTo3DView",
        "GoToDp",
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
        "Thread",
        "Trans",
    )
)
_TYPES = frozenset(("EmbeddedFile", "Filespec", "OCG", "OCMD", "Sig", "Thread", "Bead"))
_ADDRESS = re.compile(rb"(?:https?:|mailto:|tel:)", re.IGNORECASE)


def scan(pdf: bytes) -> list[str]:
    """Return what is forbidden in a file; [] if it is clean."""
    found: list[str] = []
    with pikepdf.open(io.BytesIO(pdf), suppress_warnings=True) as file:
        looked = 0
        for thing in file.objects:
            if not isinstance(thing, pikepdf.Object):
                continue
            looked += 1
            _look(thing, found, allowed_metadata=thing.objgen == file.Root.objgen)
        _look(file.trailer, found, allowed_metadata=False)
        assert looked >= 3, "there is less in the file than in any"
    spellings = (MARK.encode(), MARK.encode("utf-16-be"), MARK.encode("utf-16-le"))
    if any(spelled in pdf or spelled.hex().encode() in pdf.lower() for spelled in spellings):
        found.append("the mark, in the bytes of the file")
    return found


def _look(thing: object, found: list[str], *, allowed_metadata: bool) -> None:
    waiting = [thing]
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Stream):
            data = one.read_raw_bytes()
            with contextlib.suppress(pikepdf.PdfError):
                data += one.read_bytes()
            if MARK.encode() in data:
                found.append("the mark, in a stream")
            if "/F" in one:
                found.append("a stream that lies outside")
        if isinstance(one, pikepdf.Stream | pikepdf.Dictionary):
            _look_at_keys(one, found, allowed_metadata=allowed_metadata and one is thing)
            waiting += [
                value for _, value in one.items() if isinstance(value, pikepdf.Object) and _direct(value)
            ]
        elif isinstance(one, pikepdf.Array):
            waiting += [value for value in one if isinstance(value, pikepdf.Object) and _direct(value)]
        elif isinstance(one, pikepdf.String):
            if MARK in str(one) or MARK.encode() in bytes(one):
                found.append("the mark, in a string")
        elif MARK in _name(one):
            found.append("the mark, in a name")


def _direct(thing: pikepdf.Object) -> bool:
    return not thing.is_indirect


def _look_at_keys(thing: pikepdf.Object, found: list[str], *, allowed_metadata: bool) -> None:
    keys = {key[1:] for key in thing.keys()}  # noqa: SIM118 - no dictionary
    found += [f"the key {key}" for key in sorted(keys & _KEYS)]
    if "Metadata" in keys and not allowed_metadata:
        found.append("metadata of a part")
    kind, what, action = (_name(thing.get(key)) for key in ("/Type", "/Subtype", "/S"))
    if kind in _TYPES:
        found.append(f"the type {kind}")
    if what == "PS":
        found.append("a program for printers")
    if "Rect" in keys and what != "Link":
        found.append(f"an annotation of the kind {what}")
    if action in _ACTION_NAMES and kind != "StructElem":
        found.append(f"the action {action}")
    if action in _ACTIONS and "Next" in keys:
        found.append("an action with another after it")
    if "URI" in keys and not (isinstance(thing.URI, pikepdf.String) and _ADDRESS.match(bytes(thing.URI))):
        found.append("an address that a browser does not open")


def _name(thing: object) -> str:
    return thing.unparse().decode("latin-1")[1:] if isinstance(thing, pikepdf.Name) else ""
