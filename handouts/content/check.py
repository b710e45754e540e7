"""All problems of all content files at once, for ``handouts check``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from handouts.content import crosschecks, places
from handouts.content.library import Library
from handouts.content.places import KINDS, SHARED, Kind
from handouts.content.poses import alt_problems
from handouts.content.reviews import review_problems
from handouts.content.unfinished import unfinished_problems
from handouts.errors import Problem

Subject = tuple[Kind | str, str]


def check(
    library: Library, files: Iterable[Path] | None = None, day: date | None = None
) -> tuple[Problem, ...]:
    """Return every problem and warning, sorted by file, line and column.

    ``files`` limits the check to these files and to what they name. A file that no layer reads is itself a
    problem: nothing that is written should be silently without effect. With a ``day``, reviews that are past
    are told.
    """
    subjects = _subjects(library)
    if files is None:
        chosen = {file.resolve(): file for file in subjects}
        for layer in library.places.layers:
            chosen |= {file.resolve(): file for file in places.yaml_files(layer)}
    else:
        chosen = {file.resolve(): file for file in files}
    known = {file.resolve(): subject for file, subject in subjects.items()}
    found: set[Problem] = set()
    for resolved, file in chosen.items():
        subject = known.get(resolved)
        if subject is None:
            found.add(_unread(file, library))
            continue
        found.update(_subject_problems(library, subject))
        if day and subject[0] == "clinic" and (record := library.store.clinic(subject[1])):
            found.update(review_problems(record, library.store, day))
        found.update(_header_problems(file, subject, library))
        found.update(unfinished_problems(file))
    if any(subject and subject[0] == "exercise" for subject in (known.get(file) for file in chosen)):
        found.update(alt_problems(library.store, frozenset(chosen)))
    if files is None and not all(places.shared_file(library.places.bundled, name) for name in SHARED):
        found.update(library.store.red_flags().problems + library.store.sources().problems)
    return tuple(sorted(found))


def _subjects(library: Library) -> dict[Path, Subject]:
    """Return what each file that is read stands for: kind and id, or the name of a shared file and ''."""
    subjects: dict[Path, Subject] = {}
    for layer in library.places.layers:
        for kind in KINDS:
            for item in places.item_ids(layer, kind):
                file = places.item_file(layer, kind, item)
                if file:
                    subjects[file] = (kind, item)
        names: list[str] = [*SHARED]
        for folder in ("words", "glossary"):
            names += [f"{folder}/{language}" for language in places.languages(layer, folder)]
        for name in names:
            file = places.shared_file(layer, name)
            if file:
                subjects[file] = (name, "")
    return subjects


def _subject_problems(library: Library, subject: Subject) -> Iterator[Problem]:
    name, item = subject
    store = library.store
    for kind in KINDS:
        if name == kind:
            yield from library.problems(kind, item)
    if name == "red-flags":
        yield from store.red_flags().problems
        yield from crosschecks.red_flag_file_problems(store.red_flags(), store)
    elif name == "sources":
        yield from store.sources().problems
    elif name.startswith("words/"):
        yield from library.words_problems(name.removeprefix("words/"))
    elif record := store.glossary(name.removeprefix("glossary/")):
        yield from record.problems


def _header_problems(file: Path, subject: Subject, library: Library) -> Iterator[Problem]:
    """Yield a warning if editors are not told the schema, where the schemas lie in the same layer."""
    data = next((layer / "data" for layer in library.places.layers if file.is_relative_to(layer)), None)
    if data is None or not (data / "schema").is_dir():
        return
    schema = subject[0].partition("/")[0]
    ups = "../" * (len(file.relative_to(data).parts) - 1)
    wanted = f"# yaml-language-server: $schema={ups}schema/{schema}.json"
    try:
        with file.open("rb") as stream:
            first = stream.readline(400).decode("utf-8", "replace").removeprefix("\ufeff").rstrip()
    except OSError:
        return
    if first != wanted:
        sentence = "the first line does not name the schema, so that editors cannot complete it."
        yield Problem(str(file), 1, 1, sentence, f"Write: {wanted}", warning=True)


def _unread(file: Path, library: Library) -> Problem:
    if not any(file.resolve().is_relative_to(layer.resolve()) for layer in library.places.layers):
        sentence = "this file lies outside the content folders."
        return Problem(str(file), 0, 0, sentence, "Name its folder as the library.")
    sentence = "no part of the program reads this file."
    advice = (
        "Name it after its id (small letters, digits, hyphens), ending in .yaml, in the folder of its kind."
    )
    return Problem(str(file), 0, 0, sentence, advice)
