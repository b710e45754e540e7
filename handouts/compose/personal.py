"""What belongs to one person: put into a document last, so that no template ever sees it.

A template only says where a name stands (``<span data-slot="patient"></span>``) and where the note is printed
(``<p data-slot="note"></p>``). It can't put a name into a link, a title or a bookmark, and its faults can't
repeat one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from handouts.document import (
    Block,
    Cell,
    Document,
    Group,
    ListBlock,
    Paragraph,
    Run,
    Runs,
    Table,
    is_personal,
)
from handouts.errors import UsageError
from handouts.order import Order

MOST_NAME = 200
MOST_NOTE = 20_000

_SPACE = re.compile(r"[ \t\n\r\f\v]+")


@dataclass(frozen=True, slots=True)
class Personal:
    """The texts of the slots, by their names; an empty one leaves a place to write. None of it is shown."""

    slots: dict[str, str] = field(default_factory=dict, repr=False)
    note: tuple[str, ...] = field(default=(), repr=False)


def personal(order: Order, day: str) -> Personal:
    """Return what an order says of its people, and the day as it is printed.

    Raises UsageError for a name or a note that no sheet has room for.
    """
    limits = (
        ("the patient's name", order.patient, MOST_NAME),
        ("the clinician's name", order.clinician, MOST_NAME),
        ("the note", order.note, MOST_NOTE),
    )
    for what, text, most in limits:
        if len(text) > most:
            raise UsageError(f"{what} has {len(text)} characters, more than {most}.", advice="Shorten it.")
    slots = {"patient": _folded(order.patient), "clinician": _folded(order.clinician), "date": day}
    return Personal(slots, _lines(order.note))


def filled(document: Document, own: Personal) -> Document:
    """Return the document with its slots filled: the note as a paragraph for each of its lines."""
    return replace(document, blocks=_blocks(document.blocks, own, side_by_side=False))


def _lines(note: str) -> tuple[str, ...]:
    """Return the lines of a note that say something."""
    parted = note.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return tuple(folded for line in parted if line.strip() and (folded := _folded(line)))


def _folded(text: str) -> str:
    return _SPACE.sub(" ", text).strip(" ")


def _blocks(blocks: tuple[Block, ...], own: Personal, *, side_by_side: bool) -> tuple[Block, ...]:
    found: list[Block] = []
    for block in blocks:
        lines = _note(block, own)
        if len(lines) > 1 and side_by_side:
            found.append(Group(lines))
        else:
            found += lines or (_block(block, own),)
    return tuple(found)


def _note(block: Block, own: Personal) -> tuple[Paragraph, ...]:
    """Return the paragraphs of the note, if the block is its place and there is one."""
    if not isinstance(block, Paragraph) or block.runs[0].slot != "note":
        return ()
    run = block.runs[0]
    return tuple(replace(block, runs=(replace(run, text=line),)) for line in own.note)


def _block(block: Block, own: Personal) -> Block:
    if not is_personal(block):
        return block
    match block:
        case Group():
            return replace(block, blocks=_blocks(block.blocks, own, side_by_side=block.layout != "stack"))
        case Paragraph():
            return replace(block, runs=_runs(block.runs, own))
        case ListBlock():
            return _list(block, own)
        case Table():
            rows = {part: _rows(getattr(block, part), own) for part in ("head", "body")}
            return replace(block, head=rows["head"], body=rows["body"])
    return block


def _list(block: ListBlock, own: Personal) -> ListBlock:
    items = tuple(
        replace(item, runs=_runs(item.runs, own), nested=_list(item.nested, own) if item.nested else None)
        for item in block.items
    )
    return replace(block, items=items)


def _rows(rows: tuple[tuple[Cell, ...], ...], own: Personal) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        tuple(replace(cell, lines=tuple(_runs(line, own) for line in cell.lines)) for cell in row)
        for row in rows
    )


def _runs(runs: Runs, own: Personal) -> Runs:
    return tuple(_run(run, own) for run in runs)


def _run(run: Run, own: Personal) -> Run:
    return replace(run, text=own.slots[run.slot]) if run.slot in own.slots else run
