"""The map of records and FHIR is whole: every kind, every field, every part of a review; and it tells no lie."""

from __future__ import annotations

import json
from typing import Any

import pytest

pytest.importorskip("orjson", reason="needs the extra assuage[fhir]")

from assuage.cli import main
from assuage.fhir.codes import own_codes
from assuage.fhir.concept_maps import code_maps, concept_maps
from assuage.fhir.field_map import mapped_common_fields, mapped_fields
from assuage.fhir.served.capability import capability_statement
from assuage.fhir.specimens import SPECIMENS
from assuage.fhir.validate import checked_value
from assuage.record.kind import COMMON
from assuage.record.kinds import KINDS
from assuage.review.model import Review
from docs.build import fhir_map


def test_every_field_of_every_kind_is_in_the_map():
    wanted = [(kind.name, field.name) for kind in KINDS.values() for field in kind.specific]
    assert [(each.kind, each.field) for each in mapped_fields()] == wanted


def test_every_common_field_is_in_the_map_for_every_kind():
    assert {(each.kind, each.field) for each in mapped_common_fields()} == {
        (kind, field.name) for kind in KINDS for field in COMMON
    }


def test_what_comes_back_without_our_extension_stands_in_an_element():
    assert [each for each in mapped_fields() if each.fate == "kept" and not each.elements] == []


def test_what_is_in_no_element_is_in_the_extension_alone():
    assert {each.fate for each in mapped_fields() if not each.elements} == {"extension"}


def test_every_part_of_a_review_is_in_the_map():
    assert list(fhir_map.PARTS) == list(Review.__struct_fields__)


def test_a_specimen_has_every_field_of_its_kind():
    given: dict[str, set[str]] = {}
    for each in SPECIMENS:
        given.setdefault(each["kind"], set()).update(each)
    assert given.keys() == KINDS.keys()
    for kind, names in given.items():
        assert {field.name for field in KINDS[kind].specific} <= names


@pytest.mark.parametrize("resource", concept_maps(), ids=lambda each: each["id"])
def test_a_concept_map_is_fhir(resource: dict[str, Any]):
    assert checked_value(resource).issues == ()


@pytest.mark.parametrize("mapped", code_maps(), ids=lambda each: each.name)
def test_a_concept_map_speaks_of_codes_that_we_have_and_says_where_it_is_not_exact(mapped):
    assert set(mapped.codes) <= set(own_codes()[mapped.name])
    assert mapped.exact or mapped.why


@pytest.mark.parametrize("address", [None, "https://clinic.example/fhir/R4"])
def test_the_capability_statement_is_fhir(address):
    assert checked_value(capability_statement(address)).issues == ()


@pytest.mark.parametrize("wanted", [[], ["--code-maps"], ["--fields", "--json"]])
def test_the_command_writes_json(capsys, wanted):
    assert main(["fhir", "conformance", *wanted]) == 0
    assert json.loads(capsys.readouterr().out)


def test_the_map_is_written_as_a_table(tmp_path):
    out = tmp_path / "map.tsv"
    assert main(["fhir", "conformance", "--fields", "-o", str(out)]) == 0
    lines = out.read_text("utf-8").splitlines()
    assert len({line.count("\t") for line in lines}) == 1
    assert len(lines) == 1 + len(mapped_fields()) + len(mapped_common_fields())
