"""What makes two runs the same: then, and only then, one goes on where the other stopped."""

from __future__ import annotations

import hashlib
from pathlib import Path

from handouts import __version__
from handouts.batch.manifest import Entry
from handouts.batch.reading import Source
from handouts.batch.roster import Wishes
from handouts.content.places import Places

FORMAT = 1
_NAMES = {
    "format": "the kind of manifest",
    "program": "the version of handouts",
    "roster": "the roster's file",
    "content": "the content files or templates",
    "clinician": "--clinician",
    "date": "--date",
    "encoding": "--encoding",
    "delimiter": "--delimiter",
}


def identity(source: Source, places: Places, wishes: Wishes, layout: str) -> Entry:
    """Return what the first line of a manifest says of a run: versions, hashes and options, and no name."""
    return {
        "format": FORMAT,
        "program": __version__,
        "roster": source.sha256,
        "content": content_hash(places),
        "encoding": source.dialect.encoding,
        "delimiter": source.dialect.delimiter,
        "date": wishes.day.isoformat(),
        "clinic": wishes.clinic,
        "clinician": _veiled(wishes.clinician, source),
        "language": wishes.language,
        "paper": wishes.paper or "",
        "edition": wishes.edition,
        "ink": wishes.ink,
        "log_weeks": wishes.log_weeks,
        "layout": layout,
    }


def differences(before: Entry, now: Entry) -> list[str]:
    """Return in words what is not the same in two runs."""
    keys = dict.fromkeys([*now, *before])
    return [_NAMES.get(key, "--" + key.replace("_", "-")) for key in keys if before.get(key) != now.get(key)]


def content_hash(places: Places) -> str:
    """Return one hash of all content files and templates, the clinic's own included."""
    digest = hashlib.sha256()
    for layer in places.layers:
        for part in ("data", "templates"):
            for file in sorted(path for path in (layer / part).rglob("*") if path.is_file()):
                digest.update(f"\0{file.relative_to(layer).as_posix()}\0".encode())
                digest.update(file_hash(file).encode())
    return digest.hexdigest()


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file; raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _veiled(name: str, source: Source) -> str:
    """Return what tells two names apart and gives none away to who does not have the roster."""
    if not name:
        return ""
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass"))
    source.file.seek(0)
    while piece := source.file.read(1 << 20):
        digest.update(piece)
    return digest.hexdigest()[:16]
