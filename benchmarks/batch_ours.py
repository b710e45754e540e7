"""Our side of a batch, as a process that stays: ``python batch_ours.py same | raw | different | audited``.

``same`` are other patients of one selection, ``raw`` writes the same bytes without making them. ``different``
is another selection each time, everything from the condition to the bytes; ``audited`` reads each back as
well, as the program does with every selection that it has not met before.
"""

from __future__ import annotations

import sys
from dataclasses import replace

import serving
import subject

from handouts import compose, markup, typeset
from handouts.drawings import draw_figures
from handouts.order import Order
from handouts.press import Job, Press

FILES = 200
"""How many quick files one repetition makes: a single one would be too short for the clock."""
LIBRARY = subject.open_library()
PRESS = Press(LIBRARY)
CHOICE = subject.choice(LIBRARY)
FOOT = typeset.FootWords(
    page=LIBRARY.words("en").words["page_foot"], packet=LIBRARY.words("en").words["packet_foot"]
)


def job(order: Order) -> Job:
    """Return what the press is asked for."""
    return Job((subject.CONDITION,), subject.CLINIC, order)


def same(number: int) -> list[Job]:
    """Return jobs of one selection, each for another patient."""
    first = number * FILES
    return [job(replace(subject.order(0), patient=subject.patient(first + place))) for place in range(FILES)]


def press(one: Job) -> bytes:
    """Return the file as the program hands it over."""
    return PRESS.make(one).pdf


def unaudited(order: Order) -> bytes:
    """Return the file of a selection without reading it back, as the peers do."""
    clinic = LIBRARY.clinic(subject.CLINIC)
    written = compose.handout(LIBRARY, LIBRARY.condition(subject.CONDITION), clinic, order)
    document = compose.finished(written, markup.parse(written.text, written.template))
    drawings = draw_figures(document, LIBRARY, clinic, order)
    metadata = typeset.Metadata(document.title, clinic.name, order.language, order.date)
    return typeset.write([typeset.make_up(document, clinic, order, drawings)], metadata, FOOT)


def main(what: str) -> None:
    """Serve one of the variants."""
    match what:
        case "same":
            press(job(subject.order(0)))
            serving.serve_many(same, press)
        case "raw":
            serving.serve_many(lambda number: [press(one) for one in same(number)], bytes)
        case "different":
            serving.serve(lambda number: subject.selection(number, CHOICE), unaudited)
        case "audited":
            serving.serve(lambda number: job(subject.selection(number, CHOICE)), press)
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    main(*sys.argv[1:])
