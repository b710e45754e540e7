"""The pages of a file, in order, each with what it inherits and with boxes that a printer can bear."""

from __future__ import annotations

from typing import Any

import pikepdf

from handouts.packet.foreign.things import Key, entry, is_number, key_of, members, whole
from handouts.packet.foreign.told import RefusedError

_INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
_BOXES = ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox")
_MOST_PARENTS = 64
_LETTER = (0, 0, 612, 792)
_MOST_PT = 14_400
_LEAST_PT = 3
_FARTHEST_PT = 1e6


def read_pages(pdf: pikepdf.Pdf, most: int) -> tuple[list[pikepdf.Dictionary], bool]:
    """Return the pages and whether one of them had to be given a size."""
    count = len(pdf.pages)
    if count == 0:
        raise RefusedError("no-pages")
    if count > most:
        raise RefusedError("too-many-pages")
    pages: list[pikepdf.Dictionary] = []
    mended = False
    for page in pdf.pages:
        thing = page.obj
        _inherit(thing)
        mended |= _settle(thing)
        pages.append(thing)
    return pages, mended


def _inherit(page: pikepdf.Dictionary) -> None:
    above, seen = page.get("/Parent"), set[Key]()
    for _ in range(_MOST_PARENTS):
        if not isinstance(above, pikepdf.Dictionary) or key_of(above) in seen:
            return
        seen.add(key_of(above))
        for key in _INHERITED:
            if key not in page and above.get(key) is not None:
                page[key] = above.get(key)
        above = entry(above, "/Parent")


def _settle(page: pikepdf.Dictionary) -> bool:
    """Leave a page boxes and a rotation that mean something; raises RefusedError for a size that does not."""
    mended = False
    for key in _BOXES:
        if key in page and _box(page.get(key)) is None:
            del page[key]
            mended = True
    media = _box(page.get("/MediaBox"))
    if media is None:
        page.MediaBox = pikepdf.Array(_LETTER)
        media = (0.0, 0.0, 612.0, 792.0)
        mended = True
    scale: Any = page.get("/UserUnit")
    unit = float(scale) if is_number(scale) and scale > 0 else 1.0
    if scale is not None and unit != scale:
        del page["/UserUnit"]
    sides = (media[2] - media[0], media[3] - media[1])
    if not all(_LEAST_PT <= side * unit <= _MOST_PT for side in sides) or max(map(abs, media)) > _FARTHEST_PT:
        raise RefusedError("page-size")
    turned = whole(page.get("/Rotate"))
    if "/Rotate" in page and (turned is None or turned % 90):
        del page["/Rotate"]
    return mended


def _box(thing: Any) -> tuple[float, float, float, float] | None:  # noqa: ANN401 - whatever the file holds
    parts = members(thing)
    if len(parts) != 4 or not all(is_number(part) for part in parts):
        return None
    left, bottom, right, top = (float(part) for part in parts)
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)
