"""Drawings as a whole: what they look like, their size, their sides, their speed of growth."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from handouts import figures
from handouts.content.poses import picture_in
from handouts.figures.scene import HEIGHT, WIDTH

TESTS = Path(__file__).parents[1]
GOLDEN = TESTS / "golden" / "figures"
PALETTE = figures.figure_palette("#14566b", "colour")


def sample(name):
    """Return a sample pose."""
    file = TESTS / "samples" / "poses" / f"{name}.yaml"
    return picture_in(file.read_bytes(), str(file)).pose


def drawn(pose, side="right", person="short-hair", palette=PALETTE):
    """Return a drawing of a pose."""
    return figures.draw_exercise(pose, side=side, person=person, palette=palette)


def points(drawing):
    return [point for op in drawing.ops for path in op.paths for point in path.points]


@pytest.mark.parametrize(
    ("name", "side", "person", "ink"),
    [
        ("lying", "right", "short-hair", "colour"),
        ("row", "left", "bun", "grey"),
        ("front", "right", "bun", "black"),
    ],
)
def test_a_figure_is_drawn_as_somebody_has_seen_it(golden, name, side, person, ink):
    """nobody changes a drawing without seeing it: each is held against its SVG."""
    palette = figures.figure_palette("#14566b", ink)
    svg = figures.to_svg(drawn(sample(name), side, person, palette), name, "A sample.")
    golden(svg, GOLDEN / f"{name}-{side}-{person}-{ink}.svg")


@pytest.mark.parametrize("name", ["lying", "row", "front"])
@pytest.mark.parametrize("side", ["left", "right"])
def test_a_drawing_fits_its_room(name, side):
    """a drawing is 50 mm wide, at most 40 mm high, and paints nothing outside its box."""
    drawing = drawn(sample(name), side)
    assert drawing.width == WIDTH
    assert drawing.height <= HEIGHT + 0.01
    for point in points(drawing):
        assert -1.5 <= point.real <= drawing.width + 1.5
        assert -1.5 <= point.imag <= drawing.height + 1.5


def test_the_other_side_is_the_mirror_image(lying):
    """the same points are painted, left and right exchanged; only the stopwatch keeps its face."""
    right, left = drawn(lying, "right"), drawn(lying, "left")
    body = slice(0, -4)
    for one, other in zip(right.ops[body], left.ops[body], strict=True):
        for path, mirrored in zip(one.paths, other.paths, strict=True):
            for point, image in zip(path.points, mirrored.points, strict=True):
                assert abs(point.real + image.real - right.width) < 1e-6
                assert abs(point.imag - image.imag) < 1e-6
    dial, image = right.ops[-1].paths[0].points, left.ops[-1].paths[0].points
    assert [point - dial[0] for point in dial] == pytest.approx([point - image[0] for point in image])


def test_pictures_stay_in_reading_order_when_mirrored(row):
    """A stands left of B, and B left of C, on both sides, and the letters are not turned."""
    for side in ("left", "right"):
        signs = drawn(row, side).ops[-6:]
        discs = [sum(op.paths[0].points[::3]).real for op in signs[::2]]
        assert discs == sorted(discs)
        assert [len(op.paths) for op in signs[1::2]] == [3, 6, 1], "the strokes of A, B and C"
        stem, *bowls = signs[3].paths
        assert all(point.real >= stem.points[0].real for bowl in bowls for point in bowl.points)
        assert min(bowls[0].points[-1].imag, stem.points[0].imag) > stem.points[-1].imag


def test_a_pose_for_both_sides_is_never_mirrored(lying):
    """an exercise that has no side looks the same on every sheet."""
    both = replace(lying, works="both")
    assert drawn(both, "left") == drawn(both, "right")


def test_the_working_leg_is_the_patients_own():
    """from the front, a target on the left leg lies on the picture's right, and the other way round."""
    drawing = drawn(sample("front"), "left")
    mirrored = drawn(sample("front"), "right")
    target = [op for op in drawing.ops if op.fill == PALETTE.target]
    image = [op for op in mirrored.ops if op.fill == PALETTE.target]
    assert len(target) == len(image) == 1
    place, other = target[0].paths[0].points[0].real, image[0].paths[0].points[0].real
    assert place - other == pytest.approx(2 * place - drawing.width)


