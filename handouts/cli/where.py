"""Say which file each part of a condition, exercise, clinic or packet comes from."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from handouts.cli import settings, talk
from handouts.errors import UsageError

if TYPE_CHECKING:
    from handouts.content.library import Library
    from handouts.content.places import Kind

NAME = "where"
HELP = "which file each part comes from"

Part = tuple[str, str, str, str]
"""What it is, its name, its file, and the clinic's reason where there is one."""


def add(parser: argparse.ArgumentParser) -> None:
    """Add the words of this command."""
    parser.add_argument("id", metavar="ID", help="a condition, exercise, clinic or packet")
    parser.add_argument("--json", action="store_true", help="a JSON array of objects instead of lines")


def run(args: argparse.Namespace) -> int:
    """Print a line for each part: what it is, its name, its file."""
    from handouts.content.places import KINDS
    from handouts.content.problems import suggestion

    library = settings.library(args, drafts=True)
    found = [part for kind in KINDS if args.id in library.ids(kind) for part in parts(library, kind, args.id)]
    if not found:
        everything = [name for kind in KINDS for name in library.ids(kind)]
        raise UsageError(
            f"there is nothing called {args.id!r}.",
            advice=suggestion(args.id, everything, library.known(*KINDS)),
        )
    rows = list(dict.fromkeys(found))
    if args.json:
        talk.document(
            [
                {"part": part, "id": name, "file": file} | ({"reason": reason} if reason else {})
                for part, name, file, reason in rows
            ]
        )
    else:
        talk.table(
            [(part, name, f"{file} ({reason})" if reason else file) for part, name, file, reason in rows]
        )
    return 0


def parts(library: Library, kind: Kind, name: str) -> Iterator[Part]:
    """Yield each part of one id: the file itself first, then what it takes from others."""
    yield kind, name, library.origin(kind, name), ""
    if kind == "condition":
        condition = library.condition(name)
        if condition.extends:
            file = _below(library, name, f"data/conditions/{condition.extends}.yaml")
            yield "extends", condition.extends, str(file), ""
        # What a clinic prints, or no longer prints, against the bundled files has its reason beside it.
        for exercise, reason in condition.allows.items():
            yield "allows", exercise, library.origin(kind, name), reason
        for flag, reason in condition.drops_red_flags.items():
            yield "drops", flag, library.origin(kind, name), reason
        yield "template", condition.template, str(_layer_file(library, f"templates/{condition.template}")), ""
        for exercise in (*condition.exercises.all(), *condition.more_exercises.all()):
            yield "exercise", exercise, library.origin("exercise", exercise), ""
        for shared in ("red-flags", "sources", f"words/{condition.language}"):
            for layer in reversed(library.places.layers):
                if (file := layer / "data" / f"{shared}.yaml").is_file():
                    yield "shared", shared, str(file), ""
    elif kind == "packet":
        for condition_id in library.packet(name).conditions:
            yield "condition", condition_id, library.origin("condition", condition_id), ""
        for insert in library.packet(name).inserts:
            yield "insert", insert.title, str(Path(library.origin("packet", name)).with_name(insert.file)), ""
    elif kind == "clinic" and (logo := library.clinic(name).logo):
        yield "logo", name, str(Path(library.origin("clinic", name)).with_name(logo.file)), ""


def _below(library: Library, condition: str, name: str) -> Path:
    """Return the file of that name in the layers below the one that a condition comes from."""
    origin = Path(library.origin("condition", condition))
    layers = library.places.layers
    above = next((number for number, layer in enumerate(layers) if origin.is_relative_to(layer)), 0)
    return next((layer / name for layer in layers[above + 1 :] if (layer / name).is_file()), Path(name))


def _layer_file(library: Library, name: str) -> Path:
    """Return the file of that name which counts: the clinic's own if it has one."""
    return next((layer / name for layer in library.places.layers if (layer / name).is_file()), Path(name))
