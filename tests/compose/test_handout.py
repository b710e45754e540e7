from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handouts import compose, document, markup
from handouts.clinic import Clinic, Logo, Review
from handouts.content.library import Library
from handouts.errors import TemplateError
from handouts.order import SIDES, Order

ROOT = Path(__file__).parents[2]


def made(shelf, clinic, order, condition="sore-hip") -> document.Document:
    markup_text = compose.handout(shelf, shelf.condition(condition), clinic, order)
    return compose.finished(markup_text, markup.parse(markup_text.text, markup_text.template))


def headings(parsed, level=2):
    blocks = document.walk(parsed.blocks)
    found = [block for block in blocks if isinstance(block, document.Heading) and block.level == level]
    return [document.plain(block.runs) for block in found]


def test_the_sheet_stands_in_this_order(shelf, clinic, order):
    """message and help come first, then what it is, first care, exercises, and the small print last."""
    parsed = made(shelf, clinic, order)
    assert headings(parsed, 1) == ["Sore hip"]
    assert headings(parsed) == [
        "When to get help: any one sign is enough",
        "What is going on",
        "First care",
        "Your exercises",
        "Back to running",
        "Keep it from coming back",
        "Your log",
        "Your plan in short",
        "My questions",
        "What a clinician may offer",
        "Questions people ask",
        "Where these facts come from",
        "About these pages",
    ]
    assert headings(parsed, 4) == ["1. Bridge", "2. Squat", "3. Jog"]
    assert parsed.footer == "Sore hip · version 2026.11 · Clinical review: pending"
    assert (parsed.title, parsed.anchor, parsed.language) == ("Sore hip", "sore-hip", "en")


def test_a_part_of_first_care_is_reworded_or_left_out(shelf, clinic, order):
    """what is printed in place of a part keeps what not to do, and a part without words is left out."""
    text = document.text(made(shelf, clinic, order))
    assert "Ice. Cool it. Do not sleep on it." in text
    assert "Compression. Do not wrap it. Use a pillow." in text
    assert "Elevation." not in text
    assert "It hurts" not in text


def test_a_sheet_that_refers_prints_no_exercise(make, clinic, order):
    """with its own template or the common one, a referral prints what to do, no first care and no running."""
    for template in ("referral.html.j2", "handout.html.j2"):
        condition = make.condition(
            referral_only=True,
            template=template,
            regions=["groin-front"],
            do_now=[make.statement("Stay off the leg.")],
            expect=[make.statement("A scan.")],
            avoid=[make.statement("Do not run.")],
            exercises={},
            more_exercises={},
            back_to_running=[],
        )
        parsed = made(make.shelf(condition), clinic, order)
        found = set(headings(parsed))
        assert not found & {"First care", "Your exercises", "Your log"}
        assert "Cool it" not in document.text(parsed)
        assert "15 times" not in document.text(parsed)
        assert "What not to do" in found
        if template == "referral.html.j2":
            assert found >= {"What to do now", "What to expect"}


@pytest.mark.parametrize("side", SIDES)
def test_the_side_is_said(shelf, clinic, order, side):
    """the side that was ordered stands on the sheet, and none where none was."""
    said = {"left": "your left hip", "right": "your right hip", "both": "your hip, on both sides"}[side]
    assert f"These pages are for {said}." in document.text(made(shelf, clinic, replace(order, side=side)))
    assert "These pages are for" not in document.text(made(shelf, clinic, order))


def test_a_review_counts_for_its_version_only(shelf, clinic, order):
    """a sign-off is printed for just this condition in just this version; else the review is pending."""
    good = Review("sore-hip", "2026.11", "Kim Lee", "physiotherapist", "2026-11-20", "2027-11-19")
    for wrong in (replace(good, version="2026.10"), replace(good, condition="other")):
        parsed = made(shelf, replace(clinic, reviews=(wrong,)), order)
        assert parsed.footer.endswith("Clinical review: pending")
    parsed = made(shelf, replace(clinic, reviews=(good,)), order)
    reviewed = "Reviewed by Kim Lee, physiotherapist, November 20, 2026, good until November 19, 2027"
    assert parsed.footer.endswith(reviewed)
    assert "pending" not in document.text(parsed)


