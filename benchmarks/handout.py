"""One tagged handout: ours beside Typst and WeasyPrint, warm, cold, in bytes and in memory.

``python benchmarks/handout.py`` prints a table and writes it to ``benchmarks/RESULTS.md``; with ``--quick``
it makes a few rounds only and writes nothing. These are figures, not tests: nothing fails for being slow.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import fontpkg_atkinson_hyperlegible
import fontpkg_noto_sans
import machine
import sameness
import subject
import typst_markup
import weasyprint_html
from report import Measured, publish, table
from rounds import HERE, Worker, cold, shuffled

RESULTS = HERE / "RESULTS.md"
FONT_PACKAGES = (fontpkg_atkinson_hyperlegible, fontpkg_noto_sans)
FONT_FILES = {
    "regular": "AtkinsonHyperlegible-Regular.ttf",
    "bold": "AtkinsonHyperlegible-Bold.ttf",
    "fallback": "NotoSans[wdth,wght].ttf",
}
WARM_UP = 3


@dataclass(frozen=True)
class Amount:
    """How many rounds, and how many handouts one process makes for the memory figures."""

    warm: int
    cold: int
    many: int


FULL, QUICK = Amount(warm=40, cold=12, many=50), Amount(warm=4, cold=2, many=5)


def write_sources(folder: Path, count: int, *, fresh: bool = False) -> None:
    """Write what the peers read: a Typst source and an HTML page for each number, logo, style sheet."""
    library = subject.open_library()
    whole, clinic = library.condition(subject.CONDITION), library.clinic(subject.CLINIC)
    if clinic.logo is None:
        raise ValueError("the clinic has no logo, and so the handout no alternative text")
    (folder / clinic.logo.file).write_bytes(clinic.logo.data)
    fonts = {
        name: next(found for folder in font_folders() if (found := folder / file).exists()).as_uri()
        for name, file in FONT_FILES.items()
    }
    (folder / "sheet.css").write_text(weasyprint_html.sheet(clinic, fonts), "utf-8")
    for number in range(count):
        document = subject.document(library, whole, clinic, number, fresh=fresh)
        source = typst_markup.source(document, clinic, clinic.logo.file)
        (folder / f"{number}.typ").write_text(source, "utf-8")
        page = weasyprint_html.page(document, clinic.logo.file)
        (folder / f"{number}.html").write_text(page, "utf-8")


def font_folders() -> tuple[Path, ...]:
    """Return the folders of the fonts that all three set."""
    return tuple(Path(str(package.__file__)).parent / "files" for package in FONT_PACKAGES)


def measure(folder: Path, amount: Amount) -> Measured:
    """Return all figures; ``folder`` is for sources and outputs."""
    environment = os.environ | {
        "PEER_FONTS": os.pathsep.join(map(str, font_folders())),
        # The checkout's own package, also where nothing is installed.
        "PYTHONPATH": os.pathsep.join([os.environ.get("PYTHONPATH", ""), str(HERE.parent)]).strip(os.pathsep),
    }
    variants = {
        "ours": ("ours.py", "make"),
        "ours, fresh texts": ("ours.py", "make-fresh"),
        "ours, audited": ("ours.py", "make-audited"),
        "the audit alone": ("ours.py", "audit"),
        "Typst": ("typst_peer.py", str(folder)),
        "Typst, fresh texts": ("typst_peer.py", str(folder / "fresh")),
        "WeasyPrint": ("weasyprint_peer.py", str(folder)),
    }
    write_sources(folder, WARM_UP + max(amount.warm, amount.many))
    (folder / "fresh").mkdir()
    write_sources(folder / "fresh", WARM_UP + amount.warm, fresh=True)
    workers = {name: Worker(*call, environment=environment) for name, call in variants.items()}
    try:
        shuffled(workers, WARM_UP, first=0)
        warm = shuffled(workers, amount.warm, first=WARM_UP)
        outputs = look_at_outputs(workers, folder)
    finally:
        for worker in workers.values():
            worker.close()

    memory = {}
    for name in ("ours, audited", "Typst", "WeasyPrint"):
        worker = Worker(*variants[name], environment=environment)
        try:
            runs = shuffled({name: worker}, amount.many, first=WARM_UP)[name]
        finally:
            worker.close()
        memory[name] = (runs[0].peak_mb, runs[-1].peak_mb)

    fresh = cold(cold_commands(folder), amount.cold, environment)
    return Measured(warm, outputs, memory, fresh, WARM_UP, amount.many)


def look_at_outputs(workers: dict[str, Worker], folder: Path) -> dict[str, sameness.Output]:
    """Return what ours and the peers made of one number; raises ValueError where they cannot be compared."""
    library = subject.open_library()
    whole, clinic = library.condition(subject.CONDITION), library.clinic(subject.CLINIC)
    document = subject.document(library, whole, clinic, WARM_UP)
    outputs = {}
    for name in ("ours", "Typst", "WeasyPrint"):
        path = folder / f"{name}.pdf"
        workers[name].make(WARM_UP, path)
        outputs[name] = sameness.look_at(path, document)
    sameness.compare(outputs)
    return outputs


def cold_commands(folder: Path) -> dict[str, list[str]]:
    """Return what is started as fresh processes: the same handout, and commands that need no typesetter."""
    ours = [sys.executable, "-m", "handouts"]
    picks = [part for exercise in subject.PICKS for part in ("--exercise", exercise)]
    make = ["make", subject.CONDITION, "--library", str(subject.OVERLAY), "--clinic", subject.CLINIC, *picks]
    make += ["--patient", subject.patient(0), "--date", subject.DAY.isoformat()]
    make += ["-o", str(folder / "cold.pdf")]
    peers = {
        name: [sys.executable, str(HERE / script), str(folder / source), str(folder / "peer.pdf")]
        for name, script, source in (
            ("Typst", "typst_peer.py", "0.typ"),
            ("WeasyPrint", "weasyprint_peer.py", "0.html"),
        )
    }
    return {
        "handouts make": [*ours, *make],
        **peers,
        "handouts list conditions": [*ours, "list", "conditions"],
        "handouts --version": [*ours, "--version"],
        "python -c pass": [sys.executable, "-c", "pass"],
    }


def main() -> None:
    """Measure, print, and write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a few rounds, and nothing is written")
    quick = parser.parse_args().quick
    load = machine.Load()
    with tempfile.TemporaryDirectory() as folder:
        measured = measure(Path(folder), QUICK if quick else FULL)
    parts = [
        f"{machine.describe('reportlab', 'jinja2', 'pikepdf', 'typst', 'weasyprint')}\n- {load.describe()}",
        table(measured),
    ]
    results = None if quick else RESULTS
    print(publish("One handout, side by side", "benchmarks/handout.py", parts, results))


if __name__ == "__main__":
    main()
