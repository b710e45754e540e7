"""The small made-up poses of the figures' tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.content.poses import picture_in

POSES = Path(__file__).parents[1] / "samples" / "poses"


def sample(name):
    """Return a sample pose."""
    return picture_in((POSES / f"{name}.yaml").read_bytes(), name).pose


@pytest.fixture
def lying():
    """Return a pose on the back, with a strap."""
    return sample("lying")


@pytest.fixture
def row():
    """Return three moments of a person who stands."""
    return sample("row")
