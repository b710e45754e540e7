from __future__ import annotations

import ast
import inspect
import re
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from jinja2 import meta

from handouts import compose
from handouts.compose import context
from handouts.compose.environment import environment

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
CONTEXTS = {
    "handout": context.HandoutContext,
    "cover": context.CoverContext,
    "mail": context.MailContext,
}
OWN = {"packet-cover.html.j2": "cover", "email.html.j2": "mail"}
# What a part gets from the template that includes it, besides the context.
HANDED_TO_PARTS = {"card", "heading", "lines"}


def names(template: Path) -> set[str]:
    return meta.find_undeclared_variables(environment((None, TEMPLATES)).parse(template.read_text("utf-8")))


def classes():
    return [one for _, one in inspect.getmembers(context, is_dataclass)]


@pytest.mark.parametrize("kind", CONTEXTS)
def test_a_template_gets_exactly_the_documented_names(kind, shelf, clinic, order, monkeypatch):
    """the names that the environment passes on are the fields of the documented context."""
    passed = SimpleNamespace()

    def render(folders, name, values):
        passed.values = values
        return ""

    monkeypatch.setattr(compose, "render", render)
    if kind == "handout":
        compose.handout(shelf, shelf.condition("sore-hip"), clinic, order)
    elif kind == "mail":
        compose.mail(shelf, clinic, "en", locked=True)
    else:
        compose.cover(shelf, "Packet", [compose.CoverEntry("Sore hip", "sore-hip", 2, 3)], clinic, order)
    documented = CONTEXTS[kind]
    assert not {"patient", "clinician", "date", "note"} & set(passed.values)
    assert set(passed.values) == {field.name for field in fields(documented)}


def test_templates_use_only_documented_names():
    """no bundled template asks for a name that it does not get."""
    templates = sorted(TEMPLATES.rglob("*.j2"))
    assert len(templates) > 10
    for template in templates:
        known = {field.name for field in fields(CONTEXTS[OWN.get(template.name, "handout")])}
        extra = HANDED_TO_PARTS if template.parent.name == "parts" else set()
        assert names(template) <= known | extra, template.name


def test_every_value_is_used():
    """each documented name is printed by some bundled template, so that none is dead."""
    used = set().union(*(names(template) for template in TEMPLATES.rglob("*.j2")))
    for one in CONTEXTS.values():
        assert {field.name for field in fields(one)} <= used


def test_every_field_is_documented():
    """each field that a template may use has a sentence of its own, right below it."""
    tree = ast.parse(inspect.getsource(context))
    checked = 0
    for node in ast.walk(tree):
        if not isinstance(node, ast.ClassDef) or node.name == "CoverEntry":
            continue
        body = node.body[1:]
        for field, text in zip(body[::2], body[1::2], strict=True):
            assert isinstance(field, ast.AnnAssign)
            assert isinstance(text, ast.Expr), f"{node.name}.{field.target.id} has no sentence"
            assert len(text.value.value) > 5
            checked += 1
    assert checked > 80


def test_values_are_frozen():
    """a template can't change what it gets."""
    assert len(classes()) > 10
    assert all(one.__dataclass_params__.frozen for one in classes())


def test_every_phrase_is_used_and_exists():
    """each word of the words file is used, and each word that a template uses is there."""
    phrases = yaml.safe_load((ROOT / "data" / "words" / "en.yaml").read_text("utf-8"))["words"]
    templates = "\n".join(path.read_text("utf-8") for path in TEMPLATES.rglob("*.j2"))
    program = "\n".join(path.read_text("utf-8") for path in (ROOT / "handouts").rglob("*.py"))
    in_templates = set(re.findall(r"words\.(\w+)", templates))
    assert len(in_templates) > 40
    assert in_templates <= set(phrases)
    made_up = re.compile(r"(side|help|care|pain|stage|map|icon)_\w+")
    for name in phrases:
        base = re.sub(r"_\d+$", "", name)
        in_program = re.search(rf"""["']{base}["']|words\.{base}\b""", program) or made_up.fullmatch(base)
        assert base in in_templates or in_program, f"nothing uses the word {name}"
