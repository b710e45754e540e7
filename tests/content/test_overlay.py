"""A clinic's own folder over the bundled one."""

from __future__ import annotations

import pytest

from handouts.content.check import check
from handouts.content.library import Library
from handouts.content.places import Places
from handouts.errors import ContentError


def overlaid(root):
    """Return the library of the samples with the overlay over the bundled folder."""
    return Library(Places(overlay=root / "overlay", bundled=root / "bundled"))


def write(root, name, text):
    """Write a file of the overlay and return its path."""
    path = root / "overlay" / "data" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def problems_of(root, item="outer-pain"):
    """Return the sentences of what is wrong with a condition of the overlay."""
    return [problem.sentence for problem in overlaid(root).problems("condition", item) if not problem.warning]


def test_extending_merges_maps_and_replaces_lists(samples):
    """a condition that extends another keeps what it does not say; maps merge, lists replace."""
    condition = overlaid(samples).condition("outer-pain")
    assert condition.title == "Pain on the side of the hip"
    assert condition.where == "On the side of your hip."
    assert (condition.exercises.early, condition.exercises.middle) == (["press"], ["lift"])
    assert condition.exercises.return_ == ["hop"]
    assert condition.red_flags == []


def test_a_dropped_flag_with_a_reason_is_gone(samples):
    """a flag that the overlay drops with a reason is no longer printed."""
    library = overlaid(samples)
    texts = [line.text for line in library.signs(library.condition("outer-pain"))]
    assert texts == ["You have a fever.", "You are no better in 6 weeks."]


def test_a_dropped_flag_needs_a_reason(own_samples):
    """a flag of the bundled condition that is lost without a reason is a problem in the overlay's file."""
    path = write(
        own_samples, "conditions/outer-pain.yaml", "id: outer-pain\nextends: outer-pain\nred_flags: []\n"
    )
    with pytest.raises(ContentError) as caught:
        overlaid(own_samples).condition("outer-pain")
    (problem,) = caught.value.problems
    assert (problem.file, problem.line, problem.column) == (str(path), 3, 12)
    assert "rf-limp" in problem.sentence


def test_other_regions_lose_no_flag(own_samples):
    """a region that is taken away takes no warning sign away unsaid."""
    write(
        own_samples, "conditions/groin-pain.yaml", "id: groin-pain\nextends: groin-pain\nregions: [buttock]\n"
    )
    assert any("rf-lump" in sentence for sentence in problems_of(own_samples, "groin-pain"))


def test_a_replaced_condition_keeps_its_flags_too(own_samples):
    """replacing a whole file instead of extending it is no way round the warning signs."""
    bundled = (own_samples / "bundled" / "data" / "conditions" / "outer-pain.yaml").read_text(
        encoding="utf-8"
    )
    write(own_samples, "conditions/outer-pain.yaml", bundled.replace("[rf-limp]", "[]"))
    assert any("rf-limp" in sentence for sentence in problems_of(own_samples))


def test_flags_of_every_sheet_cannot_be_dropped(own_samples):
    """a reason does not drop what every sheet prints."""
    text = "id: outer-pain\nextends: outer-pain\ndrops_red_flags: {rf-fever: We have a nurse.}\n"
    write(own_samples, "conditions/outer-pain.yaml", text)
    assert any("rf-fever is printed on every sheet" in sentence for sentence in problems_of(own_samples))


def test_referral_only_stays(own_samples):
    """a clinic cannot make a condition that only refers print exercises."""
    text = (
        "id: broken-bone\nextends: broken-bone\nreferral_only: false\nexercises: {early: [lift]}\nnever: []\n"
    )
    write(own_samples, "conditions/broken-bone.yaml", text)
    sentences = problems_of(own_samples, "broken-bone")
    assert any("only refers" in sentence for sentence in sentences)
    assert any("never to be printed for the bundled condition" in sentence for sentence in sentences)


def rule_out_hop(root):
    """Rule an exercise out for a bundled condition, in the bundled exercise, and extend that condition."""
    path = root / "bundled" / "data" / "exercises" / "hop.yaml"
    text = path.read_text(encoding="utf-8")
    assert "never_for: [broken-bone]" in text
    path.write_text(text.replace("[broken-bone]", "[groin-pain]"), encoding="utf-8")
    write(root, "conditions/our-groin.yaml", "id: our-groin\nextends: groin-pain\n")
    return path.read_text(encoding="utf-8")


def test_never_for_holds_for_a_new_name(own_samples):
    """an exercise that is ruled out for a condition is ruled out for what extends it under another id."""
    assert problems_of(own_samples, "groin-pain") == []
    rule_out_hop(own_samples)
    (sentence,) = problems_of(own_samples, "our-groin")
    assert "hop" in sentence
    assert "`never_for`" in sentence


def test_own_exercises_stay_ruled_out(own_samples):
    """a clinic's own version of an exercise is ruled out, and waits, where the bundled one is and does."""
    bundled = rule_out_hop(own_samples)
    write(own_samples, "exercises/hop.yaml", bundled.replace("never_for: [groin-pain]\n", ""))
    (sentence,) = problems_of(own_samples, "our-groin")
    assert "`never_for`" in sentence
    write(own_samples, "exercises/hop.yaml", bundled.replace("impact: true\n", ""))
    with pytest.raises(ContentError, match="bone stress"):
        overlaid(own_samples).exercise("hop")


@pytest.mark.parametrize("wanted", ["outer-pian", "our-own", "[]", "Outer Pain"])
def test_extending_what_is_not_bundled(own_samples, wanted):
    """only a bundled condition can be extended."""
    write(own_samples, "conditions/our-own.yaml", f"id: our-own\nextends: {wanted}\n")
    assert any("to extend" in sentence for sentence in problems_of(own_samples, "our-own"))


