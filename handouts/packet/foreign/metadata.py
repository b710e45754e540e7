"""The file's claims and title, written anew: nothing else of its metadata stays."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.sax.saxutils import escape

import pikepdf

from handouts.packet.foreign.things import drop, entry, text_of

_MOST_BYTES = 2_000_000
_MOST_TEXT = 2_000
_ODD = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
{parts}</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
_CORE = """<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
{parts}</rdf:Description>
"""
_TITLE = '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>\n'
_LANGUAGE = "<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>\n"
_ARCHIVE = """<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
{parts}</rdf:Description>
"""
_ACCESS = """<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
{parts}</rdf:Description>
"""
_DESCRIBED = """<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of PDF/UA that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


@dataclass(frozen=True, slots=True)
class Claims:
    """What a file says of itself: title, standards by their parts ('' if it claims none)."""

    title: str = ""
    ua_part: str = ""
    a_part: str = ""
    a_level: str = ""


def read_claims(pdf: pikepdf.Pdf) -> Claims:
    """Return the claims of a file; what cannot be read claims nothing."""
    listed = text_of(entry(pdf.trailer.get("/Info"), "/Title"))
    held = pdf.Root.get("/Metadata")
    values: dict[str, str] = {}
    try:
        if isinstance(held, pikepdf.Stream) and len(held.read_bytes()) <= _MOST_BYTES:
            xmp = pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False, strict=True)
            for key in ("dc:title", "pdfuaid:part", "pdfaid:part", "pdfaid:conformance"):
                values[key] = str(xmp.get(key, ""))
    except Exception:  # noqa: BLE001 - an XML reader has many ways to refuse, and all mean the same here
        values = {}
    level = values.get("pdfaid:conformance", "")
    return Claims(
        title=_tidy(values.get("dc:title", "") or listed),
        ua_part=_one_of(values.get("pdfuaid:part", ""), "12"),
        a_part=_one_of(values.get("pdfaid:part", ""), "1234"),
        a_level=_one_of(level, "ABUEF"),
    )


def write_claims(pdf: pikepdf.Pdf, claims: Claims, language: str) -> bool:
    """Put title, language and claims into the file; tell whether its metadata said anything else."""
    core = _TITLE.format(title=escape(claims.title)) if claims.title else ""
    core += _LANGUAGE.format(language=escape(language)) if language else ""
    parts = _CORE.format(parts=core) if core else ""
    if claims.a_part:
        level = f"<pdfaid:conformance>{claims.a_level}</pdfaid:conformance>\n" if claims.a_level else ""
        year = "<pdfaid:rev>2020</pdfaid:rev>\n" if claims.a_part == "4" else ""
        parts += _ARCHIVE.format(parts=f"<pdfaid:part>{claims.a_part}</pdfaid:part>\n{level}{year}")
    if claims.ua_part:
        year = "<pdfuaid:rev>2024</pdfuaid:rev>\n" if claims.ua_part == "2" else ""
        parts += _ACCESS.format(parts=f"<pdfuaid:part>{claims.ua_part}</pdfuaid:part>\n{year}")
        if claims.a_part in ("1", "2", "3"):
            parts += _DESCRIBED
    text = _PACKET.format(parts=parts).encode()
    had = pdf.Root.get("/Metadata")
    more = isinstance(had, pikepdf.Stream) and _read(had) != text
    stream = pikepdf.Stream(pdf, text)
    stream.stream_dict.Type = pikepdf.Name.Metadata
    stream.stream_dict.Subtype = pikepdf.Name.XML
    pdf.Root.Metadata = pdf.make_indirect(stream)
    if claims.title:
        pdf.trailer.Info = pdf.make_indirect(pikepdf.Dictionary(Title=pikepdf.String(claims.title)))
    else:
        drop(pdf.trailer, "/Info")
    return more


def _read(stream: pikepdf.Stream) -> bytes:
    try:
        return stream.read_bytes()
    except (pikepdf.PdfError, pikepdf.DataDecodingError):
        return b""


def _tidy(text: str) -> str:
    return " ".join(_ODD.sub(" ", text[:_MOST_TEXT]).split())


def _one_of(value: str, known: str) -> str:
    value = value.strip()
    return value if len(value) == 1 and value in known else ""
