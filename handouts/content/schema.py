"""JSON schemas for editors, generated from the models: ``python -m handouts.content.schema``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from handouts.content.base import Model
from handouts.content.models import GlossaryFile, WordsFile
from handouts.content.places import bundled_root
from handouts.content.store import MODELS

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, str]:
    """Return the text of every schema file by its name, the same each time."""
    by_language: list[tuple[str, type[Model]]] = [("glossary", GlossaryFile), ("words", WordsFile)]
    models: list[tuple[str, type[Model]]] = [*MODELS.items(), *by_language]
    return {f"{name}.json": _schema(model) for name, model in models}


def write_schemas(folder: Path) -> tuple[Path, ...]:
    """Write every schema into a folder, made if missing; return the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return tuple(folder / name for name in schemas())


def _schema(model: type[Model]) -> str:
    schema: dict[str, Any] = {"$schema": _DRAFT, **model.model_json_schema(by_alias=True)}
    if "extends" in schema["properties"]:
        # What extends another condition says only what differs.
        schema["anyOf"] = [{"required": ["id", "extends"]}, {"required": schema.pop("required")}]
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    write_schemas(bundled_root() / "data" / "schema")
