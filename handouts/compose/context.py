"""What a template may use: every value, ready to print, documented field by field.

The fields of :class:`HandoutContext` (or :class:`CoverContext`) are the names that a template sees; there
are no others. Everything is text or a tuple of values with attributes; a template chooses and arranges, it
computes nothing. An empty text or tuple means that there is nothing to print.

Who the sheet is for, who gives it, on which day, and the note are not among the values. A template says where
they stand, with ``<span data-slot="patient"></span>`` (or ``clinician``, ``date``) and, for the note, with
``<p data-slot="note"></p>``.
"""

from __future__ import annotations

from dataclasses import dataclass

from handouts.content.wording import Words


@dataclass(frozen=True, slots=True)
class ClinicLines:
    """The clinic's own words for its band; empty where the clinic's file says nothing."""

    name: str
    """The clinic's name."""
    places: str
    """Its towns in one line."""
    tagline: str
    """Its motto."""
    phone: str
    """The number as the clinic writes it."""
    phone_link: str
    """The same as a ``tel:`` link."""
    address: tuple[str, ...]
    """The lines of its address."""
    web: str
    """Its web address as the clinic writes it."""
    web_link: str
    """The same as an ``https:`` link; empty where it can't be one."""
    email: str
    """Its e-mail address."""
    email_link: str
    """The same as a ``mailto:`` link."""
    logo_alt: str
    """The alternative text of its logo; empty without a logo."""


@dataclass(frozen=True, slots=True)
class SignLine:
    """One warning sign."""

    text: str
    """What the patient may notice."""
    strong: bool
    """Whether it is the one that must not be missed here."""


@dataclass(frozen=True, slots=True)
class HelpRow:
    """The warning signs of one urgency, or one group of them."""

    heading: str
    """What to do: 'Call 911 now'."""
    group: str
    """Where an urgency has too many signs for one list, what these are about: 'Hip or leg'; else empty."""
    signs: tuple[SignLine, ...]
    """The signs, the most important first."""


@dataclass(frozen=True, slots=True)
class CareLine:
    """One part of first care."""

    name: str
    """'Rest.', 'Ice.', 'Compression.' or 'Elevation.'"""
    text: str
    """What to do and what not to do, or what to do instead."""
    icon: str
    """The source of its icon: 'icon:ice'."""
    icon_alt: str
    """What the icon shows."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing with its caption: one view of the body with the sore place marked, or how to do a thing."""

    source: str
    """What to draw: 'map:front:outer-hip', 'icon:crutches'."""
    alt: str
    """What it shows."""
    caption: str
    """'Front', 'Back' or 'Side'; or what is done."""


@dataclass(frozen=True, slots=True)
class PainBox:
    """One of the three boxes of the pain rule."""

    heading: str
    """'Go', 'Slow down' or 'Stop'."""
    text: str
    """The pain, 0 to 10, and what to do."""


@dataclass(frozen=True, slots=True)
class Card:
    """One exercise, as its card prints it."""

    number: int
    """Counts from 1 through all stages."""
    title: str
    """The name of the exercise."""
    exercise: str
    """Its id, which names its drawing."""
    picture_alt: str
    """What its drawing shows, for ears; empty where there is none."""
    steps: tuple[str, ...]
    """What to do, step by step."""
    dose: str
    """How much, in words: 'Hold 5 seconds. Do 10 times.'"""
    needs: str
    """What to have at hand; empty for nothing."""
    watch_for: str
    """The common mistakes."""
    easier: str
    """What to do if it is too hard."""
    harder: str
    """What to do if it is too easy."""
    feel_it: str
    """Where to feel it: 'Feel it in your buttocks.'"""
    warnings: tuple[str, ...]
    """What to beware of with this exercise, or with it and this condition."""


@dataclass(frozen=True, slots=True)
class StageCards:
    """The exercises of one stage."""

    heading: str
    """When to begin with them."""
    cards: tuple[Card, ...]
    """The exercises; empty where all of them have to wait."""
    later: str
    """Why a running exercise of this stage is not printed; else empty."""
    left_out: tuple[str, ...]
    """What is left out because another condition of the same patient rules it out: a line for each."""


@dataclass(frozen=True, slots=True)
class WalkRunWeek:
    """One row of the walk-run table."""

    week: str
    """'Week 1'"""
    jog: str
    """How long to jog: '1 minute'."""
    walk: str
    """How long to walk after it: '1 minute', or 'no walk'."""
    rounds: str
    """How often: '15 times'."""


@dataclass(frozen=True, slots=True)
class LogRow:
    """One exercise of the log."""

    name: str
    """Number and name of the exercise."""
    days: tuple[bool, ...]
    """For Monday to Sunday: whether there is a box to tick."""


@dataclass(frozen=True, slots=True)
class LogWeek:
    """One table of the log."""

    heading: str
    """'Week 1'"""
    rows: tuple[LogRow, ...]
    """A row for each exercise."""


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One line of the plan in short."""

    label: str
    """'Do this week:', 'Stop:' or 'Call us:'"""
    text: str
    """What to do, in whole sentences."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A short question and its answer."""

    question: str
    """What people ask."""
    answer: str
    """The answer."""


