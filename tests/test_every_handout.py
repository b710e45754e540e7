"""Each real condition for each clinic: what holds for every sheet that leaves the program."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date

import pytest

from handouts.content.library import Library
from handouts.document import Group, Heading, ListBlock, Paragraph, Table, plain, text, walk
from handouts.order import EDITIONS, PAPERS, Order
from handouts.pipeline import compose_handout, make_handout, make_packet, make_pages

LIBRARY = Library()
CONDITIONS = LIBRARY.ids("condition")
CLINICS = LIBRARY.ids("clinic")
ORDER = Order(date(2026, 11, 22))
SHEETS = list(itertools.product(CONDITIONS, CLINICS, PAPERS, EDITIONS))


def made_up(condition, clinic, order):
    look = LIBRARY.clinic(clinic)
    return make_pages(LIBRARY, condition, look, order)


def alerts(page):
    return [placed for placed in page if placed.galley.frame and placed.galley.frame.name == "alert"]


def test_there_is_something_to_look_at():
    """the guards below look at real content."""
    assert len(CONDITIONS) >= 4
    assert len(CLINICS) >= 4


@pytest.mark.parametrize(("condition", "clinic", "paper", "edition"), SHEETS)
def test_get_help_is_on_the_first_page(condition, clinic, paper, edition):
    """all warning signs are on page one; in large print they begin there."""
    made = made_up(condition, clinic, replace(ORDER, paper=paper, edition=edition))
    assert len(alerts(made.pages[0])) == 1
    if edition == "standard":
        assert not any(alerts(page) for page in made.pages[1:])


@pytest.mark.parametrize(("condition", "clinic", "paper", "edition"), SHEETS)
def test_pages_are_made_up_well(condition, clinic, paper, edition):
    """nothing is painted over the edge, no heading ends a page, the last page is not nearly empty."""
    made = made_up(condition, clinic, replace(ORDER, paper=paper, edition=edition))
    for page in made.pages:
        assert page[-1].top + page[-1].galley.height <= made.look.page_height + 0.01
    for page in made.pages[:-1]:
        last = page[-1].galley
        assert last.bookmark is None or last.frame is not None
    last_page = made.pages[-1]
    assert last_page[-1].top + last_page[-1].galley.height >= 0.15 * made.look.page_height


@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_handout_is_made_without_defects(condition):
    """each condition goes through every stage; the pipeline refuses a file with defects."""
    made = make_handout(LIBRARY, condition, CLINICS[0], ORDER)
    assert made.pdf.startswith(b"%PDF-1.7")
    assert len(made.pdf) < 150_000


@pytest.mark.parametrize("packet", LIBRARY.ids("packet"))
def test_a_packet_holds_all_its_handouts(packet):
    """a packet has a cover and every page of every handout."""
    conditions = LIBRARY.packet(packet).conditions
    alone = [len(made_up(condition, CLINICS[0], ORDER).pages) for condition in conditions]
    title = LIBRARY.packet(packet).title
    made = make_packet(LIBRARY, title, conditions, CLINICS[0], ORDER, ready_made=True)
    assert made.pages == 1 + sum(alone)


@pytest.mark.parametrize("condition", [name for name in CONDITIONS if LIBRARY.condition(name).referral_only])
def test_a_referral_only_sheet_holds_no_exercise_and_no_first_care(condition):
    """who has to be seen first is given nothing else to do."""
    document = compose_handout(LIBRARY, condition, LIBRARY.clinic(CLINICS[0]), ORDER)
    words = LIBRARY.words("en").words
    headings = {plain(block.runs) for block in walk(document.blocks) if isinstance(block, Heading)}
    assert headings
    assert not headings & {words["exercises_heading"], words["care_heading"], words["log_heading"]}
    assert not any(isinstance(block, Group) and block.frame == "card" for block in walk(document.blocks))


@pytest.mark.parametrize("condition", CONDITIONS)
def test_every_sign_of_the_condition_is_printed(condition):
    """no warning sign is lost between content and page."""
    document = compose_handout(LIBRARY, condition, LIBRARY.clinic(CLINICS[0]), ORDER)
    said = text(document)
    signs = LIBRARY.signs(LIBRARY.condition(condition))
    assert len(signs) >= 8
    for sign in signs:
        assert " ".join(sign.text.split()) in said


def test_a_patient_stands_in_the_slots_only():
    """a name is printed where it belongs and is not in the title or the foot."""
    order = replace(ORDER, patient="Zoë Żak", clinician="Pat Example", note="Rest on Monday.")
    document = compose_handout(LIBRARY, CONDITIONS[0], LIBRARY.clinic(CLINICS[0]), order)
    assert "Zoë Żak" not in document.title + document.footer + document.anchor
    slots = {
        run.slot: run.text
        for block in walk(document.blocks)
        if isinstance(block, Paragraph)
        for run in block.runs
        if run.slot
    }
    assert slots["patient"] == "Zoë Żak"
    assert slots["clinician"] == "Pat Example"
    assert "Rest on Monday." in text(document)


def test_each_printed_list_is_short():
    """no list asks for more than seven things to be kept in mind."""
    lists = 0
    for condition in CONDITIONS:
        document = compose_handout(LIBRARY, condition, LIBRARY.clinic(CLINICS[0]), ORDER)
        for block in walk(document.blocks):
            if isinstance(block, ListBlock) and not block.style:
                lists += 1
                assert len(block.items) <= 7
            if isinstance(block, Table) and block.style == "log":
                assert len(block.body) <= 7
    assert lists > 20
