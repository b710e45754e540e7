from __future__ import annotations

from contextlib import suppress
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts import document, markup
from handouts.document import (
    Cell,
    Figure,
    Group,
    Heading,
    ListBlock,
    ListItem,
    Paragraph,
    Run,
    Table,
    WritingLines,
)
from handouts.errors import TemplateError

TABLE = """
<table data-style="log" data-widths="2 1.5">
  <thead><tr><th scope="col">A</th><th scope="col">B</th></tr></thead>
  <tbody>
    <tr><th scope="row">C</th><td data-tick></td></tr>
    <tr><td colspan="2">D<br/>E</td></tr>
    <tr><td></td><td>F<br/></td></tr>
  </tbody>
</table>"""
CARD = """
<section data-layout="row" data-reverse data-widths="0 50" data-frame="card" data-keep>
  <div><h2>A</h2></div>
  <div data-frame="room" data-height-mm="34" data-new-page><p>B</p></div>
</section>"""


def parse(inside, head="<h1>T</h1>"):
    return markup.parse(f'<article lang="en" title="T" id="t">{head}<?at x.j2:4?>{inside}</article>', "t")


def block(inside):
    return parse(inside).blocks[1]


def line(text):
    return (Run(text),)


def test_document():
    """title, language, foot line and anchor come from the article."""
    made = markup.parse(
        '<article lang="en-US" title=" A &amp;  B " id="sore-hip" data-footer="v 1">'
        '<h1 id="top">A</h1></article>'
    )
    assert made == document.Document(
        "A & B", "en-US", (Heading(1, line("A"), anchor="top"),), "v 1", "sore-hip"
    )


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ('<h2 data-style="help">A</h2>', Heading(2, line("A"), "help")),
        ('<p data-style="lead">A</p>', Paragraph(line("A"), "lead")),
        ('<p data-style="lead" data-slot="note">\n</p>', Paragraph((Run("", slot="note"),), "lead")),
        (
            '<ul data-columns="2"><li>A</li><li>B<ol><li>C</li></ol> </li></ul>',
            ListBlock(
                (ListItem(line("A")), ListItem(line("B"), ListBlock((ListItem(line("C")),), ordered=True))),
                columns=2,
            ),
        ),
        (
            TABLE,
            Table(
                ((Cell((line("A"),), "column"), Cell((line("B"),), "column")),),
                (
                    (Cell((line("C"),), "row"), Cell((), tick=True)),
                    (Cell((line("D"), line("E")), span=2),),
                    (Cell(()), Cell((line("F"),))),
                ),
                "log",
                (2, 1.5),
            ),
        ),
        (
            '<figure><img src="logo" alt="North" data-width-mm="40" data-height-mm="14"/></figure>',
            Figure("logo", "North", 40, 14),
        ),
        ('<div data-lines="2" data-most="6"></div>', WritingLines(2, 6)),
        (
            CARD,
            Group(
                (
                    Group((Heading(2, line("A")),)),
                    Group((Paragraph(line("B")),), frame="room", height_mm=34, new_page=True),
                ),
                "section",
                "row",
                "card",
                (0, 50),
                reverse=True,
                keep=True,
            ),
        ),
        (
            '<aside data-layout="columns" data-columns="2"><p>A</p></aside>',
            Group((Paragraph(line("A")),), "aside", "columns", columns=2),
        ),
    ],
)
def test_blocks(inside, expected):
    """each tag becomes its block, with what its attributes say."""
    assert block(inside) == expected


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("x", "text stands directly in <article>"),
        ("<div>x</div>", "text stands directly in <div>"),
        ("<li>x</li>", "<li> can't stand in <article>"),
        ("<strong>x</strong>", "<strong> can't stand in <article>"),
        ("<ul><p>x</p></ul>", "<p> can't stand in <ul>"),
        ("<h1>x</h1>", "a second <h1>"),
        ("<h3>x</h3>", "<h3> follows <h1>. Write <h2>"),
        ("<h2></h2>", "<h2> is empty"),
        ('<h2>To <span data-slot="patient"></span></h2>', "a slot stands in a heading"),
        ('<p data-slot="note">x</p>', "something stands in a slot. Leave it empty"),
        ('<p data-slot="patient"></p>', "only the note is a slot of a whole <p>"),
        ('<h2 id="t">x</h2>', "the id 't' is used twice"),
        ('<h2 id="">x</h2>', "can't be an id"),
        ('<h2 id="a b">x</h2>', "can't be an id"),
        ("<section><p>x</p></section>", "<section> does not begin with a heading"),
        ("<div></div>", "<div> is empty"),
        ("<ul></ul>", "<ul> is empty"),
        ("<ul><li></li></ul>", "<li> is empty"),
        ("<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li></ul>", "three deep"),
        ("<ul><li><ul><li>b</li></ul>a</li></ul>", "<ul> can't stand in <li>"),
        ('<ul data-columns="3"><li>x</li></ul>', "can't have 3 columns"),
        ('<p data-style="leed">x</p>', "no data-style 'leed'. Did you mean lead"),
        ('<div data-frame="cards"><p>x</p></div>', "Did you mean card"),
        ('<div data-layout="grid"><p>x</p></div>', "no data-layout 'grid'"),
        ('<div data-layout="row" data-widths="1 2"><p>x</p></div>', "2 numbers for 1 blocks"),
        ('<div data-widths="1"><p>x</p></div>', "In a row, give each block"),
        ('<div data-layout="row" data-widths="-1"><p>x</p></div>', "no number"),
        ('<div data-height-mm="1e9"><p>x</p></div>', "no number"),
        ('<div data-height-mm=""><p>x</p></div>', "needs one number"),
        ('<div data-columns="2"><p>x</p></div>', "data-columns can't be 2 here"),
        ("<div data-reverse><p>x</p></div>", "data-reverse stands without a row"),
        ("<table></table>", "a table has no rows"),
        ("<table><thead><tr><td>x</td></tr></thead></table>", "a table has no rows"),
        ("<table><tr><td>x</td></tr></table>", "<tr> can't stand in <table>"),
        ("<table><tbody><tr></tr></tbody></table>", "a row has no cells"),
        ("<table><tbody><tr><th>x</th></tr></tbody></table>", "<th> does not say what it heads"),
        ("<table><tbody><tr><td><p>x</p></td></tr></tbody></table>", "<p> can't stand in <td>"),
        ("<table><tbody><tr><td data-tick>x</td></tr></tbody></table>", "text and a box to tick"),
        ('<table><tbody><tr><td colspan="0">x</td></tr></tbody></table>', "colspan can't be 0"),
        ("<table><tbody><tr><td>x</td></tr><tr><td/><td/></tr></tbody></table>", "have 1 and 2 columns"),
        ('<table data-widths="1 0"><tbody><tr><td/><td/></tr></tbody></table>', "data-widths does not fit"),
        ("<table><tbody><tr><td/></tr></tbody><thead/></table>", "not the first part"),
        ('<img src="logo" alt="" data-width-mm="1" data-height-mm="1"/>', "no alt text"),
        ('<img src="logo" alt="x"/>', "no size"),
        ('<img src="/etc/passwd" alt="x" data-width-mm="1" data-height-mm="1"/>', "names no picture"),
        ('<img src="https://x" alt="x" data-width-mm="1" data-height-mm="1"/>', "names no picture"),
        ("<figure></figure>", "<figure> holds 0 pictures"),
        ('<div data-lines="2">x</div>', "text stands directly"),
        ('<div data-lines="0"></div>', "out of range"),
        ('<div data-lines="3" data-most="2"></div>', "out of range"),
        ('<div data-most="2"><p>x</p></div>', "data-most stands without data-lines"),
    ],
)
def test_faults_are_told_with_their_line(inside, said):
    """what a handout can't hold is refused with template and line."""
    with pytest.raises(TemplateError) as caught:
        parse(inside)
    assert said in f"{caught.value.sentence} {caught.value.advice}"
    assert caught.value.where == ("t" if inside == "x" else "x.j2:4")


