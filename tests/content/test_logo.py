from __future__ import annotations

import struct
import zlib

import pytest

from handouts.clinic import palette
from handouts.content import logo as logo_module
from handouts.content.check import check
from handouts.content.library import Library
from handouts.content.places import Places
from handouts.errors import ContentError

NAMESPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
SHAPE = "<path d='M0 0L9 9V0z'/>"
SVG = f'<svg {NAMESPACES} viewBox="0 0 9 9">{{}}</svg>'


def png(width, height):
    """Return a PNG with a header and no pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"")), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )


def jpeg(width, height):
    """Return the markers of a JPEG without pictures between."""
    comment = b"\xff\xfe\x00\x06\xff\xc0\xff\xc0"
    frame = b"\xff\xc2" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    return b"\xff\xd8\xff\xe0\x00\x04AB" + comment + frame + b"\xff\xda\x00\x02\xff\xd9"


@pytest.fixture
def clinic_with(own_samples):
    """Return a function that puts bytes beside a clinic and loads it."""

    def load(data: bytes, name: str = "logo.svg"):
        folder = own_samples / "bundled" / "data" / "clinics" / "pictured"
        (folder / "logo.svg").unlink()
        (folder / name).write_bytes(data)
        file = folder / "clinic.yaml"
        file.write_text(file.read_text(encoding="utf-8").replace("logo.svg", name), encoding="utf-8")
        return Library(Places(bundled=own_samples / "bundled")).clinic("pictured")

    return load


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (png(5000, 5000), "logo.png", "png"),
        (jpeg(5000, 5000), "logo.jpg", "jpeg"),
        (jpeg(3, 2), "logo.png", "jpeg"),
        (SVG.format("<path d='M0 0L9 9'/>").encode(), "logo.svg", "svg"),
        (
            SVG.format("<path style='fill: #123456; opacity: 100%' fill-opacity='1.0'/>").encode(),
            "logo.svg",
            "svg",
        ),
        (SVG.format(f"<g clip-path='url( #b )'>{SHAPE}</g>").encode(), "logo.svg", "svg"),
        (SVG.format(SHAPE).replace("<svg", "<svg width='100%' height='auto'").encode(), "logo.svg", "svg"),
        (
            SVG.format(SHAPE).replace('viewBox="0 0 9 9"', 'width="9mm" height="4.5mm"').encode(),
            "logo.svg",
            "svg",
        ),
    ],
)
def test_sound_logos(clinic_with, data, name, kind):
    """a logo's kind is told by its content, and its bytes are kept as they are."""
    found = clinic_with(data, name).logo
    assert (found.kind, found.data, found.file) == (kind, data, name)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (png(5001, 5000), "5001 × 5000 pixels"),
        (jpeg(5001, 5000), "5001 × 5000 pixels"),
        (png(0, 5), "damaged"),
        (png(5, 5)[:-6], "damaged"),
        (png(5, 5)[:20], "damaged"),
        (png(5, 5).replace(zlib.compress(b""), zlib.compress(b"")[:-1] + b"x"), "damaged"),
        (png(5, 5)[:-1] + b"x", "damaged"),
        (png(5, 5)[:33] + struct.pack(">I", 1 << 31) + png(5, 5)[37:], "damaged"),
        (jpeg(5, 5)[:-2], "damaged"),
        (jpeg(5, 5)[:12], "damaged"),
        (b"", "not a PNG"),
        (b"GIF89a", "not a PNG"),
        (b"%PDF-1.7", "not a PNG"),
        (b"\x89PNG\r\n\x1a\n" + bytes(logo_module.MAX_BYTES), "larger than 5 MB"),
    ],
)
def test_bad_pictures(clinic_with, data, words):
    """pictures too large in pixels or bytes, damaged ones and other kinds of files are refused."""
    with pytest.raises(ContentError, match=words):
        clinic_with(data)


