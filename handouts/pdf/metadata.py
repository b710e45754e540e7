"""Metadata: what the file says of itself, once as XMP and once, the same, in the Info dictionary.

No patient's name, note or address is ever part of it.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from xml.sax.saxutils import escape

from handouts.pdf.file import PdfFile, text_string

PROGRAM = "handouts"

XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
{author}<dc:language><rdf:Bag>{languages}</rdf:Bag></dc:language>
{description}<pdf:Producer>{producer}</pdf:Producer>
<xmp:CreatorTool>{producer}</xmp:CreatorTool>
<xmp:CreateDate>{day}T00:00:00+00:00</xmp:CreateDate>
<xmp:ModifyDate>{day}T00:00:00+00:00</xmp:ModifyDate>
{claims}</rdf:Description>
{extension}</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""

AUTHOR = "<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>\n"

DESCRIPTION = """<dc:description><rdf:Alt>
<rdf:li xml:lang="x-default">{description}</rdf:li></rdf:Alt></dc:description>
"""

CLAIMS = {
    "ua1": "<pdfuaid:part>1</pdfuaid:part>\n",
    "a2a": "<pdfaid:part>2</pdfaid:part>\n<pdfaid:conformance>A</pdfaid:conformance>\n",
}
"""How a file says that it keeps PDF/UA-1 (``ua1``) and PDF/A-2a (``a2a``)."""

EXTENSION = """<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
"""PDF/A wants the claim of PDF/UA described."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """Title, author (the clinic, if there is one), language, and the day that counts as the day of making.

    ``claims`` are the standards that the file says it keeps, ``languages`` those of its parts beside its own,
    ``description`` a sentence on what whoever finds the file has to know.
    """

    title: str
    author: str
    language: str
    day: date
    claims: tuple[str, ...] = tuple(CLAIMS)
    languages: tuple[str, ...] = ()
    description: str = ""


@cache
def producer() -> str:
    """Return the program's name and version."""
    try:
        return f"{PROGRAM} {version(PROGRAM)}"
    except PackageNotFoundError:
        return PROGRAM


@cache
def colour_profile() -> bytes:
    """Return the sRGB profile that the colours are meant in, compressed; it holds no date of today."""
    return zlib.compress((Path(__file__).parent / "srgb.icc").read_bytes(), 9)


def xmp(metadata: Metadata) -> bytes:
    """Return the XMP packet."""
    languages = dict.fromkeys([metadata.language, *metadata.languages])
    description = DESCRIPTION.format(description=escape(metadata.description))
    described = "a2a" in metadata.claims and "ua1" in metadata.claims
    return XMP.format(
        title=escape(metadata.title),
        author=AUTHOR.format(author=escape(metadata.author)) if metadata.author else "",
        languages="".join(f"<rdf:li>{escape(language)}</rdf:li>" for language in languages),
        description=description if metadata.description else "",
        claims="".join(CLAIMS[claim] for claim in metadata.claims),
        extension=EXTENSION if described else "",
        producer=escape(producer()),
        day=metadata.day.isoformat(),
    ).encode("utf-8")


def info(metadata: Metadata) -> str:
    """Return the Info dictionary: the same facts as the XMP packet."""
    moment = f"(D:{metadata.day:%Y%m%d}000000+00'00')"
    author = f"/Author {text_string(metadata.author)}" if metadata.author else ""
    return (
        f"<</Title {text_string(metadata.title)}{author}"
        f"/Creator {text_string(producer())}/Producer {text_string(producer())}"
        f"/CreationDate {moment}/ModDate {moment}>>"
    )


def colour_intent(file: PdfFile) -> str:
    """Write the profile that the colours are meant in; return the output intent that names it."""
    profile = file.add_stream(colour_profile(), "/N 3", compressed=True)
    return (
        f"<</Type/OutputIntent/S/GTS_PDFA1/DestOutputProfile {profile} 0 R"
        "/OutputConditionIdentifier(sRGB)/Info(sRGB IEC61966-2.1)>>"
    )


def catalogue(
    file: PdfFile,
    metadata: Metadata,
    pages: int,
    tree: int,
    more: str = "",
    *,
    duplex: bool = False,
    intent: str | None = None,
) -> int:
    """Write the catalogue with the metadata and the meaning of colours; return its number.

    ``pages`` and ``tree`` are the numbers of the page tree and the structure tree; ``more`` are further
    entries; ``duplex`` asks the print dialogue for both sides of the paper. ``intent`` stands in for our
    own output intent; '' for none.
    """
    preferences = "/DisplayDocTitle true" + ("/Duplex/DuplexFlipLongEdge" if duplex else "")
    meta = file.add_stream(xmp(metadata), "/Type/Metadata/Subtype/XML", plain=True)
    intent = colour_intent(file) if intent is None else intent
    intents = f"/OutputIntents [{intent}]" if intent else ""
    return file.add(
        f"<</Type/Catalog/Pages {pages} 0 R/StructTreeRoot {tree} 0 R/MarkInfo <</Marked true>>"
        f"/Lang {text_string(metadata.language)}/ViewerPreferences <<{preferences}>>"
        f"/Metadata {meta} 0 R{intents}{more}>>"
    )
