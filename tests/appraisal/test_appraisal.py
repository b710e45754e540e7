"""Each real handout appraised, and what the check tells of made-up ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from handouts.appraisal import appraise, checklist
from handouts.appraisal.checklist import percent
from handouts.appraisal.glyphs import glyph_problems
from handouts.cli import main
from handouts.content.library import Library
from handouts.content.places import Places
from handouts.content.readability import HIGHEST_GRADE
from handouts.document import Cell, Document, Group, Heading, ListBlock, ListItem, Paragraph, Run, Table

LIBRARY = Library()
CONDITIONS = LIBRARY.ids("condition")
HARD = (
    "Individuals demonstrating considerable abductor insufficiency necessitate progressive multidisciplinary "
    "rehabilitation, notwithstanding intermittent exacerbation of symptomatology."
)


@pytest.mark.parametrize("condition", CONDITIONS)
def test_every_handout_is_read_easily(condition):
    """each shipped handout passes the gate, and no sentence or list of it is too long."""
    reading = appraise(LIBRARY, condition).reading
    assert reading.words > 300
    assert reading.highest_grade <= HIGHEST_GRADE
    assert reading.long_sentences == ()
    assert reading.long_lists == ()
    assert reading.sums == ()


@pytest.mark.parametrize("condition", CONDITIONS)
def test_every_handout_can_be_used(condition):
    """each shipped handout meets every item that a machine can answer."""
    found = appraise(LIBRARY, condition)
    for answers in (found.pemat, found.cdc):
        assert len(answers) >= 12
        assert percent(answers) == 100, [answer for answer in answers if answer.met is False]


@pytest.fixture
def own(tmp_path, monkeypatch):
    """Return a function that writes a changed bursitis sheet into a clinic's own folder, and its path."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HANDOUTS_LIBRARY", raising=False)

    def write(text):
        path = tmp_path / "own" / "data" / "conditions" / "trochanteric-bursitis.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            f"id: trochanteric-bursitis\nextends: trochanteric-bursitis\n{text}", encoding="utf-8"
        )
        return path

    return write


def about(*texts):
    return "about:\n" + "".join(f'  - {{text: "{text}", sources: [GK]}}\n' for text in texts)


def check(capsys, path):
    """Return the exit code, the JSON, and the problems of the file itself as line, severity and sentence."""
    capsys.readouterr()
    code = main(["check", str(path), "--library", "own", "--json"])
    told = json.loads(capsys.readouterr().out)
    own = [one for one in told["problems"] if Path(one["file"]).resolve() == path.resolve()]
    return code, told, [(one["line"], one["severity"], one["sentence"]) for one in own]


def test_a_hard_sheet_is_refused(capsys, own):
    """a sheet over the gate is exit code 4, at the place of its hardest sentence."""
    lists = ("causes", "avoid", "back_to_running", "prevention", "clinician_may_offer")
    item = f'  - {{text: "{HARD}", sources: [GK]}}\n'
    path = own(about("Your hip is sore.", HARD) + "".join(f"{name}:\n{item * 7}" for name in lists))
    code, _, problems = check(capsys, path)
    assert code == 4
    (error,) = [one for one in problems if one[1] == "error"]
    assert error[0] == 5
    assert "reads at grade" in error[2]


def test_what_makes_reading_hard_is_told_at_its_place(capsys, own):
    """a term that nobody explains, a sum and a hard sentence are warnings with the line where they stand."""
    sore = "Your hip is sore. A bursa (a small cushion) and tendons (strong cords) lie there."
    path = own(about(sore, "You may have cartilage trouble.", "Walk half of your usual distance.", HARD))
    code, _, problems = check(capsys, path)
    assert code == 0
    told = [
        (line, sentence.partition(":")[0]) for line, severity, sentence in problems if severity == "warning"
    ]
    assert told == [
        (5, "'cartilage' is not explained at its first use"),
        (6, "the reader has to work a number out"),
        (7, "a sentence reads at grade 42"),
    ]


def test_scores_in_json(capsys, own):
    """the JSON holds grade, SMOG, sentence length, and each answer of both instruments."""
    code, told, _ = check(capsys, own(""))
    assert code == 0
    (scores,) = told["handouts"]
    assert scores["id"] == "trochanteric-bursitis"
    assert {"flesch_kincaid", "smog", "words_per_sentence"} <= scores["reading"].keys()
    assert scores["pemat"]["percent"] == 100
    assert {item["item"] for item in scores["cdc"]["items"]} >= {1, 2, 3, 8}


