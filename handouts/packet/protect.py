"""The encrypted copy of a finished PDF: only whoever has the passphrase reads it, and a screen reader may."""

from __future__ import annotations

import io
import secrets

import pikepdf

from handouts.packet.passphrase import Passphrase

_ARCHIVE = (
    "{http://www.aiim.org/pdfa/ns/id/}",
    # It describes other properties, to readers of PDF/A alone.
    "{http://www.aiim.org/pdfa/ns/extension/}",
)
_ALLOWED = pikepdf.Permissions(
    accessibility=True,
    extract=True,
    print_lowres=True,
    print_highres=True,
    modify_form=True,
    modify_annotation=False,
    modify_assembly=False,
    modify_other=False,
)
"""Reading aloud, printing and filling in, but no changing: P is -1068, reserved bits set, as it must be."""


def protect(pdf: bytes, passphrase: Passphrase) -> bytes:
    """Return a copy that opens with the passphrase only: AES-256 (revision 6), metadata included.

    Tags and the claim of PDF/UA stay; the claim of PDF/A goes, because PDF/A forbids encryption. The password
    that would allow changes is random and kept nowhere. So are the salts: two copies of one file never are
    the same bytes, and hashes are made of the file before.

    Raises pikepdf.PdfError for bytes that are no PDF, or one that is locked already.
    """
    with pikepdf.open(io.BytesIO(pdf)) as file:
        _drop_archive_claim(file)
        out = io.BytesIO()
        file.save(
            out,
            encryption=pikepdf.Encryption(
                user=passphrase.text, owner=secrets.token_urlsafe(32), R=6, allow=_ALLOWED, metadata=True
            ),
            min_version="1.7",
            fix_metadata_version=False,
        )
    return out.getvalue()


def _drop_archive_claim(file: pikepdf.Pdf) -> None:
    if "/Metadata" not in file.Root:
        return
    with file.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        for name in list(metadata):
            if name.startswith(_ARCHIVE):
                del metadata[name]
