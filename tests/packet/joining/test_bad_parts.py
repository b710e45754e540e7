"""Parts that are damaged, hostile or untagged: a clear answer, and a right result or none."""

from __future__ import annotations

import io
import zlib

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from handouts.audit import audit, earned
from handouts.errors import ForeignError
from handouts.packet import source
from handouts.packet.syntax import parse


def opened(merged):
    return pikepdf.open(io.BytesIO(merged.pdf))


def test_a_wrong_parent_tree_is_built_anew(tools):
    """where the way back from the pages is wrong, the tags themselves decide, and it is told."""

    def change(pdf):
        nums = pdf.Root.StructTreeRoot.ParentTree.Nums
        nums[1], nums[3] = nums[3], nums[1]

    damaged = tools.small("One", change=change)
    assert tools.astray(damaged)[1] != []
    whole = tools.join(damaged, tools.small("Two"))
    assert tools.astray(whole.pdf) == (4, [])
    assert [note for note in whole.notes if "a.pdf" in note and "built anew" in note]
    assert not [note for note in whole.notes if "b.pdf" in note]


def test_a_missing_parent_tree_is_built_anew(tools):
    """a file whose pages do not lead to their tags at all gets that way."""

    def change(pdf):
        del pdf.Root.StructTreeRoot.ParentTree
        for page in pdf.pages:
            del page.obj.StructParents

    whole = tools.join(tools.small("One", change=change))
    assert tools.astray(whole.pdf) == (2, [])


def test_a_tree_that_leads_round_is_cut(tools):
    """an element that holds its own parent is read once, and withdraws the claim."""

    def change(pdf):
        top = pdf.Root.StructTreeRoot.K
        top.K[0].K.append(top)
        top.K[1].K.append(top.K[0])

    whole = tools.join(tools.small("One", change=change))
    assert tools.spoken(whole.pdf) == ["One 1", "One 2"]
    assert whole.claims == frozenset()
    assert any("reached twice were cut once: 2." in note for note in whole.notes)


def test_a_deep_tree_is_read(tools):
    """a tree of 3,000 levels is joined as it is."""

    def change(pdf):
        above = pdf.Root.StructTreeRoot.K
        for _ in range(3000):
            above.K.append(pdf.make_indirect(Dictionary(S=Name.Div, P=above, K=Array())))
            above = above.K[len(above.K) - 1]

    with opened(tools.join(tools.small("One", change=change), tools.small("Two"))) as pdf:
        depth, one = 0, pdf.Root.StructTreeRoot.K[0].K[0].K[3]
        while "/K" in one:
            depth, one = depth + 1, one.K
        assert depth == 2999


def test_deep_outlines_and_long_chains_are_read(tools):
    """bookmarks in 3,000 levels, and objects that lead to one another 3,000 times, do not end in a crash."""

    def change(pdf):
        mark = pdf.Root.Outlines.First
        held = Dictionary(End=1)
        for _ in range(3000):
            new = Dictionary(Title=String("x"), Parent=mark, Dest=Array([pdf.pages[0].obj, Name.Fit]))
            mark.First = mark.Last = pdf.make_indirect(new)
            mark = mark.First
            held = pdf.make_indirect(Dictionary(Next=held))
        pdf.pages[0].obj.Resources.Odd = held

    with opened(tools.join(tools.small("One", change=change))) as pdf:
        depth, mark = 0, pdf.Root.Outlines.First
        while "/First" in mark:
            depth, mark = depth + 1, mark.First
        assert depth == 3001
        steps, held = 0, pdf.pages[0].obj.Resources.Odd
        while "/Next" in held:
            steps, held = steps + 1, held.Next
        assert steps == 3000


