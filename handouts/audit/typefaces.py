"""Fonts: embedded, and every character that they show has a meaning as text."""

from __future__ import annotations

from handouts.audit.case import Case
from handouts.audit.fonts import Font
from handouts.audit.objects import entries, key_of, name_of


def check_fonts(case: Case) -> None:
    """Tell fonts that another computer would have to guess, and characters that nobody can read aloud."""
    for font in case.contents.fonts:
        _check_font(case, font)
    _check_listed(case)


def _check_font(case: Case, font: Font) -> None:
    name = font.name[:60]
    if font.visible and not font.embedded:
        case.found.add("font-not-embedded", f"The font {name} is not embedded.")
    if font.shown and not font.has_map:
        case.found.add("font-no-unicode", f"The characters of the font {name} stand for no text.")
    elif font.unmapped:
        count = len(font.unmapped)
        case.found.add("font-no-unicode", f"{count} characters shown in the font {name} stand for no text.")
    if font.badly_mapped or font.maps_nothing:
        case.found.add(
            "font-bad-unicode", f"The font {name} maps characters to U+0000, to private use, or to nothing."
        )
    if font.identity and 0 in font.shown:
        case.found.add("glyph-missing", f"A character is shown that the font {name} does not have.")


def _check_listed(case: Case) -> None:
    seen = set()
    for page in case.pages:
        fonts = entries(entries(page.values.get("/Resources")).get("/Font"))
        for thing in fonts.values():
            key = key_of(thing)
            if key in seen or case.contents.shown_font(key):
                continue
            seen.add(key)
            font = Font(entries(thing), name_of(entries(thing).get("/BaseFont")))
            if not font.embedded:
                case.found.add(
                    "font-not-embedded",
                    f"The font {font.name[:60]} is listed, though not used, and not embedded.",
                    page.number,
                    warning=not case.own,
                )
