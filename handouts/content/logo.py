"""A clinic's logo file: looked at before anybody draws it.

Pictures are judged by their content, never by their name, and are not decoded here: a PNG of 9 kB can ask
for a gigabyte of memory, and its header says so. What only decoding shows is told by ``appraisal.rehearsal``.
"""

from __future__ import annotations

import struct
import zlib
from pathlib import Path
from typing import Literal

from handouts.content.beside import read_beside
from handouts.content.nodes import Mark
from handouts.content.svg import svg_problems
from handouts.errors import Problem

MAX_BYTES = 5_000_000
MAX_PIXELS = 25_000_000

LogoKind = Literal["png", "jpeg", "svg"]

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_JPEG_WITHOUT_LENGTH = {0x01, *range(0xD0, 0xDA)}
_JPEG_SIZES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def read_logo(clinic_file: Path, name: str, mark: Mark) -> tuple[bytes, LogoKind | None, list[Problem]]:
    """Return the bytes of a logo beside a clinic's file, its kind, and what is wrong with it.

    ``mark`` is where the clinic's file names it.
    """
    if clinic_file.name != "clinic.yaml":
        folder = clinic_file.with_suffix("")
        advice = f"Move this file to {folder}/clinic.yaml and the logo beside it."
        return b"", None, [mark.problem("a clinic with a logo needs a folder of its own.", advice)]
    data = read_beside(clinic_file, name, "logo", MAX_BYTES, mark)
    if isinstance(data, Problem):
        return b"", None, [data]
    return _judged(data, clinic_file.parent / name, mark)


def _judged(data: bytes, path: Path, mark: Mark) -> tuple[bytes, LogoKind | None, list[Problem]]:
    if data.startswith(_PNG):
        return data, "png", _picture_problems(_png_size(data), path.name, mark)
    if data.startswith(_JPEG):
        return data, "jpeg", _picture_problems(_jpeg_size(data), path.name, mark)
    if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<":
        return data, "svg", svg_problems(data, str(path))
    sentence = f"the logo {path.name} is not a PNG, JPEG or SVG picture."
    return b"", None, [mark.problem(sentence, "Save it as one of them.")]


def _picture_problems(size: tuple[int, int] | None, name: str, mark: Mark) -> list[Problem]:
    if size is None or 0 in size:
        return [mark.problem(f"the logo {name} is damaged.", "Save it again.")]
    if size[0] * size[1] > MAX_PIXELS:
        sentence = f"the logo {name} has {size[0]} × {size[1]} pixels."
        return [mark.problem(sentence, f"Save one of at most {MAX_PIXELS // 1_000_000} million.")]
    return []


def _png_size(data: bytes) -> tuple[int, int] | None:
    """Return width and height, or None if a chunk is missing, cut off or not as its checksum says."""
    if data[12:16] != b"IHDR" or len(data) < 33:
        return None
    at = len(_PNG)
    while at + 12 <= len(data):
        length, name = struct.unpack(">I4s", data[at : at + 8])
        end = at + 8 + length
        if zlib.crc32(data[at + 4 : end]).to_bytes(4, "big") != data[end : end + 4]:
            return None
        at = end + 4
        if name == b"IEND":
            width, height = struct.unpack(">II", data[16:24])
            return (width, height) if at <= len(data) else None
    return None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Return width and height from the frame header, or None if there is none or the end is cut off."""
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker in _JPEG_WITHOUT_LENGTH:
            at += 2
        elif marker in _JPEG_SIZES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return (width, height) if b"\xff\xd9" in data[at:] else None
        else:
            at += 2 + int(struct.unpack(">H", data[at + 2 : at + 4])[0])
    return None
