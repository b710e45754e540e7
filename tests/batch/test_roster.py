"""Rows: each a job just as the command line would ask for it, or a refusal that holds none of its words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from handouts.batch.roster import Wishes
from handouts.batch.row import Refused, Repeated, Row
from handouts.content.library import Library
from handouts.content.places import Places
from handouts.order import DoseChange, Order, Pick
from handouts.press import Job

from .conftest import WISHES

HEAD = (
    "id,patient,conditions,exercises,clinic,clinician,date,side,language,paper,edition,ink,cleared,note,"
    "log_weeks,email,consent_email,consent_plain\n"
)


def test_a_full_row(read):
    """each cell arrives in its own field."""
    (row,) = read(
        HEAD
        + "7,Zoë,hip-flexor-strain; fai ,bridge:sets=3;clamshell,runners-edge-physio,Dr. B,2026-01-02,Left,"
        'en,a4,large-print,grey,bone-stress,"Well done\ngo on",4,zoe@example.org,yes,no\n'
    )
    order = Order(
        date(2026, 1, 2),
        patient="Zoë",
        clinician="Dr. B",
        note="Well done\ngo on",
        side="left",
        paper="a4",
        edition="large-print",
        ink="grey",
        picks=(Pick("bridge", DoseChange(sets=3)), Pick("clamshell")),
        cleared=("bone-stress",),
        log_weeks=4,
    )
    assert row.job == Job(("hip-flexor-strain", "fai"), "runners-edge-physio", order)
    assert (row.number, row.id, row.email, row.consent_email, row.consent_plain) == (
        2,
        "7",
        "zoe@example.org",
        True,
        False,
    )
    assert row.versions == ("2026.11", "2026.11")
    assert "Zoë" not in repr(row)


def test_an_empty_cell_is_what_the_command_says(read):
    """where a cell is empty the command's option counts, and then the default."""
    wishes = Wishes(
        date(2026, 2, 3),
        "example-clinic",
        "Dr. C",
        paper="a4",
        edition="large-print",
        ink="black",
        log_weeks=2,
    )
    (row,) = read("conditions\nfai\n", wishes)
    assert row.job.order == Order(
        date(2026, 2, 3), clinician="Dr. C", paper="a4", edition="large-print", ink="black", log_weeks=2
    )
    (row,) = read("conditions,clinic\nfai,runners-edge-physio\n")
    assert row.job == Job(
        ("fai",), "runners-edge-physio", Order(date(2026, 11, 22), paper=row.job.order.paper)
    )
    assert row.job.order.paper == Library().clinic("runners-edge-physio").paper


GOOD = {"patient": "Ann Secret", "conditions": "trochanteric-bursitis", "note": "Secret words"}
REFUSED = [
    ({"conditions": ""}, "conditions", "it names no condition"),
    ({"conditions": " ; "}, "conditions", "it names no condition"),
    ({"conditions": "fai;secret-bursitus"}, "conditions", "condition 2 is none that there is"),
    ({"conditions": "hip-fracture;fai"}, "conditions", "a sheet that only refers"),
    ({"conditions": "hip-fracture", "exercises": "bridge"}, "exercises", "condition 1 only refers"),
    ({"exercises": "brigde"}, "exercises", "exercise 1 is none that there is. Did you mean bridge?"),
    ({"exercises": "bridge;bridge:sets=2"}, "exercises", "exercise 2 is chosen twice"),
    ({"exercises": "clamshell;bridge:sets=0"}, "exercises", "exercise 2: sets is not a whole number from 1"),
    ({"exercises": "bridge:secret=3"}, "exercises", "exercise 1: a dose has no part of this name"),
    ({"exercises": "bridge:sets=9"}, "exercises", "sets of exercise 1 is not what its sources say: 1 to 3"),
    ({"exercises": "bridge:per_day=7"}, "exercises", "exercise 1 can't have this dose. Sets go from 1"),
    (
        {"exercises": "clamshell;itb-standing-stretch"},
        "exercises",
        "exercise 2 must never be printed for condition 1",
    ),
    (
        {"conditions": "hip-flexor-strain", "exercises": "walk-run-programme"},
        "exercises",
        "exercise 1 waits until",
    ),
    ({"conditions": "gtps;fai", "exercises": "itb-standing-stretch"}, "exercises", "exercise 1 must never"),
    ({"clinic": "secret-clinic"}, "clinic", "the clinic is none that there is"),
    ({"date": "11/22/2026"}, "date", "this is not a day of the calendar. Write it as 2026-11-22"),
    ({"date": "1066-10-14"}, "date", "not a day from 1900 to 2200"),
    ({"side": "secret"}, "side", "it is none of left, right, both"),
    ({"language": "secret"}, "language", "there is no such language. There is: en"),
    ({"paper": "legal"}, "paper", "it is none of letter, a4"),
    ({"edition": "large"}, "edition", "it is none of standard, large-print"),
    ({"ink": "red"}, "ink", "it is none of colour, grey, black"),
    ({"cleared": "everything"}, "cleared", "it is none of bone-stress"),
    ({"cleared": "bone-stress"}, "cleared", "nobody signs for it: name the clinician"),
    ({"log_weeks": "13"}, "log_weeks", "this is not a whole number from 1 to 12"),
    ({"consent_email": "maybe"}, "consent_email", "it is neither yes nor no"),
    ({"id": "1,2E+10"}, "id", "a number that a spreadsheet has shortened"),
    ({"id": "1.23e+11"}, "id", "a number that a spreadsheet has shortened"),
    ({"id": "x" * 255}, "id", "longer than 254"),
    ({"id": "a\x07"}, "id", "control character"),
    ({"email": "a\nb@example.org"}, "email", "control character"),
    ({"patient": "Secret \U0001f600"}, "patient", "U+1F600 (GRINNING FACE)"),
    ({"patient": "Secret \u202e"}, "patient", "U+202E"),
    ({"patient": "Secret " * 40}, "patient", "more than 200 characters"),
    ({"clinician": "Secret \x1b"}, "clinician", "U+001B"),
    ({"note": "Secret \x00"}, "note", "null character"),
    ({"note": "Secret " * 3000}, "note", "more than 20000 characters"),
]


