from __future__ import annotations

import subprocess
import sys

import pytest

from handouts.content import store as store_module
from handouts.content.library import Library
from handouts.content.places import KINDS, Places
from handouts.errors import ContentError, UnknownIdError


def test_ids_and_titles(sample_library):
    """each kind lists its ids, sorted, and their titles."""
    assert {kind: sample_library.ids(kind) for kind in KINDS} == {
        "condition": ("broken-bone", "groin-pain", "outer-pain"),
        "exercise": ("hop", "lift", "press"),
        "clinic": ("pictured", "plain"),
        "packet": ("both",),
    }
    assert sample_library.titles("clinic") == {"pictured": "Pictured Clinic", "plain": "Plain Clinic"}
    assert sample_library.titles("condition")["outer-pain"] == "Outer hip pain"


def test_text_fields_take_what_is_written(sample_library):
    """an unquoted number in a field of text is taken as it stands in the file."""
    assert sample_library.condition("outer-pain").version == "2026.10"
    assert sample_library.clinic("plain").phone == "0123456789"
    assert sample_library.clinic("plain").emergency_number == "911"


def test_clinic(sample_library):
    """a clinic carries its look, its sign-offs and the bytes of its logo."""
    clinic = sample_library.clinic("pictured")
    assert (clinic.band, clinic.paper, clinic.places) == ("block", "a4", ("Here", "There"))
    assert clinic.logo.kind == "svg"
    assert clinic.logo.data.startswith(b"<svg")
    assert [(review.condition, review.date) for review in clinic.reviews] == [("outer-pain", "2026-11-02")]


def test_other_parts(sample_library, samples):
    """packets, exercises, sources, words, origins and template folders come from the same door."""
    assert sample_library.packet("both").conditions == ["outer-pain", "broken-bone"]
    assert sample_library.exercise("press").care == "Not on a wet floor."
    assert sample_library.source("BOOK-1").year == 2020
    assert sample_library.words("en").words["for_whom"] == "For:"
    expected = samples / "bundled" / "data" / "clinics" / "pictured" / "clinic.yaml"
    assert sample_library.origin("clinic", "pictured") == str(expected)
    assert sample_library.template_folders() == (None, samples / "bundled" / "templates")


@pytest.mark.parametrize(
    ("load", "nearest"),
    [
        (lambda library: library.condition("outer-hip"), ("outer-pain",)),
        (lambda library: library.condition("pain"), ("groin-pain", "outer-pain")),
        (lambda library: library.exercise("../exercises/hop"), ()),
        (lambda library: library.clinic("plane"), ("plain",)),
        (lambda library: library.packet("zzz"), ()),
        (lambda library: library.source("BOOK-2"), ("BOOK-1",)),
        (lambda library: library.words("eng"), ("en",)),
        (lambda library: library.origin("condition", "groin"), ("groin-pain",)),
    ],
)
def test_unknown_ids(sample_library, load, nearest):
    """an id that does not exist is an error that tells the nearest ones."""
    with pytest.raises(UnknownIdError) as caught:
        load(sample_library)
    assert set(nearest) <= set(caught.value.nearest)
    assert bool(nearest) == bool(caught.value.nearest)


def test_only_needed_files_are_read_and_once(own_samples, monkeypatch):
    """loading one condition reads it, what it names and the shared files, each once, and nothing else."""
    read = []
    original = store_module.read_yaml

    def counted(data, file):
        read.append(file.rpartition("/")[2])
        return original(data, file)

    monkeypatch.setattr(store_module, "read_yaml", counted)
    library = Library(Places(bundled=own_samples / "bundled"))
    for _ in range(2):
        library.signs(library.condition("outer-pain"))
        library.exercise("lift")
    assert sorted(read) == [
        "en.yaml",
        "hop.yaml",
        "lift.yaml",
        "outer-pain.yaml",
        "press.yaml",
        "red-flags.yaml",
        "sources.yaml",
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "load"),
    [
        ("conditions/outer-pain.yaml", "urgency: self_care", "urgency: soon", "condition"),
        ("conditions/outer-pain.yaml", "[rf-limp]", "[rf-limb]", "condition"),
        ("exercises/press.yaml", "position:", "posture:", "condition"),
        ("sources.yaml", "tier: A", "tier: Z", "condition"),
        ("red-flags.yaml", "worry: A tear.", "", "condition"),
    ],
)
def test_problems_of_named_files_stop_a_condition(own_samples, file, old, new, load):
    """a condition is not handed out while it, or a file that it relies on, has a problem there."""
    path = own_samples / "bundled" / "data" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    library = Library(Places(bundled=own_samples / "bundled"))
    with pytest.raises(ContentError) as caught:
        getattr(library, load)("outer-pain")
    assert {problem.file for problem in caught.value.problems} == {str(path)}


def test_signs_refuse_broken_red_flags(own_samples):
    """a red flag that is named for every sheet but not described stops the get-help box."""
    path = own_samples / "bundled" / "data" / "red-flags.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("[rf-fever,", "[rf-fevers,"), encoding="utf-8")
    library = Library(Places(bundled=own_samples / "bundled"))
    with pytest.raises(ContentError, match="rf-fevers"):
        library.signs(library.condition("outer-pain"))


def test_a_number_in_a_field_of_text_next_to_a_fault(own_samples):
    """taking numbers as text hides no other fault of the file."""
    path = own_samples / "bundled" / "data" / "clinics" / "plain.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "corners: sharp\n", encoding="utf-8")
    problems = Library(Places(bundled=own_samples / "bundled")).problems("clinic", "plain")
    assert [problem.line for problem in problems] == [6]


def test_a_missing_shared_file(own_samples):
    """without red flags no condition is handed out."""
    (own_samples / "bundled" / "data" / "red-flags.yaml").unlink()
    with pytest.raises(ContentError, match=r"red-flags\.yaml: there is no such file"):
        Library(Places(bundled=own_samples / "bundled")).condition("outer-pain")


def test_content_starts_without_the_typesetter():
    """importing the content stage imports neither the typesetter nor the template engine."""
    code = "import sys, handouts.content.check; print({'reportlab', 'jinja2', 'PIL'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("conditions/outer-pain.yaml", "id: outer-pain\nextends: outer-pain\ntitle: CHANGE ME\n"),
        ("exercises/lift.yaml", None),
        ("words/en.yaml", "language: en\nwords: {for_whom: CHANGE ME}\n"),
        ("red-flags.yaml", "flags: {} # CHANGE ME\n"),
    ],
)
def test_nothing_unfinished_is_handed_out(own_samples, name, text):
    """whoever asks for a value of a file that says CHANGE ME is refused, unless drafts are asked for."""
    bundled, own = own_samples / "bundled", own_samples / "own"
    file = own / "data" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    text = text or (bundled / "data" / name).read_text(encoding="utf-8") + "# CHANGE ME\n"
    file.write_text(text, encoding="utf-8")

    def read(library):
        library.signs(library.condition("outer-pain"))
        library.exercise("lift")

    read(Library(Places(own, bundled=bundled), drafts=True))
    with pytest.raises(ContentError) as caught:
        read(Library(Places(own, bundled=bundled)))
    assert {problem.file for problem in caught.value.problems} == {str(file)}
