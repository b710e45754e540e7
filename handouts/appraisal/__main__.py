"""Write docs/scores.md, docs/unsourced.md and docs/pemat.md, in the current folder: ``make scores``.

A condition without a form in docs/pemat gets a blank one; one that is there is only read.
"""

from __future__ import annotations

import sys
from pathlib import Path

from handouts.appraisal.readings import Form, FormError, blank_form, read_form, readings_page
from handouts.appraisal.scores import score_table, weak_table
from handouts.content.library import Library

FORMS = Path("docs", "pemat")


def write_tables() -> int:
    """Write all tables; return 1, with the reasons told, where a form cannot be counted."""
    library = Library()
    for name, table in (("scores", score_table), ("unsourced", weak_table)):
        _write(Path("docs", f"{name}.md"), table(library))
    conditions = {item: library.condition(item) for item in library.ids("condition")}
    forms: dict[str, Form] = {}
    for item, condition in conditions.items():
        path = FORMS / f"{item}.md"
        if not path.is_file():
            FORMS.mkdir(exist_ok=True)
            _write(path, blank_form(condition))
        try:
            forms[item] = read_form(path.read_text(encoding="utf-8"))
        except FormError as error:
            sys.stderr.writelines(f"{path}: {fault}\n" for fault in str(error).splitlines())
    if len(forms) < len(conditions):
        return 1
    _write(Path("docs", "pemat.md"), readings_page(conditions, forms))
    return 0


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(write_tables())
