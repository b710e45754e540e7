from __future__ import annotations

from pathlib import Path

import pytest

from handouts.compose.environment import BUNDLED, render
from handouts.errors import TemplateError


class Thing:
    """Something with a secret, as a context value may be."""

    name = "thing"
    _secret = "hidden"

    def __init__(self):
        self.note = "told"


@pytest.fixture
def folders(tmp_path):
    overlay, bundled = tmp_path / "overlay", tmp_path / "bundled"
    overlay.mkdir()
    bundled.mkdir()
    return overlay, bundled


@pytest.fixture
def made(folders):
    """Render a template text that stands in the bundled folder."""

    def render_text(template, **values):
        (folders[1] / "a.j2").write_text(template, encoding="utf-8")
        return render((None, folders[1]), "a.j2", {"thing": Thing(), "text": 'O\'<Brien> & "co"', **values})

    return render_text


def test_text_is_escaped(made):
    """a value never becomes markup, nor a mark."""
    assert made("{{ text }}") == "O&#39;&lt;Brien&gt; &amp; &#34;co&#34;"
    assert "<?at b:1?>" not in made("<p>{{ text }}</p>", text="<?at b:1?>")


def test_marks_name_template_and_line(made):
    """each line with a tag carries its own mark, and no mark stands within a tag."""
    text = '<div\n title="{{ text }}">\n  <p>a</p><p>b</p>\n{% if thing %}\n  <p>c</p>\n{% endif %}\n</div>'
    assert made(text, text="x") == (
        '<?at a.j2:1?><div\n title="x">\n  <?at a.j2:3?><p>a</p><p>b</p>\n'
        "  <?at a.j2:5?><p>c</p>\n<?at a.j2:7?></div>"
    )


def test_a_clinic_overrides_one_block(folders):
    """a template of the clinic's folder wins, and extends the bundled one of the same name."""
    overlay, bundled = folders
    (bundled / "a.j2").write_text("{% block one %}1{% endblock %}{% block two %}2{% endblock %}")
    (overlay / "a.j2").write_text('{% extends "bundled:a.j2" %}{% block two %}my {{ super() }}{% endblock %}')
    assert render(folders, "a.j2", {}) == "1my 2"
    assert render(folders, f"{BUNDLED}:a.j2", {}) == "12"
    assert render((None, bundled), "a.j2", {}) == "12"


def test_a_clinic_overrides_one_part(folders):
    """a bundled template includes the clinic's part in place of its own."""
    overlay, bundled = folders
    (bundled / "a.j2").write_text('{% include "p.j2" %}')
    (bundled / "p.j2").write_text("bundled")
    (overlay / "p.j2").write_text("own")
    assert render(folders, "a.j2", {}) == "own"


