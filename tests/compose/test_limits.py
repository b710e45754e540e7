"""What a template may cost: whatever it does, it ends soon, in little memory, with a sentence."""

from __future__ import annotations

import re
import time
from datetime import date

import pytest

from handouts import compose
from handouts.compose import limits
from handouts.compose.environment import render
from handouts.content.library import Library
from handouts.errors import TemplateError
from handouts.order import Order


def doubling(twice, start="'aaaaaaaaaa'", end="s|length", times=34):
    """Return a template that doubles something in a macro that calls itself."""
    body = f"{{% if n %}}{{{{ d({twice}, n - 1) }}}}{{% else %}}{{{{ {end} }}}}{{% endif %}}"
    return f"{{% macro d(s, n) %}}{body}{{% endmacro %}}{{{{ d({start}, {times}) }}}}"


def macro(body):
    """Return a template that calls a macro of that body, which may call itself."""
    body = f"{{% if n %}}{body}{{% else %}}aaaaaaaa{{% endif %}}"
    return f"{{% macro d(n) %}}{body}{{% endmacro %}}{{{{ d(26) }}}}"


def long(name, letter="a", times=99_000):
    """Return what sets a name to a long text."""
    return f"{{% set {name} %}}{letter * times}{{% endset %}}"


def nested(loop, times, inside=""):
    """Return loops within loops."""
    return f"{{% for a in {loop} %}}" * times + inside + "{% endfor %}" * times


@pytest.fixture
def rendered(tmp_path):
    """Render some templates by name, the first of them."""

    def render_texts(*templates):
        for number, template in enumerate(templates):
            (tmp_path / f"{number}.j2").write_text(template, encoding="utf-8")
        return render((None, tmp_path), "0.j2", {"words": Library().words("en"), "text": "word"})

    return render_texts


ENDLESS = {
    "join": doubling("[s, s]|join"),
    "~": doubling("s ~ s"),
    "+": doubling("s + s"),
    "+ of lists": doubling("s + s", start="[1, 2]"),
    "replaced by join": doubling("'abc'|map('default')|join(s)"),
    "escape": doubling("s|e|string ~ ''", start="'&'", times=400),
    "set block": macro("{% set x %}{{ d(n - 1) }}{{ d(n - 1) }}{% endset %}{{ x }}"),
    "macro": macro("{{ d(n - 1) }}{{ d(n - 1) }}"),
    "macro without text": macro("{% if d(n - 1) == d(n - 1) %}{% endif %}"),
    "call block": "{% macro d(n) %}{% if n %}{% call d(n - 1) %}{% endcall %}{% call d(n - 1) %}{% endcall %}"
    "{{ caller }}{% endif %}{% endmacro %}{% call d(26) %}{% endcall %}",
    "filter block": macro("{% filter upper %}{{ d(n - 1) }}{{ d(n - 1) }}{% endfilter %}"),
    "loops": nested("range(1000)", 3),
    "loops over a list": "{% set x = range(1000)|list %}" + nested("x", 3),
    "loops over a filter": "{% set x = range(1000)|list %}" + nested("x|reverse", 3),
    "loops with a condition": nested("range(1000) if a is undefined or a", 3),
    "loops with their number": nested("range(1000)", 3, "{% if loop.last %}{% endif %}"),
    "filters": "{% set x = range(1000)|list %}" + nested("x", 1, "{% if x|sort|unique|list %}{% endif %}"),
    "long texts": long("x") + nested("range(1000)", 2, "{% if x|upper %}{% endif %}"),
    "long texts printed": long("x", "&")
    + "{% macro m() %}" + nested("range(1000)", 2, "{{ x|string }}") + "{% endmacro %}{{ m() }}",
    "long texts compared": long("x", times=1_900_000) + long("y", times=1_900_000)
    + nested("range(1000)", 2, "{% if x == y or 'b' in x %}{% endif %}"),
    "list of lists": doubling("[s, s]", start="[1]", end="s|string"),
    "tuple of tuples": doubling("(s, s)", start="(1,)", end="s == (1,)"),
    "map of maps": doubling("{1: s, 2: s}", start="{}", end="s|string"),
    "a list printed": doubling("s", start="[1]", end="s"),
    "what was passed": "{% macro d(n) %}{{ varargs }}{% endmacro %}{{ d(1, 2) }}",
    "a tree": "{% for a in [[1]] recursive %}{{ loop(a) }}{% endfor %}",
    "methods of numbers": "{{ (5).to_bytes(1000000000, 'big') }}",
    "methods of words": doubling("words.model_copy(s)"),
    "rounding": "{{ 1|round(1000000000, 'ceil') }}",
    "sum": doubling("[s, s]|sum(start=[])", start="[1]"),
}  # fmt: skip


