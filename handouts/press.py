"""The press: one job after another from one library, each by the quickest way that gives the right file.

::

    job ──▶ its composition made before? ──no──▶ set in full, audited ──▶ kept as a template
                     │ yes                              ▲
                     ▼                                  │ another line, another letter
             slots filled, read back ──────────────────┘

A *composition* is all of a job but the words of one person. The file is the same, byte for byte, whichever
way it was made, and now and then one is made both ways to see whether it still is. A composition that has
failed its audit has no template, so nothing can be printed from it.

A press reads each content file once: what is changed on disk meanwhile does not count. It keeps no patient's
name and no note.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from itertools import chain
from operator import attrgetter
from unicodedata import normalize

from handouts import audit, pipeline, typeset
from handouts.compose.personal import personal
from handouts.content.library import Library
from handouts.errors import DefectiveError
from handouts.order import Order
from handouts.pipeline import Made

MOST_COMPOSITIONS = 200
"""How many compositions are kept; a template is about as large as its file."""
MOST_SHAPES = 8
"""How many templates of one composition are kept: notes differ in their number of lines."""
SAMPLE = 2_000
"""Every so many files, one that was made from a template is made in full, too, and compared."""

Words = Mapping[str, Sequence[str]]
Composition = tuple[object, ...]
Shape = tuple[bool, tuple[int, ...]]
"""What of a job's words decides which template fits: rare letters, and the lines of each of the note's
paragraphs."""


_shared = attrgetter(*(each.name for each in fields(Order) if each.name not in typeset.PERSONAL))


@dataclass(frozen=True, slots=True)
class Job:
    """One file to make: the conditions of one patient, in order, the clinic's id, and what is wanted.

    Several conditions are bound into a packet.
    """

    conditions: tuple[str, ...]
    clinic: str
    order: Order


@dataclass(frozen=True, slots=True)
class _Kept:
    """A template, what reads its slots back, and its file without the bytes."""

    template: typeset.Template
    reader: audit.SlotReader
    blank: Made

    def printed(self, words: Words) -> Made | None:
        """Return the file for other words; None where they do not fit. Raises DefectiveError."""
        texts = self.template.texts(words)
        pdf = self.template.filled(texts)
        if pdf is None:
            return None
        read = self.reader.text(pdf, len(self.template.forme.head))
        if _letters(read) != _letters("".join(texts)):
            raise DefectiveError(
                ("The words in a slot are not those that were wanted.",), where=self.blank.title
            )
        blank = self.blank
        return Made(pdf, blank.pages, blank.title, blank.warnings, way="slots")


@dataclass(slots=True)
class _Composition:
    """The templates of one composition by shape, and how its note is set."""

    note: typeset.Slot | None = None
    kept: OrderedDict[Shape, _Kept] = field(default_factory=OrderedDict)

    def shape(self, words: Words) -> Shape:
        """Return which template some words need."""
        lines = tuple(self.note.count(text) for text in words["note"]) if self.note else ()
        return typeset.is_wide("".join(chain.from_iterable(words.values()))), lines


class Press:
    """Makes jobs, one at a time. One process has one press, and keeps it: what is set once is kept."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._compositions: OrderedDict[Composition, _Composition] = OrderedDict()
        self._filled = 0

    def make(self, job: Job) -> Made:
        """Return the finished file of a job. Raises HandoutError as :func:`handouts.make_handout` does."""
        words = _words(job.order)
        key = _composition_of(job, words)
        composition = self._compositions.get(key)
        made: Made | None = None
        if composition is not None:
            self._compositions.move_to_end(key)
            kept = composition.kept.get(composition.shape(words))
            made = kept.printed(words) if kept else None
        if made is not None:
            self._filled += 1
            if self._filled % SAMPLE:
                return made
        proof = self._set(job)
        if made is None:
            is_kept = self._keep(job, key, words, proof)
            return proof.made if is_kept else replace(proof.made, way="anew")
        if made.pdf != proof.made.pdf:
            raise DefectiveError(("The same file made in full is another one.",), where=made.title)
        return made

    def _set(self, job: Job) -> pipeline.Proof:
        if len(job.conditions) == 1:
            return pipeline.proof_handout(self.library, job.conditions[0], job.clinic, job.order)
        title = self.library.words(job.order.language).words["cover_line"]
        return pipeline.proof_packet(self.library, title, job.conditions, job.clinic, job.order)

    def _keep(self, job: Job, key: Composition, words: Words, proof: pipeline.Proof) -> bool:
        """Keep the template of a sound file, if nothing in it is one person's; tell whether it is kept."""
        template = proof.template
        # A clinician who signs for a clearance is part of the composition.
        if template.fixed - ({"clinician"} if job.order.cleared else set()):
            return False
        composition = self._compositions.setdefault(key, _Composition())
        composition.note = template.note
        if template.filled(template.texts(words)) != proof.made.pdf:
            return False
        blank = replace(proof.made, pdf=b"")
        reader = audit.slot_reader(proof.made.pdf)
        composition.kept[composition.shape(words)] = _Kept(template, reader, blank)
        if len(composition.kept) > MOST_SHAPES:
            composition.kept.popitem(last=False)
        if len(self._compositions) > MOST_COMPOSITIONS:
            self._compositions.popitem(last=False)
        return True


def _words(order: Order) -> Words:
    """Return the words of the slots. Raises UsageError for more than a sheet has room for."""
    own = personal(order, "")
    return {"patient": (own.slots["patient"],), "clinician": (own.slots["clinician"],), "note": own.note}


def _composition_of(job: Job, words: Words) -> Composition:
    """Return all of a job but the words of one person: of each only whether there are any.

    A clinician who signs for a clearance is named, because the sentence that says so is set round the name.
    """
    given = tuple([any(texts) for texts in words.values()])
    signing = job.order.clinician if job.order.cleared else ""
    return job.conditions, job.clinic, given, signing, _shared(job.order)


def _letters(text: str) -> str:
    return "".join(normalize("NFC", text).split())
