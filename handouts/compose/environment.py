"""The one Jinja environment: what a template can do, and what it can't.

A clinic's template is not our code, so it gets values and a few ways to arrange them: no attributes that
begin with an underscore, no filters but those in ``FILTERS``, no text methods but those in ``TEXT_METHODS``,
no way to switch escaping off, no large multiplications, and at most 2 MB of output. Whatever goes wrong in a
template is a :class:`TemplateError` that names it and its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from traceback import walk_tb
from typing import Any

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.exceptions import SecurityError
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from handouts.errors import TemplateError

BUNDLED = "bundled"
MOST_OUTPUT = 2_000_000
MOST_NUMBER = 10_000
MOST_TEXT = 100_000
MOST_ROUNDS = 1_000
FILTERS = (
    "abs",
    "capitalize",
    "count",
    "d",
    "default",
    "e",
    "escape",
    "first",
    "groupby",
    "int",
    "join",
    "last",
    "length",
    "list",
    "lower",
    "map",
    "max",
    "min",
    "reject",
    "rejectattr",
    "reverse",
    "round",
    "select",
    "selectattr",
    "sort",
    "string",
    "sum",
    "title",
    "trim",
    "unique",
    "upper",
)
TEXT_METHODS = frozenset({"capitalize", "endswith", "lower", "startswith", "strip", "title", "upper"})

_TAG = re.compile(r"<(?:/?[A-Za-z]|!--)|>|\n")
_Folders = tuple[Path | None, Path]


class SourceMarks(Extension):
    """Puts ``<?at template:line?>`` before the tags of a template, so that the parser can name the line.

    Only the template's own text gets marks, and never within a tag; what a value holds is escaped, so that no
    value can forge one. It also refuses to switch escaping off.
    """

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Yield the template's tokens, those of its text with marks."""
        name = re.sub(r"[?<>]", "_", stream.name or "template")
        inside = begun = False
        for token in stream:
            if begun and token.type == "name" and token.value == "autoescape":
                message = "escaping can't be switched off"
                raise TemplateSyntaxError(message, token.lineno, stream.name, stream.filename)
            begun = token.type == "block_begin"
            if token.type == "data":
                text, inside = _marked(token, name, inside=inside)
                yield Token(token.lineno, "data", text)
            else:
                yield token


def _marked(token: Token, name: str, *, inside: bool) -> tuple[str, bool]:
    """Return template text with a mark before the first tag of each line, and whether a tag is left open."""
    pieces: list[str] = []
    line, marked, end = token.lineno, False, 0
    for match in _TAG.finditer(token.value):
        if match[0] == "\n":
            line, marked = line + 1, False
        elif match[0] == ">":
            inside = False
        elif not inside:
            inside = True
            if not marked:
                pieces += token.value[end : match.start()], f"<?at {name}:{line}?>"
                end, marked = match.start(), True
    return "".join(pieces) + token.value[end:], inside


class Environment(ImmutableSandboxedEnvironment):
    """The sandbox with our limits on it."""

    intercepted_binops = frozenset({"*", "**", "%", "+"})

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401
        """Refuse what makes huge texts or numbers out of small ones."""
        numbers = all(isinstance(side, (int, float)) for side in (left, right))
        if operator != "+" and not numbers:
            raise SecurityError(f"{operator} works on numbers only here")
        if operator == "**" or (numbers and max(abs(left), abs(right)) > MOST_NUMBER):
            raise SecurityError(f"{operator} makes a number that is too large")
        result = super().call_binop(context, operator, left, right)
        if isinstance(result, (str, list, tuple)) and len(result) > MOST_TEXT:
            raise SecurityError("this text is too long to be put together in a template")
        return result

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401
        """Allow a few text methods; the others can make huge texts, or markup out of text."""
        if isinstance(obj, (str, bytes)) and attr not in TEXT_METHODS:
            return False
        return super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:  # noqa: ANN401
        """Have ``str.format`` refused like other text methods: it can make a huge text, too."""


def _rounds(*bounds: int) -> range:
    """Return a range that is short enough to print."""
    numbers = range(*bounds)
    if len(numbers) > MOST_ROUNDS:
        raise SecurityError(f"a range has more than {MOST_ROUNDS} numbers")
    return numbers


@lru_cache(maxsize=8)
def environment(folders: _Folders) -> Environment:
    """Return the environment for a clinic's own template folder (or None) and the bundled one.

    A template is looked for in the clinic's folder first; ``bundled:NAME`` always means the bundled one, so
    that a clinic's template can extend the one that it replaces.
    """
    overlay, bundled = folders
    bundled_loader = FileSystemLoader(bundled)
    loaders: list[BaseLoader] = [bundled_loader, PrefixLoader({BUNDLED: bundled_loader}, delimiter=":")]
    if overlay is not None:
        loaders.insert(0, FileSystemLoader(overlay))
    made = Environment(
        loader=ChoiceLoader(loaders),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=[SourceMarks],
    )
    made.globals.clear()
    made.globals["range"] = _rounds
    made.filters = {name: made.filters[name] for name in FILTERS}
    return made


def render(folders: _Folders, name: str, values: Mapping[str, object]) -> str:
    """Return the markup that a template makes of some values.

    Raises :class:`TemplateError` whatever goes wrong, with ``where`` as ``template:line``.
    """
    try:
        template = environment(folders).get_template(name)
        return "".join(_bounded(template.generate(values)))
    except Exception as error:
        raise _told(error, folders, name) from error


def _bounded(pieces: Iterator[str]) -> Iterator[str]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > MOST_OUTPUT:
            raise SecurityError(f"the template writes more than {MOST_OUTPUT // 1_000_000} MB")
        yield piece


def _told(error: Exception, folders: _Folders, name: str) -> TemplateError:
    """Return the error of a template as one that says where, what and what to do.

    The words of an error that Jinja did not choose may hold a value, and so a patient's name: of those only
    the kind is told.
    """
    where = _place(error, folders) or name
    match error:
        case TemplateSyntaxError():
            where = f"{error.name or name}:{error.lineno}"
            sentence, advice = f"{error.message}.", "Mend the template's syntax."
        case TemplateNotFound():
            sentence = f"there is no template {error.name!r}."
            advice = f"The clinic's own come by name, the program's own also as {BUNDLED}:NAME."
        case SecurityError():
            sentence, advice = f"{error.message}.", "A template may only arrange the values that it gets."
        case UndefinedError():
            sentence = f"{error.message}."
            advice = "handouts/compose/context.py lists all values."
        case _:
            sentence = f"the template failed with a {type(error).__name__}."
            advice = "Look at what the line does with its values."
    return TemplateError(sentence, where=where, advice=advice)


def _place(error: Exception, folders: _Folders) -> str:
    """Return ``template:line`` of the innermost template line that an error went through."""
    overlay, bundled = folders
    place = ""
    for frame, line in walk_tb(error.__traceback__):
        file = Path(frame.f_code.co_filename)
        if overlay and file.is_relative_to(overlay):
            place = f"{file.relative_to(overlay).as_posix()}:{line}"
        elif file.is_relative_to(bundled):
            prefix = f"{BUNDLED}:" if overlay else ""
            place = f"{prefix}{file.relative_to(bundled).as_posix()}:{line}"
    return place
