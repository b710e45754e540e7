"""The import law holds, and somebody looked."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "handouts"
BREACHES = {
    "document": "handouts.pipeline",
    "markup.planted": "handouts.compose",
    "typeset.planted": "handouts.content.models",
    "pipeline": "reportlab",
    "cli.planted": "yaml",
    "content.planted": "jinja2",
    "compose.planted": "pikepdf",
    "order": "pypdf",
    "audit.planted": "subprocess",
    "printing.papers": "subprocess",
}


def modules() -> set[str]:
    """Return every module of the package, as the folder shows it."""
    names = set()
    for file in PACKAGE.rglob("*.py"):
        parts = file.relative_to(ROOT).with_suffix("").parts
        names.add(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return names


def law(folder: Path) -> subprocess.CompletedProcess[str]:
    """Return what import-linter says of the package in a folder."""
    program = "from importlinter.cli import lint_imports; import sys; sys.exit(lint_imports(no_cache=True))"
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def breached(tmp_path_factory) -> str:
    """Return what import-linter says of a copy with a forbidden import of each kind and a module too many."""
    folder = tmp_path_factory.mktemp("breached")
    shutil.copy(ROOT / "pyproject.toml", folder)
    shutil.copytree(PACKAGE, folder / "handouts", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "handouts" / "helpers.py").write_text("")
    for module, imported in BREACHES.items():
        with (folder / "handouts" / f"{module.replace('.', '/')}.py").open("a", encoding="utf-8") as source:
            source.write(f"\nimport {imported}\n")
    run = law(folder)
    assert run.returncode == 1
    return run.stdout


def test_every_module_is_looked_at():
    """the graph that the law is held against has every module of the package."""
    graph = grimp.build_graph("handouts", include_external_packages=True, cache_dir=None)
    seen = {name for name in graph.modules if name == "handouts" or name.startswith("handouts.")}
    assert len(seen) > 40
    assert seen == modules()


def test_the_law_holds():
    """import-linter finds no broken contract, and knows of as many as pyproject.toml writes down."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    run = law(ROOT)
    assert run.returncode == 0, run.stdout
    assert f"{len(settings['contracts'])} kept, 0 broken" in run.stdout


@pytest.mark.parametrize(("module", "imported"), BREACHES.items())
def test_a_breach_is_found(breached, module, imported):
    """a forbidden import is told with the two modules that it is between."""
    assert f"handouts.{module} -> {imported}" in breached


def test_a_module_of_no_layer_is_found(breached):
    """a module that no layer names breaks the law."""
    assert "helpers" in breached
