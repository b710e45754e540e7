"""Foreign files made by hand: hostile, broken and harmless ones, and the scan that they are held to."""

from . import active, broken, harmless, hidden, private
from .scan import scan
from .tools import HARMLESS, HOSTILE, MARK, Hostile

__all__ = [
    "HARMLESS",
    "HOSTILE",
    "MARK",
    "Hostile",
    "active",
    "broken",
    "harmless",
    "hidden",
    "private",
    "scan",
]
