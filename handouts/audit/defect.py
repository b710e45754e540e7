"""A defect, every code that there is, and the list that the checks fill."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

Severity = Literal["defect", "warning"]

_MOST_OF_A_KIND = 10

CODES: Mapping[str, str] = MappingProxyType(
    {
        # the file
        "not-a-pdf": "the bytes cannot be read as a PDF",
        "locked": "the file opens only with a password",
        "damaged": "the file had to be repaired while reading",
        "unreadable-part": "a part of the file makes no sense or is too large to read",
        # metadata and claims
        "not-marked": "the catalog does not say that the file is tagged",
        "suspects": "the file says that its own tags are doubtful",
        "language-missing": "no language",
        "language-invalid": "a language that is no language tag",
        "title-missing": "no title in the metadata",
        "title-differs": "two places give two titles, or not the title expected",
        "title-not-shown": "viewers are not told to show the title",
        "metadata-differs": "two places give two dates",
        "metadata-broken": "the XMP metadata cannot be read",
        "claim-missing": "a standard that the file must claim is not claimed",
        "claim-malformed": "a claim of a standard that does not exist",
        "claim-undescribed": "PDF/A, but the claim of PDF/UA is not described in an extension schema",
        "claim-encrypted": "PDF/A, but encrypted",
        "claim-no-id": "PDF/A, but the file has no identifier",
        "output-intent": "PDF/A, but no output intent with a colour profile",
        # pages
        "page-box": "a page box is missing, empty, too large or outside the media box",
        "page-rotation": "a page is turned by something else than quarter turns",
        "page-tabs": "the tab order of a page is not that of its tags",
        "page-untied": "a page has tagged content but no place in the parent tree",
        # marked content
        "content-broken": "a content stream breaks the syntax of PDF",
        "content-unmarked": "something is painted that is neither tagged nor an artifact",
        "mark-nested": "marked content inside marked content",
        "mark-crosses-text": "marked content begins or ends across a text object",
        "mark-unbalanced": "marked content is opened or closed once too often",
        "mark-twice": "the same number for two pieces of marked content on a page",
        "mark-homeless": "marked content that no element holds",
        "mark-missing": "an element holds marked content that no page has",
        "mark-claimed-twice": "two elements hold the same marked content",
        "mark-tag": "marked content says another tag than its element",
        "artifact-text": "text that is printed but silent",
        # trees
        "tree-missing": "no structure tree",
        "tree-loop": "an element is reached twice",
        "tree-parent": "an element names another parent than the one that holds it",
        "tree-too-large": "more elements than can be read",
        "tree-element": "something in the structure tree is no element",
        "parent-tree-order": "the parent tree is not sorted",
        "parent-tree-key": "the next key of the parent tree is already taken",
        "parent-tree-wrong": "the parent tree and the structure tree disagree",
        "parent-tree-extra": "the parent tree names content or keys that do not exist",
        "role-unknown": "a tag that is no standard type and mapped to none",
        "role-loop": "a role map that goes round in circles, or maps a standard type",
        # meaning
        "heading-first": "the first heading is not H1",
        "heading-skipped": "a heading level is left out",
        "heading-mixed": "numbered and unnumbered headings in one file",
        "figure-alt": "a figure without alternative text",
        "figure-alt-differs": "the alternative texts are not the ones expected",
        "figure-box": "a figure without a bounding box, or with a wrong one",
        "list-numbering": "a list with labels that does not say how it is numbered",
        "list-label": "a list item without its label",
        "list-parts": "a list that holds something else than items, labels and bodies",
        "list-order": "a nested list stands before the text of its item",
        "table-parts": "a table that holds something else than rows and cells",
        "table-ragged": "rows of different width in one table",
        "table-headless": "a table without header cells",
        "table-scope": "a header cell without scope",
        "element-empty": "an element with nothing in it",
        # links and annotations
        "link-untied": "a link that is not tied to its tag",
        "link-contents": "a link without a description",
        "link-rectangle": "a link that is not on its page",
        "link-target": "a link to a place that does not exist",
        "link-scheme": "a link to another kind of address than https, http, mailto or tel",
        "link-lost": "an expected link is not there",
        "annotation-type": "an annotation that is no link",
        "annotation-flags": "an annotation that is hidden or does not print",
        # things that act
        "active-content": "a script or another action that runs",
        "embedded-file": "another file inside the file",
        "form": "a form to fill in",
        "hidden-layer": "a layer that may be hidden",
        # fonts
        "font-not-embedded": "a font that is not embedded",
        "font-no-unicode": "characters that have no meaning as text",
        "font-bad-unicode": "characters mapped to no real character",
        "glyph-missing": "a character that its font does not have",
        "font-program": "a font that is not of the kind that it says, or cannot be read",
        "font-encoding": "a font whose codes are not those of its kind",
        "font-cmap": "a font whose codes, numbers and glyphs do not fit together",
        "font-widths": "a font that does not give each letter a width",
        # what an archive forbids: asked of a file of someone else that claims PDF/A
        "limit": "a name, text, number or nesting larger than every reader can hold",
        "stream-external": "data that stands in another file",
        "stream-filter": "data packed in a way that is not allowed",
        "metadata-packed": "metadata that not every program finds",
        "resource-missing": "something is used that the page does not have itself",
        "content-operator": "page content with an operator that does not exist",
        "colour-device": "a colour of a device that no profile explains",
        "colour-profile": "a colour profile that is broken, too new or of another kind",
        "colour-space": "a colour space that does not exist or is too large",
        "rendering-intent": "a rendering intent that does not exist",
        "graphics-state": "a graphics state made for one device",
        "blend-mode": "a blend mode that does not exist",
        "image": "an image with another version, to be smoothed, or of odd bits",
        "form-foreign": "a form that paints another file, or a printer's program",
        "annotation-appearance": "an annotation that changes its looks",
        "layer-setting": "layers without a named and whole arrangement",
        # bookmarks
        "outline-missing": "several headings but no bookmarks",
        "outline-target": "a bookmark to a place that does not exist",
        "outline-broken": "bookmarks that go round in circles, or have no title",
        # what can be seen
        "off-page": "text or a figure outside the page",
        "overprint": "text printed over other text",
        # words
        "parts-differ": "not one part for each expected document",
        "text-differs": "the text read back is not the text expected",
        "tag-differs": "the tag of a text is not the one expected",
        "language-lost": "a language change is lost",
        "words-glued": "words that run together at a line end",
        "hyphen": "a word with a hyphen from a line end",
        "order-jumps": "the reading order jumps up the page",
    }
)

BESIDE_UA = frozenset(
    (
        "claim-undescribed",
        "claim-encrypted",
        "claim-no-id",
        "output-intent",
        "title-differs",
        "link-scheme",
        "limit",
        "stream-external",
        "stream-filter",
        "metadata-packed",
        "resource-missing",
        "content-operator",
        "colour-device",
        "colour-profile",
        "colour-space",
        "rendering-intent",
        "graphics-state",
        "blend-mode",
        "image",
        "annotation-appearance",
    )
)
"""What PDF/UA-1 allows, though we tell it as a defect."""

BESIDE_A = frozenset(
    (
        "title-missing",
        "title-differs",
        "title-not-shown",
        "page-tabs",
        "heading-first",
        "heading-skipped",
        "heading-mixed",
        "figure-alt",
        "figure-box",
        "list-numbering",
        "list-label",
        "list-order",
        "table-scope",
        "link-contents",
        "link-scheme",
        "outline-target",
    )
)
"""What PDF/A-2a allows, though we tell it as a defect."""


@dataclass(frozen=True, slots=True)
class Defect:
    """One fault of a finished PDF.

    ``code`` is one of :data:`CODES`; ``page`` counts from 1, 0 means the whole file. The sentence names
    places (page, path of tags), never words of the text: it may hold a patient's name.
    """

    code: str
    sentence: str
    page: int = 0
    severity: Severity = "defect"

    def __str__(self) -> str:
        place = f"page {self.page}: " if self.page else ""
        mark = "warning: " if self.severity == "warning" else ""
        return f"{place}{mark}{self.sentence} [{self.code}]"


class Findings:
    """The list that the checks fill; of a fault found hundreds of times a few are told, the rest counted."""

    def __init__(self) -> None:
        self._list: list[Defect] = []
        self._told: Counter[tuple[str, Severity]] = Counter()

    def add(self, code: str, sentence: str, page: int = 0, *, warning: bool = False) -> None:
        """Tell one fault; ``warning`` if a good file may have it too."""
        assert code in CODES, code
        severity: Severity = "warning" if warning else "defect"
        self._told[code, severity] += 1
        if self._told[code, severity] <= _MOST_OF_A_KIND:
            # names of fonts and tags come from the file, and a terminal would obey control characters
            clean = "".join(char if char.isprintable() else "?" for char in sentence)
            self._list.append(Defect(code, clean, page, severity))

    def all(self) -> tuple[Defect, ...]:
        """Return what was told: the defects first, then the warnings, each in page order."""
        kept = sorted(self._list, key=lambda one: (one.severity != "defect", one.page))
        last = {(one.code, one.severity): place for place, one in enumerate(kept)}
        for kind, count in self._told.items():
            if count > _MOST_OF_A_KIND:
                one = kept[last[kind]]
                more = count - _MOST_OF_A_KIND
                kept[last[kind]] = replace(one, sentence=f"{one.sentence} And {more} more of this kind.")
        return tuple(kept)
