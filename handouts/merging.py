"""Merging: PDFs of anyone's become one that is still tagged; how, and what comes of it.

::

    Source ─▶ open_foreign ─▶ earned ─▶ merge ─▶ earned ─▶ Joined file + what must be told
              in a child      by audit           by audit

For other programs::

    from datetime import date
    from handouts import Source, merge_files

    whole = merge_files([Source(first, "consent.pdf"), Source(second, "map.pdf", alt="The way to us: …")],
                        title="Before your visit", day=date(2026, 11, 22))
    Path("visit.pdf").write_bytes(whole.pdf)

No file is believed: each is opened and rebuilt in a process of its own, and what it claims counts only where
our audit finds that it is true. The same holds for the whole, which is audited before it is handed over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from handouts import audit, packet
from handouts.document import Document
from handouts.errors import DefectiveError, ForeignError, Problem, UsageError
from handouts.packet import Merged, Part
from handouts.packet.open_foreign import Foreign, Sent, open_all

_BROKEN = frozenset({"not-a-pdf", "locked", "damaged", "unreadable-part"})
_LOST = frozenset(
    {"parts-differ", "text-differs", "tag-differs", "figure-alt-differs", "language-lost", "link-lost"}
)
_TITLES = ", "
_NO_TITLE = re.compile(r"(untitled|document|presentation|sheet|slide)[\s\d-]*", re.IGNORECASE)
_WORD_PROCESSOR = re.compile(
    r"^(microsoft \w+ - |about:blank)|\.(docx?|odt|pptx?|xlsx?|pages)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Source:
    """A file to be joined, as it came: its bytes, and ``name``, what messages call it (no folder).

    ``title`` and ``language`` stand in for the file's own. ``alt`` says what the pages of an untagged file
    show; with it they are read aloud as pictures, without it the whole claims nothing.
    """

    pdf: bytes
    name: str
    password: str = field(default="", repr=False)
    title: str = ""
    language: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that was opened, rebuilt and judged: the part it has become, and what must be told.

    ``sizes`` are the width and height of each page in points, as it is seen.
    """

    part: Part
    sizes: tuple[tuple[float, float], ...]
    told: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Insertion:
    """A file for a packet, and the id of the condition that it comes behind, or ``cover``; '': last."""

    source: Source
    after: str = ""


@dataclass(frozen=True, slots=True)
class Guest:
    """An insertion that was opened, and what the packet has to know to keep room for it.

    ``anchor`` is where the contents' link to it leads.
    """

    opened: Opened
    after: str
    anchor: str

    @property
    def title(self) -> str:
        """What contents and bookmarks call it."""
        return self.opened.part.title

    @property
    def sizes(self) -> tuple[tuple[float, float], ...]:
        """The width and height of each page in points, as it is seen."""
        return self.opened.sizes


@dataclass(frozen=True, slots=True)
class Place:
    """Where a packet keeps room: the place of the empty Part among its parts, the index of its first page."""

    guest: Guest
    kid: int
    page: int


def merge_files(
    sources: Sequence[Source], *, title: str = "", language: str = "", author: str = "", day: date
) -> Merged:
    """Return files joined, in their order, with tags, links and bookmarks.

    ``title`` and ``language`` are those of the whole: by default the parts' titles, and the first language
    that a part has. The result says which standards it claims, and in ``told`` what its giver has to know:
    what was left out, and why a standard is not claimed.

    Raises UsageError if there is nothing to join, ForeignError for a file that cannot be used (an
    ExceptionGroup for several), DefectiveError if the whole cannot be read back.
    """
    if not sources:
        raise UsageError("there is nothing to join.")
    opened = open_sources(sources, day)
    parts = [one.part for one in opened]
    title = title or _TITLES.join(dict.fromkeys(part.title for part in parts))
    language = language or next((part.language for part in parts if part.language), "en")
    merged = packet.merge(parts, title=title, language=language, author=author, day=day)
    refuted = merged.claims - proven(merged)
    if refuted:
        # Each part was fine alone: rather claim less than something that is not true.
        parts = [replace(part, earns=part.earns - refuted) for part in parts]
        merged = packet.merge(parts, title=title, language=language, author=author, day=day)
    told = dict.fromkeys([*(problem for one in opened for problem in one.told), *merged.told])
    return replace(merged, told=tuple(told))


