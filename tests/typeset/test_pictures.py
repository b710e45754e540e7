from __future__ import annotations

import struct
import zlib

import pytest

from handouts.clinic import Logo
from handouts.errors import UnprintableError
from handouts.typeset.pictures import logo_picture

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{shapes}</svg>'
SQUARE = '<rect width="10" height="10" fill="#ff0000"/>'


def drawn(shapes, box="0 0 100 40"):
    data = SVG.format(box=box, shapes=shapes).encode()
    return logo_picture(Logo(data, "svg", "our logo", "logo.svg"), "colour")


def chunk(name, body):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(rows, extra=b""):
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 2, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + extra + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


ROWS = zlib.compress(b"\0\x80\x80" * 2)
BOMB = chunk(b"zTXt", b"k\0\0" + zlib.compress(bytes(80_000_000)))


def test_a_drawing_is_cut_at_its_view_box():
    """what lies outside the view box is not painted, as in a browser."""
    ops = drawn(SQUARE + '<rect x="-500" y="-500" width="2000" height="2000"/>').ops.split("\n")
    assert ops[0] == "0 0 75.000 30.000 re W n"
    assert drawn(SQUARE, box="5 5 10 20").ops.startswith("0 0 7.500 15.000 re W n\n")


@pytest.mark.parametrize(
    "shapes",
    [
        '<path d="M0 0 L 1e308 3"/>',
        '<rect width="1e30" height="5"/>',
        '<rect transform="scale(1e9)" width="10" height="10"/>',
    ],
)
def test_huge_numbers_are_refused(shapes):
    """a drawing with numbers that no viewer needs to understand is refused."""
    with pytest.raises(UnprintableError, match=r"logo\.svg"):
        drawn(SQUARE + shapes)


def test_a_sound_picture():
    """the picture that the damaged ones are made from can be drawn."""
    assert logo_picture(Logo(png(ROWS), "png", "our logo", "logo.png"), "colour").width == 2


@pytest.mark.parametrize(
    "data",
    [
        png(b"no samples"),
        png(b""),
        png(ROWS, extra=BOMB),
        png(ROWS, extra=struct.pack(">I", 1 << 31) + b"tEXt"),
        b"\xff\xd8\xff\xe0\x00\x04AB\xff\xd9",
        b"",
    ],
)
def test_damaged_pictures_are_refused(data):
    """a picture without its samples, or with a chunk that grows when it is read, is refused."""
    with pytest.raises(UnprintableError, match=r"logo\.png: the logo cannot be read"):
        logo_picture(Logo(data, "png", "our logo", "logo.png"), "colour")
