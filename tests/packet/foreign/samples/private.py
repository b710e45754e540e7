"""Files that carry what is nobody's business: who, when, with what, and what was there before."""

from __future__ import annotations

import io
import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from .tools import MARK, form_xobject, hostile, image, one_page, saved

_XMP = f"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Consent</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{MARK}</rdf:li></rdf:Seq></dc:creator><xmp:CreatorTool>{MARK}</xmp:CreatorTool>
</rdf:Description></rdf:RDF></x:xmpmeta>"""


@hostile("metadata")
def who_made_it():
    pdf = one_page()
    pdf.trailer.Info = pdf.make_indirect(
        Dictionary(Title=String("Consent"), Author=String(MARK), Producer=String(MARK), Clinic=String(MARK))
    )
    pdf.Root.Metadata = pdf.make_stream(_XMP.encode(), Type=Name.Metadata, Subtype=Name.XML)
    return pdf


@hostile("metadata")
def metadata_that_is_a_bomb():
    pdf = one_page()
    pdf.trailer.Info = pdf.make_indirect(Dictionary(Author=String(MARK)))
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "lol"}">' for n in range(10))
    text = f"<!DOCTYPE x [{entities}]>{_XMP.replace('Consent', '&a9;')}"
    pdf.Root.Metadata = pdf.make_stream(text.encode(), Type=Name.Metadata, Subtype=Name.XML)
    return pdf


@hostile("private", "metadata", "preview")
def page_with_a_past():
    pdf = one_page(
        PieceInfo=Dictionary(Word=Dictionary(Private=String(MARK))),
        LastModified=String("D:2020"),
        ID=String(MARK),
    )
    page = pdf.pages[0].obj
    page.Metadata = pdf.make_stream(MARK.encode())
    page.Thumb = image(pdf, Caption=String(MARK))
    pdf.Root.PieceInfo = Dictionary(Word=Dictionary(Private=String(MARK)))
    pdf.Root.SpiderInfo = Dictionary(V=1, C=String(MARK))
    pdf.Root.Legal = Dictionary(Attestation=String(MARK))
    return pdf


@hostile("metadata", "alternate", "external")
def picture_with_a_past():
    pdf = one_page(b"q 50 0 0 50 0 0 cm /I Do Q")
    other = image(pdf, Private=String(MARK))
    picture = image(
        pdf,
        Metadata=pdf.make_stream(MARK.encode()),
        Alternates=Array([Dictionary(Image=other, DefaultForPrinting=True)]),
        OPI=Dictionary({"/2.0": Dictionary(F=String(MARK))}),
        ID=String(MARK),
    )
    picture.Measure = Dictionary(X=String(MARK))
    profile = pdf.make_stream(b"none", N=3, Metadata=pdf.make_stream(MARK.encode()))
    picture.ColorSpace = Array([Name.ICCBased, profile])
    pdf.pages[0].obj.Resources.XObject = Dictionary(I=picture)
    return pdf


@hostile("external", "postscript", "private")
def forms_with_more_than_paint():
    pdf = one_page(b"/A Do /B Do")
    page = pdf.pages[0].obj
    page.Resources.XObject = Dictionary(
        A=form_xobject(
            pdf,
            Ref=Dictionary(F=String(MARK), Page=0),
            PieceInfo=Dictionary(X=Dictionary(Private=String(MARK))),
            Subtype2=Name.PS,
            PS=pdf.make_stream(f"%!PS {MARK}".encode()),
            LastModified=String(MARK),
            Metadata=pdf.make_stream(MARK.encode()),
        ),
        B=pdf.make_stream(f"%!PS ({MARK}) run".encode(), Type=Name.XObject, Subtype=Name.PS),
    )
    return pdf


@hostile("external")
def stream_outside_the_file():
    pdf = one_page(b"q 50 0 0 50 0 0 cm /I Do Q")
    page = pdf.pages[0].obj
    page.Resources.XObject = Dictionary(
        I=image(pdf, F=String(f"http://{MARK}/a.jpg"), FFilter=Name.DCTDecode, FDecodeParms=Dictionary(X=1))
    )
    return pdf


@hostile("private")
def remarks_in_the_content():
    return one_page(
        b"\n%% made by %s\n/Span <</Lang (en) /Reviewer (%s)>> BDC EMC\n/Note <</Who (%s)>> DP\n"
        % ((MARK.encode(),) * 3)
    )


@hostile("private")
def tags_with_a_past():
    pdf = one_page(b"/P <</MCID 0>> BDC 0 0 5 5 re f EMC", StructParents=0)
    page = pdf.pages[0].obj
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, PieceInfo=String(MARK)))
    private = Dictionary(O=Name.UserProperties, P=Array([Dictionary(N=String("who"), V=String(MARK))]))
    element = pdf.make_indirect(
        Dictionary(
            Type=Name.StructElem,
            S=Name.P,
            P=root,
            Pg=page,
            K=0,
            A=Array([private, Dictionary(O=Name.Layout, Placement=Name.Block, Who=String(MARK))]),
            Author=String(MARK),
        )
    )
    root.K = element
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array([0, Array([element])])))
    root.ClassMap = Dictionary(c=private)
    pdf.Root.StructTreeRoot = root
    return pdf


@hostile()
def what_was_there_before():
    """An update that is appended leaves the old page in the file."""
    pdf = one_page(b"(%s) pop" % MARK.encode())
    old = saved(pdf, compress_streams=False)
    with pikepdf.open(io.BytesIO(old)) as again:
        number, root = again.pages[0].obj.Contents.objgen[0], again.Root.objgen[0]
        size = int(again.trailer.Size)
    before = int(old[old.rindex(b"startxref") + 9 :].split()[0])
    content = b"BT /F1 14 Tf 20 160 Td (Only this) Tj ET"
    update = b"%d 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (number, len(content), content)
    table = b"xref\n%d 1\n%010d 00000 n \n" % (number, len(old))
    end = b"trailer << /Size %d /Root %d 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
    return old + update + table + end % (size, root, before, len(old) + len(update))


@hostile()
def file_that_is_something_else_as_well():
    """Before the file stands a web page, behind it an archive; inside is an object that nothing uses."""
    pdf = one_page()
    pdf.make_stream(MARK.encode())
    return f"<script>{MARK}</script>\n".encode() + saved(pdf) + b"PK\x03\x04" + MARK.encode()


@hostile("other")
def odd_keys_deep_down():
    pdf = one_page(b"/G gs /Cs cs 1 scn 0 0 10 10 re f")
    page = pdf.pages[0].obj
    function = pdf.make_stream(
        b"{}", FunctionType=4, Domain=Array([0, 1]), Range=Array([0, 1] * 3), Secret=String(MARK)
    )
    page.Resources.ExtGState = Dictionary(
        G=Dictionary(Type=Name.ExtGState, CA=1, TR=function, HT=Dictionary(Name=String(MARK)), X=String(MARK))
    )
    page.Resources.ColorSpace = Dictionary(
        Cs=Array([Name.Separation, Name.Spot, Name.DeviceRGB, function]),
        Odd=Array([Name.Unknown, String(MARK)]),
    )
    page.Resources.Secret = Dictionary(A=String(MARK))
    packed = pdf.make_stream(b"")
    packed.write(
        zlib.compress(b"0 0 5 5 re f"),
        filter=Name.FlateDecode,
        decode_parms=Dictionary(Predictor=1, Secret=String(MARK)),
    )
    page.Contents = Array([page.Contents, packed])
    return pdf
