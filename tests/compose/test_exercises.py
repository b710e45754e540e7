from __future__ import annotations

from dataclasses import replace

import pytest

from handouts import compose, document, markup
from handouts.compose.exercises import chosen
from handouts.errors import ContentError, UnknownIdError
from handouts.order import DoseChange, Pick


@pytest.fixture
def printed(make, clinic, order):
    """The text of a sheet, for changes of the condition and of the order."""

    def text(shelf=None, *, order_changes=None, **changes):
        condition = make.condition(**changes)
        shelf = shelf or make.shelf(condition)
        made = compose.handout(shelf, condition, clinic, replace(order, **(order_changes or {})))
        return document.text(compose.finished(made, markup.parse(made.text, made.template)))

    return text


def titles(shelf, condition, order):
    return [(one.exercise.id, one.stage) for one in chosen(shelf, condition, order)]


def test_the_condition_names_what_is_printed(shelf, order):
    """without picks the condition's own list is printed, by stage."""
    assert titles(shelf, shelf.condition("sore-hip"), order) == [
        ("bridge", "early"),
        ("squat", "middle"),
        ("jog", "return"),
    ]


def test_picks_replace_the_list_at_their_stage(shelf, order, make):
    """a pick stands where the condition lists it, and last where it lists it nowhere."""
    extra = make.exercise("hop")
    shelf.exercises["hop"] = extra
    wish = replace(order, picks=(Pick("hop"), Pick("plank", DoseChange(reps=4)), Pick("bridge")))
    found = chosen(shelf, shelf.condition("sore-hip"), wish)
    assert [(one.exercise.id, one.stage, one.dose.reps) for one in found] == [
        ("bridge", "early", 10),
        ("plank", "middle", 4),
        ("hop", "return", 10),
    ]


def test_more_than_six_are_printed(make, clinic, order):
    """a clinician's long list is printed whole, numbered through."""
    many = tuple(make.exercise(f"move-{letter}") for letter in "abcdefgh")
    condition = make.condition()
    shelf = make.shelf(condition, exercises=many)
    wish = replace(order, picks=tuple(Pick(one.id) for one in many))
    made = compose.handout(shelf, condition, clinic, wish)
    lines = document.text(compose.finished(made, markup.parse(made.text))).splitlines()
    assert [line for line in lines if ". Move " in line] == [
        f"{number}. Move {letter}" for number, letter in enumerate("abcdefgh", 1)
    ] * 2  # on the cards and in the log


@pytest.mark.parametrize(
    ("changes", "picks", "said"),
    [
        ({"never": ["plank"]}, ["plank"], ["plank must never be printed for sore-hip"]),
        ({"never": "all"}, ["bridge"], ["bridge must never be printed for sore-hip"]),
        ({}, ["twist"], ["twist says that it must never be printed for sore-hip"]),
        ({}, ["bridge", "bridge"], ["bridge is chosen twice for sore-hip"]),
        (
            {"never": ["plank"]},
            ["plank", "squat", "twist"],
            ["plank must never be printed for sore-hip", "twist says"],
        ),
        (
            {"referral_only": True, "exercises": {}, "more_exercises": {}, "do_now": []},
            ["bridge"],
            ["sore-hip is a sheet that refers: it prints no exercise, and not bridge"],
        ),
        ({"never": ["squat"]}, [], ["squat must never be printed for sore-hip"]),
    ],
)
def test_what_must_never_be_printed_is_refused(make, order, changes, picks, said):
    """every exercise that is ruled out is told at once, with both ids, and nothing is printed."""
    condition = make.condition(**changes)
    shelf = make.shelf(condition)
    with pytest.raises(ContentError) as caught:
        chosen(shelf, condition, replace(order, picks=tuple(map(Pick, picks))))
    problems = caught.value.problems
    assert len(problems) == len(said)
    for problem, words in zip(problems, said, strict=True):
        assert words in problem.sentence
        assert problem.file == "data/conditions/sore-hip.yaml"
        assert problem.advice


def test_what_the_bundled_condition_rules_out_stays_ruled_out(make, order):
    """a clinic's own version of a condition can't allow what the bundled one forbids."""
    condition = make.condition("my-hip", extends="sore-hip")
    shelf = make.shelf(condition, base=make.condition(never=["plank"]))
    for pick in ("plank", "twist"):
        with pytest.raises(ContentError, match=f"{pick} .*my-hip"):
            chosen(shelf, condition, replace(order, picks=(Pick(pick),)))


