from __future__ import annotations

import pytest

from handouts.errors import TemplateError
from handouts.markup.elements import read


def article(inside):
    return f"<article>{inside}</article>"


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("a&amp;b", "a&b"),
        ("&lt;b&gt; &#39;x&#34; &quot;&apos;", "<b> 'x\" \"'"),
        ("&#x2019;&eacute;", "’é"),
        ("1 > 0 'and' \"so\"", "1 > 0 'and' \"so\""),
        ("\x00\x01\ufffe\u202e", "\x00\x01\ufffe\u202e"),
        ("a<!-- <p> & -->b", "ab"),
        ("a<?at x:1?>b", "ab"),
    ],
)
def test_text_comes_through_exactly(inside, expected):
    """references are resolved, comments and marks left out, and every other character kept."""
    assert "".join(str(child) for child in read(article(inside), "t").children) == expected


def test_where_follows_the_marks():
    """an element knows the mark that stands before it."""
    found = read('<article><?at a.j2:3?><p>x</p><?at b.j2:7?><p data-style="lead">y</p></article>', "t")
    assert [child.where for child in found.children] == ["a.j2:3", "b.j2:7"]


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("<p>x", "</article> closes <p> of x.j2:4"),
        ("<p>x</div>", "</div> closes <p>"),
        ("</p>", "</p> closes <article>"),
        ("<b>x</b>", "<b> is not a tag that a handout knows. Write <strong>."),
        ("<blink>x</blink>", "<blink> is not a tag"),
        ('<p onclick="x">x</p>', "<p> has no attribute onclick"),
        ('<p data-stile="lead">x</p>', "Did you mean data-style?"),
        ('<p data-style="a" data-style="b">x</p>', "has data-style twice"),
        ("<p data-style='lead'>x</p>", "<p can't be read as a tag"),
        ("<p data-style=lead>x</p>", "<p can't be read as a tag"),
        ("<p>a & b</p>", "an & stands alone. Write &amp;."),
        ("<p>a &nosuch; b</p>", "&nosuch; is no character"),
        ("<p>&#0;</p>", "&#0; is no character"),
        ("<p>&#xD800;</p>", "&#xD800; is no character"),
        ("<p>1 < 2</p>", "< can't be read as a tag"),
        ("<img>", "<img> is not closed. Write <img/>."),
        ("<p><br></p>", "<br> is not closed"),
        ("<!DOCTYPE x [<!ENTITY a 'b'>]>", "can't be read as a tag"),
        ("<?xml version='1.0'?>", "can't be read as a tag"),
        ("<![CDATA[x]]>", "can't be read as a tag"),
        ("<script>x</script>", "<script> is not a tag"),
        ("<div>" * 60, "nested more than"),
    ],
)
def test_faults_are_told_with_their_line(inside, said):
    """what is not well-formed, or not in the vocabulary, names template and line."""
    with pytest.raises(TemplateError) as caught:
        read(article(f"<?at x.j2:4?>{inside}"), "t")
    assert caught.value.where == "x.j2:4"
    assert said in f"{caught.value.sentence} {caught.value.advice}"


def test_a_patient_is_not_told():
    """an error about a broken tag does not repeat what stands in it."""
    with pytest.raises(TemplateError) as caught:
        read(article("<p Secret Name>x</p>"), "t")
    assert "Secret" not in str(caught.value)


@pytest.mark.parametrize("text", ["", "<p>x</p>", "x<article></article>", "<article/><article/>"])
def test_there_is_one_article(text):
    """markup is one article and nothing round it."""
    with pytest.raises(TemplateError):
        read(text, "t")
