"""What a model refuses, told as sentences with a place.

Errors are recognised by pydantic's error *type*, never by the words of its message, which change from one
release to the next.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from handouts.content.nodes import Mark, Node, Plain
from handouts.content.yaml_text import shortened
from handouts.errors import Problem

Path = tuple[str | int, ...]
M = TypeVar("M", bound=BaseModel)

_PATTERNS = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "Write small letters a-z, digits and single hyphens, such as hip-bursitis.",
    r"^[A-Z][A-Z0-9-]*$": "Write capital letters, digits and hyphens, such as NHS-BURS.",
    r"^#[0-9a-fA-F]{6}$": "Write a colour as # and six digits in quotes, such as '#1a5f7a'.",
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$": "Write a day as year-month-day, such as 2026-11-02.",
    r"^[0-9]{4}\.[0-9]{2}(\.[0-9]+)?$": "Write a version as year.month, such as 2026.11.",
    r"^[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?$": "Write an ICD-10-CM code, such as M70.61.",
    r"^[\w.-]+\.(png|jpg|jpeg|svg)$": "Write the name of a PNG, JPEG or SVG file in the clinic's own folder.",
    r"^[0-9][0-9 ]{0,13}[0-9]$": "Write digits and spaces only, such as 911.",
    r"^[a-z][a-z0-9_]*$": "Write small letters, digits and underscores, such as get_help.",
}


def nearest(
    wanted: str, known: Iterable[str], titles: Mapping[str, str] | None = None, most: int = 3
) -> tuple[str, ...]:
    """Return the known names most like the wanted one: misspelt ones first, then those sharing most words.

    ``titles`` holds what else a name may be called by.
    """
    titles = titles or {}
    names = sorted(known)
    folded = {titles[name].lower(): name for name in reversed(names) if name in titles}
    folded |= {name.lower(): name for name in reversed(names)}
    matches = get_close_matches(wanted.lower(), folded, n=2 * most, cutoff=0.65)
    close = list(dict.fromkeys(folded[match] for match in matches))
    words = {word for word in _words(wanted) if len(word) > 2}
    shared = {name: _shared(words, _words(f"{name} {titles.get(name, '')}")) for name in names}
    rest = sorted((name for name in names if shared[name] and name not in close), key=lambda one: -shared[one])
    return tuple((close + rest)[:most])


def _words(name: str) -> set[str]:
    return set(re.split(r"[-_\s]+", name.lower()))


def _shared(words: set[str], others: set[str]) -> int:
    """Return how many of some words stand among others, misspelt or not."""
    return sum(bool(get_close_matches(word, others, n=1, cutoff=0.8)) for word in words)


def suggestion(wanted: str, known: Iterable[str], titles: Mapping[str, str] | None = None) -> str:
    """Return the advice for a name that does not exist: the nearest ones, or all if there are few."""
    names = sorted(known)
    close = nearest(wanted, names, titles)
    if close:
        return f"Did you mean {' or '.join(close)}?"
    return f"There are: {', '.join(names)}." if 0 < len(names) <= 40 else "Look for the right name."


def validated(model: type[M], node: Node) -> tuple[M | None, tuple[Problem, ...]]:
    """Return the model made from a YAML tree, or None and every problem that it has.

    Where a field of text meets an unquoted number or truth value, the text counts as written in the file.
    """
    values = node.plain()
    try:
        return model.model_validate(values), ()
    except ValidationError as error:
        written = [_taken_as_written(values, node, path) for path in _text_fields(error, node)]
        if not any(written):
            return None, _explained(error, node, model)
    try:
        return model.model_validate(values), ()
    except ValidationError as error:
        return None, _explained(error, node, model)


def _text_fields(error: ValidationError, node: Node) -> list[Path]:
    return [_resolved(node, found["loc"])[0] for found in error.errors() if found["type"] == "string_type"]


def _taken_as_written(values: Plain, node: Node, path: Path) -> bool:
    scalar = node.under(*path)
    if not path or scalar is None or not isinstance(scalar.value, bool | int | float):
        return False
    holder: Any = values
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = scalar.raw
    return True


def _resolved(node: Node, location: Sequence[str | int]) -> tuple[Path, Path]:
    """Return how far a pydantic location exists in the tree, and the steps after that.

    Steps that pydantic puts in for its own branches are not keys of the file and are passed over.
    """
    path: list[str | int] = []
    rest: list[str | int] = []
    here = node
    for step in location:
        child = here.child(step)
        if child is None:
            rest.append(step)
        else:
            path.append(step)
            here, rest = child, []
    return tuple(path), tuple(rest)


def _explained(error: ValidationError, node: Node, model: type[BaseModel]) -> tuple[Problem, ...]:
    return tuple(_problem(found, node, model) for found in error.errors(include_url=False))


def _problem(found: ErrorDetails, node: Node, model: type[BaseModel]) -> Problem:
    path, rest = _resolved(node, found["loc"])
    here = node.under(*path) or node
    context: Mapping[str, Any] = found.get("ctx", {})
    kind = found["type"]
    if kind == "missing":
        missing = str(rest[-1]) if rest else "?"
        mark = here.key or here.mark
        sentence = f"`{missing}` is missing{_inside(path)}."
        return mark.problem(sentence, f"Add it: {_description(model, found['loc'][:-1], missing)}")
    if kind == "union_tag_not_found":
        key = str(context["discriminator"]).strip("'")
        sentence = f"`{key}` is missing in {_name(path)}."
        return here.mark.problem(sentence, f"Add it: `{key}: …`.")
    if kind == "union_tag_invalid":
        key = str(context["discriminator"]).strip("'")
        known = [tag.strip("' ") for tag in str(context["expected_tags"]).split(",")]
        sentence = f"there is no {key} '{shortened(str(context['tag']))}'."
        return (here.child(key) or here).mark.problem(sentence, suggestion(str(context["tag"]), known))
    if kind == "extra_forbidden":
        known = _keys(model, found["loc"][:-1])
        sentence = f"there is no key `{shortened(str(path[-1]))}` here."
        return (here.key or here.mark).problem(sentence, suggestion(str(path[-1]), known))
    if rest and rest[-1] == "[key]":
        sentence = f"the key `{shortened(str(path[-1]))}` is not well formed."
        return _key_place(here).problem(sentence, _advice(kind, context))
    name = _name(path)
    if here.value is None:
        return here.mark.problem(
            f"{name} is empty.", "Fill it in (what begins with # needs quotes), or take it away."
        )
    sentence = _SENTENCES.get(kind, _unforeseen)(name, _shown(here), context)
    if kind not in _SENTENCES:
        return here.mark.problem(sentence, found["msg"])
    return here.mark.problem(sentence, _advice(kind, context))


def _key_place(node: Node) -> Mark:
    return node.key or node.mark


def _name(path: Path) -> str:
    if not path:
        return "the file"
    if isinstance(path[-1], int):
        holder = next((f" of `{step}`" for step in reversed(path) if isinstance(step, str)), "")
        return f"item {path[-1] + 1}{holder}"
    return f"`{shortened(path[-1])}`"


def _inside(path: Path) -> str:
    return f" in {_name(path)}" if path else ""


def _shown(node: Node) -> str:
    if isinstance(node.value, dict):
        return "a map"
    if isinstance(node.value, list):
        return "a list"
    return f"'{shortened(node.raw)}'"


_Sentence = Callable[[str, str, Mapping[str, Any]], str]


def _unforeseen(name: str, shown: str, _: Mapping[str, Any]) -> str:
    return f"{name} cannot be {shown}."


_SENTENCES: dict[str, _Sentence] = {
    "literal_error": _unforeseen,
    "string_pattern_mismatch": _unforeseen,
    "no_such_day": lambda name, shown, _: f"{name} is {shown}, a day that no calendar has.",
    "string_type": lambda name, shown, _: f"{name} must be text, not {shown}.",
    "string_too_short": lambda name, *_: f"{name} is empty.",
    "string_too_long": lambda name, _, context: f"{name} has more than {context['max_length']} characters.",
    "int_type": lambda name, shown, _: f"{name} must be a whole number, not {shown}.",
    "int_from_float": lambda name, shown, _: f"{name} must be a whole number, not {shown}.",
    "float_type": lambda name, shown, _: f"{name} must be a number, not {shown}.",
    "bool_type": lambda name, shown, _: f"{name} must be true or false, not {shown}.",
    "list_type": lambda name, shown, _: f"{name} must be a list, not {shown}.",
    "dict_type": lambda name, shown, _: f"{name} must be a map, not {shown}.",
    "model_type": lambda name, shown, _: f"{name} must be a map, not {shown}.",
    "too_short": lambda name, _, context: f"{name} has {_items(context['actual_length'])}.",
    "too_long": lambda name, _, context: f"{name} has more than {_items(context['max_length'])}.",
    "greater_than_equal": _unforeseen,
    "less_than_equal": _unforeseen,
    "greater_than": _unforeseen,
}


def _items(count: int) -> str:
    return "1 item" if count == 1 else f"{count or 'no'} items"


def _advice(kind: str, context: Mapping[str, Any]) -> str:  # noqa: PLR0911
    match kind:
        case "literal_error":
            return f"Write {context['expected']}."
        case "string_pattern_mismatch":
            return _PATTERNS.get(context["pattern"], f"It must match {context['pattern']}")
        case "no_such_day":
            return "Look at the month and the day."
        case "string_too_long" | "too_long":
            return "Shorten it."
        case "too_short":
            return f"It needs at least {_items(context['min_length'])}."
        case "int_type" | "int_from_float":
            return "Write digits only, without quotes or leading zeros."
        case "float_type":
            return "Write a number without quotes or units."
        case "greater_than":
            return f"Write a number greater than {context['gt']}."
        case "bool_type":
            return "Write true or false, without quotes."
        case "list_type":
            return "Begin each item with a dash in a line of its own."
        case "dict_type" | "model_type":
            return "Write a line `key: value` for each part."
        case "greater_than_equal":
            return f"Write a number of at least {context['ge']}."
        case "less_than_equal":
            return f"Write a number of at most {context['le']}."
        case _:
            return "Write its text."


def _model_at(model: type[BaseModel], location: Path) -> type[BaseModel] | None:
    """Return the model that a map belongs to, by walking the annotations along pydantic's location.

    Where a key of the map decides between models, the location names its value.
    """
    here: Any = model
    for step in location:
        if isinstance(here, tuple):
            here = next((choice for choice in here if step in _tags(choice)), None)
        elif isinstance(here, type) and issubclass(here, BaseModel):
            fields = {field.alias or name: field for name, field in here.model_fields.items()}
            here = _bare(fields[step].annotation) if step in fields else None
        elif get_origin(here) in (list, dict):
            here = _bare(get_args(here)[-1])
        else:
            return None
    return here if isinstance(here, type) and issubclass(here, BaseModel) else None


def _bare(annotation: Any) -> Any:  # noqa: ANN401
    """Return an annotation without Annotated and without the None that it may also be."""
    while True:
        if get_origin(annotation) is Annotated:
            annotation = get_args(annotation)[0]
            continue
        if get_origin(annotation) in (None, list, dict, Literal):
            return annotation
        models = [part for part in get_args(annotation) if isinstance(part, type) and _tags(part)]
        if len(models) > 1:
            return tuple(models)
        annotation = next((part for part in get_args(annotation) if part is not type(None)), None)


def _tags(choice: Any) -> tuple[Any, ...]:  # noqa: ANN401 - any part of an annotation
    """Return the values of the key by which a model is chosen: its only required literal."""
    if not (isinstance(choice, type) and issubclass(choice, BaseModel)):
        return ()
    literals = (field.annotation for field in choice.model_fields.values() if field.is_required())
    return next((get_args(literal) for literal in literals if get_origin(literal) is Literal), ())


def _keys(model: type[BaseModel], path: Path) -> list[str]:
    found = _model_at(model, path)
    return [field.alias or name for name, field in found.model_fields.items()] if found else []


def _description(model: type[BaseModel], path: Path, key: str) -> str:
    found = _model_at(model, path)
    for name, field in (found.model_fields if found else {}).items():
        if key in (name, field.alias) and field.description:
            return f"`{key}: …` ({field.description.rstrip('.')})."
    return f"`{key}: …`."
