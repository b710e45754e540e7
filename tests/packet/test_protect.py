"""The encrypted copy: who has the passphrase reads all of it, and nobody else anything."""

from __future__ import annotations

import io
import re
import subprocess
from datetime import date

import page
import pikepdf
import pytest

from handouts.audit import audit
from handouts.content.library import Library
from handouts.content.places import Places
from handouts.document import Document
from handouts.order import Order
from handouts.packet.passphrase import Passphrase
from handouts.packet.protect import protect
from handouts.pipeline import compose_handout, make_handout

PASSPHRASE = Passphrase.chosen("lantern gravel violin öyster")
ORDER = Order(date=date(2026, 11, 22), patient="Zoë Ångström", note="Private")


LIBRARY = Library(Places())
CONDITION, CLINIC, TITLE = "femoral-neck-stress-fracture", "example-clinic", "Hip stress fracture"


@pytest.fixture(scope="module")
def plain() -> bytes:
    """Return a finished handout."""
    return make_handout(LIBRARY, CONDITION, CLINIC, ORDER).pdf


@pytest.fixture(scope="module")
def document() -> Document:
    """Return what that handout says."""
    return compose_handout(LIBRARY, CONDITION, LIBRARY.clinic(CLINIC), ORDER)


@pytest.fixture(scope="module")
def locked(plain) -> bytes:
    """Return the locked copy."""
    return protect(plain, PASSPHRASE)


def unlocked(locked: bytes) -> bytes:
    """Return a locked file as whoever has the passphrase sees it."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(locked), password=PASSPHRASE.text) as file:
        file.save(out)
    return out.getvalue()


def parts_of(page: pikepdf.Page) -> list[pikepdf.Object]:
    held = page.Contents
    return list(held) if isinstance(held, pikepdf.Array) else [held]


def contents(pdf: bytes) -> list[bytes]:
    """Return page contents and the whole structure tree, as bytes that can be compared."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        pages = [b"\n".join(part.read_bytes() for part in parts_of(page)) for page in file.pages]
        tree = [
            element.unparse(resolved=False)
            for element in file.objects
            if isinstance(element, pikepdf.Dictionary) and element.get("/Type") == "/StructElem"
        ]
    assert len(tree) > 20
    return pages + [re.sub(rb"\d+ 0 R", b"R", element) for element in sorted(tree)]


@pytest.mark.parametrize(
    "word", ["", "lantern gravel violin oyster", "lantern gravel violin öysteR", "x" * 500]
)
def test_another_word_does_not_open_it(locked, word):
    """without the passphrase, or with another one, nothing opens."""
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(locked), password=word)


def test_how_it_is_locked(locked):
    """it is AES-256, revision 6, metadata included; a screen reader and a printer may, a change may not."""
    with pikepdf.open(io.BytesIO(locked), password=PASSPHRASE.text) as file:
        assert (file.encryption.R, file.encryption.bits, file.encryption.P) == (6, 256, -1068)
        assert (
            file.encryption.stream_method
            == file.encryption.string_method
            == pikepdf.models.EncryptionMethod.aesv3
        )
        assert file.trailer.Encrypt.get("/EncryptMetadata", True) is True
        assert file.allow == pikepdf.Permissions(
            accessibility=True,
            extract=True,
            print_lowres=True,
            print_highres=True,
            modify_form=True,
            modify_annotation=False,
            modify_assembly=False,
            modify_other=False,
        )
        assert file.user_password_matched
        assert not file.owner_password_matched


def test_nothing_can_be_read_in_it(plain, locked):
    """neither title nor metadata can be read in the bytes of the locked file, as in the plain one."""
    for word in (TITLE.encode(), b"pdfuaid", b"xmpmeta"):
        assert word in plain
        assert word not in locked


def test_all_of_it_is_there(plain, locked, document):
    """with the passphrase it holds the same pages and tags, and our audit misses only the claim of PDF/A."""
    opened = unlocked(locked)
    assert contents(opened) == contents(plain)
    assert audit(plain, document) == ()
    assert audit(opened, document, claims=["ua1"]) == ()
    assert [defect.code for defect in audit(opened, document)] == ["claim-missing"]
    with pikepdf.open(io.BytesIO(opened)) as file:
        xmp = file.Root.Metadata.read_bytes()
    assert b"pdfuaid:part" in xmp
    assert b"pdfaid:part" not in xmp
    assert b"pdfaExtension:schemas" not in xmp


def test_a_file_without_metadata_gets_none(plain):
    """a file that has no metadata is locked too, and gets none."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(plain)) as file:
        del file.Root.Metadata
        file.save(out)
    with pikepdf.open(io.BytesIO(unlocked(protect(out.getvalue(), PASSPHRASE)))) as file:
        assert "/Metadata" not in file.Root


def test_no_two_copies_are_alike(plain, locked):
    """salts and the other password are new each time, and the plain bytes are left as they were."""
    before = bytes(plain)
    assert protect(plain, PASSPHRASE) != locked
    assert plain == before


@pytest.mark.ci
def test_another_reader_agrees(locked, tmp_path):
    """qpdf shows the same of the locking, and poppler reads the text with the passphrase only."""
    path = tmp_path / "locked.pdf"
    path.write_bytes(locked)
    word = f"--password={PASSPHRASE.text}"
    shown = subprocess.run(
        ["qpdf", "--show-encryption", word, str(path)], capture_output=True, text=True, check=True
    ).stdout
    for line in (
        "R = 6",
        "P = -1068",
        "extract for accessibility: allowed",
        "print high resolution: allowed",
        "modify anything: not allowed",
        "stream encryption method: AESv3",
        "string encryption method: AESv3",
        "file encryption method: AESv3",
    ):
        assert line in shown
    subprocess.run(["qpdf", "--check", word, str(path)], capture_output=True, check=True)
    read = ["pdftotext", "-upw", PASSPHRASE.text, str(path), "-"]
    assert TITLE in subprocess.run(read, capture_output=True, text=True, check=True).stdout
    assert subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=False).returncode == 1


def test_page_validation_agrees(locked, tmp_path):
    """page-validation finds no broken rule of PDF/UA, unlocked or with a locking that allows the same."""
    path = tmp_path / "unlocked.pdf"
    path.write_bytes(unlocked(locked))
    with pikepdf.open(io.BytesIO(locked), password=PASSPHRASE.text) as file:
        allowed = file.allow
        file.save(
            tmp_path / "open.pdf",
            encryption=pikepdf.Encryption(user="", owner="x", R=6, allow=allowed, metadata=True),
        )
        file.save(
            tmp_path / "deaf.pdf",
            encryption=pikepdf.Encryption(
                user="",
                owner="x",
                R=3,
                aes=False,
                metadata=False,
                allow=allowed._replace(accessibility=False),
            ),
        )

    def failures(name: str) -> list[str]:
        report = page.validate_pdf(tmp_path / name, profile=page.ValidationProfile.PDF_UA_1)
        return [failure.rule_id for failure in report.failures]

    assert failures("unlocked.pdf") == []
    assert failures("open.pdf") == []
    assert "PDFUA1-ENCRYPTION-P-001" in failures("deaf.pdf")
