"""The clinic as a FHIR server: by a token of somebody, what that person may see, each look in the log."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import pytest
from django.test import Client

from assuage.clinic.audit.models import AccessEvent
from assuage.clinic.people.actions import set_active
from assuage.clinic.people.programs import programs_let_in, register_program
from assuage.clinic.store.models import StoredEntry
from assuage.errors import InputError
from assuage.fhir.read import read_resources
from assuage.fhir.validate import checked_value
from assuage.record.read import parse_record
from tests.clinic.programs import BACK

CASE = "case-2026"
AT = "/fhir/R4/"


@pytest.fixture
def token(let_in):
    """A token of somebody for some scopes."""
    return let_in


def asked(at: str, token: str | None = None, **headers: str):
    named = {"Authorization": f"Bearer {token}"} if token else {}
    return Client().get(AT + at, headers={**named, **headers})


def told(answer) -> dict:
    assert answer.headers["Content-Type"] == "application/fhir+json"
    return json.loads(answer.content)


def refused(answer) -> tuple[int, str]:
    outcome = told(answer)
    assert outcome["resourceType"] == "OperationOutcome"
    return answer.status_code, outcome["issue"][0]["code"]


@pytest.mark.parametrize("name", ["metadata", ".well-known/smart-configuration"])
def test_what_it_says_of_itself_is_for_everybody(db, name):
    answer = asked(name)
    assert answer.status_code == 200
    assert json.loads(answer.content)


def test_the_capability_statement_is_fhir_and_names_where_to_be_let_in(db):
    statement = told(asked("metadata"))
    assert checked_value(statement).issues == ()
    ends = {
        each["url"]: each["valueUri"]
        for each in statement["rest"][0]["security"]["extension"][0]["extension"]
    }
    assert set(ends) == {"authorize", "token"}
    for end in ends.values():
        assert Client().get(urlsplit(end).path).status_code != 404


def test_a_clinician_s_program_reads_a_whole_record_and_it_is_the_record(token, record):
    allowed = token("anna", "user/*.rs")
    types = [each["type"] for each in told(asked("metadata"))["rest"][0]["resource"] if "interaction" in each]
    resources = []
    for name in types:
        whose = {"Patient": f"_id={CASE}", "AdverseEvent": f"subject={CASE}"}.get(name, f"patient={CASE}")
        page = told(asked(f"{name}?{whose}&_count=500", allowed))
        assert checked_value(page).issues == ()
        resources += [each["resource"] for each in page.get("entry", ())]
    back = parse_record(read_resources(resources).document)
    assert len(back.entries) == record(CASE).head


def test_a_resource_is_read_by_the_id_of_its_entry(token, record):
    row = StoredEntry.objects.filter(record=record(CASE), kind="score").first()
    assert row is not None
    answer = asked(f"Observation/{row.uid}", token("anna", "user/Observation.r"))
    assert (told(answer)["id"], bool(answer.headers["ETag"])) == (str(row.uid), True)


def test_every_look_is_in_the_log_with_what_was_looked_for(token, person):
    asked(f"Condition?patient={CASE}", token("anna", "user/*.rs"))
    event = AccessEvent.objects.order_by("-seq").first()
    assert event is not None
    assert (event.actor, event.act, event.record, event.why) == (
        person("anna").pseudonym, "read-fhir", CASE, "Condition",
    )  # fmt: skip


def test_a_patient_s_program_reads_that_patient_and_nobody_else(token):
    allowed = token("jon", "patient/*.rs")
    page = told(asked("Patient", allowed))
    assert [each["resource"]["id"] for each in page["entry"]] == ["jon"]
    assert asked("Observation?patient=jon", allowed).status_code == 200
    assert refused(asked(f"Observation?patient={CASE}", allowed)) == (404, "not-found")


def test_a_list_of_patients_is_those_that_the_person_may_see_and_each_is_in_its_log(token):
    page = told(asked("Patient", token("anna", "user/Patient.rs")))
    seen = {each["resource"]["id"] for each in page["entry"]}
    logged = AccessEvent.objects.filter(act="read-fhir", why="Patient").values_list("record", flat=True)
    assert seen == set(logged)
    assert CASE in seen


def test_a_page_of_patients_opens_the_records_of_that_page_alone(token):
    allowed = token("anna", "user/Patient.rs")
    pages, at = [], "Patient?_count=1"
    while at:
        page = told(asked(at, allowed))
        pages += [each["resource"]["id"] for each in page["entry"]]
        before = AccessEvent.objects.filter(act="read-fhir").count()
        assert before == len(pages)
        following = [each["url"] for each in page["link"] if each["relation"] == "next"]
        at = following[0].partition("/fhir/R4/")[2] if following else ""
    assert len(pages) == page["total"] == len(set(pages))


@pytest.mark.parametrize(
    ("asked_for", "known"),
    [(CASE, True), (f"urn:assuage:patient|{CASE}", True), (f"urn:other|{CASE}", False), ("nobody", False)],
)
def test_a_patient_is_found_by_the_pseudonym(token, asked_for, known):
    page = told(asked(f"Patient?identifier={asked_for}", token("anna", "user/Patient.rs")))
    assert page["total"] == known


@pytest.mark.parametrize(
    ("who", "scope", "at", "wanted"),
    [
        ("anna", "user/Condition.rs", f"Observation?patient={CASE}", (403, "forbidden")),
        ("anna", "user/Condition.rs", f"Observation/{CASE}", (403, "forbidden")),
        ("anna", "patient/*.rs", f"Observation?patient={CASE}", (403, "forbidden")),
        ("anna", "record.read", f"Observation?patient={CASE}", (403, "forbidden")),
        ("anna", "user/*.rs", "Observation", (400, "value")),
        ("anna", "user/*.rs", f"Observation?patient={CASE}&status=final", (400, "value")),
        ("anna", "user/*.rs", "Observation?patient=nobody", (404, "not-found")),
        ("anna", "user/*.rs", "Observation/nothing", (404, "not-found")),
        ("anna", "user/*.rs", "Observation/00000000-0000-0000-0000-000000000000", (404, "not-found")),
        ("anna", "user/*.rs", "Claim?patient=x", (404, "not-found")),
        ("admin", "user/*.rs", f"Observation?patient={CASE}", (404, "not-found")),
    ],
)  # fmt: skip
def test_what_is_not_to_be_had_says_why_as_fhir(token, who, scope, at, wanted):
    assert refused(asked(at, token(who, scope))) == wanted


def test_nobody_reads_without_a_token_and_a_session_is_none(as_person):
    assert refused(asked(f"Observation?patient={CASE}")) == (401, "login")
    assert as_person("anna").get(f"{AT}Observation?patient={CASE}").status_code == 401


def test_a_program_that_was_shut_out_reads_nothing_more(token, person, as_person):
    allowed = token("anna", "user/*.rs")
    as_person("anna").post("/account/programs", {"program": programs_let_in(person("anna"))[0].id})
    assert asked(f"Observation?patient={CASE}", allowed).status_code == 401


def test_an_account_that_was_closed_reads_nothing_more(token, person):
    allowed = token("anna", "user/*.rs")
    set_active(person("anna"), False, by=person("admin"))
    assert asked(f"Observation?patient={CASE}", allowed).status_code == 401


def test_nothing_is_written_here(token):
    allowed = token("anna", "user/*.rs")
    answer = Client().post(
        f"{AT}Observation",
        "{}",
        content_type="application/fhir+json",
        headers={"Authorization": f"Bearer {allowed}"},
    )
    assert refused(answer) == (405, "not-supported")


def test_a_search_may_stand_in_the_body(token):
    allowed = token("anna", "user/*.rs")
    answer = Client().post(
        f"{AT}Observation/_search",
        {"patient": CASE, "code": "pain"},
        headers={"Authorization": f"Bearer {allowed}"},
    )
    assert told(answer)["total"] > 0


def test_only_json_is_written(token):
    answer = asked(f"Observation?patient={CASE}", token("anna", "user/*.rs"), Accept="application/xml")
    assert refused(answer) == (406, "not-supported")


def test_the_page_of_programs_says_in_words_what_one_may(token, as_person):
    token("anna", "user/Observation.rs")
    assert "as FHIR, Observation alone" in as_person("anna").get("/account/programs").content.decode()


def test_a_scope_that_writes_is_not_given(db):
    with pytest.raises(InputError):
        register_program("An app", [BACK], ["user/Observation.cruds"])