def test_a_template_that_does_not_work_is_a_problem(capsys, own):
    """a clinic's broken template is told by the check, and the others are checked all the same."""
    path = own("")
    templates = path.parents[2] / "templates"
    templates.mkdir()
    (templates / "handout.html.j2").write_text("{{ nothing_like_it }}", encoding="utf-8")
    code, told, _ = check(capsys, path)
    assert code == 4
    (problem,) = [one for one in told["problems"] if one["severity"] == "error"]
    assert (problem["file"], problem["line"]) == ("own/templates/handout.html.j2", 1)
    assert problem["sentence"] == "'nothing_like_it' is undefined."


def test_characters_that_no_font_has(own_samples):
    """a character that cannot be printed is told at its own line and column, wherever the text begins."""
    path = own_samples / "bundled" / "data" / "conditions" / "outer-pain.yaml"
    text = path.read_text(encoding="utf-8").replace("A sore tendon.", "A sore ☃ tendon 木.")
    path.write_text(text.replace("reason: It would hurt.", "reason: 木"), encoding="utf-8")
    lines = path.read_text(encoding="utf-8").splitlines()
    found = glyph_problems(Library(Places(bundled=own_samples / "bundled")))
    assert len(found) == 2
    for problem, character in zip(found, "☃木", strict=True):
        assert problem.file == str(path)
        assert not problem.warning
        assert lines[problem.line - 1][problem.column - 1] == character


def test_shipped_content_has_its_glyphs():
    """no character of the shipped content is in none of the fonts."""
    assert glyph_problems(LIBRARY) == ()


def paragraph(text, style=""):
    return Paragraph((Run(text),), style)


def test_a_bad_page_fails_the_checklists():
    """a page without headings, boxes, captions, steps or you meets next to nothing."""
    document = appraise(LIBRARY, CONDITIONS[0]).document
    reading = appraise(LIBRARY, CONDITIONS[0]).reading
    wall = Document("T", "en", (paragraph("Patients rest. " * 80),))
    assert percent(checklist.pemat(wall, reading)) < percent(checklist.pemat(document, reading))
    unmet = {answer.item for answer in checklist.pemat(wall, reading) if answer.met is False}
    assert {8, 9, 12, 20, 21, 22, 23} <= unmet
    assert {17, 19} <= {answer.item for answer in checklist.pemat(wall, reading) if answer.met is None}
    unmet = {answer.item for answer in checklist.cdc(wall, reading) if answer.met is False}
    assert {1, 2, 3, 5, 8, 9, 10, 12, 14} <= unmet


def test_a_late_or_endless_message_is_no_main_message():
    """the main message is short and comes before the first section."""
    reading = appraise(LIBRARY, CONDITIONS[0]).reading
    bar = Group((paragraph("Rest your hip.", "message"),), frame="bar")
    late = Document("T", "en", (Group((Heading(2, (Run("First"),)),), kind="section"), bar))
    answers = {answer.item: answer.met for answer in checklist.cdc(late, reading)}
    assert (answers[1], answers[2]) == (True, False)
    endless = Group((paragraph("Rest your hip now. " * 20, "message"),), frame="bar")
    answers = {answer.item: answer.met for answer in checklist.cdc(Document("T", "en", (endless,)), reading)}
    assert answers[1] is False


def test_a_list_of_eight_is_too_long():
    """an unbroken list of eight fails both instruments."""
    reading = appraise(LIBRARY, CONDITIONS[0]).reading
    items = tuple(ListItem((Run("Rest."),)) for _ in range(8))
    long = Document("T", "en", (ListBlock(items),))
    assert {answer.item: answer.met for answer in checklist.pemat(long, reading)}[8] is False
    assert {answer.item: answer.met for answer in checklist.cdc(long, reading)}[8] is False


def test_a_row_of_eight_lines_is_too_long():
    """a table cell with eight lines is an unbroken list, too."""
    reading = appraise(LIBRARY, CONDITIONS[0]).reading
    short = ListBlock((ListItem((Run("Rest."),)),))
    for lines, met in ((7, True), (8, False)):
        table = Table(head=(), body=((Cell(((Run("A sign."),),) * lines),),), style="help")
        document = Document("T", "en", (short, table))
        assert {answer.item: answer.met for answer in checklist.cdc(document, reading)}[8] is met
