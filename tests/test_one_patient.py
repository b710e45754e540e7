"""Several handouts in one patient's hands: what the pipeline and the commands refuse, leave out and tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from handouts.cli import main
from handouts.content.library import Library
from handouts.errors import ContentError
from handouts.order import Order, Pick
from handouts.pipeline import make_handout, make_packet

LIBRARY = Library()
ORDER = Order(date(2026, 11, 22), clinician="Pat Example")
NAMED = replace(ORDER, patient="Zoë Żak")
CLINIC = "example-clinic"
BURSITIS, STRAIN, CRACK = "trochanteric-bursitis", "hip-flexor-strain", "femoral-neck-stress-fracture"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch) -> Path:
    """Work in an empty folder with nothing set."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HANDOUTS_LIBRARY", raising=False)
    return tmp_path


def packet(*conditions, order=ORDER, ready_made=False):
    return make_packet(LIBRARY, "Packet", conditions, CLINIC, order, ready_made=ready_made)


@pytest.mark.parametrize(("order", "ready_made"), [(ORDER, False), (NAMED, False), (NAMED, True)])
def test_a_sheet_that_refers_stands_alone(order, ready_made):
    """a sheet that sends its reader on never comes in one packet with exercises for one patient."""
    with pytest.raises(ContentError) as caught:
        packet(BURSITIS, CRACK, order=order, ready_made=ready_made)
    (problem,) = caught.value.problems
    assert CRACK in problem.sentence
    assert BURSITIS in problem.sentence
    assert "Zoë" not in str(caught.value)


def test_a_collection_may_hold_both():
    """a ready-made packet for nobody in particular holds sheets of each kind."""
    assert packet(BURSITIS, CRACK, ready_made=True).pages > 4


def test_a_referral_alone_is_made():
    """a packet of nothing but a sheet that refers is made."""
    assert packet(CRACK, order=NAMED).pages > 1


def clash():
    """Return two conditions, and an exercise that one prints and the other rules out."""
    for one in LIBRARY.ids("condition"):
        for item in LIBRARY.condition(one).exercises.all():
            for other in LIBRARY.ids("condition"):
                condition = LIBRARY.condition(other)
                if not condition.referral_only and item in condition.never:
                    return one, other, item
    raise AssertionError("no two conditions of the library clash")


def test_a_clash_is_left_out_and_told():
    """what one of the conditions rules out is left off all sheets of a patient, and told; no name is."""
    one, other, item = clash()
    for order in (ORDER, NAMED):
        made = packet(one, other, order=order)
        told = [problem for problem in made.warnings if item in problem.sentence]
        assert told
        assert all("left off" in problem.sentence and "Zoë" not in str(problem) for problem in told)
    made = make_handout(LIBRARY, one, CLINIC, NAMED, beside=(one, other))
    assert any(item in problem.sentence for problem in made.warnings)
    assert not any(item in problem.sentence for problem in make_handout(LIBRARY, one, CLINIC, NAMED).warnings)


def test_a_clash_in_a_collection_is_told():
    """in a packet for nobody in particular each sheet is whole, and the clash is told."""
    one, other, item = clash()
    made = packet(one, other, ready_made=True)
    told = [problem.sentence for problem in made.warnings if item in problem.sentence]
    assert told
    assert all("prints" in sentence and "left off" not in sentence for sentence in told)


def test_a_pick_that_clashes_is_refused():
    """a pick that one of the conditions rules out is refused for all."""
    one, other, item = clash()
    for conditions in ((one, other), (other, one)):
        with pytest.raises(ContentError, match=item):
            packet(*conditions, order=replace(NAMED, picks=(Pick(item),)))


@pytest.mark.parametrize("command", ["packet", "make"])
def test_the_commands_refuse_and_write_nothing(capsys, elsewhere, command):
    """both commands refuse exercises beside a referral for one patient, with exit code 4."""
    words = [command, BURSITIS, CRACK, "--clinic", CLINIC, "--patient", "Zoë Żak"]
    assert main(words) == 4
    out, err = capsys.readouterr()
    assert out == ""
    assert CRACK in err
    assert "Zoë" not in err
    assert list(elsewhere.iterdir()) == []


def test_several_for_nobody_are_made(elsewhere):
    """without a name, handouts of each kind are made side by side."""
    assert main(["make", BURSITIS, CRACK, "--clinic", CLINIC, "-o", "out"]) == 0
    assert len(list((elsewhere / "out").iterdir())) == 2


def test_warnings_are_told_and_fail_if_strict(capsys, elsewhere):
    """a dose outside its range is told on stderr; with --strict nothing is written."""
    words = ["make", BURSITIS, "--clinic", CLINIC, "-o", "a.pdf", "--exercise", "bridge:reps=40"]
    assert main([*words, "--strict"]) == 4
    assert list(elsewhere.iterdir()) == []
    assert "5 to 15" in capsys.readouterr().err
    assert main(words) == 0
    out, err = capsys.readouterr()
    assert out == "a.pdf\n"
    assert "warning: bridge is printed with reps=40; its sources say 5 to 15." in err


OWN = """id: trochanteric-bursitis
extends: trochanteric-bursitis
allows: {figure-4-stretch: "Our hip team teaches it by hand."}
"""


def test_a_clinic_allows_an_exercise(capsys, elsewhere):
    """an exercise that is ruled out is printed for a clinic that says why: make, check and where tell it."""
    folder = elsewhere / "own" / "data" / "conditions"
    folder.mkdir(parents=True)
    (folder / "trochanteric-bursitis.yaml").write_text(OWN, encoding="utf-8")
    words = ["make", BURSITIS, "--clinic", CLINIC, "-o", "a.pdf", "--exercise", "figure-4-stretch"]
    assert main(words) == 4
    capsys.readouterr()
    assert main([*words, "--library", "own"]) == 0
    assert "Our hip team teaches it by hand." in capsys.readouterr().err
    assert main(["where", BURSITIS, "--library", "own"]) == 0
    assert "Our hip team teaches it by hand." in capsys.readouterr().out
    assert main(["check", "own/data/conditions/trochanteric-bursitis.yaml", "--library", "own"]) == 0
    assert "Our hip team teaches it by hand." in capsys.readouterr().out
