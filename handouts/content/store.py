"""Content files, each read once: laid over the bundled one, validated, its faults kept beside it.

A clinic's own file replaces the bundled one of the same id. A condition that ``extends`` a bundled one, and
the files that exist only once (red flags, sources, words), are laid over it instead: maps merge, lists
replace; the lists that say which warning signs are printed only ever grow.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from handouts.content import places
from handouts.content.base import Model
from handouts.content.models import (
    ClinicFile,
    Condition,
    Exercise,
    GlossaryFile,
    Packet,
    RedFlagFile,
    SourceFile,
    WordsFile,
)
from handouts.content.nodes import Node, laid_over
from handouts.content.places import Kind, Places, Shared
from handouts.content.problems import suggestion, validated
from handouts.content.yaml_text import MAX_BYTES, read_yaml
from handouts.errors import Problem

M = TypeVar("M", bound=Model)

MODELS: dict[Kind | Shared, type[Model]] = {
    "condition": Condition,
    "exercise": Exercise,
    "clinic": ClinicFile,
    "packet": Packet,
    "red-flags": RedFlagFile,
    "sources": SourceFile,
}
_GROWING = frozenset({"everywhere", "by_region"})


@dataclass(frozen=True, slots=True)
class Record(Generic[M]):
    """One file after reading: its value (None if it has problems), its tree and its problems.

    ``base`` is the bundled record that a clinic's own file changes or replaces.
    """

    file: Path
    value: M | None
    node: Node | None
    problems: tuple[Problem, ...] = ()
    base: Record[M] | None = None


class Store:
    """All content files of the layers, read when first asked for."""

    def __init__(self, layers: Places) -> None:
        self.places = layers
        self._trees: dict[Path, tuple[Node | None, tuple[Problem, ...]]] = {}
        self._records: dict[tuple[Path, str, str], Record[Model] | None] = {}
        self._ids: dict[Kind, tuple[str, ...]] = {}

    def ids(self, kind: Kind) -> tuple[str, ...]:
        """Return the ids of all layers, sorted."""
        if kind not in self._ids:
            found = (places.item_ids(layer, kind) for layer in self.places.layers)
            self._ids[kind] = tuple(sorted(set().union(*found)))
        return self._ids[kind]

    def languages(self) -> tuple[str, ...]:
        """Return the languages that there are words for, sorted."""
        return tuple(sorted(set().union(*(places.languages(layer) for layer in self.places.layers))))

    def file(self, kind: Kind, item: str) -> Path | None:
        """Return the file that counts for an id, or None."""
        found = (places.item_file(layer, kind, item) for layer in self.places.layers)
        return next((path for path in found if path), None)

    def condition(self, item: str) -> Record[Condition] | None:
        """Return the record of a condition, or None if there is no such file."""
        return self._item("condition", item, Condition)

    def exercise(self, item: str) -> Record[Exercise] | None:
        """Return the record of an exercise, or None if there is no such file."""
        return self._item("exercise", item, Exercise)

    def clinic(self, item: str) -> Record[ClinicFile] | None:
        """Return the record of a clinic, or None if there is no such file."""
        return self._item("clinic", item, ClinicFile)

    def packet(self, item: str) -> Record[Packet] | None:
        """Return the record of a packet, or None if there is no such file."""
        return self._item("packet", item, Packet)

    def red_flags(self) -> Record[RedFlagFile]:
        """Return the record of the red flags of all layers."""
        return self._shared("red-flags", RedFlagFile)

    def sources(self) -> Record[SourceFile]:
        """Return the record of the sources of all layers."""
        return self._shared("sources", SourceFile)

    def words(self, language: str) -> Record[WordsFile]:
        """Return the record of the words of one language."""
        return self._shared(f"words/{language}", WordsFile)

    def glossary(self, language: str) -> Record[GlossaryFile] | None:
        """Return the record of the glossary of one language, or None if no layer has one."""
        name = f"glossary/{language}"
        if not any(places.shared_file(layer, name) for layer in self.places.layers):
            return None
        return self._shared(name, GlossaryFile)

    def _item(self, kind: Kind, item: str, model: type[M]) -> Record[M] | None:
        for layer in self.places.layers:
            record = self._in_layer(layer, kind, item, model)
            if record:
                return record
        return None

    def _in_layer(self, layer: Path, kind: Kind, item: str, model: type[M]) -> Record[M] | None:
        key = (layer, kind, item)
        if key not in self._records:
            file = places.item_file(layer, kind, item)
            self._records[key] = self._read_item(layer, kind, item, model, file) if file else None
        return self._records[key]  # type: ignore[return-value] # the key holds the kind, and so the model

    def _read_item(self, layer: Path, kind: Kind, item: str, model: type[M], file: Path) -> Record[M]:
        node, faults = self._tree(file)
        if node is None:
            return Record(file, None, None, faults)
        problems = [*faults, *_id_problems(node, "id", item)]
        own = layer != self.places.bundled
        extended = node.child("extends") if kind == "condition" else None
        base_id = extended.raw if extended else item
        base = self._in_layer(self.places.bundled, kind, base_id, model) if own else None
        if extended and not own:
            problems.append(_misplaced_extends(extended))
        elif extended and base is None:
            known = places.item_ids(self.places.bundled, kind)
            sentence = f"there is no bundled {kind} {extended.raw!r} to extend."
            problems.append(extended.mark.problem(sentence, suggestion(extended.raw, known)))
            return Record(file, None, node, tuple(problems))
        elif extended and base:
            if base.node is None:
                return Record(file, None, node, (*problems, *base.problems), base)
            node = laid_over(base.node, node)
            problems += base.problems
        return _record(file, node, model, problems, base)

    def _shared(self, name: str, model: type[M]) -> Record[M]:
        key = (self.places.bundled, "", name)
        if key not in self._records:
            self._records[key] = self._read_shared(name, model)
        return self._records[key]  # type: ignore[return-value] # the name tells the model

    def _read_shared(self, name: str, model: type[M]) -> Record[M]:
        record: Record[M] | None = None
        for layer in reversed(self.places.layers):
            file = places.shared_file(layer, name)
            if file is None:
                continue
            node, faults = self._tree(file)
            if node is None:
                return Record(file, None, None, faults, record)
            problems = [*faults, *(record.problems if record else ())]
            if "/" in name:
                problems += _id_problems(node, "language", file.stem)
            if record and record.node:
                node = laid_over(record.node, node, _GROWING)
            record = _record(file, node, model, problems, record)
        if record is None:
            path = self.places.bundled / "data" / f"{name}.yaml"
            problem = Problem(str(path), 0, 0, "there is no such file.", "Put it back.")
            return Record(path, None, None, (problem,))
        return record

    def _tree(self, file: Path) -> tuple[Node | None, tuple[Problem, ...]]:
        if file not in self._trees:
            try:
                with file.open("rb") as stream:
                    data = stream.read(MAX_BYTES + 1)
            except OSError as error:
                sentence = f"the file cannot be read ({error.strerror})."
                self._trees[file] = None, (Problem(str(file), 0, 0, sentence, "Look at its permissions."),)
            else:
                self._trees[file] = read_yaml(data, str(file))
        return self._trees[file]


def _record(
    file: Path, node: Node, model: type[M], faults: list[Problem], base: Record[M] | None
) -> Record[M]:
    """Return the record of a tree; where a fault was told, what the model says of the same place is not."""
    value, refused = validated(model, node)
    told = {(fault.file, fault.line, fault.column) for fault in faults}
    refused = tuple(found for found in refused if (found.file, found.line, found.column) not in told)
    problems = tuple(dict.fromkeys((*faults, *refused)))
    return Record(file, None if problems else value, node, problems, base)


def _id_problems(node: Node, key: str, wanted: str) -> list[Problem]:
    written = node.child(key)
    if written is None or isinstance(written.value, dict | list) or written.raw == wanted:
        return []
    sentence = f"`{key}` is {written.raw!r}, but the file is named {wanted!r}."
    return [written.mark.problem(sentence, "Make both the same.")]


def _misplaced_extends(node: Node) -> Problem:
    return node.mark.problem(
        "a bundled condition cannot extend another.", "Use `extends` in a clinic's own folder only."
    )
