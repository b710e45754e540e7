"""What a content file may say: pydantic models, the only source of the JSON schemas.

Each model is frozen and refuses unknown keys. A :class:`Statement` is one printed sentence or item
together with the keys of the sources that support it, so that no fact stands without its source.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Discriminator, Field, StringConstraints, Tag
from pydantic_core import PydanticCustomError

from handouts.content.base import Model
from handouts.content.pose_models import PoseFile


def _calendar_day(value: str) -> str:
    try:
        date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("no_such_day", "there is no such day") from None
    return value


Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000)]
Name = Annotated[Text, Field(max_length=120)]
"""A title, a name or a line of an address: longer ones leave no room for the page."""
SourceKey = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9-]*$", max_length=20)]
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
Day = Annotated[
    str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), AfterValidator(_calendar_day)
]
Version = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}\.[0-9]{2}(\.[0-9]+)?$")]


def _all_or_list(value: object) -> str:
    return "all" if value == "all" else "list"


AllOrIds = Annotated[
    Annotated[list[Id], Tag("list")] | Annotated[Literal["all"], Tag("all")], Discriminator(_all_or_list)
]

Urgency = Literal["emergency", "same_day", "book", "self_care"]
Stage = Literal["early", "middle", "return"]
STAGES: tuple[Stage, ...] = ("early", "middle", "return")
Region = Literal[
    "outer-hip",
    "groin-front",
    "buttock",
    "back-of-thigh",
    "inner-thigh",
    "lower-back",
    "outer-knee",
    "front-thigh",
    "elsewhere",
]

Icon = Literal[
    "rest",
    "ice",
    "compression",
    "elevation",
    "pillow",
    "no-rest",
    "no-ice",
    "no-compression",
    "no-elevation",
    "no-pillow",
]


class Statement(Model):
    """One printed sentence or list item and the keys of its sources (``GK``: general knowledge)."""

    text: Text
    sources: list[SourceKey] = Field(min_length=1)


class Source(Model):
    """Where a fact comes from, as the sheet names it."""

    publisher: Text
    title: Text
    year: Annotated[int, Field(ge=1950, le=2100)] | None = None
    url: Text | None = None
    read: Day | None = Field(default=None, description="The day on which somebody read it.")
    tier: Literal["A", "B", "C", "general"] = Field(
        description="A: read on the original site. B: on a copy. C: second hand. general: not from a source."
    )


class Sign(Model):
    """One line of the get-help box."""

    urgency: Urgency
    group: Id | None = Field(default=None, description="With which others it stands where there are many.")
    text: Text
    on_referral: Text | None = Field(
        default=None,
        description="What it says on a sheet that only refers, where there is no plan to put off.",
    )
    sources: list[SourceKey] = Field(min_length=1)


class RedFlag(Model):
    """A warning sign: one line for each urgency that it has."""

    worry: Text = Field(description="What a clinician fears; never printed.")
    signs: list[Sign] = Field(min_length=1)


class RedFlagFile(Model):
    """``data/red-flags.yaml``: every warning sign, and which ones each sheet prints."""

    everywhere: list[Id] = Field(description="Printed on the first page of every handout.")
    by_region: dict[Region, list[Id]] = Field(description="Printed where the condition has the region.")
    groups: dict[Id, Name] = Field(
        default={}, description="Head of each group of signs: an urgency with many signs is parted by them."
    )
    flags: dict[Id, RedFlag]


class SourceFile(Model):
    """``data/sources.yaml``: every source by its key."""

    sources: dict[SourceKey, Source]


class Dose(Model):
    """How much of an exercise, as the sheet prints it when nobody changes it."""

    sets: Annotated[int, Field(ge=1, le=10)] | None = None
    reps: Annotated[int, Field(ge=1, le=50)] | None = None
    hold_s: Annotated[int, Field(ge=1, le=120)] | None = None
    minutes: Annotated[int, Field(ge=1, le=90)] | None = None
    steps_each_way: Annotated[int, Field(ge=1, le=50)] | None = None
    per_day: Annotated[int, Field(ge=1, le=6)] | None = None
    days_per_week: Annotated[int, Field(ge=1, le=7)] | None = None
    each_side: bool = False


class DoseRange(Model):
    """The lowest and highest sourced value of each part of a dose, as ``[low, high]``."""

    sets: Annotated[list[int], Field(min_length=2, max_length=2)] | None = None
    reps: Annotated[list[int], Field(min_length=2, max_length=2)] | None = None
    hold_s: Annotated[list[int], Field(min_length=2, max_length=2)] | None = None
    per_day: Annotated[list[int], Field(min_length=2, max_length=2)] | None = None
    days_per_week: Annotated[list[int], Field(min_length=2, max_length=2)] | None = None


class Exercise(Model):
    """One exercise: its words and its dose."""

    id: Id
    title: Text
    language: Literal["en"] = "en"
    version: Version
    position: Text
    equipment: list[Text] = []
    steps: list[Text] = Field(min_length=1, max_length=6)
    feel_it: Text = Field(description="Where the patient should feel it: 'in your buttocks'.")
    watch_for: Text = Field(description="The common mistakes, in a few words: 'an arched back'.")
    easier: Text | None = None
    harder: Text | None = None
    care: Text | None = Field(default=None, description="A warning printed on the card, always.")
    picture_alt: Annotated[Text, Field(max_length=249)] | None = Field(
        default=None, description="What the drawing shows, for ears: start, movement, end."
    )
    pose: PoseFile | None = Field(default=None, description="The drawing: see docs/poses.md.")
    dose: Dose
    dose_range: DoseRange = DoseRange()
    impact: bool = Field(default=False, description="Running or jumping: waits for bone-stress clearance.")
    never_for: list[Id] = Field(
        default=[], description="Conditions that this exercise must not be printed for."
    )
    sources: list[SourceKey] = Field(min_length=1)


class CarePart(Model):
    """One part of first care: what to do, and what not to do; or why it is left out."""

    do: Text | None = None
    do_not: Text | None = None
    instead: Text | None = Field(
        default=None, description="Printed in its place where the part does not fit."
    )
    icon: Icon | None = Field(
        default=None, description="Another icon than its own; without one, `instead` crosses its own out."
    )
    reason: Text | None = Field(
        default=None, description="Needed where a part is dropped or reworded; not printed."
    )
    sources: list[SourceKey] = Field(min_length=1)


class FirstCare(Model):
    """Rest, ice, compression, elevation, and one honest line about what they can do."""

    rest: CarePart
    ice: CarePart
    compression: CarePart
    elevation: CarePart
    honest: Statement


class Code(Model):
    """One ICD-10-CM code for the clinician's records; never printed as the patient's diagnosis."""

    code: Annotated[str, StringConstraints(pattern=r"^[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?$")]
    meaning: Text
    side: Literal["right", "left", "both", "unspecified", "none"]


class Question(Model):
    """A short question and its answer."""

    question: Text
    answer: Text
    sources: list[SourceKey] = Field(min_length=1)


class StagedExercises(Model):
    """Exercise ids by stage."""

    early: list[Id] = []
    middle: list[Id] = []
    return_: list[Id] = Field(default=[], alias="return")

    def of(self, stage: Stage) -> list[Id]:
        """Return the ids of one stage."""
        return self.return_ if stage == "return" else getattr(self, stage)

    def all(self) -> list[Id]:
        """Return the ids of all stages, early ones first."""
        return [*self.early, *self.middle, *self.return_]


class Condition(Model):
    """One condition: everything that its sheet can say."""

    id: Id
    title: Name = Field(description="The name in plain words, as it stands on top of the sheet.")
    other_names: list[Text] = []
    language: Literal["en"] = "en"
    version: Version
    extends: Id | None = Field(
        default=None, description="In a clinic's own folder: the bundled id to change."
    )
    template: Text = "handout.html.j2"
    referral_only: bool = Field(default=False, description="No exercises and no first care are ever printed.")
    regions: list[Region] = Field(min_length=1)
    part: Text = Field(default="hip", description="The part of the body, as in 'your left hip'.")
    where: Text = Field(description="Where it hurts, in plain words.")
    urgency: Urgency
    codes: list[Code] = []
    message: list[Statement] = Field(
        min_length=1, max_length=3, description="The one main message, first thing read."
    )
    red_flags: list[Id] = Field(description="Warning signs besides those that every sheet prints.")
    drops_red_flags: dict[Id, Text] = Field(
        default={}, description="In an overlay: flag id and the reason why."
    )
    not_better_weeks: Annotated[int, Field(ge=1, le=12)] = Field(
        description="When to book a visit if no better."
    )
    not_better_sources: list[SourceKey] = Field(min_length=1)
    about: list[Statement] = Field(min_length=1, max_length=4)
    causes: list[Statement] = Field(min_length=1, max_length=7)
    recovery: list[Statement] = Field(min_length=1, max_length=3, description="How long it takes.")
    first_care: FirstCare | None = None
    do_now: list[Statement] = Field(default=[], max_length=7, description="Referral only: what to do now.")
    do_now_icon: Literal["crutches"] | None = Field(
        default=None, description="Referral only: how it is done, drawn."
    )
    expect: list[Statement] = Field(default=[], max_length=7, description="Referral only: what to expect.")
    avoid: list[Statement] = Field(default=[], max_length=7)
    exercises: StagedExercises = StagedExercises()
    more_exercises: StagedExercises = StagedExercises()
    never: AllOrIds = Field(default=[], description="Exercises that must never be printed for it.")
    allows: dict[Id, Text] = Field(
        default={},
        description="In an overlay: exercise that the bundled files rule out, and the reason why not.",
    )
    caution: dict[Id, Text] = Field(
        default={}, description="Exercise id and the line printed on its card here."
    )
    back_to_running: list[Statement] = Field(default=[], max_length=7)
    walk_run_table: bool = False
    prevention: list[Statement] = Field(default=[], max_length=7)
    clinician_may_offer: list[Statement] = Field(default=[], max_length=7)
    questions: list[Question] = Field(default=[], max_length=6)


class Colours(Model):
    """The clinic's colour; all others follow from it."""

    accent: Colour