def test_outlines_that_lead_round_are_cut(tools):
    """a bookmark that comes again is left out, and one that leads nowhere too."""

    def change(pdf):
        mark = pdf.Root.Outlines.First
        lost = pdf.make_indirect(Dictionary(Title=String("lost"), Dest=String("nowhere"), Next=mark))
        mark.First, mark.Next = mark, lost

    with opened(tools.join(tools.small("One", change=change))) as pdf, pdf.open_outline() as outline:
        assert [(one.title, [kid.title for kid in one.children]) for one in outline.root] == [
            ("All of One", ["One inside"])
        ]


def test_loops_among_resources_are_kept(tools):
    """forms that draw one another, which no viewer follows for ever, are copied as they are."""

    def change(pdf):
        one = pdf.make_stream(b"/B Do", Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
        two = pdf.make_stream(b"/A Do", Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
        one.Resources = Dictionary(XObject=Dictionary(B=two))
        two.Resources = Dictionary(XObject=Dictionary(A=one))
        pdf.pages[0].obj.Resources.XObject = Dictionary(A=one)

    with opened(tools.join(tools.small("One", change=change), tools.small("Two", change=change))) as pdf:
        one = pdf.pages[0].obj.Resources.XObject.A
        assert one.Resources.XObject.B.Resources.XObject.A.objgen == one.objgen


def test_strange_marks_are_left_out(tools):
    """numbers that are too large or claimed twice, and things that are no tags, are left out and told."""

    def change(pdf):
        tip = pdf.Root.StructTreeRoot.K.K[0]
        tip.K = Array([0, 0, 2_000_000_000, -4, Dictionary(Odd=1), Name.Odd, None])

    whole = tools.join(tools.small("One", change=change))
    assert tools.spoken(whole.pdf) == ["One 1", "One 2"]
    assert whole.claims == frozenset()
    assert len([note for note in whole.notes if "left" in note]) == 3


def test_marks_in_a_form_are_kept(tools):
    """content that is marked inside a form stays tied to its tag, though another part has the same form."""

    def change(pdf):
        page = pdf.pages[0].obj
        form = pdf.make_stream(
            b"/P <</MCID 0>> BDC BT /F1 12 Tf 72 500 Td (In a form) Tj ET EMC",
            Subtype=Name.Form,
            BBox=Array([0, 0, 612, 792]),
            Resources=page.Resources,
            StructParents=7,
        )
        page.Resources = Dictionary(Font=page.Resources.Font, XObject=Dictionary(A=form))
        page.Contents = Array([page.Contents, pdf.make_stream(b"/A Do")])
        held = Dictionary(Type=Name.MCR, Pg=page, Stm=form, MCID=0)
        top = pdf.Root.StructTreeRoot.K
        top.K.append(pdf.make_indirect(Dictionary(S=Name.P, P=top, K=held)))

    part = tools.small("One", change=change)
    with opened(tools.join(part, part)) as pdf:
        parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        forms = [pdf.pages[number].obj.Resources.XObject.A for number in (0, 2)]
        assert forms[0].objgen != forms[1].objgen
        for form in forms:
            (element,) = parents[int(form.StructParents)]
            assert element.K.Stm.objgen == form.objgen
            assert element.K.Pg.objgen in {pdf.pages[0].obj.objgen, pdf.pages[2].obj.objgen}


def test_a_picture_that_is_held_whole_stays_tied(tools):
    """an element that holds a picture as an object still does, and the picture leads back to it."""

    def change(pdf):
        page, top = pdf.pages[0].obj, pdf.Root.StructTreeRoot.K
        dot = pdf.make_stream(b"\0", Subtype=Name.Image, Width=1, Height=1, StructParent=9)
        page.Resources = Dictionary(Font=page.Resources.Font, XObject=Dictionary(Dot=dot))
        held = Dictionary(Type=Name.OBJR, Pg=page, Obj=dot)
        top.K.append(pdf.make_indirect(Dictionary(S=Name.Figure, P=top, Alt=String("A dot"), K=held)))

    with opened(tools.join(tools.small("One"), tools.small("Two", change=change))) as pdf:
        dot = pdf.pages[2].obj.Resources.XObject.Dot
        element = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)[int(dot.StructParent)]
        assert (str(element.S), element.K.Obj.objgen) == ("/Figure", dot.objgen)


def test_other_generations_of_objects_are_found(tools):
    """an old file whose references have a generation is read."""
    old = tools.small("One", pages=1, tagged=False)
    with pikepdf.open(io.BytesIO(old)) as pdf:
        out = io.BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable, static_id=True)
    text = out.getvalue()
    number = text.split(b"/F1 ")[1].split(b" ")[0]
    text = text.replace(b"/F1 %b 0 R" % number, b"/F1 %b 3 R" % number)
    text = text.replace(b"\n%b 0 obj" % number, b"\n%b 3 obj" % number)
    head, table = text.split(b"\nxref\n")
    rows = table.split(b"\n")
    rows[1 + int(number)] = rows[1 + int(number)].replace(b" 00000 n", b" 00003 n")
    whole = tools.join(head + b"\nxref\n" + b"\n".join(rows))
    with opened(whole) as pdf:
        assert str(pdf.pages[0].obj.Resources.Font.F1.BaseFont) == "/Helvetica"


