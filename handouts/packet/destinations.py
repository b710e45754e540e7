"""Destinations: where the links and bookmarks of a part lead, always to a page of that same part.

Two handouts may both call a place ``exercises``. A link by name is therefore turned into one that names
its page: whatever the names of the whole file become, it cannot lead into another patient's sheet. The
names themselves are kept for links from outside; one that several parts use gets a prefix in each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from handouts.packet.copying import Copier
from handouts.packet.syntax import Value, name_bytes, string_bytes, whole, write

_FITS = {
    b"/XYZ": 3,
    b"/Fit": 0,
    b"/FitH": 1,
    b"/FitV": 1,
    b"/FitR": 4,
    b"/FitB": 0,
    b"/FitBH": 1,
    b"/FitBV": 1,
}
_MOST_STEPS = 10


class Destinations:
    """The places that one part names, and where they are in the output.

    ``pages`` are the numbers of the part's pages in the output, by their numbers in the part; ``tops`` are
    places that stand in for any on a page, which then may have another size than the one it was made for.
    """

    def __init__(self, copier: Copier, pages: Mapping[int, int], tops: Mapping[int, bytes]) -> None:
        self._source = copier.source
        self._pages = pages
        self._order = list(pages)
        self._tops = tops
        root = self._source.root
        # Old files have a dictionary of names, newer ones a tree of strings.
        self._names: dict[bytes, Value] = {
            name_bytes(name): value for name, value in self._source.entries(root.get(b"/Dests")).items()
        }
        tree = self._source.entries(root.get(b"/Names")).get(b"/Dests")
        for key, value in self._source.leaves(tree, b"/Names"):
            self._names[string_bytes(self._source.value(key))] = value

    def resolve(self, value: Value | None) -> bytes | None:
        """Return a place as an array that names its page; None if it is nowhere in this part."""
        held: Value = self._source.value(value)
        for _ in range(_MOST_STEPS):
            if isinstance(held, dict):
                held = self._source.value(held.get(b"/D"))
            elif isinstance(held, bytes):
                name = name_bytes(held) if held.startswith(b"/") else string_bytes(held)
                if name not in self._names:
                    return None
                held = self._source.value(self._names[name])
            else:
                break
        return self._array(held) if isinstance(held, list) else None

    def named(self) -> list[tuple[bytes, bytes]]:
        """Return the names of this part that lead somewhere, each with its place."""
        resolved = [(name, self.resolve(value)) for name, value in self._names.items()]
        return [(name, place) for name, place in resolved if name and place is not None]

    def _array(self, held: list[Value]) -> bytes | None:
        if not held:
            return None
        page, fit = held[0], [self._source.value(one) for one in held[1:]]
        index = whole(page)
        if index is not None and 0 <= index < len(self._order):
            page = self._order[index]
        if not isinstance(page, int) or page not in self._pages:
            return None
        if page in self._tops:
            return b"[%d 0 R %b]" % (self._pages[page], self._tops[page])
        kind = fit[0] if fit and isinstance(fit[0], bytes) else b"/Fit"
        if kind not in _FITS:
            kind, fit = b"/Fit", []
        room = [write(one) for one in fit[1:] if isinstance(one, bytes)][: _FITS[kind]]
        room += [b"null"] * (_FITS[kind] - len(room))
        return b"[%b]" % b" ".join([b"%d 0 R" % self._pages[page], kind, *room])


def unique(parts: list[tuple[bytes, list[tuple[bytes, bytes]]]]) -> list[tuple[bytes, bytes]]:
    """Return the names of all parts, given with a prefix each; a name that two parts use has it in both."""
    used = Counter(name for _, names in parts for name, _ in names)
    given: dict[bytes, bytes] = {
        name: place for _, names in parts for name, place in names if used[name] == 1
    }
    for prefix, names in parts:
        for name, place in names:
            if used[name] > 1:
                new = prefix + name
                while new in given:
                    new = prefix + new
                given[new] = place
    return list(given.items())