class Logo(Model):
    """A clinic's own logo: a PNG, JPEG or SVG beside the clinic's file."""

    file: Annotated[str, StringConstraints(pattern=r"^[\w.-]+\.(png|jpg|jpeg|svg)$", max_length=100)]
    alt: Text


class Review(Model):
    """A clinic's sign-off of one condition: printed on the sheet as its review state."""

    condition: Id
    version: Version
    name: Name
    role: Name
    date: Day
    until: Day = Field(description="The last day on which it holds: then somebody has to read it again.")


class ClinicFile(Model):
    """One clinic: only what the clinic says of itself."""

    id: Id
    name: Name
    places: list[Name] = Field(default=[], max_length=12)
    phone: Annotated[Text, Field(max_length=60)] | None = None
    address: list[Name] = Field(default=[], max_length=4)
    web: Annotated[Text, Field(max_length=160)] | None = None
    email: Annotated[Text, Field(max_length=160)] | None = None
    tagline: Annotated[Text, Field(max_length=160)] | None = None
    emergency_number: Annotated[
        str, StringConstraints(strip_whitespace=True, pattern=r"^[0-9][0-9 ]{0,13}[0-9]$")
    ]
    colours: Colours
    band: Literal["rule", "block", "side"] = "rule"
    corners: Literal["round", "square"] = "round"
    person: Literal["short-hair", "bun"] = Field(
        default="short-hair", description="Who is drawn in the exercises."
    )
    logo: Logo | None = None
    paper: Literal["letter", "a4"] = "letter"
    reviews: list[Review] = []


