"""Papers: what real printers say of themselves, and what goes together."""

from __future__ import annotations

import pytest

from handouts.packet.sheets import Sheets
from handouts.printing.papers import Job, Tray, lp_words, mismatches, paper_named, paper_of, turn

LETTER, A4 = (612.0, 792.0), (595.28, 841.89)
LASER = Tray("Letter", ("Letter", "A4", "Legal"), two_sided=True)


def job(*sizes: tuple[float, float], turned: str = "") -> Job:
    """Return a file with pages of these sizes."""
    return Job("a.pdf", b"", Sheets(sizes, turned))


@pytest.fixture
def said(samples):
    """Return a function that gives what ``lpoptions -l`` printed of a real printer."""
    return lambda name: (samples / "printing" / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "papers"),
    [("everywhere", "A4 Env10 EnvDL Legal Letter"), ("hp-laserjet", None), ("ricoh", None)],
)
def test_what_printers_say(said, name, papers):
    """paper, papers and two sides are found in what three kinds of printer said."""
    tray = Tray.read(said(name))
    assert (tray.paper, tray.two_sided) == ("Letter", True)
    assert {"Letter", "A4"} <= set(tray.papers)
    assert papers is None or " ".join(tray.papers) == papers
    assert not any(paper.startswith("*") for paper in tray.papers)


def test_a_printer_with_one_side(said):
    """a printer that names no second side, or only a way to turn sheets by hand, has one."""
    lines = [line for line in said("hp-laserjet").splitlines() if not line.startswith("Duplex/")]
    assert any(line.startswith("manualduplex/") for line in lines)
    assert Tray.read("\n".join(lines)).two_sided is False
    assert Tray.read("Duplex/Duplex: *None").two_sided is False
    assert Tray.read("sides/Sides: *one-sided two-sided-long-edge").two_sided is True


@pytest.mark.parametrize("text", ["", "lpoptions: Unable to get PPD file for x: Not Found", "a\nb: c\n::\n"])
def test_a_printer_that_says_nothing(text):
    """a printer that tells nothing of itself has no paper to compare with."""
    assert Tray.read(text) == Tray()
    assert mismatches(job(A4), "x", Tray.read(text), duplex=True) == ()


@pytest.mark.parametrize(
    ("word", "paper"),
    [
        ("Letter", "letter"),
        ("A4", "a4"),
        ("A4.Borderless", "a4"),
        ("Letter.Fullbleed", "letter"),
        ("na_letter_8.5x11in", "letter"),
        ("iso_a4_210x297mm", "a4"),
        ("na_legal_8.5x14in", "legal"),
        ("Tabloid", "tabloid"),
        ("11x17", "tabloid"),
        ("Env10", ""),
        ("LetterSmall", ""),
        ("Custom.WIDTHxHEIGHT", ""),
        ("", ""),
    ],
)
def test_papers_by_name(word, paper):
    """a paper is known by each of the names that printers have for it."""
    assert paper_named(word) == paper


@pytest.mark.parametrize(
    ("size", "paper"),
    [
        (LETTER, "letter"),
        (LETTER[::-1], "letter"),
        (A4, "a4"),
        ((595, 842), "a4"),
        ((600, 800), ""),
        ((1, 1), ""),
    ],
)
def test_papers_by_size(size, paper):
    """a paper is known by its size, upright and on its side."""
    assert paper_of(size) == paper


def test_the_right_paper_passes():
    """a file on the paper that the printer is set to is not complained of, upright or on its side."""
    assert mismatches(job(LETTER, LETTER[::-1]), "x", LASER, duplex=True) == ()


def test_a4_on_a_letter_printer():
    """the wrong paper is told with all that can be done about it."""
    (problem,) = mismatches(job(A4), "laser", LASER, duplex=False)
    assert str(problem) == (
        "a.pdf: its paper is A4, but laser is set to letter. Make it again with --paper letter; or if there"
        " is A4 in the printer, say so: lpoptions -p laser -o PageSize=A4; or choose another printer with"
        " --printer."
    )


def test_a_paper_that_the_printer_does_not_have():
    """nobody is told to set a printer to paper that it can't take."""
    (problem,) = mismatches(job(A4), "x", Tray("na_letter_8.5x11in", ("na_letter_8.5x11in",)), duplex=False)
    assert "lpoptions" not in str(problem)
    (problem,) = mismatches(job((300, 400)), "x", Tray("Env10", ("Env10", "A4")), duplex=False)
    assert "4.2 x 5.6 in, but x is set to Env10. Choose another" in str(problem)


def test_two_papers_in_one_file():
    """a file with two papers fits no printer, and both are told."""
    (problem,) = mismatches(job(LETTER, A4), "x", LASER, duplex=False)
    assert "letter and A4" in problem.sentence
    assert "lpoptions" not in problem.advice


@pytest.mark.parametrize(
    ("turned", "duplex", "edge"),
    [
        ("", False, ""),
        ("", True, "long-edge"),
        ("short-edge", False, "short-edge"),
        ("short-edge", True, "short-edge"),
    ],
)
def test_the_edge(turned, duplex, edge):
    """a file that says how its sheets are turned is obeyed; --duplex alone means the long edge."""
    assert turn(job(LETTER, turned=turned), duplex=duplex) == edge
    one_sided = Tray("Letter", ("Letter",))
    assert len(mismatches(job(LETTER, turned=turned), "x", one_sided, duplex=duplex)) == (1 if edge else 0)


def test_the_words_of_lp():
    """what is asked for is passed on, a printer's settings are left alone else, and no file is named."""
    assert lp_words("x", LASER, "short-edge", 3) == [
        *("-d", "x", "-n", "3", "-t", "handouts"),
        *("-o", "print-scaling=none", "-o", "media=Letter", "-o", "sides=two-sided-short-edge"),
    ]
    assert lp_words("x", Tray(), "", 1) == [
        "-d",
        "x",
        "-n",
        "1",
        "-t",
        "handouts",
        "-o",
        "print-scaling=none",
    ]
