"""A clinic's own PDFs in a packet: where they come, what is kept of them, what is told and refused."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import page
import pdfplumber
import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from handouts import Library, Order, make_handout, make_packet
from handouts.cli import main
from handouts.errors import ForeignError
from handouts.merging import Insertion, Source

LIBRARY = Library()
DAY = "2026-11-22"
ORDER = Order(date(2026, 11, 22))
CLINIC = "example-clinic"
BURSITIS, REFERRAL = "trochanteric-bursitis", "hip-fracture"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch) -> Path:
    """Work in an empty folder with nothing set."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HANDOUTS_LIBRARY", raising=False)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return tmp_path


@pytest.fixture(scope="module")
def tagged() -> bytes:
    """Return a tagged file that keeps both standards."""
    return make_handout(LIBRARY, REFERRAL, CLINIC, ORDER).pdf


@pytest.fixture(scope="module")
def untagged() -> bytes:
    """Return a file as many programs write it: two pages without tags, on paper of another size."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    for number in (1, 2):
        canvas.drawString(72, 700, f"Consent form, page {number}")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def packet(*insertions, conditions=(REFERRAL,), **options):
    return make_packet(LIBRARY, "Packet", conditions, CLINIC, ORDER, inserts=insertions, **options)


def document(pdf):
    top = pdf.Root.StructTreeRoot.K
    return top[0] if isinstance(top, pikepdf.Array) else top


def parts(pdf):
    return [str(part.T) for part in document(pdf).K]


def test_a_sound_insert_leaves_both_standards(tagged):
    """a packet with a file that keeps both standards keeps them, and reads in the order of its pages."""
    made = packet(
        Insertion(Source(tagged, "fracture.pdf"), BURSITIS), conditions=(BURSITIS, "hip-flexor-strain")
    )
    for profile in ("ua1", "2a"):
        report = page.validate_pdf_bytes(made.pdf, profile=profile)
        assert report.is_compliant, [failure.message for failure in report.failures]
    with pikepdf.open(io.BytesIO(made.pdf)) as pdf:
        assert parts(pdf) == ["Packet", "Hip bursitis", "Broken hip", "Hip flexor strain"]
        with pdf.open_outline() as outline:
            titles = [entry.title for entry in outline.root]
            inner = next(entry for entry in outline.root if entry.title == "Broken hip")
            assert titles == ["Packet", "Hip bursitis", "Broken hip", "Hip flexor strain"]
            assert inner.children, "the bookmarks of the insert stand below its own"


def test_the_contents_lead_to_an_insert(tagged):
    """the contents name an insert with its page and length, and their link leads to its first page."""
    made = packet(Insertion(Source(tagged, "fracture.pdf", title="If it broke"), "cover"))
    with pdfplumber.open(io.BytesIO(made.pdf)) as pdf:
        front = pdf.pages[0].extract_text()
        assert "If it broke 2 3 pages" in front
        assert "packet page 2 of" in pdf.pages[1].extract_text()
    with pikepdf.open(io.BytesIO(made.pdf)) as pdf:
        goals = [link.Dest[0].objgen for link in pdf.pages[0].Annots if "/Dest" in link]
        assert pdf.pages[1].obj.objgen in goals


def test_for_duplex_an_insert_begins_on_the_right(untagged):
    """for two-sided printing an insert begins on a right-hand page like all else."""
    made = packet(Insertion(Source(untagged, "form.pdf", alt="A form."), REFERRAL), duplex=True)
    with pdfplumber.open(io.BytesIO(made.pdf)) as pdf:
        at = [n for n, one in enumerate(pdf.pages) if "Consent form" in (one.extract_text() or "")]
    assert len(at) == 2
    assert at[0] % 2 == 0


@pytest.mark.parametrize("alt", ["", "A consent form."])
def test_an_untagged_insert_claims_nothing(untagged, alt):
    """a file that is not read aloud as it should be takes the claims away, and that is told."""
    made = packet(Insertion(Source(untagged, "form.pdf", alt=alt)))
    told = " ".join(str(warning) for warning in made.warnings)
    assert "form.pdf" in told
    with pikepdf.open(io.BytesIO(made.pdf)) as pdf, pdf.open_metadata() as xmp:
        assert "pdfuaid:part" not in xmp
        assert "pdfaid:part" not in xmp
        assert parts(pdf) == ["Packet", "Broken hip", "form"]
    if not alt:
        assert "accessib" in told


def test_what_is_no_pdf_is_refused():
    """an insert that cannot be used stops the packet, and the message names it."""
    with pytest.raises(ForeignError, match="form\\.pdf"):
        packet(Insertion(Source(b"%PDF-1.7 but not really", "form.pdf")))


def test_a_packets_file_names_its_inserts(capsys, elsewhere, tagged):
    """a packet of a clinic's own binds in the PDFs beside it, where it says; check finds what is missing."""
    folder = elsewhere / "own" / "data" / "packets"
    folder.mkdir(parents=True)
    words = f"id: mine\ntitle: Mine\nconditions: [{REFERRAL}]\ninserts:\n"
    words += "  - {file: form.pdf, title: Consent, after: cover}\n"
    (folder / "mine.yaml").write_text(words, encoding="utf-8")
    asked = ["packet", "mine", "--clinic", CLINIC, "--library", "own", "--date", DAY, "-o", "p.pdf"]
    assert main(asked) == 4
    assert "mine.yaml:5:12: there is no insert form.pdf" in capsys.readouterr().err
    (folder / "form.pdf").write_bytes(tagged)
    assert main(asked) == 0
    with pikepdf.open("p.pdf") as pdf:
        assert parts(pdf) == ["Mine", "Consent", "Broken hip"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{file: ../form.pdf, title: A}", "cannot be '../form.pdf'"),
        ("{file: link.pdf, title: A}", "is a link"),
        ("{file: text.pdf, title: A}", "is not a PDF"),
        ("{file: form.pdf, title: A, after: groin-strain}", "holds no condition 'groin-strain'"),
    ],
)
def test_inserts_that_a_packets_file_may_not_name(capsys, elsewhere, tagged, line, told):
    """a file elsewhere, a link, another kind of file and an unknown place are told where they stand."""
    folder = elsewhere / "own" / "data" / "packets"
    folder.mkdir(parents=True)
    (folder / "form.pdf").write_bytes(tagged)
    (folder / "text.pdf").write_text("hello")
    (folder / "link.pdf").symlink_to(folder / "form.pdf")
    words = f"id: mine\ntitle: Mine\nconditions: [{REFERRAL}]\ninserts:\n  - {line}\n"
    (folder / "mine.yaml").write_text(words, encoding="utf-8")
    assert main(["packet", "mine", "--clinic", CLINIC, "--library", "own", "-o", "p.pdf"]) == 4
    err = capsys.readouterr().err
    assert "mine.yaml:5:" in err
    assert told in err
    assert not Path("p.pdf").exists()


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["--insert", "none.pdf"], 2, "there is no file none.pdf"),
        (["--insert", "form.pdf:after=nowhere"], 2, "holds no 'nowhere'"),
        (["--insert", "form.pdf", "--alt", "map.pdf=A map."], 2, "no file 'map.pdf'"),
        (["--insert", "form.pdf", "--alt", "form.pdf"], 2, "say what the file shows"),
        (["--alt", "form.pdf=A form."], 2, "No file is bound in"),
        (["--insert", "text.pdf"], 4, "text.pdf"),
    ],
)
def test_slips_of_the_command_line(capsys, tagged, words, code, told):
    """what cannot be bound in is told in one line, and nothing is written."""
    Path("form.pdf").write_bytes(tagged)
    Path("text.pdf").write_text("hello")
    assert main(["packet", REFERRAL, "--clinic", CLINIC, *words, "-o", "p.pdf"]) == code
    assert told in capsys.readouterr().err
    assert not Path("p.pdf").exists()


