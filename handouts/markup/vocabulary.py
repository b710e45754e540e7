"""What templates may write: every tag with its attributes, and every name of a look.

What the names look like is decided in ``typeset.styles``; here they are only known, so that a slip of the pen
in a template is told with its line instead of printed as something else.
"""

from __future__ import annotations

HEADING_STYLES = ("help", "stage", "card")
PARAGRAPH_STYLES = (
    "wordmark",
    "band-line",
    "phone",
    "band-note",
    "side",
    "slot",
    "other-names",
    "message",
    "lead",
    "dose",
    "tips",
    "feel",
    "room-label",
    "honest",
    "fine",
    "box-head",
    "cover-line",
)
LIST_STYLES = ("fine",)
TABLE_STYLES = ("help", "log", "walk-run", "contents", "plain")
FRAMES = ("band", "card", "alert", "tint", "bar", "box", "room")
LAYOUTS = ("row", "columns")
SLOTS = ("patient", "clinician", "date", "note")

HEADINGS = ("h1", "h2", "h3", "h4")
LISTS = ("ul", "ol")
GROUPS = ("section", "aside", "div")
BLOCKS = (*HEADINGS, "p", *LISTS, "table", "figure", "img", *GROUPS)
INLINE = ("strong", "em", "a", "span")
VOID = ("br", "img")

_GROUP_ATTRIBUTES = (
    "data-layout",
    "data-widths",
    "data-columns",
    "data-reverse",
    "data-frame",
    "data-height-mm",
    "data-keep",
    "data-new-page",
)
ATTRIBUTES: dict[str, tuple[str, ...]] = {
    "article": ("lang", "title", "id", "data-footer"),
    **dict.fromkeys(HEADINGS, ("id", "data-style")),
    "p": ("data-style",),
    **dict.fromkeys(LISTS, ("data-columns", "data-style")),
    "li": (),
    "table": ("data-style", "data-widths"),
    **dict.fromkeys(("thead", "tbody", "tr"), ()),
    "th": ("scope", "colspan"),
    "td": ("colspan", "data-tick"),
    **dict.fromkeys(("section", "aside"), _GROUP_ATTRIBUTES),
    "div": (*_GROUP_ATTRIBUTES, "data-lines", "data-most"),
    "figure": (),
    "img": ("src", "alt", "data-width-mm", "data-height-mm"),
    **dict.fromkeys(("strong", "em", "br"), ()),
    "a": ("href",),
    "span": ("lang", "data-slot"),
}
