"""Files with something that nobody is to see."""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, String

from .tools import MARK, annotated, form_xobject, hostile, image, one_page

_HIDDEN = f"BT /F1 9 Tf 20 100 Td ({MARK}) Tj ET 0 0 10 10 re f".encode()


def layer(pdf, name="Layer", **entries):
    """Return a group of optional content."""
    values = {"Type": Name.OCG, "Name": String(name)} | entries
    return pdf.make_indirect(Dictionary({f"/{key}": value for key, value in values.items()}))


def layered(pdf, off, on=(), **settings):
    """Say which groups there are, and which of them are off."""
    pdf.Root.OCProperties = Dictionary(
        OCGs=Array([*off, *on]), D=Dictionary(OFF=Array(off), Order=Array([*off, *on]))
    )
    for key, value in settings.items():
        pdf.Root.OCProperties.D[f"/{key}"] = value


@hostile("hidden-layer")
def text_on_a_hidden_layer():
    pdf = one_page(b"/OC /L BDC " + _HIDDEN + b" EMC")
    off = layer(pdf)
    pdf.pages[0].obj.Resources.Properties = Dictionary(L=off)
    layered(pdf, [off])
    return pdf


@hostile("hidden-layer")
def hidden_layer_under_an_escaped_name():
    pdf = one_page(b"/O#43 /L BDC " + _HIDDEN + b" EMC")
    off = layer(pdf)
    pdf.pages[0].obj.Resources.Properties = Dictionary(L=off)
    layered(pdf, [off])
    return pdf


@hostile("hidden-layer")
def hidden_layer_across_streams():
    pdf = one_page()
    page = pdf.pages[0].obj
    page.Contents = Array(
        [page.Contents, pdf.make_stream(b"/OC /L BDC"), pdf.make_stream(_HIDDEN), pdf.make_stream(b"EMC")]
    )
    off = layer(pdf)
    page.Resources.Properties = Dictionary(L=off)
    layered(pdf, [off])
    return pdf


@hostile("hidden-layer")
def all_layers_off_by_default():
    pdf = one_page(b"/OC /L BDC " + _HIDDEN + b" EMC")
    off = layer(pdf)
    pdf.pages[0].obj.Resources.Properties = Dictionary(L=off)
    layered(pdf, [], [off], BaseState=Name.OFF)
    return pdf


@hostile("hidden-layer")
def layer_that_is_off_on_screens():
    pdf = one_page(b"/OC /L BDC " + _HIDDEN + b" EMC")
    off = layer(pdf, Usage=Dictionary(View=Dictionary(ViewState=Name.OFF)))
    pdf.pages[0].obj.Resources.Properties = Dictionary(L=off)
    event = Dictionary(Event=Name.View, OCGs=Array([off]), Category=Array([Name.View]))
    layered(pdf, [], [off], AS=Array([event]))
    return pdf


@hostile("hidden-layer")
def memberships_that_hide():
    pdf = one_page(
        b" ".join(b"/OC /L%d BDC %s EMC" % (number, _HIDDEN) for number in range(7)),
    )
    off, on = layer(pdf), layer(pdf)
    both = Array([off, on])
    pdf.pages[0].obj.Resources.Properties = Dictionary(
        L0=Dictionary(Type=Name.OCMD, OCGs=off),
        L1=Dictionary(Type=Name.OCMD, OCGs=both, P=Name.AllOn),
        L2=Dictionary(Type=Name.OCMD, OCGs=both, P=Name.AllOff),
        L3=Dictionary(Type=Name.OCMD, OCGs=on, P=Name.AnyOff),
        L4=Dictionary(Type=Name.OCMD, VE=Array([Name.And, off, on])),
        L5=Dictionary(Type=Name.OCMD, VE=Array([Name.Not, Array([Name.Or, off, on])])),
        L6=Dictionary(Type=Name.OCMD, VE=Array([Name.Not, Array([Name.Xor, off])])),
    )
    layered(pdf, [off], [on])
    return pdf


@hostile("hidden-layer")
def pictures_on_a_hidden_layer():
    pdf = one_page(b"q 50 0 0 50 0 0 cm /I Do Q /A Do /OC /L BDC /B Do EMC")
    off = layer(pdf)
    page = pdf.pages[0].obj
    page.Resources.Properties = Dictionary(L=off)
    page.Resources.XObject = Dictionary(
        I=image(pdf, OC=off, Metadata=pdf.make_stream(MARK.encode())),
        A=form_xobject(pdf, b"(%s) pop" % MARK.encode(), OC=off),
        B=form_xobject(pdf, b"(%s) pop" % MARK.encode()),
    )
    layered(pdf, [off])
    return pdf


