"""Slots read back out of a file that is sound but for them."""

from __future__ import annotations

from handouts.audit.slots import Codes, SlotReader

READER = SlotReader({b"F1": Codes({1: "A", 2: "n", 3: " "}), b"F3": Codes({1: "Ω"})})


def test_each_font_has_its_own_codes():
    """text is read by the font that is set, over several streams."""
    shown = (
        b"0 0 0 rg\n/F1 11 Tf\n<000100020002> Tj\nET\nendstream\n/F1 11 Tf\n<0003> Tj\n/F3 9.5 Tf\n<0001> Tj"
    )
    assert READER.text(shown) == "Ann Ω"


def test_what_no_font_knows_is_seen():
    """a code or a font that the file does not have never passes for the word that was wanted."""
    assert READER.text(b"/F1 11 Tf\n<00010009> Tj") == "A\ufffd"
    assert READER.text(b"/F2 11 Tf\n<0001> Tj") == "\ufffd"
    assert READER.text(b"<0001> Tj") == "\ufffd"
