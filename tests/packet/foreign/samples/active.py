"""Files that do something: scripts, actions, forms, media, files inside files."""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, NameTree, String

from .tools import MARK, annotated, embedded, form_xobject, hostile, one_page, saved, script


@hostile("opening", "script")
def script_on_opening():
    pdf = one_page()
    pdf.Root.OpenAction = script()
    return pdf


@hostile("script")
def script_by_name():
    pdf = one_page()
    names = NameTree.new(pdf)
    names["start"] = script()
    pdf.Root.Names = Dictionary(JavaScript=names.obj)
    return pdf


@hostile("script")
def script_in_an_escaped_name():
    return saved(script_by_name()).replace(b"/JavaScript", b"/Java#53cript").replace(b"/JS", b"/J#53")


@hostile("action")
def actions_of_page_and_file():
    pdf = one_page(AA=Dictionary(O=script(), C=script()))
    pdf.Root.AA = Dictionary(WC=script(), DP=script())
    return pdf


@hostile("action")
def actions_of_the_page_tree():
    pdf = one_page()
    pdf.Root.Pages.AA = Dictionary(O=script())
    pdf.Root.Pages.PieceInfo = Dictionary(X=Dictionary(Private=String(MARK)))
    pdf.pages[0].obj.AA = Dictionary(O=script())
    return pdf


@hostile("script")
def link_that_runs_a_script():
    pdf = one_page()
    annotated(pdf, Subtype=Name.Link, A=script(), AA=Dictionary(E=script()), PA=script())
    return pdf


@hostile("action")
def link_that_starts_a_program():
    pdf = one_page()
    annotated(
        pdf,
        Subtype=Name.Link,
        A=Dictionary(S=Name.Launch, F=String(f"{MARK}.exe"), Win=Dictionary(F=String(MARK), P=String("/c"))),
    )
    return pdf


@hostile("action")
def link_into_another_file():
    pdf = one_page()
    annotated(pdf, Subtype=Name.Link, A=Dictionary(S=Name.GoToR, F=String(MARK), D=Array([0, Name.Fit])))
    annotated(pdf, Subtype=Name.Link, A=Dictionary(S=Name.GoToE, T=Dictionary(R=Name.C, N=String(MARK))))
    annotated(pdf, Subtype=Name.Link, A=Dictionary(S=Name.Thread, D=0, F=String(MARK)))
    return pdf


@hostile("link")
def link_with_a_strange_address():
    pdf = one_page()
    for address in (
        f"file:///c:/{MARK}",
        f"\tJavaScript:alert('{MARK}')",
        f"smb://{MARK}/x",
        f"data:text/html,{MARK}",
        f"ht\ntps://{MARK}",
        f"{MARK}.html",
        f"\\\\{MARK}\\share",
    ):
        annotated(pdf, Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String(address)))
    annotated(pdf, Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=Array([String(MARK)])))
    pdf.Root.URI = Dictionary(Base=String(f"file://{MARK}/"))
    return pdf


@hostile("script", "action")
def good_link_with_a_bad_one_after_it():
    pdf = one_page()
    launch = Dictionary(S=Name.Launch, F=String(MARK))
    after = pdf.make_indirect(script())
    after.Next = Array([launch, after])
    annotated(pdf, Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String("https://example.org"), Next=after))
    return pdf


@hostile("action", "form")
def buttons_that_send_and_fetch():
    pdf = one_page()
    look = Dictionary(N=form_xobject(pdf))
    fields = [
        annotated(pdf, Subtype=Name.Widget, FT=Name.Btn, Ff=65536, T=String(MARK), AP=look, A=action)
        for action in (
            Dictionary(S=Name.SubmitForm, F=Dictionary(FS=Name.URL, F=String(f"https://{MARK}"))),
            Dictionary(S=Name.ImportData, F=String(MARK)),
            Dictionary(S=Name.ResetForm),
            Dictionary(S=Name.Hide, T=String(MARK)),
            Dictionary(S=Name.Named, N=Name.Print),
        )
    ]
    pdf.Root.AcroForm = Dictionary(Fields=Array(fields))
    return pdf


@hostile("form", "script")
def field_with_scripts():
    pdf = one_page()
    field = annotated(
        pdf,
        Subtype=Name.Widget,
        FT=Name.Tx,
        T=String(MARK),
        V=String(MARK),
        DV=String(MARK),
        AA=Dictionary(K=script(), F=script(), V=script(), C=script()),
        AP=Dictionary(N=form_xobject(pdf)),
        MK=Dictionary(CA=String(MARK)),
    )
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), CO=Array([field]), DR=Dictionary())
    return pdf