def test_problems_point_into_the_overlay(own_samples):
    """a fault in what the overlay adds is told with the overlay's file, line and column."""
    text = "id: outer-pain\nextends: outer-pain\nexercises:\n  early: [lift, 7]\n  late: [hop]\n"
    path = write(own_samples, "conditions/outer-pain.yaml", text)
    found = overlaid(own_samples).problems("condition", "outer-pain")
    assert [(problem.file, problem.line, problem.column) for problem in found] == [(str(path), 5, 3)]
    path.write_text(text.replace("  late: [hop]\n", ""), encoding="utf-8")
    found = overlaid(own_samples).problems("condition", "outer-pain")
    assert [(problem.file, problem.line, problem.column) for problem in found] == [(str(path), 4, 17)]


def test_same_id_replaces(samples):
    """a clinic of the overlay replaces the bundled one as a whole; others stay."""
    library = overlaid(samples)
    assert library.clinic("plain").name == "Our own clinic"
    assert library.clinic("plain").phone == ""
    assert library.clinic("pictured").name == "Pictured Clinic"
    assert "overlay" in library.origin("clinic", "plain")


def test_shared_files_merge(own_samples):
    """one word, one source or one more flag of an overlay changes that alone."""
    write(own_samples, "sources.yaml", "sources:\n  OURS: {publisher: We, title: Ours, tier: C}\n")
    write(
        own_samples,
        "red-flags.yaml",
        "everywhere: [rf-own]\nby_region: {groin-front: [rf-limp]}\nflags:\n"
        "  rf-own: {worry: Ours., signs: [{urgency: book, text: Our own sign., sources: [OURS]}]}\n",
    )
    library = overlaid(own_samples)
    assert library.words("en").words == {
        "help_heading": "When to get help",
        "for_whom": "Name:",
        "weeks": "{n} weeks",
        "weeks_1": "1 week",
    }
    assert library.words("en").weekdays[0] == "Mon"
    assert {library.source("OURS").title, library.source("BOOK-1").title} == {"Ours", "A book"}
    texts = [line.text for line in library.signs(library.condition("groin-pain"))]
    assert {"You have a fever.", "Our own sign.", "You limp.", "A soft lump."} <= set(texts)


def test_a_sign_cannot_become_less_urgent(own_samples):
    """a clinic's wording of a flag keeps a line for each urgency."""
    text = "flags:\n  rf-lump: {worry: H., signs: [{urgency: book, text: Any lump., sources: [GK]}]}\n"
    path = write(own_samples, "red-flags.yaml", text)
    library = overlaid(own_samples)
    with pytest.raises(ContentError) as caught:
        library.signs(library.condition("groin-pain"))
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == (str(path), 2)
    assert "emergency" in problem.sentence


def test_templates_of_the_overlay_come_first(samples):
    """both template folders are told, the clinic's own first."""
    assert overlaid(samples).template_folders() == (
        samples / "overlay" / "templates",
        samples / "bundled" / "templates",
    )


def test_the_sample_overlay_is_sound(samples):
    """the overlay of the samples has no problem."""
    assert [problem for problem in check(overlaid(samples)) if not problem.warning] == []


def ban_hop(root):
    """Rule an exercise out in the bundled condition, which prints another one instead."""
    path = root / "bundled" / "data" / "conditions" / "outer-pain.yaml"
    text = path.read_text(encoding="utf-8").replace("never: []", "never: [hop]")
    path.write_text(text.replace("return: [hop]}", "return: []}"), encoding="utf-8")


def test_an_allowed_exercise_may_be_listed(own_samples):
    """with a reason a clinic lists what the bundled condition rules out; the check keeps telling it."""
    ban_hop(own_samples)
    own = "id: outer-pain\nextends: outer-pain\nexercises: {return: [hop]}\n"
    write(own_samples, "conditions/outer-pain.yaml", own)
    assert any("hop is never to be printed" in sentence for sentence in problems_of(own_samples))
    path = write(own_samples, "conditions/outer-pain.yaml", own + 'allows: {hop: "We watch it."}\n')
    assert problems_of(own_samples) == []
    (warning,) = [
        problem
        for problem in overlaid(own_samples).problems("condition", "outer-pain")
        if "We watch it." in problem.sentence
    ]
    assert (warning.file, warning.line, warning.column, warning.warning) == (str(path), 4, 10, True)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("outer-pain", "extends: outer-pain\nallows: {hopp: Why not.}", "there is no exercise 'hopp'"),
        ("outer-pain", "extends: outer-pain\nallows: {hop: }", "is empty"),
        ("broken-bone", "extends: broken-bone\nallows: {lift: Why not.}", "only refers prints no exercise"),
    ],
)
def test_what_allows_cannot_do(own_samples, name, text, said):
    """an exercise that is not there, no reason, and a condition that only refers are problems."""
    write(own_samples, f"conditions/{name}.yaml", f"id: {name}\n{text}\n")
    assert any(said in sentence for sentence in problems_of(own_samples, name))


def test_allowing_is_for_overlays(own_samples):
    """a bundled condition, or a clinic's wholly own one, says what it rules out and allows nothing."""
    path = own_samples / "bundled" / "data" / "conditions" / "groin-pain.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "allows: {hop: Why not.}\n", encoding="utf-8")
    (sentence,) = problems_of(own_samples, "groin-pain")
    assert "`allows` is for a clinic's own version" in sentence
