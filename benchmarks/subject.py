"""What is made: one real handout, slightly another one each time, so that no cache answers for the work.

The sheet is the bundled hip bursitis, shortened by the overlay in ``library/`` and by the order, which picks
two exercises. Each number prints another patient's name and another word in the first paragraph; a *fresh*
one has a new word in nearly every piece of text, so that not even a paragraph comes back.
"""

from __future__ import annotations

import random
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from handouts import compose, markup
from handouts.clinic import Clinic
from handouts.content.library import Library
from handouts.content.models import Condition
from handouts.content.places import Places
from handouts.document import Document
from handouts.order import DoseChange, Order, Pick

OVERLAY = Path(__file__).parent / "library"
CONDITION = "hip-bursitis-brief"
CLINIC = "example-clinic"
PICKS = ("isometric-hip-abduction", "bridge")
DAY = date(2026, 11, 20)
WORD = "bony"
FIRST_WORD = re.compile(r"(?<=>)\s*[A-Z0-9][\w,.:]* ")
"""The first word of a piece of text in the markup."""


def open_library() -> Library:
    """Return the bundled content with the shortened condition over it."""
    return Library(Places(OVERLAY))


def patient(number: int) -> str:
    """Return another name for each number; a number of five digits keeps all of them as long."""
    return f"Patient {number:05}"


def order(number: int) -> Order:
    """Return the order of one handout."""
    return Order(date=DAY, patient=patient(number), picks=tuple(Pick(exercise) for exercise in PICKS))


def selection(number: int, choice: tuple[str, ...]) -> Order:
    """Return an order with other exercises, or other doses of them, for each number."""
    dice = random.Random(number)  # noqa: S311 # a choice, not a secret
    names = sorted(dice.sample(choice, len(PICKS)))
    picks = tuple(Pick(name, DoseChange(sets=dice.choice((1, 2, 3)))) for name in names)
    return replace(order(number), picks=picks)


def choice(library: Library) -> tuple[str, ...]:
    """Return the exercises that any selection is taken from: those that the sheet may print."""
    listed = library.condition(CONDITION)
    return tuple(name for name in listed.exercises.all() if not library.exercise(name).impact)


def word(number: int) -> str:
    """Return another word of four letters for each number."""
    return "".join(chr(ord("a") + number // 26**place % 26) for place in range(len(WORD)))


def condition(whole: Condition, number: int) -> Condition:
    """Return the condition with one word changed; raises ValueError if the word is no longer in the text."""
    first, *others = whole.about
    if WORD not in first.text:
        raise ValueError(f"the first paragraph of {whole.id} does not say {WORD!r}")
    changed = first.model_copy(update={"text": first.text.replace(WORD, word(number), 1)})
    return whole.model_copy(update={"about": [changed, *others]})


def document(
    library: Library, whole: Condition, clinic: Clinic, number: int, *, fresh: bool = False
) -> Document:
    """Return the blocks of one handout."""
    written = compose.handout(library, condition(whole, number), clinic, order(number))
    if fresh:
        # Its warning signs have another word too, and are not those that the sheet is held to.
        text = FIRST_WORD.sub(rf"\g<0>{word(number)} ", written.text)
        written = replace(written, text=text, signs=())
    return compose.finished(written, markup.parse(written.text, written.template))
