"""Files that are damaged, too large, or go round in circles; none may bring anything down."""

from __future__ import annotations

import io
import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from .tools import form_xobject, image, one_page, saved


def empty():
    return b""


def no_pdf():
    return b"PK\x03\x04 this is an archive"


def head_only():
    return b"%PDF-1.7\n"


def truncated():
    data = saved(one_page(b"0 0 5 5 re f " * 200), compress_streams=False)
    return data[: len(data) // 2]


def lost_table():
    data = saved(one_page())
    return data[: data.rindex(b"xref", 0, data.rindex(b"startxref"))]


def shifted():
    data = saved(one_page())
    return data.replace(b"startxref\n", b"startxref\n9")


def torn_content():
    pdf = one_page()
    content = pdf.pages[0].obj.Contents
    packed = zlib.compress(b"0.1 0.2 0.3 rg 0 0 5 5 re f\n" * 500)
    content.write(packed[: len(packed) // 2] + b"\xff" * 9, filter=Name.FlateDecode)
    return raw(pdf)


def raw(pdf) -> bytes:
    """Return a file with its streams left as they are."""
    return saved(pdf, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)


def no_pages():
    return saved(pikepdf.new())


def pages_in_a_circle():
    pdf = one_page()
    pages = pdf.Root.Pages
    pages.Kids = Array([pages, pages])
    return raw_objects(pdf)


def raw_objects(pdf) -> bytes:
    """Return a file whose page tree the library must not look at."""
    out = io.BytesIO()
    pdf.save(out, static_id=True, fix_metadata_version=False)
    return out.getvalue()


def parent_of_itself():
    pdf = one_page()
    page = pdf.pages[0].obj
    del page["/Resources"]
    pdf.Root.Pages.Parent = pdf.Root.Pages
    return saved(pdf)


def ten_thousand_pages():
    pdf = one_page()
    page = pdf.pages[0].obj
    kids = [page, *(pdf.make_indirect(Dictionary(page)) for _ in range(9_999))]
    pdf.Root.Pages.Kids = Array(kids)
    pdf.Root.Pages.Count = len(kids)
    return saved(pdf)


def page_as_large_as_a_field():
    pdf = one_page()
    pdf.pages[0].obj.MediaBox = Array([0, 0, 20_000, 20_000])
    return saved(pdf)


def page_without_end():
    pdf = one_page()
    pdf.pages[0].obj.MediaBox = Array([0, 0, 10**15, 10**15])
    return saved(pdf)


def page_scaled_up():
    pdf = one_page()
    pdf.pages[0].obj.UserUnit = 1000
    return saved(pdf)


def page_without_size():
    pdf = one_page()
    del pdf.pages[0].obj["/MediaBox"]
    return saved(pdf)


def content_bomb():
    pdf = one_page()
    pdf.pages[0].obj.Contents.write(zlib.compress(bytes(250_000_000), 1), filter=Name.FlateDecode)
    return raw(pdf)


def content_bomb_in_lzw():
    pdf = one_page()
    codes = [256, 32, *range(258, 4094)]
    bits = "".join(format(one, f"0{_width(place)}b") for place, one in enumerate(codes))
    bits += "0" * (-len(bits) % 8)
    once = int(bits, 2).to_bytes(len(bits) // 8, "big")
    pdf.pages[0].obj.Contents.write(once * 400, filter=Name.LZWDecode)
    return raw(pdf)


def _width(place: int) -> int:
    size = 257 + place
    return 9 if size < 511 else 10 if size < 1023 else 11 if size < 2047 else 12


def object_stream_bomb():
    """An object stream, by which the catalog is read, that unfolds to 250 MB of spaces."""
    start = b"1 0 2 60 "
    objects = b"<< /Type /Catalog /Pages 2 0 R >>".ljust(60) + b"<< /Type /Pages /Kids [] /Count 0 >>"
    inside = start + objects + b" " * 250_000_000
    packed = zlib.compress(inside, 1)
    out = bytearray(b"%PDF-1.7\n")
    at = len(out)
    out += b"3 0 obj << /Type /ObjStm /N 2 /First %d /Filter /FlateDecode /Length %d >> stream\n" % (
        len(start),
        len(packed),
    )
    out += packed + b"\nendstream endobj\n"
    table_at = len(out)
    rows = b"".join(
        kind.to_bytes(1, "big") + where.to_bytes(4, "big") + index.to_bytes(2, "big")
        for kind, where, index in ((0, 0, 0), (2, 3, 0), (2, 3, 1), (1, at, 0), (1, table_at, 0))
    )
    out += (
        b"4 0 obj << /Type /XRef /Size 5 /W [1 4 2] /Root 1 0 R /Length %d >> stream\n%s\nendstream endobj\n"
        % (len(rows), rows)
    )
    out += b"startxref\n%d\n%%%%EOF\n" % table_at
    return bytes(out)


def one_stream_named_a_thousand_times():
    pdf = one_page()
    page = pdf.pages[0].obj
    page.Contents = Array([pdf.make_stream(b" " * 5_000_000)] * 1000)
    return saved(pdf)


def picture_of_a_wall():
    pdf = one_page(b"/I Do")
    pdf.pages[0].obj.Resources.XObject = Dictionary(I=image(pdf, Width=60_000, Height=60_000))
    return saved(pdf)


def nested_arrays():
    pdf = one_page(b"[" * 100_000)
    data = saved(pdf)
    return data.replace(b"/Helvetica", b"[" * 20_000 + b"]" * 20_000, 1)


def nested_dictionaries():
    data = saved(one_page())
    return data.replace(b"/Helvetica", b"<</A " * 20_000 + b"1" + b">>" * 20_000, 1)


def colours_within_colours():
    pdf = one_page()
    space = Array([Name.Pattern, Name.DeviceRGB])
    for _ in range(450):
        space = Array([Name.Pattern, space])
    pdf.pages[0].obj.Resources.ColorSpace = Dictionary(A=space)
    return saved(pdf)


def everything_in_circles():
    pdf = one_page(b"/A Do")
    page = pdf.pages[0].obj
    form = form_xobject(pdf, b"/A Do")
    form.Resources = page.Resources
    page.Resources.XObject = Dictionary(A=form)
    colour = pdf.make_indirect(Array([Name.Pattern]))
    colour.append(colour)
    function = pdf.make_indirect(Dictionary(FunctionType=3, Domain=Array([0, 1])))
    function.Functions = Array([function])
    font = page.Resources.Font.F1
    font.DescendantFonts = Array([font])
    state = pdf.make_indirect(Dictionary(Type=Name.ExtGState, TR=function))
    state.SMask = pdf.make_indirect(Dictionary(S=Name.Luminosity, G=form))
    page.Resources.ExtGState = Dictionary(G=state)
    page.Resources.ColorSpace = Dictionary(C=colour)
    names = pdf.make_indirect(Dictionary())
    names.Kids = Array([names, names])
    pdf.Root.Names = Dictionary(Dests=names)
    pdf.Root.PageLabels = names
    item = pdf.make_indirect(Dictionary(Title=String("A")))
    item.First = item.Next = item.Parent = item
    pdf.Root.Outlines = item
    other = pdf.make_indirect(Dictionary(Type=Name.Outlines, First=item))
    item.Next = other
    pdf.Root.Outlines = other
    tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, RoleMap=Dictionary(A=Name.A)))
    element = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=tree, Pg=page))
    element.K = Array([element, tree, page, element])
    tree.K = Array([element, element])
    tree.ParentTree = tree.IDTree = names
    pdf.Root.StructTreeRoot = tree
    field = pdf.make_indirect(Dictionary(Subtype=Name.Widget, Rect=Array([0, 0, 9, 9])))
    field.Parent = field
    field.Kids = Array([field])
    page.Annots = Array([field, field])
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), NeedAppearances=True)
    group = pdf.make_indirect(Dictionary(Type=Name.OCMD))
    group.OCGs = group
    page.Resources.Properties = Dictionary(L=group)
    pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(OFF=Array([group])))
    return saved(pdf)