def test_a_clinic_cannot_take_the_wait_away(make, clinic, order):
    """a clinic's own version that no longer names the groin still lets running wait."""
    condition = make.condition("my-hip", extends="sore-hip", regions=["outer-hip"])
    shelf = make.shelf(condition, base=make.condition(regions=["groin-front"]))
    made = compose.handout(shelf, condition, clinic, order)
    text = document.text(compose.finished(made, markup.parse(made.text)))
    assert LATER in text
    assert "do none of these exercises" in text
    assert "3. Jog" not in text


def test_an_unknown_exercise_names_the_nearest(shelf, order):
    """a slip in an exercise's id is told with what was probably meant."""
    with pytest.raises(UnknownIdError, match="bridge"):
        chosen(shelf, shelf.condition("sore-hip"), replace(order, picks=(Pick("brigde"),)))


LATER = "No running yet. First your clinician must rule out a stress fracture (a crack in the bone)."


@pytest.mark.parametrize("region", ["groin-front", "front-thigh"])
@pytest.mark.parametrize(
    "wish",
    [
        {},
        {"clinician": "Kim"},
        {"cleared": ("bone-stress",)},
        {"cleared": ("bone-stress",), "clinician": "  "},
    ],
)
def test_running_waits_for_a_named_clinician(printed, region, wish):
    """where bone stress may be felt, no run is printed until a named clinician has ruled it out."""
    text = printed(regions=[region], order_changes=wish)
    assert text.count(LATER) == 1
    assert ". Jog" not in text
    assert "Bone stress ruled out" not in text
    assert "15 times" not in text


def test_a_cleared_patient_gets_the_run(printed):
    """with a clearance and a name the run and its table are printed, and who cleared it."""
    text = printed(regions=["groin-front"], order_changes={"cleared": ("bone-stress",), "clinician": "Kim"})
    assert LATER not in text
    assert "Bone stress ruled out by Kim." in text
    assert "3. Jog" in text
    assert "15 minutes" in text


@pytest.mark.parametrize("wish", [{}, {"cleared": ("bone-stress",), "clinician": "Kim"}])
def test_the_rule_stands_above_the_first_exercise(printed, wish):
    """a sheet for groin pain says, before its first exercise, when to do none; cleared or not."""
    text = printed(regions=["outer-hip", "groin-front"], order_changes=wish)
    assert text.index("do none of these exercises") < text.index("1. Bridge")
    assert text.index("new night pain or a new limp") < text.index("1. Bridge")


def test_other_regions_print_running_as_it_is(printed):
    """pain at the side of the hip needs no clearance."""
    text = printed()
    assert LATER not in text
    assert "do none of these exercises" not in text
    assert "3. Jog" in text


def test_the_bone_stress_sign_stands_first_and_bold(make, clinic, order):
    """on a groin sheet its row begins with the bone stress sign, in bold; elsewhere it is one of many."""
    for region, expected in (("groin-front", True), ("outer-hip", False)):
        condition = make.condition(regions=[region])
        made = compose.handout(make.shelf(condition), condition, clinic, order)
        blocks = document.walk(markup.parse(made.text).blocks)
        table = next(block for block in blocks if isinstance(block, document.Table) and block.style == "help")
        row = next(
            row
            for row in table.body
            if document.plain(row[0].lines[0]) == "See a doctor today, or go to urgent care or the ER."
        )
        bold = [(document.plain(line), line[0].strong) for line in row[1].lines]
        assert (bold[0] == ("Deep groin pain.", True)) is expected
        assert [strong for _, strong in bold[1:]] == [False] * (len(bold) - 1)


def test_the_log_has_boxes_on_the_days_of_the_dose(make, clinic, order):
    """an exercise for 3 days a week has boxes on Monday, Wednesday and Friday, others on every day."""
    condition = make.condition(walk_run_table=False)
    made = compose.handout(make.shelf(condition), condition, clinic, replace(order, log_weeks=2))
    logs = [
        block
        for block in document.walk(markup.parse(made.text).blocks)
        if isinstance(block, document.Table) and block.style == "log"
    ]
    assert [document.plain(log.head[0][0].lines[0]) for log in logs] == ["Week 1", "Week 2"]
    ticks = [[cell.tick for cell in row[1:]] for row in logs[0].body]
    three = [True, False, True, False, True, False, False]
    assert ticks == [three, [True] * 7, three, [False] * 7]
    assert [document.plain(row[0].lines[0]) for row in logs[0].body] == [
        "1. Bridge",
        "2. Squat (each side)",
        "3. Jog",
        "Worst pain, 0 to 10",
    ]


def test_without_weeks_there_is_no_log(printed):
    """a log of no weeks is left out, heading and all."""
    assert "Your log" not in printed(order_changes={"log_weeks": 0})


def left_out(shelf, condition, clinic, order, *beside):
    """Return the text and the warnings of a sheet that is one of several for a patient."""
    made = compose.handout(shelf, condition, clinic, order, beside)
    return document.text(markup.parse(made.text, made.template)), made.warnings


