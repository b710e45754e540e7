"""A run with a renderer that tests choose, as a program: driver.py ROSTER FOLDER RENDERER [WORKERS]."""

from __future__ import annotations

import resource
import sys
from datetime import date
from pathlib import Path

import renderers

from handouts.batch.folder import Folder
from handouts.batch.identity import identity
from handouts.batch.layout import flat
from handouts.batch.reading import Source
from handouts.batch.repeats import find_repeats
from handouts.batch.roster import Roster, Wishes
from handouts.batch.run import Run
from handouts.batch.worker import Bench
from handouts.batch.workers import Workers
from handouts.content.library import Library


def main(roster: str, folder: str, renderer: str, workers: str = "2") -> None:
    """Go on with the run until it is done, and print how much memory this process took at most, in MB."""
    library, path = Library(), Path(folder).absolute()
    with Source.open(Path(roster)) as source:
        wishes = Wishes(date(2026, 11, 22), "example-clinic")
        rows = Roster(source, find_repeats(source), library, wishes)
        run = identity(source, library.places, wishes, "flat")
        with (
            Folder.open(path, run, resume=True) as taken,
            Workers(Bench(getattr(renderers, renderer), path), int(workers)) as pool,
        ):
            going = Run(path, taken.manifest, flat, lambda: False, lambda _: None, taken.kept, taken.told)
            tally = going.go(rows.rows(), pool)
    sys.stdout.write(f"{tally.made} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
