"""WeasyPrint: `pip install weasyprint`, or the extra ``peers``."""

from __future__ import annotations

import warnings

from .page import html


def weasyprint(language: str, variant: str = "pdf/ua-1") -> bytes:
    """Return the file of one language, by one of WeasyPrint's kinds of PDF."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own dependencies' deprecations are not ours
        from weasyprint import HTML  # noqa: PLC0415 - it is there for the tests with peers only

        return HTML(string=html(language)).write_pdf(pdf_variant=variant)
