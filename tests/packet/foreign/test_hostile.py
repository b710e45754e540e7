"""Nothing that acts, hides or tells of anybody comes through, whatever it is wrapped in."""

from __future__ import annotations

import pikepdf
import pytest
from foreign_samples import HOSTILE, MARK, active, scan
from foreign_samples.tools import one_page, saved, script

from handouts.audit import audit
from handouts.packet.foreign.told import REMOVED
from handouts.packet.open_foreign import Foreign, Sent, open_all

_ACTING = {"active-content", "embedded-file", "form", "hidden-layer"}


@pytest.fixture(scope="module")
def answers():
    """Return what came of every hostile file, opened by one child."""
    files = [Sent(make().pdf, f"{name}.pdf") for name, make in HOSTILE.items()]
    return dict(zip(HOSTILE, open_all(files), strict=True))


def test_there_are_many_kinds():
    """at least the 25 kinds that were found in the wild are there, and the scan finds something in most."""
    assert len(HOSTILE) >= 25
    dirty = [name for name, make in HOSTILE.items() if scan(make().pdf)]
    assert len(dirty) >= len(HOSTILE) - 2, {*HOSTILE} - {*dirty}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_comes_out_clean(answers, name):
    """nothing of it runs, hides or tells of anybody, and what went is told."""
    answer = answers[name]
    assert isinstance(answer, Foreign), answer
    assert scan(answer.pdf) == []
    codes = {defect.code for defect in audit(answer.pdf)}
    assert not codes & _ACTING
    assert {REMOVED[code] for code in HOSTILE[name]().told} <= {*answer.removed}
    assert not any(MARK in sentence for sentence in answer.removed)
    assert MARK not in answer.title


def test_the_audit_knows_what_acts_when_it_sees_it():
    """of every file that acts, or fetches from outside, the audit of the file as it came says so."""
    named = [name for name, make in vars(active).items() if name in HOSTILE and callable(make)]
    assert len(named) > 20
    for name in (*named, "stream_outside_the_file", "forms_with_more_than_paint"):
        codes = {defect.code for defect in audit(HOSTILE[name]().pdf)}
        assert codes & (_ACTING | {"link-scheme"}), name


def test_a_planted_script_is_found():
    """the scan fails a file with one script in it, wherever it is."""
    assert scan(saved(one_page())) == []
    for where in ("OpenAction", "Odd"):
        pdf = one_page()
        pdf.Root[f"/{where}"] = script()
        assert any("JS" in one for one in scan(saved(pdf)))
    pdf = one_page(Odd=pikepdf.String(MARK))
    assert "the mark, in a string" in scan(saved(pdf))
