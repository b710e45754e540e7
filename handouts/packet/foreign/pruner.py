"""The walk that leaves of every object only what ``allowed`` lists for its kind.

It starts at the pages and follows only what it kept, so that every object which can still be reached was
looked at as the kind it is used as; one that is used as two kinds keeps what both allow. It never recurses.
"""

from __future__ import annotations

from typing import Any

import pikepdf

from handouts.packet.foreign.allowed import CODES, EITHER, FILTERS, KINDS, PARAMETERS, STREAMS
from handouts.packet.foreign.content import MOST_BYTES, Cut, cut, decoded
from handouts.packet.foreign.layers import Layers
from handouts.packet.foreign.things import (
    DIRECT,
    Key,
    drop,
    entry,
    is_plain,
    key_of,
    members,
    name_of,
    one_or_all,
    whole,
)
from handouts.packet.foreign.told import RefusedError

_MOST_VISITS = 1_000_000
_MOST_PIXELS = 200_000_000
_MOST_CONTENT_BYTES = 400_000_000
_MOST_COLOUR_DEPTH = 8


class Pruner:
    """One walk over one file.

    ``told`` are the codes of what was left out, ``drawn`` the forms and pictures that were reached, ``cuts``
    the marked content that went, by the page or form that held it.
    """

    def __init__(self, pdf: pikepdf.Pdf, layers: Layers) -> None:
        self.pdf = pdf
        self.layers = layers
        self.told: set[str] = set()
        self.drawn: dict[Key, pikepdf.Stream] = {}
        self.cuts: dict[Key, set[int]] = {}
        self._waiting: list[tuple[Any, str]] = []
        self._seen: set[tuple[Key, str]] = set()
        self._visits = 0
        self._colour_depth = 0
        self._content_bytes = 0
        self._cleaned: set[Key] = set()
        self._hidden: set[Key] = set()
        self._roots: set[Key] = set()
        self._draws: dict[Key, set[Key]] = {}
        self._pictures: list[pikepdf.Dictionary] = []
        self._page_resources: Any = None
        self._layer_names: list[tuple[pikepdf.Dictionary, str]] = []
        self._nothing: pikepdf.Object | None = None

    def tell(self, code: str) -> None:
        """Note the code of something that is left out; '' is nothing."""
        if code:
            self.told.add(code)

    def prune(self, thing: pikepdf.Object, kind: str) -> None:
        """Prune one object and all that it leads to."""
        self._put(thing, kind)
        while self._waiting:
            self._strip(*self._waiting.pop())

    def finish(self) -> None:
        """Take out what was needed until the end: names of layers, and pictures that only they drew."""
        for names, key in self._layer_names:
            drop(names, key)
        if not self.layers.any_hidden:
            return
        shown = self._reached()
        for pictures in self._pictures:
            for key, picture in list(pictures.items()):
                if key_of(picture) not in shown:
                    self.drawn.pop(key_of(picture), None)
                    drop(pictures, key)

    def _reached(self) -> set[Key]:
        """Return the pictures and forms that are drawn by what is drawn, beginning with the pages."""
        waiting, reached = [*self._roots], {*self._roots}
        while waiting:
            further = self._draws.get(waiting.pop(), set()) - reached
            reached |= further
            waiting += further
        return reached

    def clean_page(self, page: pikepdf.Dictionary) -> None:
        """Take out of a page's content what is hidden."""
        pieces: list[bytes] = []
        streams = [one for one in one_or_all(page.get("/Contents")) if isinstance(one, pikepdf.Stream)]
        for piece in streams:
            self._filter(piece)
            pieces.append(self._decoded(piece))
            if sum(map(len, pieces)) > MOST_BYTES:
                raise RefusedError("too-much")
        data = b"\n".join(pieces)
        self._page_resources = page.get("/Resources")
        self._roots.add(key_of(page))
        done = self._cut(key_of(page), data, page.get("/Resources"))
        if done.data is not None:
            page.Contents = self.pdf.make_stream(done.data)
        elif len(streams) != len(one_or_all(page.get("/Contents"))):
            page.Contents = pikepdf.Array(streams)

    def _put(self, thing: Any, kind: str) -> None:  # noqa: ANN401 - whatever the file holds
        key = key_of(thing)
        if key != DIRECT:
            if (key, kind) in self._seen:
                return
            self._seen.add((key, kind))
        self._visits += 1
        if self._visits > _MOST_VISITS:
            raise RefusedError("too-much")
        self._waiting.append((thing, kind))

    def _strip(self, thing: Any, kind: str) -> None:  # noqa: ANN401 - as above
        allowed = KINDS[kind]
        if kind in ("Form", "Image") and self.layers.hides(thing.get("/OC")):
            self._hidden.add(key_of(thing))
        if kind == "TilingPattern":
            self._roots.add(key_of(thing))
        if kind in ("Form", "TilingPattern"):
            self._clean(thing, thing.get("/Resources"))
        elif kind == "Font":
            self._clean_glyphs(thing)
        elif kind == "Image":
            self._measure(thing)
        is_stream = isinstance(thing, pikepdf.Stream)
        if is_stream:
            self._filter(thing)
        for key in list(thing.keys()):
            if is_stream and key in ("/Length", "/Filter", "/DecodeParms"):
                continue
            rule = allowed.get(key)
            if rule is None:
                self.tell(CODES.get(key, "other"))
                drop(thing, key)
                continue
            value = thing.get(key)
            kept = self.admit(value, rule)
            if kept is None:
                self.tell("other")
                drop(thing, key)
            elif kept is not value:
                thing[key] = kept

    def admit(self, value: Any, rule: str) -> Any:  # noqa: ANN401 - as above
        """Return what may stay of a value; None if it may not. What it leads to is pruned later."""
        if rule == "*":
            return value if is_plain(value) else None
        if rule == "made":
            return value
        if rule.endswith("{}"):
            return self._admit_map(value, rule[:-2])
        if rule.endswith("[]"):
            if isinstance(value, pikepdf.Array):
                kept = [self._admit_one(member, rule[:-2]) for member in members(value)]
                return value if all(kept_one is not None for kept_one in kept) else None
            rule = rule[:-2]
        return self._admit_one(value, rule)

    def _admit_map(self, value: Any, kind: str) -> Any:  # noqa: ANN401 - as above
        if not isinstance(value, pikepdf.Dictionary):
            return None
        key = key_of(value)
        if key != DIRECT:
            if (key, kind + "{}") in self._seen:
                return value
            self._seen.add((key, kind + "{}"))
        if kind == "XObject":
            self._pictures.append(value)
        for name, member in list(value.items()):
            if kind == "PropertyList" and self.layers.holds(member):
                # Another page may have to look here yet which layer its content is on.
                self._layer_names.append((value, name))
                self.tell("layers")
                continue
            kept = self._admit_one(member, kind)
            if kept is None:
                self.tell("other")
                drop(value, name)
            elif kept is not member:
                value[name] = kept
        return value

    def _admit_one(self, value: Any, kind: str) -> Any:  # noqa: ANN401 - as above
        match kind:
            case "XObject":
                return self._admit_picture(value)
            case "Form":  # of a soft mask: nobody calls it by a name
                self._roots.add(key_of(value))
                return self._admit_picture(value)
            case "ColorSpace":
                return self._admit_colours(value)
            case "Mask" if isinstance(value, pikepdf.Array):
                return value if is_plain(value) else None
            case "Mask":
                kind = "Image"
            case "Transfer" if isinstance(value, pikepdf.Array):
                return self.admit(value, "Function[]") if not is_plain(value) else value
            case "Function" | "Transfer" | "SoftMask" | "GlyphMap" | "Encoding" | "CharacterMap" if (
                isinstance(value, pikepdf.Name)
            ):
                return value
            case "Transfer":
                kind = "Function"
            case "GlyphMap":
                kind = "Glyphs"
            case "Encoding":
                kind = "CharacterMapStream" if isinstance(value, pikepdf.Stream) else "Differences"
            case "CharacterMap":
                kind = "CharacterMapStream"
            case "FontAndSize":
                return self._admit_font_and_size(value)
            case "Pattern":
                tiled = isinstance(value, pikepdf.Stream)
                kind = "TilingPattern" if tiled else "ShadingPattern"
        fits = (
            isinstance(value, pikepdf.Stream)
            if kind in STREAMS
            else isinstance(value, pikepdf.Dictionary)
            or (kind in EITHER and isinstance(value, pikepdf.Stream))
        )
        if not fits:
            return None
        self._put(value, kind)
        return value

    def _admit_picture(self, value: Any) -> Any:  # noqa: ANN401 - as above
        """Return a picture or form; in place of one that may not stay, a form that paints nothing."""
        if not isinstance(value, pikepdf.Stream):
            return None
        key = key_of(value)
        if key in self._hidden:
            return self._blank()
        if "/OC" in value:
            hidden = self.layers.hides(value.get("/OC"))
            self.tell("hidden-layer" if hidden else "layers")
            if hidden:
                self._hidden.add(key)
                return self._blank()
        match name_of(value.get("/Subtype")):
            case "/Image":
                kind = "Image"
            case "/Form" | "":
                kind = "Form"
            case _:
                self.tell("postscript")
                return self._blank()
        self.drawn[key] = value
        self._put(value, kind)
        return value

    def _blank(self) -> pikepdf.Object:
        if self._nothing is None:
            self._nothing = self.pdf.make_indirect(
                pikepdf.Stream(
                    self.pdf, b"", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 0, 0]
                )
            )
            self._roots.add(key_of(self._nothing))
        return self._nothing

    def _admit_colours(self, value: Any) -> Any:  # noqa: ANN401 - as above
        if isinstance(value, pikepdf.Name):
            return value
        parts = members(value)
        if not parts or self._colour_depth > _MOST_COLOUR_DEPTH:
            return None
        key = key_of(value)
        if key != DIRECT:
            if (key, "ColorSpace") in self._seen:
                return value
            self._seen.add((key, "ColorSpace"))
        rules = {
            "/CalGray": ["Calibration"],
            "/CalRGB": ["Calibration"],
            "/Lab": ["Calibration"],
            "/ICCBased": ["Profile"],
            "/Indexed": ["ColorSpace", "*", "*"],
            "/Pattern": ["ColorSpace"],
            "/Separation": ["*", "ColorSpace", "Function"],
            "/DeviceN": ["*", "ColorSpace", "Function", "Colorants"],
            "/DeviceGray": [],
            "/DeviceRGB": [],
            "/DeviceCMYK": [],
        }.get(name_of(parts[0]))
        if rules is None or len(parts) - 1 > len(rules):
            return None
        self._visits += 1
        if self._visits > _MOST_VISITS:
            raise RefusedError("too-much")
        self._colour_depth += 1
        try:
            for part, rule in zip(parts[1:], rules, strict=False):
                # The table of an indexed space may be a stream.
                fits = "Lookup" if rule == "*" and isinstance(part, pikepdf.Stream) else rule
                if self.admit(part, fits) is None:
                    return None
        finally:
            self._colour_depth -= 1
        return value

    def _admit_font_and_size(self, value: Any) -> Any:  # noqa: ANN401 - as above
        parts = members(value)
        if len(parts) != 2 or not is_plain(parts[1]) or self._admit_one(parts[0], "Font") is None:
            return None
        return value

    def _clean(self, stream: Any, resources: Any) -> None:  # noqa: ANN401 - as above
        """Take hidden layers out of a form, a pattern or a glyph."""
        key = key_of(stream)
        if key in self._cleaned:
            return
        self._cleaned.add(key)
        self._filter(stream)
        done = self._cut(key, self._decoded(stream), resources)
        if done.data is not None:
            stream.write(done.data)

    def _clean_glyphs(self, font: Any) -> None:  # noqa: ANN401 - as above
        glyphs = font.get("/CharProcs")
        if isinstance(glyphs, pikepdf.Dictionary):
            for glyph in dict(glyphs.items()).values():
                if isinstance(glyph, pikepdf.Stream):
                    self._roots.add(key_of(glyph))
                    self._clean(glyph, font.get("/Resources"))

    def _cut(self, owner: Key, data: bytes, resources: Any) -> Cut:  # noqa: ANN401 - as above
        if resources is None:  # a form of its own takes them from the page that it is on
            resources = self._page_resources
        done = cut(self.pdf, data, resources, self.layers)
        if done.marks:
            self.cuts[owner] = done.marks
        self.tell("hidden-layer" if done.hidden else "")
        self.tell("layers" if done.layers else "")
        self.tell("private" if done.private else "")
        self.tell("repaired" if done.torn else "")
        pictures = entry(resources, "/XObject")
        self._draws[owner] = {key_of(entry(pictures, name)) for name in done.shown}
        return done

    def _decoded(self, stream: Any) -> bytes:  # noqa: ANN401 - as above
        data = decoded(stream, self.tell)
        self._content_bytes += len(data)
        if self._content_bytes > _MOST_CONTENT_BYTES:
            raise RefusedError("too-much")
        return data

    def _measure(self, image: Any) -> None:  # noqa: ANN401 - as above
        width, height = whole(image.get("/Width")), whole(image.get("/Height"))
        if width is not None and height is not None and width * height > _MOST_PIXELS:
            raise RefusedError("picture")

    def _filter(self, stream: Any) -> None:  # noqa: ANN401 - as above
        """Leave a stream only filters that are known, and what lies in this file."""
        for key in ("/F", "/FFilter", "/FDecodeParms"):
            if key in stream:
                self.tell("external")
                drop(stream, key)
        names = [name_of(one) for one in one_or_all(stream.get("/Filter"))]
        if not {*names} <= FILTERS:
            stream.write(decoded(stream, self.tell))
            return
        for parameters in one_or_all(stream.get("/DecodeParms")):
            if not isinstance(parameters, pikepdf.Dictionary):
                continue
            for key in list(parameters.keys()):
                value = parameters.get(key)
                if key == "/JBIG2Globals" and isinstance(value, pikepdf.Stream):
                    self._put(value, "Lookup")
                elif key not in PARAMETERS or not is_plain(value):
                    drop(parameters, key)
