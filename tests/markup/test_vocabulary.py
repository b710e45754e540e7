from __future__ import annotations

from typing import get_args

from handouts.document import Frame, Layout
from handouts.markup import vocabulary
from handouts.typeset import styles


def test_every_style_is_known_to_the_typesetter():
    """a look that a template may name is one that the typesetter has, in both editions."""
    named = (*vocabulary.HEADING_STYLES, *vocabulary.PARAGRAPH_STYLES)
    assert len(named) > 15
    for edition in ("standard", "large-print"):
        assert set(named) <= set(styles.sheet(edition).styles)
    assert set(vocabulary.TABLE_STYLES) == set(styles.TABLE_STYLES) - {""}
    assert {f"li-{name}" for name in vocabulary.LIST_STYLES} <= set(styles.STANDARD)


def test_frames_and_layouts_are_those_of_the_document():
    """every frame and layout of the model can be written, and no other."""
    assert set(vocabulary.FRAMES) == set(get_args(Frame)) - {""}
    assert set(vocabulary.LAYOUTS) == set(get_args(Layout)) - {"stack"}
