"""Graphics states, images and forms for the archive: nothing that a device or another file decides."""

from __future__ import annotations

from typing import Any

import pikepdf

from handouts.audit.case import Case
from handouts.audit.drawn import INTENTS
from handouts.audit.jpx import jpx_trouble
from handouts.audit.objects import entries, members, name_of, stream_bytes, whole
from handouts.audit.reach import Reached

_BLEND_NAMES = (
    "Normal Compatible Multiply Screen Overlay Darken Lighten ColorDodge ColorBurn HardLight SoftLight "
    "Difference Exclusion Hue Saturation Color Luminosity"
)
_BLENDS = frozenset(_BLEND_NAMES.split())
_HALFTONES = (1, 5)
_BITS = (1, 2, 4, 8, 16)
_MOST_RAW_BYTES = 64_000_000


def check_state(case: Case, values: dict[str, Any], page: int) -> None:
    """Tell what a graphics state leaves to the device, or names that does not exist."""
    curve = values.get("/TR2")
    if "/TR" in values or (curve is not None and name_of(curve) != "Default") or "/HTP" in values:
        case.found.add("graphics-state", "Colours are bent for one device.", page)
    screen = entries(values.get("/HT"))
    if screen and (
        whole(screen.get("/HalftoneType")) not in _HALFTONES
        or "/HalftoneName" in screen
        or ("/TransferFunction" in screen)
    ):
        case.found.add("graphics-state", "A screen of dots is made for one device.", page)
    blend = values.get("/BM")
    if blend is not None and not all(name_of(one) in _BLENDS for one in (members(blend) or [blend])):
        case.found.add("blend-mode", "Colours are mixed in a way that does not exist.", page)
    _check_intent(case, values.get("/RI"), page)


def _check_intent(case: Case, intent: object, page: int) -> None:
    if intent is not None and name_of(intent) not in INTENTS:
        case.found.add("rendering-intent", "A rendering intent is named that does not exist.", page)


def check_image(case: Case, one: Reached) -> None:
    """Tell an image that has other versions, is smoothed, or cannot be unpacked everywhere."""
    values = one.values
    if "/Alternates" in values or "/OPI" in values:
        case.found.add("image", "An image has another version.", one.page)
    if values.get("/Interpolate") is True:
        case.found.add("image", "An image asks to be smoothed.", one.page)
    _check_intent(case, values.get("/Intent"), one.page)
    filters = values.get("/Filter")
    if "JPXDecode" in [name_of(part) for part in members(filters) or [filters]]:
        if trouble := jpx_trouble(_raw(one.thing)):
            case.found.add("image", f"A JPEG 2000 image {trouble}.", one.page)
        return
    bits = values.get("/BitsPerComponent")
    if values.get("/ImageMask") is True:
        if bits not in (None, 1):
            case.found.add("image", "A mask has more than one bit for each point.", one.page)
    elif bits not in _BITS:
        case.found.add("image", "An image has a number of bits that does not exist.", one.page)


def _raw(thing: object) -> bytes:
    if not isinstance(thing, pikepdf.Stream):
        return b""
    try:
        return stream_bytes(thing, _MOST_RAW_BYTES)
    except (ValueError, pikepdf.PdfError, pikepdf.DataDecodingError):
        return bytes(thing.read_raw_bytes())


def check_object(case: Case, one: Reached) -> None:
    """Tell what is painted by another file, or by a program for printers."""
    values = one.values
    if one.kind == "other" or "/PS" in values or name_of(values.get("/Subtype2")) == "PS":
        case.found.add("form-foreign", "A program for printers is painted.", one.page)
    if "/Ref" in values or "/OPI" in values:
        case.found.add("form-foreign", "A page of another file is painted.", one.page)
