"""Font dictionaries as both standards want them: each fits its program, its codes and its widths.

Source: ISO 14289-1, 7.21 and ISO 19005-2, 6.2.11, which say the same. The widths of composite
TrueType fonts are held against the program; those of other fonts, and all shapes, are believed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pikepdf

from handouts.audit.case import Case
from handouts.audit.fonts import Font
from handouts.audit.objects import entries, key_of, members, name_of, numbers, stream_bytes, text_of, whole
from handouts.audit.reach import Reached, reach
from handouts.audit.sfnt import read_glyphs

_MOST_PROGRAM_BYTES = 64_000_000
_WIDTH_SLACK = 1.5
"""How far, in thousandths of an em, a stated width may be off: one, and what rounding adds."""
_SYMBOLIC, _NONSYMBOLIC = 4, 32
_PROGRAMS: dict[str, dict[str, tuple[str, ...]]] = {
    "Type1": {"/FontFile": ("",), "/FontFile3": ("Type1C", "OpenType")},
    "MMType1": {"/FontFile": ("",), "/FontFile3": ("Type1C", "OpenType")},
    "TrueType": {"/FontFile2": ("",), "/FontFile3": ("OpenType",)},
    "CIDFontType0": {"/FontFile3": ("CIDFontType0C", "OpenType")},
    "CIDFontType2": {"/FontFile2": ("",), "/FontFile3": ("OpenType",)},
}
_BEGINNINGS = {
    "/FontFile": (b"%!", b"\x80\x01"),
    "/FontFile2": (b"\0\1\0\0", b"true", b"OTTO", b"ttcf"),
    "Type1C": (b"\1",),
    "CIDFontType0C": (b"\1",),
    "OpenType": (b"OTTO", b"\0\1\0\0", b"true"),
}
_PLAIN_ENCODINGS = ("MacRomanEncoding", "WinAnsiEncoding")
_COLLECTIONS = {"UniGB": "GB1", "UniCNS": "CNS1", "UniJIS": "Japan1", "UniKS": "Korea1"}
"""Codes that are Unicode themselves, and need not be embedded. Older ones are as good as missing."""
_WMODE = re.compile(rb"/WMode\s+([01])\s+def")
_USECMAP = re.compile(rb"/(\S+)\s+usecmap")

Tell = Callable[[str, str], None]
"""How a fault of one font is told: its code, and the end of a sentence."""


def check_programs(case: Case) -> None:
    """Tell fonts whose parts do not fit together, so that some viewer shows another letter or none."""
    for one in reach(case):
        if one.kind == "font":
            _check_font(case, one)


def _check_font(case: Case, one: Reached) -> None:
    values = one.values
    kind = name_of(values.get("/Subtype"))
    name = name_of(values.get("/BaseFont"))[:60]
    descendant = entries(next(iter(members(values.get("/DescendantFonts"))), None))
    holder = descendant if kind == "Type0" else values

    def tell(code: str, what: str) -> None:
        case.found.add(code, f"The font {name} {what}.", one.page)

    inner = name_of(holder.get("/Subtype"))
    if kind == "Type3":
        return
    descriptor = entries(holder.get("/FontDescriptor"))
    if inner not in _PROGRAMS or (kind == "Type0") != inner.startswith("CIDFont"):
        tell("font-program", "is of no kind that exists")
        return
    if not all(
        name_of(part.get("/BaseFont")) and name_of(part.get("/Type")) == "Font" for part in (values, holder)
    ):
        tell("font-program", "has no name, or does not say that it is a font")
    embedded = [key for key in ("/FontFile", "/FontFile2", "/FontFile3") if key in descriptor]
    if len(embedded) > 1 or (embedded and not _fits(descriptor, embedded[0], inner)):
        tell("font-program", "is of another kind than it says, or cannot be read")
    if kind == "Type0":
        trouble = _cmap_trouble(values.get("/Encoding"), descendant) or _map_trouble(inner, descendant)
        if trouble:
            tell("font-cmap", trouble)
        font = case.contents.shown_font(key_of(one.thing))
        if embedded and font is not None and font.identity:
            _check_glyphs(font, descendant, _bytes(descriptor[embedded[0]]), tell)
        return
    if embedded and not _has_widths(values):
        tell("font-widths", "does not give each of its letters a width")
    trouble = _coding_trouble(values.get("/Encoding"), whole(descriptor.get("/Flags")) or 0)
    if inner == "TrueType" and trouble:
        tell("font-encoding", trouble)


def _bytes(thing: object) -> bytes:
    try:
        return stream_bytes(thing, _MOST_PROGRAM_BYTES)
    except (ValueError, pikepdf.PdfError, pikepdf.DataDecodingError):
        return b""


def _fits(descriptor: dict[str, Any], key: str, kind: str) -> bool:
    program = descriptor[key]
    label = name_of(entries(program).get("/Subtype")) if key == "/FontFile3" else ""
    return label in _PROGRAMS[kind].get(key, ()) and _bytes(program).startswith(_BEGINNINGS[label or key])


def _check_glyphs(font: Font, descendant: dict[str, Any], program: bytes, tell: Tell) -> None:
    """Tell codes that were shown and whose glyph is missing, unlisted, or of another width than stated."""
    listed = entries(descendant.get("/FontDescriptor")).get("/CIDSet")
    if listed is not None:
        bits = _bytes(listed)
        if not all(code // 8 < len(bits) and bits[code // 8] & 128 >> code % 8 for code in font.shown):
            tell("font-cmap", "has a list of its letters that leaves some out")
    glyphs = read_glyphs(program) if name_of(descendant.get("/Subtype")) == "CIDFontType2" else None
    if glyphs is None:
        return
    table = descendant.get("/CIDToGIDMap")
    mapped = None if name_of(table) else _bytes(table)
    for code in sorted(font.shown):
        glyph = code if mapped is None else int.from_bytes(mapped[2 * code : 2 * code + 2], "big")
        if not 0 < glyph < glyphs.count:
            tell("glyph-missing", "does not have a letter that is shown")
        elif font.measure.known and abs(font.measure.stated(code) - glyphs.width(glyph)) > _WIDTH_SLACK:
            tell("font-widths", "gives a letter another width than it has")


def _has_widths(values: dict[str, Any]) -> bool:
    first, last = whole(values.get("/FirstChar")), whole(values.get("/LastChar"))
    widths = numbers(values.get("/Widths"))
    return first is not None and last is not None and len(widths) == last - first + 1


def _map_trouble(kind: str, descendant: dict[str, Any]) -> str:
    """Return what is wrong with the way from a number to a glyph; '' if nothing is."""
    table = descendant.get("/CIDToGIDMap")
    if kind == "CIDFontType2" and "/FontDescriptor" in descendant:
        if name_of(table) != "Identity" and not isinstance(table, pikepdf.Stream):
            return "does not say which number is which glyph"
    elif table is not None:
        return "says for numbers that are glyphs already which glyph they are"
    return ""


def _cmap_trouble(coding: object, descendant: dict[str, Any]) -> str:
    """Return what is wrong with the way from a code to a number; '' if nothing is."""
    system = entries(descendant.get("/CIDSystemInfo"))
    registry, ordering = text_of(system.get("/Registry")), text_of(system.get("/Ordering"))
    if not registry or not ordering or whole(system.get("/Supplement")) is None:
        return "does not say which collection of letters it has"
    other = "has codes for another collection of letters"
    named = name_of(coding)
    if named:
        known = _COLLECTIONS.get(named.split("-")[0])
        fits = named in ("Identity-H", "Identity-V") or (registry, ordering) == ("Adobe", known)
        return "" if fits else other
    values = entries(coding)
    data = _bytes(coding)
    if not data:
        return "has codes that cannot be read"
    own = entries(values.get("/CIDSystemInfo"))
    if (text_of(own.get("/Registry")), text_of(own.get("/Ordering"))) != (registry, ordering):
        return other
    said = _WMODE.search(data)
    if (whole(values.get("/WMode", 0)) or 0) != (int(said[1]) if said else 0):
        return "is written across and down at once"
    leans = _USECMAP.search(data)
    if leans and leans[1].split(b"-")[0].decode("latin-1") not in ("Identity", *_COLLECTIONS):
        return "has codes that lean on others which are not embedded"
    return ""


def _coding_trouble(coding: object, flags: int) -> str:
    """Return what is wrong with the codes of a TrueType font; '' if nothing is."""
    if bool(flags & _SYMBOLIC) == bool(flags & _NONSYMBOLIC):
        return "does not say whether it holds letters or signs"
    if flags & _SYMBOLIC:
        return "holds signs and names an encoding" if coding is not None else ""
    base = name_of(coding) or name_of(entries(coding).get("/BaseEncoding"))
    return "" if base in _PLAIN_ENCODINGS else "names no encoding for its letters"
