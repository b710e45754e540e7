from __future__ import annotations

import pytest

from handouts.document import Run
from handouts.errors import TemplateError
from handouts.markup.elements import read
from handouts.markup.inline import runs


def read_runs(inside):
    return runs(read(f"<article><?at x.j2:4?><p>{inside}</p></article>", "t").children[0])


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("  a \n\t b  ", (Run("a b"),)),
        ("a <strong> b </strong> c", (Run("a "), Run("b ", strong=True), Run("c"))),
        ("a<strong>b</strong>c", (Run("a"), Run("b", strong=True), Run("c"))),
        ("<strong>a</strong> ", (Run("a", strong=True),)),
        ("<strong>a</strong><strong>b</strong>", (Run("ab", strong=True),)),
        ("<em>a</em>", (Run("a", emphasis=True),)),
        ("10\u00a0mm", (Run("10\u00a0mm"),)),
        ('<a href="tel:1">a<strong>b</strong></a>', (Run("a", href="tel:1"), Run("b", True, href="tel:1"))),
        ('<span lang="la">os</span>', (Run("os", language="la"),)),
        ('For: <span data-slot="patient"></span>', (Run("For: "), Run("", slot="patient"))),
        ('For: <span data-slot="patient">\n</span>', (Run("For: "), Run("", slot="patient"))),
        (
            '<strong>To <span data-slot="patient"/> or</strong> you',
            (Run("To ", True), Run("", True, slot="patient"), Run(" or", True), Run(" you")),
        ),
    ],
)
def test_runs(inside, expected):
    """tags give looks, white space is folded across them, and an empty slot stays."""
    assert read_runs(inside) == expected


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("", "<p> is empty"),
        (" \n ", "<p> is empty"),
        ("<strong></strong>", "<p> is empty"),
        ("<p>x</p>", "<p> can't stand in <p>"),
        ("a<br/>b", "<br> can't stand in <p>"),
        ("<span>x</span>", "<span> says nothing"),
        ('<span data-slot="name">x</span>', "there is no slot 'name'"),
        ('<span data-slot="date"><em>x</em></span>', "something stands in a slot"),
        ('<span data-slot="date">x</span>', "something stands in a slot"),
        ('<span data-slot="note"></span>', "the note is more than a part of a line"),
        ('<a href="#a"><span data-slot="patient"></span></a>', "a slot stands in a link"),
        ('<span lang="not a language">x</span>', "is no language"),
        ("<a>x</a>", "leads nowhere allowed"),
        ('<a href="http://example.org">x</a>', "leads nowhere allowed"),
        ('<a href="javascript:alert(1)">x</a>', "leads nowhere allowed"),
        ('<a href="file:///x">x</a>', "leads nowhere allowed"),
        ('<a href="JavaScript&#58;alert(1)">x</a>', "leads nowhere allowed"),
        ('<a href="https://a b">x</a>', "leads nowhere allowed"),
        ('<a href="https://a&#10;b">x</a>', "leads nowhere allowed"),
        ('<a href="#">x</a>', "leads nowhere allowed"),
        ('<a href="#a"><a href="#b">x</a></a>', "a link stands in a link"),
    ],
)
def test_faults(inside, said):
    """what may not stand in a line, and a link that could do harm, names template and line."""
    with pytest.raises(TemplateError, match=said.replace("(", r"\(")) as caught:
        read_runs(inside)
    assert caught.value.where == "x.j2:4"