def test_streams_that_end_in_a_return_stay_whole(tools):
    """data whose last byte is a return are not taken for one byte shorter, as PDF/A wants it."""
    data = next(
        packed
        for packed in (zlib.compress(b"0 0 1 1 re f %" + b"a" * number) for number in range(256))
        if packed.endswith(b"\r")
    )

    def change(pdf):
        pdf.pages[0].obj.Contents = Array(
            [pdf.pages[0].obj.Contents, pikepdf.Stream(pdf, data, Filter=Name.FlateDecode)]
        )

    source = tools.small("One", change=change)
    whole = tools.join(source)
    assert data in source
    assert data + b"\r\nendstream" in whole.pdf
    assert whole.pdf.count(b"\nendstream") == whole.pdf.count(b"\r\nendstream") > 5


def test_untagged_pages_with_a_text_are_pictures(tools):
    """each page of an untagged file becomes a figure that says the text, and its links have tags."""
    whole = tools.join(tools.small("Map", tagged=False), alt="The way to us")
    assert tools.spoken(whole.pdf) == [
        "Map 1",
        "The way to us (1/2)",
        "Map 2",
        "The way to us (2/2)",
    ]
    assert tools.astray(whole.pdf) == (2, [])
    assert tools.leads(whole.pdf) == [(0, 1)]
    with opened(whole) as pdf:
        figure, link, _ = pdf.Root.StructTreeRoot.K[0].K[0].K
        assert [float(one) for one in figure.A.BBox] == [0, 0, 612, 792]
        assert (str(link.S), str(link.Alt)) == ("/Link", "All of Map")
        assert link.K.Obj.objgen == pdf.pages[0].obj.Annots[0].objgen
    told = {defect.code for defect in audit(whole.pdf) if defect.severity == "defect"}
    assert told <= {"font-not-embedded", "font-no-unicode"}
    assert any("read aloud as a picture" in note for note in whole.notes)


def test_untagged_pages_without_a_text_claim_nothing(tools):
    """the report and the metadata say plainly that the whole does not claim to be accessible."""
    whole = tools.join(tools.small("Map", tagged=False), earns=frozenset())
    assert whole.claims == frozenset()
    assert earned(whole.pdf) == frozenset()
    assert any("does not claim to be accessible" in note for note in whole.notes)
    with opened(whole) as pdf:
        assert b"does not claim to be accessible" in pdf.Root.Metadata.read_bytes()