@hostile("form", "xfa")
def second_form_in_xml():
    pdf = one_page()
    packet = pdf.make_stream(f"<xdp><script>{MARK}</script></xdp>".encode())
    field = annotated(pdf, Subtype=Name.Widget, FT=Name.Tx, T=String("a"))
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), XFA=Array([String("template"), packet]))
    return pdf


@hostile("signature")
def signed_file():
    pdf = one_page()
    value = pdf.make_indirect(
        Dictionary(Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), Contents=String(MARK), Name=String(MARK))
    )
    field = annotated(
        pdf, Subtype=Name.Widget, FT=Name.Sig, T=String("s"), V=value, AP=Dictionary(N=form_xobject(pdf))
    )
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), SigFlags=3)
    pdf.Root.Perms = Dictionary(DocMDP=value)
    pdf.Root.DSS = Dictionary(Certs=Array([pdf.make_stream(MARK.encode())]))
    return pdf


@hostile("embedded")
def file_by_name():
    pdf = one_page()
    names = NameTree.new(pdf)
    names["a"] = embedded(pdf)
    pdf.Root.Names = Dictionary(EmbeddedFiles=names.obj)
    return pdf


@hostile("embedded")
def file_at_a_pin():
    pdf = one_page()
    annotated(pdf, Subtype=Name.FileAttachment, FS=embedded(pdf), Contents=String(MARK))
    return pdf


@hostile("embedded")
def files_associated_everywhere():
    pdf = one_page(b"/A Do /Span /P0 BDC EMC")
    files = Array([embedded(pdf)])
    pdf.Root.AF = files
    page = pdf.pages[0].obj
    page.AF = files
    form = form_xobject(pdf, AF=files)
    page.Resources.XObject = Dictionary(A=form)
    page.Resources.Properties = Dictionary(P0=Dictionary(MCAF=files, Lang=String("en")))
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, AF=files))
    root.K = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=root, AF=files))
    pdf.Root.StructTreeRoot = root
    return pdf


@hostile("embedded")
def portfolio():
    pdf = file_by_name()
    pdf.Root.Collection = Dictionary(Type=Name.Collection, View=Name.D, Schema=Dictionary(X=String(MARK)))
    return pdf


@hostile("media")
def films_and_sounds():
    pdf = one_page()
    sound = pdf.make_stream(MARK.encode(), Type=Name.Sound, R=8000)
    annotated(pdf, Subtype=Name.Movie, Movie=Dictionary(F=embedded(pdf)), A=True)
    annotated(pdf, Subtype=Name.Sound, Sound=sound)
    annotated(pdf, Subtype=Name.Link, A=Dictionary(S=Name.Sound, Sound=sound))
    annotated(pdf, Subtype=Name.Screen, A=Dictionary(S=Name.Rendition, JS=String(MARK), OP=0))
    return pdf


@hostile("media")
def rich_media_and_models():
    pdf = one_page()
    look = Dictionary(N=form_xobject(pdf))
    assets = Dictionary(Assets=Dictionary(Names=Array([String("a.swf"), embedded(pdf)])))
    annotated(pdf, Subtype=Name.RichMedia, RichMediaContent=assets, RichMediaSettings=Dictionary(), AP=look)
    model = pdf.make_stream(MARK.encode(), Type=Name("/3D"), Subtype=Name.U3D, OnInstantiate=script())
    annotated(pdf, Subtype=Name("/3D"), AP=look, **{"3DD": model})
    return pdf


@hostile("script")
def bookmark_that_runs_a_script():
    pdf = one_page()
    top = pdf.make_indirect(Dictionary(Type=Name.Outlines))
    item = pdf.make_indirect(Dictionary(Title=String("Start"), Parent=top, A=script(), AA=script()))
    top.First = top.Last = item
    pdf.Root.Outlines = top
    return pdf


@hostile("media", "opening")
def presentation():
    pdf = one_page(
        Trans=Dictionary(S=Name.Fly),
        Dur=3,
        PresSteps=Dictionary(Type=Name.NavNode, NA=script(), PA=script()),
    )
    names = NameTree.new(pdf)
    names["a"] = Dictionary(S=Name.MR, N=String(MARK))
    pdf.Root.Names = Dictionary(Renditions=names.obj)
    return pdf


@hostile("script")
def one_object_in_two_roles():
    pdf = one_page()
    both = pdf.pages[0].obj.Resources.Font.F1
    both.S = Name.JavaScript
    both.JS = String(MARK)
    annotated(pdf, Subtype=Name.Link, A=both)
    return pdf


@hostile()
def page_that_is_its_own_link():
    pdf = one_page()
    page = pdf.pages[0].obj
    page.Annots = Array([page])
    page.AA = Dictionary(O=script())
    return pdf
