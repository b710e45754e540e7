"""WeasyPrint as it is best used: style sheet and fonts read once where the process stays, PDF/UA-1.

``python weasyprint_peer.py FOLDER`` serves the pages ``FOLDER/NUMBER.html``; ``python weasyprint_peer.py PAGE
PDF`` sets one in a fresh process. ``sheet.css`` lies beside the page. Nothing of ours is imported, so that
WeasyPrint does not pay for it.
"""

from __future__ import annotations

import sys
from pathlib import Path

import weasyprint
from weasyprint.text.fonts import FontConfiguration


class Press:
    """A style sheet and its fonts, read once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.fonts = FontConfiguration()
        self.sheet = weasyprint.CSS(filename=folder / "sheet.css", font_config=self.fonts)

    def render(self, page: str) -> bytes:
        """Return the PDF of one page of HTML."""
        html = weasyprint.HTML(string=page, base_url=str(self.folder))
        pdf = html.write_pdf(stylesheets=[self.sheet], font_config=self.fonts, pdf_variant="pdf/ua-1")
        return bytes(pdf)


def main(page: Path, pdf: Path | None = None) -> None:
    """Serve a folder, or set one file."""
    if pdf:
        pdf.write_bytes(Press(page.parent).render(page.read_text("utf-8")))
        return
    import serving  # noqa: PLC0415 # a cold start does not need it

    serving.serve(lambda number: (page / f"{number}.html").read_text("utf-8"), Press(page).render)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
