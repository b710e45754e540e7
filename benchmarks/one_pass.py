"""Own handouts in one pass beside each by itself: ``python one_pass.py COUNT ROUNDS`` prints ratios as JSON.

Both begin with the documents and end with bytes: page make-up and file, without the audit.
"""

from __future__ import annotations

import json
import sys
import time

import subject

from handouts import typeset
from handouts.document import Document
from handouts.drawings import draw_figures

LIBRARY = subject.open_library()
WHOLE = LIBRARY.condition(subject.CONDITION)
CLINIC = LIBRARY.clinic(subject.CLINIC)
WORDS = LIBRARY.words("en").words
FOOT = typeset.FootWords(page=WORDS["page_foot"], packet=WORDS["packet_foot"])


def render(documents: list[Document], title: str) -> int:
    """Return the size of one file of all the documents."""
    order = subject.order(0)
    metadata = typeset.Metadata(title=title, author=CLINIC.name, language=order.language, day=order.date)
    made = [
        typeset.make_up(document, CLINIC, order, draw_figures(document, LIBRARY, CLINIC, order))
        for document in documents
    ]
    return len(typeset.write(made, metadata, FOOT))


def main(count: str, rounds: str) -> None:
    """Print, for each round, how long one pass took beside single renders."""
    ratios = []
    for turn in range(int(rounds) + 1):
        numbers = range(turn * int(count), (turn + 1) * int(count))
        documents = [subject.document(LIBRARY, WHOLE, CLINIC, number, fresh=True) for number in numbers]
        times = {}
        for way in ("single", "packet") if turn % 2 else ("packet", "single"):
            began = time.perf_counter()
            if way == "packet":
                render(documents, "All")
            else:
                for document in documents:
                    render([document], document.title)
            times[way] = time.perf_counter() - began
        if turn:  # the first one warms fonts and caches up
            ratios.append(times["packet"] / times["single"])
    sys.stdout.write(json.dumps(ratios) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
