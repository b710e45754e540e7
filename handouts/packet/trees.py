"""Number trees and name trees, written in leaves so that a reader finds an entry fast."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from handouts.packet.syntax import string
from handouts.pdf.file import PdfFile

_WIDE = 64
_Pairs = Sequence[tuple[bytes, bytes]]


def write_numbers(file: PdfFile, values: Sequence[bytes]) -> int:
    """Write a number tree of values with the keys 0, 1, 2, …; return its number."""
    return _write(file, [(b"%d" % key, value) for key, value in enumerate(values)], b"/Nums")


def write_names(file: PdfFile, values: Iterable[tuple[bytes, bytes]]) -> int:
    """Write a name tree, sorted; return its number."""
    return _write(file, [(string(key), value) for key, value in sorted(values)], b"/Names")


def _write(file: PdfFile, pairs: _Pairs, key: bytes) -> int:
    if len(pairs) <= _WIDE:
        return _add(file, b"<<%b [%b]>>" % (key, _flat(pairs)))
    level = [
        (
            chunk[0][0],
            chunk[-1][0],
            _add(file, b"<<%b [%b]%b>>" % (key, _flat(chunk), _limits(chunk[0][0], chunk[-1][0]))),
        )
        for chunk in (pairs[start : start + _WIDE] for start in range(0, len(pairs), _WIDE))
    ]
    while len(level) > _WIDE:
        level = [
            (
                chunk[0][0],
                chunk[-1][1],
                _add(file, b"<<%b%b>>" % (_kids(chunk), _limits(chunk[0][0], chunk[-1][1]))),
            )
            for chunk in (level[start : start + _WIDE] for start in range(0, len(level), _WIDE))
        ]
    return _add(file, b"<<%b>>" % _kids(level))


def _add(file: PdfFile, body: bytes) -> int:
    return file.add(body.decode("latin-1"))


def _flat(pairs: _Pairs) -> bytes:
    return b"".join(b"%b %b " % pair for pair in pairs)


def _limits(first: bytes, last: bytes) -> bytes:
    return b"/Limits [%b %b]" % (first, last)


def _kids(level: Sequence[tuple[bytes, bytes, int]]) -> bytes:
    return b"/Kids [%b]" % b" ".join(b"%d 0 R" % number for _, _, number in level)
