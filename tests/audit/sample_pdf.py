"""A small tagged PDF made by hand, with the forms of syntax that our own typesetter never writes.

One-byte font drawn in the file itself, text in forms, a form with its own marked content, replaced text,
named properties, ``'`` and ``"``, a role map, row spans, a link by name.
"""

from __future__ import annotations

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

TEXT = [
    "Hip pain",
    "First line. Second line. Third (3).",
    "• Rest",
    "Say what we mean here.",
    "Inside a form.",
    "Sign",
    "Meaning",
    "Numb",
    "Call",
    "Weak",
]

_PAGE = rb"""
/OC /Layer BDC
/Artifact <</Type/Pagination/Subtype/Header>> BDC /Logo Do EMC
/Headline <</MCID 0>> BDC q BT /F1 20 Tf 72 700 Td [(Hi) -20 (p) 5 <2070> (ain)] TJ ET Q EMC
EMC
/P /Numbered BDC BT /F1 12 Tf 14 TL 72 670 Td (First line. ) Tj (Second line. ) '
1 2 (Third \(\063\).) " ET EMC
BT /F1 12 Tf 1 0 0 1 72 600 Tm /Lbl <</MCID 2>> BDC (\225) Tj EMC
/LBody <</MCID 3>> BDC (Rest) Tj EMC ET
/P <</MCID 4>> BDC BT /F1 12 Tf 72 580 Td (Say ) Tj /Span <</ActualText (what we mean)>> BDC
(w) Tj 0 -14 Td (.w.m.) Tj EMC ( here.) Tj ET EMC
/Inner Do
/Figure <</MCID 5>> BDC q 50 0 0 50 72 400 cm /Dot Do Q q 1 0 0 1 72 400 cm /Logo Do Q EMC % the figure
/TH <</MCID 6>> BDC BT /F1 9 Tf 72 380 Td (Sign) Tj ET EMC
/TH <</MCID 7>> BDC BT /F1 9 Tf 172 380 Td (Meaning) Tj ET EMC
/TD <</MCID 8>> BDC BT /F1 9 Tf 72 360 Td (Numb) Tj ET EMC
/TD <</MCID 9>> BDC BT /F1 9 Tf 172 360 Td (Call) Tj ET EMC
/TD <</MCID 10>> BDC BT /F1 9 Tf 72 340 Td (Weak) Tj ET EMC
/Artifact BMC BI /W 4 /H 2 /CS /G /BPC 8 ID  EI  EI) EI 10 10 m 20 20 l S EMC
"""


