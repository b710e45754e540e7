"""Palettes: whatever the clinic's colour, a figure can be read."""

from __future__ import annotations

import colorsys

import pytest

from handouts.clinic import contrast, hex_colour
from handouts.figures import figure_palette
from handouts.figures.palettes import worst_contrasts

ACCENTS = [
    hex_colour(colorsys.hls_to_rgb(hue / 12, light, saturation))
    for hue in range(12)
    for light in (0.15, 0.45, 0.8)
    for saturation in (0.05, 0.5, 1.0)
]
LEAST = {
    "line on skin": 7,
    "line on shorts": 1.5,
    "arrow on paper": 4.5,
    "ghost on paper": 4.5,
    "target on shorts": 2.7,
    "hatch on target": 3,
    "target's outline on skin": 3,
    "prop lines on paper": 3,
    "band on paper": 4.5,
}


@pytest.mark.parametrize("ink", ["colour", "grey", "black"])
def test_contrast_is_kept(ink):
    """every contrast that decides whether a figure can be read holds for every colour of a clinic."""
    for accent in ACCENTS:
        found = worst_contrasts(figure_palette(accent, ink))
        assert found.keys() == LEAST.keys()
        weak = {name: ratio for name, ratio in found.items() if ratio < LEAST[name]}
        if ink == "black":
            # There shorts and skin are white, and a target is black with white lines on both.
            weak.pop("target on shorts", None)
        assert not weak, (accent, weak)


def test_the_palette_is_the_clinics():
    """two clinics have clothes and arrows of different colours, and one asked twice the same."""
    teal, brown = figure_palette("#14566b", "colour"), figure_palette("#5b2a86", "colour")
    assert teal.shirt != brown.shirt
    assert teal.arrow != brown.arrow
    assert teal is figure_palette("#14566b", "colour")


def test_a_red_clinic_does_not_hide_the_target():
    """clothes and arrows of a red clinic are slate blue, since the target is red."""
    red = figure_palette("#b2331a", "colour")
    assert contrast(red.arrow, red.target_line) != 1
    assert int(red.arrow[5:7], 16) > int(red.arrow[1:3], 16)


@pytest.mark.parametrize("ink", ["grey", "black"])
def test_no_colour_where_there_is_none(ink):
    """a palette for grey has greys only, and one for black has black and white only."""
    palette = figure_palette("#b2331a", ink)
    colours = {
        value for name in type(palette).__slots__ if str(value := getattr(palette, name)).startswith("#")
    }
    assert all(colour[1:3] == colour[3:5] == colour[5:7] for colour in colours)
    if ink == "black":
        assert colours == {"#000000", "#ffffff"}
