"""Whether all that is asked for is finished: every unfinished place of all files at once.

The library refuses an unfinished file as well, when it is asked for it; here all of them are told at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from handouts.content import places
from handouts.content.library import Library
from handouts.content.places import Kind
from handouts.content.unfinished import unfinished_errors
from handouts.errors import ContentError


def refuse_unfinished(
    library: Library, parts: Iterable[str], clinics: Iterable[str], exercises: Iterable[str], language: str
) -> None:
    """Raise ContentError with every unfinished place of all that would be printed.

    ``parts`` are ids of packets and conditions, ``exercises`` those that are picked in place of the
    conditions' own. What does not exist, or has other faults, is told when the library is asked for it.
    """
    picked = tuple(exercises)
    names: list[tuple[Kind, str]] = [("clinic", name) for name in clinics]
    names += [("exercise", name) for name in picked]
    for name in _conditions(library, parts, names):
        names.append(("condition", name))
        record = library.store.condition(name)
        if record and record.value and not picked:
            names += [("exercise", exercise) for exercise in record.value.exercises.all()]
    files = [library.store.file(kind, name) for kind, name in dict.fromkeys(names)]
    for layer in library.places.layers:
        files += [places.shared_file(layer, name) for name in (*places.SHARED, f"words/{language}")]
    found = {problem for file in files if file for problem in unfinished_errors(file)}
    if found:
        raise ContentError(tuple(sorted(found)))


def _conditions(library: Library, parts: Iterable[str], names: list[tuple[Kind, str]]) -> Iterator[str]:
    """Yield the conditions of some packets and conditions; the packets are noted in ``names``."""
    for part in parts:
        packet = library.store.packet(part)
        if packet is None:
            yield part
        else:
            names.append(("packet", part))
            yield from packet.value.conditions if packet.value else ()
