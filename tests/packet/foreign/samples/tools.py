"""How a sample is registered, and a page to put it on."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

MARK = "Zq7-private"
"""Stands in everything that must not come through: whoever finds it in the result has found a leak."""

TEXT = "Keep moving your hip"


@dataclass(frozen=True)
class Hostile:
    """A file, and codes of what must be told of it."""

    pdf: bytes
    told: frozenset[str]


HOSTILE: dict[str, Callable[[], Hostile]] = {}
HARMLESS: dict[str, Callable[[], bytes]] = {}


def saved(pdf: Pdf, **how) -> bytes:
    """Return the bytes of a file."""
    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pdf.save(out, static_id="encryption" not in how, fix_metadata_version=False, **how)
    return out.getvalue()


def one_page(content: bytes = b"", **entries) -> Pdf:
    """Return a file of one page that says ``TEXT``, with more content and entries of the page."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(300, 200))
    page = pdf.pages[0].obj
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    page.Resources = pdf.make_indirect(Dictionary(Font=Dictionary(F1=font)))
    page.Contents = pdf.make_stream(b"BT /F1 14 Tf 20 160 Td (%s) Tj ET\n" % TEXT.encode() + content)
    for key, value in entries.items():
        page[f"/{key}"] = value
    return pdf


def annotated(pdf: Pdf, **entries) -> Dictionary:
    """Add an annotation to the first page and return it."""
    values = {"Type": Name.Annot, "Rect": Array([20, 20, 120, 50])} | entries
    annotation = pdf.make_indirect(Dictionary({f"/{key}": value for key, value in values.items()}))
    page = pdf.pages[0].obj
    page.Annots = Array([*page.get("/Annots", []), annotation])
    return annotation


def form_xobject(pdf: Pdf, content: bytes = b"0 1 0 rg 0 0 100 30 re f", **entries) -> pikepdf.Stream:
    """Return a form that paints a box of 100 by 30 points."""
    form = pdf.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 100, 30]))
    for key, value in entries.items():
        form[f"/{key}"] = value
    return form


def image(pdf: Pdf, **entries) -> pikepdf.Stream:
    """Return a picture of two by two points."""
    picture = pdf.make_stream(
        bytes((255, 0, 0, 0, 255, 0, 0, 0, 255, 80, 80, 80)),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=2,
        Height=2,
        BitsPerComponent=8,
        ColorSpace=Name.DeviceRGB,
    )
    for key, value in entries.items():
        picture[f"/{key}"] = value
    return picture


def script() -> Dictionary:
    """Return an action that runs a script."""
    return Dictionary(S=Name.JavaScript, JS=pikepdf.String(f"app.alert('{MARK}')"))


def embedded(pdf: Pdf) -> Dictionary:
    """Return a file specification with a file in it."""
    inner = pdf.make_stream(f"MZ {MARK}".encode(), Type=Name.EmbeddedFile)
    return pdf.make_indirect(
        Dictionary(Type=Name.Filespec, F=pikepdf.String(f"{MARK}.exe"), EF=Dictionary(F=inner))
    )


def hostile(*told: str):
    """Register a function that returns a file; ``told`` are the codes that it must raise."""

    def register(make):
        def made() -> Hostile:
            pdf = make()
            return Hostile(pdf if isinstance(pdf, bytes) else saved(pdf), frozenset(told))

        HOSTILE[make.__name__] = made
        return make

    return register


def harmless(make):
    """Register a function that returns a file in which nothing may change."""

    def made() -> bytes:
        pdf = make()
        return pdf if isinstance(pdf, bytes) else saved(pdf)

    HARMLESS[make.__name__] = made
    return make
