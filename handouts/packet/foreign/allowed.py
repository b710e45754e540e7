"""What may stay of each kind of object: a list of its keys, and of what kind each value must be.

A rule is the name of a kind; ``Kind[]`` is one of them or an array of them, ``Kind{}`` a dictionary of them
under any names, ``*`` a plain value: a number, a name, a string, true or false, or an array of such;
``made`` is what another module has put there anew. After ISO 32000-1; a key that is not here goes.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_STREAM = {"Length": "*"}  # Filter and DecodeParms are looked at by themselves


def _plain(keys: str) -> dict[str, str]:
    return dict.fromkeys(keys.split(), "*")


_FUNCTION = _plain("FunctionType Domain Range Size BitsPerSample Order Encode Decode C0 C1 N Bounds") | {
    "Functions": "Function[]"
}
_SHADING = _plain(
    "ShadingType Background BBox AntiAlias Domain Matrix Coords Extend BitsPerCoordinate"
    " BitsPerComponent BitsPerFlag Decode VerticesPerRow"
) | {"ColorSpace": "ColorSpace", "Function": "Function[]"}

_KINDS: dict[str, dict[str, str]] = {
    # pages
    "Page": _plain("Type MediaBox CropBox BleedBox TrimBox ArtBox Rotate UserUnit Tabs StructParents")
    | {"Contents": "Content[]", "Resources": "Resources", "Group": "Group", "Annots": "Link[]"},
    "Content": {},
    "Group": _plain("Type S I K") | {"CS": "ColorSpace"},
    "Resources": {
        "ColorSpace": "ColorSpace{}",
        "ExtGState": "ExtGState{}",
        "Font": "Font{}",
        "Pattern": "Pattern{}",
        "ProcSet": "*",
        "Properties": "PropertyList{}",
        "Shading": "Shading{}",
        "XObject": "XObject{}",
    },
    "PropertyList": _plain("MCID Lang ActualText Alt E Type Subtype Attached BBox"),
    # what is painted
    "Form": _plain("Type Subtype FormType BBox Matrix StructParent StructParents")
    | {"Resources": "Resources", "Group": "Group"},
    "Image": _plain(
        "Type Subtype Width Height BitsPerComponent Intent ImageMask Decode Interpolate SMaskInData"
        " StructParent Matte"
    )
    | {"ColorSpace": "ColorSpace", "Mask": "Mask", "SMask": "Image"},
    "TilingPattern": _plain("Type PatternType PaintType TilingType BBox XStep YStep Matrix")
    | {"Resources": "Resources"},
    "ShadingPattern": _plain("Type PatternType Matrix") | {"Shading": "Shading", "ExtGState": "ExtGState"},
    "Shading": _SHADING,
    "Function": _FUNCTION,
    "ExtGState": _plain("Type LW LC LJ ML D RI OP op OPM FL SM SA BM CA ca AIS TK")
    | {
        "Font": "FontAndSize",
        "BG": "Function",
        "BG2": "Function",
        "UCR": "Function",
        "UCR2": "Function",
        "TR": "Transfer",
        "TR2": "Transfer",
        "SMask": "SoftMask",
    },
    "SoftMask": _plain("Type S BC") | {"G": "Form", "TR": "Transfer"},
    # colours; arrays of colour spaces are looked at by themselves
    "Profile": _plain("N Range") | {"Alternate": "ColorSpace"},
    "Lookup": {},
    "Calibration": _plain("WhitePoint BlackPoint Gamma Matrix Range"),
    "Colorants": _plain("Subtype") | {"Colorants": "ColorSpace{}", "Process": "ProcessColors"},
    "ProcessColors": _plain("Components") | {"ColorSpace": "ColorSpace"},
    # typefaces
    "Font": _plain("Type Subtype BaseFont FirstChar LastChar Widths Name FontBBox FontMatrix DW DW2 W W2")
    | {
        "CharProcs": "Glyph{}",
        "CIDSystemInfo": "SystemInfo",
        "CIDToGIDMap": "GlyphMap",
        "DescendantFonts": "Font[]",
        "Encoding": "Encoding",
        "FontDescriptor": "FontDescriptor",
        "Resources": "Resources",
        "ToUnicode": "CharacterMap",
    },
    "FontDescriptor": _plain(
        "Type FontName FontFamily FontStretch FontWeight Flags FontBBox ItalicAngle Ascent Descent Leading"
        " CapHeight XHeight StemV StemH AvgWidth MaxWidth MissingWidth CharSet Lang"
    )
    | {
        "CIDSet": "Glyphs",
        "FD": "FontDescriptor{}",
        "FontFile": "FontFile",
        "FontFile2": "FontFile",
        "FontFile3": "FontFile",
        "Style": "FontStyle",
    },
    "FontStyle": _plain("Panose"),
    "FontFile": _plain("Length1 Length2 Length3 Subtype"),
    "Glyph": {},
    "Glyphs": {},
    "SystemInfo": _plain("Registry Ordering Supplement"),
    "Differences": _plain("Type BaseEncoding Differences"),
    "CharacterMapStream": _plain("Type CMapName WMode")
    | {"CIDSystemInfo": "SystemInfo", "UseCMap": "CharacterMap"},
    # colour of the whole document
    "OutputIntent": _plain("Type S OutputCondition OutputConditionIdentifier RegistryName Info")
    | {"DestOutputProfile": "Profile"},
    # tags
    "RoleMap": {},
    "AttributeLayout": _plain(
        "O Placement WritingMode BackgroundColor BorderColor BorderStyle BorderThickness Padding Color"
        " SpaceBefore SpaceAfter StartIndent EndIndent TextIndent TextAlign BBox Width Height BlockAlign"
        " InlineAlign TBorderStyle TPadding BaselineShift LineHeight TextDecorationColor"
        " TextDecorationThickness TextDecorationType RubyAlign RubyPosition GlyphOrientationVertical"
        " ColumnCount ColumnGap ColumnWidths TextPosition"
    ),
    "AttributeList": _plain("O ListNumbering ContinuedList ContinuedFrom"),
    "AttributePrintField": _plain("O Role checked Checked Desc"),
    "AttributeTable": _plain("O RowSpan ColSpan Headers Scope Summary Short"),
    "AttributeArtifact": _plain("O Type Subtype BBox"),
    # links
    "Link": _plain("Type Subtype Rect Contents F Border C H QuadPoints StructParent Lang")
    | {"BS": "BorderStyle", "A": "made", "Dest": "made"},
    "BorderStyle": _plain("Type W S D"),
}

KINDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {kind: MappingProxyType({f"/{key}": rule for key, rule in keys.items()}) for kind, keys in _KINDS.items()}
)

STREAMS = frozenset(
    (
        "CharacterMapStream",
        "Content",
        "FontFile",
        "Form",
        "Glyph",
        "Glyphs",
        "Image",
        "Lookup",
        "Profile",
        "TilingPattern",
    )
)
"""Kinds that must be streams."""

EITHER = frozenset(("Function", "Shading"))
"""Kinds that may be streams; all others must not be."""

FILTERS = frozenset(
    (
        "/ASCIIHexDecode",
        "/ASCII85Decode",
        "/LZWDecode",
        "/FlateDecode",
        "/RunLengthDecode",
        "/CCITTFaxDecode",
        "/JBIG2Decode",
        "/DCTDecode",
        "/JPXDecode",
    )
)
PARAMETERS = frozenset(
    (
        "/BitsPerComponent",
        "/BlackIs1",
        "/ColorTransform",
        "/Colors",
        "/Columns",
        "/DamagedRowsBeforeError",
        "/EarlyChange",
        "/EncodedByteAlign",
        "/EndOfBlock",
        "/EndOfLine",
        "/K",
        "/Predictor",
        "/Rows",
    )
)

CODES: Mapping[str, str] = MappingProxyType(
    {
        "/A": "action",
        "/AA": "action",
        "/AF": "embedded",
        "/AcroForm": "form",
        "/Alternates": "alternate",
        "/B": "",
        "/Collection": "embedded",
        "/DSS": "signature",
        "/Dur": "",
        "/EF": "embedded",
        "/EmbeddedFiles": "embedded",
        "/F": "external",
        "/FDecodeParms": "external",
        "/FFilter": "external",
        "/HT": "",
        "/HTP": "",
        "/ID": "",
        "/JS": "script",
        "/JavaScript": "script",
        "/LastModified": "private",
        "/M": "metadata",
        "/Metadata": "metadata",
        "/NM": "",
        "/Name": "",
        "/OC": "",
        "/OCProperties": "layers",
        "/OPI": "external",
        "/OpenAction": "opening",
        "/PA": "",
        "/PS": "postscript",
        "/Parent": "",
        "/Perms": "signature",
        "/PieceInfo": "private",
        "/PresSteps": "opening",
        "/Ref": "external",
        "/Renditions": "media",
        "/Subtype2": "postscript",
        "/Thumb": "preview",
        "/Threads": "",
        "/Trans": "",
        "/URI": "",
    }
)
"""What is told of a key that goes; '' if nobody would miss it."""
