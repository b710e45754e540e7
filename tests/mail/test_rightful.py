"""Whether a file is the one of its row, found out from the file's own text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from handouts.audit.said import said_lines
from handouts.content.library import Library
from handouts.mail.rightful import mismatch
from handouts.order import Order
from handouts.press import Job, Press

LIBRARY = Library()
ORDER = Order(
    date(2026, 11, 22), patient="Zoë  A\u030angström-Quilfeather", note="Walk more.\r\n\r\nCall  me."
)
JOB = Job(("trochanteric-bursitis",), "example-clinic", ORDER)


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """Return a file with a name and a note, and one for nobody."""
    press = Press(LIBRARY)
    return {"hers": press.make(JOB).pdf, "blank": press.make(replace(JOB, order=Order(ORDER.date))).pdf}


def with_order(**changes) -> Job:
    return replace(JOB, order=replace(ORDER, **changes))


def test_the_right_file(files):
    """a file is its own row's, however the name and the note are typed."""
    assert mismatch(files["hers"], JOB, LIBRARY) == ""
    assert mismatch(files["hers"], with_order(patient="Zoë Ångström-Quilfeather"), LIBRARY) == ""
    assert mismatch(files["blank"], replace(JOB, order=Order(ORDER.date)), LIBRARY) == ""


@pytest.mark.parametrize(
    ("job", "said"),
    [
        (with_order(patient="Zoë Ångström"), "the file is for somebody else"),
        (with_order(patient="Ada Quilfeather"), "the file is for somebody else"),
        (with_order(patient=""), "the file is for somebody else"),
        (replace(JOB, conditions=("fai",)), "the file is about something else"),
        (replace(JOB, conditions=("trochanteric-bursitis", "fai")), "the file is about something else"),
        (with_order(note="Walk less."), "the file lacks the row's note"),
    ],
)
def test_a_wrong_file(files, job, said):
    """another name, another condition or another note is seen, and told without a word of either."""
    assert mismatch(files["hers"], job, LIBRARY) == said
    assert mismatch(files["blank"], JOB, LIBRARY) == "the file is for somebody else"


@pytest.mark.parametrize("pdf", [b"", b"%PDF-1.7", b"%PDF-1.7\n%%EOF" * 9])
def test_what_cannot_be_read(pdf):
    """a file that can't be read is no row's."""
    assert mismatch(pdf, JOB, LIBRARY) == "the file cannot be read"
    with pytest.raises(ValueError, match="cannot be read"):
        said_lines(pdf)


def test_damaged_files(files):
    """a file that is damaged anywhere is told in a sentence, or says what it said before."""
    hers = files["hers"]
    for place in range(100, len(hers), len(hers) // 12):
        damaged = hers[:place] + b"\xff\x00>>" + hers[place + 4 :]
        assert mismatch(damaged, JOB, LIBRARY) in {
            "",
            "the file cannot be read",
            "the file is for somebody else",
            "the file does not name its patient",
            "the file is about something else",
            "the file lacks the row's note",
        }
