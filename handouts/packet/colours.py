"""Colours: which profile the colours of all parts are meant in.

PDF/A names one profile for the whole file. Parts that are meant in different ones cannot keep PDF/A together.
"""

from __future__ import annotations

import zlib

from handouts.errors import ForeignError
from handouts.packet.copying import Shared
from handouts.packet.source import Source
from handouts.pdf.metadata import colour_intent, colour_profile

_PARTS = {b"GRAY": 1, b"RGB ": 3, b"CMYK": 4}


def read_profile(source: Source) -> bytes:
    """Return the profile that a part's colours are meant in, decoded; nothing if it names none."""
    for intent in source.members(source.root.get(b"/OutputIntents")):
        values = source.entries(intent)
        ref = values.get(b"/DestOutputProfile")
        if source.value(values.get(b"/S")) == b"/GTS_PDFA1" and isinstance(ref, int):
            try:
                return source.data(ref)
            except ForeignError:
                return b""
    return b""


def write_intent(shared: Shared, profile: bytes) -> str:
    """Write a profile, ours if it is none; return the output intent that names it."""
    if not profile or profile == zlib.decompress(colour_profile()):
        return colour_intent(shared.file)
    number = shared.add_stream(profile, b"/N %d" % _PARTS.get(profile[16:20], 3))
    return (
        f"<</Type/OutputIntent/S/GTS_PDFA1/DestOutputProfile {number} 0 R"
        "/OutputConditionIdentifier(Custom)/Info(As in the parts of this file)>>"
    )
