"""A good file of our own, with everything in it that an audit looks at."""

from __future__ import annotations

from datetime import date

import pytest

from handouts import typeset
from handouts.clinic import Clinic, Logo
from handouts.document import (
    Cell,
    Document,
    Figure,
    Group,
    Heading,
    ListBlock,
    ListItem,
    Paragraph,
    Run,
    Runs,
    Table,
    WritingLines,
)
from handouts.order import Order

_SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40" viewBox="0 0 80 40">'
    b'<rect x="0" y="0" width="80" height="40" fill="#1f6f5c"/></svg>'
)
_LONG = (
    "Keep moving the leg while the hip heals, because gentle and well-timed movement helps the blood flow. "
)


def said(text: str) -> Runs:
    """Return plain runs."""
    return (Run(text),)


def _document(title: str, anchor: str, patient: str) -> Document:
    help_box = Table(
        (),
        (
            (Cell((said("Now"),), header="row"), Cell((said("You cannot stand"), said("Your leg is numb")))),
            (Cell((said("Soon"),), header="row"), Cell((said("It hurts at night"),))),
        ),
        style="help",
    )
    columns = tuple(Cell((said(name),), header="column") for name in ("Exercise", "Monday", "Tuesday"))
    rows = tuple(
        (Cell((said(f"Bridge {row}"),), header="row"), Cell((), tick=True), Cell((), tick=True))
        for row in range(1, 25)
    )
    steps = ListBlock(
        (
            ListItem(said("Sit down")),
            ListItem(said(_LONG * 2), ListBlock((ListItem(said("slowly")), ListItem(said("with care"))))),
            ListItem(said("Stand up")),
        ),
        ordered=True,
    )
    more = (
        Run("Some say "),
        Run("bursitis", language="la"),
        Run(", see "),
        Run("the page of a health service", href="https://www.example.org/hip"),
        Run(" or "),
        Run("when to get help", href=f"#help-{anchor}"),
        Run("."),
    )
    return Document(
        title,
        "en",
        (
            Figure("logo", "Two hills, the sign of the clinic", 30, 12),
            Paragraph((Run("For: "), Run(patient, slot="patient")), "slot"),
            Heading(1, said(title)),
            Paragraph(more),
            Group(
                (Heading(2, said("Get help"), "help", anchor=f"help-{anchor}"), help_box),
                kind="section",
                frame="alert",
            ),
            Group((Heading(2, said("What to do")), steps, Paragraph(said(_LONG * 4))), kind="section"),
            Group((Heading(2, said("Log")), Table((columns,), rows, style="log")), kind="section"),
            Group((Heading(2, said("More")), Paragraph(said(_LONG * 8)), WritingLines(3)), kind="section"),
        ),
        footer=f"{title} · version 1",
        anchor=anchor,
    )


def written(documents: tuple[Document, ...]) -> bytes:
    """Return the documents as one finished file."""
    clinic = Clinic(
        "example", "Example Clinic", "911", "#1f6f5c", logo=Logo(_SVG, "svg", "Two hills", "logo.svg")
    )
    order = Order(date=date(2026, 11, 22))
    title = documents[0].title if len(documents) == 1 else "Running hip"
    return typeset.write(
        [typeset.make_up(document, clinic, order) for document in documents],
        typeset.Metadata(title=title, author=clinic.name, language="en", day=order.date),
        typeset.FootWords(page="Page {page} of {pages}", packet="packet page {page} of {pages}"),
    )


@pytest.fixture(scope="session")
def write_out():
    """Return the function that writes documents as one finished file."""
    return written


@pytest.fixture(scope="session")
def document() -> Document:
    """Return what the good file says; it names no patient."""
    return _document("Hip bursitis", "hip", "")


@pytest.fixture(scope="session")
def personal_document() -> Document:
    """Return the same with a patient's name in its slot."""
    return _document("Hip bursitis", "hip", "Quilliana Zwetschge")


@pytest.fixture(scope="session")
def good(document) -> bytes:
    """Return a good file."""
    return written((document,))


@pytest.fixture(scope="session")
def personal(personal_document) -> bytes:
    """Return a good file with a patient's name in it."""
    return written((personal_document,))


@pytest.fixture(scope="session")
def packet_documents(document) -> tuple[Document, ...]:
    """Return the documents of a packet."""
    return document, _document("Hip flexor strain", "flexor", "")


@pytest.fixture(scope="session")
def packet(packet_documents) -> bytes:
    """Return a good packet."""
    return written(packet_documents)