def test_what_another_condition_rules_out_is_left_off_and_told(make, clinic, order):
    """an exercise that another condition of the patient rules out has no card and no row in the log."""
    condition, other = make.condition(), make.condition("other-hip", title="Other hip", never=["squat"])
    shelf = make.shelf(condition, other)
    text, warnings = left_out(shelf, condition, clinic, order, other)
    assert ". Squat" not in text
    assert "1. Bridge" in text
    assert "2. Jog" in text
    assert "We left out one exercise: Squat." in text
    assert "Other hip" in text
    (told,) = warnings
    assert told.warning
    assert "squat is left off the sheet of sore-hip: other-hip rules it out." in told.sentence
    alone, warnings = left_out(shelf, condition, clinic, order)
    assert "2. Squat" in alone
    assert warnings == ()


def test_an_exercise_that_names_another_condition_is_left_off(make, clinic, order):
    """a ban that stands in the exercise's file counts beside the condition that it names, too."""
    condition = make.condition(exercises={"early": ["bridge"], "middle": ["twist"], "return": ["jog"]})
    other = make.condition("other-hip")
    twist = make.exercise("twist", never_for=["other-hip"])
    shelf = make.shelf(condition, other, exercises=(*make.exercises[:4], twist))
    text, warnings = left_out(shelf, condition, clinic, order, other)
    assert ". Twist" not in text
    assert len(warnings) == 1


def test_a_pick_that_another_condition_rules_out_is_refused(make, clinic, order):
    """a clinician's pick that harms beside another condition is refused, and both are named."""
    condition, other = make.condition(), make.condition("other-hip", never=["plank"])
    wish = replace(order, picks=(Pick("plank"), Pick("bridge")))
    with pytest.raises(ContentError) as caught:
        compose.handout(make.shelf(condition, other), condition, clinic, wish, (other,))
    (problem,) = caught.value.problems
    assert "plank" in problem.sentence
    assert "other-hip" in problem.sentence


def test_running_waits_beside_a_groin(make, clinic, order):
    """who has a sore groin as well gets no run on any sheet until bone stress is ruled out."""
    condition, groin = make.condition(), make.condition("groin", regions=["groin-front"])
    shelf = make.shelf(condition, groin)
    text, _ = left_out(shelf, condition, clinic, order, groin)
    assert LATER in text
    assert ". Jog" not in text
    assert "do none of these exercises" in text
    cleared = replace(order, cleared=("bone-stress",), clinician="Kim")
    assert "3. Jog" in left_out(shelf, condition, clinic, cleared, groin)[0]


def test_a_clinic_allows_with_a_reason(make, clinic, order):
    """what the bundled files rule out is printed where the clinic's own file says why, and it is told."""
    base = make.condition(never=["plank"])
    own = make.condition(never=["plank"], allows={"plank": "We teach it.", "twist": "We watch."})
    shelf = make.shelf(own, base=base)
    wish = replace(order, picks=(Pick("plank"), Pick("twist"), Pick("bridge")))
    text, warnings = left_out(shelf, own, clinic, wish)
    assert "Plank" in text
    assert "Twist" in text
    told = [problem.sentence for problem in warnings]
    assert len(told) == 2
    assert any("plank" in sentence and "We teach it." in sentence for sentence in told)


@pytest.mark.parametrize("changes", [{"referral_only": True, "exercises": {}}, {"never": ["bridge"]}])
def test_what_cannot_be_allowed(make, order, changes):
    """a reason opens nothing where the condition only refers, or where there is no bundled file to change."""
    own = make.condition(**changes, allows={"bridge": "We like it."})
    shelf = make.shelf(own, base=make.condition(**changes) if "referral_only" in changes else None)
    with pytest.raises(ContentError, match="bridge"):
        chosen(shelf, own, replace(order, picks=(Pick("bridge"),)))


@pytest.mark.parametrize(("reps", "told"), [(4, 1), (5, 0), (15, 0), (16, 1)])
def test_a_dose_outside_the_sources_is_told(make, clinic, order, reps, told):
    """a dose that no source names is printed, and whoever prints it is told the range."""
    ranged = make.exercise("bridge", dose_range={"reps": [5, 15], "hold_s": [3, 5]})
    condition = make.condition(exercises={"early": ["bridge"]})
    shelf = make.shelf(condition, exercises=(ranged,))
    wish = replace(order, picks=(Pick("bridge", DoseChange(reps=reps)),))
    warnings = left_out(shelf, condition, clinic, wish)[1]
    assert [f"reps={reps}; its sources say 5 to 15" in problem.sentence for problem in warnings] == [
        True
    ] * told
