"""Everything that can go wrong, each with where, what, what to do and its exit code.

::

    HandoutError                     exit 70   our bug unless a subclass says otherwise
     |- UsageError               exit 2    wrong words on the command line
     |   `- UnknownIdError       exit 2    an id that does not exist; carries the nearest names
     |- ContentError             exit 4    problems in YAML files: all of them at once
     |- TemplateError            exit 4    a template or its markup is wrong (template and line)
     |- UnprintableError         exit 4    text or an image that cannot be printed exactly
     |- ForeignError             exit 4    a PDF from elsewhere that cannot be used
     |- DefectiveError           exit 5    a finished PDF has defects
     `- OutsideError             exit 6    disk, printer, mail server
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault of one file: where it is, what is wrong, and what to do about it.

    ``line`` and ``column`` count from 1; 0 means that the whole file is meant. A problem with
    ``warning`` set is told but does not stop the work.
    """

    file: str
    line: int
    column: int
    sentence: str
    advice: str = ""
    warning: bool = False

    def __str__(self) -> str:
        place = self.file
        if self.line:
            place += f":{self.line}:{self.column}" if self.column else f":{self.line}"
        kind = "warning: " if self.warning else ""
        return f"{place}: {kind}{self.sentence}" + (f" {self.advice}" if self.advice else "")


class HandoutError(Exception):
    """The base of all errors that this program raises on purpose.

    ``advice`` says what the reader can do; ``where`` names the file, template or field.
    """

    exit_code: ClassVar[int] = 70

    def __init__(self, sentence: str, *, advice: str = "", where: str = "") -> None:
        self.sentence = sentence
        self.advice = advice
        self.where = where
        super().__init__(sentence)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.sentence}" + (f" {self.advice}" if self.advice else "")


class UsageError(HandoutError):
    """The command line, or a call, asks for something that makes no sense."""

    exit_code = 2


class UnknownIdError(UsageError):
    """There is no condition, exercise, clinic or packet of that name.

    ``nearest`` holds the most similar ids that do exist, best first.
    """

    def __init__(self, kind: str, wanted: str, nearest: tuple[str, ...] = ()) -> None:
        self.kind = kind
        self.wanted = wanted
        self.nearest = nearest
        if nearest:
            advice = "Did you mean " + " or ".join(nearest) + "?"
        else:
            advice = f"See what there is: handouts list {kind}s"
        super().__init__(f"there is no {kind} called {wanted!r}.", advice=advice)


class ContentError(HandoutError):
    """Content files have problems; every problem of every file is in ``problems``."""

    exit_code = 4

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


class TemplateError(HandoutError):
    """A template, or the markup that it wrote, is wrong; ``where`` is ``template:line``."""

    exit_code = 4


class UnprintableError(HandoutError):
    """Some text or image cannot be printed exactly, so nothing is printed."""

    exit_code = 4


class ForeignError(HandoutError):
    """A PDF from elsewhere cannot be used; ``where`` is its name."""

    exit_code = 4


class DefectiveError(HandoutError):
    """A finished PDF failed its audit; ``defects`` are sentences for the reader."""

    exit_code = 5

    def __init__(self, defects: tuple[str, ...], *, where: str = "") -> None:
        self.defects = defects
        lines = "\n".join(f"  {defect}" for defect in defects)
        super().__init__(f"the finished PDF has defects:\n{lines}", where=where)


class OutsideError(HandoutError):
    """Something outside the program failed: the disk, a printer, a mail server."""

    exit_code = 6
