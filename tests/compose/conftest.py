"""A small library made of models directly, so that a clinical edit can't break a test of the engine."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml

from handouts.clinic import Clinic
from handouts.content import signs
from handouts.content.models import Condition, Exercise, FixedFacts, RedFlagFile, Source, WordsFile
from handouts.content.wording import Words
from handouts.errors import UnknownIdError
from handouts.order import Order

ROOT = Path(__file__).parents[2]


def statement(text, *sources):
    return {"text": text, "sources": list(sources) or ["BOOK"]}


def exercise(item, **changes):
    values = {
        "id": item,
        "title": item.capitalize().replace("-", " "),
        "version": "2026.11",
        "position": "Lying down",
        "steps": ["Lie down.", "Get up."],
        "feel_it": "in your legs.",
        "watch_for": "haste",
        "dose": {"reps": 10},
        "sources": ["MOVE"],
    }
    return Exercise.model_validate({**values, **changes})


def condition(item="sore-hip", **changes):
    values = {
        "id": item,
        "title": "Sore hip",
        "other_names": ["hip ache", "runner's hip"],
        "version": "2026.11",
        "regions": ["outer-hip"],
        "where": "At the side",
        "urgency": "book",
        "message": [statement("Your hip is sore."), statement("It gets better.")],
        "red_flags": [],
        "not_better_weeks": 3,
        "not_better_sources": ["BOOK"],
        "about": [statement("A tendon is sore.")],
        "causes": [statement("A long run", "RUN")],
        "recovery": [statement("Six weeks.")],
        "first_care": {
            "rest": {"do": "Walk less.", "sources": ["BOOK"]},
            "ice": {"do": "Cool it", "do_not": "Do not sleep on it.", "sources": ["COLD"]},
            "compression": {
                "do_not": "Do not wrap it.",
                "instead": "Use a pillow.",
                "reason": "It hurts.",
                "sources": ["BOOK"],
            },
            "elevation": {"reason": "It does little.", "sources": ["BOOK"]},
            "honest": statement("Ice is for comfort.", "GK"),
        },
        "exercises": {"early": ["bridge"], "middle": ["squat"], "return": ["jog"]},
        "more_exercises": {"middle": ["plank"]},
        "walk_run_table": True,
        "back_to_running": [statement("Wait until you walk well.")],
        "prevention": [statement("Warm up.")],
        "clinician_may_offer": [statement("A scan.")],
        "questions": [{"question": "May I swim?", "answer": "Yes.", "sources": ["BOOK"]}],
    }
    return Condition.model_validate({**values, **changes})


RED_FLAGS = RedFlagFile.model_validate(
    {
        "everywhere": ["rf-fracture", "rf-stress-fracture", "rf-not-better"],
        "by_region": {"groin-front": ["rf-hernia"]},
        "flags": {
            "rf-fracture": {
                "worry": "Fracture.",
                "signs": [
                    {"urgency": "emergency", "text": "You can't stand.", "sources": ["BONE"]},
                    {"urgency": "same_day", "text": "A fall.", "sources": ["BONE"]},
                ],
            },
            "rf-stress-fracture": {
                "worry": "Bone stress.",
                "signs": [{"urgency": "same_day", "text": "Deep groin pain.", "sources": ["BONE"]}],
            },
            "rf-hernia": {
                "worry": "Hernia.",
                "signs": [{"urgency": "same_day", "text": "A lump.", "sources": ["BONE"]}],
            },
            "rf-not-better": {
                "worry": "Other.",
                "signs": [{"urgency": "book", "text": "No better in {weeks}.", "sources": ["BOOK"]}],
            },
        },
    }
)
EXERCISES = (
    exercise("bridge", dose={"hold_s": 5, "reps": 10, "sets": 3, "per_day": 2, "days_per_week": 3}),
    exercise(
        "squat",
        equipment=["a chair", "a wall"],
        easier="Go less deep.",
        harder="Go deeper",
        care="Not with a bad knee",
        dose={"reps": 1, "each_side": True},
    ),
    exercise("plank"),
    exercise("jog", impact=True, dose={"minutes": 30, "days_per_week": 3}),
    exercise("twist", never_for=["sore-hip"]),
)


class Shelf:
    """What compose asks of a library, answered from memory."""

    def __init__(self, *conditions, exercises=EXERCISES, base=None, templates=(None, ROOT / "templates")):
        self.conditions = {one.id: one for one in conditions}
        self.exercises = {one.id: one for one in exercises}
        self.base = base
        self.templates = templates
        self.flags = RED_FLAGS
        text = (ROOT / "data" / "words" / "en.yaml").read_text(encoding="utf-8")
        rule = {"text": "A rule.", "sources": ["RULE"]}
        facts = dict.fromkeys(FixedFacts.model_fields, rule)
        self.english = WordsFile.model_validate({**yaml.safe_load(text), "facts": facts})

    def bone_stress_signs(self):
        flag = self.flags.flags.get(signs.BONE_STRESS)
        return tuple(flag.signs) if flag else ()

    def condition_versions(self, condition):
        return (condition, self.base) if self.base else (condition,)

    def exercise_versions(self, exercise):
        return (exercise,)

    def condition(self, item):
        return self.conditions[item]

    def exercise(self, item):
        if item not in self.exercises:
            raise UnknownIdError("exercise", item, ("bridge",))
        return self.exercises[item]

    def signs(self, condition):
        return signs.signs(condition, self.flags, Words(self.english))

    def sign_groups(self):
        return self.flags.groups

    def source(self, key):
        tier = "general" if key == "GK" else "A"
        return Source(
            publisher=f"{key} house",
            title=f"{key} title",
            year=2020,
            url=f"https://example.org/{key}",
            read="2026-11-22",
            tier=tier,
        )

    def words(self, language):
        return self.english

    def origin(self, kind, item):
        return f"data/{kind}s/{item}.yaml"

    def template_folders(self):
        return self.templates


@pytest.fixture
def order():
    return Order(date=date(2026, 11, 22))


@pytest.fixture
def clinic():
    return Clinic(id="north", name="North Physio", emergency_number="911", accent="#14566b")


@pytest.fixture
def full_clinic(clinic):
    return replace(
        clinic,
        places=("Northtown", "Southtown"),
        phone="(907) 555-0100",
        address=("1 Long Street", "Northtown"),
        web="https://example.org/north",
        email="desk@example.org",
        tagline="Move well.",
    )


@pytest.fixture
def shelf():
    return Shelf(condition())


@pytest.fixture
def make():
    """Models and shelves with changes."""
    return SimpleNamespace(
        condition=condition, exercise=exercise, shelf=Shelf, statement=statement, exercises=EXERCISES
    )
