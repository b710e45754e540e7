from __future__ import annotations


def test_order_of_signs(sample_library):
    """signs stand by urgency; within it what every sheet prints is first, then the region's, then the own."""
    lines = sample_library.signs(sample_library.condition("outer-pain"))
    assert [(line.urgency, line.text) for line in lines] == [
        ("emergency", "You have a fever."),
        ("same_day", "You limp."),
        ("book", "You are no better in 6 weeks."),
    ]


def test_bone_stress_leads_its_urgency_in_the_groin(sample_library):
    """the bone-stress sign comes first of its urgency where the groin hurts, though it is named last."""
    condition = sample_library.condition("groin-pain")
    assert condition.red_flags[-1] == "rf-stress-fracture"
    texts = [line.text for line in sample_library.signs(condition) if line.urgency == "same_day"]
    assert texts == ["Deep groin pain on each run.", "You limp."]
    elsewhere = condition.model_copy(update={"regions": ["outer-hip"]})
    texts = [line.text for line in sample_library.signs(elsewhere) if line.urgency == "same_day"]
    assert texts == ["You limp.", "Deep groin pain on each run."]


def test_weeks_are_filled_in(sample_library):
    """how long to wait is the condition's own number, and one week is no plural."""
    condition = sample_library.condition("groin-pain")
    for weeks, words in ((1, "in 1 week."), (2, "in 2 weeks.")):
        changed = condition.model_copy(update={"not_better_weeks": weeks})
        later = [line.text for line in sample_library.signs(changed) if "no better" in line.text]
        assert later == [f"You are no better {words}"]


def test_a_flag_is_printed_once(sample_library):
    """a flag that stands in the region's list and in the condition's is printed once."""
    condition = sample_library.condition("groin-pain")
    doubled = condition.model_copy(update={"red_flags": ["rf-lump", "rf-fever", "rf-limp"]})
    texts = [line.text for line in sample_library.signs(doubled)]
    assert len(texts) == len(set(texts)) == 5


def test_drops_leave_what_every_sheet_prints(sample_library):
    """a dropped flag of the region goes, one of every sheet stays whatever the file says."""
    condition = sample_library.condition("groin-pain")
    dropping = condition.model_copy(update={"drops_red_flags": {"rf-lump": "why", "rf-fever": "why"}})
    texts = [line.text for line in sample_library.signs(dropping)]
    assert "You have a fever." in texts
    assert not any("lump" in text for text in texts)
