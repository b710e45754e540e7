"""What of a packet is handed over: locked, as a booklet, or both."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from handouts.cli import locking, main

GOOD = "lantern gravel violin oyster"
PACKET = ["packet", "femoral-neck-stress-fracture", "--clinic", "example-clinic", "--date", "2026-11-22"]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch) -> Path:
    """Work in an empty folder with only the passphrase set, and return it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HANDOUTS_LIBRARY", raising=False)
    monkeypatch.setenv(locking.VARIABLE, GOOD)
    return tmp_path


def test_a_packet_is_not_locked_unasked(elsewhere, capsys):
    """without --encrypt the passphrase of the environment locks nothing, and there is one file."""
    assert main([*PACKET, "-o", "a.pdf"]) == 0
    assert capsys.readouterr().out == "a.pdf\n"
    pikepdf.open("a.pdf").close()


def test_a_locked_packet_has_the_usual_name(capsys):
    """--encrypt changes no name; the file opens with the passphrase only, which is not shown."""
    assert main([*PACKET, "--encrypt"]) == 0
    out, err = capsys.readouterr()
    assert out == "output/packet_example-clinic_en.pdf\n"
    assert "opens only with the passphrase" in err
    assert "lantern" not in err
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(out.strip())
    with pikepdf.open(out.strip(), password=GOOD) as file:
        assert "/StructTreeRoot" in file.Root


def test_a_booklet_stands_beside_its_packet(capsys, elsewhere):
    """--booklet writes a second file, told after the first; small type is told with the remedy."""
    assert main([*PACKET, "--booklet", "-o", "there/a.pdf"]) == 0
    out, err = capsys.readouterr()
    assert out == "there/a.pdf\nthere/a_booklet.pdf\n"
    assert "type is 7.8 pt in the booklet" in err
    assert "--edition large-print" in err
    with pikepdf.open("there/a.pdf") as file, pikepdf.open("there/a_booklet.pdf") as booklet:
        assert len(booklet.pages) == 2 * -(-len(file.pages) // 4)
        assert "The file that can be read aloud is a.pdf." in str(booklet.docinfo.Subject)


def test_large_print_is_large_enough(capsys):
    """a booklet of the large print edition has type that is not warned of, also with --strict."""
    assert main([*PACKET, "--booklet", "--edition", "large-print", "--strict"]) == 0
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 2
    assert "pt in the booklet" not in err


def test_strict_refuses_small_type(capsys, elsewhere):
    """--strict writes neither file if the booklet's type is small."""
    assert main([*PACKET, "--booklet", "--strict"]) == 4
    assert capsys.readouterr().out == ""
    assert list(elsewhere.iterdir()) == []


def test_both_are_locked(capsys):
    """a booklet is locked with its packet, because it holds the same words."""
    assert main([*PACKET, "--booklet", "--encrypt", "-o", "a.pdf"]) == 0
    for path in capsys.readouterr().out.splitlines():
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(path)
        pikepdf.open(path, password=GOOD).close()


def test_a_weak_passphrase_stops_all(capsys, elsewhere, monkeypatch):
    """a passphrase that names the patient is refused before anything is made."""
    monkeypatch.setenv(locking.VARIABLE, "Ångström gravel violin oyster")
    assert main([*PACKET, "--encrypt", "--patient", "Zoë Ångström"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "fewer than 4 words" in err
    assert "ngstr" not in err
    assert list(elsewhere.iterdir()) == []
