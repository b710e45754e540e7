"""What the surroundings say."""

from __future__ import annotations

import argparse
from datetime import date

import pytest

from handouts.cli import settings
from handouts.errors import ContentError, OutsideError, UsageError


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    """Work in an empty folder with nothing set."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HANDOUTS_LIBRARY", raising=False)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


def said(**words) -> argparse.Namespace:
    """Return arguments."""
    return argparse.Namespace(**({"library": None, "clinics": []} | words))


def test_the_library_that_is_named_first_wins(tmp_path, monkeypatch):
    """--library goes before HANDOUTS_LIBRARY, and that before handouts.toml here or above."""
    for name in ("a", "b", "c", "below"):
        (tmp_path / name).mkdir()
    assert settings.overlay(said()) is None
    (tmp_path / "handouts.toml").write_text('library = "c"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path / "below")
    assert settings.overlay(said()) == tmp_path / "c"
    monkeypatch.setenv("HANDOUTS_LIBRARY", "b")
    assert settings.overlay(said()).name == "b"
    assert settings.overlay(said(library="a")).name == "a"


def test_the_usual_clinic(tmp_path):
    """clinics that are named go before the usual one, and are taken once."""
    with pytest.raises(UsageError, match="--clinic ID"):
        settings.clinics(said())
    (tmp_path / "handouts.toml").write_text('clinic = "usual"\n', encoding="utf-8")
    assert settings.clinics(said()) == ("usual",)
    assert settings.clinics(said(clinics=["b", "a", "b"])) == ("b", "a")


def test_a_wrong_settings_file_is_told(tmp_path):
    """an unknown setting is an error with its line."""
    (tmp_path / "handouts.toml").write_text('\nclinik = "usual"\n', encoding="utf-8")
    with pytest.raises(ContentError, match=r"handouts\.toml:2"):
        settings.clinics(said())


def test_a_deleted_folder_is_told(tmp_path, monkeypatch):
    """a current folder that is gone is trouble outside, not a bug."""
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    with pytest.raises(OutsideError, match="current folder"):
        settings.overlay(said())
    with pytest.raises(OutsideError, match="current folder"):
        settings.clinics(said())


def test_the_day(monkeypatch):
    """SOURCE_DATE_EPOCH is the day, in UTC, wherever the machine stands."""
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86399")
    assert settings.today() == date(1970, 1, 1)


@pytest.mark.parametrize("words", ["soon", "1e9", "9" * 30, "-5", "+5", " 5", "1_000", "²"])
def test_a_wrong_epoch_is_told(monkeypatch, words):
    """an epoch that is no number of seconds is wrong usage."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", words)
    with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH"):
        settings.today()
