"""Small documents to set, and a look to set them in."""

from __future__ import annotations

from datetime import date

import pytest

from handouts import typeset
from handouts.clinic import Clinic, palette
from handouts.document import (
    Cell,
    Document,
    Group,
    Heading,
    ListBlock,
    ListItem,
    Paragraph,
    Run,
    Table,
    WritingLines,
)
from handouts.order import Order
from handouts.typeset.setter import Look
from handouts.typeset.styles import sheet

DAY = date(2026, 11, 22)
WORDS = typeset.FootWords("Page {page} of {pages}", "Packet page {page} of {pages}")


def runs(text, **marks):
    return (Run(text, **marks),)


def paragraph(text, style=""):
    return Paragraph(runs(text), style)


def card(number):
    steps = ("Lie on your back. Bend your knees.", "Press your heels down.", "Lower slowly.")
    words = Group(
        (
            Heading(4, runs(f"{number}. Bridge"), "card"),
            ListBlock(tuple(ListItem(runs(step)) for step in steps), ordered=True),
            paragraph("Hold 3 seconds. Do 10 times.", "dose"),
        )
    )
    room = Group((Group((paragraph("Notes", "room-label"),), frame="room", height_mm=34),))
    return Group((words, room), "section", "row", "card", (0, 50), reverse=True, keep=True)


def log(rows):
    days = ("Mon", "Tue", "Wed")
    head = (Cell((runs("Week 1"),), "column"), *(Cell((runs(day),), "column") for day in days))
    body = tuple(
        (Cell((runs(f"Exercise {row}"),), "row"), *(Cell((), tick=True) for _ in days)) for row in range(rows)
    )
    return Table((head,), body, "log", (2, 1, 1, 1))


def whole(cards=4, patient=""):
    """Return a document that has one of everything."""
    helpful = Table(
        (),
        (
            (
                Cell((runs("Call 911 now"),), "row"),
                Cell((runs("You can't stand."), runs("You have a fever."))),
            ),
            (Cell((runs("Book a visit"),), "row"), Cell((runs("You are no better."),))),
        ),
        "help",
        (1, 4),
    )
    about = Paragraph(
        (
            Run("Strong "),
            Run("tendons", strong=True),
            Run(" hold it. Read "),
            Run("more", href="https://example.org/more"),
            Run(", see "),
            Run("the exercises", href="#exercises"),
            Run(", or say "),
            Run("Verstauchung", language="de"),
            Run("."),
        )
    )
    causes = ListBlock(tuple(ListItem(runs(f"Cause {number}")) for number in range(5)), columns=2)
    nested = ListBlock(
        (ListItem(runs("Outer"), ListBlock((ListItem(runs("Inner")),))), ListItem(runs("Next")))
    )
    return Document(
        "Hip bursitis",
        "en",
        (
            Group(
                (Group((paragraph("Clinic", "wordmark"),)), Group((paragraph("555", "phone"),))),
                "div",
                "row",
                "band",
            ),
            Paragraph((Run("For: "), Run(patient, slot="patient")), "slot"),
            Heading(1, runs("Hip bursitis")),
            Group((paragraph("Take the pressure off it.", "message"),), frame="bar"),
            Group((Heading(2, runs("When to get help"), "help"), helpful), "section", frame="alert"),
            Group((Heading(2, runs("What is going on")), about, causes, nested), "section"),
            Group(
                (
                    Heading(2, runs("Your exercises"), anchor="exercises"),
                    Heading(3, runs("Start now"), "stage"),
                    *(card(number) for number in range(1, cards + 1)),
                ),
                "section",
            ),
            Group((Heading(2, runs("Your week")), log(3)), "section", keep=True),
            Group((Heading(2, runs("My questions")), WritingLines(2, 6)), "section", keep=True),
        ),
        footer="Hip bursitis, version 2026.11",
        anchor="hip-bursitis",
    )


@pytest.fixture
def clinic():
    return Clinic("test", "Test Clinic", "911", "#14566b")


@pytest.fixture
def order():
    return Order(DAY)


@pytest.fixture
def look(clinic):
    return Look(clinic, palette(clinic.accent, "colour"), sheet("standard"), "colour", 700.0)


@pytest.fixture
def render(clinic, order):
    """Return a function that makes a PDF of documents."""

    def make(*documents, order=order, clinic=clinic, title="Hip bursitis"):
        parts = [typeset.make_up(document, clinic, order) for document in documents]
        return typeset.write(parts, typeset.Metadata(title, clinic.name, "en", order.date), WORDS)

    return make
