"""Files as offices send them: what they show must come through, point for point."""

from __future__ import annotations

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from .hidden import layer, layered
from .tools import annotated, form_xobject, harmless, image, one_page


def _picture(kind: str, mode: str = "RGB", **how) -> bytes:
    made = Image.linear_gradient("L").resize((40, 30)).convert(mode)
    out = io.BytesIO()
    made.save(out, kind, **how)
    return out.getvalue()


def _encoded(pdf, data: bytes, coding: pikepdf.Name, **entries):
    picture = image(pdf, Width=40, Height=30, **entries)
    picture.write(data, filter=coding)
    return picture


@harmless
def plain_page():
    return one_page(b"1 0 0 RG 10 10 80 40 re S")


@harmless
def form_with_values():
    pdf = one_page()
    font = pdf.pages[0].obj.Resources.Font
    look = form_xobject(pdf, b"BT /F1 12 Tf 4 10 Td (Left hip) Tj ET", Resources=Dictionary(Font=font))
    box = form_xobject(pdf, b"0 0 30 30 re f")
    off = form_xobject(pdf, b"0 0 30 30 re S")
    field = annotated(
        pdf, Subtype=Name.Widget, FT=Name.Tx, T=String("name"), V=String("Left hip"), AP=Dictionary(N=look)
    )
    ticked = annotated(
        pdf,
        Subtype=Name.Widget,
        FT=Name.Btn,
        T=String("yes"),
        Rect=Array([150, 20, 180, 50]),
        AS=Name.Yes,
        AP=Dictionary(N=Dictionary(Yes=box, Off=off)),
    )
    pdf.Root.AcroForm = Dictionary(Fields=Array([field, ticked]))
    return pdf


@harmless
def layered_map():
    pdf = one_page(
        b"/OC /Roads BDC 1 0 0 RG 10 10 m 200 90 l S EMC /OC /Both BDC 0 0 1 rg 50 50 9 9 re f EMC /A Do"
    )
    roads, water = layer(pdf, "Roads"), layer(pdf, "Water")
    page = pdf.pages[0].obj
    page.Resources.Properties = Dictionary(
        Roads=roads, Both=Dictionary(Type=Name.OCMD, OCGs=Array([roads, water]), P=Name.AllOn)
    )
    page.Resources.XObject = Dictionary(A=form_xobject(pdf, OC=water))
    layered(pdf, [], [roads, water])
    return pdf


@harmless
def layered_map_with_one_layer_off():
    pdf = one_page(
        b"q 0 1 0 RG /OC /Off BDC 9 w 0 0 m 300 200 l S BT /F1 9 Tf 5 5 Td (off) Tj ET 1 0 0 1 9 9 cm EMC"
        b" /OC /On BDC 20 20 m 200 120 l S EMC Q BT /F1 9 Tf 10 80 Td /OC /Off BDC (Not) Tj EMC"
        b" 0 -12 Td (this) Tj ET"
    )
    on, off = layer(pdf, "On"), layer(pdf, "Off")
    pdf.pages[0].obj.Resources.Properties = Dictionary(On=on, Off=off)
    layered(pdf, [off], [on])
    return pdf


@harmless
def turned_and_cropped():
    pdf = one_page(b"0 0 1 RG 10 10 200 100 re S", Rotate=90, CropBox=Array([10, 20, 250, 190]), UserUnit=1)
    page = pdf.pages[0].obj
    stamp = form_xobject(pdf, Matrix=Array([0, 1, -1, 0, 0, 0]))
    annotated(pdf, Subtype=Name.Stamp, AP=Dictionary(N=stamp), Rect=Array([200, 100, 240, 180]))
    parent = pdf.Root.Pages
    for key in ("/Rotate", "/MediaBox", "/CropBox", "/Resources"):
        parent[key] = page[key]
        del page[key]
    return pdf


