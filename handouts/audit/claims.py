"""Metadata: title, language, and the standards that the file claims to follow."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Collection
from typing import Literal

import pikepdf

from handouts.audit.case import Case
from handouts.audit.dates import check_dates
from handouts.audit.objects import entries, members, name_of, stream_bytes, text_of, whole

Claim = Literal["ua1", "a2a"]
OUR_CLAIMS: tuple[Claim, ...] = ("ua1", "a2a")

_MOST_XMP_BYTES = 2_000_000
_MOST_PROFILE_BYTES = 8_000_000
_ENTITIES = re.compile(rb"<\0?!\0?(?:D\0?O\0?C|E\0?N\0?T)")
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_UA = "{http://www.aiim.org/pdfua/ns/id/}"
_A = "{http://www.aiim.org/pdfa/ns/id/}"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_SCHEMA = "{http://www.aiim.org/pdfa/ns/schema#}namespaceURI"
_ICC_PARTS = {b"GRAY": 1, b"RGB ": 3, b"CMYK": 4}
_LANGUAGE = re.compile(
    r"[A-Za-z]{2,3}(?:-[A-Za-z]{3}){0,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*(?:-[A-WYZa-wyz0-9](?:-[A-Za-z0-9]{2,8})+)*"
    r"(?:-[xX](?:-[A-Za-z0-9]{1,8})+)?"
)


def is_language(tag: str) -> bool:
    """Tell whether a text is formed like a language tag: ``en``, ``pt-BR``, ``zh-Hant``."""
    return _LANGUAGE.fullmatch(tag) is not None


def check_claims(case: Case, claims: Collection[Claim], title: str) -> None:
    """Tell what is wrong with marking, language, title, dates and claims; ``title``: that expected, or ''."""
    marked = entries(case.catalog.get("/MarkInfo"))
    if marked.get("/Marked") is not True:
        case.found.add("not-marked", "The file does not say that it is tagged.")
    if marked.get("/Suspects") is True:
        case.found.add("suspects", "The file says that its own tags are doubtful.")
    _check_languages(case)
    xmp = _read_xmp(case)
    _check_title(case, xmp, title)
    check_dates(case, xmp)
    _check_claimed(case, xmp, claims)


def _check_languages(case: Case) -> None:
    language = case.catalog.get("/Lang")
    if language is None or not text_of(language):
        case.found.add("language-missing", "The file does not say in which language it is.")
    elif not is_language(text_of(language)):
        case.found.add("language-invalid", "The file's language is no language tag such as en or pt-BR.")
    for element in case.elements:
        own = element.text_value("/Lang")
        if own and not is_language(own):
            case.found.add(
                "language-invalid",
                f"The language of {element.path} is no language tag.",
                case.page_of(element),
            )


def _read_xmp(case: Case) -> dict[str, list[str]]:
    """Return the values of each property, attributes and elements alike; {} told if there is no metadata."""
    thing = case.catalog.get("/Metadata")
    if thing is None:
        case.found.add("metadata-broken", "The file has no XMP metadata.")
        return {}
    top = None
    try:
        raw = stream_bytes(thing, _MOST_XMP_BYTES)
        if not _ENTITIES.search(raw):
            top = ET.fromstring(raw)  # noqa: S314 - without entities and of bounded size
    except (ValueError, LookupError, ET.ParseError, pikepdf.PdfError, pikepdf.DataDecodingError):
        pass
    if top is None:
        case.found.add("metadata-broken", "The XMP metadata cannot be read.")
        return {}
    values: dict[str, list[str]] = {}
    for one in top.iter():
        for key, value in one.attrib.items():
            values.setdefault(key, []).append(value)
        inner = [part.text or "" for part in one.iter(_RDF + "li")] if one.tag == _TITLE else [one.text or ""]
        values.setdefault(one.tag, []).extend(inner)
    return values


def _check_title(case: Case, xmp: dict[str, list[str]], title: str) -> None:
    declared = next((value.strip() for value in xmp.get(_TITLE, []) if value.strip()), "")
    listed = text_of(entries(case.pdf.trailer.get("/Info")).get("/Title")).strip()
    if not declared:
        case.found.add("title-missing", "The metadata has no title.")
    if listed != declared and (listed or case.own):
        case.found.add("title-differs", "The document information and the metadata give two titles.")
    elif title and declared and declared != title:
        case.found.add("title-differs", "The title is not the one of the document.")
    shown = entries(case.catalog.get("/ViewerPreferences")).get("/DisplayDocTitle")
    if shown is not True:
        case.found.add("title-not-shown", "Viewers show the file name instead of the title.")


def _check_claimed(case: Case, xmp: dict[str, list[str]], claims: Collection[Claim]) -> None:
    def value(key: str) -> str | None:
        return next((one.strip() for one in xmp.get(key, [])), None)

    ua, part, level = value(_UA + "part"), value(_A + "part"), value(_A + "conformance")
    if ua is None and "ua1" in claims:
        case.found.add("claim-missing", "The file does not claim PDF/UA-1.")
    if (part, level) == (None, None) and "a2a" in claims:
        case.found.add("claim-missing", "The file does not claim PDF/A-2a.")
    if (ua is not None and ua not in ("1", "2")) or (ua not in (None, "1") and "ua1" in claims):
        case.found.add("claim-malformed", "The claim of PDF/UA names no part that exists, or another one.")
    claimed = set() if ua is None else {"pdfua"}
    if ua == "1":
        claimed.add("ua1")
    if (part, level) == ("2", "A"):
        claimed.add("a2a")
    if part is not None or level is not None:
        claimed.add("pdfa")
        known = part in ("1", "2", "3") and level in ("A", "B", "U") and (part, level) != ("1", "U")
        if not (known or (part == "4" and level in (None, "E", "F"))) or (
            "a2a" in claims and (part, level) != ("2", "A")
        ):
            case.found.add(
                "claim-malformed", "The claim of PDF/A names no part and level that exist, or other ones."
            )
        _check_archive(case, described=ua is None or part == "4" or _UA[1:-1] in xmp.get(_SCHEMA, []))
    case.claims = frozenset(claimed)


def _check_archive(case: Case, *, described: bool) -> None:
    if not described:
        case.found.add(
            "claim-undescribed", "PDF/A wants the claim of PDF/UA described in an extension schema."
        )
    if case.pdf.is_encrypted:
        case.found.add("claim-encrypted", "The file claims PDF/A but is encrypted.")
    if not members(case.pdf.trailer.get("/ID")):
        case.found.add("claim-no-id", "The file claims PDF/A but has no identifier.")
    for intent in members(case.catalog.get("/OutputIntents")):
        values = entries(intent)
        if name_of(values.get("/S")) == "GTS_PDFA1" and _is_profile(values.get("/DestOutputProfile")):
            return
    case.found.add("output-intent", "The file claims PDF/A but names no colour profile that can be read.")


def _is_profile(thing: object) -> bool:
    try:
        data = stream_bytes(thing, _MOST_PROFILE_BYTES)
    except (ValueError, pikepdf.PdfError, pikepdf.DataDecodingError):
        return False
    parts = whole(entries(thing).get("/N"))
    return data[36:40] == b"acsp" and _ICC_PARTS.get(data[16:20]) == parts
