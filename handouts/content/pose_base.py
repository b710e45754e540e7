"""What all pose models are made of: numbers within bounds, places, and the way to the figures' values.

Each model stands for one value of ``figures.pose`` and has its field names; :func:`figure` turns one into the
other.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, Discriminator, Field, Tag

from handouts.content.base import Model
from handouts.figures import things as p

Angle = Annotated[float, Field(ge=-360, le=360)]
Length = Annotated[float, Field(ge=-400, le=400)]
Share = Annotated[float, Field(ge=0, le=1)]
Scale = Annotated[float, Field(ge=0.2, le=2)]
Size = Annotated[float, Field(gt=0, le=300)]
Name = Annotated[str, Field(min_length=1, max_length=30)]
Pair = Annotated[list[Length], Field(min_length=2, max_length=2)]
Sizes = Annotated[list[Size], Field(min_length=2, max_length=2)]
SharePair = Annotated[list[Share], Field(min_length=2, max_length=2)]
Bend = Literal[1, -1]


class PoseModel(Model):
    """The base of the pose models: ``VALUE`` is the class in ``figures.pose`` that one is turned into."""

    VALUE: ClassVar[type[Any]]


def figure(value: object) -> Any:  # noqa: ANN401 - the value that each model names
    """Return the figures' value of a model; lists become tuples, all else stays."""
    if isinstance(value, PoseModel):
        said = {name: figure(getattr(value, name)) for name in type(value).model_fields}
        return value.VALUE(**{name: part for name, part in said.items() if name != "prop"})
    if isinstance(value, list):
        return tuple(figure(part) for part in value)
    return value


class NamedSpot(Model):
    """A point of the body and a shift from it."""

    point: Name
    shift: Pair = Field(default=[0, 0], description="Right and up from the point, in cm.")


def _kind_of_spot(value: object) -> str:
    return "point" if isinstance(value, str) else "map" if isinstance(value, dict) else "place"


def _spot(value: Any) -> p.Spot:  # noqa: ANN401 - one of the three ways to write a spot
    if isinstance(value, str):
        return p.Spot(point=value)
    if isinstance(value, NamedSpot):
        return p.Spot(value.shift[0], value.shift[1], value.point)
    return p.Spot(*value)


SpotField = Annotated[
    Annotated[Pair, Tag("place")] | Annotated[Name, Tag("point")] | Annotated[NamedSpot, Tag("map")],
    Discriminator(_kind_of_spot),
    AfterValidator(_spot),
]