@harmless
def letters_drawn_in_the_file():
    pdf = one_page(b"BT /T3 20 Tf 30 60 Td (aba) Tj ET")
    pdf.pages[0].obj.Resources.Font.T3 = pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type3,
            FontBBox=Array([0, 0, 10, 10]),
            FontMatrix=Array([0.1, 0, 0, 0.1, 0, 0]),
            CharProcs=Dictionary(
                a=pdf.make_stream(b"10 0 0 0 9 9 d1 0 0 8 8 re f"),
                b=pdf.make_stream(b"10 0 d0 1 0 0 rg 0 0 4 8 re f"),
            ),
            Encoding=Dictionary(Type=Name.Encoding, Differences=Array([97, Name.a, Name.b])),
            FirstChar=97,
            LastChar=98,
            Widths=Array([10, 10]),
            Resources=Dictionary(),
        )
    )
    return pdf


@harmless
def colours_of_all_kinds():
    pdf = one_page(
        b"0.9 0.1 0 0.2 k 0 0 30 30 re f /Spot cs 0.7 scn 40 0 30 30 re f"
        b" /Cal cs 0.2 0.7 0.3 scn 80 0 30 30 re f"
        b" /Lab cs 60 40 20 scn 120 0 30 30 re f /Two cs 0.5 0.5 scn 160 0 30 30 re f"
        b" q 40 0 0 30 200 0 cm /I Do Q"
    )
    page = pdf.pages[0].obj
    tint = Dictionary(
        FunctionType=2, Domain=Array([0, 1]), C0=Array([0, 0, 0, 0]), C1=Array([0, 1, 1, 0]), N=1
    )
    mix = pdf.make_stream(b"{ 0 0 }", FunctionType=4, Domain=Array([0, 1, 0, 1]), Range=Array([0, 1] * 4))
    page.Resources.ColorSpace = Dictionary(
        Spot=Array([Name.Separation, Name("/PANTONE 123"), Name.DeviceCMYK, tint]),
        Cal=Array([Name.CalRGB, Dictionary(WhitePoint=Array([0.95, 1, 1.09]), Gamma=Array([2.2, 2.2, 2.2]))]),
        Lab=Array([Name.Lab, Dictionary(WhitePoint=Array([0.95, 1, 1.09]), Range=Array([-100, 100] * 2))]),
        Two=Array([Name.DeviceN, Array([Name.A, Name.B]), Name.DeviceCMYK, mix]),
    )
    table = pdf.make_stream(bytes(range(12)) * 4)
    page.Resources.XObject = Dictionary(
        I=image(pdf, Width=4, Height=3, ColorSpace=Array([Name.Indexed, Name.DeviceRGB, 15, table]))
    )
    return pdf


@harmless
def pictures_of_all_kinds():
    pdf = one_page(
        b"q 60 0 0 50 0 0 cm /Jpeg Do Q q 60 0 0 50 70 0 cm /Jpx Do Q q 60 0 0 50 140 0 cm /Cmyk Do Q"
        b" 0 0 1 rg q 60 0 0 50 210 0 cm /Mask Do Q q 60 0 0 50 0 60 cm /Soft Do Q"
        b" q 60 0 0 50 70 60 cm BI /W 4 /H 2 /CS /G /BPC 8 ID \x00\x40\x80\xc0\xff EI EI Q"
        b" q 60 0 0 50 140 60 cm BI /W 2 /H 2 /CS /RGB /BPC 8 /F /AHx ID FF0000 00FF00 0000FF 808080> EI Q"
    )
    soft = image(pdf, Width=2, Height=2, ColorSpace=Name.DeviceGray)
    soft.write(bytes((255, 120, 60, 200)))
    jpx = _encoded(pdf, _picture("JPEG2000", no_jp2=False), Name.JPXDecode)
    mask = image(pdf, Width=8, Height=2, ImageMask=True, BitsPerComponent=1, Decode=Array([1, 0]))
    del mask["/ColorSpace"], jpx["/ColorSpace"]
    mask.write(b"\xaa\x55")
    pdf.pages[0].obj.Resources.XObject = Dictionary(
        Jpeg=_encoded(pdf, _picture("JPEG"), Name.DCTDecode),
        Jpx=jpx,
        Cmyk=_encoded(
            pdf,
            _picture("JPEG", "CMYK"),
            Name.DCTDecode,
            ColorSpace=Name.DeviceCMYK,
            Decode=Array([1, 0] * 4),
        ),
        Mask=mask,
        Soft=image(pdf, SMask=soft),
    )
    return pdf


