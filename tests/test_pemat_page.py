"""docs/pemat.md and its forms: every handout has one, every answer can be counted, and the page is fresh."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.appraisal.readings import QUESTIONS, FormError, blank_form, read_form, readings_page
from handouts.content.library import Library

DOCS = Path(__file__).parents[1] / "docs"
LIBRARY = Library()
CONDITIONS = {item: LIBRARY.condition(item) for item in LIBRARY.ids("condition")}
BLANK = blank_form(CONDITIONS["trochanteric-bursitis"])
READ = BLANK.replace("Not read yet.", "Read on 2026-11-25, version 2026.11.").replace("| ? |", "| y |")


def test_every_handout_has_its_form():
    """there is a form for each handout, and none for anything else."""
    assert {path.stem for path in (DOCS / "pemat").iterdir()} == set(CONDITIONS)


def test_the_committed_page_is_fresh():
    """every form can be counted, and the page says what they say: make scores writes it."""
    forms = {
        item: read_form((DOCS / "pemat" / f"{item}.md").read_text(encoding="utf-8")) for item in CONDITIONS
    }
    assert (DOCS / "pemat.md").read_text(encoding="utf-8") == readings_page(CONDITIONS, forms)


def test_all_items_are_asked():
    """PEMAT-P has 24 items for paper, the CDC Index 20."""
    assert {name: len(items) for name, items in QUESTIONS.items()} == {
        "PEMAT-P": 24,
        "CDC Clear Communication Index": 20,
    }
    assert not {13, 14} & set(QUESTIONS["PEMAT-P"])


def test_a_blank_form_is_not_read():
    """a form that nobody has filled in counts for nothing."""
    forms = dict.fromkeys(CONDITIONS, read_form(BLANK))
    assert not any(form.is_read for form in forms.values())
    page = readings_page(CONDITIONS, forms)
    assert page.count("| not yet |") == len(CONDITIONS) > 20
    assert "%" not in page.partition("| --- |")[2]


def test_answers_are_counted():
    """a share is what is met of what applies, each no has its reason, a changed handout is marked."""
    text = READ.replace("explained? | y | |", "explained? | n | Bursa is not. |", 1)
    text = text.replace("calculations shown? | y | |", "calculations shown? | – | |")
    text = text.replace("picture support it? | y | |", "picture support it? | n | It shows a place. |")
    only = {"trochanteric-bursitis": CONDITIONS["trochanteric-bursitis"]}
    page = readings_page(only, {"trochanteric-bursitis": read_form(text)})
    assert "| 2026-11-25 | 94 % (16 of 17) | 100 % (6 of 6) | 95 % (19 of 20) |" in page
    assert (
        "- PEMAT-P 4, Are medical words there to teach them, and explained? trochanteric-bursitis: Bursa"
        in page
    )
    assert "trochanteric-bursitis: It shows a place." in page
    older = read_form(text.replace("version 2026.11.", "version 2026.10."))
    assert "2026-11-25 (2026.10; changed since)" in readings_page(only, {"trochanteric-bursitis": older})


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("purpose", "purpose", ""),
        (
            "Is there a summary? | y | |",
            "Is there a summary? | n | |",
            "PEMAT-P 11: the answer is no, but not why",
        ),
        ("Is there a summary? | y | |", "Is there a summary? | ? | |", "PEMAT-P 11: the answer is '?'"),
        ("Is there a summary? | y | |", "Is there a summary? | yes | |", "'yes' is none of y, n"),
        ("| 11 | Is there a summary? | y | |\n", "", "PEMAT-P 11: there is no such row"),
        ("| 11 | Is there a summary?", "| 13 | Is there a summary?", "PEMAT-P 13: there is no such item"),
        (
            "Read on 2026-11-25, version 2026.11.",
            "Read.",
            "PEMAT-P 1: the answer is 'y', but the page says otherwise",
        ),
    ],
)
def test_a_form_that_cannot_be_counted_is_told(old, new, fault):
    """a slip of the pen in a form is told with its item instead of counted wrong."""
    if not fault:
        assert read_form(READ).is_read
        return
    assert old in READ
    with pytest.raises(FormError, match="(?s)" + fault.replace("?", r"\?")):
        read_form(READ.replace(old, new, 1))
