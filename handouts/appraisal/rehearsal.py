"""What only making shows, found before a patient's handout is refused for it: templates and logos."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle
from pathlib import Path

from handouts import compose, markup
from handouts.appraisal.sheet import CLINIC, ORDER, composed
from handouts.clinic import Clinic
from handouts.compose.environment import compiled
from handouts.compose.faults import problem
from handouts.content.library import Library
from handouts.errors import ContentError, Problem, TemplateError, UnprintableError
from handouts.typeset.pictures import logo_picture

# A template may go other ways with all that an order can hold than with as little as it needs.
LEAST = replace(ORDER, clinician="", cleared=())
MOST = replace(ORDER, patient="A patient", note="A note.", side="both", log_weeks=2)


def rehearsal_problems(library: Library) -> tuple[Problem, ...]:
    """Return what is wrong with templates and logos, each fault once, in its own file.

    What has problems of its own, which ``content.check`` tells, is not rehearsed.
    """
    clinics = dict(_clinics(library))
    found = [*_templates(library), *_logos(library, clinics), *_sheets(library, clinics)]
    return tuple(sorted(set(found)))


def _clinics(library: Library) -> Iterator[tuple[str, Clinic]]:
    for item in library.ids("clinic"):
        try:
            yield item, library.clinic(item)
        except ContentError:
            continue


def _templates(library: Library) -> Iterator[Problem]:
    """Compile every template of a clinic's own folder, whether something uses it or not."""
    folders = library.template_folders()
    own = folders[0]
    for file in sorted(own.rglob("*.j2")) if own else ():
        try:
            compiled(folders, file.relative_to(own or file).as_posix())
        except TemplateError as error:
            yield problem(error, folders)


def _logos(library: Library, clinics: dict[str, Clinic]) -> Iterator[Problem]:
    for item, clinic in clinics.items():
        if clinic.logo is None:
            continue
        try:
            logo_picture(clinic.logo, "colour")
        except UnprintableError as error:
            file = Path(library.origin("clinic", item)).with_name(clinic.logo.file)
            yield Problem(str(file), 0, 0, error.sentence, error.advice)


def _sheets(library: Library, clinics: dict[str, Clinic]) -> Iterator[Problem]:
    """Compose each condition's sheet for one clinic, and a packet's cover for every one."""
    folders = library.template_folders()
    looks = list(clinics.values()) or [CLINIC]
    for item, clinic in zip(library.ids("condition"), cycle(looks), strict=False):
        for order in (LEAST, MOST):
            try:
                composed(library, item, clinic, order)
            except TemplateError as error:
                yield problem(error, folders)
            except ContentError:
                continue
    for clinic in looks:
        for order in (LEAST, MOST):
            try:
                entries = [compose.CoverEntry("A handout", "a-handout", 2, 3)]
                cover = compose.cover(library, "A packet", entries, clinic, order)
                compose.finished(cover, markup.parse(cover.text, cover.template))
            except TemplateError as error:
                yield problem(error, folders)
            except ContentError:
                continue
