"""READ FIRST here: one foreign file, from bytes to bytes, with nothing in it that is not listed.

::

    open ─▶ pages and their boxes ─▶ annotations settled ─▶ objects pruned ─▶ tags, bookmarks, metadata made
         anew ─▶ saved: what nothing leads to any more is not written
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

import pikepdf

from handouts.packet.foreign.allowed import CODES
from handouts.packet.foreign.annotations import Readers, settle_annotations
from handouts.packet.foreign.bookmarks import rebuild_bookmarks, rebuild_labels
from handouts.packet.foreign.destinations import Destinations
from handouts.packet.foreign.layers import Layers
from handouts.packet.foreign.metadata import read_claims, write_claims
from handouts.packet.foreign.pages import read_pages
from handouts.packet.foreign.pruner import Pruner
from handouts.packet.foreign.structure import Structure
from handouts.packet.foreign.things import drop, entry, name_of, one_or_all, text_of
from handouts.packet.foreign.told import RefusedError

_MOST_DECODED_BYTES = 200_000_000
_MOST_LANGUAGE = 60
_HEAD_WITHIN = 1024
_KEPT = frozenset(
    (
        "/Dests",
        "/Lang",
        "/MarkInfo",
        "/Metadata",
        "/Names",
        "/Outlines",
        "/OutputIntents",
        "/PageLabels",
        "/Pages",
        "/StructTreeRoot",
        "/Type",
        "/ViewerPreferences",
    )
)
_QUIET = frozenset(("/Extensions", "/Legal", "/PageLayout", "/PageMode", "/Requirements", "/Version"))
_VERSION = re.compile(r"/(1\.[0-7]|2\.0)")


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many pages a file may have, and how many bytes it may be once rebuilt."""

    pages: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A file, rebuilt; ``removed`` are codes of ``told.REMOVED``, sorted."""

    pdf: bytes
    pages: int
    tagged: bool
    title: str
    language: str
    removed: list[str]


def rebuild(data: bytes, password: str, bounds: Bounds) -> Rebuilt:
    """Return a file rebuilt.

    Raises RefusedError with the reason where that cannot be done, and what pikepdf raises where the file is
    too damaged to say more.
    """
    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=_MOST_DECODED_BYTES,
        run_length_max_memory=_MOST_DECODED_BYTES,
        png_max_memory=_MOST_DECODED_BYTES,
        tiff_max_memory=_MOST_DECODED_BYTES,
        dct_max_memory=_MOST_DECODED_BYTES,
    )
    with _opened(data, password) as pdf:
        return _rebuilt(pdf, bounds)


def _opened(data: bytes, password: str) -> pikepdf.Pdf:
    if b"%PDF-" not in data[:_HEAD_WITHIN]:
        raise RefusedError("not-a-pdf")
    try:
        return pikepdf.open(io.BytesIO(data), password=password, suppress_warnings=True)
    except pikepdf.PasswordError:
        raise RefusedError("wrong-password" if password else "locked") from None
    except pikepdf.PdfError as error:
        raise RefusedError("unknown-lock" if "encryption" in str(error).lower() else "damaged") from None


def _rebuilt(pdf: pikepdf.Pdf, bounds: Bounds) -> Rebuilt:
    catalog = pdf.Root
    told: set[str] = {"password"} if pdf.is_encrypted else set()
    version = _version(pdf)
    if entry(catalog, "/NeedsRendering") is True:
        raise RefusedError("live-form")
    pages, mended = read_pages(pdf, bounds.pages)
    if mended:
        told.add("repaired")
    claims = read_claims(pdf)
    told |= _catalog_codes(pdf)
    layers = Layers(catalog.get("/OCProperties"))
    places = Destinations(catalog, pages)
    _fill_fields(pdf)
    readers = Readers()
    pruner = Pruner(pdf, layers)
    for page in pages:
        settle_annotations(pdf, page, readers, places, layers)
    for page in pages:
        pruner.clean_page(page)
        pruner.prune(page, "Page")
    _prune_catalog(pdf, pruner)
    places.write(pdf)
    pruner.finish()
    tagged = Structure(pdf, pages, pruner, readers).rebuild()
    rebuild_bookmarks(pdf, places)
    rebuild_labels(pdf)
    language = text_of(catalog.get("/Lang"))[:_MOST_LANGUAGE]
    if write_claims(pdf, claims, language):
        told.add("metadata")
    told |= pruner.told | places.told | readers.told
    out = _saved(pdf, pages, version)
    if len(out) > bounds.bytes:
        raise RefusedError("too-large")
    if pdf.get_warnings():
        told.add("repaired")
    return Rebuilt(out, len(pages), tagged, claims.title, language, sorted(told))


def _catalog_codes(pdf: pikepdf.Pdf) -> set[str]:
    """Return the codes of what stands in the catalog and the document information and will go."""
    catalog = pdf.Root
    codes = {CODES.get(key, "other") for key in catalog.keys() if key not in _KEPT | _QUIET}  # noqa: SIM118
    form = catalog.get("/AcroForm")
    if entry(form, "/XFA") is not None:
        codes.add("xfa")
    if not one_or_all(entry(form, "/Fields")):
        codes.discard("form")
    names = catalog.get("/Names")
    for key in names.keys() if isinstance(names, pikepdf.Dictionary) else ():
        if key != "/Dests":
            codes.add(CODES.get(key, "other"))
    if name_of(entry(catalog.get("/OpenAction"), "/S")) == "/JavaScript":
        codes.add("script")
    info = pdf.trailer.get("/Info")
    if isinstance(info, pikepdf.Dictionary) and set(info.keys()) - {"/Title"}:
        codes.add("metadata")
    return codes - {""}


def _fill_fields(pdf: pikepdf.Pdf) -> None:
    """Give form fields the appearance that a viewer would, where the file leaves that to the viewer."""
    if entry(pdf.Root.get("/AcroForm"), "/NeedAppearances") is True:
        pdf.generate_appearance_streams()


def _prune_catalog(pdf: pikepdf.Pdf, pruner: Pruner) -> None:
    catalog = pdf.Root
    for key in list(catalog.keys()):
        if key not in _KEPT:
            drop(catalog, key)
    if "/Lang" in catalog and not isinstance(catalog.get("/Lang"), pikepdf.String):
        drop(catalog, "/Lang")
    marked, shown = catalog.get("/MarkInfo"), catalog.get("/ViewerPreferences")
    drop(catalog, "/MarkInfo")
    if isinstance(marked, pikepdf.Dictionary):
        flags = {
            key: marked.get(key) for key in ("/Marked", "/Suspects") if isinstance(marked.get(key), bool)
        }
        catalog.MarkInfo = pikepdf.Dictionary(flags)
    drop(catalog, "/ViewerPreferences")
    if entry(shown, "/DisplayDocTitle") is True:
        catalog.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    intents = [
        intent
        for intent in one_or_all(catalog.get("/OutputIntents"))
        if isinstance(intent, pikepdf.Dictionary)
    ]
    drop(catalog, "/OutputIntents")
    for intent in intents:
        pruner.prune(intent, "OutputIntent")
    if intents:
        catalog.OutputIntents = pikepdf.Array(intents)


def _saved(pdf: pikepdf.Pdf, pages: list[pikepdf.Dictionary], version: str) -> bytes:
    """Write what the new catalog leads to."""
    tree = pdf.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Pages, Count=len(pages), Kids=pikepdf.Array(pages))
    )
    for page in pages:
        page.Parent = tree
    pdf.Root.Pages = tree
    pdf.Root.Type = pikepdf.Name.Catalog
    for key in list(pdf.trailer.keys()):
        if key not in ("/Root", "/Info", "/Size"):
            del pdf.trailer[key]
    # A file whose trailer was lost has no size; the library writes one only where there was one.
    pdf.trailer.Size = 1
    out = io.BytesIO()
    pdf.save(
        out,
        min_version=version,
        fix_metadata_version=False,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,  # the older claims of PDF/A forbid them
        encryption=False,
        deterministic_id=True,
    )
    return out.getvalue()


def _version(pdf: pikepdf.Pdf) -> str:
    said = _VERSION.fullmatch(name_of(pdf.Root.get("/Version")))
    return max(said.group(1) if said else "", pdf.pdf_version)
