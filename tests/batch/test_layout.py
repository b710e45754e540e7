"""What the files of a row are called, and tasks on their way between processes."""

from __future__ import annotations

import pickle
from datetime import date

import pytest

from handouts.batch.layout import OpenEmr, Task, flat, pack, unpack
from handouts.batch.row import CellError, Row
from handouts.content.library import Library
from handouts.order import DoseChange, Order, Pick
from handouts.press import Job

ORDER = Order(date(2026, 11, 22))


def row(*conditions: str, number: int = 123, **wishes) -> Row:
    """Return a row."""
    order = Order(ORDER.date, **wishes)
    return Row(number, "MRN", Job(conditions, "example-clinic", order), ("2026.11",))


def test_a_file_is_called_after_its_row():
    """the name counts the row, and goes on where six digits end."""
    assert [task.file for task in flat(row("fai"))] == ["row-000123.pdf"]
    assert flat(row("fai", number=1_234_567))[0].file == "row-1234567.pdf"


def test_a_task_arrives_as_it_was():
    """nothing of a task is lost on the way to a worker."""
    wishes = Order(
        ORDER.date,
        patient="Zoë",
        side="left",
        picks=(Pick("bridge", DoseChange(sets=2)),),
        cleared=("bone-stress",),
        log_weeks=3,
    )
    task = Task(7, "row-000007.pdf", Job(("fai", "gtps"), "example-clinic", wishes), ("2026.11", "2026.10"))
    assert unpack(pickle.loads(pickle.dumps(pack(task)))) == task  # noqa: S301 - our own


@pytest.mark.parametrize(
    ("wishes", "column"),
    [({"patient": "Zoë"}, "patient"), ({"note": "x"}, "note"), ({"language": "de"}, "language")],
)
def test_openemr_refuses_what_is_one_patients(wishes, column):
    """a file that any patient may be given is for none, and in a language that OpenEMR asks for."""
    with pytest.raises(CellError) as error:
        OpenEmr(Library())(row("fai", **wishes))
    assert error.value.column == column


def test_openemr_wants_one_condition():
    """a packet has no code of its own."""
    with pytest.raises(CellError, match="a file for each condition"):
        OpenEmr(Library())(row("fai", "gtps"))


def test_openemr_gives_each_code_its_side():
    """a code that names a side prints that side, and a row of one side makes no file of the other."""
    layout = OpenEmr(Library())
    made = {task.file: task.job.order.side for task in layout(row("trochanteric-bursitis"))}
    assert made == {
        "icd10_m70.61_en.pdf": "right",
        "icd10_m70.62_en.pdf": "left",
        "icd10_m70.60_en.pdf": "",
    }
    left = OpenEmr(Library())(row("trochanteric-bursitis", side="left"))
    assert [(task.file, task.job.order.side) for task in left] == [
        ("icd10_m70.62_en.pdf", "left"),
        ("icd10_m70.60_en.pdf", "left"),
    ]
    with pytest.raises(CellError, match="an earlier row"):
        layout(row("gtps"))
