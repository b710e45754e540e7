"""Faults to plant in a good file, each with the code that must be told for it."""

from . import file, links, marks, meaning, seen, words
from .tools import PLANTED, Planted

__all__ = ["PLANTED", "Planted", "file", "links", "marks", "meaning", "seen", "words"]