def line(cells: dict[str, str]) -> str:
    """Return a header and one row with these cells."""
    quoted = ['"' + words.replace('"', '""') + '"' for words in cells.values()]
    return ",".join(cells) + "\n" + ",".join(quoted) + "\n"


@pytest.mark.parametrize(("cells", "column", "told"), REFUSED)
def test_a_row_that_must_not_be_made(read, cells, column, told):
    """a row is refused with its column and a reason that holds none of its words."""
    (row,) = read(line(GOOD | cells))
    assert isinstance(row, Refused)
    assert (row.number, row.column) == (2, column)
    assert told in row.reason
    assert "secret" not in str(row).lower()


def test_the_good_row_is_made(read):
    """what the cases above change is a row that would be made."""
    (row,) = read(line(GOOD))
    assert isinstance(row, Row)


def test_a_signed_clearance(read):
    """what waits for a clearance is made where a clinician signs for it, in the row or for all."""
    cells = {"conditions": "hip-flexor-strain", "exercises": "walk-run-programme", "cleared": "bone-stress"}
    (row,) = read(line(GOOD | cells | {"clinician": "Dr. B"}))
    assert isinstance(row, Row)
    (row,) = read(line(GOOD | cells), replace(WISHES, clinician="Dr. C"))
    assert row.job.order.clinician == "Dr. C"
    (row,) = read(line(GOOD | cells), replace(WISHES, clinician="  "))
    assert isinstance(row, Refused)


def test_a_bad_row_stops_no_other(read):
    """rows beside a refused one are made, in order, with their own numbers."""
    rows = read("id,conditions\n1,fai\n2,none\n3,gtps\n1,fai\n4,fai\n4,gtps\n")
    assert [type(row) for row in rows] == [Row, Refused, Row, Repeated, Refused, Refused]
    assert [row.number for row in rows] == [2, 3, 4, 5, 6, 7]
    assert rows[3] == Repeated(5, 2)


def test_cells_without_a_column(read):
    """a cell beyond the header is refused; empty ones there, and cells left out, are what spreadsheets do."""
    rows = read("conditions,patient,note\nfai,Secret,a,b\nfai,Ann,,,\nfai\n")
    assert [type(row) for row in rows] == [Refused, Row, Row]
    assert "cell 4 has no column" in rows[0].reason


def test_a_review_that_is_past(read, own_samples):
    """a clinic's review that is past refuses the row, where a single handout would only warn."""
    library = Library(Places(own_samples / "overlay", own_samples / "bundled"))
    past = [
        (clinic, review.condition)
        for clinic in library.ids("clinic")
        for review in library.clinic(clinic).reviews
        if review.version == library.condition(review.condition).version
    ]
    assert past
    clinic, condition = past[0]
    wishes = Wishes(date(2199, 1, 1), clinic)
    (row,) = read(f"conditions\n{condition}\n", wishes, library)
    assert isinstance(row, Refused)
    assert "review of condition 1 is past" in row.reason


def test_unfinished_content(read, own_samples):
    """content that still says CHANGE ME refuses the rows that need it."""
    library = Library(Places(own_samples / "overlay", own_samples / "bundled"))
    condition, clinic = "outer-pain", library.ids("clinic")[0]
    file = Path(library.origin("condition", condition))
    assert file.is_relative_to(own_samples / "overlay")
    file.write_text(f"{file.read_text(encoding='utf-8')}\n# CHANGE ME\n", encoding="utf-8")
    (row,) = read(f"conditions\n{condition}\n", Wishes(date(2026, 11, 22), clinic), library)
    assert isinstance(row, Refused)
    assert row.reason == "the file of condition 1 has problems: run handouts check."


def test_no_clinic(read):
    """a row for no clinic is refused where the command names none either."""
    (row,) = read("conditions,clinic\nfai,\n", replace(Wishes(date(2026, 11, 22))))
    assert row.reason.startswith("no clinic is named")
