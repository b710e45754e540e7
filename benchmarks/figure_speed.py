"""How long a figure takes: solved and drawn afresh each time, and read from the cache.

python benchmarks/figure_speed.py
"""

from __future__ import annotations

import statistics
import time

from handouts import figures
from handouts.content.library import Library
from handouts.typeset.drawings import operators

ROUNDS = 15
LIMIT_MS = 5.0
"""A warm figure must be solved and drawn in this time, as the median of all exercises."""


def median_ms(work: object, *args: object, **names: object) -> float:
    """Return the median of several rounds, in milliseconds of this process's own time."""
    assert callable(work)
    spent = []
    for _ in range(ROUNDS):
        start = time.process_time_ns()
        work(*args, **names)
        spent.append((time.process_time_ns() - start) / 1e6)
    return statistics.median(spent)


def main() -> None:
    """Print a line for each exercise and the medians of all."""
    library = Library()
    palette = figures.figure_palette("#14566b", "colour")
    afresh = figures.draw_exercise.__wrapped__
    drawing_times, writing_times = [], []
    for exercise in library.ids("exercise"):
        pose = library.pose(exercise)
        if pose is None:
            continue
        wish = {"side": "right", "person": "bun", "palette": palette}
        drawing_times.append(median_ms(afresh, pose, **wish))
        writing_times.append(median_ms(operators, afresh(pose, **wish)))
        print(f"{exercise:28} draw {drawing_times[-1]:5.2f} ms   write {writing_times[-1]:5.2f} ms")
    drawn, written = statistics.median(drawing_times), statistics.median(writing_times)
    print(f"{len(drawing_times)} figures: draw {drawn:.2f} ms, write {written:.2f} ms (medians)")
    print("within" if drawn <= LIMIT_MS else "OVER", f"{LIMIT_MS:g} ms")


if __name__ == "__main__":
    main()
