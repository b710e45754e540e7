from __future__ import annotations

import pytest
import yaml

from handouts.content import yaml_text
from handouts.content.yaml_text import MAX_BYTES, MAX_CHARACTERS, MAX_DEPTH, MAX_NODES, core_value, read_yaml


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def parser(request, monkeypatch):
    """Run a test with each of the two YAML parsers."""
    monkeypatch.setattr(yaml_text, "_LOADER", getattr(yaml, request.param))


def values(text: str):
    """Return the plain values of a text that has no problem."""
    node, problems = read_yaml(text.encode(), "a.yaml")
    assert problems == ()
    return node.plain()


def told(data: bytes) -> list[tuple[int, int, str]]:
    """Return line, column and sentence of each problem."""
    return [(found.line, found.column, found.sentence) for found in read_yaml(data, "a.yaml")[1]]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("no", "no"),
        ("on", "on"),
        ("Yes", "Yes"),
        ("true", True),
        ("FALSE", False),
        ("tRue", "tRue"),
        ("~", None),
        ("", None),
        ("0", 0),
        ("-7", -7),
        ("010", "010"),
        ("0o17", "0o17"),
        ("0x1f", "0x1f"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("2026-11-02", "2026-11-02"),
        ("2026.10", 2026.1),
        ("1e3", 1000.0),
        ("1e999", "1e999"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("9" * 30, "9" * 30),
        ("<<", "<<"),
        ("=", "="),
    ],
)
def test_core_schema(written, meant):
    """an unquoted scalar means what the core schema of YAML 1.2 says, and nothing older."""
    assert core_value(written) == meant
    assert type(core_value(written)) is type(meant)


def test_places(parser):
    """every key and value knows its line and column, also behind letters of several bytes."""
    node, _ = read_yaml("ä: [ö, {ü: x}]\nb:\n  c: 'd'\n".encode(), "a.yaml")
    inner = node.under("ä", 1, "ü")
    assert (inner.key.line, inner.key.column, inner.mark.line, inner.mark.column) == (1, 9, 1, 12)
    assert (node.place("b", "c").line, node.place("b", "c").column) == (3, 6)
    assert node.place("b", "nothing", "at", "all") == node.place("b")


def test_raw_text_is_kept(parser):
    """the characters of a scalar are kept beside its value."""
    node, _ = read_yaml(b"phone: 0123\nversion: 2026.10\nquoted: '5'\n", "a.yaml")
    assert [node.child(key).raw for key in ("phone", "version", "quoted")] == ["0123", "2026.10", "5"]
    assert node.child("quoted").value == "5"


def test_byte_order_mark(parser):
    """a byte order mark at the start is passed over and shifts no column."""
    node, problems = read_yaml(b"\xef\xbb\xbfa: b\n", "a.yaml")
    assert (node.plain(), problems, node.child("a").key.column) == ({"a": "b"}, (), 1)


def test_all_faults_at_once(parser):
    """reading goes on after aliases, anchors, tags, repeated and odd keys, so that all are told."""
    text = b'a: *x\nb: &y z\nc: !t q\na: 1\n? [k]\n: 2\n"": 3\nd: "\\u0007"\n'
    assert [(line, column) for line, column, _ in told(text)] == [
        (1, 4),
        (2, 4),
        (3, 4),
        (4, 1),
        (5, 3),
        (7, 1),
        (8, 4),
    ]
    assert "line 1" in told(text)[3][2]


def test_first_of_two_keys_counts():
    """of a key that stands twice the first value is kept, though the file has a problem."""
    assert read_yaml(b"a: 1\na: 2\n", "a.yaml")[0].plain() == {"a": 1}


@pytest.mark.parametrize("document", ["[" * 40, "{a: " * 40, "- " * 40 + "x", "? " * 40 + "x"])
def test_depth(parser, document):
    """nesting is followed to its limit and no further."""
    assert any(f"more than {MAX_DEPTH} deep" in sentence for _, _, sentence in told(document.encode()))


def test_depth_limit_is_reached():
    """nesting just at the limit is read."""
    values("[" * MAX_DEPTH + "]" * MAX_DEPTH)


def test_number_of_values():
    """more values than the limit are refused at the first one too many."""
    assert len(values("[" + "a," * (MAX_NODES - 1) + "]")) == MAX_NODES - 1
    assert "values" in told(b"[" + b"a," * MAX_NODES + b"]")[0][2]


def test_long_text():
    """a text of the greatest length is read, a longer one is a problem."""
    assert len(values("a: " + "x" * MAX_CHARACTERS)["a"]) == MAX_CHARACTERS
    assert told(b"a: " + b"x" * (MAX_CHARACTERS + 1))[0][:2] == (1, 4)


def test_large_file():
    """a file larger than the limit is not parsed at all."""
    assert "1 MiB" in told(b" " * (MAX_BYTES + 1))[0][2]


@pytest.mark.parametrize("data", ["ä".encode("utf-16"), b"a: \xff", b"a: \xed\xa0\x80"])
def test_other_encodings(data):
    """text that is not UTF-8 is refused, surrogates too."""
    node, problems = read_yaml(data, "a.yaml")
    assert node is None
    assert "UTF-8" in str(problems[0])


@pytest.mark.parametrize("escape", [r"\uD800", r"\uD83D\uDE00", r"\x00", r"\x1b", r"\x85", r"\uFFFE"])
def test_escaped_control_characters(parser, escape):
    """an escape in quotes brings no control character and no half of a character into a text."""
    node, problems = read_yaml(f'a: "{escape}"'.encode(), "a.yaml")
    assert problems
    assert node is None or node.plain() == {"a": " "} or node.plain() == {"a": "  "}


def test_control_characters_are_counted():
    """each control character is told with its place, but not thousands of them."""
    assert [place[:2] for place in told(b"a: \x01b\r\nc: \x7f\n")] == [(1, 4), (2, 4)]
    assert len(told(b"a: " + b"\x01" * 5000)) <= yaml_text.MAX_TOLD + 2


@pytest.mark.parametrize(
    ("data", "advice"),
    [
        (b"a:\n\t- b\n", "spaces"),
        (b"title: Hip: pain\n", "quotes"),
        (b"a: 'x\n", "quotes"),
        (b"a: [1, 2\n", "indentation"),
        (b"a: @x\n", "indentation"),
    ],
)
def test_broken_syntax(parser, data, advice):
    """broken YAML is one problem with a place and a hint at the likely cause."""
    node, problems = read_yaml(data, "a.yaml")
    assert node is None
    assert problems[-1].line > 0
    assert advice in problems[-1].advice


def test_foreign_exceptions_stay_inside(monkeypatch):
    """whatever else the YAML library raises becomes a problem."""
    monkeypatch.setattr(yaml_text, "_LOADER", yaml.SafeLoader)
    node, problems = read_yaml(b"%YAML " + b"9" * 5000 + b".1\n---\na: b\n", "a.yaml")
    assert node is None
    assert problems
