"""What a file of someone else may hold that an archive forbids."""

from __future__ import annotations

import io
import struct

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from .tools import annotate, edit, fonts, plants, plants_bytes, saved


def _add(pdf, kind: str, thing, name: str = "Odd") -> None:
    """Put a thing among the resources of the first page."""
    shelf = pdf.pages[0].Resources
    if "/" + kind not in shelf:
        shelf["/" + kind] = Dictionary()
    shelf["/" + kind]["/" + name] = thing


def _image(pdf, data: bytes = b"\0", **values):
    how = {"ColorSpace": Name.DeviceGray, "BitsPerComponent": 8, "Width": 1, "Height": 1} | values
    return pdf.make_stream(data, Type=Name.XObject, Subtype=Name.Image, **how)


def _form(pdf, data: bytes, **values):
    return pdf.make_stream(
        data, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]), Resources=Dictionary(), **values
    )


def _paint(pdf, content: bytes) -> None:
    edit(pdf, rb"\A", b"/Artifact BMC q " + content + b" Q EMC ")


def _profile(pdf) -> bytes:
    return pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes()


# limits and streams


@plants("limit", foreign=True)
def name_too_long(pdf):
    pdf.Root.Odd = Name("/" + "a" * 128)


@plants("limit", foreign=True)
def key_too_long(pdf):
    pdf.Root["/" + "k" * 128] = True


@plants("limit", foreign=True)
def text_too_long(pdf):
    pdf.trailer.Info.Subject = String("a" * 32_768)


@plants("limit", foreign=True)
def number_too_large(pdf):
    pdf.Root.Odd = Array([Dictionary(A=2**31)])


@plants("limit", foreign=True)
def font_name_no_text(pdf):
    fonts(pdf)[0].BaseFont = pikepdf.Object.parse(b"/A#ff")


@plants("limit", foreign=True)
def nested_too_deep(pdf):
    _paint(pdf, b"q " * 28 + b"Q " * 28)


@plants("stream-external", foreign=True)
def data_elsewhere(pdf):
    pdf.pages[0].Contents.F = String("elsewhere.bin")


