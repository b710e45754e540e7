"""Files that are damaged, too large or go round in circles end in a clean file or a reason, and soon."""

from __future__ import annotations

import io
import random
import time

import pikepdf
import pytest
from foreign_samples import HARMLESS, HOSTILE, broken, scan
from foreign_samples.tools import TEXT, one_page, saved

from handouts.errors import ForeignError
from handouts.packet.foreign.rebuild import Bounds, rebuild
from handouts.packet.foreign.told import REFUSED, RefusedError
from handouts.packet.open_foreign import Foreign, Limits, Sent, open_all, open_foreign

_MUTATIONS = 2_000
_SOON_S = 30


@pytest.fixture(scope="module")
def answers():
    """Return what came of every broken file, opened by one child, each within its time."""
    makers = [*broken.MENDED, *broken.USED, *broken.REFUSED, *broken.EITHER]
    told, start = {}, time.monotonic()
    for make, answer in zip(makers, open_all([Sent(make(), "sent.pdf") for make in makers]), strict=True):
        told[make] = answer
        assert time.monotonic() - start < _SOON_S, make
        start = time.monotonic()
    return told


@pytest.mark.parametrize("make", [*broken.MENDED, *broken.USED])
def test_a_file_that_can_be_mended_is_used(answers, make):
    """it comes out clean, with its page, and a damaged one says so."""
    answer = answers[make]
    assert isinstance(answer, Foreign), answer
    assert answer.pages == 1
    assert scan(answer.pdf) == []
    with pikepdf.open(io.BytesIO(answer.pdf)) as pdf:
        assert len(pdf.pages[0].Contents.read_bytes()) > 20
        assert pdf.check_pdf_syntax() == []
    assert answer.repaired or make not in broken.MENDED


@pytest.mark.parametrize("make", broken.REFUSED)
def test_a_file_of_no_use_is_refused_with_the_reason(answers, make):
    """the reason is told with the file's name and what to do."""
    answer = answers[make]
    assert isinstance(answer, ForeignError), answer
    assert (answer.sentence, answer.advice) == REFUSED[broken.REFUSED[make]]
    assert str(answer).startswith("sent.pdf: ")
    assert answer.exit_code == 4


@pytest.mark.parametrize("make", broken.EITHER)
def test_a_strange_file_is_refused_or_clean(answers, make):
    """what the library makes of it is its own business, as long as the result is clean."""
    answer = answers[make]
    if isinstance(answer, Foreign):
        assert scan(answer.pdf) == []
    else:
        assert answer.sentence not in (REFUSED["died"][0], REFUSED["time"][0])


@pytest.mark.slow
@pytest.mark.parametrize("make", broken.HUGE)
def test_a_huge_file_ends_soon(make):
    """what unfolds to millions of parts, or is slow to read, ends within its limits."""
    (answer,) = open_all([Sent(make(), "sent.pdf")], Limits(most_bytes=200_000_000))
    reason = broken.HUGE[make]
    if reason:
        assert isinstance(answer, ForeignError), answer
        assert answer.sentence == REFUSED[reason][0]
    else:
        assert isinstance(answer, Foreign), answer


def test_a_file_above_the_limit_is_not_even_sent():
    """its size is looked at first."""
    with pytest.raises(ForeignError, match="too large"):
        open_foreign(b"%PDF-1.7" + bytes(100), "a.pdf", limits=Limits(most_bytes=100))


def test_a_locked_file_opens_with_its_password():
    """either password opens it; without one, or with another, the reason is told and no password repeated."""
    cases = {"": "locked", "wrong": "wrong-password", "user": "", "owner": ""}
    files, reasons = [], []
    for strength in (2, 3, 4, 6):
        lock = pikepdf.Encryption(
            user="user", owner="owner", R=strength, aes=strength >= 4, metadata=strength >= 4
        )
        data = saved(one_page(), encryption=lock)
        files += [Sent(data, "locked.pdf", given) for given in cases]
        reasons += cases.values()
    for reason, answer in zip(reasons, open_all(files), strict=True):
        if reason:
            assert isinstance(answer, ForeignError)
            assert (answer.sentence, answer.advice) == REFUSED[reason]
            continue
        assert isinstance(answer, Foreign)
        assert any("without a password" in sentence for sentence in answer.removed)
        with pikepdf.open(io.BytesIO(answer.pdf)) as pdf:
            assert not pdf.is_encrypted
            assert TEXT.encode() in pdf.pages[0].Contents.read_bytes()


def test_a_file_locked_for_changes_only_opens_by_itself():
    """a file that only its owner's password protects needs none to be read."""
    lock = pikepdf.Encryption(user="", owner="owner")
    assert open_foreign(saved(one_page(), encryption=lock), "a.pdf").pages == 1


def _mutated(chance: random.Random, sources: list[bytes]) -> bytes:
    data = bytearray(chance.choice(sources))
    for _ in range(chance.choice((1, 3, 20))):
        at = chance.randrange(len(data))
        match chance.randrange(4):
            case 0:
                data[at] = chance.randrange(256)
            case 1:
                del data[at : at + chance.randrange(200)]
            case 2:
                data[at:at] = data[at : at + chance.randrange(200)]
            case 3:
                other = chance.choice(sources)
                start = chance.randrange(len(other))
                data[at : at + 100] = other[start : start + 100]
        if not data:
            return b"%PDF-"
    return bytes(data)


def _without_marks(found: list[str]) -> list[str]:
    """A change of a byte may make a hidden text a visible one; what acts stays forbidden."""
    return [one for one in found if "the mark" not in one]


def _sources() -> list[bytes]:
    return [make().pdf for make in HOSTILE.values()] + [make() for make in HARMLESS.values()]


@pytest.mark.parametrize("seed", range(2))
def test_a_mutated_file_raises_nothing_of_our_own(seed):
    """the rebuild of a file with faults raises what the library raises, or a reason; else it is clean."""
    sources, chance, used = _sources(), random.Random(seed), 0  # noqa: S311 - a fault must come again
    for _ in range(100):
        data = _mutated(chance, sources)
        try:
            built = rebuild(data, "", Bounds(2_000, 100_000_000))
        except (RefusedError, pikepdf.PdfError, pikepdf.DataDecodingError):
            continue
        used += 1
        assert _without_marks(scan(built.pdf)) == []
    assert used > 35


@pytest.mark.slow
def test_two_thousand_mutated_files_are_refused_or_clean():
    """a file with bytes changed, cut out, doubled or mixed with another's gives a reason or a clean file."""
    sources, chance = _sources(), random.Random(2026)  # noqa: S311 - a fault must come again
    files = [Sent(_mutated(chance, sources), f"{number}.pdf") for number in range(_MUTATIONS)]
    used = 0
    for file, answer in zip(files, open_all(files), strict=True):
        if isinstance(answer, Foreign):
            used += 1
            assert _without_marks(scan(answer.pdf)) == [], file.name
        else:
            assert answer.sentence not in (REFUSED["died"][0], REFUSED["time"][0]), file.name
    assert used > _MUTATIONS / 3
