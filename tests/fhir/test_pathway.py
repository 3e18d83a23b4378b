"""A pathway as FHIR: valid, whole, and no stronger than the pathway is."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("orjson", reason="needs the extra assuage[fhir]")

from assuage.cli import main
from assuage.fhir.pathway import STRENGTH, activity_canonical, pathway_bundle
from assuage.fhir.validate import checked_value
from assuage.pathways import registry
from assuage.pathways.model import Pathway
from assuage.words.speak import catalogue
from tests.small_pathway import SMALL

SHIPPED = {name: registry.pathway(name) for name in registry.PATHWAY_IDS}
Plain = dict[str, Any]


def resources(pathway: Pathway, kind: str, language: str = "en") -> list[Plain]:
    bundle = pathway_bundle(pathway, catalogue(language))
    return [each["resource"] for each in bundle["entry"] if each["resource"]["resourceType"] == kind]


def plan_of(pathway: Pathway) -> Plain:
    (plan,) = resources(pathway, "PlanDefinition")
    return plan


def actions_in(value: Plain) -> list[Plain]:
    return [each for action in value.get("action", []) for each in (action, *actions_in(action))]


@pytest.mark.parametrize("language", ["en", "lt"])
@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_pathway_is_fhir(name: str, language: str):
    checked = checked_value(pathway_bundle(SHIPPED[name], catalogue(language)))
    assert ([each for each in checked.issues if each.severity == "error"], checked.unchecked) == ([], 0)


def test_a_pathway_of_ones_own_is_fhir():
    assert checked_value(pathway_bundle(SMALL)).errors == 0


@pytest.mark.parametrize("name", SHIPPED)
def test_every_phase_follows_the_one_before(name: str):
    phases = [
        each for each in plan_of(SHIPPED[name])["action"] if each["code"][0]["coding"][0]["code"] == "phase"
    ]
    after = [each.get("relatedAction", [{"actionId": None}])[0]["actionId"] for each in phases]
    ids = [each.id for each in SHIPPED[name].phases]
    assert ([each["id"] for each in phases], after) == (ids, [None, *ids[:-1]])


@pytest.mark.parametrize("name", SHIPPED)
def test_every_criterion_of_a_gate_is_a_condition(name: str):
    conditions = {
        each["expression"]["name"]
        for action in actions_in(plan_of(SHIPPED[name]))
        for each in action.get("condition", [])
    }
    assert {each.id for each in SHIPPED[name].criteria()} <= conditions


@pytest.mark.parametrize("name", SHIPPED)
def test_no_condition_claims_to_be_an_expression_that_an_engine_evaluates(name: str):
    languages = {
        each["expression"]["language"]
        for action in actions_in(plan_of(SHIPPED[name]))
        for each in action.get("condition", [])
    }
    assert languages == {"text/plain"}


@pytest.mark.parametrize("name", SHIPPED)
def test_every_recommendation_says_its_strength_its_source_and_whose_numbers(name: str):
    by_id = {each["id"]: each for each in actions_in(plan_of(SHIPPED[name])) if "id" in each}
    for recommendation in SHIPPED[name].recommendations():
        action = by_id[recommendation.id]
        (strength,) = [each for each in action["extension"] if each["url"] == STRENGTH]
        coded = [each["code"] for each in strength["valueCodeableConcept"].get("coding", [])]
        advice = recommendation.advice
        assert coded == ([advice.strength] if advice.direction == "for" and advice.strength else [])
        assert advice.guideline.title in strength["valueCodeableConcept"]["text"]
        labels = {each["label"] for each in action["documentation"]}
        assert {recommendation.source.key, *(basis.key for basis in recommendation.number_bases)} <= labels
        assert action["definitionCanonical"] == activity_canonical(SHIPPED[name], recommendation.id)


@pytest.mark.parametrize("name", SHIPPED)
def test_what_is_restricted_is_defined_as_what_not_to_do_and_nothing_else_is(name: str):
    left = {each["id"] for each in resources(SHIPPED[name], "ActivityDefinition") if each.get("doNotPerform")}
    assert left == {f"{name}.{each.id}" for each in SHIPPED[name].restrictions}


@pytest.mark.parametrize("name", SHIPPED)
def test_every_canonical_address_within_is_in_the_bundle(name: str):
    everything = [each["resource"] for each in pathway_bundle(SHIPPED[name])["entry"]]
    known = {f"{each['url']}|{each['version']}" for each in everything}
    plan = plan_of(SHIPPED[name])
    named = {
        *plan["library"],
        *(each["definitionCanonical"] for each in actions_in(plan) if "definitionCanonical" in each),
    }
    assert named - known == set()


@pytest.mark.parametrize("name", SHIPPED)
def test_nothing_in_it_is_an_order(name: str):
    assert {each["intent"] for each in resources(SHIPPED[name], "ActivityDefinition")} == {"proposal"}


def test_the_library_says_every_criterion_in_words():
    (library,) = resources(SHIPPED["neck-first"], "Library")
    text = base64.b64decode(library["content"][0]["data"]).decode()
    assert all(f"({each.id})" in text and each.because in text for each in SHIPPED["neck-first"].criteria())


def test_it_is_written_and_passes_our_own_check(tmp_path: Path):
    assert main(["fhir", "pathway", "neck-first", "-o", str(tmp_path / "neck.json")]) == 0
    assert main(["fhir", "check", str(tmp_path / "neck.json")]) == 0


def test_the_same_pathway_gives_the_same_bundle(capsys: pytest.CaptureFixture[str]):
    assert main(["fhir", "pathway", "eular-2017", "--lang", "lt"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown == pathway_bundle(SHIPPED["eular-2017"], catalogue("lt"))


def test_a_pathway_that_is_not_there_is_told_with_the_nearest(capsys: pytest.CaptureFixture[str]):
    assert main(["fhir", "pathway", "neck-frist"]) == 2
    assert "neck-first" in capsys.readouterr().err
