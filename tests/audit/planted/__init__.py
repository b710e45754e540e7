"""Faults to plant in a good file, each with the code that must be told for it."""

from . import archive, file, links, marks, meaning, seen, words
from .tools import PLANTED, Planted

__all__ = ["PLANTED", "Planted", "archive", "file", "links", "marks", "meaning", "seen", "words"]
