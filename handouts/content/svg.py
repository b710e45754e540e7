"""What an SVG logo may hold: shapes and plain colours, and nothing that runs, loads or sets type.

Gradients and see-through colours are not drawn on a page that is archived, so that a logo with them would
print as something else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from handouts.errors import Problem

MAX_BYTES = 1_000_000
MAX_ELEMENTS = 5_000
MAX_DEPTH = 64
SIZES = (0.01, 100_000)
"""Between these, in its own units, a side of the drawing must be."""

_SVG = "http://www.w3.org/2000/svg"
_SHAPES = frozenset(("path", "rect", "circle", "ellipse", "line", "polyline", "polygon"))
_UNDRAWN = frozenset(("defs", "clipPath"))
_ELEMENTS = frozenset(("svg", "g", "title", "desc")) | _SHAPES | _UNDRAWN
_GRADIENTS = frozenset(("linearGradient", "radialGradient", "stop"))
_TEXT = frozenset(("text", "tspan", "textPath"))
_ELSEWHERE = re.compile(r"url\s*\((?!\s*['\"]?\s*#)|\\|@import|javascript:|expression\s*\(", re.IGNORECASE)
_NUMBER = r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?"
_LENGTH = re.compile(rf"\s*(?P<number>{_NUMBER})\s*(px|pt|mm|cm|in)?\s*")
_OPACITY = re.compile(rf"\s*(?P<number>{_NUMBER})(?P<percent>\s*%)?\s*")
_SEE_THROUGH = re.compile(
    r"\s*(transparent|(rgba|hsla)\(.*|rgb\(.*/.*|#[0-9a-f]{4}|#[0-9a-f]{8})\s*", re.IGNORECASE | re.DOTALL
)
_VIEW_BOX = re.compile(rf"\s*{_NUMBER}[\s,]+{_NUMBER}[\s,]+(?P<w>{_NUMBER})[\s,]+(?P<h>{_NUMBER})\s*")


class _StopError(Exception):
    """Enough is known: the file is read no further."""


@dataclass(slots=True)
class _Reader:
    """Looks at every element and attribute; each kind of fault is told once."""

    parser: Any
    file: str
    problems: list[Problem] = field(default_factory=list)
    told: set[str] = field(default_factory=set)
    elements: int = 0
    shapes: int = 0
    opened: list[str] = field(default_factory=list)

    def fault(self, sentence: str, advice: str) -> None:
        if sentence not in self.told:
            self.told.add(sentence)
            line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
            self.problems.append(Problem(self.file, line, column, sentence, advice))

    def doctype(self, *_: object) -> None:
        self.fault("a DOCTYPE is not read.", "Take it out, or save the logo as plain SVG.")
        raise _StopError

    def instruction(self, target: str, _: str) -> None:
        self.fault(f"the instruction <?{target}?> is not read.", "Take it out.")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        space, _, local = name.rpartition(" ")
        self.opened.append(local)
        if self.elements == 1:
            self.root(space, local, attributes)
        if self.elements > MAX_ELEMENTS or len(self.opened) > MAX_DEPTH:
            self.fault("the drawing has too many parts.", "Simplify it.")
            raise _StopError
        if space == _SVG and local in _TEXT:
            self.fault("letters set as text may print in another typeface.", "Turn the text into outlines.")
        elif space == _SVG and local in _GRADIENTS:
            self.fault("gradients are not drawn.", "Give its shapes plain colours.")
        elif space != _SVG or local not in _ELEMENTS:
            self.fault(f"<{local}> is not drawn.", "Save the logo as plain (or optimised) SVG: shapes only.")
        elif local in _SHAPES and not _UNDRAWN.intersection(self.opened):
            self.shapes += 1
        for key, value in attributes.items():
            self.attribute(key.rpartition(" ")[2], value)

    def end(self, _: str) -> None:
        self.opened.pop()
        if not self.opened and not self.shapes and not self.problems:
            self.fault("there is nothing to see in the drawing.", "Put its shapes in it.")

    def root(self, space: str, local: str, attributes: dict[str, str]) -> None:
        if (space, local) != (_SVG, "svg"):
            self.fault("this is not an SVG picture.", "Save the logo as SVG, PNG or JPEG.")
            raise _StopError
        box = _VIEW_BOX.fullmatch(attributes.get("viewBox", ""))
        sides = [_LENGTH.fullmatch(attributes.get(key, "")) for key in ("width", "height")]
        sizes = [side["number"] for side in sides if side] + ([box["w"], box["h"]] if box else [])
        advice = 'Write viewBox="0 0 width height".'
        if not box and not all(sides):
            self.fault("the drawing does not say how large it is.", advice)
        elif not all(SIZES[0] <= float(size) <= SIZES[1] for size in sizes):
            self.fault("the drawing has no size that can be printed.", advice)

    def attribute(self, key: str, value: str) -> None:
        if key.lower().startswith("on"):
            self.fault(f"the attribute {key} is not read.", "Take it out.")
        elif (key == "href" and not value.strip().startswith("#")) or _ELSEWHERE.search(value):
            self.fault(f"the attribute {key} points outside the drawing.", "Take it out.")
        elif key == "style":
            for declaration in value.split(";"):
                name, _, said = declaration.partition(":")
                self.look(name.strip().lower(), said)
        else:
            self.look(key, value)

    def look(self, key: str, value: str) -> None:
        opacity = _OPACITY.fullmatch(value) if key.endswith("opacity") else None
        if opacity and float(opacity["number"]) < (100 if opacity["percent"] else 1):
            self.fault(f"what {key} makes see-through is not drawn so.", "Give it a plain, paler colour.")
        elif key not in {"fill", "stroke", "color"}:
            return
        elif "url(" in value.replace(" ", "").lower():
            self.fault("gradients are not drawn.", "Give its shapes plain colours.")
        elif _SEE_THROUGH.fullmatch(value):
            self.fault(f"the see-through colour of a {key} is not drawn so.", "Write a plain one, or none.")


def svg_problems(data: bytes, file: str) -> list[Problem]:
    """Return what an SVG file holds that a logo may not, with line and column in that file."""
    if len(data) > MAX_BYTES:
        sentence = f"the drawing is larger than {MAX_BYTES // 1_000_000} MB."
        return [Problem(file, 0, 0, sentence, "Simplify it.")]
    parser = expat.ParserCreate(namespace_separator=" ")
    reader = _Reader(parser, file)
    parser.StartDoctypeDeclHandler = reader.doctype
    parser.ProcessingInstructionHandler = reader.instruction
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    try:
        parser.Parse(data, True)  # noqa: FBT003 # positional only
    except _StopError:
        pass
    except (expat.ExpatError, ValueError, LookupError) as error:
        line = getattr(error, "lineno", 0)
        reader.problems.append(Problem(file, line, 0, "this is not well-formed SVG.", "Save the logo again."))
    return reader.problems
