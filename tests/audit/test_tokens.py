from __future__ import annotations

import io

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.audit.tokens import BROKEN, LUMP, Name, hexadecimal, literal, operations, unfolded

_PLAIN = st.one_of(
    st.integers(-99999, 99999).map(str),
    st.sampled_from(["0.5", "-.25", "+3", "4.", "-0", "00012.50", "/Name", "/F1", "/", "/a#20b", "/x.y-z"]),
)
_STRING = st.binary(max_size=12).flatmap(
    lambda data: st.sampled_from(
        [
            "(" + data.decode("latin-1").replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") + ")",
            "<" + data.hex() + ">",
            "<" + " ".join(data.hex().upper()) + ">",
            "(" + "".join(rf"\{byte:03o}" for byte in data) + ")",
            "(a (nested (one)) b)",
            r"(odd \q \8 \53x \
line \r\n\t\b\f \777)",
            "<4>",
            "()",
        ]
    )
)
_ARRAY = st.lists(st.one_of(_PLAIN, _STRING), max_size=4).map(lambda parts: "[" + " ".join(parts) + "]")
_WORDS = st.sampled_from(["true", "false", "null"])
_DICT = st.lists(st.one_of(_PLAIN, _STRING, _ARRAY, _WORDS), max_size=3).map(
    lambda values: "<<" + "".join(f"/K{at} {value} " for at, value in enumerate(values)) + ">>"
)
_SPACE = st.sampled_from([" ", "\n", "\r\n", "  ", "\t", " % a comment (with [ brackets\n", "\x00", "\r"])
_OPERATORS = """
    q Q cm w J j M d ri i gs CS cs SC SCN sc scn G g RG rg K k m l c v y h re S s f F f* B B* b b* n W W*
    BT ET Tc Tw Tz TL Tf Tr Ts Td TD Tm T* Tj TJ ' " Do MP DP BMC BDC EMC BX EX sh d0 d1 xyz
"""
_OPERATOR = st.sampled_from(_OPERATORS.split())
_SIMPLE = st.tuples(st.lists(_PLAIN, max_size=6), _OPERATOR)
_ANY = st.tuples(st.lists(st.one_of(_PLAIN, _STRING, _ARRAY, _DICT, _WORDS), max_size=4), _OPERATOR)
_SHOWN = st.tuples(st.one_of(_STRING, _ARRAY).map(lambda one: [one]), st.sampled_from(["Tj", "TJ", "'"]))
_MARK = st.tuples(st.integers(0, 99).map(lambda number: ["/P", f"<</MCID {number}>>"]), st.just("BDC"))
_DASH = st.tuples(st.sampled_from([["[]", "0"], ["[3 1.5]", "0"], ["[ 2 ]", "1"]]), st.just("d"))


@st.composite
def streams(draw):
    """Return a content stream of operations with all kinds of operands and space between them."""
    out = []
    for operands, operator in draw(st.lists(st.one_of(_SIMPLE, _ANY, _SHOWN, _MARK, _DASH), max_size=12)):
        for part in [*operands, operator]:
            out += [part, draw(_SPACE)]
    return "".join(out).encode("latin-1")


def _value(thing):
    match thing:
        case bool() | None:
            return thing
        case pikepdf.Name():
            return "/" + thing.unparse().decode("latin-1")[1:]
        case pikepdf.String():
            return bytes(thing)
        case pikepdf.Array():
            return [_value(one) for one in thing]
        case pikepdf.Dictionary():
            return {key: _value(value) for key, value in thing.items() if value is not None}
    return float(thing)


def _own(thing):
    match thing:
        case Name():
            return "/" + pikepdf.Name("/" + thing.decode("latin-1")).unparse().decode("latin-1")[1:]
        case list():
            return [_own(one) for one in thing]
        case dict():
            return {
                "/" + key.decode("latin-1"): _own(value) for key, value in thing.items() if value is not None
            }
    return thing


def _text(operands):
    """Fold a text operand as our reader does: the strings of an array joined."""
    if len(operands) == 1 and isinstance(operands[0], list):
        return b"".join(one for one in operands[0] if isinstance(one, bytes))
    return operands[0] if len(operands) == 1 else operands


def _read(data):
    for operator, operands in operations(data):
        yield from unfolded(operands[0]) if operator == LUMP else [(operator, operands)]


@settings(max_examples=400, deadline=None)
@given(streams())
def test_operations_are_those_of_the_library(data):
    """operators and operands are the same as those that the PDF library's own parser finds."""
    with pikepdf.new() as pdf:
        expected = [
            (str(operator).encode("latin-1"), [_value(one) for one in operands])
            for operands, operator in pikepdf.parse_content_stream(pikepdf.Stream(pdf, data))
        ]
    found = [(operator, [_own(one) for one in operands]) for operator, operands in _read(data)]
    assert [operator for operator, _ in found] == [operator for operator, _ in expected]
    for (operator, own), (_, theirs) in zip(found, expected, strict=True):
        if operator in (b"Tj", b"TJ", b"'"):
            assert _text(own) == _text(theirs)
        else:
            assert own == theirs


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.binary(max_size=200), st.text("()<>[]{}/% \n\\BIDETj0.-EI", max_size=60).map(str.encode)))
def test_any_bytes_come_to_an_end(data):
    """whatever the bytes, reading ends, and no operation comes from nothing."""
    assert sum(1 for _ in operations(data)) <= len(data)


@pytest.mark.parametrize(
    "image",
    [
        b"BI /W 2 /H 2 /BPC 8 /CS /RGB ID \x00 EI (\xffEI )>x EI",
        b"BI /W 9 /H 2 /IM true ID \x01 EI EI",
        b"BI /W 4 /H 1 /BPC 8 /CS /G /F /Fl ID x\x9c\xffEI\n\x80EI\n EI",
        b"BI /W 4 /H 1 /BPC 8 /CS /G /F [/A85] ID 9jqo EI\n^~> EI",
        b"BI /W 4 /H 1 /BPC 8 /CS /G /F /AHx ID 00ff EI > EI",
        b"BI/W 0/H 0 ID  EI",
    ],
)
def test_an_inline_image_is_one_operation(image):
    """the samples of an image are never read as operators, whatever they look like."""
    assert [operator for operator, _ in _read(image + b"\n/P BMC (shown) Tj")] == [b"EI", b"BMC", b"Tj"]


def test_an_inline_image_without_end_is_broken():
    """an image that never ends is told, not read as text."""
    assert [operator for operator, _ in _read(b"q BI /W 9 /H 9 ID abc")] == [b"q", BROKEN]


def test_strings_mean_what_the_standard_says():
    """escapes, line ends and octal codes are read; odd digits are padded with a zero."""
    assert (
        literal(
            rb"\(\)\\ \101\7\53 a\
b \x"
        )
        == b"()\\ A\x07+ ab x"
    )
    assert literal(b"a\r\nb\rc") == b"a\nb\nc"
    assert hexadecimal(b"4 1 4") == b"A@"
    assert hexadecimal(b"") == b""


def test_a_long_lump_is_quick():
    """a drawing of a million operators is one lump, read in one step."""
    data = b"1.5 2 m 3 4 l 0.5 g\n" * 100_000
    assert [len(operands) for _, operands in operations(data)] == [1]


def test_deep_nesting_is_broken_not_followed():
    """brackets nested without end are told, without recursion."""
    assert BROKEN in {operator for operator, _ in operations(b"[" * 100_000 + b" Tj")}
    with io.BytesIO(b"(" * 100_000) as data:
        assert [operator for operator, _ in operations(data.read())] == [BROKEN]
