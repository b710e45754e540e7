"""The content that the program ships with."""

from __future__ import annotations

import pytest

from handouts.content.check import check
from handouts.content.library import Library
from handouts.content.places import KINDS, yaml_files

LIBRARY = Library()


def test_bundled_content_has_no_problem():
    """no bundled file has a problem or a warning, and all of them were looked at."""
    assert check(LIBRARY) == ()
    counted = sum(len(LIBRARY.ids(kind)) for kind in KINDS) + 2 * len(LIBRARY.store.languages()) + 2
    assert counted == len(yaml_files(LIBRARY.places.bundled))
    assert counted >= 30


@pytest.mark.parametrize("item", LIBRARY.ids("condition"))
def test_every_condition_tells_when_to_get_help(item):
    """each condition prints an emergency sign, one for the same day and, if it can wait, when to book."""
    condition = LIBRARY.condition(item)
    signs = LIBRARY.signs(condition)
    waits = set() if condition.urgency == "emergency" else {"book"}
    assert {"emergency", "same_day"} | waits <= {sign.urgency for sign in signs}
    assert not any("{" in sign.text for sign in signs)


@pytest.mark.parametrize("item", LIBRARY.ids("clinic"))
def test_every_clinic_loads(item):
    """each clinic can be loaded, logo and all."""
    assert LIBRARY.clinic(item).id == item
