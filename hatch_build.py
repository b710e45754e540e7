"""Puts data/ and templates/ inside the wheel; an editable install reads them from the checkout."""

from __future__ import annotations

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ContentHook(BuildHookInterface):  # type: ignore[type-arg, misc, unused-ignore]
    """Adds the content folders to a wheel, but not to an editable install, where copies go stale."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the folders that a wheel takes along (``version`` is 'standard' or 'editable')."""
        if version != "editable":
            for name in ("data", "templates"):
                build_data["force_include"][name] = f"handouts/_bundled/{name}"
