"""Structure trees with their text, as a reader that is not ours finds them, held against golden files."""

from __future__ import annotations

import io
from collections import defaultdict
from dataclasses import replace
from datetime import date
from pathlib import Path

import pdfplumber
import pytest

from handouts.content.library import Library
from handouts.order import Order
from handouts.pipeline import make_handout, make_packet

GOLDEN = Path(__file__).parent / "golden" / "structure"
ORDER = Order(date(2026, 11, 22), patient="Zoë Żak", clinician="Pat Example")
LIBRARY = Library()


def structure(pdf):
    """Return the tree of a PDF, an element a line: role, text, alternative text, language."""
    lines = []
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        texts = defaultdict(str)
        for page in opened.pages:
            for character in page.chars:
                texts[page.page_number, character.get("mcid")] += character["text"]

        def show(element, depth, page_number):
            page_number = element.get("page_number", page_number)
            said = "".join(texts[page_number, mcid] for mcid in element.get("mcids", []))
            line = "  " * depth + element["type"]
            line += f' "{said}"' if said else ""
            for key in ("alt_text", "lang", "title"):
                line += f' {key}="{element[key]}"' if element.get(key) else ""
            lines.append(line)
            for kid in element.get("children", []):
                show(kid, depth + 1, page_number)

        for element in opened.structure_tree:
            show(element, 0, None)
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("condition", ["trochanteric-bursitis", "femoral-neck-stress-fracture"])
def test_a_handout_reads_as_it_should(golden, condition):
    """tags, words and their order are those that somebody has looked at."""
    made = make_handout(LIBRARY, condition, "example-clinic", ORDER)
    golden(structure(made.pdf), GOLDEN / f"{condition}.txt")


def test_a_packet_reads_as_it_should(golden):
    """a packet is a cover and a part for each handout, in order."""
    conditions = ["trochanteric-bursitis", "femoral-neck-stress-fracture"]
    nobody = replace(ORDER, patient="")
    made = make_packet(LIBRARY, "Two sheets", conditions, "runners-edge-physio", nobody, ready_made=True)
    heads = [
        line
        for line in structure(made.pdf).splitlines()
        if line.split()[0] in {"Document", "Part", "H1", "H2"}
    ]
    golden("\n".join(heads) + "\n", GOLDEN / "packet-headings.txt")


def test_a_change_of_order_is_seen():
    """the golden text shows a tree whose words have changed places."""
    made = make_handout(LIBRARY, "femoral-neck-stress-fracture", "example-clinic", ORDER)
    lines = structure(made.pdf).splitlines()
    first = next(place for place, line in enumerate(lines) if line.strip().startswith('P "Stop running'))
    assert first < next(place for place, line in enumerate(lines) if "When to get help" in line)
