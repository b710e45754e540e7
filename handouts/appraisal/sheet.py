"""The sheet that is appraised: everything that a condition prints by itself, for no clinic in particular."""

from __future__ import annotations

from datetime import date

from handouts import compose, markup
from handouts.clinic import Clinic
from handouts.content.library import Library
from handouts.document import Document
from handouts.order import Order

# Any clinic and day do: what they say of themselves is not appraised.
CLINIC = Clinic(id="any-clinic", name="Any Clinic", emergency_number="911", accent="#14566b")
# With the run printed, too: a sheet that holds it back has less to read.
ORDER = Order(date=date(2026, 1, 1), clinician="A clinician", cleared=("bone-stress",))


def composed(library: Library, condition_id: str, clinic: Clinic = CLINIC, order: Order = ORDER) -> Document:
    """Return the sheet of a condition; raises HandoutError."""
    written = compose.handout(library, library.condition(condition_id), clinic, order)
    return compose.finished(written, markup.parse(written.text, written.template))
