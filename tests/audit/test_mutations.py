"""Every kind of defect, planted in a good file."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

from handouts.audit import CODES, audit


def _planted():
    folder = Path(__file__).parent / "planted"
    spec = importlib.util.spec_from_file_location(
        "planted", folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    module = sys.modules["planted"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.PLANTED


PLANTED = _planted()


def test_good_files_have_no_defects(good, document, personal, personal_document, packet, packet_documents):
    """the files that the faults are planted in have none, not even a warning."""
    assert audit(good, document) == ()
    assert audit(good) == ()
    assert audit(personal, personal_document) == ()
    assert audit(packet, packet_documents) == ()
    assert audit(packet) == ()


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_found(name, good, document, packet, packet_documents):
    """each fault, planted alone, is told by its own code and severity."""
    fault = PLANTED[name]
    whole, said = (packet, packet_documents) if fault.code == "parts-differ" else (good, document)
    found = audit(fault.plant(whole), None if fault.foreign else said)
    severities = {one.severity for one in found if one.code == fault.code}
    assert severities == {"warning" if fault.warning else "defect"}, [str(one) for one in found]


def test_every_code_is_planted():
    """there is no code that no planted fault raises, save the one that has a test of its own."""
    assert len(PLANTED) > 100
    assert set(CODES) - {fault.code for fault in PLANTED.values()} == {"tree-too-large"}


def test_a_tree_too_large_is_told(good, document, monkeypatch):
    """a file with more elements than the limit is told, and still read."""
    monkeypatch.setattr("handouts.audit.tree.MOST_ELEMENTS", 20)
    assert "tree-too-large" in {one.code for one in audit(good, document)}
