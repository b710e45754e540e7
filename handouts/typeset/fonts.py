"""Fonts: which face can print a character, how wide it is, and what of it goes into the file.

Text is set in Atkinson Hyperlegible, made for low vision. It lacks many Latin letters and all of Greek
and Cyrillic; Noto Sans stands in for single characters. A character that neither has is an error that
names it: never an empty box, never a dropped letter.

Faces are embedded as CID fonts. The page content holds the *original* glyph numbers, so that operators
stay valid whatever else a document says; a map in the file leads from them to the few glyphs embedded.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import fontpkg_atkinson_hyperlegible
import fontpkg_noto_sans
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from handouts.errors import UnprintableError

WHITE_SPACE = re.compile(r"[^\S\u00a0]")
"""One character of white space that is not a no-break space."""
_LOST = "\ufffc\ufffd"
"""What programs write in place of what they could not read: it stands for no text, whatever a font draws."""
FILES = {
    "regular": (fontpkg_atkinson_hyperlegible, "AtkinsonHyperlegible-Regular.ttf"),
    "bold": (fontpkg_atkinson_hyperlegible, "AtkinsonHyperlegible-Bold.ttf"),
    "fallback": (fontpkg_noto_sans, "NotoSans[wdth,wght].ttf"),
}
LATIN = frozenset((*range(0xA0, 0x250), *range(0x1E00, 0x1F00), *range(0x2010, 0x2027)))
"""Accented letters, and dashes, quotation marks and dots."""
RESOURCE = {"regular": "F1", "bold": "F2", "fallback": "F3"}
FALLBACK_BOLD = 0.035
"""Noto Sans comes as one variable font; its bold is drawn by stroking, this share of the size wide."""


class MeasuredFont(TTFont):  # type: ignore[misc]  # ReportLab has no types
    """A TrueType font that remembers how wide a word is: most words come back."""

    def stringWidth(self, text: str, size: float, encoding: str = "utf8") -> float:  # noqa: N802
        """Return the width of a text in points; the name and the arguments are ReportLab's."""
        return _units(self.fontName, text) * size / 1000


@lru_cache(maxsize=50_000)
def _units(font_name: str, text: str) -> float:
    ttf = pdfmetrics.getFont(font_name).face
    widths, default = ttf.charWidths, ttf.defaultWidth
    return float(sum(widths.get(ord(character), default) for character in text))


@dataclass(frozen=True, slots=True)
class Face:
    """One font file, registered with ReportLab under its own name for measuring.

    ``characters`` are those that it has; ``codes`` leads from each to its glyph number in hexadecimal.
    """

    name: str
    font: MeasuredFont
    characters: frozenset[str]
    codes: dict[int, str]

    def width(self, text: str, size: float) -> float:
        """Return the width of a text in points."""
        return self.font.stringWidth(text, size)

    def measure(self, text: str, size: float) -> float:
        """Return the width of a text that the face has, in points, and remember nothing of it."""
        return float(sum(map(self.font.face.charWidths.__getitem__, map(ord, text)))) * size / 1000

    def encode(self, text: str) -> str:
        """Return the hexadecimal PDF string that shows the text."""
        return text.translate(self.codes)


@cache
def face(name: str) -> Face:
    """Return a face by its short name: regular, bold or fallback (read once in a process)."""
    package, file = FILES[name]
    path = Path(str(package.__file__)).parent / "files" / file
    font = MeasuredFont(f"handouts-{name}", str(path), shapable=False)
    pdfmetrics.registerFont(font)
    glyphs = font.face.charToGlyph
    codes = {code: f"{glyph:04X}" for code, glyph in glyphs.items()}
    # Controls are invisible: they could only hide or turn round what a reader is meant to see.
    shown = frozenset(
        chr(code)
        for code in glyphs
        if unicodedata.category(chr(code)) not in {"Cc", "Cf", "Cn", "Co"} and chr(code) not in _LOST
    )
    return Face(name, font, shown, codes)


def _chosen(character: str, wanted: str) -> str:
    if character in face(wanted).characters:
        return wanted
    return "fallback" if character in face("fallback").characters else ""


