"""YAML text to a tree of nodes that know their place, and never to anything but values or problems.

YAML is read as its 1.2 core schema says: ``no``, ``12:30`` and ``2026-11-02`` are text. A node keeps the
characters that stand in the file, so that a field of text can take ``0123`` exactly as written. Aliases,
tags, repeated keys and giant or deeply nested files are refused; the reader goes on after most faults, to
tell all of them at once.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from handouts.content.nodes import Mark, Node
from handouts.errors import Problem

MAX_BYTES = 1 << 20
MAX_DEPTH = 32
MAX_NODES = 50_000
MAX_CHARACTERS = 20_000
MAX_TOLD = 20

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_INT = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(r"(?=.*[.eE])[-+]?(\.[0-9]+|(0|[1-9][0-9]*)(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?")
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


class _LimitError(Exception):
    """A limit is passed: nothing more of the file is read."""


@dataclass(slots=True)
class _Open:
    """A map or list that is not closed yet; ``name`` is the key that waits for its value."""

    node: Node
    waiting: bool = False
    name: str | None = None
    key: Mark | None = None


@dataclass(slots=True)
class _Builder:
    """Builds nodes from YAML events and notes every fault on the way."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)
    root: Node | None = None
    nodes: int = 0
    documents: int = 0

    def fault(self, mark: Mark, sentence: str, advice: str) -> None:
        self.problems.append(mark.problem(sentence, advice))

    def take(self, event: yaml.Event) -> None:
        start = event.start_mark
        mark = Mark(self.file, start.line + 1, start.column + 1) if start else Mark(self.file, 0, 0)
        match event:
            case yaml.DocumentStartEvent():
                self.documents += 1
                if self.documents > 1:
                    self.fault(mark, "a second document begins here.", "Keep one document in a file.")
                    raise _LimitError
            case yaml.AliasEvent():
                self.count(mark)
                self.fault(mark, f"the alias *{event.anchor} is not read.", "Write the text out.")
                self.add(Node(mark, None))
            case yaml.ScalarEvent():
                self.count(mark)
                self.unadorned(event, mark)
                self.add(self.scalar(event, mark))
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self.count(mark)
                self.unadorned(event, mark)
                self.open.append(_Open(Node(mark, {} if isinstance(event, yaml.MappingStartEvent) else [])))
                if len(self.open) > MAX_DEPTH:
                    self.fault(mark, f"this is nested more than {MAX_DEPTH} deep.", "Nest it less.")
                    raise _LimitError
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self.add(self.open.pop().node)

    def count(self, mark: Mark) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self.fault(mark, f"the file has more than {MAX_NODES} values.", "Divide it into several files.")
            raise _LimitError

    def unadorned(self, event: yaml.NodeEvent, mark: Mark) -> None:
        if event.anchor is not None:
            self.fault(mark, f"the anchor &{event.anchor} is not read.", "Take it away.")
        tag = getattr(event, "tag", None)
        if tag is not None:
            tag = tag.replace("tag:yaml.org,2002:", "!!")
            self.fault(mark, f"the tag {tag} is not read.", "Take it away, or put the text in quotes.")

    def scalar(self, event: yaml.ScalarEvent, mark: Mark) -> Node:
        raw: str = event.value
        if len(raw) > MAX_CHARACTERS:
            self.fault(
                mark,
                f"this text has {len(raw)} characters; at most {MAX_CHARACTERS} are read.",
                "Shorten it.",
            )
            raw = raw[:MAX_CHARACTERS]
        control = _CONTROL.search(raw)
        if control:
            self.fault(
                mark, f"this text holds {_named(control[0])}, which cannot be printed.", "Take it out."
            )
            raw = _CONTROL.sub(" ", raw)
        if event.style:
            return Node(mark, raw, raw)
        return Node(mark, core_value(raw), raw)

    def add(self, node: Node) -> None:
        if not self.open:
            self.root = node
            return
        top = self.open[-1]
        if isinstance(top.node.value, list):
            top.node.value.append(node)
        elif isinstance(top.node.value, dict):
            if not top.waiting:
                top.waiting, top.name, top.key = True, self.key_name(node, top.node.value), node.mark
                return
            top.waiting = False
            if top.name is not None:
                node.key = top.key
                top.node.value[top.name] = node

    def key_name(self, node: Node, siblings: dict[str, Node]) -> str | None:
        if isinstance(node.value, dict | list):
            self.fault(node.mark, "a key cannot be a map or a list.", "Write a word before the colon.")
            return None
        if not node.raw:
            self.fault(node.mark, "a key is missing before this colon.", "Write a word before it.")
            return None
        first = siblings.get(node.raw)
        if first is not None:
            line = first.key.line if first.key else first.mark.line
            sentence = f"`{shortened(node.raw)}` stands here again; the first one is in line {line}."
            self.fault(node.mark, sentence, "Keep one of them.")
            return None
        return node.raw


