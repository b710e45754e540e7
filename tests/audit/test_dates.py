from __future__ import annotations

import io

import pikepdf
import pytest

from handouts.audit import audit


def _with_dates(good: bytes, listed: str, declared: str) -> bytes:
    with pikepdf.open(io.BytesIO(good)) as pdf:
        pdf.trailer.Info.CreationDate = pikepdf.String(listed)
        data = pdf.Root.Metadata.read_bytes()
        old = b"<xmp:CreateDate>2026-11-22T00:00:00+00:00<"
        assert old in data
        data = data.replace(old, f"<xmp:CreateDate>{declared}<".encode())
        pdf.Root.Metadata = pdf.make_stream(data, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
        out = io.BytesIO()
        pdf.save(out, fix_metadata_version=False)
    return out.getvalue()


@pytest.mark.parametrize(
    ("listed", "declared", "same"),
    [
        ("D:20261122101500Z", "2026-11-22T10:15:00Z", True),
        ("D:20261122101500+01'00'", "2026-11-22T09:15:00Z", True),
        ("D:20261122101500-05'30", "2026-11-22T15:45:00.000+00:00", True),
        ("D:20261122", "2026-11-22", True),
        ("20261122", "2026-11-22T00:00Z", True),
        ("D:20261122101500Z", "2026-11-22T10:15:01Z", False),
        ("D:20261122101500+01'00'", "2026-11-22T10:15:00Z", False),
        ("Sunday", "Sunday", False),
        ("D:00010101000000+14'00'", "0001-01-01T00:00:00+14:00", False),
    ],
)
def test_dates_are_compared_as_moments(good, document, listed, declared, same):
    """the same moment may be written in two ways and zones; what is no date is never the same."""
    codes = [one.code for one in audit(_with_dates(good, listed, declared), document)]
    assert codes == ([] if same else ["metadata-differs"])


def test_a_foreign_file_need_not_list_dates(good):
    """a file of another maker may give its dates in the metadata alone."""
    with pikepdf.open(io.BytesIO(good)) as pdf:
        del pdf.trailer["/Info"]
        out = io.BytesIO()
        pdf.save(out, fix_metadata_version=False)
    assert "metadata-differs" not in {one.code for one in audit(out.getvalue())}
