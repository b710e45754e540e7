"""Ten thousand names that nobody should have: each arrives letter by letter, or its character is named."""

from __future__ import annotations

import csv
import random
import re
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from handouts.batch.reading import Source
from handouts.batch.repeats import find_repeats
from handouts.batch.roster import Roster, Wishes
from handouts.batch.row import Refused, Row
from handouts.compose.personal import MOST_NAME
from handouts.content.library import Library
from handouts.document import text
from handouts.pipeline import compose_handout, make_handout
from handouts.typeset import unprintable

SEED = 20261122
PIECES = (
    *("Ann", "Zoë", "O'Brien", "Nguyễn", "Жанна", "Ελένη", "Żółć", "ﬁne", "½", "Ǆ", "ß", "İ", "ŋ"),
    *(
        "<b>",
        "</para>",
        "&amp;",
        "&#0;",
        "{{7*7}}",
        "{% x %}",
        "{#",
        "%s",
        "$(id)",
        "\\",
        "\\n",
        "%00",
        "../",
    ),
    *(
        '"',
        '""',
        "'",
        ",",
        ";",
        "\t",
        "|",
        "\n",
        "\r\n",
        "\r",
        "=1+1",
        "@SUM",
        "+1",
        "-1",
        "sep=;",
        "#N/A",
        "1E5",
    ),
    *(
        "😀",
        "👩‍⚕️",
        "שרה",
        "علي",
        "山田",
        "\u202e",
        "\u2066",
        "\u200b",
        "\u200d",
        "\ufeff",
        "\u00ad",
        "\u2028",
    ),
    *(
        "\x00",
        "\x07",
        "\x1b[31m",
        "\x7f",
        "\x85",
        "\ue000",
        "\U0010ffff",
        "\ufffd",
        "e\u0301",
        "a\u0308\u0323",
    ),
    *("\u0301" * 30, "x" * 60, "endstream", "BT", "(", ")", ">>", "]]>", "<?at x?>", "\u00a0", "\u3000", "ﷺ"),
)


def names(count: int) -> list[str]:
    """Return so many names, each once."""
    chance = random.Random(SEED)  # noqa: S311 - nothing is secret
    found: dict[str, None] = {}
    while len(found) < count:
        found["".join(chance.choice(PIECES) for _ in range(chance.randint(1, 5)))] = None
    return list(found)


def read(path: Path, patients: list[str]) -> list[Row | Refused]:
    """Return what becomes of a roster of these names."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(("id", "conditions", "patient"))
        table.writerows((number, "trochanteric-bursitis", name) for number, name in enumerate(patients))
    with Source.open(path) as source:
        wishes = Wishes(date(2026, 11, 22), "example-clinic")
        return list(Roster(source, find_repeats(source), Library(), wishes).rows())


def test_ten_thousand_names_are_read(tmp_path):
    """each name is in its row's order as it was written, or a character that really is in it is named."""
    patients = names(10_000)
    rows = read(tmp_path / "roster.csv", patients)
    assert [row.number for row in rows] == list(range(2, 10_002))
    made = 0
    for name, row in zip(patients, rows, strict=True):
        if isinstance(row, Row):
            made += 1
            assert row.job.order.patient == name.strip()
            assert not unprintable(name)
            continue
        assert row.column == "patient"
        said = re.match(r"the character U\+([0-9A-F]{4,6}) ", row.reason)
        if said:
            assert chr(int(said[1], 16)) in unicodedata.normalize("NFC", name)
        elif "null character" in row.reason:
            assert "\0" in name
        else:
            assert len(name) > MOST_NAME
    assert 2000 < made < 9000


@pytest.mark.slow
def test_names_are_printed(tmp_path):
    """a name that its row admits is on the page letter by letter."""
    patients = names(200)
    library = Library()
    printed = 0
    for row in read(tmp_path / "roster.csv", patients):
        if not isinstance(row, Row):
            continue
        order = row.job.order
        document = compose_handout(library, "trochanteric-bursitis", library.clinic("example-clinic"), order)
        assert " ".join(order.patient.split()) in " ".join(text(document).split())
        # What is made has been read back by the audit, word by word.
        make_handout(library, "trochanteric-bursitis", "example-clinic", order)
        printed += 1
    assert printed > 60
