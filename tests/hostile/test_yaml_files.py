"""Any bytes in a content file give values or problems: no other exception, and no long wait."""

from __future__ import annotations

import shutil
import time

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.content import yaml_text
from handouts.content.check import check
from handouts.content.library import Library
from handouts.content.nodes import Node
from handouts.content.places import Places
from handouts.content.yaml_text import read_yaml
from handouts.errors import Problem

PIECES = [
    *(b"&a ", b"*a", b"!t ", b"!!python/object:os.system ", b"%YAML 1.1\n---\n", b"---\n", b"...\n", b"<<: "),
    *(b"? ", b": ", b"- ", b"[", b"]", b"{", b"}", b"'", b'"', b"|\n", b">-\n", b"\t", b"\n", b"\r\n", b"#"),
    *(
        b"\x00",
        b"\x85",
        b"\xff",
        b"\xe2\x80\xa8",
        b"\xed\xa0\x80",
        b"\xf0\x9f\x92\xa9",
        b'"\\uD800"',
        b'"\\x00"',
    ),
    *(b"no", b"12:30", b"0123", b"1e999", b".nan", b"9" * 400, b"2026-13-99", b"null", b"[]", b"{}"),
    *(b"extends: outer-pain\n", b"id: outer-pain\n"),
]


@pytest.fixture(scope="module", params=["CSafeLoader", "SafeLoader"])
def parser(request):
    """Run a test with each of the two YAML parsers."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_text, "_LOADER", getattr(yaml, request.param))
        yield


def only_values_or_problems(data: bytes) -> None:
    """Hold the reader to its promise for one file."""
    node, problems = read_yaml(data, "a.yaml")
    assert node is not None or problems
    assert node is None or isinstance(node, Node)
    assert all(isinstance(problem, Problem) and problem.sentence for problem in problems)
    assert all(problem.line >= 0 and "\n" not in str(problem) for problem in problems)


@given(
    st.binary(max_size=300) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass"))
)
@settings(max_examples=400, deadline=None)
def test_any_bytes(parser, data):
    """any bytes at all give a tree or problems."""
    only_values_or_problems(data)


@given(st.lists(st.sampled_from(PIECES), max_size=40).map(b"".join))
@settings(max_examples=600, deadline=None)
def test_pieces_of_yaml(parser, data):
    """any mixture of what YAML finds special gives a tree or problems."""
    only_values_or_problems(data)


NAMES = [
    "conditions/outer-pain",
    "exercises/hop",
    "clinics/plain",
    "packets/both",
    "red-flags",
    "sources",
    "words/en",
]


@pytest.fixture(scope="module")
def damaged(tmp_path_factory, pytestconfig):
    """Return a copy of the samples whose files a test damages and mends again."""
    root = tmp_path_factory.mktemp("damaged")
    shutil.copytree(pytestconfig.rootpath / "tests" / "samples", root, dirs_exist_ok=True)
    return root


@given(
    st.sampled_from(NAMES),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 30), st.sampled_from(PIECES)), min_size=1, max_size=4),
)
@settings(max_examples=150, deadline=None)
def test_damaged_content(damaged, name, damages):
    """a damaged content file gives problems or values, whichever file it is and whoever relies on it."""
    path = damaged / "bundled" / "data" / f"{name}.yaml"
    sound = path.read_bytes()
    data = sound
    for place, cut, piece in damages:
        at = int(place * len(data))
        data = data[:at] + piece + data[at + cut :]
    path.write_bytes(data)
    try:
        found = check(Library(Places(overlay=damaged / "overlay", bundled=damaged / "bundled")))
    finally:
        path.write_bytes(sound)
    assert all(isinstance(problem, Problem) for problem in found)
    assert all("\n" not in str(problem) for problem in found)


@pytest.mark.parametrize(
    "data",
    [
        b"a: &a [x]\n" + b"".join(b"%c: &%c [*%c,*%c]\n" % (n + 1, n + 1, n, n) for n in range(97, 121)),
        b"[" * 500_000,
        b"{a: " * 200_000,
        b"- " * 400_000,
        b"? " * 400_000,
        b"a: " + b"x" * 1_000_000,
        b"a: '" + b"x\n" * 400_000,
        b'"' + b"\\x41" * 250_000,
        b"".join(b"k%d: 1\n" % number for number in range(80_000)),
        b"#" * 1_000_000,
        b"\x01" * 1_000_000,
        b"!" * 1_000_000,
    ],
    ids=lambda data: data[:6].decode(errors="replace"),
)
def test_bombs(data):
    """files made to eat memory or time are refused quickly."""
    start = time.perf_counter()
    problems = read_yaml(data, "a.yaml")[1]
    assert problems
    assert len(problems) < 200
    assert time.perf_counter() - start < 5
