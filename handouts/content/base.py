"""The base of every content model."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """The base of all content models: frozen, unknown keys refused, nothing converted silently."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
