"""What a stream paints."""

from __future__ import annotations

import pytest

from handouts.audit.painted import is_plain_drawing


def test_a_drawing_is_plain():
    """paths, colours, lines, moves and clips are nothing but a drawing."""
    assert is_plain_drawing(
        b".1 0 0 .1 0 0 cm 1 J 1 j q 0 0 m 9 9 l W n 1 0 0 rg 0 0 m 5 5 9 9 3 3 c h f Q S"
    )
    assert is_plain_drawing(b"[3 2] 0 d 0.5 w 0 0 10 10 re B*")


@pytest.mark.parametrize(
    "data",
    [
        b"BT /F1 9 Tf (a) Tj ET",
        b"/Artifact BMC 0 0 m 9 9 l S EMC",
        b"/X Do",
        b"/P <</MCID 0>> BDC EMC",
        b"Q 0 0 m 9 9 l S",
        b"0 0 m 9 9 l S ) S",
        b"BI /W 1 /H 1 ID x EI",
        b"/S sh",
        b"0 0 m 9 9 l S" * 5_000,
    ],
)
def test_all_else_is_looked_at(data):
    """text, marks, images, forms, a broken stream and a huge one are followed each time."""
    assert not is_plain_drawing(data)
