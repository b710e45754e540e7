"""Small PDFs made by hand, and readers that are not ours."""

from __future__ import annotations

import io
from collections import defaultdict
from datetime import date
from functools import cache

import pdfplumber
import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, String

from handouts.content.library import Library
from handouts.order import Order
from handouts.packet import Part, merge
from handouts.pipeline import make_handout

DAY = date(2026, 11, 22)
BOTH = frozenset({"ua1", "a2a"})


def saved(pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out, static_id=True)
    return out.getvalue()


def small_pdf(word, pages=2, *, tagged=True, change=None) -> bytes:
    """Return a file with a paragraph on each page, a link by name from the first to the last, an outline."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    resources = pdf.make_indirect(Dictionary(Font=Dictionary(F1=font)))
    for number in range(pages):
        pdf.add_blank_page(page_size=(612, 792))
        page = pdf.pages[number].obj
        page.Resources = resources
        text = b"BT /F1 24 Tf 72 %d Td (%b %d) Tj ET" % (700 - 40 * number, word.encode(), number + 1)
        page.Contents = pdf.make_stream(b"/Tip <</MCID 0>> BDC " + text + b" EMC" if tagged else text)
    first, last = pdf.pages[0].obj, pdf.pages[-1].obj
    link = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=Array([72, 690, 200, 720]),
            A=Dictionary(S=Name.GoTo, D=String("exercises")),
        )
    )
    first.Annots = Array([link])
    pdf.Root.Names = Dictionary(
        Dests=Dictionary(Names=Array([String("exercises"), Array([last, Name.XYZ, 0, 700, None])]))
    )
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(f"{word} inside", pages - 1))
    pdf.Root.Lang = String("es")
    pdf.trailer.Info = pdf.make_indirect(Dictionary(Title=String(f"All of {word}")))
    if tagged:
        _tag(pdf, link)
    if change:
        change(pdf)
    return saved(pdf)


def _tag(pdf, link) -> None:
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    top = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root, K=Array()))
    rows = []
    for number, page in enumerate(pdf.pages):
        tip = pdf.make_indirect(
            Dictionary(
                Type=Name.StructElem,
                S=Name.Tip,
                P=top,
                Pg=page.obj,
                K=Array([0]),
                ID=String(f"tip{number}"),
                A=Dictionary(O=Name.Table, Headers=Array([String("tip0")])),
                C=Name.Wide,
            )
        )
        top.K.append(tip)
        page.obj.StructParents = number
        rows += [number, Array([tip])]
    tied = Dictionary(Type=Name.OBJR, Obj=link, Pg=pdf.pages[0].obj)
    element = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Link, P=top, K=tied))
    top.K.append(element)
    link.StructParent = len(pdf.pages)
    root.K = top
    root.RoleMap = Dictionary(Tip=Name.P)
    root.ClassMap = Dictionary(Wide=Dictionary(O=Name.Layout, SpaceBefore=1))
    root.ParentTree = Dictionary(Nums=Array([*rows, len(pdf.pages), element]))
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = Dictionary(Marked=True)


@cache
def spoken(pdf: bytes) -> list[str]:
    """Return what the tags say, one text or alternative text an element, as pdfplumber finds it."""
    found = []
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        texts = defaultdict(str)
        for page in opened.pages:
            for character in page.chars:
                texts[page.page_number, character.get("mcid")] += character["text"]
        waiting = [(element, None) for element in reversed(list(opened.structure_tree))]
        while waiting:
            element, number = waiting.pop()
            number = element.get("page_number", number)
            said = "".join(texts[number, mcid] for mcid in element.get("mcids", []))
            found += [line for line in (said, element.get("alt_text")) if line]
            waiting += [(kid, number) for kid in reversed(element.get("children", []))]
    return found


def astray(pdf: bytes) -> tuple[int, list[str]]:
    """Return how many marks the parent tree has for pages, and those whose element does not hold them."""
    seen, wrong = 0, []
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        parents = pikepdf.NumberTree(opened.Root.StructTreeRoot.ParentTree)
        for number, page in enumerate(opened.pages, 1):
            if "/StructParents" not in page.obj:
                continue
            for mcid, element in enumerate(parents[int(page.obj.StructParents)]):
                if element is None:
                    continue
                seen += 1
                kids = element.K if isinstance(element.K, Array) else [element.K]
                held = [
                    (kid.MCID, kid.Pg.objgen) if isinstance(kid, Dictionary) and "/MCID" in kid else None
                    for kid in kids
                ]
                held += [(kid, element.Pg.objgen) for kid in kids if isinstance(kid, int)]
                if (mcid, page.obj.objgen) not in held:
                    wrong.append(f"page {number}, mark {mcid}")
    return seen, wrong


def leads(pdf: bytes) -> list[tuple[int, int]]:
    """Return from which page each link inside the file leads to which (indices; -1: nowhere)."""
    found = []
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        index = {page.obj.objgen: number for number, page in enumerate(opened.pages)}
        names = {}
        if "/Names" in opened.Root and "/Dests" in opened.Root.Names:
            names = dict(pikepdf.NameTree(opened.Root.Names.Dests).items())
        for number, page in enumerate(opened.pages):
            for link in page.obj.get("/Annots", []):
                place = link.get("/Dest", link.get("/A", Dictionary()).get("/D"))
                if place is None:
                    continue
                place = place if isinstance(place, Array) else names.get(str(place))
                found.append((number, -1 if place is None else index.get(place[0].objgen, -1)))
    return found


def pictures(pdf: bytes, scale=0.5) -> list[bytes]:
    opened = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=scale).to_pil().tobytes() for page in opened]
    finally:
        opened.close()


class Tools:
    """What the tests of this folder share."""

    day = DAY
    both = BOTH
    small = staticmethod(small_pdf)
    saved = staticmethod(saved)
    spoken = staticmethod(spoken)
    astray = staticmethod(astray)
    leads = staticmethod(leads)
    pictures = staticmethod(pictures)

    @staticmethod
    def join(*pdfs, earns=BOTH, **more):
        """Return files joined, with the names a.pdf, b.pdf, …"""
        parts = [
            Part(pdf, f"{name}.pdf", earns=earns, **more) for name, pdf in zip("abcdefgh", pdfs, strict=False)
        ]
        return merge(parts, title="All", day=DAY)


@pytest.fixture(scope="session")
def tools():
    return Tools


@pytest.fixture(scope="session")
def own() -> list[bytes]:
    """Return two handouts of ours, in different looks."""
    library, order = Library(), Order(date=DAY, patient="Zoë Żak")
    wanted = (
        ("femoral-neck-stress-fracture", "runners-edge-physio"),
        ("hip-fracture", "example-clinic"),
    )
    return [make_handout(library, condition, clinic, order).pdf for condition, clinic in wanted]
