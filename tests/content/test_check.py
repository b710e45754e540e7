from __future__ import annotations

from handouts.content.check import check
from handouts.content.library import Library
from handouts.content.places import Places


def errors(root, files=None):
    """Return the file names and sentences of all problems that are no warnings."""
    found = check(Library(Places(bundled=root)), files)
    return [
        (problem.file.removeprefix(f"{root}/"), problem.sentence) for problem in found if not problem.warning
    ]


def test_all_files_are_checked_at_once(own_samples):
    """faults of several files are told together, sorted by file and line."""
    root = own_samples / "bundled"
    for name in (
        "exercises/hop",
        "conditions/groin-pain",
        "packets/both",
        "words/en",
        "sources",
        "clinics/plain",
    ):
        path = root / "data" / f"{name}.yaml"
        path.write_text(path.read_text(encoding="utf-8") + "extra: 1\nmore: 2\n", encoding="utf-8")
    found = check(Library(Places(bundled=root)))
    assert list(found) == sorted(found)
    told = [problem for problem in found if not problem.warning]
    assert len(told) == len(set(told)) == 12


def test_files_that_nothing_reads_are_told(own_samples):
    """a file with a wrong name, ending or folder is a problem, not silently without effect."""
    root = own_samples / "bundled"
    strays = [
        "conditions/Hip Pain.yaml",
        "conditions/hip.yml",
        "clinics/pictured.yaml",
        "hip.yaml",
        "words/En.yaml",
    ]
    for name in strays:
        (root / "data" / name).write_text("id: hip\n", encoding="utf-8")
    assert sorted(file for file, _ in errors(root)) == sorted(f"data/{name}" for name in strays)


def test_only_the_named_files_are_checked(own_samples):
    """with files named, faults of others that they do not rely on are not told."""
    root = own_samples / "bundled"
    hop, press = (root / "data" / "exercises" / f"{name}.yaml" for name in ("hop", "press"))
    for path in (hop, press):
        path.write_text(path.read_text(encoding="utf-8") + "extra: 1\n", encoding="utf-8")
    assert [file for file, _ in errors(root, [hop])] == ["data/exercises/hop.yaml"]
    assert errors(root, [root / "data" / "packets" / "both.yaml"]) == []


def test_a_file_outside(own_samples, tmp_path):
    """a file outside the content folders is told as such, whether it exists or not."""
    (tmp_path / "hip.yaml").write_text("id: hip\n", encoding="utf-8")
    for path in (tmp_path / "hip.yaml", tmp_path / "gone.yaml"):
        ((_, sentence),) = errors(own_samples / "bundled", [path])
        assert "outside" in sentence


def test_missing_shared_files(own_samples):
    """a missing list of sources or red flags is a problem."""
    root = own_samples / "bundled"
    (root / "data" / "sources.yaml").unlink()
    (root / "data" / "red-flags.yaml").unlink()
    assert {file for file, _ in errors(root)} == {"data/sources.yaml", "data/red-flags.yaml"}


def test_schema_lines(own_samples):
    """where schemas lie beside the content, each file's first line must name its own."""
    root = own_samples / "bundled"
    assert [problem for problem in check(Library(Places(bundled=root))) if "schema" in problem.sentence] == []
    (root / "data" / "schema").mkdir()
    for path in (root / "data").rglob("*.yaml"):
        kind = path.parent.name.removesuffix("s") if path.parent.name != "data" else path.stem
        ups = "../" * (len(path.relative_to(root / "data").parts) - 1)
        name = {"word": "words", "pictured": "clinic"}.get(kind, kind)
        line = f"# yaml-language-server: $schema={ups}schema/{name}.json\n"
        path.write_text(line + path.read_text(encoding="utf-8"), encoding="utf-8")
    wrong = root / "data" / "exercises" / "hop.yaml"
    wrong.write_text(wrong.read_text(encoding="utf-8").replace("../schema", "schema", 1), encoding="utf-8")
    found = [problem for problem in check(Library(Places(bundled=root))) if "schema" in problem.sentence]
    assert [(problem.file, problem.line, problem.warning) for problem in found] == [(str(wrong), 1, True)]
