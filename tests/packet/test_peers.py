"""Our handouts merged with files that other programs made: all is kept, and only what is true is claimed."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import page
import pytest

from handouts.audit import earned
from handouts.content.library import Library
from handouts.content.places import Places
from handouts.order import Order
from handouts.packet import Merged, Part, merge
from handouts.pipeline import make_handout

from ..test_every_output import STANDARDS, verapdf
from . import checks, peers

pytestmark = pytest.mark.ci

CLAIMS = {"ua1": "ua1", "2a": "a2a"}
ARCHIVE = ["ua-1", "a-2a"]


@dataclass(frozen=True)
class Case:
    """One merged file, and the files that it is made of."""

    inputs: dict[str, bytes]
    merged: Merged

    @property
    def files(self) -> list[bytes]:
        """The files, in their order."""
        return list(self.inputs.values())


def _made(inputs: dict[str, bytes]) -> Case:
    parts = [Part(data, name, earns=earned(data)) for name, data in inputs.items()]
    return Case(inputs, merge(parts, title="A packet", author="Example Clinic", day=date(2026, 11, 22)))


@pytest.fixture(scope="module")
def cases() -> dict[str, Case]:
    """Return merged files: of good parts only, of parts for the archive, of parts that fail, of one part."""
    library, order = Library(Places()), Order(date=date(2026, 11, 22))
    ours = {
        condition.replace("-", " "): make_handout(library, condition, "example-clinic", order).pdf
        for condition in ("trochanteric-bursitis", "femoral-neck-stress-fracture")
    }
    typst = {f"typst-{language}": peers.typst(language) for language in peers.LANGUAGES}
    archive = {f"archive-{language}": peers.typst(language, ARCHIVE) for language in ("en", "ar")}
    weasyprint = {f"weasyprint-{language}": peers.weasyprint(language) for language in peers.LANGUAGES}
    chromium = {f"chromium-{language}": peers.chromium(language) for language in ("en", "fr", "ar")}
    return {
        "ours": _made(ours),
        "good": _made(ours | typst | weasyprint),
        "for the archive": _made(archive),
        "ours for the archive": _made(ours | archive),
        "with some that fail": _made(chromium | ours | typst | weasyprint),
        "thrice the same": _made({f"copy {number}": typst["typst-es"] for number in range(3)}),
    }


NAMES = (
    "ours",
    "good",
    "for the archive",
    "ours for the archive",
    "with some that fail",
    "thrice the same",
)


def test_all_cases_are_there(cases):
    """each case is merged, and the files in it are worth comparing."""
    assert tuple(cases) == NAMES
    for case in cases.values():
        assert all(len(checks.said(data)) >= 8 for data in case.files)
    foreign = [data for name, data in cases["with some that fail"].inputs.items() if "-" in name]
    assert all(checks.links(data, [checks.page_count(data)]).right == 1 for data in foreign)
    collisions = checks.links(cases["good"].merged.pdf, [1] * cases["good"].merged.pages)
    assert collisions.wrong > 0  # read as one part a page, links do lead to other pages


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_lost(cases, name):
    """what is said, what is tied, where links lead and how pages look is as in the inputs."""
    case = cases[name]
    assert checks.everything(case.merged.pdf, case.files) == {}
    wanted = [checks.said_by_poppler(data) for data in case.files]
    assert checks.differences(checks.said_by_poppler(case.merged.pdf), wanted) == []


@pytest.mark.parametrize("name", NAMES)
def test_qpdf_finds_nothing(cases, name, tmp_path):
    """the syntax of a merged file has no fault."""
    path = tmp_path / "merged.pdf"
    path.write_bytes(cases[name].merged.pdf)
    run = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("standard", STANDARDS)
@pytest.mark.parametrize("name", NAMES)
def test_page_validation_passes_where_every_input_does(cases, name, standard):
    """a merged file is claimed to keep a standard if all its parts do, and then does."""
    case = cases[name]
    claimed = CLAIMS[standard] in case.merged.claims
    good = all(_keeps(data, standard) for data in case.files)
    assert claimed == good
    assert _keeps(case.merged.pdf, standard) == good


def _keeps(data: bytes, standard: str) -> bool:
    return not page.validate_pdf_bytes(data, profile=STANDARDS[standard]).failures


def test_verapdf_passes_where_every_input_does(cases, tmp_path):
    """veraPDF says the same of all merged files and of all their parts, in one run."""
    paths: dict[bytes, Path] = {}
    for case in cases.values():
        for data in (case.merged.pdf, *case.files):
            path = paths.setdefault(data, tmp_path / f"{len(paths)}.pdf")
            path.write_bytes(data)
    passed = {
        (verdict.file, verdict.standard): verdict.verdict == "pass"
        for verdict in verapdf(list(paths.values()))
    }
    assert len(passed) == 2 * len(paths)
    told = []
    for name, case in cases.items():
        for standard, claim in CLAIMS.items():
            good = all(passed[str(paths[data]), standard] for data in case.files)
            is_ = claim in case.merged.claims, passed[str(paths[case.merged.pdf]), standard]
            told += [] if is_ == (good, good) else [(name, standard, is_, good)]
    assert told == []
