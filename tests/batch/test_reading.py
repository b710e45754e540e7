"""Rosters as spreadsheets really write them: read exactly, or refused with the row."""

from __future__ import annotations

import os

import pytest

from handouts.batch.dialect import delimiter_named, encoding_named
from handouts.batch.reading import MOST_LINE, Source
from handouts.batch.repeats import find_repeats
from handouts.errors import ContentError, OutsideError, UsageError

COLUMNS = ["id", "patient", "conditions", "note"]
ROWS = [
    ["A1", "Zoë Ångström", "hip-osteoarthritis", 'Well; done, "Zoë"\nand rest'],
    ["A2", "Jörg Öztürk-Smith", "fai;gtps", ""],
    ["007", "O'Brien, Ann", "trochanteric-bursitis", "½ as much"],
]


def table(delimiter: str, end: str, *, quote_all: bool = False, first: str = "") -> str:
    """Return the rows as a spreadsheet writes them."""

    def cell(words: str) -> str:
        words = words.replace("\n", end if end != "\r\n" else "\n")
        special = any(one in words for one in (delimiter, '"', "\n", "\r"))
        return '"' + words.replace('"', '""') + '"' if special or quote_all else words

    lines = [delimiter.join(cell(words) for words in row) for row in (COLUMNS, *ROWS)]
    return first + end.join(lines) + end


ENCODINGS = {
    "utf-8": "utf-8",
    "utf-8 with a mark": "utf-8-sig",
    "utf-16 with a mark": "utf-16",
    "utf-32 with a mark": "utf-32",
    "windows-1252": "cp1252",
}
WRITTEN = {
    f"{name}, {end!r} and {delimiter!r}": table(delimiter, end).encode(encoding)
    for name, encoding in ENCODINGS.items()
    for end, delimiter in (("\r\n", ","), ("\n", ";"), ("\r", "\t"))
} | {
    "big-endian utf-16": b"\xfe\xff" + table("\t", "\r\n").encode("utf-16-be"),
    "sep=; in front": table(";", "\r\n", first="sep=;\r\n").encode("utf-8-sig"),
    "sep=, in windows-1252": table(",", "\r\n", first="sep=,\r\n").encode("cp1252"),
    "sep=tab in utf-16": table("\t", "\r\n", first="sep=\t\r\n").encode("utf-16"),
    "all in quotes": table(",", "\r\n", quote_all=True).encode(),
    "bars": table("|", "\n").encode(),
    "capitals and blanks": table(",", "\n").replace("id,patient", " ID ,Patient").encode(),
    "no end of the last line": table(",", "\r\n").removesuffix("\r\n").encode(),
    "empty lines and columns": table(",", "\n")
    .replace("\nA2", "\n,,,,,\n\nA2")
    .replace("note\n", "note,,\n")
    .encode(),
}


def rows(path, **how) -> list:
    """Return the rows of a file."""
    with Source.open(path, **how) as source:
        return list(source.rows())


@pytest.mark.parametrize("case", WRITTEN)
def test_every_dialect_is_read_exactly(tmp_path, case):
    """each encoding, delimiter and line end gives the same cells, letter by letter."""
    path = tmp_path / "roster.csv"
    path.write_bytes(WRITTEN[case])
    found = [[cell.replace("\r", "\n") for cell in cells[:4]] for _, cells in rows(path)]
    found = [cells + [""] * (4 - len(cells)) for cells in found]
    assert found == ROWS


def test_there_are_24_dialects():
    """the cases above are as many as were promised."""
    assert len(WRITTEN) == 24