@dataclass(frozen=True, slots=True)
class SourceGroup:
    """The sources of one part of the sheet."""

    heading: str
    """What they support: 'The exercises:'"""
    text: str
    """Publisher and title of each, with its year."""


@dataclass(frozen=True, slots=True)
class HandoutContext:
    """Everything that a handout's template may print."""

    words: Words
    """The fixed words of the page, by name: ``words.when_to_get_help``."""
    language: str
    """The language of the sheet, as ``en``."""
    anchor: str
    """The condition's id: what a packet's contents link to."""
    title: str
    """The name of the condition in plain words."""
    footer: str
    """The line at the foot of every page: title, version, review state."""
    other_names: str
    """'Also called …', in one line."""
    message: tuple[str, ...]
    """The sentences of the main message."""
    where: str
    """Where it hurts."""
    maps: tuple[Picture, ...]
    """Where it hurts, drawn: one or two views."""
    clinic: ClinicLines
    """The clinic's lines."""
    has_note: bool
    """Whether there is a note of the clinician's: ``<p data-slot="note"></p>`` prints it."""
    side: str
    """'These pages are for your left hip.'"""
    help: tuple[HelpRow, ...]
    """The warning signs, most urgent first."""
    emergency: str
    """The number to call in an emergency, in a sentence."""
    about: tuple[str, ...]
    """What is going on."""
    causes: tuple[str, ...]
    """Why it hurts."""
    recovery: tuple[str, ...]
    """How long it takes."""
    first_care: tuple[CareLine, ...]
    """Rest, ice, compression and elevation."""
    honest: str
    """What first care can and can't do."""
    do_now: tuple[str, ...]
    """What to do now, on a sheet that refers."""
    do_now_pictures: tuple[Picture, ...]
    """How it is done, drawn: one picture or none."""
    expect: tuple[str, ...]
    """What to expect, on a sheet that refers."""
    avoid: tuple[str, ...]
    """What not to do."""
    wait_for_check: tuple[str, ...]
    """When to do none of the exercises: printed above the first one."""
    cleared: tuple[str, ...]
    """If somebody has ruled out bone stress: the words before the name, and those after it."""
    pain_rule: tuple[PainBox, ...]
    """The three boxes of the pain rule."""
    stages: tuple[StageCards, ...]
    """The exercises by stage."""
    running_later: str
    """Why running has to wait, in place of the walk-run table."""
    back_to_running: tuple[str, ...]
    """What must be true before running, and how to begin."""
    walk_run: tuple[WalkRunWeek, ...]
    """The rows of the walk-run table."""
    prevention: tuple[str, ...]
    """How to keep it from coming back."""
    weekdays: tuple[str, ...]
    """The short names of Monday to Sunday."""
    log: tuple[LogWeek, ...]
    """The weeks to tick."""
    plan: tuple[PlanLine, ...]
    """The plan in short: what to do, when to stop, when to call."""
    clinician_may_offer: tuple[str, ...]
    """What a clinician may offer."""
    questions: tuple[Answer, ...]
    """Short questions and answers."""
    sources: tuple[SourceGroup, ...]
    """Where the printed facts come from."""
    sources_note: str
    """When the sources were read, and that some lines rest on common practice, where they do."""
    review: str
    """The clinic's review of this sheet: 'Clinical review: pending' or who signed it off."""
    version: str
    """'Version 2026.11'"""
    disclaimers: tuple[str, ...]
    """What the sheet is not, and when to stop."""


@dataclass(frozen=True, slots=True)
class CoverEntry:
    """One line of a packet's contents.

    ``anchor`` is the handout's own (``Document.anchor``); ``page`` counts from 1 through the whole packet.
    """

    title: str
    anchor: str
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class ContentsRow:
    """One row of the contents."""

    title: str
    """The handout's title."""
    anchor: str
    """Where its link leads, without the #."""
    page: str
    """Its first page in the packet."""
    pages: str
    """How many pages it has: '3 pages'."""


@dataclass(frozen=True, slots=True)
class CoverContext:
    """Everything that a packet's cover may print."""

    words: Words
    """The fixed words of the page, by name."""
    language: str
    """The language of the packet."""
    anchor: str
    """The id of the cover."""
    title: str
    """The packet's title."""
    footer: str
    """The line at the foot of the page."""
    clinic: ClinicLines
    """The clinic's lines."""
    has_note: bool
    """Whether there is a note of the clinician's: ``<p data-slot="note"></p>`` prints it."""
    entries: tuple[ContentsRow, ...]
    """The contents."""
    emergency: str
    """The number to call in an emergency, in a sentence."""


@dataclass(frozen=True, slots=True)
class MailContext:
    """Everything that the message of a mail may say; nothing of the patient or the condition is among it."""

    words: Words
    """The fixed words, by name."""
    language: str
    """The language of the message, as ``en``."""
    anchor: str
    """A name that every document has; nothing links to it."""
    title: str
    """The subject, which names the clinic only."""
    footer: str
    """The clinic's name, which a page would have at its foot."""
    clinic: ClinicLines
    """The clinic's lines."""
    lead: str
    """Whom the file is from."""
    locked: str
    """How to open it; empty where it is not locked."""
    emergency: str
    """The number to call in an emergency, in a sentence."""
    why: str
    """Why the patient gets it, and how to get no more."""