def open_sources(sources: Sequence[Source], day: date) -> list[Opened]:
    """Return each file opened, rebuilt and judged.

    Raises ForeignError for a file that cannot be used, an ExceptionGroup for several.
    """
    sent = [Sent(source.pdf, source.name, source.password) for source in sources]
    opened: list[Opened] = []
    errors: list[ForeignError] = []
    for source, answer in zip(sources, open_all(sent), strict=True):
        if isinstance(answer, ForeignError):
            errors.append(answer)
        elif not errors:
            opened.append(_judged(source, answer, day))
    if len(errors) > 1:
        raise ExceptionGroup("these files cannot be used", errors)
    if errors:
        raise errors[0]
    return opened


def open_insertions(insertions: Sequence[Insertion], day: date) -> list[Guest]:
    """Return each file that a packet binds in opened, rebuilt and judged. Raises as :func:`open_sources`."""
    opened = open_sources([insertion.source for insertion in insertions], day) if insertions else []
    return [
        Guest(one, insertion.after, f"insert-{number}")
        for number, (insertion, one) in enumerate(zip(insertions, opened, strict=True), 1)
    ]


def graft(pdf: bytes, places: Sequence[Place], documents: Sequence[Document | None]) -> Merged:
    """Return a packet with its guests where it keeps room for them, audited as a whole.

    ``documents`` are what each part must say, ``None`` for a guest. What the whole claims it keeps.

    Raises DefectiveError if the packet's own parts do not read as they did.
    """
    parts = [one.guest.opened.part for one in places]
    inserts = [packet.Insert(part, one.kid, one.page) for part, one in zip(parts, places, strict=True)]
    merged = packet.insert(pdf, inserts)
    refuted = merged.claims - proven(merged)
    if refuted:
        inserts = [replace(one, part=replace(one.part, earns=one.part.earns - refuted)) for one in inserts]
        merged = packet.insert(pdf, inserts)
    found = audit.audit(merged.pdf, expected=tuple(documents), claims=())
    lost = tuple(str(one) for one in found if one.severity == "defect" and one.code in _LOST)
    if lost:
        raise DefectiveError(lost, where="the packet")
    told = dict.fromkeys([*(problem for one in places for problem in one.guest.opened.told), *merged.told])
    return replace(merged, told=tuple(told))


def _judged(source: Source, foreign: Foreign, day: date) -> Opened:
    told = [_warning(source.name, sentence) for sentence in foreign.removed]
    part = Part(
        pdf=foreign.pdf,
        name=source.name,
        title=source.title or _title(foreign.title) or Path(source.name).stem,
        language=source.language or foreign.language,
        alt=source.alt,
    )
    if foreign.tagged and source.alt:
        told.append(_warning(source.name, "It has tags: the text given for it is not used."))
    if not foreign.tagged and source.alt:
        # Tagged by us, it is a file like others, and is judged as one.
        language = part.language or "en"
        tagged = packet.merge(
            [replace(part, earns=frozenset({"ua1"}))], title=part.title, language=language, day=day
        )
        told += [problem for problem in tagged.told if "PDF/A" not in problem.sentence]
        part = replace(part, pdf=tagged.pdf, alt="")
    part = replace(part, earns=frozenset(audit.earned(part.pdf)))
    return Opened(part, packet.page_sizes(part), tuple(told))


def _title(said: str) -> str:
    """Return a file's own title without what word processors put around it; '' if it is none really."""
    title = _WORD_PROCESSOR.sub("", said).strip()
    return "" if _NO_TITLE.fullmatch(title) else title


def proven(merged: Merged) -> frozenset[str]:
    """Return the standards that a finished file claims and keeps.

    Raises DefectiveError if it cannot be read back whole.
    """
    defects = audit.audit(merged.pdf)
    broken = tuple(str(defect) for defect in defects if defect.code in _BROKEN)
    if broken:
        raise DefectiveError(broken, where="the whole")
    return frozenset(audit.earned(merged.pdf))


def _warning(name: str, sentence: str) -> Problem:
    return Problem(name, 0, 0, sentence, warning=True)
