from __future__ import annotations

import io
import random
import time
import warnings
import zlib

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String

import handouts.audit
from handouts.audit import audit

_LIBRARY_ERRORS = (pikepdf.PdfError, pikepdf.DataDecodingError)


def _saved(pdf):
    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pdf.save(out, fix_metadata_version=False, compress_streams=False)
    return out.getvalue()


def _page(pdf):
    pdf.add_blank_page(page_size=(200, 200))
    return pdf.pages[0].obj


def _codes(data, expected=None):
    start = time.monotonic()
    codes = {one.code for one in audit(data, expected)}
    assert time.monotonic() - start < 10
    return codes


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_no_pdf(data):
    """bytes that are no PDF are told as such, with and without its first line."""
    assert {one.code for one in audit(data)} == {"not-a-pdf"}
    assert audit(b"%PDF-1.7\n" + data)


@settings(max_examples=120, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_a_flipped_file_never_falls(good, document, seed):
    """a file with bytes changed, cut out or doubled gives defects or passes, and raises nothing."""
    chance = random.Random(seed)  # noqa: S311 - a fault may be foreseen
    data = bytearray(good)
    for _ in range(chance.choice((1, 3, 20))):
        at = chance.randrange(len(data))
        match chance.randrange(3):
            case 0:
                data[at] = chance.randrange(256)
            case 1:
                del data[at : at + chance.randrange(200)]
            case 2:
                data[at:at] = data[at : at + chance.randrange(200)]
    audit(bytes(data), document)


def _strange(pdf, chance, things):
    return chance.choice(
        (
            lambda: -1,
            lambda: 10**12,
            lambda: Array([1, Name.X, Array([String("a")])]),
            lambda: Dictionary(S=Name.P, K=3),
            lambda: String(b"\xfe\xff\xd8"),
            lambda: Name("/\x80"),
            lambda: True,
            lambda: pdf.make_stream(b"abc ( <<"),
            lambda: chance.choice(things),
        )
    )()


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_strange_objects_are_read_without_the_safety_net(good, document, seed):
    """a file with objects of the wrong kind in it raises nothing but what the library itself raises."""
    chance = random.Random(seed)  # noqa: S311 - a fault may be foreseen
    with pikepdf.open(io.BytesIO(good)) as pdf:
        things = [one for one in pdf.objects if isinstance(one, Dictionary | Array)]
        for _ in range(chance.choice((1, 2, 5))):
            thing = chance.choice(things)
            places = list(thing.keys()) if isinstance(thing, Dictionary) else range(len(thing))
            if places:
                thing[chance.choice(places)] = _strange(pdf, chance, things)
        try:
            data = _saved(pdf)
        except (RuntimeError, *_LIBRARY_ERRORS):
            return
    kept = handouts.audit._MALFORMED
    handouts.audit._MALFORMED = _LIBRARY_ERRORS
    try:
        audit(data, document if chance.random() < 0.5 else None)
    finally:
        handouts.audit._MALFORMED = kept


def test_a_deep_tree_is_read():
    """elements nested twenty thousand deep are read without recursion."""
    with pikepdf.new() as pdf:
        page = _page(pdf)
        root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        above = root
        for _ in range(20_000):
            below = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Div, P=above, Pg=page))
            above.K = below
            above = below
        pdf.Root.StructTreeRoot = root
        assert "element-empty" in _codes(_saved(pdf))