@pytest.mark.parametrize(
    "head",
    [
        '<article title="T" id="t"><h1>T</h1></article>',
        '<article lang="e" title="T" id="t"><h1>T</h1></article>',
        '<article lang="en" title=" " id="t"><h1>T</h1></article>',
        '<article lang="en" title="T"><h1>T</h1></article>',
        '<article lang="en" title="T" id="t"><h2>T</h2></article>',
        '<article lang="en" title="T" id="t"><p>T</p></article>',
        '<article lang="en" title="T" id="t"></article>',
    ],
)
def test_a_document_needs_its_head(head):
    """an article without language, title, id or a first heading is refused."""
    with pytest.raises(TemplateError):
        markup.parse(head)


SAYS_SOMETHING = st.text(min_size=1, max_size=60).filter(str.strip)


@given(st.lists(SAYS_SOMETHING, min_size=7, max_size=7))
def test_any_text_comes_out_exactly(texts):
    """whatever stands in a field comes out as text, in order, and forges no structure."""
    safe = [escape(text) for text in texts]
    made = parse(
        f"<p>{safe[1]}</p><ul><li>{safe[2]}</li></ul><div><p>x<strong>{safe[3]}</strong></p></div>"
        f"<table><tbody><tr><td>{safe[4]}<br/>{safe[5]}</td></tr></tbody></table>"
        f'<p><span lang="la">{safe[6]}</span></p>',
        head=f"<h1>{safe[0]}</h1>",
    )
    folded = [" ".join(text.split()) for text in texts]
    marked = " ".join(f"x{texts[3]}".split())
    expected = [folded[0], folded[1], f"• {folded[2]}", marked, *folded[4:]]
    assert document.text(made) == "\n".join(expected)
    assert [type(child).__name__ for child in document.walk(made.blocks)] == [
        "Heading", "Paragraph", "ListBlock", "Group", "Paragraph", "Table", "Paragraph",
    ]  # fmt: skip


@given(st.text(alphabet="<>/&;?!-=\"' ablpi1#x\n", max_size=80))
def test_any_markup_is_read_or_refused(text):
    """broken markup gives a TemplateError and nothing else."""
    with suppress(TemplateError):
        assert parse(text).blocks
