"""Write a roster of people who do not exist: sample_roster.py ROWS [SEED] > roster.csv.

Seven of ten rows ask for one of a few usual sheets, two for exercises of their own, one for a packet. It is
written as a spreadsheet of a country with decimal commas writes it. The same seed gives the same bytes.
"""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Iterator
from typing import TextIO

from handouts.content.library import Library

COLUMNS = ("id", "patient", "conditions", "exercises", "side", "clinician", "note", "log_weeks")
FIRST = ("Testa", "Probé", "Sämple", "Mùster", "Exemplo", "Příklad", "Demo", "Ejemplo", "Voorbeeld", "Próba")
LAST = (
    "Specimen",
    "Nobody",
    "O'Placeholder",
    "Mc-Fixture",
    "Østest",
    "von Beispiel",
    "de la Muestra",
    "Żaden",
)
NOTES = ("", "", "", "See you in two weeks.", "Ice first; then walk.", 'You said "stairs": take them slowly.')
USUAL = 5


def write_roster(file: TextIO, rows: int, seed: int) -> None:
    """Write the header and so many rows."""
    table = csv.writer(file, delimiter=";")
    table.writerow(COLUMNS)
    table.writerows(sample_rows(rows, seed))


def sample_rows(rows: int, seed: int) -> Iterator[tuple[str, ...]]:
    """Yield the cells of rows, each of which can be made."""
    library = Library()
    chance = random.Random(seed)  # noqa: S311 - nothing is secret
    conditions = [item for item in library.ids("condition") if not library.condition(item).referral_only]
    usual = chance.sample(conditions, USUAL)
    for number in range(1, rows + 1):
        kind = chance.random()
        condition, exercises = chance.choice(usual), ""
        if kind < 0.2:
            offered = [
                item
                for item in library.condition(condition).exercises.all()
                if not library.exercise(item).impact
            ]
            exercises = ";".join(chance.sample(offered, chance.randint(1, min(5, len(offered)))))
        elif kind < 0.3:
            condition = ";".join(chance.sample(usual, 2))
        yield (
            f"S-{number:06d}",
            f"{chance.choice(FIRST)} {chance.choice(LAST)}",
            condition,
            exercises,
            chance.choice(("", "left", "right", "both")),
            "Dr. Example",
            chance.choice(NOTES),
            chance.choice(("", "2")),
        )


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8-sig", newline="")  # type: ignore[union-attr]
    write_roster(sys.stdout, int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