def test_inserts_from_the_command_line(capsys, tagged):
    """a PDF comes behind the condition that is named, else last; the standards are kept."""
    Path("form.pdf").write_bytes(tagged)
    places = ["--insert", "form.pdf:after=cover", "--insert", "form.pdf"]
    asked = ["packet", REFERRAL, "--clinic", CLINIC, "--date", DAY, *places, "-o", "p.pdf"]
    assert main(asked) == 0
    assert capsys.readouterr().out == "p.pdf\n"
    with pikepdf.open("p.pdf") as pdf:
        assert parts(pdf) == ["Your handouts", "Broken hip", "Broken hip", "Broken hip"]
    first = Path("p.pdf").read_bytes()
    assert main(asked) == 0
    assert Path("p.pdf").read_bytes() == first
    assert page.validate_pdf(Path("p.pdf"), profile="ua1").is_compliant


def test_a_locked_insert_opens_with_its_password(capsys, monkeypatch, tagged):
    """a locked insert opens with its password, from a file or the environment, and is refused without."""
    with pikepdf.open(io.BytesIO(tagged)) as pdf:
        pdf.save("form.pdf", encryption=pikepdf.Encryption(owner="keeper", user="open it", R=6))
    asked = ["packet", REFERRAL, "--clinic", CLINIC, "--insert", "form.pdf", "-o", "p.pdf"]
    assert main(asked) == 4
    assert "password" in capsys.readouterr().err
    Path("secret.txt").write_text("open it\n")
    assert main([*asked, "--password-file", "form.pdf=secret.txt"]) == 0
    monkeypatch.setenv("HANDOUTS_PDF_PASSWORD", "open it")
    assert main(asked) == 0
    with pikepdf.open("p.pdf") as pdf:
        assert not pdf.is_encrypted
