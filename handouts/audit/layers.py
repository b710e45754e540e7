"""Layers as the archive wants them: each arrangement named, all listed, none that switches by itself."""

from __future__ import annotations

from handouts.audit.case import Case
from handouts.audit.objects import Key, entries, key_of, members, text_of

_DEEPEST = 10_000


def check_layers(case: Case) -> None:
    """Tell arrangements of layers without a name of their own, or that leave a layer out."""
    layers = entries(case.catalog.get("/OCProperties"))
    if not layers:
        return
    settings = [entries(layers.get("/D")), *(entries(one) for one in members(layers.get("/Configs")))]
    names = [text_of(one.get("/Name")) for one in settings]
    if not all(names) or len(set(names)) < len(names):
        case.found.add("layer-setting", "An arrangement of layers has no name of its own.")
    every = {key_of(one) for one in members(layers.get("/OCGs"))}
    for one in settings:
        if "/Order" in one and not every <= _listed(one["/Order"]):
            case.found.add("layer-setting", "An arrangement of layers leaves one out.")
        if "/AS" in one:
            case.found.add("layer-setting", "Layers switch by themselves.")


def _listed(order: object) -> set[Key]:
    found: set[Key] = set()
    waiting = members(order)
    for _ in range(_DEEPEST):
        if not waiting:
            break
        one = waiting.pop()
        if entries(one):
            found.add(key_of(one))
        waiting += members(one)
    return found