@pytest.mark.parametrize("attack", ENDLESS.values(), ids=ENDLESS)
def test_nothing_grows_without_end(rendered, attack):
    """loops, macros, blocks, lists and texts that would fill the memory end within two seconds."""
    begun = time.process_time()
    with pytest.raises(TemplateError) as caught:
        rendered(attack)
    assert time.process_time() - begun < 2
    assert caught.value.where == "0.j2:1"
    assert "failed with" not in caught.value.sentence


def test_templates_that_include_one_another(rendered):
    """a part that includes another twice, and that one the next, ends like any other loop."""
    parts = [f"{{% include '{number}.j2' %}}{{% include '{number}.j2' %}}" for number in range(1, 30)]
    with pytest.raises(TemplateError, match="steps"):
        rendered(*parts, "x")


@pytest.mark.parametrize(
    "template",
    [
        "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
        "{% include '0.j2' %}",
        "{% extends '0.j2' %}",
        "{% block a %}{{ self.a() }}{% endblock %}",
    ],
)
def test_a_template_that_comes_back_to_itself(rendered, template):
    """a circle of macros, blocks or templates is told in a sentence that says so."""
    with pytest.raises(TemplateError, match=r"comes back to itself without end\. Look for a macro") as caught:
        rendered(template)
    assert caught.value.where == "0.j2:1"


def test_what_a_template_needs_is_there(rendered):
    """loops with their numbers, macros, blocks, filters, lists and texts put together still work."""
    text = """
    {% macro item(a, more='') %}<li>{{ a }}{{ more }}{{ caller() if caller is defined }}</li>{% endmacro %}
    {% for a in ['x', 'y'] if a %}{{ loop.index }}/{{ loop.length }}{% if loop.last %}!{% endif %}
    {% for b in (1, 2) %}{{ a ~ b }}{% else %}none{% endfor %}{% endfor %}
    {% set made %}{{ item('m', more='<') }}{% endset %}{{ made }}
    {% call item('c') %}in{% endcall %}
    {% set one, two = text, [3, 4] %}{{ one }} {{ two|join(', ') }} {{ two|map('string')|list|length }}
    {{ {'k': 'v'}['k'] }} {{ 'a' in 'abc' }} {{ 2 + 3 }} {{ 'b' + 'c' }} {{ text.upper() }}
    {{ missing|d('d') }}
    {% filter upper %}low{% endfilter %}{% for c in [] %}{% else %}nothing{% endfor %}
    {% block b %}{{ loop is undefined }}{% endblock %}{{ self.b() }}{{ '<' ~ made }}"""
    assert re.sub(r"\s+|<\?.*?\?>", "", rendered(text)) == (
        "1/2x1x22/2!y1y2<li>m&lt;</li><li>cin</li>word3,42vTrue5bcWORDdLOWnothingTrueTrue&lt;<li>m&lt;</li>"
    )


def test_each_rendering_has_a_budget_of_its_own(rendered):
    """what one page costs is not missing for the next."""
    for _ in range(3):
        assert rendered(nested("range(250)", 2)) == ""


def test_the_budget_is_wide(monkeypatch):
    """each bundled template takes less than a tenth of what a template may."""
    monkeypatch.setattr(limits, "MOST_STEPS", limits.MOST_STEPS // 10)
    library, order = Library(), Order(date=date(2026, 11, 22), note="Go slow.", log_weeks=12)
    clinic = library.clinic(library.ids("clinic")[0])
    for condition in library.ids("condition"):
        assert compose.handout(library, library.condition(condition), clinic, order).text
    entries = [compose.CoverEntry("Hip", "hip", 2, 3)] * 40
    assert compose.cover(library, "Packet", entries, clinic, order).text
