"""What goes wrong in a template, told with its place; never with a value that the template was given."""

from __future__ import annotations

import re
from pathlib import Path
from traceback import walk_tb
from typing import NamedTuple

from jinja2 import TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.exceptions import TemplateError as JinjaError

from handouts.compose.limits import RefusedError
from handouts.errors import Problem, TemplateError

BUNDLED = "bundled"
Folders = tuple[Path | None, Path]

_NAMED = re.compile(
    r"(?:access to attribute |'[\w.]+(?: object)?' has no attribute )?'(?P<name>[^']*)'"
    r"(?: is undefined| of '\w+' object is unsafe\.?)?"
)


class _Place(NamedTuple):
    """A line of a template, and the line's own text."""

    where: str = ""
    text: str = ""


def told(error: Exception, folders: Folders, name: str) -> TemplateError:
    """Return the error of the template ``name`` as one that says where, what and what to do.

    The words of an error that Jinja or Python chose may hold a value. A name is repeated only where it
    stands in the line itself; of other errors only the kind is told.
    """
    place = _place(error, folders)
    where = place.where or name
    match error:
        case TemplateSyntaxError():
            where = f"{error.name or name}:{error.lineno}"
            sentence, advice = _sentence(error), "Mend the template's syntax."
        case TemplateNotFound():
            known = str(error.name) == name or str(error.name) in place.text
            sentence = f"there is no template{f' {error.name!r}' if known else ' of that name'}."
            advice = f"The clinic's own come by name, the program's own also as {BUNDLED}:NAME."
        case SecurityError():
            known = isinstance(error, RefusedError) or _stands_in(error, place.text)
            sentence = _sentence(error) if known else "the line asks for something that it may not have."
            advice = "A template may only arrange the values that it gets."
        case UndefinedError():
            known = _stands_in(error, place.text)
            sentence = _sentence(error) if known else "the line asks for a value that there is not."
            advice = "handouts/compose/context.py lists all values."
        case RecursionError():
            sentence = "the template comes back to itself without end."
            advice = "Look for a macro that calls itself, or a template that includes or extends itself."
        case UnicodeDecodeError():
            sentence, advice = "a template is not UTF-8.", "Save it as UTF-8."
        case _:
            sentence = f"the template failed with a {type(error).__name__}."
            advice = "Look at what the line does with its values."
    return TemplateError(sentence, where=where, advice=advice)


def problem(error: TemplateError, folders: Folders) -> Problem:
    """Return the error as a problem of the template's file."""
    name, _, line = error.where.rpartition(":")
    if not line.isdecimal():
        name, line = error.where, "0"
    overlay, bundled = folders
    own = overlay / name if overlay else None
    file = own if own and own.is_file() else bundled / name.removeprefix(f"{BUNDLED}:")
    return Problem(str(file), int(line), 0, error.sentence, error.advice)


def _sentence(error: JinjaError) -> str:
    # Some of Jinja's messages are sentences already.
    return f"{(error.message or '').rstrip('.')}."


def _stands_in(error: JinjaError, line: str) -> bool:
    named = _NAMED.fullmatch(error.message or "")
    return bool(named and named["name"] in line)


def _place(error: Exception, folders: Folders) -> _Place:
    """Return the innermost template line that an error went through."""
    overlay, bundled = folders
    place = _Place()
    for frame, line in walk_tb(error.__traceback__):
        file = Path(frame.f_code.co_filename)
        if overlay and file.is_relative_to(overlay):
            place = _Place(f"{file.relative_to(overlay).as_posix()}:{line}", _line(file, line))
        elif file.is_relative_to(bundled):
            prefix = f"{BUNDLED}:" if overlay else ""
            place = _Place(f"{prefix}{file.relative_to(bundled).as_posix()}:{line}", _line(file, line))
    return place


def _line(file: Path, number: int) -> str:
    try:
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    return lines[number - 1] if 0 < number <= len(lines) else ""
