"""Colours for the archive: each one is tied to a profile, so that it looks the same in thirty years."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf

from handouts.audit.case import Case
from handouts.audit.objects import Key, entries, key_of, members, name_of, stream_bytes, whole
from handouts.audit.reach import Reached

_MOST_PROFILE_BYTES = 8_000_000
_MOST_COLORANTS = 32
_DEEPEST = 8
_HEAD = 128
_NEWEST_VERSION = 4
_SPACES = {b"GRAY": 1, b"RGB ": 3, b"CMYK": 4, b"Lab ": 3}
_DEVICES = {"DeviceGray": "Gray", "DeviceRGB": "RGB", "DeviceCMYK": "CMYK", "G": "Gray", "RGB": "RGB"} | {
    "CMYK": "CMYK",
}
_OUTPUT_CLASSES = (b"prtr", b"mntr")
_INPUT_CLASSES = (*_OUTPUT_CLASSES, b"scnr", b"spac")
_PARTS = {"RGB": 3, "CMYK": 4}


class Colours:
    """The colour spaces of one file; what is wrong with them is told once each."""

    def __init__(self, case: Case) -> None:
        self.found = case.found
        self.has_cmyk_profile = False
        self._read: dict[Key, str] = {}
        self._intent_parts = self._output_intents(case)

    def _output_intents(self, case: Case) -> int | None:
        """Return how many parts the colours of the output intent have; None if there is none."""
        profiles = [
            (name_of(values.get("/S")), values["/DestOutputProfile"])
            for values in map(entries, members(case.catalog.get("/OutputIntents")))
            if "/DestOutputProfile" in values
        ]
        keys = {key_of(profile) for _, profile in profiles}
        if len(profiles) > 1 and (len(keys) > 1 or (0, 0) in keys):
            self.found.add("output-intent", "There are several output intents, and not of one profile.")
        for kind, profile in profiles:
            if kind == "GTS_PDFA1":
                if trouble := _profile_trouble(profile, _OUTPUT_CLASSES):
                    self.found.add("colour-profile", f"The profile of the output intent {trouble}.")
                return whole(entries(profile).get("/N"))
        return None

    def use_device(self, name: str, one: Reached) -> None:
        """Tell a device colour that neither the output intent nor a default colour space explains."""
        device = _DEVICES.get(name)
        if device is None or one.default(device) is not None:
            return
        if self._intent_parts is None or _PARTS.get(device, self._intent_parts) != self._intent_parts:
            self.found.add(
                "colour-device",
                f"Device{device} is used, and no profile explains it.",
                one.page,
            )

    def use_space(self, space: object, one: Reached) -> None:
        """Tell what is wrong with a colour space, and with those that it is built of."""
        waiting = [space]
        for _ in range(_DEEPEST):
            if not waiting:
                return
            waiting += self._use(waiting.pop(), one)
        self.found.add("colour-space", "A colour space is built of too many others.", one.page)

    def _use(self, space: object, one: Reached) -> Iterator[object]:
        """Check one space, and yield what it is built of."""
        parts = members(space)
        name = name_of(space) or name_of(parts[0] if parts else None)
        if name in _DEVICES:
            self.use_device(name, one)
        elif name == "ICCBased" and len(parts) > 1:
            self._use_profile(parts[1], one.page)
        elif name in ("Indexed", "I", "Pattern") and len(parts) > 1:
            yield parts[1]
        elif name in ("Separation", "DeviceN") and len(parts) > 2:
            if len(members(parts[1])) > _MOST_COLORANTS:
                self.found.add("colour-space", f"A colour has more than {_MOST_COLORANTS} parts.", one.page)
            yield parts[2]
        elif name not in ("CalGray", "CalRGB", "Lab", "Pattern"):
            shelved = entries(one.shelf.get("/ColorSpace")).get("/" + name) if name and not parts else None
            if shelved is None:
                self.found.add("colour-space", "A colour space is named that does not exist.", one.page)
            elif not name_of(shelved):
                yield shelved

    def _use_profile(self, profile: object, page: int) -> None:
        key = key_of(profile)
        if key not in self._read:
            self._read[key] = _profile_trouble(profile, _INPUT_CLASSES)
            self.has_cmyk_profile |= whole(entries(profile).get("/N")) == _SPACES[b"CMYK"]
            if trouble := self._read[key]:
                self.found.add("colour-profile", f"The profile of a colour space {trouble}.", page)


def _profile_trouble(thing: object, classes: tuple[bytes, ...]) -> str:
    """Return what is wrong with an ICC profile, as the end of a sentence; '' if nothing is."""
    try:
        data = stream_bytes(thing, _MOST_PROFILE_BYTES)
    except (ValueError, pikepdf.PdfError, pikepdf.DataDecodingError):
        return "cannot be read"
    if len(data) < _HEAD or data[36:40] != b"acsp":
        return "is none"
    if data[8] > _NEWEST_VERSION:
        return f"has the version {data[8]}, which is too new"
    if data[12:16] not in classes:
        return "is of a kind that does not serve here"
    if _SPACES.get(data[16:20]) != whole(entries(thing).get("/N")):
        return "has other colours than the file says"
    return ""