def sample() -> bytes:
    """Return the file."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(612, 792))
    page = pdf.pages[0].obj
    glyph = pdf.make_stream(b"500 0 0 0 500 500 d1 0 0 500 500 re f")
    codes = "".join(f"<{code:02X}> <{code:04X}>\n" for code in range(32, 127)) + "<95> <2022>\n"
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontBBox=Array([0, 0, 500, 500]),
        FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
        CharProcs=Dictionary(box=glyph),
        Encoding=Dictionary(Differences=Array([32, *[Name.box] * 224])),
        FirstChar=32,
        LastChar=255,
        Widths=Array([500] * 224),
        ToUnicode=pdf.make_stream(
            b"1 begincodespacerange <00> <FF> endcodespacerange 96 beginbfchar\n"
            + codes.encode()
            + b"endbfchar"
        ),
    )
    fonts = Dictionary(F1=pdf.make_indirect(font))
    box = Array([0, 0, 40, 20])
    logo = pdf.make_stream(
        b"BT /F1 8 Tf 2 2 Td (Logo) Tj ET 0 0 40 20 re W n 0 0 40 20 re f",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=box,
        Resources=Dictionary(Font=fonts),
    )
    inner = pdf.make_stream(
        b"/P <</MCID 0>> BDC BT /F1 12 Tf 72 540 Td (Inside a form.) Tj ET EMC",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 612, 792]),
        StructParents=1,
    )
    dot = pdf.make_stream(
        b"\0",
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=1,
        Height=1,
        ColorSpace=Name.DeviceGray,
        BitsPerComponent=8,
    )
    page.Resources = Dictionary(
        Font=fonts,
        XObject=Dictionary(Logo=logo, Inner=inner, Dot=dot),
        Properties=Dictionary(
            Numbered=Dictionary(MCID=1), Layer=Dictionary(Type=Name.OCG, Name=String("all"))
        ),
    )
    page.Contents = pdf.make_stream(_PAGE)
    page.StructParents, page.Tabs = 0, Name.S
    _tag(pdf, page, inner)
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.Lang = String("en-GB")
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.Root.Metadata = pdf.make_stream(_XMP, Type=Name.Metadata, Subtype=Name.XML)
    pdf.trailer.Info = pdf.make_indirect(Dictionary(Title=String("Hip pain")))
    out = io.BytesIO()
    pdf.save(out, static_id=True, fix_metadata_version=False)
    return out.getvalue()


_XMP = b"""<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><rdf:Description rdf:about="" pdfuaid:part="1">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Hip pain</rdf:li></rdf:Alt></dc:title></rdf:Description>
</rdf:RDF></x:xmpmeta><?xpacket end="r"?>"""


class _Tagger:
    def __init__(self, pdf: Pdf, page: Dictionary) -> None:
        self.pdf, self.page = pdf, page
        self.owners: dict[int, Dictionary] = {}
        self.root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))

    def element(self, tag: str, above: Dictionary, *numbers: int, **values) -> Dictionary:
        """Hang a new element below another one; ``numbers`` are its marked content."""
        one = self.pdf.make_indirect(
            Dictionary(
                Type=Name.StructElem,
                S=Name("/" + tag),
                P=above,
                Pg=self.page,
                K=Array(list(numbers)),
                **values,
            )
        )
        above["/K"] = Array([*above.get("/K", []), one])
        self.owners.update(dict.fromkeys(numbers, one))
        return one


def _tag(pdf: Pdf, page: Dictionary, inner: Dictionary) -> None:
    tree = _Tagger(pdf, page)
    top = tree.element("Document", tree.root)
    tree.element("Headline", top, 0)
    paragraph = tree.element("P", top, 1)
    items = tree.element("L", top, A=Dictionary(O=Name.List, ListNumbering=Name.Disc))
    item = tree.element("LI", items)
    tree.element("Lbl", item, 2)
    tree.element("LBody", item, 3)
    tree.element("P", top, 4)
    form_text = tree.element("P", top)
    form_text.K = Array([Dictionary(Type=Name.MCR, Pg=page, Stm=inner, MCID=0)])
    tree.element(
        "Figure", top, 5, Alt=String("A dot"), A=Dictionary(O=Name.Layout, BBox=Array([72, 400, 122, 450]))
    )
    table = tree.element("Table", top)
    for row in ([("TH", 6), ("TH", 7)], [("TD", 8), ("TD", 9)], [("TD", 10)]):
        line = tree.element("TR", table)
        for tag, number in row:
            cell = tree.element(tag, line, number)
            if tag == "TH":
                cell.A = Dictionary(O=Name.Table, Scope=Name.Column)
            elif number == 9:
                cell.A = Array([Dictionary(O=Name.Table, RowSpan=2), 0])
    link = tree.element("Link", paragraph)
    annotation = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=Array([72, 682, 130, 668]),
            F=4,
            Contents=String("To the top"),
            StructParent=2,
            A=Dictionary(S=Name.GoTo, D=String("top")),
        )
    )
    link.K = Array([Dictionary(Type=Name.OBJR, Pg=page, Obj=annotation)])
    page.Annots = Array([annotation])
    pdf.Root.Names = Dictionary(
        Dests=Dictionary(
            Kids=Array([Dictionary(Names=Array([String("top"), Dictionary(D=Array([page, Name.Fit]))]))])
        )
    )
    root = tree.root
    root.RoleMap = Dictionary(Headline=Name.Title, Title=Name.H1)
    marks = Array([tree.owners[number] for number in range(11)])
    root.ParentTree = Dictionary(
        Kids=Array(
            [
                Dictionary(Limits=Array([0, 1]), Nums=Array([0, marks, 1, Array([form_text])])),
                Dictionary(Limits=Array([2, 2]), Nums=Array([2, link])),
            ]
        )
    )
    root.ParentTreeNextKey = 3
    pdf.Root.StructTreeRoot = root
