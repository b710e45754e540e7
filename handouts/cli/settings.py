"""What the surroundings say: the clinic's own folder, the usual clinic, the day."""

from __future__ import annotations

import argparse
import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from handouts.errors import OutsideError, UsageError

if TYPE_CHECKING:
    from handouts.content.library import Library


def here() -> Path:
    """Return the current folder; raises :class:`OutsideError` where somebody has deleted it."""
    try:
        return Path.cwd()
    except OSError as error:
        raise OutsideError(
            f"the current folder cannot be used: {error.strerror}.", advice="Go to another folder."
        ) from error


def overlay(args: argparse.Namespace) -> Path | None:
    """Return the clinic's own folder: ``--library``, else ``HANDOUTS_LIBRARY``, else ``handouts.toml``."""
    named = args.library or os.environ.get("HANDOUTS_LIBRARY")
    if named:
        return Path(named)
    from handouts.content.places import find_settings

    found = find_settings(here())
    return found.library if found else None


def library(args: argparse.Namespace, *, drafts: bool = False) -> Library:
    """Open the bundled content with the clinic's own folder over it; ``drafts`` as the library takes it."""
    from handouts.content.library import Library
    from handouts.content.places import Places

    return Library(Places(overlay(args)), drafts=drafts)


def clinics(args: argparse.Namespace) -> tuple[str, ...]:
    """Return the clinics that ``--clinic`` names, else the usual one of ``handouts.toml``."""
    if args.clinics:
        return tuple(dict.fromkeys(args.clinics))
    from handouts.content.places import find_settings

    found = find_settings(here())
    if found and found.clinic:
        return (found.clinic,)
    raise UsageError(
        "say for which clinic: --clinic ID.",
        advice="Or name the usual one in handouts.toml. See: handouts list clinics",
    )


def today() -> date:
    """Return today's date here; with ``SOURCE_DATE_EPOCH`` set, that moment's date in UTC."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.now().astimezone().date()
    try:
        # What int() takes besides digits (a sign, blanks, 1_000) is a slip here.
        seconds = int(epoch) if epoch.isascii() and epoch.isdigit() else -1
        if seconds >= 0:
            return datetime.fromtimestamp(seconds, UTC).date()
    except (ValueError, OverflowError, OSError):
        pass
    raise UsageError(
        f"SOURCE_DATE_EPOCH is {epoch!r}, which is no number of seconds since 1970.", advice="Unset it."
    )
