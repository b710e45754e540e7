"""The press: the quick way gives the same file as the way through all stages, or is not taken."""

from __future__ import annotations

import gc
import itertools
import types
from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts import audit, press
from handouts.content.library import Library
from handouts.content.places import Places
from handouts.errors import DefectiveError, HandoutError
from handouts.order import EDITIONS, INKS, PAPERS, DoseChange, Order, Pick
from handouts.pipeline import make_handout, make_packet
from handouts.press import Job, Press
from handouts.typeset.slots import Slot

LIBRARY = Library()
CLINIC = "example-clinic"
SHEET = "trochanteric-bursitis"
STRAIN = "hip-flexor-strain"
ORDER = Order(date(2026, 11, 22), patient="Ann Onymous", clinician="Pat Example")
LONG = "Bartholomew " * 12
NOTE = (
    "Walk on flat ground only, and no further than to the park and back, until you have seen me again. " * 3
)


def in_full(job, library=LIBRARY):
    if len(job.conditions) == 1:
        return make_handout(library, job.conditions[0], job.clinic, job.order)
    title = library.words("en").words["cover_line"]
    return make_packet(library, title, job.conditions, job.clinic, job.order)


def sheet(order=ORDER, *conditions, clinic=CLINIC):
    return Job(conditions or (SHEET,), clinic, order)


def same(made, job, library=LIBRARY):
    expected = in_full(job, library)
    assert made.pdf == expected.pdf
    assert (made.pages, made.title, made.warnings) == (expected.pages, expected.title, expected.warnings)
    return made.way


@pytest.fixture(scope="module")
def warm():
    """Return a press that has made the sheet for somebody, and for somebody with a note."""
    made = Press(LIBRARY)
    for note in ("", "Rest.", NOTE):
        assert made.make(sheet(replace(ORDER, note=note))).way == "set"
    return made


@pytest.mark.parametrize(
    ("patient", "clinician", "note", "way"),
    [
        ("Bea Lievable", "Pat Example", "", "slots"),
        ("O'Neil (Jr.) \\", "Q", "", "slots"),
        ("Bea  Lievable ", "Other", "Come back on Friday.", "slots"),
        ("Bea", "Other", NOTE.replace("park", "lake"), "slots"),
        ("Bea", "Other", "One line.\nAnother.", "set"),
        ("Zoë Żak", "Pat Example", "", "set"),
        ("Nguyễn Thị Hương", "Pat Example", "", "anew"),
        ("Γιώργος", "Pat Example", "", "anew"),
        (LONG, "Pat Example", "", "anew"),
        ("Bea", LONG, "Rest.", "anew"),
        ("", "Pat Example", "", "set"),
        ("Bea", "", "", "set"),
    ],
)
def test_the_file_is_the_same_either_way(warm, patient, clinician, note, way):
    """words that fit are filled in, all others set in full, and the bytes are those of the whole way."""
    job = sheet(replace(ORDER, patient=patient, clinician=clinician, note=note))
    assert same(warm.make(job), job) == way


def test_accented_names_share_a_template():
    """the second name with accents is filled in, whatever its accents are; one in ASCII gets no such file."""
    own = Press(LIBRARY)
    ways = []
    for name in ("Zoë", "Łukasz Żółć", "Ann", "Bea", "Çağla"):
        job = sheet(replace(ORDER, patient=name))
        ways.append(same(own.make(job), job))
    assert ways == ["set", "slots", "set", "slots", "slots"]


@settings(max_examples=12, deadline=None)
@given(st.text(min_size=1, max_size=40), st.text(max_size=60))
def test_any_words_give_the_same_file_or_the_same_refusal(warm, name, note):
    """any text as a name and a note gives the bytes of the whole way, or its error."""
    job = sheet(replace(ORDER, patient=name, note=note))
    try:
        expected = in_full(job)
    except HandoutError as error:
        with pytest.raises(type(error)):
            warm.make(job)
    else:
        assert warm.make(job).pdf == expected.pdf


