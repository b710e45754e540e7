"""Object storage in place of a folder: workers put files there, and the manifest goes there in pieces.

A file that is put there is whole or not there, so that none needs a temporary name. Nothing can be appended
to, so that each group of the manifest's lines is an object of its own (``manifest-000001.part.jsonl``); they
become one ``manifest.jsonl`` when a run ends. Nobody can hold such a place for one run: that no second one
works there is for its owner to see to.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import fsspec

from handouts.batch import report
from handouts.batch.folder import Folder, Verdict, held_against
from handouts.batch.manifest import NAME, Entry
from handouts.errors import OutsideError, UsageError

_PIECE = re.compile(r"manifest-([0-9]{6,})\.part\.jsonl")


class Storage:
    """One place of object storage, by its address: ``s3://bucket/monday``.

    Raises UsageError for an address of a kind that is not installed.
    """

    def __init__(self, url: str) -> None:
        try:
            self._files, self._root = fsspec.core.url_to_fs(url)
        except (ImportError, ValueError) as error:
            raise UsageError(f"-o {url}: {error}") from error
        self.url = url

    def put(self, name: str, data: bytes) -> None:
        """Write an object; raises OutsideError."""
        with self._reaching():
            self._files.pipe_file(f"{self._root}/{name}", data)

    def read(self, name: str) -> bytes:
        """Return the bytes of an object; raises OutsideError."""
        with self._reaching():
            return bytes(self._files.cat_file(f"{self._root}/{name}"))

    def remove(self, name: str) -> None:
        """Delete an object; raises OutsideError."""
        with self._reaching():
            self._files.rm_file(f"{self._root}/{name}")

    def sizes(self) -> dict[str, int]:
        """Return the size of each object directly below the address; raises OutsideError."""
        with self._reaching():
            self._files.invalidate_cache()
            found = self._files.find(self._root, maxdepth=1, detail=True)
        return {path.rpartition("/")[2]: int(detail["size"]) for path, detail in found.items()}

    @contextmanager
    def _reaching(self) -> Iterator[None]:
        # Each kind of storage has errors of its own.
        try:
            yield
        except Exception as error:
            reason = getattr(error, "strerror", None) or type(error).__name__
            advice = "Look at the address and its credentials, then run the same with --resume."
            raise OutsideError(f"cannot reach {self.url}: {reason}.", advice=advice) from error


@contextmanager
def open_storage(url: str, run: Entry, *, resume: bool) -> Iterator[Folder]:
    """Take a place for a run, as :meth:`Folder.open` does; what it holds is told by name and size.

    Raises as that does.
    """
    storage = Storage(url)
    with TemporaryDirectory(prefix="handouts-") as name:
        local = Path(name)
        sizes = storage.sizes()
        last = _fetch_manifest(storage, sizes, local)

        def mirror(lines: bytes) -> None:
            nonlocal last
            last += 1
            storage.put(f"manifest-{last:06d}.part.jsonl", lines)

        with Folder.open(local, run, resume=resume, elsewhere=sizes, mirror=mirror) as folder:
            yield folder
        _finish(storage, local)


def verify_storage(url: str) -> Verdict:
    """Hold every object against the manifest, as :func:`handouts.batch.folder.verify` does."""
    storage = Storage(url)
    with TemporaryDirectory(prefix="handouts-") as name:
        sizes = storage.sizes()
        _fetch_manifest(storage, sizes, Path(name))
        if not (Path(name) / NAME).stat().st_size:
            raise UsageError(
                f"there is no {NAME} in {url}.", advice="Name the place that a batch has filled."
            )

        def held(file: str) -> tuple[int, str] | None:
            if file not in sizes:
                return None
            data = storage.read(file)
            return len(data), hashlib.sha256(data).hexdigest()

        return held_against(Path(name) / NAME, sizes, held)


def _fetch_manifest(storage: Storage, sizes: dict[str, int], local: Path) -> int:
    """Write the manifest and its pieces as one local file, and return the number of the last piece."""
    pieces = sorted((int(found[1]), name) for name in sizes if (found := _PIECE.fullmatch(name)))
    with (local / NAME).open("wb") as file:
        for name in [*([NAME] if NAME in sizes else []), *(name for _, name in pieces)]:
            file.write(storage.read(name))
    return pieces[-1][0] if pieces else 0


def _finish(storage: Storage, local: Path) -> None:
    """Put the whole manifest and the reports where the files are, and take the pieces away."""
    storage.put(NAME, (local / NAME).read_bytes())
    sizes = storage.sizes()
    for name in (report.CSV_NAME, report.JSON_NAME):
        if (local / name).is_file():
            storage.put(name, (local / name).read_bytes())
        elif name in sizes:
            storage.remove(name)
    for name in sizes:
        if _PIECE.fullmatch(name):
            storage.remove(name)
