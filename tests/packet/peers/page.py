"""The page of HTML that WeasyPrint and Chromium set, and the fonts that all three use."""

from __future__ import annotations

from html import escape
from pathlib import Path

import fontpkg_noto_sans

from .texts import LANGUAGES

FONTS = Path(str(fontpkg_noto_sans.__file__)).parent / "files"
MAP = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100" viewBox="0 0 200 100">'
    '<path d="M0 30H200V50H0Z" fill="#7fb2d6"/><path d="M0 60H200V64H0Z" fill="#555555"/>'
    '<rect x="90" y="66" width="20" height="20" fill="#a23b2a"/></svg>'
)


def html(language: str) -> str:
    """Return the page; a picture follows on a page of its own."""
    said = LANGUAGES[language]
    direction = "rtl" if language == "ar" else "ltr"
    ways = "".join(f"<li>{escape(way)}</li>" for way in said.ways)
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in said.heads)
    rows = "".join(
        f'<tr><th scope="row">{escape(day)}</th><td>{escape(hours)}</td></tr>' for day, hours in said.hours
    )
    return f"""<!doctype html>
<html lang="{language}" dir="{direction}"><head><meta charset="utf-8"><title>{escape(said.title)}</title>
<style>
@font-face {{ font-family: Peer; src: url("{(FONTS / "NotoSans[wdth,wght].ttf").as_uri()}") }}
@page {{ size: A5; margin: 15mm }}
body {{ font-family: Peer, "DejaVu Sans", sans-serif; font-size: 11pt }}
h2.new {{ break-before: page }}
</style></head><body>
<h1>{escape(said.title)}</h1>
<p>{escape(said.intro)} <a href="#hours" title="{escape(said.see)}">{escape(said.see)}</a>.</p>
<h2>{escape(said.ways_title)}</h2><ul>{ways}</ul>
<p><a href="https://www.example.org/{language}" title="{escape(said.site)}">{escape(said.site)}</a></p>
<h2 class="new" id="hours">{escape(said.hours_title)}</h2>
<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>
<h2 class="new">{escape(said.map_title)}</h2>
<p><img alt="{escape(said.map_alt)}" width="200" height="100"
 src="data:image/svg+xml;utf8,{escape(MAP.replace("#", "%23"))}"></p>
</body></html>"""
