"""Write docs/scores.md and docs/unsourced.md, in the current folder: ``make scores``."""

from __future__ import annotations

from pathlib import Path

from handouts.appraisal.scores import score_table, weak_table
from handouts.content.library import Library

if __name__ == "__main__":
    library = Library()
    for name, table in (("scores", score_table), ("unsourced", weak_table)):
        Path("docs", f"{name}.md").write_text(table(library), encoding="utf-8", newline="\n")
