"""A person's name that was put in no quotes is answered without saying it again."""

from __future__ import annotations

import pytest

from handouts.cli import main

CONDITION = "trochanteric-bursitis"
QUOTES = "Put a name of several words in quotes."


def said(capsys, words: list[str]) -> str:
    """Return what is told of words that must be refused as wrong usage."""
    try:
        code = main(words)
    except SystemExit as end:
        code = end.code
    assert code == 2
    return capsys.readouterr().err


@pytest.mark.parametrize("command", ["make", "packet"])
@pytest.mark.parametrize("option", ["--patient", "--clinician", "--note"])
@pytest.mark.parametrize(
    "order",
    [
        [CONDITION, "NAMED", "--clinic", "example-clinic"],
        ["NAMED", CONDITION, "--clinic", "example-clinic"],
        ["NAMED", "--clinic", "example-clinic", CONDITION],
    ],
)
def test_a_name_without_quotes(capsys, command, option, order):
    """the advice is to put it in quotes, and no word of it is repeated."""
    named = [option, "Mary", "smith"]
    words = [part for word in order for part in (named if word == "NAMED" else [word])]
    told = said(capsys, [command, *words])
    assert QUOTES in told
    assert "Mary" not in told
    assert "smith" not in told


def test_all_and_a_name_without_quotes(capsys):
    """the same holds where every condition is made."""
    told = said(capsys, ["make", "--all", "--clinic", "example-clinic", "--patient", "Mary", "Smith"])
    assert QUOTES in told
    assert "Smith" not in told


def test_a_misspelt_option_says_no_name(capsys):
    """an option that does not exist is told with the nearest one, the command's usage and no name."""
    told = said(capsys, ["make", CONDITION, "--patinet", "Mary", "Smith"])
    assert "there is no option --patinet. Did you mean --patient?" in told
    assert "usage: handouts make" in told
    assert "Smith" not in told
    assert "Smith" not in said(capsys, ["make", CONDITION, "--patinet=Smith"])


def test_other_words_are_repeated(capsys):
    """a word at the wrong place is told where no name stands before it."""
    told = said(capsys, ["make", CONDITION, "--side", "left", "hip-flexor-strain"])
    assert "hip-flexor-strain" in told
    assert "usage: handouts make" in told


def test_a_condition_that_stands_before_the_name_is_told(capsys):
    """a misspelt condition is told with the nearest one, whoever it is for."""
    told = said(
        capsys,
        ["make", "trochanteric-bursitus", "--clinic", "example-clinic", "--patient", "Mary Smith"],
    )
    assert f"'trochanteric-bursitus'. Did you mean {CONDITION}" in told
