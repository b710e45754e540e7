"""A batch, side by side with its peers: one selection for many patients, and another one for each.

``python benchmarks/batch.py`` prints a table and writes it to ``benchmarks/BATCH.md``; with ``--quick`` it
makes a few rounds only and writes nothing. These are figures, not tests: nothing fails for being slow.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import machine
import serving
import subject
from handout import WARM_UP, worker_environment, write_documents
from report import as_table
from rounds import HERE, Run, Spread, Worker, ratios, shuffled

from handouts import compose, markup
from handouts.document import Document
from handouts.order import Order

RESULTS = HERE / "BATCH.md"
ROUNDS, QUICK_ROUNDS = 20, 4
GOALS = (
    ("same selection: Typst ÷ ours", "same, Typst", "same, ours", 80.0),
    ("same selection: WeasyPrint ÷ ours", "same, WeasyPrint", "same, ours", 600.0),
    ("same selection: ours ÷ writing the same bytes", "same, ours", "same, bytes only", 1.5),
    ("other selections: Typst ÷ ours", "different, Typst", "different, ours", 20.0),
    ("other selections: WeasyPrint ÷ ours", "different, WeasyPrint", "different, ours", 150.0),
)

METHOD = """The sheet is that of `handout.py`. *Same* is one selection of exercises, each file for another
patient; *different* is another selection or dose in each file (for the peers: another finished source text;
ours composes it from the content). Every file is written under another name and renamed, not synced. Of our
quick files one repetition makes 200, and the mean counts. *Bytes only* writes our files again without
making them. *Same, ours* reads the slots of each file back, and makes every 2,000th in full as well;
*audited* reads the whole file back, which the program does once for each selection. One process for each
variant, rounds in shuffled order, {rounds} rounds after {warm_up}; medians with quartiles; ratios are taken
within each round."""


def document(order: Order) -> Document:
    """Return the blocks of an order's sheet."""
    library = subject.open_library()
    written = compose.handout(
        library, library.condition(subject.CONDITION), library.clinic(subject.CLINIC), order
    )
    return compose.finished(written, markup.parse(written.text, written.template))


def measure(folder: Path, rounds: int) -> dict[str, list[Run]]:
    """Return the runs of each variant; ``folder`` is for sources and outputs."""
    library = subject.open_library()
    clinic, choice = library.clinic(subject.CLINIC), subject.choice(library)
    numbers = range(WARM_UP + rounds)
    (folder / "out").mkdir()
    orders = {
        "same": [replace(subject.order(0), patient=subject.patient(number)) for number in numbers],
        "different": [subject.selection(number, choice) for number in numbers],
    }
    variants = {
        "same, ours": ("batch_ours.py", "same"),
        "same, bytes only": ("batch_ours.py", "raw"),
        "different, ours": ("batch_ours.py", "different"),
        "different, ours, audited": ("batch_ours.py", "audited"),
    }
    for name, wanted in orders.items():
        (folder / name).mkdir()
        write_documents(folder / name, clinic, map(document, wanted))
        variants[f"{name}, Typst"] = ("typst_peer.py", str(folder / name))
        variants[f"{name}, WeasyPrint"] = ("weasyprint_peer.py", str(folder / name))
    environment = worker_environment() | {serving.FOLDER: str(folder / "out")}
    workers = {name: Worker(*call, environment=environment) for name, call in variants.items()}
    try:
        shuffled(workers, WARM_UP, first=0)
        return shuffled(workers, rounds, first=WARM_UP)
    finally:
        for worker in workers.values():
            worker.close()


def table(runs: Mapping[str, Sequence[Run]]) -> str:
    """Return the goals first, then every figure."""
    times = {name: [run.ms for run in each] for name, each in runs.items()}
    goals = []
    for what, one, other, goal in GOALS:
        ratio = ratios(times[one], times[other])
        most = goal < 10
        met = ratio.median <= goal if most else ratio.median >= goal
        said = f"{'≤' if most else '≥'} {goal:g}"
        goals.append((what, ratio.show(2 if most else 0), said, "yes" if met else "**no**"))
    rows = [
        (
            name,
            Spread.of(times[name]).show(3),
            Spread.of([run.cpu_ms for run in each]).show(3),
            f"{each[-1].bytes / 1e3:.1f}",
            f"{1e3 / Spread.of(times[name]).median:.0f}",
        )
        for name, each in runs.items()
    ]
    heads = ("", "ms a file", "CPU ms a file", "kB", "files a second")
    return f"""## Goals

{as_table(("", "measured", "goal", "met"), goals)}

## Figures

{as_table(heads, rows)}
"""


def main() -> None:
    """Measure, print, and write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a few rounds, and nothing is written")
    quick = parser.parse_args().quick
    rounds = QUICK_ROUNDS if quick else ROUNDS
    load = machine.Load()
    with tempfile.TemporaryDirectory() as folder:
        runs = measure(Path(folder), rounds)
    whole = f"""# A batch, side by side

Written by `python benchmarks/batch.py` (`make bench`) on {datetime.now(UTC):%d %B %Y}.

{machine.describe()}
- {load.describe()}

{METHOD.format(rounds=rounds, warm_up=WARM_UP)}

{table(runs)}"""
    print(whole)
    if not quick:
        RESULTS.write_text(whole, "utf-8")


if __name__ == "__main__":
    main()
