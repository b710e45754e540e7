"""What counts as read, and what is made of it."""

from __future__ import annotations

import pytest

from handouts.content.models import Term
from handouts.content.readability import (
    Passage,
    flesch_kincaid,
    measure,
    read,
    sentences,
    smog,
    words,
)
from handouts.document import Cell, Document, Group, Heading, ListBlock, ListItem, Paragraph, Run, Table

TERMS = {
    "bursa": Term(means=["cushion", "soft pad"], also=["bursae"]),
    "MRI": Term(means=["scan"]),
    "bursitis": Term(means=["sore cushion"]),
}


def said(*texts):
    return measure([Passage(text) for text in texts], TERMS)


def test_grades_by_hand():
    """the formulas give what a calculation by hand gives."""
    text = ["Lie on your back.", "Lift your knee slowly."]  # 8 words, 9 syllables
    assert flesch_kincaid(text) == pytest.approx(0.39 * 4 + 11.8 * 9 / 8 - 15.59)
    hard = ["Physiotherapy improves stability.", "Rest."]  # 2 words of three syllables or more in 2 sentences
    assert smog(hard) == pytest.approx(1.043 * (2 * 30 / 2) ** 0.5 + 3.1291)
    assert flesch_kincaid([]) == smog([]) == 0


def test_a_hard_text_is_hard():
    """a text for experts is far over the gate, one for a worried reader far below."""
    hard = (
        "Individuals presenting with lateral hip pathology frequently demonstrate considerable weakness of "
        "the abductor musculature, which necessitates progressive rehabilitation."
    )
    easy = "Your hip is sore. Rest it for a day or two. Then start to walk again."
    assert said(hard).highest_grade > 15
    assert said(easy).highest_grade < 2
    assert said(hard).long_sentences == ()
    assert len(said(hard).hard_sentences) == 1
    assert said(f"{hard[:-1]} and {hard}").long_sentences


def test_prose_alone_is_held_against_the_gate():
    """short doses do not hide hard prose."""
    hard = Passage("Progressive rehabilitation necessitates considerable individual consistency.")
    reading = measure([hard, *[Passage("Do 5.", prose=False)] * 200], TERMS)
    assert reading.grade < 6 < reading.prose_grade == reading.highest_grade


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two! Three? Four", 4),
        ("It is 100.4°F or 38°C. Call.", 2),
        ("“Stop.” Then go.", 2),
        ("A list item", 1),
        ("...", 0),
    ],
)
def test_sentences(text, count):
    """a sentence ends with a stop and a space, never within a number."""
    assert len(sentences(text)) == count


def test_words():
    """numbers and words that hyphens or apostrophes join are one word each."""
    assert words("Don’t foam-roll: 2 or 3 times, 100.4°F (X-ray)!") == [
        *("Don’t", "foam-roll", "2", "or", "3", "times", "100.4", "F", "X-ray")
    ]


@pytest.mark.parametrize(
    ("texts", "unexplained"),
    [
        (["A bursa (a small, flat cushion) lies there."], []),
        (["The bursa is sore.", "It is a soft pad."], []),
        (["The bursa is sore.", "It will heal.", "It is a cushion."], ["bursa"]),
        (["Your bursae are sore."], ["bursa"]),
        (["A bursa is a thing in your hip.", "The bursa is sore."], []),
        (["Pain here is often called bursitis."], []),
        (["An older word for this is bursitis."], []),
        (["An mri may help."], ["MRI"]),
        (["An MRI scan."], []),
        (["A bursary helps."], []),
    ],
)
def test_medical_words_are_explained_at_first_use(texts, unexplained):
    """a term has a plain word in its sentence or the next one, or the sentence teaches it."""
    assert [found.term for found in said(*texts).unexplained] == unexplained


@pytest.mark.parametrize(
    ("text", "passive"),
    [
        ("The hip was injured.", True),
        ("The leg is often held up.", True),
        ("Get checked first.", True),
        ("You are tired.", False),
        ("Hold the leg.", False),
        ("You are in bed.", False),
    ],
)
def test_passive_hints(text, passive):
    """a form of to be with a participle is a hint at the passive voice."""
    assert bool(said(text).passive) is passive


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("Run 10% more.", True),
        ("Walk half of your usual distance.", True),
        ("Do twice as many.", True),
        ("Twice a day.", False),
        ("Do it 3 times.", False),
        ("Go down a third of the way.", False),
    ],
)
def test_sums(text, sums):
    """a number that has to be worked out is found; a plain count is none."""
    assert bool(said(text).sums) is sums


def runs(text, *, strong=False):
    return (Run(text, strong=strong),)


def section(heading, *blocks):
    return Group((Heading(2, runs(heading)), *blocks), kind="section")


def test_what_counts():
    """paragraphs, steps, items and cells count up to the sources; headings, labels and slots do not."""
    slot = Paragraph((Run("For:"), Run("Patient Name", slot="patient")), "slot")
    labelled = Paragraph((Run("Rest.", strong=True), Run(" Sit down.")))
    question = Paragraph((Run("May I swim in the sea?", strong=True), Run(" Yes.")))
    nested = ListBlock((ListItem(runs("Outer item"), ListBlock((ListItem(runs("Inner item")),))),))
    table = Table(
        head=((Cell((runs("Head"),), "column"),),),
        body=((Cell((runs("Row head"),), "row"), Cell((runs("First line."), runs("Second line.")))),),
    )
    log = Table(head=(), body=((Cell((runs("Log cell"),)),),), style="log")
    sources = section("Where it is from", Paragraph(runs("A very long name of a source.")))
    after = section("After", Paragraph(runs("This comes after.")))
    document = Document(
        "Title",
        "en",
        (
            slot,
            section(
                "Heading", labelled, question, nested, table, log, Paragraph(runs("Small print."), "fine")
            ),
            sources,
            after,
        ),
    )
    reading = read(document, {}, "Where it is from")
    # Sit down. | May I swim in the sea? | Yes. | Outer item | Inner item | First line. | Second line.
    assert (reading.sentences, reading.words) == (7, 17)
    assert reading.longest_sentence == "May I swim in the sea?"


def test_long_lists_are_counted():
    """a list of more than seven items is told with its length."""
    items = tuple(ListItem(runs("Item.")) for _ in range(8))
    lists = (ListBlock(items), ListBlock(items[:7]), ListBlock(items, style="fine"))
    assert read(Document("T", "en", lists), {}, "x").long_lists == (8,)
