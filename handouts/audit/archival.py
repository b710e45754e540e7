"""What PDF/A-2 asks beyond tags, text and claims: a file that needs nothing but itself, for ever.

Only a file of someone else is asked all this: what we write is held to these rules by our tests.
Source: ISO 19005-2, clause 6. What only the bytes between the objects show (line ends, cross-reference
tables) is not looked at, because a file that is taken in is written anew.
"""

from __future__ import annotations

import pikepdf

from handouts.audit.case import Case
from handouts.audit.colours import Colours
from handouts.audit.drawn import Drawn
from handouts.audit.graphics import check_image, check_object, check_state
from handouts.audit.layers import check_layers
from handouts.audit.limits import check_limits
from handouts.audit.objects import entries, key_of, members, name_of
from handouts.audit.reach import Reached, reach

_FILTER_NAMES = (
    "ASCIIHexDecode ASCII85Decode FlateDecode RunLengthDecode CCITTFaxDecode JBIG2Decode DCTDecode JPXDecode"
)
_FILTERS = frozenset(_FILTER_NAMES.split())
_ACTION_NAMES = (
    "Launch Sound Movie ResetForm ImportData JavaScript Hide SetOCGState Rendition Trans GoTo3DView "
    "SubmitForm RichMediaExecute"
)
_FORBIDDEN_ACTIONS = frozenset(_ACTION_NAMES.split())
_NAMED_ACTIONS = frozenset(("NextPage", "PrevPage", "FirstPage", "LastPage"))
_NOT_ACTIONS = ("/P", "/Pg")


def check_archival(case: Case) -> None:
    """Tell what keeps a file from being one for the archive, by PDF/A-2."""
    colours = Colours(case)
    drawn = Drawn(case, colours)
    overprints = False
    for one in reach(case):
        _check_reached(case, one, colours, drawn)
        overprints |= one.kind == "state" and one.values.get("/OPM") == 1
    if overprints and colours.has_cmyk_profile:
        case.found.add("graphics-state", "Inks are printed over each other in a way that is not allowed.")
    _check_clips(case, drawn)
    _check_catalog(case)
    check_layers(case)
    for thing in case.pdf.objects:
        check_limits(case, thing)
        if isinstance(thing, pikepdf.Stream):
            _check_stream(case, thing)
        elif isinstance(thing, pikepdf.Dictionary):
            _check_action(case, thing)


def _check_reached(case: Case, one: Reached, colours: Colours, drawn: Drawn) -> None:
    values = one.values
    data = one.content()
    if data is not None:
        drawn.read(one, data)
    if "/Group" in values and "/CS" in entries(values["/Group"]):
        colours.use_space(entries(values["/Group"])["/CS"], one)
    if one.kind in ("image", "shading") and "/ColorSpace" in values:
        colours.use_space(values["/ColorSpace"], one)
    elif one.kind == "space":
        colours.use_space(one.thing, one)
    elif one.kind == "state":
        check_state(case, values, one.page)
    if one.kind == "image":
        check_image(case, one)
    elif one.kind in ("form", "other"):
        check_object(case, one)
    elif one.kind == "page" and "/PresSteps" in values:
        case.found.add("active-content", "The page is a show of several steps.", one.page)


def _check_clips(case: Case, drawn: Drawn) -> None:
    if drawn.clips_text:
        for font in case.contents.fonts:
            if font.shown and not font.embedded and not font.visible:
                case.found.add("font-not-embedded", f"The font {font.name[:60]} is not embedded.")


def _check_catalog(case: Case) -> None:
    for key, what in (("/Requirements", "asks the viewer for abilities"), ("/NeedsRendering", "is a form")):
        if case.catalog.get(key) not in (None, False):
            case.found.add("active-content", f"The file {what}.")
    if "/AlternatePresentations" in entries(case.catalog.get("/Names")):
        case.found.add("active-content", "The file is a slide show.")
    if "/Filter" in entries(case.catalog.get("/Metadata")):
        case.found.add("metadata-packed", "The metadata is packed, so that not every program finds it.")
    for page in case.pages:
        for thing in page.annotations:
            shown = entries(entries(thing).get("/AP"))
            if shown and set(shown) != {"/N"}:
                case.found.add(
                    "annotation-appearance", "An annotation looks otherwise when it is touched.", page.number
                )


def _check_stream(case: Case, stream: pikepdf.Stream) -> None:
    values = entries(stream)
    number = key_of(stream)[0]
    if not {"/F", "/FFilter", "/FDecodeParms"}.isdisjoint(values):
        case.found.add("stream-external", f"The data of object {number} stands in another file.")
    filters = values.get("/Filter")
    for one in members(filters) or ([] if filters is None else [filters]):
        if name_of(one) not in _FILTERS:
            case.found.add("stream-filter", f"Object {number} is packed in a way that is not allowed.")


def _check_action(case: Case, thing: pikepdf.Dictionary) -> None:
    kind = name_of(thing.get("/S"))
    if kind == "Named" and "/N" in thing:
        forbidden = name_of(thing.get("/N")) not in _NAMED_ACTIONS
    else:
        forbidden = kind in _FORBIDDEN_ACTIONS and not any(key in thing for key in _NOT_ACTIONS)
    if forbidden:
        case.found.add("active-content", f"Object {key_of(thing)[0]} is an action that is not allowed.")
