"""The whole that parts are joined into: its pages, its trees, what it claims and what must be told of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from handouts.errors import Problem
from handouts.packet.binding import Binding, Slot, Whole
from handouts.packet.colours import read_profile, write_intent
from handouts.packet.copying import Shared
from handouts.packet.destinations import unique
from handouts.packet.outline import Bookmark, write_outline
from handouts.packet.part import Merged
from handouts.packet.roles import Roles
from handouts.packet.trees import write_names, write_numbers
from handouts.pdf.file import PdfFile
from handouts.pdf.metadata import Metadata, catalogue, info

STANDARDS = {"ua1": "PDF/UA-1", "a2a": "PDF/A-2a"}
NO_CLAIM = "This file does not claim to be accessible (PDF/UA), because not all of its parts are."
UNTAGGED = (
    "It has no tags and no alternative text: the whole does not claim to be accessible, because a screen"
    " reader gets its words without headings and order, or none."
)
DESCRIBED = "It has no tags: each page is read aloud as a picture, with the text given for it."
_WIDE = 64
_NUMBERED = frozenset(b"/H%d" % level for level in range(1, 7))


@dataclass(frozen=True, slots=True)
class Facts:
    """What the whole says of itself."""

    title: str
    author: str
    language: str
    day: date


class Joined:
    """The output while it grows; ``root`` is the number of the root of the structure tree."""

    def __init__(self, language: str) -> None:
        self.file = PdfFile()
        self.root = self.file.reserve()
        self.whole = Whole(Shared(self.file), Roles(self.file))
        self._top = self.file.reserve()
        self._pages: list[Slot] = []
        self._language = language
        self._languages: list[str] = []
        self._profiles: set[bytes] = set()
        self._headings: set[bytes] = set()
        self._claims = set(STANDARDS)
        self._earned: set[str] = set()
        self._lacking: list[tuple[str, str]] = []
        self._told: list[Problem] = []
        self._digest = hashlib.sha256()

    def add_page(self) -> Slot:
        """Return a place for one more page at the end."""
        fresh = len(self._pages) % _WIDE == 0
        node = self.file.reserve() if fresh else self._pages[-1].node
        self._pages.append(Slot(self.file.reserve(), node))
        return self._pages[-1]

    def take_in(self, binding: Binding, earns: frozenset[str]) -> None:
        """Weigh what a part, now written, means for the whole."""
        source = binding.source
        self._digest.update(hashlib.sha256(source.part.pdf).digest())
        if source.language:
            self._languages.append(source.language)
        else:
            source.notes.append(f"It does not say its language: {self._language} is taken.")
        if not source.tagged:
            source.notes.append(DESCRIBED if source.part.alt else UNTAGGED)
        for standard in STANDARDS:
            if standard in earns:
                self._earned.add(standard)
            elif source.tagged or source.part.alt:
                self._lacking.append((source.part.name, standard))
        self._claims &= earns
        if source.flaws:
            self._claims.clear()
        self._headings |= binding.structure.roles
        profile = read_profile(source)
        if profile:
            self._profiles.add(profile)
        self._told += [_told(source.part.name, note) for note in [*source.notes, *source.flaws]]

    def finish(
        self, tops: list[int], marks: list[Bookmark], facts: Facts, more: bytes, *, duplex: bool = False
    ) -> Merged:
        """Write what is left and return the finished file."""
        file, whole = self.file, self.whole
        self._write_pages()
        self._write_tree(tops)
        more += b"/Outlines %d 0 R/PageMode/UseOutlines" % write_outline(marks, file)
        names = unique(whole.names)
        if names:
            more += b"/Names <</Dests %d 0 R>>" % write_names(file, names)
        if whole.layers:
            more += b"/OCProperties <</OCGs[%b]/D<</BaseState/ON/OFF[%b]/Order[]/Name(Layers)>>>>" % (
                b" ".join(whole.layers),
                b" ".join(whole.hidden),
            )
        claims = self._claimed()
        metadata = Metadata(
            title=facts.title,
            author=facts.author,
            language=facts.language,
            day=facts.day,
            claims=tuple(claim for claim in STANDARDS if claim in claims),
            languages=tuple(self._languages),
            description="" if "ua1" in claims else NO_CLAIM,
        )
        intent = ""
        if "a2a" in claims:
            intent = write_intent(whole.shared, next(iter(self._profiles), b""))
        root = catalogue(
            file, metadata, self._top, self.root, more.decode("latin-1"), duplex=duplex, intent=intent
        )
        self._digest.update(repr(metadata).encode("utf-8"))
        pdf = file.bytes(root, file.add(info(metadata)), self._digest.hexdigest()[:32])
        return Merged(pdf, len(self._pages), claims, tuple(dict.fromkeys(self._told)))

    def _claimed(self) -> frozenset[str]:
        for name, standard in self._lacking:
            # Few care for PDF/A: it is told only where the other parts would have kept it.
            if standard == "ua1" or standard in self._earned:
                sentence = f"It does not keep {STANDARDS[standard]} (handouts audit tells why)"
                self._told.append(_told(name, f"{sentence}, so the whole does not claim it."))
        if b"/H" in self._headings and self._headings & _NUMBERED:
            self._claims.discard("ua1")
            self._tell(
                "Some parts number their headings and others do not: the whole does not claim PDF/UA-1."
            )
        if len(self._profiles) > 1 and "a2a" in self._claims:
            self._claims.discard("a2a")
            self._tell(
                "The parts mean their colours in different profiles: the whole does not claim PDF/A-2a."
            )
        return frozenset(self._claims)

    def _tell(self, sentence: str) -> None:
        self._told.append(_told("the whole", sentence))

    def _write_pages(self) -> None:
        nodes: dict[int, list[int]] = {}
        for slot in self._pages:
            nodes.setdefault(slot.node, []).append(slot.number)
        for node, kids in nodes.items():
            held = " ".join(f"{kid} 0 R" for kid in kids)
            self.file.put(node, f"<</Type/Pages/Parent {self._top} 0 R/Count {len(kids)}/Kids[{held}]>>")
        held = " ".join(f"{node} 0 R" for node in nodes)
        self.file.put(self._top, f"<</Type/Pages/Count {len(self._pages)}/Kids[{held}]>>")

    def _write_tree(self, tops: list[int]) -> None:
        whole = self.whole
        held = " ".join(f"{top} 0 R" for top in tops)
        body = f"<</Type/StructTreeRoot/K[{held}]/ParentTree {write_numbers(self.file, whole.keys)} 0 R"
        body += f"/ParentTreeNextKey {len(whole.keys)}{whole.roles.written()}"
        if whole.ids:
            body += f"/IDTree {write_names(self.file, dict(whole.ids).items())} 0 R"
        self.file.put(self.root, body + ">>")


def _told(name: str, sentence: str) -> Problem:
    return Problem(name, 0, 0, sentence, warning=True)
