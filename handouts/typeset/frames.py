"""Frames: galleys in a box, and taken apart again where a page ends."""

from __future__ import annotations

from dataclasses import replace

from handouts.typeset import boxes
from handouts.typeset.galleys import REPEATED, Frame, Galley, Paint, Text, gap, merged
from handouts.typeset.setter import Look


def framed(pieces: list[Galley], frame: Frame, look: Look) -> Galley:
    """Return galleys in a frame, as one galley that can be taken apart again."""
    style = boxes.box_style(frame.name, look.clinic)
    top, _, bottom, left = style.padding
    items, inner = merged(pieces, left, top)
    height = max(inner + top + bottom, frame.height)
    paint = Paint(0, height, boxes.box(style, look.palette, frame.width, height))
    bookmark = next((piece.bookmark for piece in pieces if piece.bookmark), None)
    return Galley(height, (paint, *items), pieces=tuple(pieces), frame=frame, bookmark=bookmark, keep=False)


def split_framed(galley: Galley, room: float, look: Look) -> tuple[Galley, Galley] | None:
    """Return a framed galley in two, the first as high as the room allows; None if no piece fits.

    Both parts get a frame of their own, so that each page shows a closed box.
    """
    if galley.frame is None or len(galley.pieces) < 2:
        return None
    style = boxes.box_style(galley.frame.name, look.clinic)
    used = style.padding[0] + style.padding[2]
    fitting, last, good = 0, None, 0
    for number, piece in enumerate(galley.pieces, 1):
        used += gap(last, piece) + piece.height
        last = piece
        if used > room:
            break
        fitting = number
        if not piece.keep:
            good = number
    cut = good or fitting
    if not 0 < cut < len(galley.pieces):
        return None
    plain_frame = replace(galley.frame, height=0)
    upper = framed(list(galley.pieces[:cut]), plain_frame, look)
    rest = list(galley.pieces[cut:])
    label = rest[0].label
    if label is not None:
        # Whoever reads on overleaf must see again what these signs call for; it is not read aloud twice.
        repeated = tuple(replace(item, node=REPEATED) for item in label.items if isinstance(item, Text))
        rest[0] = replace(rest[0], items=(*repeated, *rest[0].items))
        plain_frame = replace(plain_frame, height=label.height + style.padding[0] + style.padding[2])
    lower = framed(rest, plain_frame, look)
    return (
        replace(
            upper, before=galley.before, after=galley.after, bookmark=galley.bookmark, loose=galley.loose
        ),
        replace(lower, before=galley.before, after=galley.after, bookmark=None, loose=galley.loose),
    )
