"""Content streams for the archive: known operators, colours with a profile, nothing nested too deep."""

from __future__ import annotations

from collections.abc import Iterator

from handouts.audit.case import Case
from handouts.audit.colours import Colours
from handouts.audit.objects import entries
from handouts.audit.reach import Reached
from handouts.audit.tokens import BROKEN, LUMP, Name, Operand, Operation, operations, unfolded

INTENTS = frozenset(("RelativeColorimetric", "AbsoluteColorimetric", "Perceptual", "Saturation"))

_DEEPEST = 28
_DEVICE_OPERATORS = {
    b"g": "DeviceGray", b"G": "DeviceGray", b"rg": "DeviceRGB", b"RG": "DeviceRGB",
    b"k": "DeviceCMYK", b"K": "DeviceCMYK",
}  # fmt: skip
_OPERATORS = frozenset(
    b"b B b* B* BDC BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i j J K k l m M MP n"
    b" q Q re RG rg ri s S sc SC scn SCN sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' \"".split()
)
_SHELVES = {b"Do": "/XObject", b"gs": "/ExtGState", b"Tf": "/Font", b"sh": "/Shading"}
_CLIP_ONLY = 7.0
_FORBIDDEN_FILTERS = (b"LZW", b"LZWDecode", b"Crypt")


class Drawn:
    """What all content streams of a file do; ``clips_text`` says that one cuts with letters."""

    def __init__(self, case: Case, colours: Colours) -> None:
        self.found, self.colours = case.found, colours
        self.clips_text = False

    def read(self, one: Reached, data: bytes) -> None:
        """Follow one content stream."""
        depth, unknown = 0, set[bytes]()
        names = {shelf: entries(one.shelf.get(shelf)) for shelf in _SHELVES.values()}
        for operator, operands in _single(data):
            if operator == b"q":
                depth += 1
                if depth == _DEEPEST + 1:
                    self.found.add(
                        "limit", f"Graphics states are nested more than {_DEEPEST} deep.", one.page
                    )
            elif operator == b"Q":
                depth -= 1
            elif operator in _DEVICE_OPERATORS:
                self.colours.use_device(_DEVICE_OPERATORS[operator], one)
            elif operator in (b"cs", b"CS"):
                self._use_space(operands, one)
            elif operator == b"ri":
                self._use_intent(operands[-1] if operands else None, one)
            elif operator == b"EI":
                self._use_image(operands, one)
            elif operator == b"Tr":
                self.clips_text |= _CLIP_ONLY in operands
            elif operator in _SHELVES:
                name = operands[0] if operands else None
                if not isinstance(name, Name) or "/" + _text(name) not in names[_SHELVES[operator]]:
                    self.found.add(
                        "resource-missing", "A thing is used that the page does not have.", one.page
                    )
            elif operator not in _OPERATORS and operator != BROKEN:
                unknown.add(operator)
        if unknown:
            self.found.add("content-operator", "The content has an operator that does not exist.", one.page)

    def _use_space(self, operands: list[Operand], one: Reached) -> None:
        name = operands[-1] if operands else None
        if isinstance(name, Name):
            text = _text(name)
            if text.startswith("Device"):
                self.colours.use_device(text, one)
            elif text != "Pattern" and "/" + text not in entries(one.shelf.get("/ColorSpace")):
                self.found.add("resource-missing", "Colours are used that the page does not have.", one.page)

    def _use_intent(self, name: Operand, one: Reached) -> None:
        if not isinstance(name, Name) or _text(name) not in INTENTS:
            self.found.add("rendering-intent", "A rendering intent is named that does not exist.", one.page)

    def _use_image(self, flat: list[Operand], one: Reached) -> None:
        keys, values = flat[::2], flat[1::2]
        image: dict[bytes, Operand] = {
            key: value for key, value in zip(keys, values, strict=False) if isinstance(key, bytes)
        }
        if True in (image.get(b"I"), image.get(b"Interpolate")):
            self.found.add("image", "An image asks to be smoothed.", one.page)
        coding = image.get(b"F", image.get(b"Filter"))
        if any(name in _FORBIDDEN_FILTERS for name in (coding if isinstance(coding, list) else [coding])):
            self.found.add("stream-filter", "An image is packed in a way that is not allowed.", one.page)
        space = image.get(b"CS", image.get(b"ColorSpace"))
        if isinstance(space, list):  # only [/Indexed base …] may stand here
            space = space[1] if len(space) > 1 else None
        if isinstance(space, Name):
            self.colours.use_device(_text(space), one)


def _text(name: Name) -> str:
    return name.decode("utf-8", "replace")


def _single(data: bytes) -> Iterator[Operation]:
    for operator, operands in operations(data):
        raw = operands[0] if operator == LUMP else None
        if isinstance(raw, bytes):
            yield from unfolded(raw)
        else:
            yield operator, operands
