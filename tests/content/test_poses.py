"""Pose files: every word is read, and whatever is wrong is told with its place."""

from __future__ import annotations

import re
import typing
from contextlib import suppress
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts import figures
from handouts.content import pose_base, pose_models, prop_models
from handouts.content.check import check
from handouts.content.contact_sheet import FILE, contact_sheet
from handouts.content.library import Library
from handouts.content.places import Places
from handouts.content.poses import picture_in, picture_of
from handouts.errors import ContentError
from handouts.figures.pose import Frame

ROOT = Path(__file__).parents[2]
LIBRARY = Library()
DRAWN = {item: picture for item in LIBRARY.ids("exercise") if (picture := picture_of(LIBRARY.exercise(item)))}
START = "end:\n  root: [0, 91.5]\n  legs: {near: {plant: [0, 0]}, far: {plant: [3, 0]}}\n"


def told(text):
    """Return the problems of a pose file."""
    with pytest.raises(ContentError) as caught:
        picture_in(text.encode(), "pose.yaml")
    return caught.value.problems


HOSTILE = {
    "unknown key": (START + "  trnk: 5\n", 4, 3, "no key `trnk`", "trunk"),
    "repeated key": (START + "  trunk: 5\n  trunk: 6\n", 5, 3, "stands here again", "Keep one"),
    "truth value": (START + "  trunk: true\n", 4, 10, "must be a number, not 'true'", "Write a number"),
    "yes": (START + "letters: yes\n", 4, 10, "must be true or false, not 'yes'", "true or false"),
    "text": (START + "  trunk: '5'\n", 4, 10, "must be a number", ""),
    "huge": (START + "  trunk: 1e300\n", 4, 10, "cannot be '1e300'", "at most 360"),
    "endless": (START + "  trunk: .inf\n", 4, 10, "must be a number", ""),
    "one number": (START + "hold: [1]\n", 4, 7, "has 1 item", "at least 2"),
    "no prop": (START + "props:\n  - {x: [0, 1]}\n", 5, 5, "`prop` is missing", "prop"),
    "unknown prop": (START + "props:\n  - {prop: matt}\n", 5, 12, "there is no prop 'matt'", "mat"),
    "key of another prop": (
        START + "props:\n  - {prop: mat, facing: left}\n",
        5,
        17,
        "no key `facing`",
        "There are: depth, prop, skew, x, y, z",
    ),
    "missing part of a prop": (START + "props:\n  - {prop: wall}\n", 5, 5, "`x` is missing", "x"),
    "unknown limb": (START + "  arms: {middle: {}}\n", 4, 10, "no key `middle`", "near"),
    "view": (START + "view: above\n", 4, 7, "cannot be 'above'", "'side', 'front' or 'back'"),
    "five frames": ("frames:\n" + "  - {}\n" * 5, 2, 3, "more than 4 items", "Shorten"),
    "frames and end": (START + "frames:\n  - {}\n  - {}\n", 4, 1, "`frames` stands beside", "only those two"),
    "nothing": ("view: side\n", 1, 1, "shows nothing", "Write `end`"),
    "impossible": (START + "  neck: 90\n", 4, 3, "the neck is at 90 degrees", "move it less"),
    "alias": ("end: &a {}\nstart: *a\n", 1, 6, "anchor", "Take it away"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_fault_is_told_with_its_place(name):
    """each fault is told with line, column, what is wrong and what to do."""
    text, line, column, sentence, advice = HOSTILE[name]
    problems = told(text)
    match = [problem for problem in problems if (problem.line, problem.column) == (line, column)]
    assert match, problems
    assert any(sentence in found.sentence and advice in found.advice for found in match), problems


@given(text=st.text(max_size=80) | st.from_regex(r"end:\n  [a-z]+: .{0,20}\n", fullmatch=True))
def test_any_text_is_read_or_refused(text):
    """whatever a file holds, it gives a picture or problems, and no other error."""
    with suppress(ContentError):
        picture = picture_in(text.encode("utf-8", "surrogatepass"), "any.yaml")
        assert figures.check(picture.pose) == ()


@given(
    st.fixed_dictionaries(
        {
            "trunk": st.integers(-360, 360),
            "spine": st.integers(-360, 360),
            "hip": st.integers(-360, 360),
            "knee": st.integers(-360, 360),
            "x": st.integers(-400, 400),
            "y": st.integers(-400, 400),
            "length": st.sampled_from([0.2, 0.5, 1, 2]),
        }
    )
)
def test_any_numbers_are_drawn_or_refused(numbers):
    """no numbers within their bounds break the solver or the checks."""
    text = (
        "end:\n  trunk: {trunk}\n  spine: {spine}\n  root: [{x}, {y}]\n  rest: [all]\n"
        "  legs: {{near: {{hip: {hip}, knee: {knee}, thigh_len: {length}}}, far: {{plant: [{y}, {x}]}}}}\n"
        "  arms: {{near: {{reach: [{x}, {y}]}}}}\nprops:\n  - {{prop: floor}}\n"
    ).format(**numbers)
    with suppress(ContentError):
        assert picture_in(text.encode(), "any.yaml").pose.frames


def test_alt_text_is_needed(own_samples):
    """a drawing without words for ears, or words without a drawing, is told."""
    bundled = own_samples / "bundled"
    file = bundled / "data" / "exercises" / "lift.yaml"
    text = file.read_text()
    pose = "pose:\n" + "".join(f"  {line}\n" for line in START.splitlines())
    file.write_text(text + pose)
    assert any("no `picture_alt`" in problem.sentence for problem in check(Library(Places(bundled=bundled))))
    file.write_text(text + "picture_alt: A person.\n")
    assert any(
        "there is no `pose`" in problem.sentence for problem in check(Library(Places(bundled=bundled)))
    )
    file.write_text(text + pose + "picture_alt: A person stands.\n")
    other = bundled / "data" / "exercises" / "press.yaml"
    other.write_text(other.read_text() + pose + "picture_alt: A person  stands.\n")
    found = [
        problem for problem in check(Library(Places(bundled=bundled))) if "same words" in problem.sentence
    ]
    assert [Path(problem.file).name for problem in found] == ["press.yaml"]


@pytest.mark.parametrize("item", DRAWN)
def test_bundled_alt_texts(item):
    """each tells something of its own, short enough to listen to, and ends as a sentence does."""
    alt = DRAWN[item].alt
    assert 40 <= len(alt) < 250
    assert alt.endswith(".")
    assert [name for name, picture in DRAWN.items() if picture.alt == alt] == [item]


def test_every_exercise_is_drawn():
    """no card is left without its drawing."""
    assert set(DRAWN) == set(LIBRARY.ids("exercise"))
    assert len(DRAWN) >= 42


def test_the_contact_sheet_is_fresh():
    """the sheet in the docs shows the drawings as they are: python -m handouts.content.contact_sheet."""
    assert (ROOT / FILE).read_text(encoding="utf-8") == contact_sheet(LIBRARY)


def test_models_and_values_say_the_same():
    """each model has the fields of the value that it is turned into, and no others."""
    checked = 0
    for module in (pose_models, prop_models, pose_base):
        for model in vars(module).values():
            value = getattr(model, "VALUE", None)
            if value is None or not isinstance(model, type):
                continue
            assert set(model.model_fields) - {"prop"} == {field.name for field in fields(value)}, model
            checked += 1
    assert set(pose_models.FrameModel.model_fields) == {field.name for field in fields(Frame)}
    assert checked >= 20


def test_every_word_is_documented():
    """docs/poses.md tells of every key of a pose and every prop."""
    guide = (ROOT / "docs" / "poses.md").read_text(encoding="utf-8")
    keys = {
        field.alias or name
        for module in (pose_models, prop_models)
        for model in vars(module).values()
        if isinstance(model, type) and hasattr(model, "model_fields")
        for name, field in model.model_fields.items()
    }
    assert len(keys) > 60
    assert {key for key in keys if not re.search(rf"\b{re.escape(key)}\b", guide)} == set()
    choices = typing.get_args(typing.get_args(prop_models.PropField)[0])
    props = {typing.get_args(choice.model_fields["prop"].annotation)[0] for choice in choices}
    assert {prop for prop in props if f"`{prop}`" not in guide} == set()


def test_the_guides_examples_are_sound():
    """each whole example of docs/poses.md is drawn."""
    guide = (ROOT / "docs" / "poses.md").read_text(encoding="utf-8")
    examples = [text for text in re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL) if "…" not in text]
    assert len(examples) >= 3
    for text in examples:
        assert picture_in(text.encode(), "example.yaml").pose.frames
