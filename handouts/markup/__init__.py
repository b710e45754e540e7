"""Stage 3, markup -> Document: a strict reader of the small HTML subset that templates write.

Browsers forgive; a patient's page must not. A tag, an attribute, a style or a nesting that
:mod:`handouts.markup.vocabulary` does not know is a :class:`~handouts.errors.TemplateError` that names
template and line. Nothing is guessed and nothing is dropped.

``elements`` reads text into nested tags, ``inline`` reads what stands in a paragraph, ``blocks`` builds the
document.
"""

from __future__ import annotations

from handouts.document import Document
from handouts.markup.blocks import document
from handouts.markup.elements import read


def parse(text: str, template: str = "") -> Document:
    """Return the document that a template's markup describes.

    ``template`` is named where the markup carries no marks of its own. Raises
    :class:`~handouts.errors.TemplateError` at the first fault, with ``where`` as ``template:line``.
    """
    return document(read(text, template or "markup"))


__all__ = ["parse"]
