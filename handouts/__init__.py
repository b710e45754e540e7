"""Branded, accessible patient handouts for physiotherapy clinics.

A handout is a value that flows one way. Each stage takes a value and returns a value::

    data/*.yaml --content--> Condition --compose--> markup --markup--> Document --typeset--> PDF --audit--> ok
      + overlay              + Clinic               (HTML)            (blocks)
                             + Order

Read ``pipeline`` first: it is the stages in order and nothing else. What a module may import is what
stands below it (``|``: the two may not see each other)::

    cli
    mail | printing
    batch
    appraisal
    press
    pipeline
    merging
    compose | markup | drawings | typeset | packet | audit
    content
    figures
    clinic | order
    document | pdf
    errors

Three values never mix: what is true (``content.models.Condition``), how it looks (``clinic.Clinic``) and
what one clinician wants (``order.Order``). Only ``cli`` reads the clock, the environment and the current
folder, and prints.

::

    from datetime import date
    from handouts import Library, Order, make_handout

    made = make_handout(Library(), "hip-bursitis", "my-clinic", Order(date=date(2026, 11, 22)))
    Path("hip-bursitis.pdf").write_bytes(made.pdf)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from handouts.content.library import Library
    from handouts.errors import HandoutError
    from handouts.merging import Source, merge_files
    from handouts.order import Order
    from handouts.packet.part import Merged
    from handouts.pipeline import Made, make_handout, make_packet

__version__ = "0.1.0"

__all__ = [
    "HandoutError",
    "Library",
    "Made",
    "Merged",
    "Order",
    "Source",
    "make_handout",
    "make_packet",
    "merge_files",
]

_HOMES = {
    "HandoutError": "errors",
    "Library": "content.library",
    "Made": "pipeline",
    "Merged": "packet.part",
    "Order": "order",
    "Source": "merging",
    "make_handout": "pipeline",
    "make_packet": "pipeline",
    "merge_files": "merging",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401
    """Import a public name when it is first used, so that a small command starts without the typesetter."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
