"""Links, bookmarks, and things that act."""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, String

from .tools import annotate, elements, first, links, plants


@plants("link-untied")
def link_in_no_element(pdf):
    for one in elements(pdf, "Link"):
        one.K = Array([kid for kid in one.K if not isinstance(kid, Dictionary) or kid.Type != "/OBJR"])


@plants("link-untied")
def link_key_missing(pdf):
    del links(pdf)[0]["/StructParent"]


@plants("link-untied")
def link_key_of_another(pdf):
    links(pdf)[0].StructParent = links(pdf)[1].StructParent


@plants("link-untied")
def link_in_a_paragraph(pdf):
    first(pdf, "Link").S = Name.Span


@plants("link-untied")
def link_annotation_gone(pdf):
    pdf.pages[0].Annots = Array(list(pdf.pages[0].Annots)[1:])


@plants("link-contents")
def link_description_missing(pdf):
    del links(pdf)[0]["/Contents"]


@plants("link-rectangle")
def link_off_the_page(pdf):
    links(pdf)[0].Rect = Array([0, 900, 100, 920])


@plants("link-rectangle")
def link_without_size(pdf):
    links(pdf)[0].Rect = Array([100, 100, 100, 100])


@plants("link-target")
def link_to_a_page_that_is_gone(pdf):
    link = next(one for one in links(pdf) if "/Dest" in one)
    link.Dest = Array([pdf.make_indirect(Dictionary(Type=Name.Page)), Name.Fit])


@plants("link-target")
def link_to_an_unknown_name(pdf):
    next(one for one in links(pdf) if "/Dest" in one).Dest = String("nowhere")


@plants("link-target")
def link_leads_nowhere(pdf):
    del next(one for one in links(pdf) if "/Dest" in one)["/Dest"]


@plants("link-target")
def file_opens_nowhere(pdf):
    pdf.Root.OpenAction = String("nowhere")


@plants("link-scheme")
def link_to_a_script(pdf):
    next(one for one in links(pdf) if "/A" in one).A.URI = String("javascript:alert(1)")


@plants("link-scheme")
def link_to_a_file(pdf):
    next(one for one in links(pdf) if "/A" in one).A.URI = String("file:///etc/passwd")


@plants("link-lost")
def link_to_another_address(pdf):
    next(one for one in links(pdf) if "/A" in one).A.URI = String("https://www.example.org/knee")


@plants("annotation-type")
def note_added(pdf):
    annotate(pdf, Subtype=Name.Text, Contents=String("A note"))


@plants("annotation-flags")
def link_hidden(pdf):
    links(pdf)[0].F = 6


@plants("annotation-flags")
def link_does_not_print(pdf):
    links(pdf)[0].F = 0


@plants("active-content")
def script_on_opening(pdf):
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


@plants("active-content")
def script_by_name(pdf):
    script = pdf.make_indirect(Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")))
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script])))


@plants("active-content")
def program_started_by_a_link(pdf):
    next(one for one in links(pdf) if "/A" in one).A = Dictionary(S=Name.Launch, F=String("calc.exe"))


@plants("active-content")
def script_behind_a_link(pdf):
    next(one for one in links(pdf) if "/A" in one).A.Next = Array([Dictionary(S=Name.JavaScript)])


@plants("active-content")
def actions_without_end(pdf):
    link = next(one for one in links(pdf) if "/A" in one)
    link.A = pdf.make_indirect(link.A)
    link.A.Next = link.A


@plants("active-content")
def page_with_actions(pdf):
    pdf.pages[0].AA = Dictionary(O=Dictionary(S=Name.Named, N=Name.Print))


@plants("active-content")
def film_on_the_page(pdf):
    annotate(pdf, Subtype=Name.RichMedia)


@plants("active-content")
def bookmark_with_a_script(pdf):
    bookmark = pdf.Root.Outlines.First
    del bookmark["/Dest"]
    bookmark.A = Dictionary(S=Name.JavaScript)


@plants("active-content")
def form_sent_from_somewhere(pdf):
    pdf.Root.Strange = pdf.make_indirect(Dictionary(S=Name.SubmitForm))


@plants("active-content")
def script_deep_in_a_page(pdf):
    step = Dictionary(Type=Name.NavNode, NA=Dictionary(S=Name.JavaScript))
    pdf.pages[0].PresSteps = Dictionary(Type=Name.NavNode, Next=Array([step]))


@plants("active-content")
def film_played_by_an_action(pdf):
    pdf.Root.Strange = pdf.make_indirect(Dictionary(Type=Name.Action, S=Name.Movie, T=String("a")))


@plants("active-content")
def stream_outside_the_file(pdf):
    pdf.Root.Strange = pdf.make_stream(b"", F=String("https://example.org/a.jpg"))


@plants("active-content")
def picture_fetched_by_the_printer(pdf):
    servers = Dictionary({"/2.0": Dictionary(F=String("a.tif"))})
    pdf.Root.Strange = pdf.make_stream(b"", Subtype=Name.Image, OPI=servers)


@plants("active-content")
def program_for_a_printer(pdf):
    pdf.Root.Strange = pdf.make_stream(b"showpage", Subtype=Name.PS)


@plants("embedded-file")
def file_attached(pdf):
    pdf.attachments["notes.txt"] = b"notes"


@plants("embedded-file")
def file_attached_to_a_note(pdf):
    annotate(pdf, Subtype=Name.FileAttachment)


@plants("embedded-file")
def file_hidden_in_an_object(pdf):
    pdf.Root.Strange = pdf.make_indirect(Dictionary(EF=Dictionary(F=pdf.make_stream(b"notes"))))


@plants("form")
def form_added(pdf):
    field = pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("name")))
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))


@plants("form")
def field_on_the_page(pdf):
    annotate(pdf, Subtype=Name.Widget, FT=Name.Tx)
    pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.pages[0].Annots[-1]]))


@plants("hidden-layer")
def layer_switched_off(pdf):
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("secret")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))


@plants("outline-missing")
def bookmarks_missing(pdf):
    del pdf.Root.Outlines


@plants("outline-target")
def bookmark_to_nowhere(pdf):
    pdf.Root.Outlines.First.Dest = String("nowhere")


@plants("outline-target")
def bookmark_without_target(pdf):
    del pdf.Root.Outlines.First["/Dest"]


@plants("outline-broken")
def bookmarks_go_round(pdf):
    pdf.Root.Outlines.First.Next = pdf.Root.Outlines.First


@plants("outline-broken")
def bookmark_without_title(pdf):
    pdf.Root.Outlines.First.Title = String("")
