from __future__ import annotations

import pytest

from handouts.content import places
from handouts.content.places import Places, bundled_root, find_settings, read_settings
from handouts.errors import ContentError, HandoutError, OutsideError, UsageError


def content_at(root):
    """Make the two folders that tell bundled content."""
    (root / "data" / "conditions").mkdir(parents=True)
    (root / "templates").mkdir()


def test_bundled_root_of_an_installation(tmp_path, monkeypatch):
    """content inside the installed package comes before what lies beside it."""
    package = tmp_path / "handouts"
    monkeypatch.setattr(places, "__file__", str(package / "content" / "places.py"))
    content_at(tmp_path)
    assert bundled_root() == tmp_path
    content_at(package / "_bundled")
    assert bundled_root() == package / "_bundled"


def test_missing_bundled_content_names_both_folders(tmp_path, monkeypatch):
    """an installation without content says where it looked."""
    monkeypatch.setattr(places, "__file__", str(tmp_path / "handouts" / "content" / "places.py"))
    with pytest.raises(HandoutError) as caught:
        bundled_root()
    assert str(tmp_path / "handouts" / "_bundled") in str(caught.value)
    assert f"nor {tmp_path} holds" in str(caught.value)


@pytest.mark.parametrize("make", [False, True])
def test_wrong_overlay(samples, tmp_path, make):
    """a library folder that does not exist, or that holds no content, is an error of usage."""
    folder = tmp_path / "own"
    if make:
        folder.mkdir()
    with pytest.raises(UsageError, match="library folder"):
        Places(overlay=folder, bundled=samples / "bundled")


def test_a_closed_overlay(samples, tmp_path, monkeypatch):
    """a library folder that may not be looked into is trouble outside the program, told as such."""

    def closed(_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(tmp_path), "is_dir", closed)
    with pytest.raises(OutsideError, match="Permission denied"):
        Places(overlay=tmp_path, bundled=samples / "bundled")


@pytest.mark.parametrize(
    "item", ["../conditions/outer-pain", "OUTER-PAIN", "outer-pain/", "", ".", "a--b", "9" * 400]
)
def test_ids_are_no_paths(samples, item):
    """only a well-formed id leads to a file."""
    assert places.item_file(samples / "bundled", "condition", item) is None
    assert places.item_file(samples / "bundled", "condition", "outer-pain")


def test_settings_are_found_above(tmp_path):
    """the nearest handouts.toml above a folder counts, and its paths are relative to it."""
    inner = tmp_path / "one" / "two"
    inner.mkdir(parents=True)
    (tmp_path / "own").mkdir()
    (tmp_path / "handouts.toml").write_text('library = "own"\nclinic = "plain"\n')
    found = find_settings(inner)
    assert (found.library, found.clinic) == (tmp_path / "own", "plain")
    (inner / "handouts.toml").write_text("")
    assert find_settings(inner).library is None


def test_settings_with_a_byte_order_mark(tmp_path):
    """a handouts.toml that an editor saved with a mark before its first letter is read like any other."""
    file = tmp_path / "handouts.toml"
    file.write_text('clinic = "plain"\n', encoding="utf-8-sig")
    assert read_settings(file).clinic == "plain"


def test_faults_of_settings(tmp_path):
    """all faults of a handouts.toml are told at once, with their lines."""
    file = tmp_path / "handouts.toml"
    file.write_text('# ours\nclinic = 5\nlibrary = "gone"\nprinter = "x"\n')
    with pytest.raises(ContentError) as caught:
        read_settings(file)
    assert [(found.line, found.sentence.split("`")[1::2]) for found in caught.value.problems] == [
        (2, ["clinic"]),
        (3, []),
        (4, ["printer"]),
    ]


@pytest.mark.parametrize("data", [b"clinic =", b"\xff", b"a = 1\na = 2\n"])
def test_broken_settings(tmp_path, data):
    """a handouts.toml that cannot be read is a problem of content."""
    file = tmp_path / "handouts.toml"
    file.write_bytes(data)
    with pytest.raises(ContentError):
        read_settings(file)
