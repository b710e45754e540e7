"""A file that holds one drawing and its alternative text, on a page of the drawing's own size."""

from __future__ import annotations

import hashlib

from handouts.figures import Drawing
from handouts.pdf.file import PdfFile
from handouts.pdf.metadata import Metadata, catalogue, info
from handouts.typeset.drawings import drawing_picture
from handouts.typeset.resources import write_resources
from handouts.typeset.tags import Element, Marked, write_tree


def picture_file(drawing: Drawing, alt: str, metadata: Metadata) -> bytes:
    """Return a tagged PDF with one drawing; the same drawing gives the same bytes."""
    file = PdfFile()
    page = file.reserve()
    pages = file.reserve()
    drawn = drawing_picture(drawing)
    box = f"[0 0 {drawn.width:.2f} {drawn.height:.2f}]"
    root = Element("Document", None, language=metadata.language)
    figure = Element("Figure", root, {"Layout": f"/Placement /Block/BBox {box}"}, alt=alt)
    figure.attach()
    figure.kids.append(Marked(0, 0))
    ops = f"/Figure <</MCID 0>> BDC\nq {drawn.ops} Q\nEMC"
    resources = write_resources([ops], {drawn.image: drawn}, file)
    content = file.add_stream(ops.encode("ascii"))
    file.put(
        page,
        f"<</Type/Page/Parent {pages} 0 R/MediaBox {box}/Resources {resources} 0 R/Contents {content} 0 R"
        "/StructParents 0/Tabs/S>>",
    )
    file.put(pages, f"<</Type/Pages/Count 1/Kids [{page} 0 R]>>")
    tree = write_tree(root, file, [page], [[figure]], {})
    identifier = hashlib.sha256(drawn.form + repr(metadata).encode()).hexdigest()[:32]
    return file.bytes(catalogue(file, metadata, pages, tree), file.add(info(metadata)), identifier)
