"""The checks of a merged file: a good one passes, and each damaged one fails the check that is for it."""

from __future__ import annotations

import io
import warnings
from datetime import date

import pikepdf
import pypdf
import pytest
from pikepdf import Array, Name, String

from handouts.packet import Part, merge

from ..audit.sample_pdf import sample
from . import checks


def _changed(data, change):
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def _other(pdf):
    """Make another file of the sample: another language, another picture, a role of the same name."""
    pdf.Root.Lang = String("es")
    pdf.Root.StructTreeRoot.RoleMap = pikepdf.Dictionary(Headline=Name.H2)
    content = pdf.pages[0].Contents.read_bytes()
    pdf.pages[0].Contents = pdf.make_stream(content.replace(b"10 10 m 20 20 l", b"10 10 m 90 90 l"))


@pytest.fixture(scope="module")
def inputs() -> list[bytes]:
    """Return two tagged files that name the same destination and the same role."""
    return [sample(), _changed(sample(), _other)]


@pytest.fixture(scope="module")
def merged(inputs) -> bytes:
    """Return them merged by us."""
    return merge([Part(one, "a") for one in inputs], title="Both", day=date(2026, 11, 22)).pdf


def _appended(inputs):
    """Return the files as pypdf joins them."""
    writer = pypdf.PdfWriter()
    for one in inputs:
        writer.append(io.BytesIO(one))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _collided(inputs):
    """Return the files as qpdf joins them with its first as the one whose tags are kept."""
    with pikepdf.open(io.BytesIO(inputs[0])) as pdf, pikepdf.open(io.BytesIO(inputs[1])) as other:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it says that links will break
            pdf.pages.extend(other.pages)
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def test_a_good_merge_passes(merged, inputs):
    """what we merge keeps what is said, tied, led to and seen; and the inputs are worth comparing."""
    assert checks.everything(merged, inputs) == {}
    assert len(checks.said(inputs[0])) > 10
    assert checks.links(inputs[0], [1]).right == 1
    assert checks.said(inputs[0]) != checks.said(inputs[1])


def test_tags_and_links_that_pypdf_loses_are_seen(inputs):
    """a file without its tags, whose second part links into the first, is told for both."""
    found = checks.everything(_appended(inputs), inputs)
    assert set(found) == {"said", "tied", "links"}
    assert checks.links(_appended(inputs), [1, 1]).wrong == 1


def test_tags_that_collide_in_qpdf_are_seen(inputs):
    """a second part that reads the tags of the first is told, though it claims to be tagged."""
    found = checks.everything(_collided(inputs), inputs)
    assert {"said", "tied"} <= set(found)


def test_an_order_that_changed_is_seen(merged, inputs):
    """parts whose places were changed are told."""

    def swap(pdf):
        top = pdf.Root.StructTreeRoot.K[0]
        top.K = Array([top.K[1], top.K[0]])

    assert set(checks.everything(_changed(merged, swap), inputs)) == {"said"}


def test_a_language_that_was_lost_is_seen(merged, inputs):
    """a part that is read in the language of the whole is told."""

    def lose(pdf):
        for part in pdf.Root.StructTreeRoot.K[0].K:
            del part["/Lang"]

    assert set(checks.everything(_changed(merged, lose), inputs)) == {"said"}


def test_a_role_that_was_taken_over_is_seen(merged, inputs):
    """a tag that means something else than in its file is told."""

    def confuse(pdf):
        for role in list(pdf.Root.StructTreeRoot.RoleMap.keys()):
            pdf.Root.StructTreeRoot.RoleMap[role] = Name.P

    assert "said" in checks.everything(_changed(merged, confuse), inputs)


@pytest.mark.parametrize("how", ["exchanged", "of another page", "missing", "too many"])
def test_a_wrong_way_back_is_seen(merged, inputs, how):
    """a parent tree that leads to other elements than the tree is told, and nothing else is."""

    def mislead(pdf):
        rows = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        first, second = (rows[int(page.StructParents)] for page in pdf.pages)
        if how == "exchanged":
            first[0], first[1] = first[1], first[0]
        elif how == "of another page":
            second[0] = first[0]
        elif how == "missing":
            del first[3]
        else:
            first.append(first[0])

    assert set(checks.everything(_changed(merged, mislead), inputs)) == {"tied"}


def test_a_link_that_is_gone_is_seen(merged, inputs):
    """a link that the merged file no longer has is told."""

    def drop(pdf):
        del pdf.pages[1].obj["/Annots"]

    assert "links" in checks.everything(_changed(merged, drop), inputs)


def test_a_link_to_nowhere_is_seen(merged, inputs):
    """a link whose place does not exist is told."""

    def break_(pdf):
        link = pdf.pages[1].Annots[0]
        for key in ("/A", "/Dest"):
            if key in link:
                del link[key]
        link.Dest = String("nowhere")

    found = checks.everything(_changed(merged, break_), inputs)
    assert set(found) == {"links"}
    assert checks.links(_changed(merged, break_), [1, 1]).broken == 1


def test_a_stroke_more_and_a_page_less_are_seen(merged, inputs):
    """a page that looks otherwise, and one that is not there, are told by their numbers."""

    def draw(pdf):
        extra = pdf.make_stream(b" /Artifact BMC 0 0 m 300 300 l S EMC")
        page = pdf.pages[1].obj
        page.Contents = Array(
            [*(page.Contents if isinstance(page.Contents, Array) else [page.Contents]), extra]
        )

    def lose(pdf):
        del pdf.pages[1]

    assert checks.everything(_changed(merged, draw), inputs) == {"seen": [2]}
    assert checks.changed_pages(_changed(merged, lose), inputs) == [2]


@pytest.mark.ci
def test_poppler_hears_the_same(merged, inputs):
    """a second reader of tags finds the texts of the inputs, and no longer where tags collide."""
    wanted = [checks.said_by_poppler(one) for one in inputs]
    assert checks.differences(checks.said_by_poppler(merged), wanted) == []
    assert checks.differences(checks.said_by_poppler(_collided(inputs)), wanted) != []
