"""Begin a new condition, exercise or clinic: a YAML file with remarks, valid as it stands."""

from __future__ import annotations

import argparse
import os
from datetime import timedelta
from pathlib import Path

from handouts.cli import settings, talk
from handouts.cli.output import write_new
from handouts.errors import UsageError

NAME = "new"
HELP = "a commented YAML file to start from"
KINDS = ("condition", "exercise", "clinic")

_STARTERS = Path(__file__).parent / "starters"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the words of this command."""
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("id", metavar="ID", help="small letters, digits and hyphens, like outer-hip-pain")


def run(args: argparse.Namespace) -> int:
    """Write the file into the clinic's own folder, or into ./data, and print its path."""
    from handouts.content import places
    from handouts.content.library import Library

    if not places.ID.fullmatch(args.id):
        raise UsageError(
            f"{args.id!r} cannot be an id.",
            advice=f"Use at most {places.LONGEST_ID} small letters, digits and hyphens, like outer-hip-pain.",
        )
    overlay = settings.overlay(args)
    begun = overlay if overlay and any((overlay / name).is_dir() for name in ("data", "templates")) else None
    library = Library(places.Places(begun))
    if args.id in library.ids(args.kind):
        origin = library.origin(args.kind, args.id)
        if begun and Path(origin).is_relative_to(begun):
            advice = "It is your own: open it to change it, or take another id."
        else:
            advice = "Copy that file into your own folder to change it, or take another id."
        raise UsageError(f"there is a {args.kind} called {args.id} already: {origin}.", advice=advice)
    root = overlay or Path()
    if not root.is_absolute():
        settings.here()
    folder = root / "data" / f"{args.kind}s"
    path = folder / args.id / "clinic.yaml" if args.kind == "clinic" else folder / f"{args.id}.yaml"
    schema = library.places.bundled / "data" / "schema" / f"{args.kind}.json"
    write_new(path, starter(args.kind, args.id, path, schema))
    talk.result(str(path))
    option = f" --library {args.library}" if args.library else ""
    if overlay is None and root.resolve() != library.places.bundled:
        option = " --library ."
    talk.say(f"Change every CHANGE ME in an editor, then: handouts check {path}{option}")
    return 0


def starter(kind: str, name: str, path: Path, schema: Path) -> str:
    """Return the text of the file to start from, to be written to ``path``.

    The schema is named relative to the file where both lie in one folder, so that the folder can be
    moved as a whole; else by its full path.
    """
    data = path.parents[2 if kind == "clinic" else 1].resolve()
    if schema.is_relative_to(data):
        schema_name = Path(os.path.relpath(schema, path.parent.resolve())).as_posix()
    else:
        schema_name = schema.as_posix()
    today = settings.today()
    words = {
        "@SCHEMA@": schema_name,
        "@FILE@": path.as_posix(),
        "@ID@": name,
        "@TITLE@": name.replace("-", " ").capitalize(),
        "@VERSION@": f"{today:%Y.%m}",
        "@DATE@": today.isoformat(),
        "@NEXT_YEAR@": (today + timedelta(days=365)).isoformat(),
    }
    text = (_STARTERS / f"{kind}.yaml").read_text(encoding="utf-8")
    for mark, word in words.items():
        text = text.replace(mark, word)
    return text
