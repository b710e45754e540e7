"""The one door to all content: ids in, checked and frozen values out.

A value is handed out only if its file, and what it names in others, has no problem and is finished; otherwise
ContentError carries every problem of the files concerned. Each file is read once, and only when something
needs it.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from handouts.clinic import Clinic
from handouts.content import crosschecks, signs
from handouts.content.base import Model
from handouts.content.clinics import clinic_of
from handouts.content.inserts import read_inserts
from handouts.content.models import Condition, Exercise, Packet, Sign, Source, Term, WordsFile
from handouts.content.places import KINDS, Kind, Places
from handouts.content.poses import pose_of
from handouts.content.problems import nearest
from handouts.content.store import Record, Store
from handouts.content.unfinished import unfinished_errors
from handouts.content.wording import Words
from handouts.errors import ContentError, Problem, UnknownIdError
from handouts.figures import Pose

M = TypeVar("M", bound=Model)


class Library:
    """All conditions, exercises, clinics and packets of the layers.

    ``drafts`` hands out what somebody still has to write (``CHANGE ME``), too:
    for a look at it, never for print.
    """

    def __init__(self, layers: Places | None = None, *, drafts: bool = False) -> None:
        self.places = layers or Places()
        self.drafts = drafts
        self.store = Store(self.places)
        self._poses: dict[str, Pose | None] = {}
        self._drafts: dict[Path, tuple[Problem, ...]] = {}
        self._sound: dict[tuple[str, str], tuple[Problem, ...]] = {}

    def ids(self, kind: Kind) -> tuple[str, ...]:
        """Return all ids of a kind, sorted."""
        return self.store.ids(kind)

    def titles(self, kind: Kind) -> dict[str, str]:
        """Return the title (a clinic's name) of each id; faster than loading them, as nothing is compared.

        Raises ContentError with the problems of all files of the kind.
        """
        records = {item: self._record(kind, item) for item in self.ids(kind)}
        _raise_errors([problem for record in records.values() for problem in record.problems])
        key = "name" if kind == "clinic" else "title"
        return {item: str(getattr(record.value, key)) for item, record in records.items()}

    def known(self, *kinds: Kind) -> dict[str, str]:
        """Return the id and title of all that can be read, to find what somebody may have meant."""
        records = [(item, self._record(kind, item).value) for kind in kinds for item in self.ids(kind)]
        return {item: str(getattr(value, "title", "") or value.name) for item, value in records if value}

    def condition(self, item: str) -> Condition:
        """Return a condition; raises UnknownIdError or ContentError."""
        return self._value("condition", item, self.store.condition(item))

    def exercise(self, item: str) -> Exercise:
        """Return an exercise; raises UnknownIdError or ContentError."""
        return self._value("exercise", item, self.store.exercise(item))

    def packet(self, item: str) -> Packet:
        """Return a packet; raises UnknownIdError or ContentError."""
        return self._value("packet", item, self.store.packet(item))

    def pose(self, item: str) -> Pose | None:
        """Return how an exercise is drawn, if it is; raises UnknownIdError or ContentError."""
        if item not in self._poses:
            file = self.exercise(item).pose
            self._poses[item] = pose_of(file) if file else None
        return self._poses[item]

    def clinic(self, item: str) -> Clinic:
        """Return a clinic with the bytes of its logo; raises UnknownIdError or ContentError."""
        record = self.store.clinic(item)
        if record is None:
            self._unknown("clinic", item, self.ids("clinic"))
        _raise_errors(self.problems("clinic", item))
        made, problems = clinic_of(record)
        if made is None:
            raise ContentError(problems)
        return made

    def signs(self, condition: Condition) -> tuple[Sign, ...]:
        """Return the lines of a condition's get-help box, in printed order."""
        record = self.store.red_flags()
        _raise_errors([*record.problems, *crosschecks.red_flag_file_problems(record, self.store)])
        return signs.signs(condition, self._shared(record), Words(self.words(condition.language)))

    def sign_groups(self) -> dict[str, str]:
        """Return the head of each group that an urgency with many signs is parted by; raises ContentError."""
        return self._shared(self.store.red_flags()).groups

    def bone_stress_signs(self) -> tuple[Sign, ...]:
        """Return the signs of a bone stress injury; none where the red flags do not know it."""
        flag = self._shared(self.store.red_flags()).flags.get(signs.BONE_STRESS)
        return tuple(flag.signs) if flag else ()

    def condition_versions(self, condition: Condition) -> tuple[Condition, ...]:
        """Return a condition, and the bundled one that a clinic's own changes or replaces."""
        record = self.store.condition(condition.id)
        base = record.base.value if record and record.base else None
        return (condition, base) if base else (condition,)

    def exercise_versions(self, exercise: Exercise) -> tuple[Exercise, ...]:
        """Return an exercise, and the bundled one that a clinic's own changes or replaces."""
        record = self.store.exercise(exercise.id)
        base = record.base.value if record and record.base else None
        return (exercise, base) if base else (exercise,)

    def source(self, key: str) -> Source:
        """Return a source by its key; raises UnknownIdError or ContentError."""
        sources = self._shared(self.store.sources()).sources
        return sources[key] if key in sources else self._unknown("source", key, sources)

    def words(self, language: str) -> WordsFile:
        """Return the words of the page in one language; raises UnknownIdError or ContentError."""
        if language not in self.store.languages():
            self._unknown("language", language, self.store.languages())
        _raise_errors(self.words_problems(language))
        return self._shared(self.store.words(language))

    def words_problems(self, language: str) -> tuple[Problem, ...]:
        """Return every problem of the words of a language that there is."""
        key = ("words", language)
        if key not in self._sound:
            record = self.store.words(language)
            cited = crosschecks.source_problems(record.node, self.store) if record.node else ()
            self._sound[key] = tuple(dict.fromkeys((*record.problems, *cited)))
        return self._sound[key]

    def terms(self, language: str) -> dict[str, Term]:
        """Return the medical words of one language; none without a glossary. Raises ContentError."""
        record = self.store.glossary(language)
        return self._shared(record).terms if record else {}

    def inserts(self, packet: str) -> tuple[bytes, ...]:
        """Return the bytes of the PDFs that a packet binds in, in order; raises as :meth:`packet` does."""
        self.packet(packet)
        return read_inserts(self._record("packet", packet))

    def origin(self, kind: Kind, item: str) -> str:
        """Return the path of the file that an id comes from; raises UnknownIdError."""
        return str(self._record(kind, item).file)

    def template_folders(self) -> tuple[Path | None, Path]:
        """Return the clinic's own template folder, if any, and the bundled one."""
        return self.places.template_folders()

    def problems(self, kind: Kind, item: str) -> tuple[Problem, ...]:
        """Return every problem and warning of one id and of what it names; raises UnknownIdError."""
        key = (kind, item)
        if key not in self._sound:
            self._sound[key] = tuple(dict.fromkeys(self._found_problems(kind, item)))
        return self._sound[key]

    def _found_problems(self, kind: Kind, item: str) -> list[Problem]:
        store, record = self.store, self._record(kind, item)
        found = [*record.problems, *self._unfinished(record)]
        if kind == "condition" and (condition := store.condition(item)):
            found += [*store.red_flags().problems, *store.sources().problems]
            found += crosschecks.condition_problems(condition, store)
            named = condition.value
            for exercise in (*named.exercises.all(), *named.more_exercises.all()) if named else ():
                other = store.exercise(exercise)
                found += other.problems if other else ()
        elif kind == "exercise" and (exercise_record := store.exercise(item)):
            found += store.sources().problems
            found += crosschecks.exercise_problems(exercise_record, store)
        elif kind == "packet" and (packet := store.packet(item)):
            found += crosschecks.packet_problems(packet, store)
        elif kind == "clinic" and (clinic_record := store.clinic(item)):
            found += clinic_of(clinic_record)[1]
            found += crosschecks.clinic_problems(clinic_record, store)
        return found

    def _record(self, kind: Kind, item: str) -> Record[Any]:
        read = {
            "condition": self.store.condition,
            "exercise": self.store.exercise,
            "clinic": self.store.clinic,
            "packet": self.store.packet,
        }
        return read[kind](item) or self._unknown(kind, item, self.ids(kind))

    def _value(self, kind: Kind, item: str, record: Record[M] | None) -> M:
        if record is None:
            self._unknown(kind, item, self.ids(kind))
        _raise_errors(self.problems(kind, item))
        if record.value is None:
            raise ContentError(record.problems)
        return record.value

    def _shared(self, record: Record[M]) -> M:
        if record.value is None:
            raise ContentError(record.problems)
        _raise_errors(self._unfinished(record))
        return record.value

    def _unfinished(self, record: Record[Any]) -> tuple[Problem, ...]:
        if self.drafts or record.file.is_relative_to(self.places.bundled):
            return ()
        if record.file not in self._drafts:
            self._drafts[record.file] = unfinished_errors(record.file)
        return self._drafts[record.file]

    def _unknown(self, kind: str, item: str, known: Iterable[str]) -> NoReturn:
        titles = self.known(*(one for one in KINDS if one == kind))
        raise UnknownIdError(kind, item, nearest(item, known, titles))


def _raise_errors(problems: Iterable[Problem]) -> None:
    errors = tuple(sorted({problem for problem in problems if not problem.warning}))
    if errors:
        raise ContentError(errors)
