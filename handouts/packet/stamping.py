"""Stamping: the foot of a packet's page, drawn over a page that came from elsewhere.

The foot keeps its size on paper, unless the page is too narrow for it, and stands upright at the bottom of
what is seen, however the page is turned, cropped or scaled.
"""

from __future__ import annotations

from dataclasses import dataclass

from handouts.packet.boxes import View, view
from handouts.packet.content import content_refs, joined
from handouts.packet.copying import Copier
from handouts.packet.source import SourcePage
from handouts.packet.syntax import write


@dataclass(frozen=True, slots=True)
class Stamp:
    """A foot: the number of the form that draws it, and what is seen of the page that it was made for."""

    form: int
    made_for: View

    def matrix(self, page: View) -> tuple[float, float, float, float, float, float]:
        """Return how the form is placed on a page."""
        wide, _ = page.size
        made_wide, _ = self.made_for.size
        scale = min(1.0, wide / made_wide) * self.made_for.unit / page.unit
        box, made = page.box, self.made_for.box
        # From the form to the bottom left corner of what is seen, along (u) and up (v) ...
        shift = (wide / page.unit - made.width * scale) / 2 - made.left * scale
        rise = -made.bottom * scale
        # ... and from there to the page.
        match page.turn:
            case 90:
                return 0, scale, -scale, 0, box.right - rise, box.bottom + shift
            case 180:
                return -scale, 0, 0, -scale, box.right - shift, box.top - rise
            case 270:
                return 0, -scale, scale, 0, box.left + rise, box.top - shift
            case _:
                return scale, 0, 0, scale, box.left + shift, box.bottom + rise

    def drawn(self, page: View, name: bytes) -> bytes:
        """Return the operators that draw the foot on a page, on which the form has a name."""
        numbers = " ".join(f"{value:.5f}".rstrip("0").rstrip(".") for value in self.matrix(page))
        return b"q\n%b cm\n%b Do\nQ\n" % (numbers.encode("ascii"), name)


def make_stamp(copier: Copier, page: SourcePage) -> Stamp | None:
    """Return the content of a page kept free, nothing but artifacts, as a stamp; None if it is empty."""
    source = copier.source
    data = joined(source, content_refs(source, page)).strip()
    if not data:
        return None
    box = b"[%b]" % b" ".join(map(write, source.members(page.values[b"/MediaBox"])))
    resources = copier.written(page.values.get(b"/Resources", {}))
    entries = b"/Type/XObject/Subtype/Form/BBox %b/Resources %b" % (box, resources)
    return Stamp(copier.shared.add_stream(data, entries), view(source, page))
