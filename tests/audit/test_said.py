"""What a file says, line by line, as its tags have it."""

from __future__ import annotations

from datetime import date

import pytest

from handouts import Library, Order, make_handout
from handouts.audit.said import said_lines


def test_lines_of_a_handout():
    """name, title and items come out whole and in order, also where they fill several lines of the page."""
    name = "Zoë Ångström de la Cruz y Fernández-Quilfeather von und zu Oxbow"
    made = make_handout(Library(), "fai", "example-clinic", Order(date(2026, 11, 22), patient=name))
    said = said_lines(made.pdf)
    assert said.index(f"For: {name}") < said.index(made.title)
    assert len(said) > 50


def test_no_pdf():
    """bytes that are no PDF are a ValueError."""
    with pytest.raises(ValueError, match="cannot be read"):
        said_lines(b"no PDF")
