"""Every fault of a pose is found, at the key that causes it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handouts import figures
from handouts.figures.pose import Arm, Arms, Arrow, Contact, Frame, Leg, Legs, Pose, Target, over
from handouts.figures.things import Band, Floor, Loop, Mat, Spot, Wall

STANDING = Frame(
    root=Spot(0, 91.5), legs=Legs(near=Leg(plant=Spot(0, 0)), far=Leg(plant=Spot(3, 0))), arms=Arms()
)
FRONT = Frame(root=Spot(0, 93), legs=Legs(left=Leg(hip=1), right=Leg(hip=1)))


def pose(frame=STANDING, *more, **changes):
    frames = (frame, *more)
    names = (("start",), ("end",)) if more else (("end",),)
    return Pose(frames, names[-len(frames) :], props=changes.pop("props", (Floor(),)), **changes)


def leg(**angles):
    return over(STANDING, Frame(legs=Legs(near=Leg(**angles))))


def arm(**angles):
    return over(STANDING, Frame(arms=Arms(near=Arm(**angles))))


def front(**changes):
    return pose(replace(FRONT, **changes), view="front")


MAT_LEGS = Legs(near=Leg(hip=0), far=Leg(hip=0))
FAULTS = {
    "knee": (pose(leg(hip=90, knee=170)), ("end", "legs", "near", "knee"), "at 170 degrees"),
    "hip": (pose(leg(hip=-50, knee=0)), ("end", "legs", "near", "hip"), "at -50 degrees"),
    "ankle": (pose(leg(hip=20, knee=30, ankle=60)), ("end", "legs", "near", "ankle"), "at 60 degrees"),
    "shoulder": (pose(arm(shoulder=-85)), ("end", "arms", "near", "shoulder"), "degrees"),
    "elbow": (pose(arm(elbow=-30)), ("end", "arms", "near", "elbow"), "at -30 degrees"),
    "neck": (pose(replace(STANDING, neck=70)), ("end", "neck"), "at 70 degrees"),
    "spine": (pose(replace(STANDING, spine=-55)), ("end", "spine"), "at -55 degrees"),
    "front hip": (
        front(legs=Legs(left=Leg(hip=75), right=Leg(hip=1))),
        ("end", "legs", "left", "hip"),
        "at 75 degrees",
    ),
    "front knee": (
        front(legs=Legs(left=Leg(hip=10, knee=40), right=Leg(hip=1))),
        ("end", "legs", "left", "knee"),
        "at 40 degrees",
    ),
    "front neck": (front(neck=-60), ("end", "neck"), "at -60 degrees"),
    "out of reach": (pose(leg(plant=Spot(80, 0))), ("end", "legs", "near"), "short of its place"),
    "hand out of reach": (pose(arm(reach=Spot(90, 150))), ("end", "arms", "near"), "short of its place"),
    "through the floor": (
        pose(replace(STANDING, root=Spot(0, 80), legs=MAT_LEGS)),
        ("end", "legs", "near"),
        "floor",
    ),
    "through the mat": (
        pose(Frame(trunk=-90, legs=MAT_LEGS, root=Spot(0, 0)), props=(Mat(),)),
        ("end", "trunk"),
        "floor",
    ),
    "hand off the wall": (
        pose(arm(reach=Spot(40, 130), touches="wall"), props=(Wall(x=90),)),
        ("end", "arms", "near", "touches"),
        "away from wall",
    ),
    "contact": (
        pose(replace(STANDING, contact=(Contact("leg.near", 20),))),
        ("end", "contact", "leg.near"),
        "should touch the height 20",
    ),
    "level": (
        pose(replace(STANDING, level=("head", "leg.near"))),
        ("end", "level"),
        "lie equally low",
    ),
    "arrow that stands": (
        pose(STANDING, over(STANDING, Frame(neck=2)), arrows=(Arrow(point="knee.near", about="hip.near"),)),
        ("arrows", 0),
        "hardly moves",
    ),
    "arrow without a way": (pose(arrows=(Arrow(),)), ("arrows", 0), "does not say where it runs"),
    "hold on the body": (pose(hold=Spot(0, 100)), ("hold",), "the stopwatch covers the body"),
    "letter on the body": (
        pose(STANDING, STANDING, layout="row", letter_at=(0, -30)),
        ("letter_at",),
        "the letter covers the body",
    ),
    "limb of another view": (pose(FRONT), ("end", "legs", "left"), "there is no leg 'left'"),
    "works": (pose(works="left"), ("works",), "cannot be 'left'"),
    "part": (pose(replace(STANDING, rest=("foot.near",))), ("end", "rest"), "there is no part 'foot.near'"),
    "point": (pose(leg(at=Spot(point="kne.far"))), ("end", "legs", "near", "at"), "no point 'kne.far'"),
    "area": (pose(target=(Target("thigh"),)), ("target", 0, "area"), "no area 'thigh'"),
    "missing prop": (pose(arm(touches="chair")), ("end", "arms", "near", "touches"), "'chair'"),
    "bone": (pose(props=(Floor(), Loop(part="leg.near"))), ("props", 1, "part"), "no bone 'leg.near'"),
    "prop point": (
        pose(props=(Floor(), Band(from_=Spot(point="knee"), to=Spot(0, 0)))),
        ("props", 1, "from"),
        "no point 'knee'",
    ),
    "turned interval": (pose(props=(Floor(x=(50, -50)),)), ("props", 0, "x"), "runs from 50 back to -50"),
    "layer": (pose(props=(Floor(z="infront"),)), ("props", 0, "z"), "there is no part 'infront'"),
}


def test_sound_poses_have_no_fault(lying, row):
    """the poses that the faults are planted in are sound themselves."""
    for sound in (pose(), front(), lying, row):
        assert figures.check(sound) == ()


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found(name):
    """the fault is told with the way to its key, what is wrong and what to do."""
    faulty, path, sentence = FAULTS[name]
    found = [fault for fault in figures.check(faulty) if fault.path == path]
    assert found, figures.check(faulty)
    assert any(sentence in fault.sentence for fault in found)
    assert all(fault.advice for fault in found)


def test_a_pose_that_shows_nothing_is_a_fault():
    """an empty pose is told, not drawn."""
    assert [fault.path for fault in figures.check(Pose((), ()))] == [()]


def test_what_stays_is_told_once():
    """a fault of the start that the end keeps is one fault."""
    bent = leg(hip=90, knee=170)
    found = figures.check(pose(bent, over(bent, Frame(neck=5)), layout="row"))
    assert [fault.path for fault in found if "170" in fault.sentence] == [("start", "legs", "near", "knee")]


def test_unseen_limbs_of_a_ghost_are_not_judged():
    """a limb of the start that is not drawn may be anywhere."""
    start = arm(reach=Spot(90, 150))
    end = over(start, Frame(arms=Arms(near=Arm(shoulder=20))))
    assert figures.check(pose(start, end, ghost=("leg.near",))) == ()
    assert figures.check(pose(start, end, ghost=("arm.near",))) != ()
