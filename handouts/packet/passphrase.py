"""The passphrase of an encrypted copy: what is too easy to guess is refused, and never repeated.

One processor core tries about 85 passphrases a second on a PDF (measured), and a stolen file can be tried for
ever. A date of birth, one of some 40,000, falls in minutes, and the number of a record or a telephone soon.
Four words that have nothing to do with each other hold.
"""

from __future__ import annotations

import re
import stringprep
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from xkcdpass import xkcd_password

from handouts.errors import UsageError

FEWEST_WORDS = 4
FEWEST_LETTERS = 3
"""A shorter word does not count: there are too few of them."""
FEWEST_DIFFERENT = 8
"""Letters that differ, in the whole passphrase."""
MADE_WORDS = 5
"""Of one that we make: five of 7,776 words are 28 million million million."""
MOST_DIGITS = 5
"""Six digits can be a whole date (050580), and no telephone or record number is shorter."""
MOST_BYTES = 127
"""PDF looks at no more of it (ISO 32000-2, 7.6.4.3.3)."""

_ADVICE = (
    f"Take {FEWEST_WORDS} words or more, each of {FEWEST_LETTERS} letters or more, that have nothing to do"
    " with each other or with the patient."
)
_MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_GAP = r"[\W_]{0,3}"
_DATE = re.compile(
    rf"\d+[\W_]{{1,3}}\d+[\W_]{{1,3}}\d"  # 5/5/80, 1980-5-5
    rf"|\d(?:st|nd|rd|th)?{_GAP}(?:of{_GAP})?{_MONTH}(?![a-z])"  # 5 May, 5th of May
    rf"|(?<![a-z]){_MONTH}{_GAP}\d",  # May 5, May 1980
    re.IGNORECASE,
)
_OF_DATES = frozenset(
    re.findall(
        "[a-z]+",
        """
        january february march april may june july august september october november december
        first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
        fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth
        zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
        seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand
        """,
    )
)
"""Words that spell out a date or a number; they do not count either."""


@dataclass(frozen=True, slots=True, repr=False)
class Passphrase:
    """A passphrase that may be used, in the form in which PDF wants it (SASLprep); made by :meth:`chosen`."""

    text: str

    def __repr__(self) -> str:
        return "Passphrase(...)"

    @classmethod
    def chosen(cls, typed: str, known: Iterable[str] = ()) -> Self:
        """Return what somebody typed, if it is hard enough to guess.

        ``known`` are texts that whoever has the file may know, such as the patient's name: their words do
        not count. Words are parted by blanks or hyphens.

        Raises UsageError that says why, and never repeats what was typed.
        """
        text = prepared(typed.strip())
        if len(text.encode("utf-8")) > MOST_BYTES:
            raise UsageError(f"the passphrase is longer than {MOST_BYTES} bytes.", advice="Take fewer words.")
        if "  " in text:
            raise UsageError(
                "the passphrase has two blanks in a row.", advice="Nobody would hear them: leave one out."
            )
        if sum(map(str.isdecimal, text)) > MOST_DIGITS or _DATE.search(text):
            raise UsageError(
                "the passphrase holds a date, or the number of a record or telephone, which is soon guessed.",
                advice=_ADVICE,
            )
        words = [word for word in _words(text) if _counts(word)]
        if len(set(words)) < len(words):
            raise UsageError("the passphrase says a word twice.", advice=_ADVICE)
        known_words = {word for one in known for word in _words(prepared(one, strict=False))}
        if len(set(words) - known_words) < FEWEST_WORDS:
            raise UsageError(
                f"the passphrase has fewer than {FEWEST_WORDS} words that are hard to guess: numbers, months,"
                " names on the sheet and very short words do not count.",
                advice=_ADVICE,
            )
        if len(set("".join(words))) < FEWEST_DIFFERENT:
            raise UsageError(
                f"the passphrase has fewer than {FEWEST_DIFFERENT} different letters.", advice=_ADVICE
            )
        return cls(text)


def make_passphrase(known: Iterable[str] = ()) -> Passphrase:
    """Return one of five random English words, from a list made to be told and typed (EFF's long list)."""
    known = tuple(known)
    words = xkcd_password.generate_wordlist(
        wordfile=xkcd_password.locate_wordfile("eff-long"), min_length=FEWEST_LETTERS, valid_chars="[a-z]"
    )
    while True:
        try:
            return Passphrase.chosen(xkcd_password.generate_xkcdpassword(words, numwords=MADE_WORDS), known)
        except UsageError:  # by chance a word twice, or the patient's name
            continue


def _words(text: str) -> list[str]:
    """Return the words without their case and punctuation: Oyster! is oyster."""
    parts = re.split(r"[\s\-\u2010-\u2015_]+", text.casefold())
    return [word for part in parts if (word := "".join(filter(str.isalnum, part)))]


def _counts(word: str) -> bool:
    return len(word) >= FEWEST_LETTERS and word.isalpha() and word not in _OF_DATES


_MUST_NOT = (
    stringprep.in_table_a1,
    stringprep.in_table_c12,
    stringprep.in_table_c21_c22,
    stringprep.in_table_c3,
    stringprep.in_table_c4,
    stringprep.in_table_c5,
    stringprep.in_table_c6,
    stringprep.in_table_c7,
    stringprep.in_table_c8,
    stringprep.in_table_c9,
)


def prepared(typed: str, *, strict: bool = True) -> str:
    """Return a text as SASLprep (RFC 4013) writes it, so that every keyboard gives the same passphrase.

    Raises UsageError for a character that it forbids, if ``strict``: what is only compared may hold any.
    """
    kept = (
        " " if stringprep.in_table_c12(letter) else letter
        for letter in typed
        if not stringprep.in_table_b1(letter)
    )
    text = unicodedata.ucd_3_2_0.normalize("NFKC", "".join(kept))
    if strict and (any(forbids(letter) for forbids in _MUST_NOT for letter in text) or _is_mixed(text)):
        raise UsageError(
            "the passphrase holds a character that not every keyboard and viewer writes alike.",
            advice="Use letters, blanks and hyphens.",
        )
    return text


def _is_mixed(text: str) -> bool:
    """Tell whether a text mixes writing directions in a way that SASLprep forbids (RFC 3454, 6)."""
    if not any(map(stringprep.in_table_d1, text)):
        return False
    ends = stringprep.in_table_d1(text[0]) and stringprep.in_table_d1(text[-1])
    return not ends or any(map(stringprep.in_table_d2, text))