@plants_bytes("stream-filter", foreign=True)
def packed_with_lzw(data):
    with pikepdf.open(io.BytesIO(data)) as pdf:
        odd = pikepdf.Stream(pdf, b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01")
        odd.stream_dict.Filter = Name.LZWDecode
        pdf.Root.Odd = pdf.make_indirect(odd)
        return saved(pdf, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)


@plants("stream-filter", foreign=True)
def small_image_packed_with_lzw(pdf):
    _paint(pdf, b"BI /W 1 /H 1 /CS /G /BPC 8 /F [/AHx /LZW] ID 00> EI")


@plants_bytes("metadata-packed", foreign=True)
def metadata_packed(data):
    """The library unpacks metadata whenever it writes a file, so that the bytes are changed by hand."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        whole = saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert whole.count(b"/Subtype /XML") == 1
    return whole.replace(b"/Subtype /XML", b"/Filter [   ]")


# content


@plants("resource-missing", foreign=True)
def form_that_is_not_there(pdf):
    _paint(pdf, b"/Nowhere Do")


@plants("resource-missing", foreign=True)
def colours_that_are_not_there(pdf):
    _paint(pdf, b"/Nowhere cs")


@plants("content-operator", foreign=True)
def operator_unknown(pdf):
    _paint(pdf, b"1 2 zap")


@plants("content-operator", foreign=True)
def operator_unknown_in_a_form(pdf):
    _add(pdf, "XObject", _form(pdf, b"BX zap EX"))


@plants("content-operator", foreign=True)
def operator_unknown_in_an_appearance(pdf):
    pdf.pages[0].Annots[0].AP = Dictionary(N=_form(pdf, b"zap"))


# colours


@plants("colour-device", foreign=True)
def ink_colours(pdf):
    _paint(pdf, b"0 0 0 1 k 1 1 9 9 re f")


@plants("colour-device", foreign=True)
def ink_colours_by_name(pdf):
    _paint(pdf, b"/DeviceCMYK cs 0 0 0 1 sc")


@plants("colour-device", foreign=True)
def ink_colours_in_an_image(pdf):
    _add(pdf, "XObject", _image(pdf, b"\0\0\0\0", ColorSpace=Name.DeviceCMYK))


@plants("colour-device", foreign=True)
def ink_colours_in_a_small_image(pdf):
    _paint(pdf, b"BI /W 1 /H 1 /CS /CMYK /BPC 8 /F /AHx ID 00000000> EI")


@plants("colour-device", foreign=True)
def ink_colours_below_a_spot_colour(pdf):
    tint = Dictionary(FunctionType=2, Domain=Array([0, 1]), N=1, C0=Array([0] * 4), C1=Array([1] * 4))
    spot = Array([Name.Separation, Name.Gold, Name.DeviceCMYK, tint])
    _add(pdf, "ColorSpace", Array([Name.Indexed, spot, 0, String("a")]))


@plants("colour-device", foreign=True)
def ink_colours_in_a_shading(pdf):
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceCMYK, Coords=Array([0, 0, 9, 9]))
    _add(pdf, "Pattern", Dictionary(PatternType=2, Shading=shading))


@plants("colour-device", foreign=True)
def ink_colours_in_a_pattern(pdf):
    tile = pdf.make_stream(
        b"0 0 0 1 K 0 0 5 5 re S",
        PatternType=1,
        PaintType=1,
        TilingType=1,
        BBox=Array([0, 0, 9, 9]),
        XStep=9,
        YStep=9,
        Resources=Dictionary(),
    )
    _add(pdf, "Pattern", tile)


@plants("colour-device", foreign=True)
def ink_colours_of_a_group(pdf):
    pdf.pages[0].Group = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK)


@plants("colour-profile", foreign=True)
def profile_too_new(pdf):
    data = bytearray(_profile(pdf))
    data[8] = 5
    _add(pdf, "ColorSpace", Array([Name.ICCBased, pdf.make_stream(bytes(data), N=3)]))


@plants("colour-profile", foreign=True)
def profile_of_other_colours(pdf):
    _add(pdf, "ColorSpace", Array([Name.ICCBased, pdf.make_stream(_profile(pdf), N=4)]))


@plants("colour-profile", foreign=True)
def profile_that_is_none(pdf):
    _add(pdf, "ColorSpace", Array([Name.ICCBased, pdf.make_stream(b"red", N=3)]))


@plants("colour-profile", foreign=True)
def profile_of_a_link_between_devices(pdf):
    data = bytearray(_profile(pdf))
    data[12:16] = b"link"
    pdf.Root.OutputIntents[0].DestOutputProfile = pdf.make_stream(bytes(data), N=3)


@plants("output-intent", foreign=True)
def two_output_profiles(pdf):
    again = pdf.make_stream(_profile(pdf), N=3)
    other = Dictionary(S=Name.GTS_PDFX, DestOutputProfile=again)
    pdf.Root.OutputIntents = Array([pdf.Root.OutputIntents[0], other])


@plants("colour-space", foreign=True)
def colours_of_too_many_parts(pdf):
    names = Array([Name(f"/C{number}") for number in range(33)])
    _add(pdf, "ColorSpace", Array([Name.DeviceN, names, Name.DeviceRGB, Dictionary()]))


@plants("colour-space", foreign=True)
def colours_that_do_not_exist(pdf):
    _add(pdf, "XObject", _image(pdf, ColorSpace=Name.Nowhere))


@plants("colour-space", foreign=True)
def colours_built_of_themselves(pdf):
    space = pdf.make_indirect(Array([Name.Indexed, Name.DeviceRGB, 0, String("abc")]))
    space[1] = space
    _add(pdf, "ColorSpace", space)


# graphics states and images


@plants("rendering-intent", foreign=True)
def intent_unknown(pdf):
    _paint(pdf, b"/Bright ri")


@plants("rendering-intent", foreign=True)
def intent_unknown_of_an_image(pdf):
    _add(pdf, "XObject", _image(pdf, Intent=Name.Bright))


@plants("graphics-state", foreign=True)
def transfer_function(pdf):
    _add(pdf, "ExtGState", Dictionary(TR=Name.Identity))


@plants("graphics-state", foreign=True)
def transfer_function_of_the_second_kind(pdf):
    _add(pdf, "ExtGState", Dictionary(TR2=Name.Identity))


@plants("graphics-state", foreign=True)
def halftone_by_name(pdf):
    _add(pdf, "ExtGState", Dictionary(HT=Dictionary(HalftoneType=1, HalftoneName=String("a"))))


@plants("graphics-state", foreign=True)
def halftone_of_a_strange_kind(pdf):
    _add(pdf, "ExtGState", Dictionary(HT=Dictionary(HalftoneType=6)))


@plants("graphics-state", foreign=True)
def inks_over_each_other(pdf):
    data = bytearray(_profile(pdf))
    data[16:20] = b"CMYK"
    _add(pdf, "ColorSpace", Array([Name.ICCBased, pdf.make_stream(bytes(data), N=4)]))
    _add(pdf, "ExtGState", Dictionary(OPM=1, OP=True))


@plants("blend-mode", foreign=True)
def blend_mode_unknown(pdf):
    _add(pdf, "ExtGState", Dictionary(BM=Array([Name.Multiply, Name.Glow])))


@plants("image", foreign=True)
def image_smoothed(pdf):
    _add(pdf, "XObject", _image(pdf, Interpolate=True))


@plants("image", foreign=True)
def small_image_smoothed(pdf):
    _paint(pdf, b"BI /W 1 /H 1 /CS /G /BPC 8 /I true /F /AHx ID 00> EI")


@plants("image", foreign=True)
def image_with_alternates(pdf):
    _add(pdf, "XObject", _image(pdf, Alternates=Array([])))


@plants("image", foreign=True)
def image_of_three_bits(pdf):
    _add(pdf, "XObject", _image(pdf, BitsPerComponent=3))


@plants("image", foreign=True)
def mask_of_eight_bits(pdf):
    mask = _image(pdf, ImageMask=True)
    _add(pdf, "XObject", _image(pdf, Mask=mask))


def jpeg_2000(channels: int = 3, bits: int = 7, colours: tuple[bytes, ...] = (b"\1\0\0\0\0\0\x10",)) -> bytes:
    """Return the head of a JPEG 2000 image."""

    def box(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I4s", len(body) + 8, kind) + body

    size = struct.pack(">IIHBBBB", 1, 1, channels, bits, 7, 0, 0)
    inner = box(b"ihdr", size) + b"".join(box(b"colr", colour) for colour in colours)
    return b"\0\0\0\x0cjP  \r\n\x87\n" + box(b"ftyp", b"jp2 \0\0\0\0jp2 ") + box(b"jp2h", inner)


def _wavelets(pdf, data: bytes):
    image = pikepdf.Stream(pdf, data)
    image.stream_dict.update(Dictionary(Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1))
    image.stream_dict.Filter = Name.JPXDecode
    _add(pdf, "XObject", pdf.make_indirect(image))


@plants("image", foreign=True)
def wavelets_of_two_channels(pdf):
    _wavelets(pdf, jpeg_2000(channels=2))


@plants("image", foreign=True)
def wavelets_of_varied_bits(pdf):
    _wavelets(pdf, jpeg_2000(bits=255))


@plants("image", foreign=True)
def wavelets_of_strange_colours(pdf):
    _wavelets(pdf, jpeg_2000(colours=(b"\1\0\0\0\0\0\x13",)))


@plants("image", foreign=True)
def wavelets_of_two_opinions(pdf):
    _wavelets(pdf, jpeg_2000(colours=(b"\1\0\0\0\0\0\x10", b"\1\0\0\0\0\0\x11")))


@plants("image", foreign=True)
def wavelets_of_no_head(pdf):
    _wavelets(pdf, jpeg_2000()[:20])


@plants("form-foreign", foreign=True)
def printer_program(pdf):
    _add(pdf, "XObject", pdf.make_stream(b"showpage", Type=Name.XObject, Subtype=Name.PS))


@plants("form-foreign", foreign=True)
def printer_program_in_a_form(pdf):
    _add(pdf, "XObject", _form(pdf, b"", Subtype2=Name.PS))


@plants("form-foreign", foreign=True)
def page_of_another_file(pdf):
    _add(pdf, "XObject", _form(pdf, b"", Ref=Dictionary(F=Dictionary(F=String("other.pdf")), Page=0)))


# annotations, actions, layers


@plants("annotation-appearance", foreign=True)
def link_that_changes_when_touched(pdf):
    look = _form(pdf, b"")
    pdf.pages[0].Annots[0].AP = Dictionary(N=look, D=look)


@plants("annotation-flags", foreign=True)
def link_that_does_not_print(pdf):
    del pdf.pages[0].Annots[0]["/F"]


@plants("annotation-type", foreign=True)
def sound_to_play(pdf):
    annotate(pdf, Subtype=Name.Sound)


@plants("active-content", foreign=True)
def layers_switched_by_an_action(pdf):
    pdf.Root.Odd = pdf.make_indirect(Dictionary(S=Name.SetOCGState, State=Array([])))


@plants("active-content", foreign=True)
def named_action_unknown(pdf):
    pdf.Root.Odd = pdf.make_indirect(Dictionary(S=Name.Named, N=Name.Print))


@plants("active-content", foreign=True)
def viewer_asked_for_abilities(pdf):
    pdf.Root.Requirements = Array([Dictionary(S=Name.EnableJavaScripts)])


@plants("active-content", foreign=True)
def slide_show(pdf):
    pdf.Root.Names = Dictionary(AlternatePresentations=Dictionary())


@plants("active-content", foreign=True)
def page_in_steps(pdf):
    pdf.pages[0].PresSteps = Dictionary(Type=Name.NavNode)


def _layers(pdf, **values):
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("all")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(**values))


@plants("layer-setting", foreign=True)
def layers_without_a_name(pdf):
    _layers(pdf)


@plants("layer-setting", foreign=True)
def layer_left_out(pdf):
    _layers(pdf, Name=String("a"), Order=Array([]))


@plants("layer-setting", foreign=True)
def layers_that_switch_by_themselves(pdf):
    _layers(pdf, Name=String("a"), AS=Array([Dictionary()]))


# fonts


@plants("font-not-embedded", foreign=True)
def letters_only_to_cut_with(pdf):
    plain = Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding
    )
    _add(pdf, "Font", pdf.make_indirect(plain))
    _paint(pdf, b"BT /Odd 9 Tf 7 Tr (a) Tj ET")


@plants("font-program", foreign=True)
def font_of_another_kind(pdf):
    fonts(pdf)[0].Subtype = Name.Type9


@plants("font-program", foreign=True)
def font_program_of_another_kind(pdf):
    _descriptor(pdf).FontFile3 = pdf.make_stream(b"\1\0\4\2", Subtype=Name.Type1C)
    del _descriptor(pdf)["/FontFile2"]


@plants("font-program", foreign=True)
def font_program_is_none(pdf):
    _descriptor(pdf).FontFile2 = pdf.make_stream(b"letters")


def _inner(pdf):
    """Return the dictionary that holds the glyphs of the first font."""
    font = fonts(pdf)[0]
    return font.DescendantFonts[0] if "/DescendantFonts" in font else font


def _descriptor(pdf):
    return _inner(pdf).FontDescriptor


def _simple(pdf, **values):
    """Put a simple font beside the others, with the program of the first one."""
    descriptor = Dictionary(_descriptor(pdf))
    descriptor.Flags = values.pop("Flags", 32)
    how = {"Encoding": Name.WinAnsiEncoding, "FirstChar": 65, "LastChar": 65, "Widths": Array([500])} | values
    font = Dictionary(
        Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name.Odd, FontDescriptor=descriptor, **how
    )
    _add(pdf, "Font", pdf.make_indirect(font))


@plants("font-widths", foreign=True)
def width_missing(pdf):
    _simple(pdf, LastChar=66)


@plants("font-encoding", foreign=True)
def letters_without_an_encoding(pdf):
    _simple(pdf, Encoding=Name.Identity)


@plants("font-encoding", foreign=True)
def signs_with_an_encoding(pdf):
    _simple(pdf, Flags=4)


@plants("font-encoding", foreign=True)
def neither_letters_nor_signs(pdf):
    _simple(pdf, Flags=0)


@plants("font-cmap", foreign=True)
def collection_not_said(pdf):
    del _inner(pdf)["/CIDSystemInfo"]


@plants("font-cmap", foreign=True)
def glyphs_not_said(pdf):
    del _inner(pdf)["/CIDToGIDMap"]


@plants("font-cmap", foreign=True)
def codes_of_another_collection(pdf):
    fonts(pdf)[0].Encoding = Name("/UniJIS-UCS2-H")


@plants("font-cmap", foreign=True)
def codes_not_embedded(pdf):
    fonts(pdf)[0].Encoding = Name("/Klingon-H")


def _codes(pdf, data: bytes, **values):
    system = _inner(pdf).CIDSystemInfo
    fonts(pdf)[0].Encoding = pdf.make_stream(
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange " + data, CIDSystemInfo=system, **values
    )


@plants("font-cmap", foreign=True)
def codes_across_and_down(pdf):
    _codes(pdf, b"/WMode 1 def")


@plants("font-cmap", foreign=True)
def codes_that_lean_on_others(pdf):
    _codes(pdf, b"/Klingon-H usecmap")


@plants("font-cmap", foreign=True)
def own_codes_of_another_collection(pdf):
    _codes(pdf, b"")
    fonts(pdf)[0].Encoding.CIDSystemInfo = Dictionary(
        Registry=String("A"), Ordering=String("B"), Supplement=0
    )


@plants("font-cmap", foreign=True)
def letters_left_out_of_the_list(pdf):
    _descriptor(pdf).CIDSet = pdf.make_stream(b"\x80")


@plants("font-widths", foreign=True)
def width_of_another_letter(pdf):
    _inner(pdf).W = Array([0, 65_535, 123])


@plants("glyph-missing", foreign=True)
def letter_beyond_the_last(pdf):
    _inner(pdf).CIDToGIDMap = pdf.make_stream(b"\xff\xff" * 70_000)


@plants("glyph-missing", foreign=True)
def letters_mapped_to_none(pdf):
    _inner(pdf).CIDToGIDMap = pdf.make_stream(b"")


@plants("font-program", foreign=True)
def font_without_a_name(pdf):
    del _inner(pdf)["/BaseFont"]