@pytest.mark.parametrize(("until", "past"), [("2026-11-21", True), ("2026-11-22", False)])
def test_a_review_holds_until_its_last_day(shelf, clinic, order, until, past):
    """after its last day the sheet says that the review is due again, and whoever prints it is told."""
    review = Review("sore-hip", "2026.11", "Kim Lee", "physiotherapist", "2025-11-20", until)
    result = compose.handout(shelf, shelf.condition("sore-hip"), replace(clinic, reviews=(review,)), order)
    footer = markup.parse(result.text).footer
    assert ("due again since" in footer) is past
    assert ("good until" in footer) is not past
    told = [problem for problem in result.warnings if "review" in problem.sentence]
    assert len(told) == past
    assert all(problem.warning and problem.file == "data/clinics/north.yaml" for problem in told)


def test_the_emergency_number_is_the_clinics(shelf, clinic, order):
    """every place that says whom to call says the clinic's own number."""
    text = document.text(made(shelf, replace(clinic, emergency_number="999"), order))
    assert text.count("999") >= 2
    assert "911" not in text


def test_a_note_is_printed_line_by_line(shelf, clinic, order):
    """each line of the note is a paragraph of its own, exactly as written."""
    parsed = made(shelf, clinic, replace(order, note="Go slow.\r\n\n <b>2 & 3</b>\rCall me."))
    notes = [
        block.runs[0].text
        for block in document.walk(parsed.blocks)
        if isinstance(block, document.Paragraph) and block.runs[0].slot == "note"
    ]
    assert notes == ["Go slow.", "<b>2 & 3</b>", "Call me."]
    assert "note from your clinician" not in document.text(made(shelf, clinic, order))


def test_names_stand_in_slots_and_nowhere_else(shelf, clinic, order):
    """patient, clinician and date are runs of their own, so that a batch can write them alone."""
    parsed = made(shelf, clinic, replace(order, patient="Ann Doe", clinician="Kim Lee"))
    slots = {
        run.slot: run.text
        for block in document.walk(parsed.blocks)
        if isinstance(block, document.Paragraph)
        for run in block.runs
        if run.slot
    }
    assert slots == {"patient": "Ann Doe", "clinician": "Kim Lee", "date": "November 22, 2026"}
    assert document.text(parsed).count("Ann Doe") == 1
    assert "Ann Doe" not in parsed.title + parsed.footer


def test_the_band_says_only_what_the_clinic_says(shelf, clinic, full_clinic, order):
    """a clinic that gives no more than its name gets a band with its name."""
    bare, full = made(shelf, clinic, order), made(shelf, full_clinic, order)
    assert list(document.block_lines(bare.blocks[0])) == ["North Physio"]
    said = "\n".join(document.block_lines(full.blocks[0]))
    lines = full_clinic.places + full_clinic.address
    for line in (*lines, "Move well.", "(907) 555-0100", "https://example.org/north", "desk@example.org"):
        assert line in said
    links = {
        run.href
        for block in document.walk((full.blocks[0],))
        if isinstance(block, document.Paragraph)
        for run in block.runs
        if run.href
    }
    assert links == {"tel:9075550100", "https://example.org/north", "mailto:desk@example.org"}


def test_a_logo_stands_in_place_of_the_name(shelf, clinic, order):
    """a logo is a figure with its alternative text."""
    parsed = made(shelf, replace(clinic, logo=Logo(b"", "svg", "North & Physio", "logo.svg")), order)
    figures = [block for block in document.walk(parsed.blocks) if isinstance(block, document.Figure)]
    assert (figures[0].source, figures[0].alt) == ("logo", "North & Physio")


def test_sources_are_those_of_what_is_printed(make, clinic, order):
    """each source stands once, under what it supports; what is not printed brings none."""
    condition = make.condition(regions=["groin-front"])
    text = document.text(made(make.shelf(condition), clinic, order))
    assert "• About your hip: BOOK house: BOOK title (2020). RUN house: RUN title (2020)." in text
    assert "• When to get help: BONE house: BONE title (2020)." in text
    assert "• The exercises: RULE house: RULE title (2020). MOVE house: MOVE title (2020)." in text
    assert "Read in November 2026, where nothing else is said. Some lines rest on common practice" in text
    only_run = make.condition(
        regions=["groin-front"], exercises={"return": ["jog"]}, first_care=None, walk_run_table=False
    )
    text = document.text(made(make.shelf(only_run), clinic, order))
    assert "MOVE house" not in text
    assert "COLD house" not in text
    assert "common practice" not in text