class PacketInsert(Model):
    """A PDF of the clinic's own, such as a consent form or a map, bound into a packet."""

    file: Annotated[str, StringConstraints(pattern=r"^[\w.-]+\.(pdf|PDF)$", max_length=100)] = Field(
        description="Its name; it stands in the folder of the packet's own file."
    )
    title: Name = Field(description="What the contents and the bookmarks call it.")
    after: Id | None = Field(
        default=None,
        description="The condition that it comes behind, or cover; without it, it comes last.",
    )
    alt: Text | None = Field(
        default=None, description="What each page shows, for who cannot see it; only if the file is untagged."
    )


class Packet(Model):
    """Several handouts bound into one."""

    id: Id
    title: Name
    language: Literal["en"] = "en"
    conditions: list[Id] = Field(min_length=1, max_length=40)
    inserts: list[PacketInsert] = Field(default=[], max_length=40)


class Term(Model):
    """A medical word: the plain words that explain it, the best one first, and its other forms."""

    means: list[Text] = Field(min_length=1)
    also: list[Text] = []


class GlossaryFile(Model):
    """``data/glossary/<language>.yaml``: medical words that a sheet explains at their first use."""

    language: Literal["en"]
    terms: dict[Text, Term]


class WalkRunRow(Model):
    """One week of the walk-run table, in minutes."""

    week: Annotated[int, Field(ge=1)]
    jog_min: Annotated[int, Field(ge=0)]
    walk_min: Annotated[int, Field(ge=0)]
    rounds: Annotated[int, Field(ge=1)]


class FixedFacts(Model):
    """What the fixed words claim, each with its sources; the texts say it in short and are not printed."""

    wait_for_check: Statement
    pain_rule: Statement
    stages: Statement
    walk_run: Statement


class WordsFile(Model):
    """``data/words/<language>.yaml``: every word of the page that is not a condition's own."""

    language: Literal["en"]
    name: Text
    facts: FixedFacts
    words: dict[Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")], Text]
    weekdays: list[Text] = Field(min_length=7, max_length=7)
    months: list[Text] = Field(min_length=12, max_length=12)
    walk_run: list[WalkRunRow]
