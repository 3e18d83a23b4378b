"""`$apply` says what the review says: a proposal only for what is to be done now, and never an order."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

pytest.importorskip("orjson", reason="needs the extra assuage[fhir]")

from assuage.cli import main
from assuage.errors import InputError, Problems
from assuage.fhir.apply import ASKED_BY, applied
from assuage.fhir.pathway import activity_canonical
from assuage.fhir.read import read_resources
from assuage.fhir.validate import checked_value
from assuage.fhir.write.bundle import bundle_of
from assuage.pathways import registry
from assuage.record.entries import Record
from assuage.review.make import review
from assuage.review.model import Review
from assuage.terms.answers import UNKNOWN
from assuage.words.speak import catalogue
from tests.fhir.hooks.calling import ENTER, NOW, NUMB, asked, reads, service
from tests.record.strategies import records
from tests.universe import EXAMPLES, PATIENTS

Plain = dict[str, Any]
REQUESTS = frozenset({"MedicationRequest", "ServiceRequest", "Task"})
HERE = {name: review(make(), None, effects=False) for name, make in PATIENTS.items()}
FOLLOWING = {name: here for name, here in HERE.items() if here.pathway is not None}


class Said:
    """What came out of `$apply`, by its types."""

    def __init__(self, bundle: Plain) -> None:
        self.by_url = {each["fullUrl"]: each["resource"] for each in bundle["entry"]}
        (self.plan,) = self.of("CarePlan")
        (self.group,) = self.of("RequestGroup")

    def of(self, *kinds: str) -> list[Plain]:
        return [each for each in self.by_url.values() if each["resourceType"] in kinds]

    def part(self, name: str) -> list[Plain]:
        """What stands in one part of the group, in its order."""
        for part in self.group.get("action", []):
            if part["code"][0]["coding"][0]["code"] == name:
                return [self.by_url[each["resource"]["reference"]] for each in part["action"]]
        return []

    @property
    def everything(self) -> list[Plain]:
        return list(self.by_url.values())


def said(here: Review, language: str = "en") -> Said:
    return Said(applied(here, catalogue(language)))


def canonical(resource: Plain) -> str:
    """Which part of the pathway a resource is about."""
    instantiated = resource.get(
        "instantiatesCanonical", resource.get("moduleCanonical", resource.get("moduleUri"))
    )
    return instantiated[0] if isinstance(instantiated, list) else instantiated


def of_items(here: Review, ids: list[str]) -> list[str]:
    assert here.pathway is not None
    return [activity_canonical(here.pathway, each) for each in ids]


@pytest.mark.parametrize("language", ["en", "lt"])
@pytest.mark.parametrize("name", FOLLOWING)
def test_what_it_says_is_fhir(name: str, language: str):
    checked = checked_value(applied(FOLLOWING[name], catalogue(language)))
    assert (checked.issues, checked.unchecked) == ((), 0)


def holds(here: Review) -> None:
    """What must be so of any review: the laws of `$apply`."""
    told = said(here)
    assert checked_value({"resourceType": "Bundle", "type": "collection", "entry": [
        {"fullUrl": url, "resource": each} for url, each in told.by_url.items()]}).errors == 0  # fmt: skip
    # Nothing is an order.
    intents = {each["intent"] for each in told.of(*REQUESTS, "CarePlan", "RequestGroup")}
    assert intents <= {"proposal", "plan"}
    assert {each["status"] for each in told.of(*REQUESTS, "CarePlan", "RequestGroup")} <= {"draft", "on-hold"}
    # What is to be done now, and only that, is proposed.
    now = of_items(here, [each.recommendation.id for each in here.plan if each.state == "now"])
    proposed = [
        each
        for each in told.of(*REQUESTS)
        if not each.get("doNotPerform") and "instantiatesCanonical" in each
    ]
    assert sorted(map(canonical, proposed)) == sorted(now)
    # What is asked and what is withheld is no request, whatever its name.
    ask = of_items(here, [each.recommendation.id for each in here.plan if each.state == "ask"])
    withheld = of_items(here, [each.recommendation.id for each in here.withheld])
    responses = told.of("GuidanceResponse")
    assert [canonical(each) for each in responses if canonical(each) in {*ask, *withheld}] == [
        *ask,
        *withheld,
    ]
    assert not {*ask, *withheld} & set(map(canonical, proposed))
    for each in responses:
        if canonical(each) in ask:
            assert (each["status"], bool(each["dataRequirement"])) == ("data-required", True)
        if canonical(each) in withheld:
            assert (each["status"], bool(each["note"])) == ("success", True)
    # What is to be left alone is said as what not to do.
    left = [canonical(each) for each in told.of(*REQUESTS) if each.get("doNotPerform")]
    assert left == of_items(here, [each.restriction.id for each in here.restrictions if each.in_force])
    # Every gate is a person's to decide, and one that nobody can answer lacks data.
    decisions = told.part("decide")
    assert len(decisions) == len(here.gates)
    for task, gate in zip(decisions, here.gates, strict=True):
        response = told.by_url[task["focus"]["reference"]]
        lacks = gate.reading.answer is UNKNOWN and not gate.reading.shut_by
        assert response["status"] == ("data-required" if lacks else "success")
    # Everything that is spoken of is there.
    text = json.dumps(told.everything)
    assert all(url in told.by_url for url in _references(text))


def _references(text: str) -> set[str]:
    return {
        part.partition('"')[0] for part in text.split('"reference": "')[1:] if part.startswith("urn:uuid")
    }


@pytest.mark.parametrize("name", FOLLOWING)
def test_it_says_what_the_review_says(name: str):
    holds(FOLLOWING[name])


@pytest.mark.parametrize("pathway", registry.PATHWAY_IDS)
@pytest.mark.parametrize("name", PATIENTS)
def test_it_says_what_the_review_says_on_any_pathway_and_early_on(name: str, pathway: str):
    record = PATIENTS[name]()
    for day in (0, 20):
        try:
            here = review(record, pathway, day, effects=False)
        except Problems:
            continue  # its decisions are of another pathway
        holds(here)


@settings(max_examples=40, deadline=None)
@given(records())
def test_it_says_what_the_review_says_of_any_record(record: Record):
    for pathway in registry.PATHWAY_IDS:
        try:
            here = review(record, pathway, record.last_day or 0, effects=False)
        except (Problems, InputError):
            continue
        holds(here)


def test_an_unknown_comes_with_the_form_that_asks():
    told = said(FOLLOWING["ben"])
    asked_by = {
        each["valueCanonical"]
        for response in told.of("GuidanceResponse")
        if response["status"] == "data-required"
        for each in response["extension"]
        if each["url"] == ASKED_BY
    }
    (form,) = told.of("Questionnaire")
    assert asked_by == {f"{form['url']}|{form['version']}"}
    (task,) = [each for each in told.part("ask") if each["resourceType"] == "Task"]
    assert task["input"][0]["valueCanonical"] in asked_by


def test_a_drug_that_is_taken_already_is_not_prescribed_again():
    told = said(FOLLOWING["ben"])
    (task,) = [each for each in told.part("now") if "start-amitriptyline" in canonical(each)]
    assert (task["resourceType"], task["code"]["coding"][0]["code"]) == ("Task", "continue")


def test_a_drug_that_is_begun_is_a_draft_with_its_dose():
    told = said(FOLLOWING["ida"])
    (request,) = [each for each in told.part("now") if "start-amitriptyline" in canonical(each)]
    (dosage,) = request["dosageInstruction"]
    assert (request["resourceType"], request["status"], request["intent"]) == (
        "MedicationRequest",
        "draft",
        "proposal",
    )
    assert dosage["doseAndRate"][0]["doseQuantity"]["value"] == 5
    assert dosage["timing"]["repeat"]["when"] == ["HS"]


def test_a_session_whose_day_has_not_come_waits():
    told = said(FOLLOWING["emil"])
    (request,) = [each for each in told.part("now") if "active-kinesiotherapy" in canonical(each)]
    assert request["status"] == "on-hold"


def test_a_stop_is_told_as_an_issue_of_high_severity():
    here = FOLLOWING["ana"]
    stops = [each for each in here.alerts if each.tier == "stop"]
    issues = [each for each in said(here).of("DetectedIssue") if each["severity"] == "high"]
    assert (len(issues), {each["status"] for each in issues}) == (len(stops), {"preliminary"})


@pytest.mark.parametrize("name", FOLLOWING)
def test_read_back_it_is_no_fact_about_the_patient(name: str):
    told = applied(FOLLOWING[name])
    assert read_resources([told]).entries == ()


def test_the_published_shape_is_kept():
    # As in the expected results of cqframework/pd-apply: a group of nested actions that instantiates the definition,
    # and drafts with the intent of a proposal that name theirs. There the group is a plan; nobody decided on ours.
    told = said(FOLLOWING["ida"])
    (request, *_) = told.part("now")
    assert told.group["instantiatesCanonical"] == ["urn:assuage:plan-definition:neck-first|1"]
    assert (told.group["status"], request["status"], request["intent"]) == ("draft", "draft", "proposal")
    assert set(told.group["action"][0]) >= {"title", "code", "action"}


# --- the command and the service ------------------------------------------------------------------------


def test_the_command_writes_what_passes_our_own_check(tmp_path: Path):
    assert main(["fhir", "apply", str(EXAMPLES / "case.yaml"), "-o", str(tmp_path / "a.json")]) == 0
    assert main(["fhir", "check", str(tmp_path / "a.json")]) == 0


def test_a_record_that_follows_no_pathway_is_asked_for_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    record = tmp_path / "r.yaml"
    record.write_text(
        "format: assuage-record/2\npatient: {id: x}\nentries:\n- {day: 0, kind: note, text: a}\n"
    )
    assert main(["fhir", "apply", str(record)]) == 2
    assert "--pathway neck-first" in capsys.readouterr().err
    assert (
        main(["fhir", "apply", str(record), "--pathway", "eular-2017", "-o", str(tmp_path / "b.json")]) == 0
    )


PATH = "/PlanDefinition/neck-first/$apply"
WHO = {"resourceType": "Patient", "id": "ana"}
DATA = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": WHO}]}
APP = service(reads(ENTER, NUMB))


def parameters(*more: Plain, subject: str | None = "Patient/ana", data: Plain | None = DATA) -> Plain:
    named: list[Plain] = [] if subject is None else [{"name": "subject", "valueString": subject}]
    named += [] if data is None else [{"name": "data", "resource": data}]
    return {"resourceType": "Parameters", "parameter": [*named, *more]}


@pytest.mark.parametrize(
    "body", [parameters(), DATA, parameters(subject=None)], ids=["whole", "bundle", "no subject"]
)
def test_a_call_is_answered_with_what_the_review_says(body: Plain):
    answer = asked(APP, PATH, body)
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/fhir+json")
    told = Said(answer.body)
    assert told.plan["subject"] == {"reference": "Patient/ana"}
    assert told.plan["created"] == NOW.date().isoformat()
    assert checked_value(answer.body).errors == 0


def test_what_was_not_understood_stands_in_the_answer():
    from assuage.fhir.hooks.understood import fhir_reader
    from assuage.fhir.site_codes import NO_CODES

    other = {"resourceType": "Encounter", "id": "e", "status": "finished", "class": {"code": "AMB"}}
    held = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": WHO}, {"resource": other}]}
    answer = asked(service(fhir_reader(NO_CODES)), PATH, parameters(data=held))
    (outcome,) = Said(answer.body).of("OperationOutcome")
    assert {each["severity"] for each in outcome["issue"]} == {"warning"}


NEXT = {**DATA, "type": "searchset", "link": [{"relation": "next", "url": "https://a.example.org"}]}
OTHER = {**DATA, "entry": [*DATA["entry"], {"resource": {**WHO, "id": "ben"}}]}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (WHO, 400),
        (parameters({"name": "useServerData", "valueBoolean": True}), 400),
        (parameters({"name": "subject", "valueString": "Patient/ben"}), 400),
        (parameters(data=None), 412),
        (parameters(data=NEXT), 412),
        (parameters(data=OTHER), 412),
        (parameters(subject="Patient/ben"), 412),
        (parameters(subject=None, data={**DATA, "entry": []}), 412),
        (OTHER, 412),
    ],
    ids=[
        "no parameters", "asks for a server", "two subjects", "no data", "a part", "two patients", "another",
        "nobody", "two in a bundle",
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_refused_with_the_reason(body: Plain, status: int):
    answer = asked(APP, PATH, body)
    assert (answer.status, answer.body["resourceType"]) == (status, "OperationOutcome")


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/PlanDefinition/neck-last/$apply", "POST", 404),
        ("/PlanDefinition/neck-first/$evaluate", "POST", 404),
        (PATH, "GET", 405),
        (PATH, "OPTIONS", 204),
    ],
)
def test_another_address_or_method_is_refused(path: str, method: str, status: int):
    assert asked(APP, path, raw=json.dumps(parameters()).encode(), method=method).status == status


def test_what_is_no_json_is_refused():
    assert asked(APP, PATH, raw=b"{").status == 400


def test_a_record_that_goes_out_as_fhir_is_applied_as_it_is_here():
    from assuage.fhir.hooks.understood import fhir_reader
    from assuage.fhir.site_codes import NO_CODES

    record = PATIENTS["cleo"]()
    bundle = bundle_of(record)
    sent = {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [{"resource": e["resource"]} for e in bundle["entry"]],
    }
    answer = asked(service(fhir_reader(NO_CODES)), PATH, sent)
    assert record.starts_on is not None
    here = review(record, "neck-first", (NOW.date() - record.starts_on).days, effects=False)
    assert sorted(canonical(each) for each in Said(answer.body).part("now")) == sorted(
        canonical(each) for each in said(here).part("now")
    )
