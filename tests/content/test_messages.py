"""Every kind of fault and what the program says about it, held against golden texts."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from handouts.content.check import check
from handouts.content.library import Library
from handouts.content.places import Places

CASES = sorted((Path(__file__).parents[1] / "golden" / "messages").glob("*.yaml"))


def faulty_file(root: Path, case: Path) -> Path:
    """Return where in the samples a case belongs, by the first word of its name."""
    kind, _, item = case.stem.partition("-")
    if case.stem.startswith("red-flags"):
        return root / "data" / "red-flags.yaml"
    if kind == "sources":
        return root / "data" / "sources.yaml"
    if kind == "words":
        return root / "data" / "words" / "en.yaml"
    return root / "data" / f"{kind}s" / f"{item}.yaml"


def messages(root: Path, case: Path) -> str:
    """Return all that the check says about one faulty file in the samples, a line for each problem."""
    file = faulty_file(root, case)
    shutil.copyfile(case, file)
    found = check(Library(Places(bundled=root)), [file])
    return "".join(f"{problem}\n" for problem in found).replace(f"{root}/data/", "")


@pytest.mark.parametrize("case", CASES, ids=[case.stem for case in CASES])
def test_messages(case, own_samples, golden):
    """all problems of a faulty file are told, with place, sentence and advice, as the golden text says."""
    golden(messages(own_samples / "bundled", case), case.with_suffix(".txt"))


def test_cases_were_found():
    """the cases are really there, and each has its golden text."""
    assert len(CASES) >= 20
    assert [case for case in CASES if not case.with_suffix(".txt").read_text(encoding="utf-8")] == []


def test_sound_samples_have_no_messages(own_samples):
    """the samples themselves have no problem, so that each message comes from the case."""
    found = check(Library(Places(bundled=own_samples / "bundled")))
    assert [problem for problem in found if not problem.warning] == []