def deep_tags():
    pdf = one_page(b"/P <</MCID 0>> BDC 0 0 5 5 re f EMC")
    page = pdf.pages[0].obj
    root = above = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    for _ in range(5_000):
        below = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Div, P=above, Pg=page))
        above.K = below
        above = below
    above.K = 0
    pdf.Root.StructTreeRoot = root
    return saved(pdf)


def a_million_tags():
    """Written as text: the library would take a minute."""
    out = [b"%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 2 0 R /StructTreeRoot 4 0 R >> endobj\n"]
    out.append(b"2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj\n")
    out.append(b"3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >> endobj\n")
    kids = b" ".join(b"%d 0 R" % number for number in range(5, 1_000_005))
    out.append(b"4 0 obj << /Type /StructTreeRoot /K [%s] >> endobj\n" % kids)
    out += [b"%d 0 obj <</S/P/P 4 0 R>> endobj\n" % number for number in range(5, 1_000_005)]
    offsets, at = [], 0
    for piece in out:
        offsets.append(at)
        at += len(piece)
    offsets[0] = len(b"%PDF-1.7\n")
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out.append(b"xref\n0 1000005\n0000000000 65535 f \n" + table)
    out.append(b"trailer << /Size 1000005 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % at)
    return b"".join(out)


def too_many_annotations():
    pdf = one_page()
    page = pdf.pages[0].obj
    page.Annots = Array(
        [Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9])) for _ in range(20_001)]
    )
    return saved(pdf)


