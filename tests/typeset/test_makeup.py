"""Galleys on pages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handouts.document import Cell, Group, Heading, Paragraph, Run, Table, WritingLines
from handouts.errors import UnprintableError
from handouts.typeset.blocks import set_block
from handouts.typeset.galleys import REPEATED, Galley, Text
from handouts.typeset.makeup import make_up
from handouts.typeset.setter import SetBlock
from handouts.typeset.styles import sheet

from .conftest import card, log, paragraph, runs


def strips(*heights, **marks):
    return SetBlock(galleys=tuple(Galley(height, **marks) for height in heights))


def tops(page):
    return [(placed.top, placed.galley.height) for placed in page]


def test_galleys_are_stacked_in_order(look):
    """what follows stands below, and a page ends where the next strip does not fit."""
    pages = make_up([strips(300, 300, 300)], look)
    assert [tops(page) for page in pages] == [[(0, 300), (300, 300)], [(0, 300)]]


def test_what_is_kept_together_turns_the_page_together(look):
    """a heading never stands alone at the end of a page."""
    pages = make_up([strips(680), strips(20, keep=True), strips(100)], look)
    assert [len(page) for page in pages] == [1, 2]


def test_a_chain_higher_than_a_page_is_broken_where_it_must(look):
    """text that is kept together but fills more than a page is still printed whole."""
    pages = make_up([strips(*[100] * 9, keep=True)], look)
    assert [len(page) for page in pages] == [7, 2]


def test_cards_are_never_torn(look):
    """each card is one strip, and all of them are on the pages."""
    blocks = [set_block(card(number), look, 500) for number in range(1, 9)]
    pages = make_up(blocks, look)
    assert len(pages) > 1
    assert sum(len(page) for page in pages) == 8
    for page in pages:
        assert all(placed.top + placed.galley.height <= look.page_height for placed in page)


def test_a_box_that_must_be_split_is_closed_on_both_pages(look):
    """a box higher than a page gets a frame of its own on each page."""
    box = Group(tuple(paragraph("Some words.") for _ in range(60)), frame="card")
    pages = make_up([set_block(box, look, 500)], look)
    assert len(pages) == 2
    frames = [placed.galley.frame for page in pages for placed in page]
    assert [frame.name for frame in frames] == ["card", "card"]


def test_the_help_box_begins_where_there_is_room(look):
    """a loose box starts on the page that it belongs to, even if it goes on overleaf."""
    rows = tuple(
        (Cell((runs("Call"),), "row"), Cell(tuple(runs(f"Sign {n}") for n in range(12)))) for _ in range(3)
    )
    box = Group(
        (Heading(2, runs("When to get help"), "help"), Table((), rows, "help", (1, 4))),
        "section",
        frame="alert",
    )
    pages = make_up([strips(250), set_block(box, look, 500)], look)
    assert [placed.galley.frame is not None for placed in pages[0]] == [False, True]
    assert pages[1][0].galley.frame is not None


def test_a_table_repeats_its_head(look):
    """each page of a long table says what the columns mean, but it is read only once."""
    pages = make_up([set_block(log(60), look, 500)], look)
    assert len(pages) > 1
    assert [page[0].repeated for page in pages] == [False] + [True] * (len(pages) - 1)


def test_writing_lines_fill_the_page(look):
    """room that is left is given to lines to write on, as many as they may be."""
    lines = set_block(WritingLines(2, 6), look, 500)
    (page,) = make_up([strips(600), lines], look)
    assert len(page) == 1 + 4
    (page,) = make_up([strips(100), lines], look)
    assert len(page) == 1 + 6


def test_a_last_page_is_never_nearly_empty(look):
    """a few lines are not left alone on the last page."""
    pages = make_up([strips(*[50] * 15)], look)
    assert len(pages) == 2
    assert len(pages[-1]) >= 3


def test_a_strip_higher_than_a_page_is_an_error(look):
    """nothing is ever painted over the page's edge."""
    with pytest.raises(UnprintableError, match="higher than a page"):
        make_up([strips(800)], look)


def test_a_new_page_is_begun_where_it_is_asked_for(look):
    """a block can start on a page of its own."""
    block = Group((paragraph("Here."),), new_page=True)
    pages = make_up([strips(10), set_block(block, look, 500)], look)
    assert [len(page) for page in pages] == [1, 1]


def test_no_first_or_last_line_of_a_paragraph_is_lonely(look):
    """a paragraph is parted only with two lines on either side."""
    long = Paragraph((Run("word " * 300),))
    set_long = set_block(long, look, 300)
    keeps = [galley.keep for galley in set_long.galleys]
    assert keeps[0]
    assert keeps[-2]
    assert not all(keeps[1:-2])


def test_a_wide_row_in_large_print_is_set_in_one_column(look, clinic):
    """columns too narrow for large letters are set one below the other."""
    large = replace(look, sheet=sheet("large-print"))
    row = Group(tuple(Group((paragraph("Pain"),), frame="box") for _ in range(5)), layout="row")
    assert len(set_block(row, large, 500).galleys) == 5
    assert len(set_block(row, look, 600).galleys) == 1


def test_a_row_that_goes_on_overleaf_repeats_its_head(look):
    """whoever turns the page sees again what the signs call for, and hears it once."""
    cells = (Cell((runs("Call 911 now"),), "row"), Cell(tuple(runs(f"Sign {n}") for n in range(60))))
    box = Group(
        (Heading(2, runs("Help"), "help"), Table((), (cells,), "help", (1, 4))), "section", frame="alert"
    )
    pages = make_up([set_block(box, look, 500)], look)
    assert len(pages) == 2
    repeated = [item for item in pages[1][0].galley.items if isinstance(item, Text) and item.node == REPEATED]
    assert len(repeated) >= 1
    assert not [item for item in pages[0][0].galley.items if isinstance(item, Text) and item.node == REPEATED]


@pytest.mark.parametrize("above", [0, 300, 644])
def test_no_row_of_a_long_table_stands_alone(look, above):
    """wherever a table begins and however long it is, each page of it has two rows at least."""
    for count in range(15, 60):
        rows = tuple((Cell((runs(f"Row {number}"),), "row"), Cell((runs("1"),))) for number in range(count))
        head = ((Cell((runs("Handout"),), "column"), Cell((runs("Page"),), "column")),)
        table = set_block(Table(head, rows, "contents"), look, 500)
        pages = make_up([strips(above), table], look)
        on_page = [sum(1 for placed in page if placed.galley.head is not None) for page in pages]
        assert sum(on_page) == count
        assert min(rows for rows in on_page if rows) >= 2
