"""What is wrong with a document of CDS Hooks is told, all of it, at its place; each invariant is kept and broken."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("orjson", reason="needs the extra assuage[fhir]")

from assuage.fhir.hooks.check import checked_hook, checked_hook_bytes
from assuage.fhir.hooks.invariants import INVARIANTS
from tests.fhir.hooks.documents import (
    AUTHORIZATION,
    CARD,
    DELETION,
    DOCUMENTS,
    SUGGESTION,
    feedback,
    request,
    response,
    suggesting,
)

CASES = Path(__file__).parents[4] / "shared" / "conformance" / "cdshooks"
needs_cases = pytest.mark.skipif(not CASES.is_dir(), reason="the cases are not distributed with the project")

TWICE = [SUGGESTION | {"isRecommended": True}] * 2
# Of each invariant a document that keeps it where it asks, and one that breaks it.
KEPT_AND_BROKEN: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "cds-r-1": (
        request(fhirServer="https://fhir.example.org", fhirAuthorization=AUTHORIZATION),
        request(fhirAuthorization=AUTHORIZATION),
    ),
    "cds-r-2": tuple(
        request(fhirServer="https://fhir.example.org", fhirAuthorization=AUTHORIZATION | each)
        for each in ({"scope": "patient/*.rs", "patient": "ana"}, {"scope": "patient/*.rs"})
    ),
    "cds-resp-1": (
        response(selectionBehavior="any", suggestions=TWICE),
        response(selectionBehavior="at-most-one", suggestions=TWICE),
    ),
    "cds-resp-2": (
        suggesting({"actions": [DELETION]}),
        suggesting({"actions": [{"type": "delete", "description": "Away"}]}),
    ),
    "cds-resp-3": tuple(
        response(links=[{"label": "x", "url": "https://a.example", "type": each, "appContext": "c"}])
        for each in ("smart", "absolute")
    ),
    "cds-resp-4": tuple(response(overrideReasons=[{"code": "a"} | each]) for each in ({"display": "A"}, {})),
    "cds-resp-5": tuple(
        suggesting({"actions": [{"type": "delete", "resourceId": "Task/1"} | each]})
        for each in ({"description": "Away"}, {})
    ),
    "cds-resp-6": (
        response(selectionBehavior="any", suggestions=[SUGGESTION]),
        response(suggestions=[SUGGESTION]),
    ),
    "cds-resp-7": tuple(suggesting({"actionSelectionBehavior": each}) for each in ("at-most-one", "one")),
    "ord-1": tuple(
        request("order-select", context={"selections": [each]}) for each in ("MedicationRequest/1-a.b", "1")
    ),
    "cds-fb-1": (feedback(), feedback(outcome="ignored")),
    "cds-fb-2": (feedback(), feedback(acceptedSuggestions=[])),
    "cds-fb-3": tuple(
        feedback(outcome="overridden", overrideReason=each) for each in ({"userComment": "No"}, {})
    ),
}  # fmt: skip


def rules(document: object) -> list[str]:
    return [each.rule for each in checked_hook(document).issues if each.rule]


def said(document: object) -> list[tuple[str, str]]:
    return [(each.place, each.rule or each.what.id) for each in checked_hook(document).issues]


def test_every_invariant_is_kept_and_broken():
    assert KEPT_AND_BROKEN.keys() == INVARIANTS.keys()


@pytest.mark.parametrize("rule", KEPT_AND_BROKEN)
def test_what_keeps_an_invariant_passes(rule: str):
    assert rules(KEPT_AND_BROKEN[rule][0]) == []


@pytest.mark.parametrize("rule", KEPT_AND_BROKEN)
def test_what_breaks_an_invariant_is_told_by_its_id(rule: str):
    assert rules(KEPT_AND_BROKEN[rule][1]) == [rule]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_good_document_is_accepted(document: dict[str, Any]):
    assert said(document) == []


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ({}, [("(document)", "hooks.no-document")]),
        ([], [("(document)", "hooks.no-document")]),
        ({"hook": "patient-view"}, [("CDSHooksRequest", "fhir.missing")] * 2),
        (request(hookInstance="1"), [("CDSHooksRequest.hookInstance", "hooks.uuid")]),
        (request(context={"patientId": "Patient/ana"}), [("CDSHooksRequest.context.patientId", "fhir.id")]),
        (request(contxt={}), [("CDSHooksRequest.contxt", "hooks.unknown-key")]),
        (request(**{"Ana Ona 1977": 1}), [("CDSHooksRequest.…", "hooks.unknown-key")]),
        (request(prefetch=[]), [("CDSHooksRequest.prefetch", "fhir.json-type")]),
        (
            request(prefetch={"p": {"resourceType": "Patient", "gender": "x"}}),
            [("CDSHooksRequest.prefetch.p.gender", "fhir.code")],
        ),
        (
            request("order-sign", context={"draftOrders": {"resourceType": "Bundle", "type": "?"}}),
            [("CDSHooksRequest.context.draftOrders.type", "fhir.code")],
        ),
        (request("order-dispatch"), [("CDSHooksRequest.context", "hooks.context-not-checked")]),
        ({"cards": [1]}, [("CDSHooksResponse.cards[0]", "fhir.json-type")]),
        (response(indicator="fatal"), [("CDSHooksResponse.cards[0].indicator", "hooks.code")]),
        (response(summary="x" * 140), [("CDSHooksResponse.cards[0].summary", "hooks.summary")]),
        (response(links=[]), [("CDSHooksResponse.cards[0].links", "fhir.empty-list")]),
        (response(extension=1), [("CDSHooksResponse.cards[0].extension", "fhir.json-type")]),
        (
            {"cards": [CARD | {"source": {}}]},
            [("CDSHooksResponse.cards[0].source", "fhir.empty"), ("CDSHooksResponse.cards[0].source", "fhir.missing")],
        ),
        (
            {"services": [{"hook": "patient-view", "id": "a", "description": "b", "prefetch": {"p": 1}}]},
            [("CDSHooksServices.services[0].prefetch.p", "fhir.json-type")],
        ),
        (feedback(card="1"), [("CDSHooksFeedback.feedback[0].card", "hooks.uuid")]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_place(document: object, told: list[tuple[str, str]]):
    assert said(document) == told


@pytest.mark.parametrize("raw", [b"", b"{", b"[" * 5000, b'{"hook":NaN}', b'{"hook":"\\ud800"}', b"1"])
def test_any_bytes_get_an_answer(raw: bytes):
    assert checked_hook_bytes(raw).errors > 0


def test_a_key_that_stands_twice_is_told():
    assert [each.what.id for each in checked_hook_bytes(b'{"cards":[],"cards":[]}').issues] == [
        "fhir.key-twice"
    ]


@needs_cases
def test_the_published_cases_come_out_as_they_should():
    expected = json.loads((CASES / "expected.json").read_text())
    told = {
        each["name"]: bool(checked_hook_bytes((CASES / each["file"]).read_bytes()).errors)
        for each in expected
    }
    assert told == {each["name"]: bool(each["errors"]) for each in expected}