def test_a_clinic_changes_one_block(make, clinic, order, tmp_path):
    """a clinic's template overrides one block and one part, and keeps all else."""
    (tmp_path / "parts").mkdir()
    (tmp_path / "handout.html.j2").write_text(
        '{% extends "bundled:handout.html.j2" %}{% block sources %}<p>See our web page.</p>{% endblock %}'
    )
    (tmp_path / "parts" / "slots.html.j2").write_text(
        '<p data-style="slot">Given on <span data-slot="date"></span> to you</p>'
    )
    condition = make.condition()
    shelf = make.shelf(condition, templates=(tmp_path, ROOT / "templates"))
    text = document.text(made(shelf, clinic, order))
    assert "See our web page." in text
    assert "Given on November 22, 2026 to you" in text
    assert "Where these facts come from" not in text
    assert "1. Bridge" in text


@pytest.mark.parametrize(
    ("template", "where", "said"),
    [
        ("<p>{{ hodl }}</p>", "handout.html.j2:3", "'hodl' is undefined"),
        ("<p>{{ words.hodl }}</p>", "handout.html.j2:3", "no attribute 'hodl'"),
        ("<blink>x</blink>", "handout.html.j2:3", "<blink> is not a tag"),
        ("<p>x", "handout.html.j2:4", "</article> closes <p>"),
        ('{% include "parts/help.html.j2" %}<h4>x</h4>', "handout.html.j2:3", "<h4> follows <h2>"),
        ("{% if %}", "handout.html.j2:3", "Expected an expression"),
    ],
)
def test_a_fault_of_a_clinics_template_names_its_line(make, clinic, order, tmp_path, template, where, said):
    """whether Jinja or the reader finds it, a fault names the clinic's template and line."""
    text = '<article lang="en" title="T" id="t">\n<h1>T</h1>\n' + template + "\n</article>"
    (tmp_path / "handout.html.j2").write_text(text)
    condition = make.condition()
    shelf = make.shelf(condition, templates=(tmp_path, ROOT / "templates"))
    with pytest.raises(TemplateError) as caught:
        made(shelf, clinic, order)
    assert caught.value.where == where
    assert said in caught.value.sentence


def test_a_cover_lists_what_is_inside(shelf, full_clinic, order):
    """the contents link to each handout and say its page and length."""
    entries = [compose.CoverEntry("A & B", "a", 2, 3), compose.CoverEntry("C", "c", 5, 1)]
    cover = compose.cover(
        shelf, "Hips <1>", entries, full_clinic, replace(order, patient="Ann Doe", note="Rest.")
    )
    parsed = compose.finished(cover, markup.parse(cover.text, cover.template))
    table = next(block for block in document.walk(parsed.blocks) if isinstance(block, document.Table))
    assert [[document.plain(cell.lines[0]) for cell in row] for row in table.body] == [
        ["A & B", "2", "3 pages"],
        ["C", "5", "1 page"],
    ]
    assert [row[0].lines[0][0].href for row in table.body] == ["#a", "#c"]
    text = document.text(parsed)
    assert "For: Ann Doe" in text
    assert "In an emergency, call 911." in text
    assert parsed.title == parsed.footer == "Hips <1>"
    assert text.index("In an emergency") < text.index("Rest.") < text.index("A & B")