OTHER = {
    "date": date(2027, 1, 31),
    "side": "left",
    "language": "en",
    "paper": "a4",
    "edition": "large-print",
    "ink": "grey",
    "picks": (Pick("bridge", DoseChange(sets=2)),),
    "cleared": ("bone-stress",),
    "log_weeks": 2,
}


def test_whatever_else_an_order_says_is_another_composition(warm):
    """each field of an order but the words is looked at."""
    assert {each.name for each in fields(Order)} == {*OTHER, "patient", "clinician", "note"}
    for field, value in OTHER.items():
        job = sheet(replace(ORDER, patient="Bea", **{field: value}))
        assert same(warm.make(job), job) == ("slots" if field == "language" else "set")


def test_a_packet_is_filled_on_each_of_its_sheets():
    """a name stands on the cover and on each handout of a packet; a note on the cover only."""
    own = Press(LIBRARY)
    order = replace(ORDER, note="Start with the first sheet.")
    assert own.make(sheet(order, SHEET, "piriformis-syndrome")).way == "set"
    job = sheet(replace(order, patient="Bea", note="Do both."), SHEET, "piriformis-syndrome")
    made = own.make(job)
    assert same(made, job) == "slots"
    assert audit.slot_reader(made.pdf).text(made.pdf).count("Bea") == 3


def test_a_clinician_who_signs_for_a_clearance_is_part_of_the_composition():
    """a name in the middle of a sentence moves what follows: another clinician's sheet is set in full."""
    own = Press(LIBRARY)
    cleared = replace(ORDER, cleared=("bone-stress",))
    ways = []
    for patient, clinician in (("Ann", "Pat"), ("Bea", "Pat"), ("Bea", "Dr. Alexandra Example"), ("Bea", "")):
        job = sheet(replace(cleared, patient=patient, clinician=clinician), STRAIN)
        ways.append(same(own.make(job), job))
    assert ways == ["set", "slots", "set", "set"]


@pytest.fixture
def overlay(tmp_path):
    """Return a function that gives a library whose own template prints a line about the patient."""

    def make(line):
        (tmp_path / "templates").mkdir()
        text = '{% extends "bundled:handout.html.j2" %}{% block slots %}' + line + "{% endblock %}"
        (tmp_path / "templates/handout.html.j2").write_text(text)
        return Library(Places(tmp_path))

    return make


@pytest.mark.parametrize(
    "line",
    [
        '<p>Dear <span data-slot="patient"></span>, this is yours.</p>',
        '<p><span data-slot="patient"></span> and <span data-slot="clinician"></span></p>',
        '<ul><li>For <span data-slot="patient"></span></li></ul>',
        '<table><tbody><tr><td><span data-slot="patient"></span></td><td>x</td></tr></tbody></table>',
        '<p data-style="feel">For <span data-slot="patient"></span></p>',
    ],
)
def test_a_name_that_moves_other_words_is_never_filled_in(overlay, line):
    """in a clinic's template a name may stand anywhere: then each file is set in full."""
    library = overlay(line)
    own = Press(library)
    for patient in ("Ann Onymous", "Bea"):
        job = sheet(replace(ORDER, patient=patient))
        assert same(own.make(job), job, library) == "anew"


def test_a_template_without_slots_is_the_same_for_all(overlay):
    """where a clinic's template prints no name, one file is everybody's."""
    library = overlay("")
    own = Press(library)
    one, other = (own.make(sheet(replace(ORDER, patient=patient))) for patient in ("Ann", "Łukasz"))
    assert one.pdf == other.pdf == in_full(sheet(), library).pdf


def test_no_name_stays_in_the_press():
    """what a press keeps of a job holds neither the name nor the note, nor their glyphs."""
    own = Press(LIBRARY)
    own.make(sheet(replace(ORDER, patient="Xerxes", note="Quit jumping.")))
    seen: set[int] = set()
    waiting: list[object] = [own._compositions]
    texts = 0
    while waiting:
        thing = waiting.pop()
        if id(thing) in seen or isinstance(thing, type | types.ModuleType | types.FunctionType | Library):
            continue
        seen.add(id(thing))
        if isinstance(thing, str | bytes):
            texts += 1
            data = thing.encode("utf-8", "replace") if isinstance(thing, str) else thing
            assert b"Xerxes" not in data
            assert b"jumping" not in data
        waiting.extend(gc.get_referents(thing))
    assert texts > 20


