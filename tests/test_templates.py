"""The bundled templates hold no words of their own: every one comes from the words of a language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parents[1] / "templates"
FILES = sorted(TEMPLATES.rglob("*.j2"))
CODE = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
TAG = re.compile(r"</?[a-z][^<>]*>")
SHOWN = re.compile(r"""\b(alt|title)=["']([^"']*)["']""")


def literal_words(template: str) -> list[str]:
    """Return the words that a template would print by itself, in text or in what is read aloud."""
    text = CODE.sub(" ", template)
    shown = [value for _, value in SHOWN.findall(text)]
    return re.findall(r"[^\W\d_]+", " ".join([TAG.sub(" ", text), *shown]))


@pytest.mark.parametrize("file", FILES, ids=[file.name for file in FILES])
def test_no_template_has_words_of_its_own(file):
    """a translation needs no template."""
    assert literal_words(file.read_text(encoding="utf-8")) == []


def test_templates_were_found():
    """the guard looks at real templates."""
    assert len(FILES) > 10


@pytest.mark.parametrize(
    "template",
    ["<p>Hello</p>", '<img src="logo" alt="A logo"/>', "{{ words.x }} pages", "{% if a %}weeks{% endif %}"],
)
def test_a_word_is_found(template):
    """a word in text, in an alternative text or beside a value is found."""
    assert literal_words(template)
