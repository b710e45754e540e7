"""What a template may cost: one budget for each rendering, and nothing small grows into something huge.

Small pieces make large ones in four ways: loops within loops, macros that call macros, texts put together
again and again, and lists that hold lists. The first two spend steps, texts have a longest length, and lists
a depth. The program of a template is changed before it is compiled, so that no loop and no text put together
escapes this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any

from jinja2 import nodes, pass_context, pass_eval_context
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS as JINJA_FILTERS
from jinja2.filters import do_join, make_attrgetter
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, Undefined
from jinja2.visitor import NodeTransformer

MOST_STEPS = 100_000
MOST_OUTPUT = 2_000_000
MOST_TEXT = 100_000
LETTERS_A_STEP = 100
"""How much of a text is handled for the price of one step."""
STEPS_A_TEMPLATE = 20
"""What it costs to find a template and to begin it."""

TEXT_FILTERS = ("capitalize", "e", "escape", "lower", "string", "title", "trim", "upper")
FILTERS = (
    *TEXT_FILTERS,
    "abs",
    "count",
    "d",
    "default",
    "first",
    "int",
    "last",
    "length",
    "list",
    "map",
    "max",
    "min",
    "reject",
    "rejectattr",
    "reverse",
    "select",
    "selectattr",
    "sort",
    "unique",
)
# No template can write these names.
_STEPS, _PUT_TOGETHER, _LITERAL, _WEIGHED = "(steps)", "(put together)", "(literal)", "(weighed)"
_HOLDERS = (list, tuple, dict)


class RefusedError(SecurityError):
    """A template did what it may not; the words are our own and hold no value."""


class _Budget:
    def __init__(self) -> None:
        self.left = MOST_STEPS

    def spend(self, steps: int) -> None:
        self.left -= steps
        if self.left < 0:
            raise RefusedError(f"the template takes more than {MOST_STEPS} steps")


_BUDGET: ContextVar[_Budget] = ContextVar("budget")


@contextmanager
def budget() -> Iterator[None]:
    """Give what is rendered in here a budget of its own."""
    token = _BUDGET.set(_Budget())
    try:
        yield
    finally:
        _BUDGET.reset(token)


def spend(steps: int = 1) -> None:
    """Take steps from the budget; raises RefusedError where nothing is left."""
    _BUDGET.get().spend(steps)


def weighed(value: Any) -> Any:  # noqa: ANN401 - any value of a template
    """Return a value, paid for by its size."""
    if isinstance(value, str):
        spend(1 + len(value) // LETTERS_A_STEP)
    else:
        spend(1 + len(value) if isinstance(value, _HOLDERS) else 1)
    return value


def fitting(value: Any) -> Any:  # noqa: ANN401 - any value of a template
    """Return a value that a template has made, paid for; raises RefusedError where it is too long."""
    if isinstance(value, (str, *_HOLDERS)) and len(value) > MOST_TEXT:
        raise RefusedError("this text is too long to be put together in a template")
    return weighed(value)


def joined(pieces: Iterable[str]) -> str:
    """Return what a template, a macro or a block has written, as one text of at most 2 MB."""
    found: list[str] = []
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > MOST_OUTPUT:
            raise RefusedError(f"the template writes more than {MOST_OUTPUT // 1_000_000} MB")
        found.append(piece)
    spend(1 + size // LETTERS_A_STEP)
    return "".join(found)


@pass_context
def printed(_: Context, value: Any) -> Any:  # noqa: ANN401 - any value of a template
    """Return a value that is printed: text or a number, as a list would be printed as Python writes it."""
    return weighed(_readable(value))


def _readable(value: Any) -> Any:  # noqa: ANN401 - any value of a template
    if isinstance(value, Undefined):
        # Says what is undefined; what an `if` without `else` leaves out is an empty text.
        return str(value)
    if not isinstance(value, str | int | float):
        raise RefusedError("only a text or a number can be printed or be part of a text")
    return value


def _steps(values: Iterable[Any]) -> Iterator[Any]:
    for value in values:
        spend()
        yield value


@pass_eval_context
def _join(
    evaluation: EvalContext, values: Iterable[Any], separator: str = "", attribute: str | int | None = None
) -> Any:  # noqa: ANN401 - text, perhaps with markup
    if attribute is not None:
        values = map(make_attrgetter(evaluation.environment, attribute), values)
    size = 0
    pieces = []
    for value in _steps(values):
        pieces.append(str(value) if isinstance(_readable(value), int | float) else value)
        size += len(pieces[-1]) + len(separator)
        if size > MOST_TEXT:
            raise RefusedError("this text is too long to be put together in a template")
    return fitting(do_join(evaluation, pieces, separator))


@pass_eval_context
def _put_together(evaluation: EvalContext, values: list[Any]) -> Any:  # noqa: ANN401 - as above
    return _join(evaluation, values)


def _literal(value: Any) -> Any:  # noqa: ANN401 - a list, tuple or map
    for item in [*value, *value.values()] if isinstance(value, dict) else value:
        if isinstance(weighed(item), _HOLDERS):
            inner = [*item, *item.values()] if isinstance(item, dict) else item
            if any(isinstance(child, _HOLDERS) for child in inner):
                raise RefusedError("lists in a template are nested three deep")
    return fitting(value)


def _bounded(name: str) -> Callable[..., Any]:
    """Return one of Jinja's filters that pays for what it gets and for what it makes."""
    plain = JINJA_FILTERS[name]
    place = 1 if hasattr(plain, "jinja_pass_arg") else 0

    @wraps(plain)
    def bounded(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - any filter
        value = args[place]
        weighed(_readable(value) if name in TEXT_FILTERS else value)
        result = plain(*args, **kwargs)
        return _steps(result) if isinstance(result, Iterator) else fitting(result)

    return bounded


def filters() -> dict[str, Callable[..., Any]]:
    """Return the filters that a template may use, and those that its program is changed to use."""
    found = {name: _bounded(name) for name in FILTERS}
    found |= {"join": _join, _PUT_TOGETHER: _put_together}
    return found | {_STEPS: _steps, _LITERAL: _literal, _WEIGHED: weighed}


class MeteredCode(CodeGenerator):
    """Compiles a template with its loops, its lists and what it puts together passed through our filters."""

    def visit_Template(  # noqa: N802 - Jinja calls it so
        self, node: nodes.Template, frame: Frame | None = None
    ) -> None:
        """Compile the changed template."""
        super().visit_Template(_Metering(self).visit(node), frame)


class _Metering(NodeTransformer):
    """Puts a filter round each part that could grow. Jinja finds the methods by the names of its nodes."""

    def __init__(self, code: CodeGenerator) -> None:
        self.code = code

    def visit_Filter(self, node: nodes.Filter) -> nodes.Node:  # noqa: N802
        if node.name not in self.code.environment.filters:
            self.code.fail(f"there is no filter {node.name!r}", node.lineno)
        self.generic_visit(node)
        return node

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802
        if node.recursive:
            self.code.fail("a loop can't be recursive", node.lineno)
        self.generic_visit(node)
        node.iter = _through(_STEPS, node.iter)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        pieces = nodes.List(node.nodes, lineno=node.lineno)
        return _through(_PUT_TOGETHER, pieces)

    def visit_List(self, node: nodes.List) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        return _through(_LITERAL, node)

    def visit_Dict(self, node: nodes.Dict) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        return _through(_LITERAL, node)

    def visit_Tuple(self, node: nodes.Tuple) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        return _through(_LITERAL, node) if node.ctx == "load" else node

    def visit_Compare(self, node: nodes.Compare) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        node.expr = _through(_WEIGHED, node.expr)
        return node

    def visit_Operand(self, node: nodes.Operand) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        node.expr = _through(_WEIGHED, node.expr)
        return node

    def visit_Name(self, node: nodes.Name) -> nodes.Node:  # noqa: N802
        if node.name in {"varargs", "kwargs"}:
            self.code.fail("a macro takes only what it names", node.lineno)
        return node


def _through(name: str, node: nodes.Node) -> nodes.Filter:
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)
