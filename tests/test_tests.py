"""What holds for the tests themselves."""

from __future__ import annotations

import ast
from pathlib import Path

TESTS = Path(__file__).parent


def test_every_test_says_what_it_ensures():
    """each test has a sentence for whoever sees it fail."""
    silent, seen = [], 0
    for file in TESTS.rglob("test_*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                seen += 1
                if not ast.get_docstring(node):
                    silent.append(f"{file.relative_to(TESTS)}:{node.lineno} {node.name}")
    assert seen > 150
    assert silent == []


def test_the_folders_mirror_the_package():
    """a folder of tests is named after a folder of the package, or is one of the few others."""
    package = {path.name for path in (TESTS.parent / "handouts").iterdir() if path.is_dir()}
    others = {"golden", "hostile", "packaging", "samples", "verapdf"}
    folders = {path.name for path in TESTS.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert folders - others <= package
