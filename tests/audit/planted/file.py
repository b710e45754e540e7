"""The file as a whole, its metadata, its pages."""

from __future__ import annotations

import io

import pikepdf
from pikepdf import Array, Name, String

from .tools import elements, plants, plants_bytes, saved, set_xmp


@plants_bytes("not-a-pdf")
def no_pdf_at_all(data):
    return b"Keep moving the leg."


@plants_bytes("not-a-pdf")
def no_bytes(data):
    return b""


@plants_bytes("locked")
def needs_a_password(data):
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return saved(pdf, encryption=pikepdf.Encryption(user="tree lamp", owner="river stone"))


@plants_bytes("damaged")
def last_bytes_lost(data):
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable)[:-60]


@plants("unreadable-part")
def content_garbled(pdf):
    broken = pikepdf.Stream(pdf, b"no deflated bytes at all")
    broken.stream_dict.Filter = Name.FlateDecode
    pdf.pages[1].Contents = pdf.make_indirect(broken)


@plants("not-marked")
def marking_missing(pdf):
    del pdf.Root.MarkInfo


@plants("suspects")
def tags_suspect(pdf):
    pdf.Root.MarkInfo.Suspects = True


@plants("language-missing")
def language_missing(pdf):
    del pdf.Root.Lang


@plants("language-invalid")
def language_nonsense(pdf):
    pdf.Root.Lang = String("english language")


@plants("language-invalid")
def language_of_a_span_nonsense(pdf):
    next(one for one in elements(pdf, "Span") if "/Lang" in one).Lang = String("la_")


@plants("title-missing")
def title_missing(pdf):
    set_xmp(pdf, b"dc:title", b"dc:subject")


@plants("title-differs")
def title_in_two_versions(pdf):
    pdf.trailer.Info.Title = String("untitled")


@plants("title-differs")
def title_of_another_document(pdf):
    pdf.trailer.Info.Title = String("Knee pain")
    set_xmp(pdf, b">Hip bursitis<", b">Knee pain<")


@plants("metadata-differs")
def made_on_another_day(pdf):
    pdf.trailer.Info.CreationDate = String("D:20261121000000+00'00'")


@plants("metadata-differs")
def changed_in_another_zone(pdf):
    pdf.trailer.Info.ModDate = String("D:20261122000000-05'00'")


@plants("metadata-differs")
def day_of_no_calendar(pdf):
    pdf.trailer.Info.CreationDate = String("D:20261131000000Z")
    set_xmp(pdf, b"<xmp:CreateDate>2026-11-22", b"<xmp:CreateDate>2026-11-31")


@plants("metadata-differs")
def date_of_making_listed_only(pdf):
    set_xmp(pdf, b"xmp:CreateDate>", b"xmp:MetadataDate>")


@plants("metadata-differs")
def date_of_making_declared_only(pdf):
    del pdf.trailer.Info.CreationDate


@plants("metadata-differs", foreign=True, warning=True)
def foreign_file_with_two_dates(pdf):
    pdf.trailer.Info.ModDate = String("D:2026")


@plants("title-not-shown")
def title_not_shown(pdf):
    del pdf.Root.ViewerPreferences


@plants("metadata-broken")
def metadata_missing(pdf):
    del pdf.Root.Metadata


@plants("metadata-broken")
def metadata_no_xml(pdf):
    set_xmp(pdf, b"</rdf:RDF>", b"")


@plants("metadata-broken")
def metadata_with_entities(pdf):
    set_xmp(pdf, b"<x:xmpmeta", b'<!DOCTYPE a [<!ENTITY b "c">]><x:xmpmeta')


@plants("claim-missing")
def claim_of_ua_missing(pdf):
    set_xmp(pdf, b"<pdfuaid:part>1</pdfuaid:part>", b"")


@plants("claim-missing")
def claim_of_a_missing(pdf):
    set_xmp(pdf, b"<pdfaid:part>2</pdfaid:part>", b"")
    set_xmp(pdf, b"<pdfaid:conformance>A</pdfaid:conformance>", b"")


@plants("claim-malformed")
def claim_of_an_unknown_part(pdf):
    set_xmp(pdf, b"<pdfuaid:part>1<", b"<pdfuaid:part>one<")


@plants("claim-malformed", foreign=True)
def claim_of_an_unknown_level(pdf):
    set_xmp(pdf, b"<pdfaid:conformance>A<", b"<pdfaid:conformance>AA<")


@plants("claim-malformed")
def claim_of_a_lower_level(pdf):
    set_xmp(pdf, b"<pdfaid:conformance>A<", b"<pdfaid:conformance>B<")


@plants("claim-undescribed")
def claim_without_schema(pdf):
    set_xmp(pdf, b"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua", b"<pdfaSchema:namespaceURI>http://a")


@plants_bytes("claim-encrypted")
def encrypted_for_archive(data):
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return saved(pdf, encryption=pikepdf.Encryption(user="", owner="river stone"))


@plants_bytes("claim-no-id")
def identifier_missing(data):
    with pikepdf.open(io.BytesIO(data)) as pdf:
        whole = saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert whole.count(b"/ID [") == 1
    return whole.replace(b"/ID [", b"/Id [")


@plants("output-intent")
def colour_profile_missing(pdf):
    del pdf.Root.OutputIntents


@plants("output-intent")
def colour_profile_is_none(pdf):
    pdf.Root.OutputIntents[0].DestOutputProfile = pdf.make_stream(b"a profile", N=3)


@plants("output-intent")
def colour_profile_of_other_colours(pdf):
    pdf.Root.OutputIntents[0].DestOutputProfile.N = 4


@plants("page-box")
def page_without_size(pdf):
    del pdf.pages[1].obj["/MediaBox"]


@plants("page-box")
def page_without_width(pdf):
    pdf.pages[1].MediaBox = Array([0, 0, 0, 792])


@plants("page-box")
def crop_box_outside(pdf):
    pdf.pages[1].CropBox = Array([0, 0, 700, 792])


@plants("page-box")
def trim_box_no_box(pdf):
    pdf.pages[1].TrimBox = Array([0, 0, 700])


@plants("page-rotation")
def page_slanted(pdf):
    pdf.pages[0].Rotate = 45


@plants("page-tabs")
def tab_order_missing(pdf):
    del pdf.pages[0].obj["/Tabs"]


@plants("page-untied")
def page_key_missing(pdf):
    del pdf.pages[0].obj["/StructParents"]


@plants("page-untied")
def page_key_unknown(pdf):
    pdf.pages[0].StructParents = 999