@hostile("hidden-layer")
def hidden_layer_inside_forms_and_glyphs():
    pdf = one_page(b"/A Do BT /T3 10 Tf 20 80 Td (a) Tj ET /Pattern cs /P scn 0 0 20 20 re f")
    off = layer(pdf)
    held = Dictionary(Properties=Dictionary(L=off), Font=pdf.pages[0].obj.Resources.Font)
    hidden = b"/OC /L BDC " + _HIDDEN + b" EMC"
    page = pdf.pages[0].obj
    page.Resources.XObject = Dictionary(A=form_xobject(pdf, hidden, Resources=held))
    page.Resources.Font.T3 = pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type3,
            FontBBox=Array([0, 0, 10, 10]),
            FontMatrix=Array([0.1, 0, 0, 0.1, 0, 0]),
            CharProcs=Dictionary(a=pdf.make_stream(b"10 0 d0 " + hidden)),
            Encoding=Dictionary(Differences=Array([97, Name.a])),
            FirstChar=97,
            LastChar=97,
            Widths=Array([10]),
            Resources=held,
        )
    )
    pattern = pdf.make_stream(
        hidden, PatternType=1, PaintType=1, TilingType=1, BBox=Array([0, 0, 9, 9]), XStep=9, YStep=9
    )
    pattern.Resources = held
    page.Resources.Pattern = Dictionary(P=pattern)
    layered(pdf, [off])
    return pdf


@hostile("hidden-layer")
def hidden_layer_that_the_tags_read_aloud():
    pdf = one_page(b"/OC /L BDC /P <</MCID 0 /ActualText (%s)>> BDC %s EMC EMC" % (MARK.encode(), _HIDDEN))
    off = layer(pdf)
    page = pdf.pages[0].obj
    page.Resources.Properties = Dictionary(L=off)
    page.StructParents = 0
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    element = pdf.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name.P, P=root, Pg=page, K=0, Alt=String(MARK))
    )
    root.K = element
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array([0, Array([element])])))
    pdf.Root.StructTreeRoot = root
    layered(pdf, [off])
    return pdf


@hostile("hidden-layer")
def form_that_only_a_hidden_form_draws():
    pdf = one_page(b"/OC /L BDC /A Do EMC /C Do")
    off = layer(pdf)
    page = pdf.pages[0].obj
    page.Resources.Properties = Dictionary(L=off)
    secret = form_xobject(pdf, b"/P <</MCID 0>> BDC (%s) pop EMC" % MARK.encode(), StructParents=0)
    inner = Dictionary(XObject=Dictionary(B=secret))
    page.Resources.XObject = Dictionary(
        A=form_xobject(pdf, b"/B Do", Resources=inner), B=secret, C=form_xobject(pdf)
    )
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    held = Dictionary(Type=Name.MCR, Pg=page, Stm=secret, MCID=0)
    element = pdf.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name.P, P=root, K=held, ActualText=String(MARK))
    )
    root.K = element
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array([0, Array([element])])))
    pdf.Root.StructTreeRoot = root
    layered(pdf, [off])
    return pdf


@hostile("hidden-layer")
def hidden_picture_met_first_as_a_mask():
    pdf = one_page(b"q 50 0 0 50 0 0 cm /A Do Q q 50 0 0 50 60 0 cm /B Do Q")
    off = layer(pdf)
    mask = image(pdf, ColorSpace=Name.DeviceGray, OC=off, Metadata=pdf.make_stream(MARK.encode()))
    mask.write(bytes(4))
    pdf.pages[0].obj.Resources.XObject = Dictionary(A=image(pdf, SMask=mask), B=mask)
    layered(pdf, [off])
    return pdf


@hostile("hidden", "drawn")
def annotations_that_are_hidden():
    pdf = one_page()
    off = layer(pdf)
    secret = Dictionary(N=form_xobject(pdf, b"(%s) pop" % MARK.encode()))
    annotated(pdf, Subtype=Name.Stamp, AP=secret, F=2)
    annotated(pdf, Subtype=Name.Stamp, AP=secret, F=32)
    annotated(pdf, Subtype=Name.FreeText, AP=secret, OC=off, Contents=String(MARK))
    layered(pdf, [off])
    return pdf


@hostile("note", "drawn")
def notes_of_readers():
    pdf = one_page()
    note = annotated(pdf, Subtype=Name.Text, Contents=String(MARK), T=String(MARK))
    annotated(pdf, Subtype=Name.Popup, Parent=note, Contents=String(MARK))
    annotated(
        pdf,
        Subtype=Name.Highlight,
        Contents=String(MARK),
        RC=String(MARK),
        T=String(MARK),
        AP=Dictionary(N=form_xobject(pdf), D=form_xobject(pdf, b"(%s) pop" % MARK.encode())),
    )
    return pdf