def core_value(raw: str) -> bool | int | float | str | None:
    """Return what an unquoted scalar means in the core schema of YAML 1.2.

    Numbers with leading zeros stay text, because nobody means the same number by ``010``.
    """
    if raw in _WORDS:
        return _WORDS[raw]
    if _INT.fullmatch(raw):
        return int(raw)
    if _FLOAT.fullmatch(raw) and math.isfinite(float(raw)):
        return float(raw)
    return raw


def shortened(text: str, most: int = 40) -> str:
    """Return the text fit for a message: one line, and not longer than ``most`` characters."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1] + "…"


def read_yaml(data: bytes, file: str) -> tuple[Node | None, tuple[Problem, ...]]:
    """Return the tree of one YAML file and every problem found on the way.

    ``file`` is the name told in problems. The tree is None if nothing can be trusted: an empty, too large
    or broken file; otherwise what could be read stands in it even if there are problems.
    """
    text, problems = _decoded(data, file)
    if text is None:
        return None, tuple(problems)
    builder = _Builder(file, problems)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except _LimitError:
        builder.root = None
    except yaml.MarkedYAMLError as error:
        builder.problems.append(_syntax_problem(error, text, file))
        builder.root = None
    # PyYAML lets other exceptions out on some damaged files: a version number of 5000 digits, say.
    except (yaml.YAMLError, ValueError, ArithmeticError, LookupError, AttributeError, TypeError) as error:
        sentence = f"this is not valid YAML ({type(error).__name__})."
        builder.problems.append(Problem(file, 0, 0, sentence, "Begin again from a file that works."))
        builder.root = None
    else:
        if builder.root is None:
            builder.problems.append(
                Problem(file, 0, 0, "the file is empty.", "Write its content, or delete it.")
            )
    return builder.root, tuple(builder.problems)


def _decoded(data: bytes, file: str) -> tuple[str | None, list[Problem]]:
    if len(data) > MAX_BYTES:
        return None, [Problem(file, 0, 0, f"the file is larger than {MAX_BYTES >> 20} MiB.", "Divide it.")]
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return None, [Problem(file, 0, 0, "the file is saved as UTF-16.", "Save it as UTF-8.")]
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8").removeprefix("\ufeff")
        sentence = f"the byte {data[error.start]:#04x} is not UTF-8."
        return None, [_at(file, before).problem(sentence, "Save the file as UTF-8.")]
    return _CONTROL.sub(" ", text), list(_control_problems(text, file))


def _control_problems(text: str, file: str) -> Iterator[Problem]:
    for number, found in enumerate(_CONTROL.finditer(text)):
        if number == MAX_TOLD:
            yield Problem(file, 0, 0, "there are more such characters.", "Is this a text file?")
            return
        sentence = f"{_named(found[0])} cannot be printed."
        yield _at(file, text[: found.start()]).problem(sentence, "Take it out.")


def _at(file: str, before: str) -> Mark:
    lines = before.replace("\r\n", "\n").replace("\r", "\n")
    return Mark(file, lines.count("\n") + 1, len(lines) - lines.rfind("\n"))


def _named(character: str) -> str:
    return f"the character U+{ord(character):04X}"


def _syntax_problem(error: yaml.MarkedYAMLError, text: str, file: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    written = (text.splitlines() or [""])[min(line, max(0, len(text.splitlines()) - 1))]
    sentence = f"this is not valid YAML ({shortened(str(error.problem), 100)})."
    if error.context_mark and error.context_mark.line != line:
        sentence += f" It began in line {error.context_mark.line + 1}."
    if "\t" in written[: len(written) - len(written.lstrip())]:
        advice = "Indent with spaces, never with tabs."
    elif written.count(": ") > 1:
        advice = "Put text that holds a colon in quotes."
    else:
        advice = "Look at the indentation, the quotes and the dashes here and in the line above."
    return Problem(file, line + 1, column + 1, sentence, advice)
