"""Bookmarks and page labels, made anew: titles and the places they lead to."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pikepdf

from handouts.packet.foreign.destinations import Destinations, leaves
from handouts.packet.foreign.things import (
    DIRECT,
    Key,
    drop,
    entry,
    is_plain,
    key_of,
    name_of,
    whole,
)
from handouts.packet.foreign.told import RefusedError

_MOST_BOOKMARKS = 50_000
_MOST_LABELS = 20_000
_STYLES = 3  # italic and bold


def rebuild_bookmarks(pdf: pikepdf.Pdf, places: Destinations) -> None:
    """Replace the bookmarks; one that goes round in circles is read once."""
    top = pdf.Root.get("/Outlines")
    drop(pdf.Root, "/Outlines")
    if not isinstance(top, pikepdf.Dictionary):
        return
    root = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Outlines))
    seen: set[Key] = {key_of(top)}
    below: dict[Key, list[pikepdf.Dictionary]] = {key_of(root): []}
    every = [root]
    waiting: list[tuple[Any, pikepdf.Dictionary]] = [(top.get("/First"), root)]
    while waiting:
        item, parent = waiting.pop()
        key = key_of(item)
        if not isinstance(item, pikepdf.Dictionary) or key in seen or key == DIRECT:
            continue
        seen.add(key)
        if len(every) > _MOST_BOOKMARKS:
            raise RefusedError("too-much")
        made = _bookmark(pdf, item, parent, places)
        every.append(made)
        below[key_of(parent)].append(made)
        below[key_of(made)] = []
        waiting += [(item.get("/Next"), parent), (item.get("/First"), made)]
    _tie(every, below)
    if below[key_of(root)]:
        pdf.Root.Outlines = root


def _bookmark(
    pdf: pikepdf.Pdf, item: pikepdf.Dictionary, parent: pikepdf.Dictionary, places: Destinations
) -> pikepdf.Dictionary:
    title = item.get("/Title")
    made = pikepdf.Dictionary(
        Title=title if isinstance(title, pikepdf.String) else pikepdf.String(""), Parent=parent
    )
    place, action = places.read(item.get("/Dest")), item.get("/A")
    if place is not None:
        made.Dest = place
    elif action is not None:
        kept = places.action(action)
        if kept is not None:
            made.A = kept
    if is_plain(item.get("/C")) and "/C" in item:
        made.C = item.get("/C")
    style, count = whole(item.get("/F")), whole(item.get("/Count"))
    if style:
        made.F = style & _STYLES
    if count is not None and count < 0:
        made.Count = -1
    return pdf.make_indirect(made)


def _tie(every: list[pikepdf.Dictionary], below: dict[Key, list[pikepdf.Dictionary]]) -> None:
    """Tie each bookmark to its neighbours, and count those that show, from the leaves up."""
    shown: dict[Key, int] = {}
    for item in reversed(every):
        kids = below[key_of(item)]
        if not kids:
            drop(item, "/Count")
            continue
        item.First, item.Last = kids[0], kids[-1]
        for kid, following in pairwise(kids):
            kid.Next, following.Prev = following, kid
        count = len(kids) + sum(shown.get(key_of(kid), 0) for kid in kids)
        closed = (whole(item.get("/Count")) or 0) < 0
        item.Count = -count if closed else count
        shown[key_of(item)] = 0 if closed else count


def rebuild_labels(pdf: pikepdf.Pdf) -> None:
    """Replace the page labels by one sorted list."""
    held = pdf.Root.get("/PageLabels")
    drop(pdf.Root, "/PageLabels")
    labels: dict[int, pikepdf.Dictionary] = {}
    for key, label in leaves(held, "/Nums"):
        number = whole(key)
        if number is None or number < 0 or not isinstance(label, pikepdf.Dictionary):
            continue
        if len(labels) > _MOST_LABELS:
            raise RefusedError("too-much")
        made = pikepdf.Dictionary()
        if name_of(label.get("/S")) in ("/D", "/R", "/r", "/A", "/a"):
            made.S = label.get("/S")
        if isinstance(label.get("/P"), pikepdf.String):
            made.P = label.get("/P")
        start = whole(entry(label, "/St"))
        if start is not None and start >= 1:
            made.St = start
        labels.setdefault(number, made)
    if labels:
        numbers: list[Any] = []
        for number in sorted(labels):
            numbers += [number, labels[number]]
        pdf.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array(numbers))
