"""The figures as Markdown, each beside its goal."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rounds import Run, Spread, ratios
from sameness import Output

PEERS = ("Typst", "WeasyPrint")

SUBJECT = """## What is made

The bundled hip bursitis sheet for the example clinic, with its logo, on US letter paper: two exercises, the
log to tick, all sources; no way back to running, no questions (`benchmarks/library`). Each repetition
prints another patient's name and another word in the first paragraph, so that no cache answers for the
whole; what stays the same may be cached, and Typst remembers the layout of it. *Fresh texts* have a new
word in nearly every paragraph, item and cell, so that hardly anything comes back. The peers get the same
texts from the same blocks, written as Typst functions (`typst_markup.py`) and as HTML with a style sheet
(`weasyprint_html.py`): headings, lists, tables with head cells, links, the alternative text, the same two
fonts, similar boxes and sizes. Ours claims PDF/UA-1 and PDF/A-2a, the peers PDF/UA-1. Typst has no row head
cells, and its exercise cards are mirrored."""

METHOD = """## How

One process for each variant stays for the whole run; rounds in shuffled order; {rounds} rounds after
{warm_up} that are not counted. Figures are medians with quartiles in brackets; a ratio is taken within each
round, and the median of the ratios is shown. Absolute times move with the machine: trust the ratios. *Ours*
is everything from the condition to the bytes: template, markup, page make-up, file. *The peers* start from
finished source text, which favours them. A cold time is a whole fresh process, {cold} rounds; ours includes
reading all content, the audit and an `fsync`. Memory is the high water mark of a process that does nothing
else, with the audit on our side."""


@dataclass(frozen=True)
class Measured:
    """All figures of one run; each mapping's keys name the variants, lists go by round."""

    warm: Mapping[str, Sequence[Run]]
    outputs: Mapping[str, Output]
    memory: Mapping[str, tuple[float, float]]
    cold: Mapping[str, Sequence[float]]
    warm_up: int
    many: int


def publish(title: str, script: str, parts: Sequence[str], results: Path | None) -> str:
    """Return the report of one benchmark, and put it into the results in place of its last one."""
    written = f"Written by `python {script}` (`make bench`) on {datetime.now(UTC):%d %B %Y}."
    whole = "\n\n".join([f"# {title}", written, *parts]).strip() + "\n"
    if results is not None:
        others = re.split(r"^(?=# )", results.read_text("utf-8"), flags=re.MULTILINE)
        kept = [one.strip() + "\n" for one in others if one.strip() and not one.startswith(f"# {title}\n")]
        results.write_text("\n".join([*kept, whole]), "utf-8")
    return whole


def table(measured: Measured) -> str:
    """Return the goals first, then every figure."""
    rounds = len(measured.warm["ours"])
    method = METHOD.format(rounds=rounds, warm_up=measured.warm_up, cold=len(measured.cold["Typst"]))
    parts = [
        _goals(measured),
        SUBJECT,
        _outputs(measured),
        method,
        _warm(measured),
        _cold(measured),
        _memory(measured),
    ]
    return "\n\n".join(parts) + "\n"


def as_table(heads: Sequence[str], body: Sequence[Sequence[str]]) -> str:
    """Return a table; all columns but the first are set to the right."""
    lines = [heads, ["---"] + ["---:"] * (len(heads) - 1), *body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _ms(measured: Measured, name: str) -> list[float]:
    return [run.ms for run in measured.warm[name]]


def _goals(measured: Measured) -> str:
    audit = Spread.of(_ms(measured, "the audit alone"))
    size = measured.outputs["ours"].bytes / 1e3
    one, many = measured.memory["ours, audited"]
    make = measured.cold["handouts make"]
    warm = {peer: ratios(_ms(measured, "ours"), _ms(measured, peer)) for peer in PEERS}
    fresh = ratios(_ms(measured, "ours, fresh texts"), _ms(measured, "Typst, fresh texts"))
    cold = ratios(make, measured.cold["WeasyPrint"])
    goals = [
        ("warm, without audit ÷ Typst", warm["Typst"].show(2), warm["Typst"].median, 1.0, ""),
        ("the same, fresh texts ÷ Typst", fresh.show(2), fresh.median, 1.0, ""),
        ("warm, without audit ÷ WeasyPrint", warm["WeasyPrint"].show(3), warm["WeasyPrint"].median, 0.1, ""),
        ("the audit alone", audit.show(1, "ms"), audit.median, 20, "ms"),
        ("cold `handouts make` ÷ WeasyPrint cold", cold.show(2), cold.median, 0.5, ""),
        ("a handout", f"{size:.0f} kB", size, 150, "kB"),
        ("memory, one handout", f"{one:.0f} MB", one, 120, "MB"),
        (f"memory, {measured.many} handouts", f"{many:.0f} MB", many, 120, "MB"),
    ]
    rows = [
        (name, shown, f"≤ {goal:g} {unit}".strip(), "yes" if value <= goal else "**no**")
        for name, shown, value, goal, unit in goals
    ]
    return "## Goals\n\n" + as_table(("", "measured", "goal", "met"), rows)


def _outputs(measured: Measured) -> str:
    rows = [
        (name, str(one.pages), f"{one.bytes / 1e3:.1f}", str(one.elements), f"{one.words:.1%}")
        for name, one in measured.outputs.items()
    ]
    return as_table(("", "pages", "kB", "structure elements", "of the words found on the pages"), rows)


def _warm(measured: Measured) -> str:
    rows = []
    for name, runs in measured.warm.items():
        times = _ms(measured, name)
        against = [ratios(times, _ms(measured, peer)).show(2) if name != peer else "1" for peer in PEERS]
        cpu = Spread.of([run.cpu_ms for run in runs])
        rows.append((name, Spread.of(times).show(1), cpu.show(1), *against))
    return "## Warm\n\n" + as_table(("", "ms", "CPU ms", "÷ Typst", "÷ WeasyPrint"), rows)


def _cold(measured: Measured) -> str:
    whole = measured.cold["WeasyPrint"]
    rows = [
        (f"`{name}`" if " " in name else name, Spread.of(times).show(0), ratios(times, whole).show(2))
        for name, times in measured.cold.items()
    ]
    return "## Cold\n\n" + as_table(("", "ms", "÷ WeasyPrint"), rows)


def _memory(measured: Measured) -> str:
    rows = [(name, f"{one:.0f}", f"{many:.0f}") for name, (one, many) in measured.memory.items()]
    return "## Memory\n\n" + as_table(("", "MB after 1 handout", f"MB after {measured.many}"), rows)