def folded(text: str) -> str:
    """Return the text with composed letters and with all white space but no-break spaces made plain."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return WHITE_SPACE.sub(" ", text)


def pieces(text: str, wanted: str) -> Iterator[tuple[str, Face]]:
    """Yield the text in pieces that one face can print, using the wanted face where it can.

    Raises UnprintableError that names the first character that no face has. The text around it is not
    told, because it may be a patient's.
    """
    if face(wanted).characters.issuperset(text):
        if text:
            yield text, face(wanted)
        return
    start, current = 0, ""
    for place, character in enumerate(text):
        name = _chosen(character, wanted)
        if not name:
            raise UnprintableError(
                f"the character U+{ord(character):04X} ({unicodedata.name(character, 'without a name')}) "
                "is in none of the fonts, so it cannot be printed.",
                advice="Take it out or write it with other letters.",
            )
        if name != current:
            if start < place:
                yield text[start:place], face(current)
            start, current = place, name
    if start < len(text):
        yield text[start:], face(current)


def unprintable(text: str) -> str:
    """Return the characters of a text that no face has, each once; empty if all of it can be printed."""
    characters = dict.fromkeys(folded(text))
    return "".join(character for character in characters if not _chosen(character, "regular"))


@dataclass(frozen=True, slots=True)
class EmbeddedFont:
    """The parts of one embedded face: dictionaries without object numbers, and compressed streams.

    ``widths`` is the body of the W array; ``gid_map`` leads from original to embedded glyph numbers.
    """

    base_name: str
    program: bytes
    program_length: int
    to_unicode: bytes
    gid_map: bytes
    widths: str
    descriptor: str


def _to_unicode(glyphs: dict[int, int]) -> bytes:
    rows = [
        f"<{glyph:04X}> <{chr(code).encode('utf-16-be').hex().upper()}>" for glyph, code in glyphs.items()
    ]
    blocks = (rows[start : start + 100] for start in range(0, len(rows), 100))
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{body}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    ).encode("ascii")


@cache
def _meanings(name: str) -> dict[int, int]:
    """Return the character of each glyph; the lowest, where several share a glyph (space, no-break space)."""
    meanings: dict[int, int] = {}
    for code, glyph in sorted(face(name).font.face.charToGlyph.items()):
        meanings.setdefault(glyph, code)
    return meanings


@cache
def everyday(name: str) -> frozenset[int]:
    """Return the glyphs of ASCII in a face.

    They are always embedded, a kilobyte or two more: most patients' names then need no subset of their own.
    """
    codes = face(name).font.face.charToGlyph
    return frozenset(codes[code] for code in range(0x20, 0x7F))


@cache
def latin(name: str) -> frozenset[int]:
    """Return the glyphs of all Latin letters that a face has, and of what stands between them in a note.

    Where a name needs one of them, all are embedded, 10 kB more: so the names of a language share one subset.
    """
    shown = face(name).characters
    codes = face(name).font.face.charToGlyph
    return everyday(name) | {glyph for code, glyph in codes.items() if code in LATIN and chr(code) in shown}


@lru_cache(maxsize=64)
def letters(name: str, glyphs: frozenset[int]) -> frozenset[str]:
    """Return the characters of a face that some of its glyphs can show."""
    codes = face(name).font.face.charToGlyph
    return frozenset(character for character in face(name).characters if codes[ord(character)] in glyphs)


@lru_cache(maxsize=64)
def embedded(name: str, glyphs: frozenset[int]) -> EmbeddedFont:
    """Return what a file needs to show these glyphs of a face."""
    ttf = face(name).font.face
    meaning = {glyph: _meanings(name)[glyph] for glyph in sorted(glyphs)}
    codes = sorted(meaning.values())
    program = ttf.makeSubset(codes)
    new_numbers: dict[int, int] = {0: 0}
    for code in codes:
        new_numbers.setdefault(ttf.charToGlyph[code], len(new_numbers))
    gid_map = bytearray(2 * (max(new_numbers) + 1))
    for old, new in new_numbers.items():
        gid_map[2 * old : 2 * old + 2] = new.to_bytes(2, "big")
    widths = " ".join(f"{glyph} [{round(ttf.charWidths[code])}]" for glyph, code in meaning.items())
    tag = "".join(chr(65 + value % 26) for value in zlib.crc32(repr(codes).encode()).to_bytes(6, "big"))
    base_name = f"{tag}+{ttf.name.decode() if isinstance(ttf.name, bytes) else ttf.name}"
    box = " ".join(str(round(value)) for value in ttf.bbox)
    descriptor = (
        f"/Flags 4 /FontBBox [{box}] /ItalicAngle 0 /Ascent {round(ttf.ascent)} "
        f"/Descent {round(ttf.descent)} /CapHeight {round(ttf.capHeight)} /StemV {round(ttf.stemV)}"
    )
    return EmbeddedFont(
        base_name=base_name,
        program=zlib.compress(program, 9),
        program_length=len(program),
        to_unicode=zlib.compress(_to_unicode(meaning), 9),
        gid_map=zlib.compress(bytes(gid_map), 9),
        widths=widths,
        descriptor=descriptor,
    )