def test_rows_are_counted_as_a_spreadsheet_does(tmp_path):
    """the header is row 1, a cell of two lines is one row, an empty line is one, sep= is none."""
    path = tmp_path / "roster.csv"
    path.write_bytes(b'sep=;\r\nid;conditions\r\n1;"a\nb"\r\n;\r\n\r\n2;c\r\n')
    assert [number for number, _ in rows(path)] == [2, 5]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b'id,conditions\n1,a\n2,"b\n3,c\n', "roster.csv:3: row 3"),
        (b'id,conditions\n1,a\n2,"b"c\n3,c\n', "roster.csv:3: row 3"),
        (b'id,conditions\n1,"a\nb"\n2,"' + b"x" * 200_000 + b'"\n', "roster.csv:4: row 3"),
        (b"id,conditions\n1,a\n2," + b"x" * (MOST_LINE + 1), "roster.csv:3: row 3 is longer"),
        (b"id,conditions\n1,\x81\n", "roster.csv:2: there are bytes here that are not cp1252"),
        (b"", "the first line does not name the columns"),
        (b"Zoe Secret,1980-01-01\n", "the first line does not name the columns"),
        (b"id,pateint,conditions\n", "column 2 has an unknown name. Did you mean patient?"),
        (b"id,conditions,id\n", "column 3 is id once more"),
        (b"id,patient\n", "there is no column conditions"),
        (table(",", "\n").encode("utf-16-le"), "the first line does not name the columns"),
    ],
)
def test_what_is_no_roster_is_refused(tmp_path, data, told):
    """a file whose rows are in doubt is refused with the row where that begins, and none of its words."""
    path = tmp_path / "roster.csv"
    path.write_bytes(data)
    with pytest.raises(ContentError) as error:
        rows(path)
    assert told in str(error.value)
    assert "Secret" not in str(error.value)
    assert "pateint" not in str(error.value)


def test_what_is_named_is_not_guessed(tmp_path):
    """an encoding and a delimiter that are named are used, whatever the file looks like."""
    path = tmp_path / "roster.csv"
    path.write_bytes("patient:conditions\nŻak:fai\n".encode("cp1250"))
    named = {"encoding": encoding_named("windows-1250"), "delimiter": delimiter_named(":")}
    assert rows(path, **named) == [(2, ["Żak", "fai"])]
    assert delimiter_named("tab") == delimiter_named("\\t") == "\t"


def test_the_guess_is_told(tmp_path):
    """what is guessed is said, with a warning where only a person can tell."""
    path = tmp_path / "roster.csv"
    for data, told in (
        (b"patient;conditions\n", "Read as UTF-8, columns parted by semicolons."),
        (
            "patient,conditions\nZoë".encode("cp1252"),
            "Read as Windows-1252, columns parted by commas. This is a guess",
        ),
    ):
        path.write_bytes(data)
        with Source.open(path) as source:
            assert str(source.dialect).startswith(told)


@pytest.mark.parametrize("name", ["utf-9", "base64", "rot13", "", "\0"])
def test_an_encoding_that_there_is_not(name):
    """only what is an encoding of text is taken for one."""
    with pytest.raises(UsageError, match="there is no encoding"):
        encoding_named(name)


@pytest.mark.parametrize("name", ["", ",,", "a", '"', " ", "\n"])
def test_a_delimiter_that_parts_nothing(name):
    """only one character can part columns, and no letter."""
    with pytest.raises(UsageError, match="parts no columns"):
        delimiter_named(name)


def test_a_roster_that_is_not_there(tmp_path):
    """a missing file and a folder are wrong usage."""
    for path in (tmp_path, tmp_path / "none.csv"):
        with pytest.raises(UsageError, match="there is no file"):
            rows(path)


def test_a_roster_that_changes_meanwhile(tmp_path):
    """a file that is written while it is read is noticed."""
    path = tmp_path / "roster.csv"
    path.write_bytes(b"id,conditions\n1,a\n2,b\n")
    with Source.open(path) as source:
        found = source.rows()
        next(found)
        os.utime(path, ns=(1, 1))
        with pytest.raises(OutsideError, match="was changed while it was read"):
            list(found)


def test_repeats(tmp_path):
    """the same row again is found, with or without an id, and one id for two people is another thing."""
    path = tmp_path / "roster.csv"
    path.write_bytes(b"id,conditions\n1,a\n2,b\n1,a\n,c\n2,x\n,c,\n3,d\n1,a\n")
    with Source.open(path) as source:
        repeats = find_repeats(source)
    assert (repeats.count, repeats.same, repeats.torn) == (8, {4: 2, 7: 5, 9: 2}, {3, 6})
