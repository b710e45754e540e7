"""Tests of the props that a pose stands in or on."""

from __future__ import annotations

from handouts.figures.kinematics import Body
from handouts.figures.pose import Frame
from handouts.figures.props import pieces
from handouts.figures.things import Bicycle, Spot, Water

BODY = Body("side", Frame())


def test_water_behind_a_body_fills_its_basin() -> None:
    """This test ensures that water painted behind a body reaches from its surface to the floor."""
    piece, *others = pieces(Water(x=(-40, 50), y=120, z="back"), BODY, (0, 0))
    heights = [point.imag for point in piece.paths[0].points]
    assert not others
    assert piece.fill == "water"
    assert min(heights) == 0
    assert 118 < max(heights) < 123


def test_water_before_a_body_hides_nothing() -> None:
    """This test ensures that water painted before a body is waves without a filling."""
    waves = pieces(Water(x=(-40, 50), y=120), BODY, (0, 0))
    assert waves
    assert not any(piece.fill for piece in waves)


def test_bicycle_has_two_pedals_across_its_crank() -> None:
    """This test ensures that a bicycle's pedals lie opposite each other about its crank."""
    bicycle = Bicycle(crank=Spot(12, 34), saddle=Spot(-3, 95), grips=Spot(60, 114), pedal=-90)
    cranks = next(piece.paths for piece in pieces(bicycle, BODY, (0, 0)) if piece.width == 2)
    ends = cranks[0].points
    assert abs(sum(ends) / 2 - complex(12, 34)) < 1e-9
    assert abs(ends[0] - complex(12, 17)) < 1e-9
