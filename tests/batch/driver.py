"""A run that tests start as a program: driver.py ROSTER FOLDER RENDERER [N [cluster | nowhere]]."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import renderers

from handouts.batch.folder import Folder
from handouts.batch.identity import identity
from handouts.batch.layout import Task, flat
from handouts.batch.outcome import Written
from handouts.batch.reading import Source
from handouts.batch.repeats import find_repeats
from handouts.batch.roster import Roster, Wishes
from handouts.batch.run import Pool, Run
from handouts.batch.worker import Bench
from handouts.batch.workers import Workers
from handouts.content.library import Library


class Nowhere:
    """Says of each task that it is done, and does nothing: what is left is the work of the parent."""

    def outcomes(self, tasks: Iterator[Task]) -> Iterator[list]:
        """Yield what would have become of tasks."""
        done = Written("", "0" * 64, 50_000, 6)
        while some := [(task, done) for task in itertools.islice(tasks, 100)]:
            yield some


@contextmanager
def pool(run: dict, path: Path, renderer: str, workers: int, where: str) -> Iterator[Pool]:
    """Give workers, of this machine or of a cluster on it."""
    if where == "nowhere":
        yield Nowhere()
        return
    get_renderer = getattr(renderers, renderer)
    if where != "cluster":
        with Workers(Bench(get_renderer, path), workers) as found:
            yield found
        return
    from handouts.batch.cluster import Cluster, connect  # noqa: PLC0415 - an extra
    from handouts.batch.errand import Errand  # noqa: PLC0415

    with connect("local", workers) as client:
        yield Cluster(client, Errand(path, get_renderer, None, run["content"]))


def main(roster: str, folder: str, renderer: str, workers: str = "2", where: str = "here") -> None:
    """Go on with the run until it is done, and print how much memory this process took at most, in MB."""
    library, path = Library(), Path(folder).absolute()
    with Source.open(Path(roster)) as source:
        wishes = Wishes(date(2026, 11, 22), "example-clinic")
        rows = Roster(source, find_repeats(source), library, wishes)
        run = identity(source, library.places, wishes, "flat")
        with (
            Folder.open(path, run, resume=True) as taken,
            pool(run, path, renderer, int(workers), where) as found,
        ):
            going = Run(path, taken.manifest, flat, lambda: False, lambda _: None, taken.kept, taken.told)
            tally = going.go(rows.rows(), found)
    # The kernel's own mark of this program: ru_maxrss begins with that of the process that started it.
    (mark,) = (line for line in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in line)
    sys.stdout.write(f"{tally.made} {int(mark.split()[1]) // 1024}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
