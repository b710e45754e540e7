"""Marked content, the structure tree, the parent tree."""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name

from .tools import edit, elements, first, numbers, plants


@plants("content-broken")
def stray_parenthesis(pdf):
    edit(pdf, rb"$", rb"\n)")


@plants("content-broken")
def graphics_state_unbalanced(pdf):
    edit(pdf, rb"\nQ\n", rb"\nQ\nQ\n")


@plants("content-broken")
def text_object_never_begun(pdf):
    edit(pdf, rb"BT ", rb"")


@plants("content-unmarked")
def text_unmarked(pdf):
    edit(pdf, rb"/H1 <</MCID \d+>> BDC", rb"/H1 BMC")


@plants("content-unmarked")
def drawing_unmarked(pdf):
    edit(pdf, rb"$", rb"\n10 10 m 20 20 l S")


@plants("content-unmarked")
def inline_image_unmarked(pdf):
    edit(pdf, rb"$", rb"\nBI /W 1 /H 1 /CS /G /BPC 8 ID A EI")


@plants("mark-nested")
def artifact_in_a_heading(pdf):
    edit(pdf, rb"(/H1 <</MCID \d+>> BDC)", rb"\1 /Artifact BMC EMC")


@plants("mark-nested")
def heading_in_an_artifact(pdf):
    edit(pdf, rb"(/H1 <</MCID \d+>> BDC.*?EMC)", rb"/Artifact BMC \1 EMC")


@plants("mark-crosses-text")
def mark_ends_inside_text(pdf):
    edit(pdf, rb"(/H1 <<.*?)\nET\nEMC", rb"\1\nEMC\nET")


@plants("mark-crosses-text")
def mark_begins_inside_text(pdf):
    edit(pdf, rb"(/H1 <<[^>]*>> BDC)\n(BT [^\n]*)", rb"\2\n\1")


@plants("mark-unbalanced")
def mark_never_closed(pdf):
    edit(pdf, rb"EMC\s*$", rb"")


@plants("mark-unbalanced")
def mark_closed_twice(pdf):
    edit(pdf, rb"$", rb"\nEMC")


@plants("mark-twice")
def number_used_twice(pdf):
    edit(pdf, rb"/MCID 2>>", rb"/MCID 1>>")


@plants("mark-homeless")
def content_without_element(pdf):
    del first(pdf, "H1")["/K"]


@plants("mark-missing")
def element_without_content(pdf):
    heading = first(pdf, "H1")
    heading.K = Array([*heading.K, 900])


@plants("mark-claimed-twice")
def content_of_two_elements(pdf):
    heading, page = first(pdf, "H1"), pdf.pages[0].obj
    other = next(one for one in elements(pdf, "P") if one.get("/Pg") == page)
    other.K = Array([*other.K, heading.K[0]])


@plants("mark-tag")
def mark_with_another_tag(pdf):
    edit(pdf, rb"/H1 <<", rb"/P <<")


@plants("artifact-text")
def heading_silent(pdf):
    edit(pdf, rb"/H1 <</MCID \d+>> BDC", rb"/Artifact BMC")


@plants("artifact-text", foreign=True, warning=True)
def heading_silent_in_a_foreign_file(pdf):
    edit(pdf, rb"/H1 <</MCID \d+>> BDC", rb"/Artifact <</Type /Layout>> BDC")


@plants("text-differs")
def heading_silent_as_furniture(pdf):
    edit(pdf, rb"/H1 <</MCID \d+>> BDC", rb"/Artifact <</Type /Pagination>> BDC")


@plants("tree-missing")
def tree_missing(pdf):
    del pdf.Root.StructTreeRoot


@plants("tree-loop")
def tree_loop(pdf):
    section = first(pdf, "Sect")
    section.K = Array([*section.K, pdf.Root.StructTreeRoot.K])


@plants("tree-parent")
def parent_wrong(pdf):
    first(pdf, "H1").P = first(pdf, "Sect")


@plants("tree-element")
def tree_with_a_stranger(pdf):
    section = first(pdf, "Sect")
    section.K = Array([*section.K, Dictionary(Type=Name.Page)])


@plants("tree-element")
def element_inside_its_parent(pdf):
    section = first(pdf, "Sect")
    section.K = Array([Dictionary(section.K[0]), *list(section.K)[1:]])


@plants("parent-tree-order")
def parent_tree_unsorted(pdf):
    flat = list(numbers(pdf))
    pdf.Root.StructTreeRoot.ParentTree.Nums = Array([*flat[2:], *flat[:2]])


@plants("parent-tree-order")
def parent_tree_loop(pdf):
    tree = pdf.Root.StructTreeRoot.ParentTree
    tree.Kids = Array([tree])


@plants("parent-tree-key")
def next_key_taken(pdf):
    pdf.Root.StructTreeRoot.ParentTreeNextKey = 1


@plants("parent-tree-wrong")
def parent_tree_entries_swapped(pdf):
    entries = numbers(pdf)[1]
    entries[0], entries[1] = entries[1], entries[0]


@plants("parent-tree-wrong")
def parent_tree_off_by_one(pdf):
    entries = list(numbers(pdf)[1])
    numbers(pdf)[1] = Array([entries[0], *entries[:-1]])


@plants("parent-tree-wrong")
def parent_tree_too_short(pdf):
    numbers(pdf)[1] = Array(list(numbers(pdf)[1])[:-1])


@plants("parent-tree-wrong")
def two_pages_with_one_key(pdf):
    pdf.pages[1].StructParents = pdf.pages[0].StructParents


@plants("parent-tree-extra")
def parent_tree_too_long(pdf):
    numbers(pdf)[1] = Array([*numbers(pdf)[1], first(pdf, "H1")])


@plants("parent-tree-extra", warning=True)
def parent_tree_with_a_stray_key(pdf):
    flat = list(numbers(pdf))
    pdf.Root.StructTreeRoot.ParentTree.Nums = Array([*flat, 500, first(pdf, "H1")])
    pdf.Root.StructTreeRoot.ParentTreeNextKey = 501


@plants("role-unknown")
def tag_unknown(pdf):
    first(pdf, "H1").S = Name.Headline


@plants("role-loop")
def role_map_goes_round(pdf):
    first(pdf, "H1").S = Name.Headline
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(Headline=Name.Banner, Banner=Name.Headline)


@plants("role-loop")
def standard_tag_mapped(pdf):
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(P=Name.H1)
