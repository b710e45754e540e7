from __future__ import annotations

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from handouts.audit.fonts import UNKNOWN, Font, bad_character, character_map


def _font(**values) -> Font:
    return Font({f"/{key}": value for key, value in values.items()}, "F")


def test_a_character_map_is_read_in_all_its_forms():
    """single codes, ranges, lists, several letters for a code, letters beyond the first plane are read."""
    data = b"""1 begincodespacerange <0000> <FFFF> endcodespacerange
    2 beginbfchar
    <0001> <0041> <0002> <006600660069> endbfchar
    3 beginbfrange <0003> <0005> <0061>
    <0006> <0007> [<0078> <0079>]
    <0008> <0009> <D835DC00> endbfrange"""
    assert character_map(data) == (
        {1: "A", 2: "ffi", 3: "a", 4: "b", 5: "c", 6: "x", 7: "y", 8: "\U0001d400", 9: "\U0001d401"},
        (2,),
    )


def test_two_byte_codes_are_read_one_by_one():
    """codes that look like halves of a pair are codes of their own."""
    with pikepdf.new() as pdf:
        data = b"beginbfchar <D835> <0041> <DC00> <0042> <0003> <0020> endbfchar"
        font = _font(Subtype=Name.Type0, Encoding=Name("/Identity-H"), ToUnicode=pdf.make_stream(data))
        assert font.text(b"\xd8\x35\xdc\x00\x00\x03") == "AB "
        assert font.text(b"\xd8\x35\x00") == "A" + UNKNOWN
        assert font.unmapped == {0}


def test_a_font_without_map_is_read_by_its_encoding():
    """Windows letters, changed ones by their names, and named by their numbers, are read."""
    coding = Dictionary(
        BaseEncoding=Name.WinAnsiEncoding,
        Differences=Array([1, Name.fi, Name.uni0416, Name.strange, 65, Name.Z]),
    )
    font = _font(Subtype=Name.TrueType, Encoding=coding)
    assert font.text(b"\x93A\x01\x02\x03") == "“ZfiЖ" + UNKNOWN
    assert font.unmapped == {3}


def test_a_font_without_map_and_encoding_means_nothing():
    """without any of the two, nothing is guessed."""
    font = _font(Subtype=Name.TrueType)
    assert font.text(b"ab") == UNKNOWN * 2
    assert not font.has_map


def test_codes_that_are_unicode_need_no_map():
    """the predefined maps whose codes are Unicode are read as such."""
    font = _font(Subtype=Name.Type0, Encoding=Name("/UniJIS-UTF16-H"))
    assert font.text("腰痛".encode("utf-16-be")) == "腰痛"
    assert font.has_map


def test_a_font_with_a_map_of_its_own_has_codes_of_that_length():
    """codes of an embedded map are as long as it says."""
    with pikepdf.new() as pdf:
        coding = pdf.make_stream(b"begincodespacerange <00> <FF> endcodespacerange")
        meaning = pdf.make_stream(b"beginbfchar <41> <0061> endbfchar")
        font = _font(Subtype=Name.Type0, Encoding=coding, ToUnicode=meaning)
        assert font.text(b"AA") == "aa"


@pytest.mark.parametrize("text", ["", "\0", "\ufeff", "\ufffe", "\ue000", "a\uf8ff", "\U000f0000", UNKNOWN])
def test_a_mapping_that_says_nothing_is_bad(text):
    """nothing, byte order marks and letters of private use are no text."""
    assert bad_character(text)
    assert not bad_character("é")