def test_a_bomb_is_not_unfolded():
    """a few kilobytes that unfold to gigabytes are refused before they fill the memory."""
    with pikepdf.new() as pdf:
        page = _page(pdf)
        packed = zlib.compress(bytes(400_000_000), 1)
        bomb = pikepdf.Stream(pdf, packed)
        bomb.stream_dict.Filter = Name.FlateDecode
        page.Contents = pdf.make_indirect(bomb)
        out = io.BytesIO()
        pdf.save(out, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    assert "unreadable-part" in _codes(out.getvalue())


def test_an_lzw_stream_is_refused_when_large():
    """a filter that the library does not bound is read only when the stream is small."""
    with pikepdf.new() as pdf:
        page = _page(pdf)
        stream = pikepdf.Stream(pdf, bytes(200_000))
        stream.stream_dict.Filter = Array([Name.LZWDecode])
        page.Contents = pdf.make_indirect(stream)
        out = io.BytesIO()
        pdf.save(out, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    assert "unreadable-part" in _codes(out.getvalue())


@pytest.mark.parametrize("times", [1, 40])
def test_forms_that_paint_themselves_come_to_an_end(times):
    """a form that paints itself, once or many times, is cut off."""
    with pikepdf.new() as pdf:
        page = _page(pdf)
        form = pdf.make_stream(b"/F Do " * times + b"%" * 2_000_000, Type=Name.XObject, Subtype=Name.Form)
        form.Resources = Dictionary(XObject=Dictionary(F=form))
        page.Resources = Dictionary(XObject=Dictionary(F=form))
        page.Contents = pdf.make_stream(b"/F Do")
        assert "unreadable-part" in _codes(_saved(pdf))


def test_one_stream_named_often_is_read_within_limits():
    """a page that names one large stream a thousand times is refused, not joined."""
    with pikepdf.new() as pdf:
        page = _page(pdf)
        large = pdf.make_stream(b" " * 1_000_000)
        page.Contents = Array([large] * 1000)
        assert "unreadable-part" in _codes(_saved(pdf))


@pytest.mark.parametrize(
    "content",
    [
        b")" * 500_000,
        b"/A BMC " * 200_000,
        b"q " * 500_000,
        b"BI /F /A85 ID x EI " * 50_000,
        b"BI ID " * 200_000,
        b"[(a)x" * 200_000,
        b"<" * 500_000,
        b"1 " * 500_000,
        b"%" * 500_000,
        b"/A" * 500_000,
        b"0 0 0 0 re W n " * 100_000,
    ],
    ids=lambda content: content[:12].decode(),
)
def test_content_made_to_be_slow_is_not(content):
    """streams that a careless reader takes hours for are read in seconds."""
    with pikepdf.new() as pdf:
        _page(pdf).Contents = pdf.make_stream(content)
        assert "tree-missing" in _codes(_saved(pdf))


def test_names_and_bookmarks_that_go_round_come_to_an_end():
    """loops among names, destinations, roles and bookmarks end."""
    with pikepdf.new() as pdf:
        _page(pdf)
        names = pdf.make_indirect(Dictionary())
        names.Kids = Array([names, names])
        pdf.Root.Names = Dictionary(Dests=names)
        pdf.Root.OpenAction = String("top")
        item = pdf.make_indirect(Dictionary(Title=String("A")))
        item.First = item.Next = item
        pdf.Root.Outlines = Dictionary(First=item)
        tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, RoleMap=Dictionary(A=Name.A)))
        tree.K = tree
        tree.ParentTree = names
        pdf.Root.StructTreeRoot = tree
        codes = _codes(_saved(pdf))
    assert {"outline-broken", "parent-tree-order", "link-target", "tree-element"} <= codes


def test_a_character_map_of_all_codes_is_bounded():
    """a map that claims four thousand million codes is read as far as a font can go."""
    with pikepdf.new() as pdf:
        page = _page(pdf)
        wide = pdf.make_stream(b"beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange")
        font = Dictionary(Type=Name.Font, Subtype=Name.Type0, Encoding=Name("/Identity-H"), ToUnicode=wide)
        page.Resources = Dictionary(Font=Dictionary(F=pdf.make_indirect(font)))
        page.Contents = pdf.make_stream(b"BT /F 9 Tf <00410042> Tj ET")
        assert "font-not-embedded" in _codes(_saved(pdf))


def test_names_from_the_file_cannot_steer_a_terminal(good):
    """control characters in the name of a font or a tag are not handed on."""
    with pikepdf.open(io.BytesIO(good)) as pdf:
        font = next(iter(pdf.pages[0].Resources.Font.values()))
        del font.DescendantFonts[0].FontDescriptor["/FontFile2"]
        font.BaseFont = Name("/A\x1b[2J\u202e")
        told = [one.sentence for one in audit(_saved(pdf)) if one.code == "font-not-embedded"]
    assert told == ["The font A?[2J? is not embedded."]
