"""Passphrases: one for each patient, hard to guess, and never repeated in a message."""

from __future__ import annotations

from datetime import date

import pytest

from handouts.batch.row import Row
from handouts.errors import ContentError, UsageError
from handouts.mail.passphrases import Passphrases
from handouts.order import Order
from handouts.press import Job

WORDS = "velvet candle orbit meadow"


@pytest.fixture
def read(tmp_path):
    """Return a function that reads passphrases from a text."""

    def read(text: str, encoding: str = "utf-8") -> Passphrases:
        path = tmp_path / "passphrases.csv"
        path.write_text(text, encoding=encoding)
        return Passphrases.read(path)

    return read


def row(item: str = "p1", patient: str = "Zoë Ångström") -> Row:
    return Row(2, item, Job(("fai",), "example-clinic", Order(date(2026, 11, 22), patient=patient)))


def test_each_has_their_own(read):
    """a row gets the passphrase of its id, and a row without one gets none."""
    found = read(f"id,passphrase\np1,{WORDS}\n\np2,silver lantern river cactus\n", "utf-8-sig")
    assert found.of(row()).text == WORDS
    assert found.of(row("p2")).text == "silver lantern river cactus"
    assert found.of(row("p3")) is None
    assert found.of(row("")) is None


@pytest.mark.parametrize("typed", ["1980-05-05", "zoe", "(555) 555-0142", "Ångström candle orbit meadow"])
def test_soon_guessed(read, typed):
    """a date, a number or a name is refused, and not repeated."""
    with pytest.raises(UsageError) as told:
        read(f'id,passphrase\np1,"{typed}"\n').of(row())
    assert typed not in str(told.value)


def test_two_patients_with_one(read):
    """a passphrase that another patient has as well is refused for both, however it is written."""
    found = read(f"id,passphrase\np1,{WORDS}\np2,{WORDS.upper().replace(' ', '-')}\n")
    for item in ("p1", "p2"):
        with pytest.raises(UsageError, match="another patient") as told:
            found.of(row(item))
        assert "velvet" not in str(told.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ":1: the first line must be"),
        ("name,word\n", ":1: the first line must be"),
        (f"id,passphrase\np1,{WORDS}\np1,{WORDS} x\n", ":3: this id stands here twice"),
        (f"id,passphrase\n{WORDS}\n", ":2: this is not an id and a passphrase"),
        (f'id,passphrase\np1,"{WORDS}\n', "this is no table in UTF-8"),
    ],
)
def test_no_such_table(read, text, said):
    """a file that is no such table is told with its line, and none of its words."""
    with pytest.raises(ContentError) as told:
        read(text)
    assert said in str(told.value)
    assert "velvet" not in str(told.value)
