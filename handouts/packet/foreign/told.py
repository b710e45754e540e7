"""What the reader is told of a foreign file: what was left out, and why one cannot be used.

Only the codes cross from the child to the parent. A child that a hostile file has taken over can so put no
words of its own before the reader.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

REMOVED: Mapping[str, str] = MappingProxyType(
    {
        "repaired": "The file was damaged and has been repaired: compare its pages with the original.",
        "password": "The copy opens without a password.",
        "signature": "The signature was removed: the copy is no longer signed.",
        "script": "A script was removed.",
        "action": "An action that starts something, opens another file or sends a form was removed.",
        "opening": "What the file does by itself when it is opened was removed.",
        "link": (
            "A link was removed that leads neither to a web page, a mail address, a telephone number"
            " nor to a place in the file."
        ),
        "form": "The fields of a form became plain print: they cannot be filled in any more.",
        "form-silent": "Some fields of a form are printed but are not read aloud any more.",
        "xfa": "A second form behind the pages (XFA) was removed.",
        "embedded": "A file inside the file was removed.",
        "media": "A film, a sound or a moving picture was removed.",
        "note": "A note of a reader was removed.",
        "drawn": "Marks that readers drew on the page became plain print.",
        "redaction": "A passage is marked to be blacked out but never was: it can still be read.",
        "hidden": "Something hidden was removed.",
        "hidden-layer": "A hidden layer was removed.",
        "layers": "Layers became plain print: they cannot be switched off any more.",
        "metadata": "Information on who made the file, when and how was removed.",
        "private": "Data that a program left in the file for itself was removed.",
        "external": "A part that lies outside the file was removed.",
        "alternate": "Another version of a picture was removed.",
        "postscript": "A program for printers was removed.",
        "preview": "Small previews of the pages were removed.",
        "tags": "Parts of the tags that make no sense were removed.",
        "other": "Something that is not printed was removed.",
    }
)
"""Sentence for what was left out, by code; in the order in which they are told."""

REFUSED: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "empty": ("the file is empty.", "Send or save it once more."),
        "not-a-pdf": ("this is no PDF.", "Save or print it as a PDF first."),
        "damaged": (
            "the file is damaged and cannot be repaired.",
            "Open it in a viewer and print it into a new PDF.",
        ),
        "locked": ("the file opens only with a password.", "Give its password."),
        "wrong-password": ("the password does not open the file.", "Check it for capital letters."),
        "unknown-lock": (
            "the file is locked in a way that cannot be opened here.",
            "Ask whoever sent it for a copy without.",
        ),
        "no-pages": ("the file has no pages.", "Send or save it once more."),
        "too-large": (
            "the file is too large.",
            "Save it with smaller pictures, or take only the pages you need.",
        ),
        "too-many-pages": ("the file has too many pages.", "Take only the pages you need."),
        "page-size": ("a page has no size, or is larger than any paper.", "Print it into a new PDF."),
        "too-much": (
            "the file unfolds to far more than a document holds.",
            "Open it in a viewer and print it into a new PDF.",
        ),
        "picture": ("a picture in the file is too large.", "Save it with smaller pictures."),
        "live-form": (
            "the pages are made by a form (XFA) only while it is open.",
            "Open it in Adobe Reader and print it into a new PDF.",
        ),
        "woven-layer": (
            "a hidden layer cannot be taken out without moving what is beside it.",
            "Save the file without layers.",
        ),
        "time": ("reading the file takes too long.", "Open it in a viewer and print it into a new PDF."),
        "memory": (
            "reading the file takes too much memory.",
            "Open it in a viewer and print it into a new PDF.",
        ),
        "died": (
            "reading the file brought the reader down.",
            "Do not open it if you do not know where it comes from.",
        ),
    }
)
"""Reason and advice for a file that cannot be used, by code."""


class RefusedError(Exception):
    """A file that cannot be used; ``code`` is one of ``REFUSED``. It never leaves the child."""

    def __init__(self, code: str) -> None:
        assert code in REFUSED
        self.code = code
        super().__init__(code)
