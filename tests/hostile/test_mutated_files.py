"""Real content files, changed at random: problems or a sheet, never another exception, never a long wait."""

from __future__ import annotations

import random
import time
from datetime import date
from pathlib import Path

import pytest

from handouts.appraisal import appraise
from handouts.appraisal.glyphs import glyph_problems
from handouts.content.check import check
from handouts.content.library import Library
from handouts.content.places import Places
from handouts.errors import HandoutError, Problem
from handouts.order import Order
from handouts.pipeline import compose_handout

DATA = Library().places.bundled / "data"
FILES = sorted(path for path in DATA.rglob("*.yaml") if "schema" not in path.parts)
DAY = date(2026, 11, 22)
LONGEST_S = 1.0
VALUES = [
    *(
        "",
        "~",
        "null",
        "true",
        "no",
        "0",
        "-1",
        "1e9",
        "9" * 400,
        ".inf",
        "0x1F",
        "010",
        "12:30",
        "2026-13-99",
    ),
    *(
        "[]",
        "{}",
        "[[[]]]",
        "{a: {b: c}}",
        "all",
        "[all]",
        "x" * 30_000,
        "'",
        '"',
        "|",
        ">-",
        "&a",
        "*a",
        "!!str x",
    ),
    *("<b>", "{{ 7 }}", "{% x %}", "{weeks}", "{n}", "{", "\u202e", "☃", "木", "e\u0301", "\x00", "\u2028"),
    *(
        "../../etc/passwd",
        "logo.svg",
        "#fff",
        "rf-fracture",
        "trochanteric-bursitis",
        "bridge",
        "GK",
        "NO-SUCH",
    ),
]
KEYS = [
    "extends",
    "referral_only",
    "never",
    "allows",
    "drops_red_flags",
    "template",
    "regions",
    "pose",
    "dose",
]


def cut(lines, chance):
    """Take some lines out."""
    start = chance.randrange(len(lines))
    del lines[start : start + chance.randint(1, 12)]


def twice(lines, chance):
    """Write some lines twice."""
    start = chance.randrange(len(lines))
    lines[start:start] = lines[start : start + chance.randint(1, 12)]


def swap(lines, chance):
    """Change two lines for one another."""
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]


def shift(lines, chance):
    """Indent a line more or less."""
    at = chance.randrange(len(lines))
    lines[at] = (
        chance.choice(["  ", " ", "\t", "    "]) + lines[at] if chance.random() < 0.5 else lines[at].lstrip()
    )


def value(lines, chance):
    """Give a key another value."""
    at = chance.randrange(len(lines))
    key, colon, _ = lines[at].partition(":")
    lines[at] = f"{key}{colon} {chance.choice(VALUES)}"


def key(lines, chance):
    """Write a key more, or another one."""
    at = chance.randrange(len(lines))
    indent = " " * (len(lines[at]) - len(lines[at].lstrip()))
    lines.insert(at, f"{indent}{chance.choice(KEYS)}: {chance.choice(VALUES)}")


def splice(lines, chance):
    """Put in some lines of another file."""
    other = chance.choice(FILES).read_text(encoding="utf-8").splitlines()
    start, at = chance.randrange(len(other)), chance.randrange(len(lines))
    lines[at:at] = other[start : start + chance.randint(1, 20)]


def letters(lines, chance):
    """Put something odd within a line, in place of a few letters."""
    at = chance.randrange(len(lines))
    place = chance.randint(0, len(lines[at]))
    lines[at] = lines[at][:place] + chance.choice(VALUES)[:40] + lines[at][place + chance.randint(0, 5) :]


CHANGES = [cut, twice, swap, shift, value, value, value, key, splice, letters]


def mutated(file: Path, chance: random.Random) -> bytes:
    """Return a file with one to four changes; now and then cut off or with a bad byte."""
    lines = file.read_text(encoding="utf-8").splitlines()
    for _ in range(chance.randint(1, 4)):
        if lines:
            chance.choice(CHANGES)(lines, chance)
    data = ("\n".join(lines) + "\n").encode("utf-8", "replace")
    if chance.random() < 0.05:
        at = chance.randint(0, len(data))
        data = data[:at] + chance.choice([b"", b"\xff", b"\xed\xa0\x80", b"\x85"])
    return data


class Shelf:
    """A clinic's own folder that holds one changed file at a time, over content that is read only once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        base = Library()
        check(base)
        self.trees = dict(base.store._trees)
        self.clinic = base.clinic("example-clinic")
        self.made = self.refused = 0

    def hold(self, name: Path, data: bytes) -> float:
        """Check one changed file and make what it is for; return how long it took, in seconds of work."""
        path = self.folder / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        start = time.process_time()
        try:
            library = Library(Places(overlay=self.folder))
            library.store._trees.update(self.trees)
            told = check(library, [path], DAY)
            assert all(isinstance(problem, Problem) and "\n" not in str(problem) for problem in told)
            self.use(library, name)
        finally:
            path.unlink()
        return time.process_time() - start

    def use(self, library: Library, name: Path) -> None:
        """Compose a sheet that needs the file; whatever is wrong is a HandoutError."""
        kind, item = name.parts[0], name.stem
        condition = item if kind == "conditions" else "trochanteric-bursitis"
        try:
            if kind == "clinics":
                clinic = library.clinic(name.parts[1] if len(name.parts) > 2 else item)
                compose_handout(library, condition, clinic, Order(date=DAY))
            elif kind == "exercises":
                library.pose(item)
            else:
                appraise(library, condition)
        except HandoutError as error:
            self.refused += bool(str(error))
        else:
            self.made += 1


def hold(folder: Path, seed: int, count: int) -> None:
    """Hold the program to its promise for some changed files."""
    chance = random.Random(seed)  # noqa: S311 - nothing is secret
    shelf = Shelf(folder)
    for number in range(count):
        file = chance.choice(FILES)
        data = mutated(file, chance)
        try:
            took = shelf.hold(file.relative_to(DATA), data)
        except Exception as error:
            error.add_note(
                f"seed {seed}, number {number}, {file.name}:\n{data.decode(errors='replace')[:4000]}"
            )
            raise
        assert took < LONGEST_S, f"seed {seed}, number {number}, {file.name}: {took:.2f} s"
    # A change that is always refused, or never, would try only half of the program.
    assert min(shelf.made, shelf.refused) > count / 20


def test_changed_files(tmp_path):
    """some hundred changed files give problems or a sheet, each within a second."""
    assert len(FILES) > 60
    hold(tmp_path, seed=20261122, count=400)


@pytest.mark.ci
@pytest.mark.parametrize("seed", range(10))
def test_ten_thousand_changed_files(tmp_path, seed):
    """ten thousand changed files give problems or a sheet, each within a second."""
    hold(tmp_path, seed, count=1000)


def test_changes_change():
    """most of what is called changed really is, and no two seeds change alike."""
    file = DATA / "conditions" / "trochanteric-bursitis.yaml"
    found = {mutated(file, random.Random(seed)) for seed in range(100)}  # noqa: S311 - nothing is secret
    assert len(found - {file.read_bytes()}) > 90


def test_a_bad_character_among_all_files(tmp_path):
    """the search for unprintable characters holds for a folder with a broken file."""
    path = tmp_path / "data" / "conditions" / "broken.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("id: broken\ntitle: [☃\n", encoding="utf-8")
    assert all(isinstance(problem, Problem) for problem in glyph_problems(Library(Places(overlay=tmp_path))))
