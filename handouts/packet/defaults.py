"""Default colour spaces: a part whose colours are meant in another profile than ours keeps their meaning.

PDF/A names one profile for a whole file. What a part paints in colours of a device then gets the part's own
profile as the default colour space of its pages, forms and patterns. Source: ISO 32000-1, 8.6.5.6; ISO
19005-2, 6.2.4.3. Inks (CMYK) are left alone: no default explains the groups that are mixed in them.
"""

from __future__ import annotations

import zlib
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from handouts.pdf.metadata import colour_profile

_SPACES = {1: "/DefaultGray", 3: "/DefaultRGB"}


def tie_colours(pdf: pikepdf.Pdf) -> None:
    """Give the part's profile to what it paints with, and ours to its output intent, unless that is ours."""
    intent = _output_intent(pdf)
    if intent is None:
        return
    profile, ours = intent.DestOutputProfile, zlib.decompress(colour_profile())
    parts: Any = profile.get("/N")
    space = _SPACES.get(parts) if isinstance(parts, int) else None
    try:
        if space is None or profile.read_bytes() == ours:
            return
    except (pikepdf.PdfError, pikepdf.DataDecodingError):
        return
    meant = pdf.make_indirect(Array([Name.ICCBased, profile]))
    len(pdf.pages)  # a page that leans on the resources of its parent gets them as its own
    for thing in pdf.objects:
        if isinstance(thing, Dictionary | pikepdf.Stream) and isinstance(thing.get("/Resources"), Dictionary):
            _add_space(thing.Resources, space, meant)
    intent.DestOutputProfile = pdf.make_stream(ours, N=3)


def _output_intent(pdf: pikepdf.Pdf) -> pikepdf.Object | None:
    intents = pdf.Root.get("/OutputIntents")
    for intent in list(intents) if isinstance(intents, Array) else []:
        if isinstance(intent, Dictionary) and intent.get("/S") == "/GTS_PDFA1":
            return intent if isinstance(intent.get("/DestOutputProfile"), pikepdf.Stream) else None
    return None


def _add_space(shelf: pikepdf.Object, space: str, meant: pikepdf.Object) -> None:
    if not isinstance(shelf.get("/ColorSpace"), Dictionary):
        shelf["/ColorSpace"] = Dictionary()
    if space not in shelf["/ColorSpace"]:
        shelf["/ColorSpace"][space] = meant
