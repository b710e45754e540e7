"""Condition + Clinic + Order -> the values that a template prints, every text ready."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from handouts.clinic import Clinic
from handouts.compose import exercises
from handouts.compose.citations import Bibliography, fact_keys
from handouts.compose.context import (
    Answer,
    CareLine,
    ClinicLines,
    ContentsRow,
    CoverContext,
    CoverEntry,
    HandoutContext,
    MailContext,
    PainBox,
    Picture,
    WalkRunWeek,
)
from handouts.compose.help_box import help_rows
from handouts.compose.plan import plan
from handouts.compose.wording import sentence
from handouts.content.library import Library
from handouts.content.models import CarePart, Condition, FirstCare, Sign, Statement, WordsFile
from handouts.content.reviews import review_of
from handouts.content.wording import Words
from handouts.figures import REGIONS, map_views
from handouts.order import Order

COVER_ANCHOR = "packet-cover"
MAIL_ANCHOR = "message"
MOST_MAPPED = 3
"""The most regions that a body map marks."""


def handout_context(
    library: Library,
    condition: Condition,
    clinic: Clinic,
    order: Order,
    printed: tuple[exercises.Chosen, ...],
    beside: Sequence[Condition] = (),
) -> HandoutContext:
    """Return all that a condition's sheet prints, with these exercises.

    What must not be printed is not in the context, so that no template can print it. Where one condition
    ``beside`` it lets running wait, it waits here, too: it is the same patient's leg.
    """
    file = library.words(condition.language)
    words = Words(file)
    patients = (condition, *beside)
    concerned = tuple(version for each in patients for version in library.condition_versions(each))
    waits = exercises.running_waits(concerned, order)
    bone_stress = exercises.may_be_bone_stress(concerned)
    care = None if condition.referral_only else condition.first_care
    review = _review(condition, clinic, order, words)
    version = words.phrase("version", version=condition.version)
    signs = library.signs(condition)
    urgent = library.bone_stress_signs() if bone_stress else ()
    shown = tuple(one for one in printed if not one.against and not (waits and one.exercise.impact))
    stages = exercises.stages(printed, shown, condition, words)
    walk_run = _walk_run(file, words) if condition.walk_run_table and not waits else ()
    facts = file.facts
    fixed = [
        *(facts.wait_for_check.sources if stages and bone_stress else ()),
        *((*facts.pain_rule.sources, *facts.stages.sources) if stages else ()),
        *(facts.walk_run.sources if walk_run else ()),
    ]
    bibliography = Bibliography(
        library,
        (
            (words.phrase("sources_condition", part=condition.part), fact_keys(condition, care)),
            (words.sources_signs, [*_sign_keys(signs), *condition.not_better_sources]),
            (words.sources_exercises, [*fixed, *(key for one in shown for key in one.exercise.sources)]),
        ),
    )

    return HandoutContext(
        words=words,
        language=condition.language,
        anchor=condition.id,
        title=condition.title,
        footer=words.phrase("footer", title=condition.title, version=version.lower(), review=review),
        other_names=words.phrase("also_called", names=", ".join(condition.other_names))
        if condition.other_names
        else "",
        message=_texts(condition.message),
        where=sentence(condition.where),
        maps=_maps(condition, words),
        clinic=_clinic_lines(clinic),
        has_note=bool(order.note.strip()),
        side=words.phrase(f"side_{order.side}", part=condition.part) if order.side else "",
        help=help_rows(signs, library.sign_groups(), urgent, clinic, words),
        emergency=words.phrase("emergency_line", number=clinic.emergency_number),
        about=_texts(condition.about),
        causes=_texts(condition.causes),
        recovery=_texts(condition.recovery),
        first_care=_first_care(care, words),
        honest=care.honest.text if care else "",
        do_now=_texts(condition.do_now),
        do_now_pictures=_do_now_pictures(condition, words),
        expect=_texts(condition.expect),
        avoid=_texts(condition.avoid),
        wait_for_check=(words.wait_for_check, words.wait_again) if bone_stress else (),
        cleared=_cleared(order, words) if bone_stress else (),
        pain_rule=tuple(
            PainBox(getattr(words, f"pain_{box}"), getattr(words, f"pain_{box}_text"))
            for box in ("go", "slow", "stop")
        ),
        stages=stages,
        running_later=words.running_later if condition.walk_run_table and waits else "",
        back_to_running=_texts(condition.back_to_running),
        walk_run=walk_run,
        prevention=_texts(condition.prevention),
        weekdays=tuple(file.weekdays),
        log=exercises.log(shown, order.log_weeks, words),
        plan=plan(condition, stages, clinic, words, bone_stress=bone_stress, runs=bool(walk_run)),
        clinician_may_offer=_texts(condition.clinician_may_offer),
        questions=tuple(Answer(asked.question, asked.answer) for asked in condition.questions),
        sources=bibliography.groups(words),
        sources_note=_sources_note(bibliography, words),
        review=review,
        version=version,
        disclaimers=_disclaimers(condition, clinic, words),
    )


def cover_context(
    library: Library, title: str, entries: Sequence[CoverEntry], clinic: Clinic, order: Order
) -> CoverContext:
    """Return all that the cover of a packet prints."""
    words = Words(library.words(order.language))
    return CoverContext(
        words=words,
        language=order.language,
        anchor=COVER_ANCHOR,
        title=title,
        footer=title,
        clinic=_clinic_lines(clinic),
        has_note=bool(order.note.strip()),
        entries=tuple(
            ContentsRow(entry.title, entry.anchor, str(entry.page), words.counted("pages", entry.pages))
            for entry in entries
        ),
        emergency=words.phrase("emergency_line", number=clinic.emergency_number),
    )


def mail_context(library: Library, clinic: Clinic, language: str, *, locked: bool) -> MailContext:
    """Return all that the message of a mail says: only the clinic goes in, so no more comes out."""
    words = Words(library.words(language))
    return MailContext(
        words=words,
        language=language,
        anchor=MAIL_ANCHOR,
        title=words.phrase("mail_subject", clinic=clinic.name),
        footer=clinic.name,
        clinic=_clinic_lines(clinic),
        lead=words.phrase("mail_lead", clinic=clinic.name),
        locked=words.mail_locked if locked else "",
        emergency=words.phrase("emergency_line", number=clinic.emergency_number),
        why=words.phrase("mail_why", clinic=clinic.name),
    )


def _review(condition: Condition, clinic: Clinic, order: Order, words: Words) -> str:
    review = review_of(condition, clinic)
    if review is None:
        return words.review_pending
    phrase = "review_past" if review.is_past(order.date) else "reviewed_by"
    day, until = (words.day(date.fromisoformat(day)) for day in (review.date, review.until))
    return words.phrase(phrase, name=review.name, role=review.role, date=day, until=until)


def _cleared(order: Order, words: Words) -> tuple[str, ...]:
    if not exercises.cleared_by(order):
        return ()
    before, _, after = words.cleared.partition("{name}")
    return (before, after)


def _sign_keys(signs: tuple[Sign, ...]) -> list[str]:
    return [key for sign in signs for key in sign.sources]


def _texts(statements: list[Statement]) -> tuple[str, ...]:
    return tuple(statement.text for statement in statements)


def _maps(condition: Condition, words: Words) -> tuple[Picture, ...]:
    """Return the maps of the sore place; where it may hurt almost anywhere, a map would say nothing."""
    regions = [region for region in condition.regions if region in REGIONS]
    if not 0 < len(regions) <= MOST_MAPPED:
        return ()
    return tuple(
        Picture(
            source=f"map:{view}:{':'.join(regions)}",
            alt=words.phrase(f"map_{view}_alt", where=sentence(condition.where)),
            caption=getattr(words, f"map_{view}"),
        )
        for view in map_views(regions)
    )


def _first_care(care: FirstCare | None, words: Words) -> tuple[CareLine, ...]:
    if care is None:
        return ()
    lines = []
    for name in ("rest", "ice", "compression", "elevation"):
        part: CarePart = getattr(care, name)
        said = (part.do_not, part.instead) if part.instead else (part.do, part.do_not)
        text = " ".join(sentence(what) for what in said if what)
        if text:
            icon = part.icon or (f"no-{name}" if part.instead else name)
            lines.append(
                CareLine(getattr(words, f"care_{name}"), text, f"icon:{icon}", _icon_alt(icon, words))
            )
    return tuple(lines)


def _do_now_pictures(condition: Condition, words: Words) -> tuple[Picture, ...]:
    icon = condition.do_now_icon
    if icon is None:
        return ()
    caption = words.phrase(f"icon_{icon}_caption")
    return (Picture(f"icon:{icon}", _icon_alt(icon, words), caption),)


def _icon_alt(icon: str, words: Words) -> str:
    return words.phrase(f"icon_{icon.replace('-', '_')}")


def _walk_run(file: WordsFile, words: Words) -> tuple[WalkRunWeek, ...]:
    return tuple(
        WalkRunWeek(
            week=words.counted("walk_run_week", row.week),
            jog=words.counted("minutes", row.jog_min),
            walk=words.counted("minutes", row.walk_min),
            rounds=words.counted("rounds", row.rounds),
        )
        for row in file.walk_run
    )


def _sources_note(bibliography: Bibliography, words: Words) -> str:
    month = bibliography.usual_month(words)
    said = [words.phrase("sources_read", month=month)] if month else []
    if bibliography.common_practice:
        said.append(words.common_practice)
    return " ".join(said)


def _disclaimers(condition: Condition, clinic: Clinic, words: Words) -> tuple[str, ...]:
    return (
        words.disclaimer_general,
        *(() if condition.referral_only else (words.disclaimer_ask,)),
        words.phrase("disclaimer_stop", number=clinic.emergency_number),
        words.disclaimer_delay,
        words.disclaimer_results,
    )


def _clinic_lines(clinic: Clinic) -> ClinicLines:
    digits = "".join(letter for letter in clinic.phone if letter in "0123456789")
    plus = "+" if clinic.phone.strip().startswith("+") else ""
    return ClinicLines(
        name=clinic.name,
        places=", ".join(clinic.places),
        tagline=clinic.tagline,
        phone=clinic.phone,
        phone_link=f"tel:{plus}{digits}" if digits else "",
        address=clinic.address,
        web=clinic.web,
        web_link=clinic.web if clinic.web.startswith("https://") and _linkable(clinic.web) else "",
        email=clinic.email,
        email_link=f"mailto:{clinic.email}" if "@" in clinic.email and _linkable(clinic.email) else "",
        logo_alt=clinic.logo.alt if clinic.logo else "",
    )


def _linkable(address: str) -> bool:
    """Say whether an address can be a link as it stands; else it is printed only."""
    return address.isprintable() and not any(letter.isspace() for letter in address)
