from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pytest

from handouts.audit import audit
from handouts.audit.meant import meant_lines, runs_of
from handouts.document import Heading, Paragraph, Run, text


def _with_blocks(document, *blocks):
    return replace(document, blocks=(*document.blocks, *blocks))


def test_what_is_meant_is_the_text_of_the_document(document):
    """the lines that are compared are those that the document itself calls its text."""
    lines = meant_lines(document)
    assert "\n".join(line.text for line in lines) == text(document)
    assert {line.role for line in lines} == {"H1", "H2", "P", "LI", "TH", "TD"}


def test_accents_may_be_composed(write_out, document):
    """a name whose accents are letters of their own is the same name as printed, and is no difference."""
    accented = _with_blocks(document, Paragraph((Run("Jose\u0301 Nu\u0303ez"),)))
    assert audit(write_out((accented,)), accented) == ()


def test_every_run_is_found(document):
    """runs of nested lists and of cells are among the runs."""
    said = {run.text for run in runs_of(document)}
    assert {"slowly", "It hurts at night", "bursitis", "Monday", "Get help"} <= said


def test_a_difference_is_quoted_where_nothing_is_personal(good, document):
    """the words around the first difference are told, and the place."""
    changed = replace(
        document,
        blocks=tuple(
            Heading(1, (Run("Knee pain"),)) if isinstance(block, Heading) else block
            for block in document.blocks
        ),
    )
    (told,) = [one for one in audit(good, changed) if one.code == "text-differs"]
    assert told.page == 1
    assert (
        told.sentence
        == "Document/H1 (text 2) is not as written, from word 1: “Hip bursitis” instead of “Knee pain”."
    )


def test_a_difference_is_not_quoted_where_a_name_may_be(personal, personal_document):
    """where the document names a patient no word of the text is told, whatever differs."""
    assert "Quilliana Zwetschge" in text(personal_document)
    others = _with_blocks(personal_document, Paragraph((Run("One more"),)))
    first, *rest = personal_document.blocks
    swapped = replace(personal_document, blocks=(rest[1], first, rest[0], *rest[2:]))
    for wrong in (others, swapped):
        (told,) = [one for one in audit(personal, wrong) if one.code == "text-differs"]
        assert "“" not in str(told)
        assert "Quilliana" not in str(told)


@pytest.mark.parametrize("lost", ["/Contents", "/K", "/MediaBox", "/ToUnicode", "/StructTreeRoot", "/Lang"])
def test_no_defect_ever_names_the_patient(personal, personal_document, lost):
    """whatever is lost from a file, its defects do not hold the patient's name."""
    with pikepdf.open(io.BytesIO(personal)) as pdf:
        for thing in list(pdf.objects):
            if (
                isinstance(thing, pikepdf.Dictionary | pikepdf.Stream)
                and lost in thing
                and "/Kids" not in thing
            ):
                del thing[lost]
        out = io.BytesIO()
        pdf.save(out, fix_metadata_version=False)
    for expected in (personal_document, None):
        found = audit(out.getvalue(), expected)
        assert found
        assert not any("Quilliana" in str(one) or "Zwetschge" in str(one) for one in found)


def test_a_packet_is_compared_part_by_part(packet, packet_documents):
    """parts in another order, and too few, are told."""
    assert {one.code for one in audit(packet, packet_documents[::-1])} == {"text-differs"}
    assert "parts-differ" in {one.code for one in audit(packet, packet_documents * 2)}


def test_many_faults_of_a_kind_are_counted(good, document):
    """a fault that is there a hundred times is told ten times, with the number of the others."""
    with pikepdf.open(io.BytesIO(good)) as pdf:
        for page in pdf.pages:
            page.Contents = pdf.make_stream(
                page.Contents.read_bytes().replace(b"BDC", b"BDC /Artifact BMC EMC")
            )
        out = io.BytesIO()
        pdf.save(out)
    told = [one for one in audit(out.getvalue(), document) if one.code == "mark-nested"]
    assert len(told) == 10
    assert "more of this kind." in told[-1].sentence


def test_claims_may_be_fewer(good, document):
    """an encrypted packet claims PDF/UA alone, and is asked for no more."""
    with pikepdf.open(io.BytesIO(good)) as pdf:
        xmp = pdf.Root.Metadata.read_bytes()
        for claim in (b"<pdfaid:part>2</pdfaid:part>", b"<pdfaid:conformance>A</pdfaid:conformance>"):
            xmp = xmp.replace(claim, b"")
        pdf.Root.Metadata = pdf.make_stream(xmp, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
        out = io.BytesIO()
        pdf.save(out, fix_metadata_version=False, encryption=pikepdf.Encryption(user="", owner="x"))
    assert audit(out.getvalue(), document, claims=("ua1",)) == ()
    assert {one.code for one in audit(out.getvalue(), document)} == {"claim-missing"}
