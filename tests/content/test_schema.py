from __future__ import annotations

import json

import jsonschema
import pytest

from handouts.content.places import bundled_root
from handouts.content.schema import schemas, write_schemas
from handouts.content.yaml_text import read_yaml

COMMITTED = bundled_root() / "data" / "schema"


def test_committed_schemas_are_fresh(tmp_path):
    """the committed schemas are what the models say now; python -m handouts.content.schema writes them."""
    written = {path.name: path.read_text(encoding="utf-8") for path in write_schemas(tmp_path / "schema")}
    assert written == {
        path.name: path.read_text(encoding="utf-8") for path in sorted(COMMITTED.glob("*.json"))
    }
    assert len(written) == 8


@pytest.mark.parametrize("name", sorted(schemas()))
def test_schemas_are_schemas(name):
    """each schema is itself valid, and refuses a file that says something else."""
    schema = json.loads(schemas()[name])
    jsonschema.Draft202012Validator.check_schema(schema)
    assert not jsonschema.Draft202012Validator(schema).is_valid({"nothing": "known"})


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("condition.json", "bundled/data/conditions/broken-bone.yaml"),
        ("condition.json", "overlay/data/conditions/outer-pain.yaml"),
        ("clinic.json", "overlay/data/clinics/plain.yaml"),
        ("red-flags.json", "bundled/data/red-flags.yaml"),
        ("packet.json", "bundled/data/packets/both.yaml"),
    ],
)
def test_an_editor_accepts_sound_files(samples, name, file):
    """what the program reads an editor accepts too, once numbers in fields of text are quoted."""
    text = (
        (samples / file).read_text(encoding="utf-8").replace("2026.10", "'2026.10'").replace("000}", "'000'}")
    )
    text = text.replace("number: 000", "number: '000'").replace("where:", "where:")
    values = read_yaml(text.encode(), file)[0].plain()
    jsonschema.Draft202012Validator(json.loads(schemas()[name])).validate(values)


def test_only_what_extends_may_be_partial():
    """a condition without extends needs all its keys in an editor too."""
    validator = jsonschema.Draft202012Validator(json.loads(schemas()["condition.json"]))
    assert validator.is_valid({"id": "a", "extends": "b"})
    assert not validator.is_valid({"id": "a", "title": "A"})
