"""One tool joining files, as a process of its own: ``python merge_peer.py TOOL FOLDER COUNT PDF``.

``FOLDER/NUMBER.pdf`` are the files. The answer is one line of JSON: seconds, bytes, memory. What is timed is
the work of a process that has read its own code; a program from outside is timed from its start.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import serving

Job = Callable[[Sequence[Path], Path], None]


def _ours(*, judged: bool) -> Job:
    from handouts.audit import earned  # noqa: PLC0415 - no tool pays for another one's code
    from handouts.packet import Part, merge  # noqa: PLC0415

    known: frozenset[str] = frozenset(("ua1",))

    def join(files: Sequence[Path], pdf: Path) -> None:
        parts = []
        for file in files:
            data = file.read_bytes()
            parts.append(Part(data, file.name, earns=earned(data) if judged else known))
        pdf.write_bytes(merge(parts, title="All", day=date(2026, 11, 20)).pdf)

    return join


def _pypdf() -> Job:
    import pypdf  # noqa: PLC0415

    def join(files: Sequence[Path], pdf: Path) -> None:
        with pypdf.PdfWriter() as writer:
            for file in files:
                writer.append(file)
            writer.write(pdf)

    return join


def _pikepdf() -> Job:
    import warnings  # noqa: PLC0415

    import pikepdf  # noqa: PLC0415

    warnings.simplefilter("ignore")  # it says that links will break: the table shows it

    def join(files: Sequence[Path], pdf: Path) -> None:
        with pikepdf.new() as whole:
            for file in files:
                with pikepdf.open(file) as part:
                    whole.pages.extend(part.pages)
            whole.save(pdf)

    return join


def _pymupdf() -> Job:
    import pymupdf  # noqa: PLC0415

    def join(files: Sequence[Path], pdf: Path) -> None:
        with pymupdf.open() as whole:
            for file in files:
                with pymupdf.open(file) as part:
                    whole.insert_pdf(part)
            whole.save(pdf)

    return join


def _program(command: Callable[[list[str], str], list[str]]) -> Job:
    def join(files: Sequence[Path], pdf: Path) -> None:
        subprocess.run(command([str(file) for file in files], str(pdf)), check=True, capture_output=True)

    return join


PROGRAMS: dict[str, Callable[[list[str], str], list[str]]] = {
    "qpdf": lambda files, pdf: ["qpdf", "--empty", "--pages", *files, "--", pdf],
    "pdfunite": lambda files, pdf: ["pdfunite", *files, pdf],
    "mutool merge": lambda files, pdf: ["mutool", "merge", "-o", pdf, *files],
}
TOOLS: dict[str, Callable[[], Job]] = {
    "ours": lambda: _ours(judged=False),
    "ours, parts judged": lambda: _ours(judged=True),
    "pypdf append": _pypdf,
    "pikepdf extend": _pikepdf,
    "PyMuPDF insert_pdf": _pymupdf,
}


def main(tool: str, folder: str, count: str, pdf: str) -> None:
    """Join the first files of a folder, and say what it took."""
    files = [Path(folder) / f"{number}.pdf" for number in range(int(count))]
    if tool in PROGRAMS:
        job = _program(PROGRAMS[tool])
        began = time.perf_counter()
        job(files, Path(pdf))
        took = time.perf_counter() - began
        peak_mb = _children_mb()
    else:
        job = TOOLS[tool]()
        began = time.perf_counter()
        job(files, Path(pdf))
        took = time.perf_counter() - began
        peak_mb = serving.peak_mb()
    sys.stdout.write(json.dumps({"s": took, "bytes": Path(pdf).stat().st_size, "peak_mb": peak_mb}) + "\n")


def _children_mb() -> float:
    import resource  # noqa: PLC0415 - not on every system

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit / 1e6


if __name__ == "__main__":
    main(*sys.argv[1:])
