"""Papers: what a file needs, what a printer is set to, and whether these go together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from handouts.errors import Problem
from handouts.packet.sheets import Sheets, Turn

_SLACK_PT = 4.0
"""Programs round the size of a page differently; no two papers are as close as this."""
_SIZES_PT: dict[str, tuple[float, float]] = {
    "letter": (612, 792),
    "legal": (612, 1008),
    "tabloid": (792, 1224),
    "a3": (842, 1191),
    "a4": (595, 842),
    "a5": (420, 595),
}
_SHOWN = {"letter": "letter", "legal": "legal", "tabloid": "tabloid", "a3": "A3", "a4": "A4", "a5": "A5"}
_OPTION = re.compile(r"(?P<word>[^/:]+)(?:/[^:]*)?: (?P<choices>.*)")
_MEASURED = re.compile(r"_(?P<width>\d+(?:\.\d+)?)x(?P<height>\d+(?:\.\d+)?)(?P<unit>in|mm)$")
_PT = {"in": 72.0, "mm": 72 / 25.4}


@dataclass(frozen=True, slots=True)
class Job:
    """One file to print: what the user calls it, its bytes, and what its sheets are like."""

    file: str
    pdf: bytes
    sheets: Sheets


@dataclass(frozen=True, slots=True)
class Tray:
    """What a printer is set to: the printer's own word for its paper, all its papers, two sides or not.

    ``paper`` is empty where a printer tells nothing of itself; it is then taken to have what is needed.
    """

    paper: str = ""
    papers: tuple[str, ...] = ()
    two_sided: bool = False

    @classmethod
    def read(cls, options: str) -> Tray:
        """Read what ``lpoptions -l`` prints: a line for each option, a star before the choice that is set."""
        found = {
            option["word"]: option["choices"].split()
            for line in options.splitlines()
            if (option := _OPTION.fullmatch(line.strip()))
        }
        papers = found.get("PageSize") or found.get("media") or []
        sides = {
            choice.removeprefix("*")
            for word, choices in found.items()
            # Makers call it Duplex, EFDuplex, KMDuplex, JCLDuplex.
            if word.endswith("Duplex") or word == "sides"
            for choice in choices
        }
        return cls(
            next((choice[1:] for choice in papers if choice.startswith("*")), ""),
            tuple(choice.removeprefix("*") for choice in papers),
            bool(sides - {"None", "one-sided"}),
        )


def paper_named(word: str) -> str:
    """Return letter, a4 and so on for a printer's word: Letter, A4.Borderless, iso_a4_210x297mm."""
    if measured := _MEASURED.search(word):
        width, height = (float(measured[side]) * _PT[measured["unit"]] for side in ("width", "height"))
        return paper_of((width, height))
    plain = word.partition(".")[0].lower()
    return plain if plain in _SIZES_PT else {"11x17": "tabloid", "ledger": "tabloid"}.get(plain, "")


def paper_of(size: tuple[float, float]) -> str:
    """Return which paper a page of this size is, upright or on its side; '' for none that we know."""
    low, high = sorted(size)
    for paper, (width, height) in _SIZES_PT.items():
        if abs(low - width) <= _SLACK_PT and abs(high - height) <= _SLACK_PT:
            return paper
    return ""


def mismatches(job: Job, printer: str, tray: Tray, *, duplex: bool) -> tuple[Problem, ...]:
    """Return why a file must not go to this printer as it is set: the wrong paper, or one side only."""
    found = []
    wanted = dict.fromkeys(paper_of(size) or _measures(size) for size in job.sheets.sizes)
    is_set = paper_named(tray.paper)
    if tray.paper and list(wanted) != [is_set]:
        needed = " and ".join(_SHOWN.get(paper, paper) for paper in wanted)
        found.append(
            Problem(
                job.file,
                0,
                0,
                f"its paper is {needed}, but {printer} is set to {_SHOWN.get(is_set, tray.paper)}.",
                _advice(list(wanted), is_set, printer, tray),
            )
        )
    if tray.paper and not tray.two_sided and turn(job, duplex=duplex):
        found.append(
            Problem(
                job.file,
                0,
                0,
                f"it is to be printed on both sides, but {printer} prints on one.",
                "Choose another printer with --printer, or print it by hand and turn the sheets.",
            )
        )
    return tuple(found)


def _advice(wanted: Sequence[str], is_set: str, printer: str, tray: Tray) -> str:
    """Return what can be done: make the file for this paper, or tell the printer that it holds another."""
    ways = [f"make it again with --paper {is_set}"] if is_set in ("letter", "a4") else []
    there = next((word for word in tray.papers if [paper_named(word)] == list(wanted)), "")
    if there:
        shown = _SHOWN[wanted[0]]
        ways.append(f"if there is {shown} in the printer, say so: lpoptions -p {printer} -o PageSize={there}")
    ways.append("choose another printer with --printer")
    text = "; or ".join(ways)
    return text[0].upper() + text[1:] + "."


def _measures(size: tuple[float, float]) -> str:
    low, high = sorted(size)
    return f"{low / 72:.1f} x {high / 72:.1f} in"


def turn(job: Job, *, duplex: bool) -> Turn:
    """Return the edge that sheets are turned over on: what the file asks for, else the long one if wanted."""
    return job.sheets.turn or ("long-edge" if duplex else "")


def lp_words(printer: str, tray: Tray, turned: Turn, copies: int) -> list[str]:
    """Return the words after ``lp``; the file itself goes in through stdin, so that no path is shown.

    What nobody asked for is left to the printer's own settings; only its size is always kept.
    """
    words = ["-d", printer, "-n", str(copies), "-t", "handouts", "-o", "print-scaling=none"]
    if tray.paper:
        words += ["-o", f"media={tray.paper}"]
    if turned:
        words += ["-o", f"sides=two-sided-{turned}"]
    return words
