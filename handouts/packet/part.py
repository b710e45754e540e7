"""What goes into a merge, and what comes out."""

from __future__ import annotations

from dataclasses import dataclass

from handouts.errors import Problem


@dataclass(frozen=True, slots=True)
class Part:
    """One clean, unencrypted PDF to be joined.

    ``name`` is what messages call it: a file's base name, never its folder. ``title`` is that of its Part
    and bookmark (by default the file's own, else its name), ``language`` that of its words (by default the
    file's own, else the whole's). ``alt`` says what the pages of an untagged file show. ``earns`` are the
    standards that the part was *found* to keep, of ``ua1`` and ``a2a``: what it says of itself counts for
    nothing.
    """

    pdf: bytes
    name: str
    title: str = ""
    language: str = ""
    alt: str = ""
    earns: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Merged:
    """A finished file: its bytes, pages, the standards it claims, and what its giver has to know."""

    pdf: bytes
    pages: int
    claims: frozenset[str]
    told: tuple[Problem, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """What its giver has to know, as lines."""
        return tuple(map(str, self.told))


@dataclass(frozen=True, slots=True)
class Insert:
    """A part for a place kept free in a packet.

    ``kid`` is the place of the empty Part among the kids of the packet's Document element, ``page`` the
    index, from 0, of the first of as many pages kept free as the part has.
    """

    part: Part
    kid: int
    page: int
