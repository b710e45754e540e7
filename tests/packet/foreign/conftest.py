"""The samples, importable as ``foreign_samples`` by the tests beside."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

_FOLDER = Path(__file__).parent / "samples"


def _load_samples() -> None:
    spec = importlib.util.spec_from_file_location(
        "foreign_samples", _FOLDER / "__init__.py", submodule_search_locations=[str(_FOLDER)]
    )
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules["foreign_samples"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)


_load_samples()
