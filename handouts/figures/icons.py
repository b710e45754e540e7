"""Icons: rest, ice, compression, elevation, a pillow between the knees, some crossed out; and crutches."""

from __future__ import annotations

from functools import lru_cache

from handouts.figures.body import STANDING
from handouts.figures.drawing import Drawing, Paint
from handouts.figures.geometry import line
from handouts.figures.painting import Manner
from handouts.figures.palettes import FigurePalette
from handouts.figures.pose import Arm, Arms, Arrow, Frame, Leg, Legs, Person, Pose
from handouts.figures.scene import POINTS_PER_MM, Sheet, draw
from handouts.figures.things import Armchair, ColdPack, Crutch, Floor, Mat, Pillow, Spot, Wrap

SIZE_MM = 16
CROSSED = "no-"
"""Before an icon's name: the same icon, crossed out."""

_STANDING = Spot(0, STANDING - 1)
_END = (("end",),)

_ICONS: dict[str, Pose] = {
    "rest": Pose(
        frames=(
            Frame(
                trunk=-16,
                neck=6,
                root=Spot(0, 54),
                rest=("leg.near",),
                legs=Legs(near=Leg(hip=72, knee=78, ankle=0), far=Leg(hip=74, knee=72, ankle=0)),
                arms=Arms(near=Arm(shoulder=22, elbow=40), far=Arm(shoulder=26, elbow=40)),
            ),
        ),
        names=_END,
        props=(Floor(x=(-70, 100)), Armchair(x=-16)),
        window=(-56, -4, 86, 138),
    ),
    "ice": Pose(
        frames=(
            Frame(
                root=_STANDING,
                legs=Legs(near=Leg(plant=Spot(0, 0)), far=Leg(plant=Spot(2, 0))),
                arms=Arms(
                    near=Arm(reach=Spot(-13, 101), palm=-25, hand_len=0.62, thumb="down"),
                    far=Arm(shoulder=16, elbow=20),
                ),
            ),
        ),
        names=_END,
        props=(ColdPack(at=Spot(1, 91), size=(21, 18), z="leg.near"),),
        window=(-40, 52, 40, 132),
    ),
    "compression": Pose(
        frames=(
            Frame(
                root=_STANDING,
                legs=Legs(near=Leg(plant=Spot(0, 0), hem=0.3), far=Leg(plant=Spot(2, 0), hem=0.3)),
                arms=Arms(near=Arm(shoulder=-24, elbow=0), far=Arm(shoulder=20, elbow=10)),
            ),
        ),
        names=_END,
        props=(Wrap(part="thigh.near", span=(0.36, 0.86), z="leg.near"),),
        window=(-40, 32, 40, 112),
    ),
    "elevation": Pose(
        frames=(
            Frame(
                trunk=-90,
                neck=14,
                root=Spot(0, 12),
                rest=("torso",),
                legs=Legs(near=Leg(hip=36, knee=34, ankle=-4), far=Leg(hip=38, knee=34, ankle=-4)),
                hide=("arm.near", "arm.far"),
            ),
        ),
        names=_END,
        props=(
            Mat(x=(-120, 130)),
            Pillow(at=Spot(62, 8), size=(50, 17)),
            Pillow(at=Spot(62, 23), size=(46, 16)),
        ),
        arrows=(Arrow(from_=Spot(12, 46), to=Spot(12, 74), bend=0),),
        window=(-34, -34, 108, 108),
    ),
    "pillow": Pose(
        frames=(
            Frame(
                trunk=-90,
                root=Spot(0, 14),
                neck=-6,
                legs=Legs(
                    right=Leg(hip=46, knee=84, thigh_len=0.9, shank_len=0.9, foot="side-out", foot_len=0.85),
                    left=Leg(
                        hip=-20,
                        knee=-66,
                        thigh_len=0.86,
                        shank_len=0.88,
                        foot="side-in",
                        foot_len=0.85,
                    ),
                ),
                arms=Arms(right=Arm(shoulder=150, elbow=-100), left=Arm(reach=Spot(-26, -2), bend=-1)),
                hide=("arm.right",),
            ),
        ),
        names=_END,
        view="front",
        props=(
            Mat(x=(-140, 140), depth=(-40, 42)),
            Pillow(at=Spot(45, -3), size=(40, 17), rot=28, z="before:leg.left"),
        ),
        window=(-30, -56, 84, 58),
    ),
    "crutches": Pose(
        frames=(
            Frame(
                trunk=10,
                root=_STANDING,
                legs=Legs(near=Leg(plant=Spot(0, 0)), far=Leg(hip=4, knee=62)),
                arms=Arms(near=Arm(reach=Spot(25, 70)), far=Arm(reach=Spot(35, 72))),
            ),
        ),
        names=_END,
        props=(
            Floor(x=(-70, 100)),
            Crutch(top=Spot(16, 120), tip=Spot(37, 2), z="before:arm.near"),
            Crutch(top=Spot(24, 121), tip=Spot(50, 6)),
        ),
        window=(-60, -4, 88, 176),
    ),
}

ICONS: tuple[str, ...] = (*_ICONS, *(CROSSED + name for name in _ICONS))


@lru_cache(maxsize=256)
def draw_icon(name: str, palette: FigurePalette, person: Person) -> Drawing:
    """Return a first-care icon, 16 mm square with a frame; ``no-`` before its name crosses it out."""
    size = SIZE_MM * POINTS_PER_MM
    sheet = Sheet(size, size, Manner(person), border=True)
    drawing = draw(_ICONS[name.removeprefix(CROSSED)], palette, sheet, mirrored=False)
    if not name.startswith(CROSSED):
        return drawing
    inset = size * 0.14
    ends = inset, size - inset
    strokes = (
        line(complex(ends[0], ends[0]), complex(ends[1], ends[1])),
        line(complex(ends[0], ends[1]), complex(ends[1], ends[0])),
    )
    cross = (
        Paint(strokes, stroke=palette.paper, width=3.8),
        Paint(strokes, stroke=palette.target_line, width=2.0),
    )
    return Drawing(
        drawing.width, drawing.height, (*drawing.ops[:-1], *cross, drawing.ops[-1]), drawing.window
    )