def test_a_composition_that_failed_is_never_filled_in(monkeypatch):
    """a file with a defect leaves no template behind."""
    own = Press(LIBRARY)
    wrong = audit.Defect("text-differs", "wrong")
    with monkeypatch.context() as patch:
        patch.setattr(audit, "audit", lambda *args, **kwargs: (wrong,))
        for _ in range(2):
            with pytest.raises(DefectiveError):
                own.make(sheet())
    assert own.make(sheet()).way == "set"


def test_other_words_than_those_wanted_are_seen(monkeypatch):
    """a slot filled with the name of somebody else is read back and refused, and no name is told."""
    own = Press(LIBRARY)
    own.make(sheet())
    shown = Slot.shown
    monkeypatch.setattr(Slot, "shown", lambda self, text, letters: shown(self, "Eve Other", letters))
    with pytest.raises(DefectiveError) as caught:
        own.make(sheet(replace(ORDER, patient="Bea")))
    assert "Bea" not in str(caught.value)
    assert "Eve" not in str(caught.value)


def test_a_sample_is_made_both_ways(monkeypatch):
    """a file from a template is compared with the one made in full, and a difference is refused."""
    monkeypatch.setattr(press, "SAMPLE", 2)
    own = Press(LIBRARY)
    own.make(sheet())
    (composition,) = own._compositions.values()
    ((shape, kept),) = composition.kept.items()
    forme = replace(kept.template.forme, head=kept.template.forme.head.replace(b"%PDF-1.7", b"%PDF-1.6"))
    composition.kept[shape] = replace(kept, template=replace(kept.template, forme=forme))
    assert own.make(sheet()).way == "slots"
    with pytest.raises(DefectiveError):
        own.make(sheet())


def test_what_is_kept_is_bounded(monkeypatch):
    """the oldest compositions and templates go first, so that a long batch does not fill the memory."""
    monkeypatch.setattr(press, "MOST_COMPOSITIONS", 2)
    monkeypatch.setattr(press, "MOST_SHAPES", 2)
    own = Press(LIBRARY)
    for note in ("a", "a\nb", "a\nb\nc"):
        own.make(sheet(replace(ORDER, note=note)))
    (composition,) = own._compositions.values()
    assert len(composition.kept) == 2
    for ink in INKS:
        own.make(sheet(replace(ORDER, ink=ink)))
    assert len(own._compositions) == 2


LOOKS = list(itertools.product(PAPERS, EDITIONS))


@pytest.mark.slow
@pytest.mark.parametrize("condition", LIBRARY.ids("condition"))
def test_every_sheet_of_the_library_is_the_same_either_way(condition):
    """each condition for each clinic, on each paper in each edition, with a note or none, is filled in."""
    own = Press(LIBRARY)
    for (paper, edition), note, clinic in itertools.product(LOOKS, ("", NOTE), LIBRARY.ids("clinic")):
        order = replace(ORDER, paper=paper, edition=edition, note=note)
        own.make(sheet(order, condition, clinic=clinic))
        job = sheet(replace(order, patient="Bea", note=note[::-1].strip()), condition, clinic=clinic)
        made = own.make(job)
        assert same(made, job) in ({"slots"} if not note else {"slots", "set"})


@pytest.mark.slow
@pytest.mark.parametrize(("paper", "edition"), LOOKS)
def test_every_packet_of_the_library_is_the_same_either_way(paper, edition):
    """each packet on each paper in each edition is filled in."""
    for packet, clinic in itertools.product(LIBRARY.ids("packet"), LIBRARY.ids("clinic")):
        conditions = LIBRARY.packet(packet).conditions
        conditions = [each for each in conditions if not LIBRARY.condition(each).referral_only]
        order = replace(ORDER, paper=paper, edition=edition)
        own = Press(LIBRARY)
        own.make(sheet(order, *conditions, clinic=clinic))
        job = sheet(replace(order, patient="Bea"), *conditions, clinic=clinic)
        assert same(own.make(job), job) == "slots"
