"""What an archive allows is not told as a fault; what it forbids is planted in ``planted/archive.py``."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from handouts.audit import audit
from handouts.audit.jpx import jpx_trouble
from handouts.audit.sfnt import read_glyphs

from .planted.archive import jpeg_2000


def _ink_profile(pdf):
    data = bytearray(pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes())
    data[16:20] = b"CMYK"
    return Array([Name.ICCBased, pdf.make_stream(bytes(data), N=4)])


def _paint(pdf, content):
    page = pdf.pages[0].obj
    page.Contents = pdf.make_stream(b"/Artifact BMC q " + content + b" Q EMC " + page.Contents.read_bytes())


def inks_with_a_profile(pdf):
    pdf.pages[0].Resources.ColorSpace = Dictionary(DefaultCMYK=_ink_profile(pdf))
    _paint(pdf, b"0 0 0 1 k 0 0 9 9 re f /DeviceCMYK cs")


def spot_colours(pdf):
    tint = Dictionary(FunctionType=2, Domain=Array([0, 1]), N=1, C0=Array([0] * 3), C1=Array([1] * 3))
    spot = Array([Name.Separation, Name.Gold, Name.DeviceRGB, tint])
    pdf.pages[0].Resources.ColorSpace = Dictionary(Gold=spot, Few=Array([Name.Indexed, spot, 0, String("a")]))
    _paint(pdf, b"/Gold cs 1 sc /Few CS 0 SC /Pattern cs /RelativeColorimetric ri")


def a_small_image(pdf):
    _paint(pdf, b"BI /W 1 /H 1 /CS [/I /RGB 0 <000000>] /BPC 8 /F /AHx /I false ID 00> EI")


def deep_but_not_too_deep(pdf):
    _paint(pdf, b"q " * 27 + b"Q " * 27)


def a_graphics_state(pdf):
    screen = Dictionary(Type=Name.Halftone, HalftoneType=1, Frequency=60, Angle=45, SpotFunction=Name.Round)
    state = Dictionary(TR2=Name.Default, HT=screen, BM=Name.Multiply, RI=Name.Perceptual, OPM=1)
    pdf.pages[0].Resources.ExtGState = Dictionary(Odd=state)
    _paint(pdf, b"/Odd gs")


def named_layers(pdf):
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("all")))
    order = Array([String("Group"), Array([layer])])
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(Name=String("a"), Order=order))


def a_long_text_and_name(pdf):
    pdf.Root.Odd = Array([Name("/" + "a" * 127), String("a" * 32_767), 2**31 - 1, -(2**31)])


def a_page_turned_by_a_link(pdf):
    pdf.Root.Odd = pdf.make_indirect(Dictionary(S=Name.Named, N=Name.NextPage))


_ALLOWED = (
    inks_with_a_profile,
    spot_colours,
    a_small_image,
    deep_but_not_too_deep,
    a_graphics_state,
    named_layers,
    a_long_text_and_name,
    a_page_turned_by_a_link,
)


@pytest.mark.parametrize("change", _ALLOWED, ids=lambda change: change.__name__)
def test_what_is_allowed_is_not_told(good, change):
    """a file that holds what PDF/A-2 allows has no defect."""
    with pikepdf.open(io.BytesIO(good)) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out, fix_metadata_version=False)
    assert [str(one) for one in audit(out.getvalue())] == []


@pytest.mark.parametrize(
    "image",
    [
        jpeg_2000(),
        jpeg_2000(channels=1, colours=(b"\1\0\0\0\0\0\x11",)),
        jpeg_2000(colours=(b"\1\0\1\0\0\0\x10", b"\2\0\0profile")),
    ],
)
def test_wavelets_as_most_have_them_are_allowed(image):
    """a JPEG 2000 head with one opinion on its colours is fine."""
    assert jpx_trouble(image) == ""


@pytest.mark.parametrize("size", [0, 1, 11, 40, 100])
def test_half_a_font_is_no_font(good, size):
    """a program that is cut off anywhere has no glyphs, and raises nothing."""
    with pikepdf.open(io.BytesIO(good)) as pdf:
        font = next(iter(pdf.pages[0].Resources.Font.values()))
        program = font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()
    whole = read_glyphs(program)
    assert whole is not None
    assert whole.count > 10
    assert read_glyphs(program[:size]) is None
