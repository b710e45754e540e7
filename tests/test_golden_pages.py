"""Pages as pictures, held against golden ones: 72 dots an inch, grey, one pinned rasteriser."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageDraw

from handouts.content.library import Library
from handouts.order import Order
from handouts.pipeline import make_handout, make_packet

GOLDEN = Path(__file__).parent / "golden" / "pages"
DAY = date(2026, 11, 22)
LIBRARY = Library()
CLEARLY = 32
"""A dot differs if its grey is more than this away (of 255)."""
MOST = 0.002
"""The share of a page's dots that may differ: other machines round edges in their own way."""

CASES = {
    "bursitis": ("trochanteric-bursitis", "runners-edge-physio", Order(DAY), 3),
    "bursitis-grey-a4": ("trochanteric-bursitis", "example-clinic", Order(DAY, ink="grey", paper="a4"), 1),
    "flexor-black": ("hip-flexor-strain", "impact-physical-therapy", Order(DAY, ink="black"), 1),
    "fracture-large": (
        "femoral-neck-stress-fracture",
        "arizona-pain-and-spine-institute",
        Order(DAY, edition="large-print", patient="Zoë Żak"),
        2,
    ),
}


def pictures(pdf):
    """Return the pages of a PDF as grey pictures."""
    opened = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=1, grayscale=True).to_pil().convert("L") for page in opened]
    finally:
        opened.close()


def difference(actual, expected):
    """Return the share of dots that clearly differ; pages of another size differ wholly."""
    if actual.size != expected.size:
        return 1.0
    changed = ImageChops.difference(actual, expected).point(lambda value: 255 * (value > CLEARLY))
    return changed.histogram()[255] / (actual.width * actual.height)


def compare(request, name, actual):
    """Hold pages against the golden ones of a case; all of them must be alike."""
    places = [GOLDEN / f"{name}-{number}.png" for number in range(1, len(actual) + 1)]
    if request.config.getoption("--update-golden"):
        for place, page in zip(places, actual, strict=True):
            page.quantize(16).save(place, optimize=True)
    assert sorted(GOLDEN.glob(f"{name}-[0-9].png")) == places, "not the same number of pages"
    differences = []
    for place, page in zip(places, actual, strict=True):
        with Image.open(place) as expected:
            differences.append(difference(page, expected.convert("L")))
    assert max(differences) <= MOST, differences


@pytest.mark.parametrize("case", CASES)
def test_pages_look_as_they_should(request, case):
    """nobody changes how a page looks without seeing it."""
    condition, clinic, order, count = CASES[case]
    pages = pictures(make_handout(LIBRARY, condition, clinic, order).pdf)
    compare(request, case, pages[:count])


def test_a_cover_looks_as_it_should(request):
    """the first page of a packet is as somebody has seen it."""
    packet = LIBRARY.packet("running-hip")
    made = make_packet(LIBRARY, packet.title, packet.conditions, "example-clinic", Order(DAY))
    compare(request, "cover", pictures(made.pdf)[:1])


def test_a_damaged_page_is_seen():
    """a line that is missing, or a page that is shifted by a dot, is a difference."""
    condition, clinic, order, _ = CASES["bursitis"]
    page = pictures(make_handout(LIBRARY, condition, clinic, order).pdf)[0]
    damaged = page.copy()
    ImageDraw.Draw(damaged).rectangle((50, 250, 400, 262), fill=255)
    assert difference(damaged, page) > MOST
    assert difference(ImageChops.offset(page, 1, 0), page) > MOST
    assert difference(page.crop((0, 0, page.width - 1, page.height)), page) == 1.0
    assert difference(page, page) == 0


def test_a_picture_survives_its_file():
    """saving with few greys changes no dot clearly, so that golden files can stay small."""
    condition, clinic, order, _ = CASES["bursitis"]
    page = pictures(make_handout(LIBRARY, condition, clinic, order).pdf)[0]
    kept = io.BytesIO()
    page.quantize(16).save(kept, "PNG", optimize=True)
    with Image.open(kept) as again:
        assert difference(again.convert("L"), page) < MOST
    assert len(kept.getvalue()) < 40_000
