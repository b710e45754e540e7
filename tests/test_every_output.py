"""Every kind of output before four validators: our own audit, qpdf, page-validation and veraPDF."""

from __future__ import annotations

import itertools
import subprocess
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import page
import pikepdf
import pytest

from handouts.content.library import Library
from handouts.content.places import Places
from handouts.merging import Insertion, Source, merge_files
from handouts.order import EDITIONS, INKS, PAPERS, Order
from handouts.pipeline import make_handout, make_packet
from handouts.press import Job, Press

pytestmark = pytest.mark.ci

VERAPDF = Path(__file__).parent / "verapdf"
STANDARDS = {"ua1": page.ValidationProfile.PDF_UA_1, "2a": page.ValidationProfile.PDF_A_2A}


BOUND = 6
"""A packet with inserts, joined files, and a sheet and a packet of a batch, each for two persons."""


@dataclass(frozen=True)
class Verdict:
    """What veraPDF says of one file and one standard."""

    file: str
    standard: str
    verdict: str
    broken: str


@pytest.fixture(scope="module")
def outputs(tmp_path_factory) -> list[Path]:
    """Return a file for each condition (and packet), clinic, paper, edition and ink.

    ``make_handout`` refuses a file that our own audit finds a defect in, so that it is run here too.
    """
    folder = tmp_path_factory.mktemp("outputs")
    library = Library(Places())
    files = []
    looks = itertools.product(library.ids("clinic"), PAPERS, EDITIONS, INKS)
    for clinic, paper, edition, ink in looks:
        order = Order(date=date(2026, 11, 22), patient="Zoë Ångström", paper=paper, edition=edition, ink=ink)
        for condition in library.ids("condition"):
            made = make_handout(library, condition, clinic, order)
            files.append(folder / f"{condition}_{clinic}_{paper}_{edition}_{ink}.pdf")
            files[-1].write_bytes(made.pdf)
        for name in library.ids("packet"):
            packet = library.packet(name)
            made = make_packet(library, packet.title, tuple(packet.conditions), clinic, order)
            files.append(folder / f"packet-{name}_{clinic}_{paper}_{edition}_{ink}.pdf")
            files[-1].write_bytes(made.pdf)
    return files + bound(folder, library)


def bound(folder: Path, library: Library) -> list[Path]:
    """Return what is bound or filled in: inserts, two-sided packets, joined files, slots of a batch."""
    order = Order(date=date(2026, 11, 22), patient="Zoë Ångström")
    first, second = ("trochanteric-bursitis", "hip-flexor-strain")
    clinic = "example-clinic"
    sheets = [make_handout(library, item, clinic, order).pdf for item in (first, second)]
    inserts = [Insertion(Source(sheets[1], "form.pdf"), after) for after in (first, "cover", "")]
    packet = make_packet(library, "Packet", (first,), clinic, order, inserts=inserts, duplex=True)
    sources = [Source(pdf, f"{number}.pdf") for number, pdf in enumerate((*sheets, packet.pdf))]
    joined = merge_files(sources, title="Joined", day=order.date)
    assert joined.claims == {"ua1", "a2a"}
    press = Press(library)
    jobs = [Job((first, second)[:count], clinic, order) for count in (1, 2)]
    others = [replace(job, order=replace(order, patient="Ana Núñez", note="Go on.")) for job in jobs]
    pdfs = [packet.pdf, joined.pdf, *(press.make(job).pdf for job in (*jobs, *others))]
    paths = [folder / f"packet-bound-{number}.pdf" for number in range(len(pdfs))]
    for path, pdf in zip(paths, pdfs, strict=True):
        path.write_bytes(pdf)
    return paths


def verapdf(files: list[Path]) -> list[Verdict]:
    """Return two verdicts for each file, all from one run of the validator."""
    program = ["java", "-cp", str(VERAPDF / "target" / "dependency" / "*"), str(VERAPDF / "Validate.java")]
    run = subprocess.run(
        program, input="\n".join(map(str, files)), capture_output=True, text=True, check=True, timeout=1800
    )
    return [Verdict(*line.split("\t")) for line in run.stdout.splitlines()]


def test_all_kinds_are_there(outputs):
    """the list of outputs is as long as the product of its kinds."""
    library = Library(Places())
    sheets = len(library.ids("condition")) + len(library.ids("packet"))
    clinics = len(library.ids("clinic"))
    assert sheets >= 5
    assert clinics >= 4
    assert len(outputs) == sheets * clinics * len(PAPERS) * len(EDITIONS) * len(INKS) + BOUND


def test_handouts_are_small(outputs):
    """a handout, without a packet round it, has less than 150 kB."""
    sizes = {path.name: path.stat().st_size for path in outputs if not path.name.startswith("packet-")}
    assert {name: size for name, size in sizes.items() if size >= 150_000} == {}


def test_qpdf_finds_nothing(outputs):
    """qpdf finds no fault in the syntax of any output."""
    faults = {}
    for path in outputs:
        run = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
        if run.returncode:
            faults[path.name] = run.stdout + run.stderr
    assert faults == {}


@pytest.mark.parametrize("standard", STANDARDS)
def test_page_validation_finds_nothing(outputs, standard):
    """page-validation finds no broken rule of either standard in any output."""
    broken = {}
    for path in outputs:
        report = page.validate_pdf(path, profile=STANDARDS[standard])
        if report.failures:
            broken[path.name] = [f"{failure.rule_id}: {failure.message}" for failure in report.failures]
    assert broken == {}


def test_verapdf_finds_nothing(outputs, capsys):
    """veraPDF finds no broken rule of either standard in any output, and gave a verdict on each."""
    verdicts = verapdf(outputs)
    bad = [verdict for verdict in verdicts if verdict.verdict != "pass"]
    with capsys.disabled():
        print(f"\nveraPDF: {len(outputs)} files, {len(verdicts)} verdicts, {len(bad)} failures")  # noqa: T201
    assert {(verdict.file, verdict.standard) for verdict in verdicts} == {
        (str(path), standard) for path in outputs for standard in STANDARDS
    }
    assert bad == []


def test_verapdf_sees_a_fault(outputs, tmp_path):
    """veraPDF fails a good file that no longer says it is tagged, so that a pass means something."""
    damaged = tmp_path / "damaged.pdf"
    with pikepdf.open(outputs[0]) as pdf:
        del pdf.Root.MarkInfo
        pdf.save(damaged)
    assert [verdict.verdict for verdict in verapdf([damaged])] == ["fail", "fail"]
