"""Kinematics: bones keep their length, targets are met, bodies rest where they should."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handouts.figures import body as b
from handouts.figures.geometry import reach
from handouts.figures.kinematics import solve
from handouts.figures.pose import Arm, Arms, Frame, Leg, Legs, Pin, over
from handouts.figures.shapes import lowest_of
from handouts.figures.things import Spot

ANGLES = st.floats(-150, 150)


@given(hip=ANGLES, knee=st.floats(0, 160), trunk=ANGLES)
def test_bones_keep_their_length(hip, knee, trunk):
    """whatever the angles, thigh and shank are as long as they are."""
    body = solve(Frame(trunk=trunk, legs=Legs(near=Leg(hip=hip, knee=knee))), "side", lowest_of)
    points = body.points
    assert abs(points["knee.near"] - points["hip.near"]) == pytest.approx(b.THIGH)
    assert abs(points["ankle.near"] - points["knee.near"]) == pytest.approx(b.SHANK)
    assert body.angles["hip", "near"] == pytest.approx(hip, abs=1e-6)
    assert body.angles["knee", "near"] == pytest.approx(knee, abs=1e-6)


@given(x=st.floats(-60, 60), y=st.floats(-60, 60), bend=st.sampled_from([1, -1]))
@example(x=5e-324, y=5e-324, bend=1)
def test_a_limb_reaches_what_is_in_reach(x, y, bend):
    """the end is at the target if the bones allow it, and the joint on the side that is wanted."""
    target = complex(x, y)
    joint, end = reach(0j, target, 43, 41, bend)
    assert abs(joint) == pytest.approx(43)
    assert abs(end - joint) == pytest.approx(41)
    if 3 < abs(target) < 83:
        assert abs(end - target) < 1e-6
        assert bend * (end.conjugate() * joint).imag > 0


def test_a_body_rests_on_its_surface():
    """the lowest point of what rests is at the height that is named."""
    frame = Frame(trunk=-90, root=Spot(0, 50), rest=("torso",), surface=20)
    assert lowest_of(solve(frame, "side", lowest_of), "torso") == pytest.approx(20, abs=0.01)


def test_a_pinned_point_stays():
    """the body is moved until the point lies where it is pinned."""
    frame = Frame(trunk=-100, pin=Pin("shoulder.near", Spot(-52, 12)))
    assert solve(frame, "side", lowest_of).points["shoulder.near"] == pytest.approx(-52 + 12j)


def test_a_plank_is_level():
    """the body is turned until forearm and foot lie equally low."""
    frame = Frame(
        trunk=80,
        level=("arm.near", "leg.near"),
        legs=Legs(near=Leg(hip=-2, ankle=8, toe=68)),
        arms=Arms(near=Arm(shoulder=84, elbow=86)),
    )
    body = solve(frame, "side", lowest_of)
    assert not body.faults
    assert lowest_of(body, "arm.near") == pytest.approx(lowest_of(body, "leg.near"), abs=0.05)


def test_a_limb_told_anew_forgets_the_old_way():
    """angles replace a place with its pitch and what the hand touched; lengths stay."""
    base = Frame(
        legs=Legs(near=Leg(plant=Spot(0, 0), sole=10, thigh_len=0.9)),
        arms=Arms(near=Arm(reach=Spot(1, 2), palm=5, touches="wall", upper_len=0.9)),
    )
    merged = over(base, Frame(legs=Legs(near=Leg(hip=30)), arms=Arms(near=Arm(shoulder=20))))
    assert merged.legs.near == Leg(hip=30, thigh_len=0.9)
    assert merged.arms.near == Arm(shoulder=20, upper_len=0.9)
    nearer = over(base, Frame(arms=Arms(near=Arm(reach=Spot(3, 4)))))
    assert nearer.arms.near == Arm(reach=Spot(3, 4), palm=5, touches="wall", upper_len=0.9)


def test_a_new_place_of_the_body_forgets_the_old():
    """a new root drops pin and rest; what is not said stays."""
    base = Frame(trunk=5, pin=Pin("pelvis", Spot(0, 0)), rest=("torso",), neck=3)
    merged = over(base, Frame(root=Spot(1, 2)))
    assert (merged.root, merged.pin, merged.rest) == (Spot(1, 2), None, None)
    assert (merged.trunk, merged.neck) == (5, 3)