ATTACKS = [
    "{{ thing.__class__ }}",
    "{{ thing.__class__.__mro__ }}",
    "{{ thing._secret }}",
    "{{ thing['__class__'] }}",
    "{{ thing['_secret'] }}",
    "{{ ''.__class__.__base__.__subclasses__() }}",
    "{{ text.__init__.__globals__ }}",
    "{{ '{0.__class__}'.format(thing) }}",
    "{{ '{0.__class__}'.format_map(thing) }}",
    "{{ text.format(thing) }}",
    "{{ '%s' % thing }}",
    "{{ '%1000000000d' % 5 }}",
    "{{ thing|attr('__class__') }}",
    "{{ [thing]|map(attribute='__class__')|join }}",
    "{{ [thing]|map('attr', '__class__')|list }}",
    "{{ [thing]|selectattr('__class__')|list }}",
    "{{ [thing]|map(attribute='_secret')|join }}",
    "{{ text|safe }}",
    "{{ text|xmlattr }}",
    "{{ text|tojson }}",
    "{{ text|urlize }}",
    "{{ text|pprint }}",
    "{{ [1, 2]|random }}",
    "{% autoescape false %}{{ text }}{% endautoescape %}",
    "{% autoescape true %}{{ text }}{% endautoescape %}",
    "{% set m %}x{% endset %}{{ m.translate({120: text}) }}",
    "{% set m %}x{% endset %}{{ m.unescape() }}",
    "{{ range(10 ** 9)|list }}",
    "{{ range(100000)|list }}",
    "{{ 'a' * 10 ** 9 }}",
    "{{ 'a' * 9 }}",
    "{{ [0] * 10 ** 9 }}",
    "{{ 9 ** 999999 }}",
    "{{ 99999 * 99999 }}",
    "{{ 'a'.center(10 ** 9) }}",
    "{{ 'a'.ljust(999999999) }}",
    "{{ 'a'|center(999999999) }}",
    "{{ 'a'|indent(999999999) }}",
    "{{ [1]|batch(999999999, 1)|list }}",
    "{{ 'a'.replace('a', 'b') }}",
    "{{ lipsum(n=100000) }}",
    "{{ cycler('a') }}",
    "{{ joiner() }}",
    "{{ namespace(x=1) }}",
    "{{ dict(x=1) }}",
    "{{ self.__init__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ config }}",
    "{% include '/etc/passwd' %}",
    "{% include '../secret' %}",
    "{% import 'os' as os %}",
    "{% do thing.clear() %}",
    "{{ [1].append(2) }}",
    "{{ {}.update(thing) }}",
    "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
    "{{ missing }}",
    "{{ thing.missing }}",
    "{{ 1 / 0 }}",
    "{{ text() }}",
    "{% if %}",
    "{% block a %}",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_attacks_and_slips_are_told_with_their_line(made, folders, attack):
    """what a template may not do, or gets wrong, is an error with its line, and nothing is read."""
    (folders[0] / "secret").write_text("hidden")
    with pytest.raises(TemplateError) as caught:
        made(f"\n\n{attack}")
    assert caught.value.where == "a.j2:3"
    assert caught.value.advice
    assert "hidden" not in str(caught.value)


def test_output_is_bounded(made):
    """a loop that writes and writes ends at 2 MB."""
    with pytest.raises(TemplateError, match="more than 2 MB"):
        made("{% for a in range(999) %}" + "x" * 9_999 + "{% endfor %}")


@pytest.mark.parametrize(
    "template",
    [
        "{{ text|int + value }}",
        "{% include value %}",
        "{% extends value %}",
        "{% import value as m %}",
        "{{ thing[value] }}",
        "{{ {}[value] }}",
        "{{ thing['__' ~ value] }}",
        "{{ [thing]|map(attribute=value)|join }}",
        "{{ [1]|map(value)|list }}",
        "{{ [1]|select(value)|list }}",
        "{{ 1 / value|length|d(0) / 0 }}",
        "{{ {value: 1}.items }}",
    ],
)
def test_an_error_does_not_tell_a_value(made, template):
    """an error never repeats what a template was given: only names that stand in the line itself."""
    with pytest.raises(TemplateError) as caught:
        made(template, text="1", value="Secret")
    assert "Secret" not in str(caught.value)
    assert caught.value.where == "a.j2:1"


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{{ hodl }}", "'hodl' is undefined"),
        ("{{ thing.hodl }}", "has no attribute 'hodl'"),
        ("{{ thing._secret }}", "'_secret' of 'Thing' object is unsafe. A"),
        ("{% include 'hodl' %}", "there is no template 'hodl'"),
        ("{{ 1|hodl }}", "there is no filter 'hodl'"),
        ("{% if x %}{{ 1|hodl }}{% endif %}", "there is no filter 'hodl'"),
    ],
)
def test_an_error_tells_the_name_that_is_wrong(made, template, said):
    """a name that stands in the line is told with its fault."""
    with pytest.raises(TemplateError) as caught:
        made(template)
    assert said in str(caught.value)
    assert ".." not in str(caught.value)


def test_a_template_with_a_byte_order_mark(folders):
    """a template that an editor saved with a mark before its first letter still extends another."""
    overlay, bundled = folders
    (bundled / "a.j2").write_text("{% block one %}1{% endblock %}")
    (overlay / "a.j2").write_text('{% extends "bundled:a.j2" %}{% block one %}ü{% endblock %}', "utf-8-sig")
    assert render(folders, "a.j2", {}) == "ü"


def test_a_template_that_is_not_utf_8(folders):
    """a template in another encoding is told as such."""
    (folders[0] / "a.j2").write_bytes("ü".encode("latin-1"))
    with pytest.raises(TemplateError, match=r"a\.j2: a template is not UTF-8"):
        render(folders, "a.j2", {})


def test_the_template_itself_may_be_missing(folders):
    """a template that is in no folder is named."""
    for name in ("none.j2", "../a.j2", "bundled:none.j2", "other:a.j2"):
        with pytest.raises(TemplateError, match="there is no template"):
            render(folders, name, {})


def test_an_error_in_a_part_names_the_part(folders):
    """the innermost template and its line are told, not the one that includes it."""
    overlay, bundled = folders
    (bundled / "a.j2").write_text('\n{% include "p.j2" %}')
    (overlay / "p.j2").write_text("\n\n{{ nobody }}")
    with pytest.raises(TemplateError) as caught:
        render(folders, "a.j2", {})
    assert caught.value.where == "p.j2:3"


def test_a_changed_template_is_read_anew(folders):
    """a clinic sees its change at once, also where the program keeps running."""
    template = folders[1] / "a.j2"
    template.write_text("one")
    assert render(folders, "a.j2", {}) == "one"
    template.write_text("another")
    assert render(folders, "a.j2", {}) == "another"


def test_a_new_template_over_a_bundled_one_counts_at_once(folders):
    """a clinic that puts a template over a bundled one sees it at once, and its going, too."""
    overlay, bundled = folders
    (bundled / "a.j2").write_text("bundled")
    assert render(folders, "a.j2", {}) == "bundled"
    (overlay / "a.j2").write_text("own")
    assert render(folders, "a.j2", {}) == "own"
    (overlay / "a.j2").unlink()
    assert render(folders, "a.j2", {}) == "bundled"


def test_folders_of_one_name_are_not_mixed_up(tmp_path, monkeypatch):
    """a relative folder means the one that it names now."""
    for name in ("one", "two"):
        (tmp_path / name / "own").mkdir(parents=True)
        (tmp_path / name / "own" / "a.j2").write_text(name)
        monkeypatch.chdir(tmp_path / name)
        assert render((Path("own"), tmp_path), "a.j2", {}) == name