@harmless
def patterns_and_see_through():
    pdf = one_page(
        b"/Pattern cs /Tile scn 0 0 90 60 re f /Shade scn 100 0 90 60 re f /Half gs /Group Do"
        b" /Soft gs 1 0 0 rg 100 70 90 60 re f q 200 70 80 60 re W n /Axial sh Q"
    )
    page = pdf.pages[0].obj
    tile = pdf.make_stream(
        b"1 0 0 rg 0 0 5 5 re f",
        PatternType=1,
        PaintType=1,
        TilingType=1,
        BBox=Array([0, 0, 10, 10]),
        XStep=10,
        YStep=10,
        Resources=Dictionary(),
    )
    fade = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([1, 0, 0]), C1=Array([0, 0, 1]), N=1)
    parts = Dictionary(
        FunctionType=3,
        Domain=Array([0, 1]),
        Functions=Array([fade, fade]),
        Bounds=Array([0.5]),
        Encode=Array([0, 1, 1, 0]),
    )
    axial = Dictionary(
        ShadingType=2,
        ColorSpace=Name.DeviceRGB,
        Coords=Array([100, 0, 290, 60]),
        Function=parts,
        Extend=Array([True, True]),
    )
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB, I=True, K=False)
    fading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceGray, Coords=Array([100, 0, 190, 0]))
    fading.Function = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0]), C1=Array([1]), N=1)
    soft = form_xobject(pdf, b"/S sh", Group=Dictionary(S=Name.Transparency, CS=Name.DeviceGray))
    soft.BBox = Array([0, 0, 300, 200])
    soft.Resources = Dictionary(Shading=Dictionary(S=fading))
    page.Resources.Pattern = Dictionary(
        Tile=tile, Shade=pdf.make_indirect(Dictionary(PatternType=2, Shading=axial))
    )
    page.Resources.Shading = Dictionary(Axial=axial)
    page.Resources.ExtGState = Dictionary(
        Half=Dictionary(ca=0.5, CA=0.5, BM=Name.Multiply),
        Soft=Dictionary(SMask=Dictionary(S=Name.Luminosity, G=soft), ca=1),
    )
    page.Resources.XObject = Dictionary(
        Group=form_xobject(pdf, Group=group, Matrix=Array([1, 0, 0, 1, 0, 80]))
    )
    page.Group = group
    return pdf


@harmless
def marks_of_readers_on_a_page_left_scaled():
    pdf = one_page(b"q q 0.5 0 0 0.5 10 10 cm 0 0 50 50 re S")
    look = Dictionary(N=form_xobject(pdf))
    annotated(pdf, Subtype=Name.Stamp, AP=look, Rect=Array([100, 60, 180, 120]))
    annotated(pdf, Subtype=Name.FreeText, AP=look, Rect=Array([10, 120, 60, 140]), F=4)
    annotated(pdf, Subtype=Name.Highlight, AP=look, Rect=Array([200, 120, 260, 140]))
    return pdf


@harmless
def forms_that_take_the_resources_of_their_page():
    pdf = one_page(b"/A Do")
    form = form_xobject(pdf, b"BT /F1 12 Tf 4 10 Td (Inherited) Tj ET")
    pdf.pages[0].obj.Resources.XObject = Dictionary(A=form)
    return pdf
