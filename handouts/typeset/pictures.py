"""Pictures: what a page shows besides text.

A clinic's logo is PDF operators (SVG) or an image that the file holds (PNG, JPEG).
"""

from __future__ import annotations

import io
import logging
import re
import zlib
from dataclasses import dataclass
from functools import lru_cache, partial

from PIL import Image

from handouts.clinic import Logo, greyed, hex_colour, luminance
from handouts.errors import UnprintableError
from handouts.order import Ink
from handouts.typeset.lines import colour_operator

COLOUR = re.compile(r"(?:[\d.]+ ){3}(rg|RG)")
TOO_LARGE = re.compile(r"(?<![.\d])\d{7}|nan\b|inf\b")
"""A number of a million or more, or none at all: a viewer need not understand it."""
BLACK_BELOW = 0.45
"""A colour of a logo with less than this luminance is black in black ink, any other is white."""
MAX_PIXELS = 25_000_000
MAX_PRINTED_PIXELS = 1200
"""The longer side of a stored image: about 400 dots an inch for the largest logo."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture ready for a page: its proportions, its operators, and perhaps an image to store.

    The operators paint it in a box of ``width`` by ``height`` (its own units) with y up. ``image`` is a
    name that is the same for the same picture: of samples (``streams``: they and the mask, if any) or of a
    ``form`` of compressed operators.
    """

    width: float
    height: float
    ops: str
    image: str = ""
    streams: tuple[StoredImage, ...] = ()
    form: bytes = b""


@dataclass(frozen=True, slots=True)
class StoredImage:
    """One image of eight bits a sample; ``colours`` is 1 (grey) or 3 (RGB)."""

    width: int
    height: int
    colours: int
    data: bytes


@lru_cache(maxsize=32)
def logo_picture(logo: Logo, ink: Ink) -> Drawn:
    """Return a clinic's logo for a kind of ink.

    Raises UnprintableError, naming the file, for a picture that cannot be read or holds what a printed
    and archived page must not (text in a font of its own, transparency in an SVG).
    """
    return _vector(logo, ink) if logo.kind == "svg" else _samples(logo, ink)


def _samples(logo: Logo, ink: Ink) -> Drawn:
    try:
        with Image.open(io.BytesIO(logo.data), formats=("PNG", "JPEG")) as opened:
            width, height = opened.size
            picture = opened.convert("RGBA") if width * height <= MAX_PIXELS else None
    except Exception as error:
        raise UnprintableError(
            "the logo cannot be read.", advice="Save it again as PNG or JPEG.", where=logo.file
        ) from error
    if picture is None:
        raise UnprintableError(
            f"the logo has {width} x {height} dots, which is too many.",
            advice="Save it smaller: 1200 dots wide is plenty.",
            where=logo.file,
        )
    picture.thumbnail((MAX_PRINTED_PIXELS, MAX_PRINTED_PIXELS))
    mask = picture.getchannel("A")
    mode = "RGB" if ink == "colour" else "L"
    shown = Image.new("RGBA", picture.size, "white")
    shown.alpha_composite(picture)
    streams = [_stored(shown.convert(mode))]
    extrema = mask.getextrema()
    if extrema[0] != 255:
        streams = [_stored(picture.convert("RGB").convert(mode)), _stored(mask)]
    width, height = picture.size
    name = f"{zlib.crc32(b''.join(stream.data for stream in streams)):08X}"
    return Drawn(width, height, f"{width} 0 0 {height} 0 0 cm /I{name} Do", f"I{name}", tuple(streams))


def _stored(picture: Image.Image) -> StoredImage:
    colours = 3 if picture.mode == "RGB" else 1
    return StoredImage(picture.width, picture.height, colours, zlib.compress(picture.tobytes(), 9))


def _vector(logo: Logo, ink: Ink) -> Drawn:
    # Only a clinic with an SVG logo pays for loading the SVG reader, which takes longer than a handout.
    from reportlab.graphics import renderPDF  # noqa: PLC0415 - see above
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415 - see above
    from svglib.svglib import svg2rlg  # noqa: PLC0415 - see above

    logging.getLogger("svglib").setLevel(logging.ERROR)
    try:
        drawing = svg2rlg(io.BytesIO(logo.data))
    except Exception as error:
        raise UnprintableError(
            "the logo cannot be read.", advice="Save it again as plain SVG.", where=logo.file
        ) from error
    if drawing is None or drawing.width <= 0 or drawing.height <= 0:
        raise UnprintableError(
            "the logo has no size.", advice="Give the SVG a width, a height and a viewBox.", where=logo.file
        )
    canvas = Canvas(io.BytesIO(), pageCompression=0)
    code: list[str] = canvas._code  # noqa: SLF001 - ReportLab has no public way to take operators out
    start = len(code)
    renderPDF.draw(drawing, canvas, 0, 0)
    ops = "\n".join(code[start:])
    words = set(ops.split())
    if words & {"Tj", "TJ", "gs", "Do", "sh"}:
        raise UnprintableError(
            "the logo holds text, pictures or transparency.",
            advice="Turn its text into outlines and its transparency into plain colours.",
            where=logo.file,
        )
    if TOO_LARGE.search(ops):
        raise UnprintableError(
            "the logo holds numbers that are too large.",
            advice="Save it again as plain SVG.",
            where=logo.file,
        )
    # What lies outside its viewBox a browser does not show, and a page must not.
    clip = f"0 0 {drawing.width:.3f} {drawing.height:.3f} re W n"
    return Drawn(drawing.width, drawing.height, f"{clip}\n{COLOUR.sub(partial(_inked, ink=ink), ops)}")


def _inked(found: re.Match[str], ink: Ink) -> str:
    """Return a colour operator for a kind of ink: as it is, as its grey, or as black or white."""
    if ink == "colour":
        return found[0]
    red, green, blue = (float(value) for value in found[0].split()[:3])
    colour = hex_colour((red, green, blue))
    grey = greyed(colour) if ink == "grey" else "#ffffff" if luminance(colour) > BLACK_BELOW else "#000000"
    return colour_operator(grey, stroke=found[1] == "RG")
