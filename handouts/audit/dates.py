"""When a file says it was made and changed: in the document information, and in the metadata."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from handouts.audit.case import Case
from handouts.audit.objects import entries, text_of

_XMP = "{http://ns.adobe.com/xap/1.0/}"
_PAIRS = (("/CreationDate", _XMP + "CreateDate", "made"), ("/ModDate", _XMP + "ModifyDate", "changed"))
_ZONE = r"(?P<zone>Z|[-+])?(?:(?P<zone_hours>\d\d)[':]?(?:(?P<zone_minutes>\d\d)'?)?)?"
_OF_INFO = re.compile(
    r"(?:D:)?(?P<year>\d{4})(?:(?P<month>\d\d)(?:(?P<day>\d\d)(?:(?P<hour>\d\d)(?:(?P<minute>\d\d)"
    r"(?:(?P<second>\d\d))?)?)?)?)?" + _ZONE,
    re.ASCII,
)
_OF_XMP = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)(?:T(?P<hour>\d\d):(?P<minute>\d\d)"
    r"(?::(?P<second>\d\d)(?:\.\d+)?)?)?)?)?" + _ZONE,
    re.ASCII,
)


def check_dates(case: Case, xmp: dict[str, list[str]]) -> None:
    """Tell dates that differ; ``xmp`` are the values of each property."""
    info = entries(case.pdf.trailer.get("/Info"))
    for key, name, what in _PAIRS:
        listed = text_of(info.get(key)).strip()
        declared = next((value.strip() for value in xmp.get(name, []) if value.strip()), "")
        if not listed and (not declared or not case.own):
            continue  # the document information may be left out; what it says must be said again
        moment = _moment(_OF_INFO, listed)
        if moment is None or moment != _moment(_OF_XMP, declared):
            case.found.add(
                "metadata-differs",
                f"The document information and the metadata do not give the same day and time when the file "
                f"was {what}.",
                warning=not case.own,
            )


def _moment(form: re.Pattern[str], text: str) -> datetime | None:
    """Return a date as universal time; None if it is none. Without a zone it is taken as it stands."""
    match = form.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second = (
        int(match[part] or least)
        for part, least in (("year", 1), ("month", 1), ("day", 1), ("hour", 0), ("minute", 0), ("second", 0))
    )
    away = timedelta(hours=int(match["zone_hours"] or 0), minutes=int(match["zone_minutes"] or 0))
    try:
        local = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - compared as universal time
        return local + away if match["zone"] == "-" else local - away
    except (ValueError, OverflowError):
        return None