def marks_with_huge_numbers():
    pdf = one_page()
    page = pdf.pages[0].obj
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    root.K = pdf.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name.P, P=root, Pg=page, K=Array([2**31 - 1, -5, 10**9, 3]))
    )
    pdf.Root.StructTreeRoot = root
    return saved(pdf)


def form_that_draws_itself_only_when_open():
    pdf = one_page()
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=pdf.make_stream(b"<xdp/>"))
    pdf.Root.NeedsRendering = True
    return saved(pdf)


def locked_in_an_unknown_way():
    data = saved(one_page(), encryption=pikepdf.Encryption(owner="o", user="", R=4))
    return data.replace(b"/Filter /Standard", b"/Filter /Unknownx")


def hidden_layer_woven_into_a_line():
    pdf = one_page(b"BT /F1 9 Tf 20 60 Td /OC /L BDC (Hidden) Tj EMC (shown) Tj ET")
    group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("L")))
    pdf.pages[0].obj.Resources.Properties = Dictionary(L=group)
    pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(OFF=Array([group])))
    return saved(pdf)


def content_that_is_slow_to_read():
    return saved(one_page(b"\n% " + b"[(a)x" * 300_000))


MENDED = (lost_table, shifted, page_without_size, torn_content)
"""Damaged files that can be used all the same."""

USED = (parent_of_itself, everything_in_circles, deep_tags, marks_with_huge_numbers)
"""Files that are odd, and can be used."""

REFUSED = {
    empty: "empty",
    no_pdf: "not-a-pdf",
    head_only: "damaged",
    no_pages: "no-pages",
    pages_in_a_circle: "damaged",
    page_as_large_as_a_field: "page-size",
    page_without_end: "page-size",
    page_scaled_up: "page-size",
    picture_of_a_wall: "picture",
    too_many_annotations: "too-much",
    form_that_draws_itself_only_when_open: "live-form",
    locked_in_an_unknown_way: "unknown-lock",
    hidden_layer_woven_into_a_line: "woven-layer",
    ten_thousand_pages: "too-many-pages",
    content_bomb: "too-much",
    one_stream_named_a_thousand_times: "too-much",
}
"""Files that are of no use, with the reason."""

EITHER = (truncated, nested_arrays, nested_dictionaries, colours_within_colours, content_bomb_in_lzw)
"""Files that may be refused or used, as the library sees fit; what comes of them must be clean."""

HUGE = {a_million_tags: "too-much", object_stream_bomb: "damaged", content_that_is_slow_to_read: ""}
"""Files that take seconds; '' for one that can be used."""
