"""Where content lies: the bundled folders, and a clinic's own folder of the same shape over them.

::

    <layer>/data/conditions/<id>.yaml        exercises/<id>.yaml    packets/<id>.yaml
            data/clinics/<id>/clinic.yaml    (with a logo beside it)  or  data/clinics/<id>.yaml
            data/words/<language>.yaml       data/glossary/<language>.yaml
            data/red-flags.yaml    data/sources.yaml
            data/schema/*.json               templates/

Nothing here reads the current folder or the environment: who calls hands the folders in.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from handouts.errors import ContentError, HandoutError, OutsideError, Problem, UsageError

Kind = Literal["condition", "exercise", "clinic", "packet"]
Shared = Literal["red-flags", "sources"]
KINDS: tuple[Kind, ...] = get_args(Kind)
SHARED: tuple[Shared, ...] = get_args(Shared)
LONGEST_ID = 60
ID = re.compile(rf"(?=.{{1,{LONGEST_ID}}}\Z)[a-z0-9]+(-[a-z0-9]+)*")
"""What an id looks like; a longer one could be no file's name."""
SETTINGS_FILE = "handouts.toml"

_MAX_SETTINGS_BYTES = 1 << 16


def _holds_content(root: Path) -> bool:
    return (root / "data" / "conditions").is_dir() and (root / "templates").is_dir()


def bundled_root() -> Path:
    """Return the folder that holds the bundled ``data`` and ``templates``.

    An installed package carries them inside itself; in a checkout they lie beside the package. Any other
    place would be a guess, so that anything else is an error that names both.
    """
    package = Path(__file__).resolve().parents[1]
    installed, checkout = package / "_bundled", package.parent
    for root in (installed, checkout):
        if _holds_content(root):
            return root
    raise HandoutError(
        f"neither {installed} nor {checkout} holds data/conditions and templates.",
        advice="Install the package again.",
    )


@dataclass(frozen=True, slots=True)
class Places:
    """The layers of content: a clinic's own folder (``overlay``), then the bundled one."""

    overlay: Path | None = None
    bundled: Path = field(default_factory=bundled_root)

    def __post_init__(self) -> None:
        if self.overlay is None:
            return
        try:
            exists = self.overlay.is_dir()
            holds_content = any((self.overlay / name).is_dir() for name in ("data", "templates"))
        except OSError as error:
            sentence = f"the library folder {self.overlay} cannot be read ({error.strerror})."
            raise OutsideError(sentence, advice="Look at its permissions.") from None
        if not exists:
            raise UsageError(
                f"there is no library folder {self.overlay}.", advice="Make it, or name another."
            )
        if not holds_content:
            raise UsageError(
                f"the library folder {self.overlay} holds neither data nor templates.",
                advice="Name the folder above them.",
            )

    @property
    def layers(self) -> tuple[Path, ...]:
        """The folders to look in, the clinic's own first."""
        return (self.overlay, self.bundled) if self.overlay else (self.bundled,)

    def template_folders(self) -> tuple[Path | None, Path]:
        """Return the clinic's own template folder, if it has one, and the bundled one."""
        own = self.overlay / "templates" if self.overlay else None
        return (own if own and own.is_dir() else None), self.bundled / "templates"


def item_file(layer: Path, kind: Kind, item: str) -> Path | None:
    """Return the file of one condition, exercise, clinic or packet in one layer, or None."""
    if not ID.fullmatch(item):
        return None
    folder = layer / "data" / f"{kind}s"
    candidates = [folder / f"{item}.yaml"]
    if kind == "clinic":
        candidates.insert(0, folder / item / "clinic.yaml")
    return next((path for path in candidates if path.is_file()), None)


def item_ids(layer: Path, kind: Kind) -> set[str]:
    """Return the ids that one layer has files for; files with other names are not counted."""
    folder = layer / "data" / f"{kind}s"
    if not folder.is_dir():
        return set()
    names = {path.stem for path in folder.glob("*.yaml") if path.is_file()}
    if kind == "clinic":
        names |= {path.parent.name for path in folder.glob("*/clinic.yaml") if path.is_file()}
    return {name for name in names if ID.fullmatch(name)}


def shared_file(layer: Path, name: str) -> Path | None:
    """Return a file that exists once in a layer, such as ``red-flags`` or ``words/en``, or None."""
    path = layer / "data" / f"{name}.yaml"
    return path if path.is_file() else None


def languages(layer: Path, folder: str = "words") -> set[str]:
    """Return the languages that one layer has words for, or a glossary."""
    return {path.stem for path in (layer / "data" / folder).glob("*.yaml") if ID.fullmatch(path.stem)}


def yaml_files(layer: Path) -> tuple[Path, ...]:
    """Return every YAML file below a layer's ``data``, whether its name is right or not, sorted."""
    return tuple(sorted(path for path in (layer / "data").rglob("*.y*ml") if path.is_file()))


@dataclass(frozen=True, slots=True)
class Settings:
    """What a ``handouts.toml`` says; ``library`` is relative to no folder any more."""

    file: Path
    library: Path | None = None
    clinic: str = ""


def find_settings(folder: Path) -> Settings | None:
    """Return the settings of the nearest ``handouts.toml``, in a folder (absolute) or above it.

    Raises ContentError with all problems of the file.
    """
    for place in (folder, *folder.parents):
        if (place / SETTINGS_FILE).is_file():
            return read_settings(place / SETTINGS_FILE)
    return None


def read_settings(file: Path) -> Settings:
    """Return what one settings file says; raises ContentError with all its problems."""
    try:
        with file.open("rb") as stream:
            text = stream.read(_MAX_SETTINGS_BYTES).decode("utf-8-sig")
        values = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ContentError((_unreadable(file, error),)) from None

    def line(key: str) -> int:
        found = re.search(rf"^[ \t]*[\"']?{re.escape(key)}\b", text, re.MULTILINE)
        return text.count("\n", 0, found.start()) + 1 if found else 0

    problems = [
        Problem(str(file), line(key), 0, f"there is no setting `{key}`.", "There are: clinic, library.")
        for key in values
        if key not in ("library", "clinic")
    ]
    problems += [
        Problem(str(file), line(key), 0, f"`{key}` must be text.", "Put it in quotes.")
        for key in ("library", "clinic")
        if not isinstance(values.get(key, ""), str)
    ]
    library = values.get("library")
    root = file.parent / library if library and isinstance(library, str) else None
    if root and not root.is_dir():
        sentence = f"there is no folder {root}."
        problems.append(Problem(str(file), line("library"), 0, sentence, "Paths are relative to this file."))
    if problems:
        raise ContentError(tuple(sorted(problems)))
    return Settings(file, root, values.get("clinic", ""))


def _unreadable(file: Path, error: Exception) -> Problem:
    if isinstance(error, OSError):
        return Problem(
            str(file), 0, 0, f"the file cannot be read ({error.strerror}).", "Look at its permissions."
        )
    if isinstance(error, UnicodeDecodeError):
        return Problem(str(file), 0, 0, "the file is not UTF-8.", "Save it as UTF-8.")
    place = re.search(r"line (\d+), column (\d+)", str(error))
    line, column = (int(place[1]), int(place[2])) if place else (0, 0)
    return Problem(
        str(file), line, column, "this is not valid TOML.", 'Write lines such as: clinic = "example-clinic"'
    )
