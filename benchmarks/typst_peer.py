"""Typst as it is best used from Python: one compiler that stays, fonts read once, PDF/UA-1.

``python typst_peer.py FOLDER`` serves the sources ``FOLDER/NUMBER.typ``; ``python typst_peer.py SOURCE PDF``
sets one in a fresh process. Nothing of ours is imported, so that Typst does not pay for it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import typst

FONTS = "PEER_FONTS"
"""The environment variable that holds the folders of the fonts."""


def compiler(root: Path) -> typst.Compiler:
    """Return a compiler that sees the fonts that we use, and no others."""
    folders = os.environ[FONTS].split(os.pathsep)
    return typst.Compiler(root=root, font_paths=list(folders), ignore_system_fonts=True)


def render(press: typst.Compiler, source: bytes) -> bytes:
    """Return the PDF of one source."""
    pdf = press.compile(input=source, format="pdf", pdf_standards="ua-1")
    if not isinstance(pdf, bytes):
        raise TypeError("Typst gave no single file")
    return pdf


def main(source: Path, pdf: Path | None = None) -> None:
    """Serve a folder, or set one file."""
    if pdf:
        pdf.write_bytes(render(compiler(source.parent), source.read_bytes()))
        return
    import serving  # noqa: PLC0415 # a cold start does not need it

    press = compiler(source)
    serving.serve(lambda number: (source / f"{number}.typ").read_bytes(), lambda text: render(press, text))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
