"""Typst: `pip install typst`, or the extra ``peers``."""

from __future__ import annotations

import tempfile
from pathlib import Path

from .page import FONTS, MAP
from .texts import LANGUAGES

_SYSTEM_FONTS = Path("/usr/share/fonts/truetype/dejavu")


def typst(language: str, standards: str | list[str] = "ua-1") -> bytes:
    """Return the file of one language, by one or more of Typst's standards."""
    import typst as compiler  # noqa: PLC0415 - it is there for the tests with peers only

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "map.svg").write_text(MAP, "utf-8")
        return compiler.compile(
            _source(language).encode(),
            root=folder,
            font_paths=[str(FONTS), str(_SYSTEM_FONTS)],
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=standards,
        )


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _source(language: str) -> str:
    said = LANGUAGES[language]
    ways = "\n".join(f"- #{_quoted(way)}" for way in said.ways)
    heads = ", ".join(_quoted(head) for head in said.heads)
    rows = "\n".join(f"  {_quoted(day)}, {_quoted(hours)}," for day, hours in said.hours)
    return f"""#set document(title: {_quoted(said.title)}, date: datetime(year: 2026, month: 11, day: 22))
#set page(paper: "a5", margin: 15mm)
#set text(font: ("Noto Sans", "DejaVu Sans"), size: 11pt, lang: "{language}")
= #{_quoted(said.title)}
#{_quoted(said.intro)} #link(<hours>)[#{_quoted(said.see)}].
== #{_quoted(said.ways_title)}
{ways}

#link("https://www.example.org/{language}")[#{_quoted(said.site)}]
#pagebreak()
== #{_quoted(said.hours_title)} <hours>
#table(columns: 2, table.header({heads}),
{rows}
)
#pagebreak()
== #{_quoted(said.map_title)}
#image("map.svg", width: 60mm, alt: {_quoted(said.map_alt)})
"""
