"""Tagged handouts joined into one file: ours beside the tools that everybody has.

``python benchmarks/merge.py`` prints a table and writes it to ``benchmarks/RESULTS.md``; with ``--quick`` it
joins few files and writes nothing. These are figures, not tests: nothing fails for being slow.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import random
import runpy
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import cycle
from pathlib import Path

import machine
import pikepdf
import subject
import typst_markup
import typst_peer
import weasyprint_html
import weasyprint_peer
from handout import RESULTS, font_folders, write_sources
from merge_peer import PROGRAMS, TOOLS
from report import as_table, publish
from rounds import HERE, Spread, ratios

from handouts import typeset
from handouts.document import Document, Heading, Paragraph, Run
from handouts.drawings import draw_figures

BASE = "pypdf append"
OURS, JUDGED = "ours", "ours, parts judged"
MAKERS = ("ours", "Typst", "ours", "Typst", "WeasyPrint")
"""Who sets the files in turn."""
PAGES = 3
LEAST_BLOCKS = 5
"""So many hold the title, which the link leads to."""
START = "start"
BACK = "Back to the start"
TYPST = f"#metadata(none) <{START}>\n{{}}\n#link(<{START}>)[{BACK}]\n"
HTML = f'<p><a href="#{START}" title="{BACK}">{BACK}</a></p>'
PACKET, PACKET_ROUNDS = 10, 7
CHECKS = runpy.run_path(str(HERE.parent / "tests" / "packet" / "checks.py"))

METHOD = """## What is joined, and how