def test_old_marks_of_untagged_pages_are_gone(tools):
    """marks that belong to no tree any more do not get in the way, on the page or in a form; layers stay."""

    def change(pdf):
        page = pdf.pages[0].obj
        form = pdf.make_stream(
            b"/P <</MCID 4>> BDC 0 0 5 5 re f EMC", Subtype=Name.Form, BBox=Array([0, 0, 9, 9])
        )
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("all")))
        page.Resources = Dictionary(
            Font=page.Resources.Font,
            XObject=Dictionary(A=form),
            Properties=Dictionary(Layer=layer),
        )
        old = b"/P <</MCID 0>> BDC BT /F1 9 Tf (a EMC b) Tj ET EMC EMC "
        old += b"/OC /Layer BDC /A Do /X MP EMC q q /P BMC"
        page.Contents = pdf.make_stream(old)

    part = tools.small("Map", tagged=False, change=change)
    whole = tools.join(part, alt="The way")
    with opened(whole) as pdf:
        page = pdf.pages[0].obj
        data = b"\n".join(stream.read_bytes() for stream in page.Contents)
        assert (data.count(b"BDC"), data.count(b"BMC"), data.count(b" MP")) == (2, 0, 0)
        assert data.replace(b"a EMC b", b"").count(b"EMC") == 2
        assert b"BDC" not in page.Resources.XObject.A.read_bytes()
    assert tools.pictures(whole.pdf) == tools.pictures(part)
    marks = [defect for defect in audit(whole.pdf) if defect.code.startswith("mark-")]
    assert marks == []


def test_hidden_layers_stay_hidden(tools):
    """layers that are off in one part are off in the whole, though another part has one of that name."""

    def change(pdf):
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("notes")))
        page = pdf.pages[0].obj
        page.Resources = Dictionary(Font=page.Resources.Font, Properties=Dictionary(Layer=layer))
        shown = page.Contents.read_bytes() + b" /OC /Layer BDC 0 0 300 300 re f EMC"
        page.Contents = pdf.make_stream(shown)
        pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary())

    def hide(pdf):
        change(pdf)
        pdf.Root.OCProperties.D.OFF = pdf.Root.OCProperties.OCGs

    parts = [tools.small("One", change=change), tools.small("Two", change=hide)]
    whole = tools.join(*parts)
    pictures = [picture for part in parts for picture in tools.pictures(part)]
    assert pictures[0] != pictures[2]
    assert tools.pictures(whole.pdf) == pictures


@pytest.mark.parametrize("pages", [1, 64, 65, 200])
def test_any_number_of_pages(tools, pages):
    """a part of any length keeps all its pages, in order."""
    pdf = pikepdf.new()
    for number in range(pages):
        pdf.add_blank_page(page_size=(100 + number, 100))
    with opened(tools.join(tools.saved(pdf), tools.small("One"))) as whole:
        assert [int(page.mediabox[2]) for page in whole.pages] == [*range(100, 100 + pages), 612, 612]


def test_what_pages_inherit_comes_along(tools):
    """size, turn and resources that a page has from above are its own in the whole."""

    def change(pdf):
        above = pdf.Root.Pages
        above.MediaBox, above.Rotate, above.Resources = (
            Array([0, 0, 300, 400]),
            90,
            pdf.pages[0].obj.Resources,
        )
        for page in pdf.pages:
            del page.obj.MediaBox, page.obj.Resources

    part = tools.small("One", change=change)
    assert tools.pictures(tools.join(part).pdf) == tools.pictures(part)


def test_wild_numbers_of_content_are_refused(tools):
    """a small file whose marks have high numbers on many pages cannot fill the memory."""

    def change(pdf):
        for tip in list(pdf.Root.StructTreeRoot.K.K)[:-1]:
            tip.K = Array([99_999])

    with pytest.raises(ForeignError, match="too many"):
        tools.join(tools.small("One", pages=60, change=change))


def test_long_files_are_read_once(tools, monkeypatch):
    """twice as many pages are twice as much to read: nothing large is read again for each page."""
    read = []
    monkeypatch.setattr(source, "parse", lambda body: read.append(len(body)) or parse(body))
    amounts = []
    for pages in (100, 200):
        read.clear()
        tools.join(tools.small("One", pages=pages))
        amounts.append(sum(read))
    assert 1.8 < amounts[1] / amounts[0] < 2.2
