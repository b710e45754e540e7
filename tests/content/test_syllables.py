"""Syllables, against a list counted by hand."""

from __future__ import annotations

import pytest

from handouts.content.syllables import syllables

BY_HAND = {
    1: "hip bridge bridged stretch once eye aches knees squat lunge called walked sloped breathe nerve",
    2: "muscle muscles stretches tired people bursa tendon minutes doctor needed crutches someone "
    "soreness safely movement fluid lying player psoas lower dying quiet forehead crackle",
    3: "bursitis exercise injury surgery related calcium isolate anyone medius gluteal trochanter video "
    "pregnancy family animal",
    4: "sciatica diabetes tendinitis ligamentous misalignment information emergency isometric",
    5: "tendinopathy iliopsoas physiotherapy paracetamol university",
    6: "osteoarthritis iliotibial radiculopathy",
}


def hand_counted():
    return [(word, count) for count, words in BY_HAND.items() for word in words.split()]


def test_words_counted_by_hand():
    """every word of a list counted by hand has its syllables."""
    wrong = {word: (syllables(word), count) for word, count in hand_counted() if syllables(word) != count}
    assert len(hand_counted()) > 60
    assert wrong == {}


@pytest.mark.parametrize(
    ("word", "count"),
    [
        *(("", 1), ("hmm", 1), ("x", 1), ("don’t", 1), ("foam-roll", 2), ("10-minute", 3)),
        *(("0", 2), ("7", 2), ("11", 3), ("15", 2), ("20", 2), ("21", 3), ("70", 3), ("100", 3), ("911", 6)),
        *(("2026", 5), ("100.4", 4), ("MRI", 3), ("ITB", 3), ("X-ray", 2), ("HIV", 3), ("Hip", 1)),
    ],
)
def test_numbers_and_abbreviations_count_as_said(word, count):
    """numbers, abbreviations and joined words count as they are said aloud."""
    assert syllables(word) == count


def test_case_does_not_count():
    """a word at the start of a sentence has the syllables that it has within one."""
    assert all(syllables(word.capitalize()) == count for word, count in hand_counted())
