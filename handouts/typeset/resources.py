"""Resources: the fonts and images that the pages of a file use, embedded once."""

from __future__ import annotations

import re
from collections.abc import Iterable

from handouts.pdf.file import PdfFile, name
from handouts.typeset import fonts
from handouts.typeset.pictures import Drawn

SHOWN = re.compile(r"/(F\d) [\d.]+ Tf\s[^<]*<([0-9A-F]*)> Tj")
FOUR_DIGITS = re.compile("....")
FACES = {resource: face for face, resource in fonts.RESOURCE.items()}


def write_resources(pages: Iterable[str], pictures: dict[str, Drawn], file: PdfFile) -> int:
    """Embed what the pages' operators show; return the number of the resource dictionary."""
    shown: dict[str, list[str]] = {}
    for ops in pages:
        for resource, code in SHOWN.findall(ops):
            shown.setdefault(resource, []).append(code)
    glyphs = {
        resource: frozenset(int(code, 16) for code in set(FOUR_DIGITS.findall("".join(codes))))
        for resource, codes in shown.items()
    }
    regular = fonts.RESOURCE["regular"]
    glyphs[regular] = glyphs.get(regular, frozenset()) | fonts.everyday()
    font_refs = "".join(
        f"/{resource} {_font(FACES[resource], used, file)} 0 R" for resource, used in sorted(glyphs.items())
    )
    image_refs = "".join(f"/{key} {_image(drawn, file)} 0 R" for key, drawn in sorted(pictures.items()))
    images = f"/XObject <<{image_refs}>>" if image_refs else ""
    return file.add(f"<</Font <<{font_refs}>>{images}>>")


def _font(face: str, glyphs: frozenset[int], file: PdfFile) -> int:
    font = fonts.embedded(face, glyphs)
    base_name = name(font.base_name)
    program = file.add_stream(font.program, f"/Length1 {font.program_length}", compressed=True)
    descriptor = file.add(
        f"<</Type/FontDescriptor/FontName{base_name}{font.descriptor}/FontFile2 {program} 0 R>>"
    )
    gid_map = file.add_stream(font.gid_map, compressed=True)
    descendant = file.add(
        f"<</Type/Font/Subtype/CIDFontType2/BaseFont{base_name}/CIDToGIDMap {gid_map} 0 R"
        "/CIDSystemInfo <</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        f"/FontDescriptor {descriptor} 0 R/W [{font.widths}]>>"
    )
    to_unicode = file.add_stream(font.to_unicode, compressed=True)
    return file.add(
        f"<</Type/Font/Subtype/Type0/BaseFont{base_name}/Encoding/Identity-H"
        f"/DescendantFonts [{descendant} 0 R]/ToUnicode {to_unicode} 0 R>>"
    )


def _image(drawn: Drawn, file: PdfFile) -> int:
    if drawn.form:
        entries = f"/Type/XObject/Subtype/Form/BBox [0 0 {drawn.width:.2f} {drawn.height:.2f}]/Resources <<>>"
        return file.add_stream(drawn.form, entries, compressed=True)
    shown = drawn.streams[0]
    mask = ""
    if len(drawn.streams) > 1:
        alpha = drawn.streams[1]
        number = file.add_stream(alpha.data, _image_entries(alpha.width, alpha.height, 1), compressed=True)
        mask = f"/SMask {number} 0 R"
    entries = _image_entries(shown.width, shown.height, shown.colours) + mask
    return file.add_stream(shown.data, entries, compressed=True)


def _image_entries(width: int, height: int, colours: int) -> str:
    space = "/DeviceRGB" if colours == 3 else "/DeviceGray"
    return f"/Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace{space}/BitsPerComponent 8"
