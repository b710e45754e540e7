from __future__ import annotations

from handouts.cli import where
from handouts.content.library import Library
from handouts.content.places import Places


def test_what_is_extended_lies_below(samples):
    """a condition that changes the bundled one of its own id names that one, not itself."""
    library = Library(Places(overlay=samples / "overlay", bundled=samples / "bundled"))
    found = {part: file for part, _, file, _ in where.parts(library, "condition", "outer-pain")}
    assert found["condition"] == str(samples / "overlay" / "data" / "conditions" / "outer-pain.yaml")
    assert found["extends"] == str(samples / "bundled" / "data" / "conditions" / "outer-pain.yaml")