The first three pages of the hip bursitis sheet, two in five set by us, two by Typst, one by WeasyPrint, each
with a word of its own in nearly every piece of text: all tagged, each with a link to its own start, which has
the same name in all. Each tool joins the same files in
a fresh process of its own, in shuffled order ({turns}); a ratio is taken within each round, and the
median of the ratios is shown, with quartiles in brackets. What a library needs to be imported is not
counted; a program from outside is timed from its start. *Parts judged* finds for each part, before joining,
which standards it keeps; without that our tool is told. Links inside a file are counted in the joined file:
those that lead into their own handout, into another patient's, to nowhere; annotations that are gone are in
the last figure. *Tags* are the entries of the parent tree that lead to the element that holds them."""


@dataclass(frozen=True)
class Joined:
    """What one tool made of so many files: its runs, and what is left of tags and links."""

    seconds: list[float]
    bytes: int
    peak_mb: float
    tags: str
    links: str


@dataclass(frozen=True)
class Inputs:
    """How many pages each file has, links inside itself, and marks that its own tree does not reach."""

    pages: list[int]
    links: list[int]
    loose: list[int]


def write_inputs(folder: Path, count: int) -> Inputs:
    """Write ``0.pdf`` … of three pages each, each with a link by the same name to its own start."""
    os.environ["PEER_FONTS"] = os.pathsep.join(map(str, font_folders()))
    write_sources(folder, 1)
    library = subject.open_library()
    whole, clinic = library.condition(subject.CONDITION), library.clinic(subject.CLINIC)
    words = library.words("en").words
    foot = typeset.FootWords(page=words["page_foot"], packet=words["packet_foot"])
    typst, weasyprint = typst_peer.compiler(folder), weasyprint_peer.Press(folder)
    logo = "" if clinic.logo is None else clinic.logo.file

    def ours(document: Document) -> bytes:
        order = subject.order(0)
        metadata = typeset.Metadata(
            title=document.title, author=clinic.name, language=order.language, day=order.date
        )
        drawings = draw_figures(document, library, clinic, order)
        return typeset.write([typeset.make_up(document, clinic, order, drawings)], metadata, foot)

    def made(maker: str, document: Document) -> bytes:
        match maker:
            case "ours":
                return ours(linked(document))
            case "Typst":
                source = TYPST.format(typst_markup.source(document, clinic, logo))
                return typst_peer.render(typst, source.encode())
        page = weasyprint_html.page(document, logo).replace("<h1", f'<h1 id="{START}"', 1)
        return weasyprint.render(page.replace("</body>", HTML + "</body>", 1))

    @cache
    def blocks(maker: str) -> int:
        """Return how many blocks of the sheet fill the pages."""
        document = subject.document(library, whole, clinic, 0, fresh=True)
        for many in range(LEAST_BLOCKS, len(document.blocks)):
            part = replace(document, blocks=document.blocks[:many])
            if CHECKS["page_count"](made(maker, part)) == PAGES:
                return many
        raise ValueError(f"no part of the sheet, set by {maker}, has {PAGES} pages")

    lengths: list[int] = []
    links: list[int] = []
    loose: list[int] = []
    for number, maker in zip(range(count), cycle(MAKERS), strict=False):
        document = subject.document(library, whole, clinic, number, fresh=True)
        data = made(maker, replace(document, blocks=document.blocks[: blocks(maker)]))
        if (pages := CHECKS["page_count"](data)) not in (PAGES, PAGES + 1):  # a longer word may take one more
            raise ValueError(f"file {number}, by {maker}, has {pages} pages")
        lengths.append(pages)
        links.append(CHECKS["links"](data, [pages]).right)
        loose.append(len(CHECKS["strays"](data)))
        (folder / f"{number}.pdf").write_bytes(data)
    return Inputs(lengths, links, loose)


def linked(document: Document) -> Document:
    """Return a document of ours with a link at its end to its title."""
    blocks = tuple(
        replace(block, anchor=START) if isinstance(block, Heading) and block.level == 1 else block
        for block in document.blocks
    )
    return replace(document, blocks=(*blocks, Paragraph((Run(BACK, href=f"#{START}"),))))


def join(folder: Path, count: int, turns: int, tools: Sequence[str], inputs: Inputs) -> dict[str, Joined]:
    """Return what each tool made of the first files."""
    runs: dict[str, list[dict[str, float]]] = {tool: [] for tool in tools}
    order, dice = list(tools), random.Random(count)  # noqa: S311 # an order, not a secret
    environment = os.environ | {"PYTHONPATH": str(HERE.parent)}
    for _ in range(turns):
        dice.shuffle(order)
        for tool in order:
            command = [sys.executable, str(HERE / "merge_peer.py"), tool, str(folder), str(count)]
            command.append(str(folder / f"{tool}-{count}.out"))
            done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment)
            runs[tool].append(json.loads(done.stdout.splitlines()[-1]))
    return {
        tool: Joined(
            [run["s"] for run in some],
            int(some[0]["bytes"]),
            max(run["peak_mb"] for run in some),
            *_kept((folder / f"{tool}-{count}.out").read_bytes(), count, inputs),
        )
        for tool, some in runs.items()
    }


def _kept(pdf: bytes, count: int, inputs: Inputs) -> tuple[str, str]:
    """Return what is left of the tags, and of the links inside the files."""
    lead = CHECKS["links"](pdf, inputs.pages[:count])
    gone = sum(inputs.links[:count]) - lead.right - lead.wrong
    wrong = len(CHECKS["strays"](pdf)) - sum(inputs.loose[:count])
    with pikepdf.open(io.BytesIO(pdf)) as file:
        tagged = "/StructTreeRoot" in file.Root
    tags = "none" if not tagged else "all" if wrong <= 0 else f"{wrong} wrong"
    return tags, f"{lead.right} / {lead.wrong} / {gone}"


def available() -> list[str]:
    """Return the tools that are there."""
    return [*TOOLS, *(name for name in PROGRAMS if shutil.which(name.split()[0]))]


def in_one_pass() -> Spread:
    """Return how long a packet of own handouts takes beside single ones."""
    command = [sys.executable, str(HERE / "one_pass.py"), str(PACKET), str(PACKET_ROUNDS)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return Spread.of(json.loads(done.stdout))


def _section(count: int, some: dict[str, Joined]) -> str:
    base = some[BASE]
    lines = [
        (
            name,
            f"{min(one.seconds):.2f}",
            ratios(one.seconds, base.seconds).show(2) if name != BASE else "1",
            f"{one.bytes / 1e3:.0f}",
            f"{one.bytes / base.bytes:.2f}",
            f"{one.peak_mb:.0f}",
            one.tags,
            one.links,
        )
        for name, one in some.items()
    ]
    heads = ("", "best s", f"÷ {BASE}", "kB", f"÷ {BASE}", "peak MB", "tags", "links right / wrong / gone")
    return f"## {count} files\n\n" + as_table(heads, lines)


def _goals(measured: dict[int, dict[str, Joined]], packet: Spread) -> str:
    goals = [
        (f"a packet of {PACKET} own handouts in one pass ÷ single ones", packet.show(2), packet.median, 1.1)
    ]
    for count, most in ((50, 1.5), (500, 2.5)):
        if count in measured:
            against = ratios(measured[count][OURS].seconds, measured[count][BASE].seconds)
            goals.append((f"{count} files, time ÷ {BASE}", against.show(2), against.median, most))
    if 500 in measured:
        ours, base = measured[500][OURS], measured[500][BASE]
        goals.append(
            (f"500 files, bytes ÷ {BASE}", f"{ours.bytes / base.bytes:.2f}", ours.bytes / base.bytes, 0.6)
        )
        goals.append(("500 files, memory", f"{ours.peak_mb:.0f} MB", ours.peak_mb, 500))
    lines = [
        (name, shown, f"≤ {goal:g}", "yes" if value <= goal else "**no**")
        for name, shown, value, goal in goals
    ]
    return "## Goals\n\n" + as_table(("", "measured", "goal", "met"), lines)


def main() -> None:
    """Measure, print, and write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few files, and nothing is written")
    quick = parser.parse_args().quick
    turns = {5: 2} if quick else {5: 7, 50: 3, 500: 2}
    load = machine.Load()
    measured = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        inputs = write_inputs(folder, max(turns))
        for count, times in turns.items():
            tools = [tool for tool in available() if tool != JUDGED or count < 500]
            measured[count] = join(folder, count, times, tools, inputs)
    packet = in_one_pass()
    times_said = ", ".join(f"{times} times for {count} files" for count, times in turns.items())
    parts = [
        f"{machine.describe('pikepdf', 'pypdf', 'pymupdf', 'typst', 'weasyprint')}\n- {load.describe()}",
        _goals(measured, packet),
        METHOD.format(turns=times_said),
        *(_section(count, some) for count, some in measured.items()),
    ]
    results = None if quick else RESULTS
    print(publish("Files joined, side by side", "benchmarks/merge.py", parts, results))


if __name__ == "__main__":
    main()
