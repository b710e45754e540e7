"""How many syllables an English word has: a counter of our own, that works without any download.

It counts groups of vowels, then mends what English spells but does not say (a silent e) and says but does not
spell apart (``i-o`` in ``period``). What no rule gets right stands in a list. Numbers and abbreviations count
as they are said.
"""

from __future__ import annotations

import re
from functools import lru_cache

_VOWELS = re.compile(r"[aeiouy]+")
# What is written as one group of vowels but said as two, or needs no vowel at all.
_ADDED = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<![cgstx])ia(?!g[ei])|(?<![cgstx])io(?!us|ns?$|ned|n[ai])|i(?:um|us)$|eus$|eum$",
        r"[^cgstxq]ious$|[^csthxg]ion(?:s|ed)?$",
        r"[aeiou]y[aeiou]|[bcdfgklmnprstvz]ying$",
        r"(?:ee|[cdmnrsw]e|o|u|i)ing$|(?<![qg])ui[td](?:y|ies|ed)|(?:r|ng|j)uin",
        r"(?<![qg])ua(?![ds]e|rd)|u[eo]us|uou",
        r"(?:ste|ide|the|rhe|ne|le)o(?!n|u|p$)|creat|react|idea|area|theat|reali|nuclei",
        r"[bcdfgkpstvxz]le(?:s|d)?$|[^aeiou]sms?$",
    )
)
# An e that is written but not said: at the end, and before an ending.
_DROPPED = tuple(
    re.compile(pattern)
    for pattern in (
        r"[^aeiouy]e$|[aeiou][^aeiouy]?ue$|[^aeiouytd]ed$|(?:[^aeiouycgsxzh]|[^cs]h)es$",
        r"[aeiouy][^aeiouy]{1,2}e(?:ly|ments?|less|ness|ful|fully|ty|thing|times?|ways?|body|where|one)$",
    )
)
_HISSING = ("ses", "xes", "zes", "ches", "shes", "ces", "ges")
_EXCEPTIONS = {
    **dict.fromkeys(("eye", "eyed", "one", "once", "aches", "ache"), 1),
    **dict.fromkeys(
        ("people", "forehead", "psoas", "fluid", "being", "lion", "quiet", "someone", "delayed", "tired"), 2
    ),
    **dict.fromkeys(
        ("society", "variety", "anxiety", "naively", "somebody", "anyone", "gluteal", "perineal"), 3
    ),
    **dict.fromkeys(("sciatica", "diabetes", "anybody", "everybody"), 4),
    "iliopsoas": 5,
    "osteoarthritis": 6,
}
_LONGEST_ABBREVIATION = 5
_UNDER_TWENTY = (2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 3, 1, 2, 2, 2, 2, 3, 2, 2)
_TENS = (0, 0, 2, 2, 2, 2, 2, 3, 2, 2)


def syllables(word: str) -> int:
    """Return the number of syllables of a word or number; words with hyphens are summed; at least 1."""
    parts = [part for part in re.split(r"[^A-Za-z0-9]+", word.replace("’", "").replace("'", "")) if part]
    return max(1, sum(_said(part) for part in parts))


def _said(part: str) -> int:
    if part.isdigit():
        return _spoken(int(part)) if len(part) < 4 else sum(_UNDER_TWENTY[int(digit)] for digit in part)
    if part.isupper() and 1 < len(part) <= _LONGEST_ABBREVIATION:
        return len(part) + 2 * part.count("W")
    return _part(part.lower())


def _spoken(number: int) -> int:
    if number < 20:
        return _UNDER_TWENTY[number]
    if number < 100:
        return _TENS[number // 10] + (_UNDER_TWENTY[number % 10] if number % 10 else 0)
    rest = _spoken(number % 100) if number % 100 else 0
    return _UNDER_TWENTY[number // 100] + 2 + rest


@lru_cache(maxsize=20_000)
def _part(word: str) -> int:
    """Return the syllables of one run of letters, in small letters (digits among them count as one each)."""
    if word in _EXCEPTIONS:
        return _EXCEPTIONS[word]
    if word.endswith("s") and word[:-1] in _EXCEPTIONS and not word.endswith(_HISSING):
        return _EXCEPTIONS[word[:-1]]
    count = len(_VOWELS.findall(word))
    count += sum(len(pattern.findall(word)) for pattern in _ADDED)
    count -= sum(1 for pattern in _DROPPED if pattern.search(word))
    return max(1, count)
