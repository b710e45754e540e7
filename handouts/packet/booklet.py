"""The booklet: a packet laid out two pages a side, to be folded and stapled in the middle.

It is for paper only. Tags, links and bookmarks are left out, and title and description say that it can't be
read aloud and which file can. pypdf does the work: each page becomes a form that is drawn at half size.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from xml.sax.saxutils import escape

from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    StreamObject,
)

from handouts.packet.boxes import View, view
from handouts.packet.part import Part
from handouts.packet.source import Source

Matrix = tuple[float, float, float, float, float, float]

FREE_EDGE_PT = 6.0
"""Left free above and below a page: printers can't print to the edge of the sheet."""
TITLE = "{} (booklet for printing; not accessible)"
DESCRIPTION = "For printing only: print on both sides, fold and staple in the middle. {}"
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{description}</rdf:li></rdf:Alt></dc:description>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
_LEVEL = 6
"""The effort of compression, as in our own files."""


@dataclass(frozen=True, slots=True)
class Booklet:
    """The file to print, how many sheets of paper it takes, and how much smaller its first page is (0.65)."""

    pdf: bytes
    sheets: int
    scale: float


def make_booklet(pdf: bytes, *, accessible: str) -> Booklet:
    """Return the pages of a finished PDF as a booklet, on sheets of its first page's size on their side.

    ``accessible`` is the name of the file that can be read aloud. Annotations are left out: ours are links.
    The same bytes give the same booklet.

    Raises ForeignError for bytes that are no PDF.
    """
    with Source.open(Part(pdf, accessible)) as source:
        views = [view(source, page) for page in source.pages]
    sheet = max(views[0].size), min(views[0].size)
    reader, writer = PdfReader(io.BytesIO(pdf)), PdfWriter()
    forms = [_form(page, seen, writer) for page, seen in zip(reader.pages, views, strict=True)]
    sides = saddle_stitch(len(forms))
    for left_and_right in sides:
        side = writer.add_blank_page(*sheet)
        ops, drawn = [], DictionaryObject()
        for half, number in enumerate(left_and_right):
            if number is None:
                continue
            place = _place(views[number], sheet, half)
            ops.append(f"q {' '.join(f'{value:.5f}' for value in place)} cm /P{half} Do Q")
            drawn[NameObject(f"/P{half}")] = forms[number]
        content = StreamObject()
        content.set_data("\n".join(ops).encode("ascii"))
        side[NameObject("/Contents")] = writer._add_object(content)  # noqa: SLF001 - the only way to add one
        side[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): drawn})
    _describe(reader, writer, accessible)
    out = io.BytesIO()
    writer.write(out)
    return Booklet(out.getvalue(), len(sides) // 2, _scale(views[0].size, sheet))


def saddle_stitch(pages: int) -> list[tuple[int | None, int | None]]:
    """Return the pages left and right on each side of the sheets, the outer sheet first.

    Pages count from 0; None is a blank. Folded in the middle, the fronts outside, the pages lie in order:
    sheets are filled from both ends.
    """
    total = -(-pages // 4) * 4
    order = [number if number < pages else None for number in range(total)]
    sides = []
    for low in range(0, total // 2, 2):
        high = total - 1 - low
        sides += [(order[high], order[low]), (order[low + 1], order[high - 1])]
    return sides


def _scale(size: tuple[float, float], sheet: tuple[float, float]) -> float:
    return min(sheet[0] / 2 / size[0], (sheet[1] - 2 * FREE_EDGE_PT) / size[1])


def _place(seen: View, sheet: tuple[float, float], half: int) -> Matrix:
    """Return the matrix that draws a page upright in the middle of the left (0) or right (1) half."""
    scale = _scale(seen.size, sheet)
    width, height = seen.box.width * seen.unit, seen.box.height * seen.unit
    # A page turned clockwise comes to lie left of, or below, the origin: it is moved back.
    back = {0: (0.0, 0.0), 90: (0.0, width), 180: (width, height), 270: (height, 0.0)}[seen.turn]
    middle = (
        sheet[0] / 4 * (1 + 2 * half) - seen.size[0] * scale / 2,
        sheet[1] / 2 - seen.size[1] * scale / 2,
    )
    place = (
        Transformation()
        .translate(-seen.box.left, -seen.box.bottom)
        .scale(seen.unit)
        .rotate(-seen.turn)
        .translate(*back)
        .scale(scale)
        .translate(*middle)
    )
    return place.ctm


def _form(page: PageObject, seen: View, writer: PdfWriter) -> IndirectObject:
    """Return a page as a form of the new file: content and resources, and nothing that ties it to tags."""
    form = StreamObject()
    form.set_data(_content(page))
    form = form.flate_encode(_LEVEL)
    form[NameObject("/Type")] = NameObject("/XObject")
    form[NameObject("/Subtype")] = NameObject("/Form")
    form[NameObject("/BBox")] = ArrayObject(FloatObject(value) for value in seen.box)
    for key in ("/Resources", "/Group"):
        if key in page:
            form[NameObject(key)] = page[key].clone(writer)
    return writer._add_object(form)  # noqa: SLF001 - the only way to add one


def _content(page: PageObject) -> bytes:
    """Return the operators of a page as they are.

    The marks in them are left: without a tree they refer to nothing, and to take each page apart so as to
    drop them would take ten times as long.
    """
    content = page.get("/Contents")
    content = content.get_object() if content is not None else ArrayObject()
    parts = content if isinstance(content, ArrayObject) else [content]
    # Parts are read as if a blank were between them.
    return b"\n".join(part.get_object().get_data() for part in parts)


def _describe(reader: PdfReader, writer: PdfWriter, accessible: str) -> None:
    """Say what the file is for, and that sheets are turned over as a page is: on their short edge."""
    title = TITLE.format((reader.metadata and reader.metadata.title) or "Handouts")
    description = DESCRIPTION.format(f"The file that can be read aloud is {accessible}.")
    writer.pdf_header = "%PDF-1.7"
    writer.metadata = None
    writer.add_metadata({"/Title": title, "/Subject": description})
    root = writer.root_object
    metadata = StreamObject()
    metadata.set_data(_XMP.format(title=escape(title), description=escape(description)).encode("utf-8"))
    metadata[NameObject("/Type")] = NameObject("/Metadata")
    metadata[NameObject("/Subtype")] = NameObject("/XML")
    root[NameObject("/Metadata")] = writer._add_object(metadata)  # noqa: SLF001 - the only way to add one
    if language := reader.root_object.get("/Lang"):
        root[NameObject("/Lang")] = language.clone(writer)
    root[NameObject("/ViewerPreferences")] = DictionaryObject(
        {
            NameObject("/DisplayDocTitle"): BooleanObject(True),  # noqa: FBT003
            NameObject("/Duplex"): NameObject("/DuplexFlipShortEdge"),
            NameObject("/PrintScaling"): NameObject("/None"),
        }
    )