@pytest.mark.parametrize(
    ("inner", "words"),
    [
        ("<script>x</script>", "<script>"),
        ("<image href='x.png'/>", "<image>"),
        ("<foreignObject/>", "<foreignObject>"),
        ("<style>@import 'x';</style>", "<style>"),
        ("<use href='#a'/>", "<use>"),
        ("<animate/>", "<animate>"),
        ("<a xlink:href='https://a.example'/>", "points outside"),
        ("<linearGradient xlink:href='//a.example#b'/>", "points outside"),
        ("<rect fill='url(https://a.example)'/>", "points outside"),
        ("<rect style='fill:u\\72l(x)'/>", "points outside"),
        ("<rect onclick='x()'/>", "onclick"),
        ("<text>Clinic</text>", "outlines"),
        ("<x:y xmlns:x='urn:x'/>", "<y>"),
        ("<g/>" * 5001, "too many parts"),
        ("<linearGradient/>", "gradients"),
        ("<radialGradient/>", "gradients"),
        ("<rect fill='url(#a)'/>", "gradients"),
        ("<rect style='stroke : url( \"#a\" )'/>", "gradients"),
        ("<rect opacity='.5'/>", "see-through"),
        ("<g opacity='0'/>", "see-through"),
        ("<rect style='fill-opacity:99%'/>", "see-through"),
        ("<rect stroke-opacity='1e-3'/>", "see-through"),
        ("<rect fill='rgba(1, 2, 3, .5)'/>", "see-through"),
        ("<rect fill='rgb(1 2 3 / 50%)'/>", "see-through"),
        ("<rect fill='#12345678'/>", "see-through"),
        ("<rect style='stroke:transparent'/>", "see-through"),
        ("", "nothing to see"),
        ("<g><title>Clinic</title></g>", "nothing to see"),
        (f"<defs>{SHAPE}<clipPath>{SHAPE}</clipPath></defs>", "nothing to see"),
        ("<g>" * 70 + "</g>" * 70, "too many parts"),
        ("<g>", "not well-formed"),
        ("<?php x ?>", "instruction"),
        ("&nbsp;", "not well-formed"),
    ],
)
def test_bad_drawings(clinic_with, inner, words):
    """an SVG that runs, loads, sets type or is broken is refused with its own line."""
    with pytest.raises(ContentError) as caught:
        clinic_with(SVG.format(inner).encode())
    assert words in str(caught.value)
    assert caught.value.problems[0].file.endswith("logo.svg")
    assert caught.value.problems[0].line == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<!DOCTYPE svg [<!ENTITY a 'b'>]>" + SVG.format("&a;").encode(), "DOCTYPE"),
        (("<!DOCTYPE svg SYSTEM 'file:///x'>" + SVG.format("")).encode("utf-16"), "not a PNG"),
        (b"<html/>", "not an SVG"),
        (b"<svg viewBox='0 0 1 1'/>", "not an SVG"),
        (SVG.format(SHAPE).replace("0 0 9 9", "0 0 0 9").encode(), "no size"),
        (SVG.format(SHAPE).replace("0 0 9 9", "0 0 9 -9").encode(), "no size"),
        (SVG.format(SHAPE).replace("0 0 9 9", "0 0 1e308 9").encode(), "no size"),
        (SVG.format(SHAPE).replace("0 0 9 9", "0 0 9 1e-300").encode(), "no size"),
        (SVG.format(SHAPE).replace("<svg", "<svg width='0' height='5'").encode(), "no size"),
        (SVG.format(SHAPE).replace("<svg", "<svg height='-5mm'").encode(), "no size"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "how large"),
        (b"<" + b" " * 1_000_001, "larger than 1 MB"),
    ],
)
def test_bad_svg_files(clinic_with, data, words):
    """entities, other XML and drawings without a size are refused."""
    with pytest.raises(ContentError, match=words):
        clinic_with(data)


def test_links_are_not_followed(clinic_with, own_samples, tmp_path):
    """a logo that is a link to another place is refused."""
    folder = own_samples / "bundled" / "data" / "clinics" / "pictured"
    secret = tmp_path / "secret.svg"
    secret.write_bytes((folder / "logo.svg").read_bytes())
    (folder / "logo.svg").unlink()
    (folder / "logo.svg").symlink_to(secret)
    with pytest.raises(ContentError, match="link"):
        Library(Places(bundled=own_samples / "bundled")).clinic("pictured")


def test_a_pale_colour_is_only_a_warning(sample_library):
    """a colour too pale to read stops nothing, and the warning names the colour that is printed."""
    assert sample_library.clinic("pictured").accent == "#ffcc00"
    (warning,) = [problem for problem in check(sample_library) if problem.warning]
    assert (warning.line, warning.column) == (6, 19)
    assert palette("#ffcc00", "colour").mended in warning.sentence