def test_two_people_differ(lying):
    """the bun is painted, and nothing else changes."""
    assert len(drawn(lying, person="bun").ops) == len(drawn(lying).ops) + 1


def test_drawings_are_kept(lying):
    """the same wish is drawn once."""
    assert drawn(lying) is drawn(lying)


def test_a_far_limb_is_hatched_in_black(lying):
    """where no tint may tell near from far, lines do; elsewhere there are none."""
    black = drawn(lying, palette=figures.figure_palette("#14566b", "black"))
    hatched = [op for op in black.ops if op.within and op.stroke and not op.fill]
    assert len(hatched) == 2
    assert all(len(op.paths) > 3 for op in hatched)
    assert not [op for op in drawn(lying).ops if op.within and op.stroke]


def test_svg_takes_any_text(lying):
    """a title with markup, quotes and control characters gives well-formed XML that says it."""
    svg = figures.to_svg(drawn(lying), "<b>&\"'\x00", "a ]]> b\x1f</desc>")
    root = ET.fromstring(svg)  # noqa: S314 - our own text
    space = "{http://www.w3.org/2000/svg}"
    assert root.find(f"{space}title").text == "<b>&\"' "
    assert root.find(f"{space}desc").text == "a ]]> b </desc>"
    assert root.get("role") == "img"
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids)) > 2
    assert svg == figures.to_svg(drawn(lying), "<b>&\"'\x00", "a ]]> b\x1f</desc>")


@pytest.mark.parametrize("region", sorted(figures.REGIONS))
def test_every_region_is_on_a_map(region):
    """each region is marked in every view that is chosen for it, and nowhere outside the window."""
    views = figures.map_views((region,))
    assert 1 <= len(views) <= 2
    for view in views:
        drawing = figures.draw_body_map((region,), view, "left", PALETTE)
        marks = [op for op in drawing.ops if op.fill == PALETTE.target]
        assert len(marks) >= 1
        assert drawing.window is not None
        assert all(-1 < p.real < drawing.width + 1 for op in marks for p in op.paths[0].points)


def test_a_map_marks_the_side_that_hurts():
    """from the front the left hip is on the picture's right; both sides make two marks."""
    marked = {
        side: [
            op.paths[0].points[0].real
            for op in figures.draw_body_map(("outer-hip",), "front", side, PALETTE).ops
            if op.fill == PALETTE.target
        ]
        for side in ("left", "right", "both")
    }
    assert len(marked["left"]) == len(marked["right"]) == 1
    assert marked["right"][0] < marked["left"][0]
    assert sorted(marked["both"]) == pytest.approx(sorted(marked["left"] + marked["right"]))


def test_views_show_as_much_as_they_can():
    """two regions that no single view shows are shown by two."""
    assert figures.map_views(("outer-hip",)) == ("front", "side")
    assert figures.map_views(("groin-front",)) == ("front",)
    assert figures.map_views(("groin-front", "buttock")) == ("front", "back")


@pytest.mark.parametrize("icon", figures.ICONS)
def test_icons_are_square_and_crossed_out_only_if_they_say_so(icon):
    """an icon is 16 mm square with a frame; `no-` adds the two strokes of a cross, below the frame."""
    drawing = figures.draw_icon(icon, PALETTE, "bun")
    assert drawing.width == pytest.approx(drawing.height)
    assert drawing.ops[-1].paths == (drawing.window,)
    plain = figures.draw_icon(icon.removeprefix("no-"), PALETTE, "bun")
    assert len(drawing.ops) - len(plain.ops) == (2 if icon.startswith("no-") else 0)