SAYS_SOMETHING = st.text(min_size=1, max_size=40).map(str.strip).filter(bool)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(SAYS_SOMETHING, min_size=20, max_size=20))
def test_any_text_in_any_field_is_printed_exactly(make, order, texts):
    """whatever stands in a field of content, clinic or order is in the document, and nothing else changes."""
    said = make.statement
    exercise = make.exercise("bridge", title=texts[0], steps=[texts[1]], watch_for=texts[2], easier=texts[3])
    condition = make.condition(
        title=texts[4],
        other_names=[texts[5]],
        where=texts[6],
        message=[said(texts[7])],
        about=[said(texts[8])],
        causes=[said(texts[9])],
        prevention=[said(texts[10])],
        questions=[{"question": texts[11], "answer": texts[12], "sources": ["BOOK"]}],
        exercises={"early": ["bridge"]},
        more_exercises={},
        caution={"bridge": texts[13]},
    )
    clinic = Clinic(
        id="north",
        name=texts[14],
        emergency_number="911",
        accent="#14566b",
        phone=texts[15],
        web=texts[16],
        email=texts[17],
        tagline=texts[18],
    )
    wish = replace(order, patient=texts[19], clinician=texts[0], note=texts[1])
    parsed = made(make.shelf(condition, exercises=(exercise,)), clinic, wish)
    text = " ".join(document.text(parsed).split())
    for one in texts:
        assert " ".join(one.split()) in text
    assert headings(parsed)[0] == "When to get help: any one sign is enough"
    assert len(headings(parsed)) == 13


WITHOUT_THE_FIRST = (
    "{% block help %}{% for row in help[1:] %}<p>{{ row.signs|map(attribute='text')|join }}</p>{% endfor %}"
    "{% endblock %}"
)
LEAVING_OUT = [
    "{% block help %}{% endblock %}",
    "{% block help %}<p>{{ help[0].signs[0].text }}</p>{% endblock %}",
    WITHOUT_THE_FIRST,
]


@pytest.mark.parametrize("blocks", LEAVING_OUT)
def test_no_template_leaves_out_a_warning_sign(make, clinic, order, tmp_path, blocks):
    """a sheet without a sign that its condition needs is never made, whatever the note says."""
    (tmp_path / "handout.html.j2").write_text('{% extends "bundled:handout.html.j2" %}' + blocks)
    shelf = make.shelf(make.condition(), templates=(tmp_path, ROOT / "templates"))
    wish = replace(order, note=" ".join(sign.text for sign in shelf.signs(make.condition())))
    with pytest.raises(TemplateError, match="leaves out warning signs") as caught:
        made(shelf, clinic, wish)
    assert caught.value.where == "handout.html.j2"


def test_a_clinic_prints_the_signs_its_own_way(make, clinic, order, tmp_path):
    """signs may stand elsewhere, and in lists."""
    (tmp_path / "handout.html.j2").write_text(
        '{% extends "bundled:handout.html.j2" %}{% block help %}{% endblock %}{% block sources %}<ul>'
        "{% for row in help %}{% for sign in row.signs %}<li>{{ sign.text }} <em>!</em></li>{% endfor %}"
        "{% endfor %}</ul>{% endblock %}"
    )
    shelf = make.shelf(make.condition(), templates=(tmp_path, ROOT / "templates"))
    assert "• Deep groin pain. !" in document.text(made(shelf, clinic, order))


def real_sheets():
    """Every real condition for every real clinic."""
    library = Library()
    return [(condition, clinic) for condition in library.ids("condition") for clinic in library.ids("clinic")]


def test_every_real_sheet_is_composed():
    """each condition, for each clinic, gives a document that says what its condition says."""
    library = Library()
    sheets = real_sheets()
    assert len(sheets) >= 4
    for item, clinic_id in sheets:
        condition, clinic = library.condition(item), library.clinic(clinic_id)
        wish = Order(date=date(2026, 11, 22), cleared=("bone-stress",), clinician="Kim")
        text = document.text(made(library, clinic, wish, item))
        statements = [
            *condition.message, *condition.about, *condition.causes, *condition.recovery, *condition.do_now,
            *condition.expect, *condition.avoid, *condition.back_to_running, *condition.prevention,
            *condition.clinician_may_offer,
        ]  # fmt: skip
        assert len(statements) > 10
        for statement in statements:
            assert statement.text in text
        for sign in library.signs(condition):
            assert sign.text in text
        for exercise in map(library.exercise, condition.exercises.all()):
            assert all(step in text for step in exercise.steps)
        assert clinic.emergency_number in text
        assert "{" not in text
