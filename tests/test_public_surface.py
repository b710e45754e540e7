"""What others may rely on: names, commands, options, and that the documents tell of all of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import handouts
from handouts.cli import main
from handouts.cli.program import COMMANDS, parser

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
NAMES = [
    "check",
    "audit",
    "batch",
    "verify",
    "figure",
    "list",
    "mail",
    "make",
    "merge",
    "new",
    "packet",
    "print",
    "where",
]


def options(command: str) -> set[str]:
    """Return the long options of one command."""
    actions = parser()._subparsers._group_actions[0].choices[command]._actions
    return {word for action in actions for word in action.option_strings if word.startswith("--")}


def test_public_names():
    """the package gives these names, sorted, and each can be had."""
    assert handouts.__all__ == [
        "HandoutError",
        "Library",
        "Made",
        "Merged",
        "Order",
        "Source",
        "make_handout",
        "make_packet",
        "merge_files",
    ]
    assert all(getattr(handouts, name).__name__ == name for name in handouts.__all__)
    with pytest.raises(AttributeError, match="make_tea"):
        handouts.make_tea  # noqa: B018


def test_version(capsys):
    """--version says the version that the changelog or its unreleased part is about."""
    with pytest.raises(SystemExit) as end:
        main(["--version"])
    assert end.value.code == 0
    assert capsys.readouterr().out == f"handouts {handouts.__version__}\n"
    assert re.fullmatch(r"\d+\.\d+\.\d+", handouts.__version__)


def test_these_are_the_commands():
    """there are just these commands."""
    assert sorted(command.NAME for command in COMMANDS) == sorted(NAMES)


@pytest.mark.parametrize("command", NAMES)
def test_a_command_is_documented(command, capsys):
    """each command is in the README, and its help says what it does and explains each word."""
    assert re.search(rf"`handouts {command}\b", README)
    with pytest.raises(SystemExit) as end:
        main([command, "--help"])
    assert end.value.code == 0
    out = capsys.readouterr().out
    assert out.startswith(f"usage: handouts {command} ")
    assert len(out.splitlines()) > 10


@pytest.mark.parametrize("command", ["make", "packet", "batch"])
def test_options_are_documented(command):
    """each option of the commands that print is in the README."""
    said = options(command)
    assert len(said) >= 12
    unsaid = {
        option for option in said - {"--help", "--verbose", "--output", "--language"} if option not in README
    }
    assert unsaid == set()


def test_the_readme_invents_nothing():
    """each option in the README is an option of some command, or of the tools it names."""
    real = {option for command in NAMES for option in options(command)}
    told = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", README))
    assert len(told) >= 12
    assert told - real == {"--editable"}


def test_ids_in_the_readme_exist():
    """what the README tells people to type names a condition, clinic and packet that there are."""
    library = handouts.Library()
    said = re.findall(r"handouts (make|packet) ([a-z-]+) --clinic ([a-z-]+)", README)
    assert len(said) >= 3
    for command, name, clinic in said:
        assert name in library.ids("packet" if command == "packet" else "condition")
        assert clinic in {*library.ids("clinic"), "my-clinic"}
