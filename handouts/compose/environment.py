"""The one Jinja environment: what a template can do, and what it can't.

A clinic's template is not our code, so it gets values and a few ways to arrange them: no attributes that
begin with an underscore, no filters but those of ``limits.FILTERS``, no methods but a few of texts, no way to
switch escaping off, no large multiplications, at most 2 MB of output, and no more steps than the budget of
one rendering. Whatever goes wrong in a template is a :class:`TemplateError` that names it and its line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import jinja2
from jinja2 import (
    BaseLoader,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import BlockReference, Context, LoopContext, Macro, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from handouts.compose import limits
from handouts.compose.faults import BUNDLED, Folders, told
from handouts.compose.limits import RefusedError

MOST_NUMBER = 10_000
MOST_ROUNDS = 1_000
TEXT_METHODS = frozenset({"capitalize", "endswith", "lower", "startswith", "strip", "title", "upper"})

_TAG = re.compile(r"<(?:/?[A-Za-z]|!--)|>|\n")


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

    code_generator_class = limits.MeteredCode
    intercepted_binops = frozenset({"*", "**", "%", "+"})

    def concat(self, pieces: Iterable[str]) -> str:
        """Put together what a block or a macro has written."""
        return limits.joined(pieces)

    def get_template(self, *args: Any, **kwargs: Any) -> Template:  # noqa: ANN401
        """Load a template; templates that include one another spend steps, too."""
        limits.spend(limits.STEPS_A_TEMPLATE)
        return super().get_template(*args, **kwargs)

    def select_template(self, *args: Any, **kwargs: Any) -> Template:  # noqa: ANN401
        """Load one of several templates."""
        limits.spend(limits.STEPS_A_TEMPLATE)
        return super().select_template(*args, **kwargs)

    def call(self, context: Context, called: Any, /, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        """Call a macro or a method, for a step and what its result weighs."""
        limits.spend()
        return limits.weighed(super().call(context, called, *args, **kwargs))

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401
        """Refuse what makes huge texts or numbers out of small ones."""
        numbers = all(isinstance(side, (int, float)) for side in (left, right))
        if operator != "+" and not numbers:
            raise RefusedError(f"{operator} works on numbers only here")
        if operator == "**" or (numbers and max(abs(left), abs(right)) > MOST_NUMBER):
            raise RefusedError(f"{operator} makes a number that is too large")
        return limits.fitting(super().call_binop(context, operator, left, right))

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401
        """Allow values, a few text methods and what belongs to loops, macros and blocks.

        Other methods can make huge texts, or markup out of text.
        """
        if callable(value) and not isinstance(value, (Macro, BlockReference, Undefined)):
            known = attr in TEXT_METHODS if isinstance(obj, str) else isinstance(obj, LoopContext)
            return known and super().is_safe_attribute(obj, attr, value)
        return super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:  # noqa: ANN401
        """Have ``str.format`` refused like other text methods: it can make a huge text, too."""


def _rounds(*bounds: int) -> range:
    """Return a range that is short enough to print."""
    numbers = range(*bounds)
    if len(numbers) > MOST_ROUNDS:
        raise RefusedError(f"a range has more than {MOST_ROUNDS} numbers")
    return numbers


class Layers(BaseLoader):
    """Finds a template in the clinic's own folder first, then in the bundled one.

    ``bundled:NAME`` always means the bundled one, so that a clinic's template can extend the one that it
    replaces. A template that the clinic changes, or puts over a bundled one, counts at once.
    """

    def __init__(self, folders: Folders) -> None:
        overlay, bundled = folders
        self.overlay = overlay
        # Some editors put a mark before the first letter of a file; the program's own files have none.
        self.own = FileSystemLoader(overlay, encoding="utf-8-sig") if overlay else None
        self.bundled = FileSystemLoader(bundled)

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        """Return the text of a template, its file, and what says whether it still counts."""
        if template.startswith(f"{BUNDLED}:"):
            return self.bundled.get_source(environment, template.removeprefix(f"{BUNDLED}:"))
        if self.own is None or self.overlay is None:
            return self.bundled.get_source(environment, template)
        try:
            return self.own.get_source(environment, template)
        except TemplateNotFound:
            text, file, unchanged = self.bundled.get_source(environment, template)
        own = self.overlay / template
        return text, file, lambda: unchanged() and not own.is_file()


@lru_cache(maxsize=8)
def environment(folders: Folders) -> Environment:
    """Return the environment for a clinic's own template folder (or None) and the bundled one."""
    made = Environment(
        loader=Layers(folders),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=limits.printed,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=[SourceMarks],
        optimized=False,
    )
    made.globals.clear()
    made.globals["range"] = _rounds
    made.filters = limits.filters()
    return made


def render(folders: Folders, name: str, values: Mapping[str, object]) -> str:
    """Return the markup that a template makes of some values.

    Raises :class:`TemplateError` whatever goes wrong, with ``where`` as ``template:line``.
    """
    folders = _absolute(folders)
    try:
        with limits.budget():
            return limits.joined(environment(folders).get_template(name).generate(values))
    except Exception as error:
        raise told(error, folders, name) from error


def compiled(folders: Folders, name: str) -> None:
    """Compile a template without rendering it; raises :class:`TemplateError` for what is no template."""
    folders = _absolute(folders)
    try:
        with limits.budget():
            environment(folders).get_template(name)
    except Exception as error:
        raise told(error, folders, name) from error


def _absolute(folders: Folders) -> Folders:
    # What was read from a folder must never pass for what lies in another one of the same relative name.
    overlay, bundled = folders
    return (overlay.absolute() if overlay else None), bundled.absolute()
