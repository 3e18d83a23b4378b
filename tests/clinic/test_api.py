"""The clinic for programs: each call does what its page does, and says in problem details why it does not."""

from __future__ import annotations

import json
import re
from uuid import UUID, uuid4

import pytest
from django.test import Client

from assuage.clinic.api import callers
from assuage.clinic.people.actions import set_active, set_language
from assuage.clinic.people.programs import programs_let_in, register_program
from assuage.clinic.people.rights import KINDS_WRITTEN
from assuage.clinic.store.models import StoredEntry
from assuage.clinic.store.queries import settings_of_the_site, stored_review
from assuage.errors import AssuageError
from assuage.record.entries import KIND_OF
from assuage.report.review_json import page_to_json
from assuage.review.visit import visit_page
from tests.clinic.programs import BACK, asked_to_let_in

CASE = "case-2026"
AT = "/api/v1/"
PAIN = {"kind": "score", "scale": "pain", "value": 4, "day": 78}


def called(client: Client, at: str, body: object = None, **headers: str):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    if body is None:
        return client.get(AT + at, headers=named)
    sent = body if isinstance(body, str) else json.dumps(body)
    return client.post(AT + at, sent, content_type="application/json", headers=named)


def problem(answer) -> str:
    told = json.loads(answer.content)
    assert (answer.headers["Content-Type"], told["status"]) == (
        "application/problem+json",
        answer.status_code,
    )
    return told["type"].removeprefix("urn:assuage:problem:")


def diary(*entries: dict, **more) -> dict:
    return {"entries": list(entries), **more}


@pytest.fixture
def of_jon(record):
    return record("jon")


# --- reading -----------------------------------------------------------------------------------------


def test_the_review_of_a_call_is_that_of_the_library(as_person, record):
    of = record(CASE)
    told = json.loads(called(as_person("anna"), f"records/{CASE}/review?on=48").content)
    review = visit_page(stored_review(of, 48), None, settings_of_the_site())
    assert told == json.loads(json.dumps(page_to_json(review)))


@pytest.mark.parametrize(
    ("at", "key"),
    [
        ("me", "role"),
        ("records", "records"),
        ("inbox", "patients"),
        (f"records/{CASE}", "head"),
        (f"records/{CASE}/entries", "entries"),
        (f"records/{CASE}/card?reader=gp", "sections"),
        (f"records/{CASE}/plan", "sections"),
        ("openapi.json", "paths"),
    ],
)
def test_what_is_asked_for_is_answered_as_json(as_person, at, key):
    answer = called(as_person("anna"), at)
    assert (answer.headers["Content-Type"], key in json.loads(answer.content)) == ("application/json", True)


def test_all_entries_are_read_page_by_page(as_person, record):
    client, at, versions = as_person("anna"), f"records/{CASE}/entries?limit=10", []
    while at:
        page = json.loads(called(client, at).content)
        versions += [each["version"] for each in page["entries"]]
        at = (page["next"] or "").removeprefix(AT)
    assert versions == list(range(1, record(CASE).head + 1))


def test_what_has_not_changed_is_not_sent_again(as_person):
    client = as_person("anna")
    tag = called(client, f"records/{CASE}/review").headers["ETag"]
    again = called(client, f"records/{CASE}/review", If_None_Match=tag)
    assert (again.status_code, again.content) == (304, b"")


def test_a_patient_reads_what_the_patient_wrote_and_nothing_of_the_team(as_person, of_jon, person):
    client = as_person("jon")
    called(client, "records/jon/diary", diary(PAIN | {"day": 0}), Idempotency_Key=str(uuid4()))
    page = json.loads(called(client, "records/jon/diary").content)
    assert {each["author"] for each in page["entries"]} == {person("jon").pseudonym}


# --- what is refused ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "at", "body", "headers", "kind"),
    [
        ("anna", "nothing", None, {}, "missing"),
        ("anna", "records/nobody", None, {}, "missing"),
        ("jon", f"records/{CASE}/review", None, {}, "missing"),
        ("anna", "records?x=1", None, {}, "unreadable"),
        ("anna", "records?limit=0", None, {}, "unreadable"),
        ("anna", "records?limit=many", None, {}, "unreadable"),
        ("anna", f"records/{CASE}/review?on=99999", None, {}, "unreadable"),
        ("anna", f"records/{CASE}/review?on=20000", None, {}, "unreadable"),
        ("anna", "me", {}, {}, "method"),
        ("anna", f"records/{CASE}/findings", "{", {}, "unreadable"),
        ("anna", f"records/{CASE}/findings", "[" * 40 + "]" * 40, {}, "unreadable"),
        ("anna", f"records/{CASE}/findings", diary(), {}, "unreadable"),
        ("anna", f"records/{CASE}/findings", diary(PAIN), {}, "refused"),  # no id, no key
        ("anna", f"records/{CASE}/findings", diary(PAIN | {"id": "x"}), {}, "refused"),
        ("anna", f"records/{CASE}/decisions", {"do": "hold"}, {}, "no-head"),
        ("anna", f"records/{CASE}/decisions", {"do": "hold"}, {"If-Match": "*"}, "unreadable"),
        ("anna", f"records/{CASE}/decisions", {"do": "fly"}, {"If-Match": '"57"'}, "refused"),
        ("rasa", f"records/{CASE}/prescriptions", {"text": "aspirin"}, {"If-Match": '"57"'}, "missing"),
        ("anna", f"records/{CASE}/prescriptions", {"text": ""}, {"If-Match": '"57"'}, "refused"),
    ],
)
def test_a_call_that_cannot_be_done_says_what_is_wrong(as_person, who, at, body, headers, kind):
    client = as_person(who)
    answer = (
        client.get(AT + at)
        if body is None
        else client.post(
            AT + at,
            body if isinstance(body, str) else json.dumps(body),
            content_type="application/json",
            headers=headers,
        )
    )
    assert problem(answer) == kind


@pytest.mark.parametrize(
    "entry",
    [
        {"kind": "medication", "drug": "aspirin", "do": "start"},
        {"kind": "decision", "do": "advance"},
        {"kind": "therapy", "what": "deep-massage", "do": "start"},
        {"kind": "therapy", "what": "mesotherapy", "do": "session"},
        PAIN | {"author": "somebody else"},
        PAIN | {"source": "web"},
        PAIN | {"disputed_with": ["x"]},
        PAIN | {"day": 4000},
        PAIN | {"value": 11},
        {"kind": "note", "text": "x\0y"},
        {"kind": "note", "text": "x" * 20_001},
        {},
        {"kind": 7},
        {"kind": ["score"]},
    ],
)
def test_what_a_finding_cannot_tell_is_refused_and_nothing_is_stored(as_person, record, entry):
    before = record(CASE).head
    body = diary({"day": 78} | entry)
    answer = called(as_person("anna"), f"records/{CASE}/findings", body, Idempotency_Key=str(uuid4()))
    assert (problem(answer), record(CASE).head) == ("refused", before)


@pytest.mark.parametrize("act", KINDS_WRITTEN)
def test_what_a_call_may_write_are_kinds_of_the_record(act):
    assert KINDS_WRITTEN[act] - set(KIND_OF.values()) == frozenset()


def test_a_patient_cannot_speak_as_a_clinician(as_person, of_jon):
    body = diary(PAIN | {"day": 0, "by": "clinician"})
    answer = called(as_person("jon"), "records/jon/diary", body, Idempotency_Key=str(uuid4()))
    assert problem(answer) == "refused"


def test_the_problem_is_told_in_the_reader_s_language(as_person, person):
    who = person("anna")
    who.language = "lt"
    who.save()
    assert json.loads(called(as_person("anna"), "nothing").content)["title"] == "Čia nieko nėra"


def test_a_body_that_is_no_json_is_refused_as_such(as_person):
    answer = as_person("anna").post(f"{AT}records/{CASE}/findings", {"entries": "1"})
    assert problem(answer) == "not-json"


def test_a_call_too_large_is_refused_as_problem_details(as_person):
    body = json.dumps(diary({"kind": "note", "text": "x" * (3 * 1024 * 1024)}))
    answer = as_person("anna").post(f"{AT}records/{CASE}/findings", body, content_type="application/json")
    assert problem(answer) == "large"


def test_who_calls_too_often_is_told_to_wait(as_person, monkeypatch, person):
    monkeypatch.setattr(callers, "CALLS", {"api": "2/m/key"})
    client = as_person("jonas")
    answers = [called(client, "me") for _ in range(3)]
    assert (problem(answers[-1]), answers[-1].headers["Retry-After"]) == ("too-many", "60")


# --- writing -----------------------------------------------------------------------------------------


def test_what_is_sent_twice_under_one_key_is_stored_once(as_person, of_jon):
    client, key = as_person("jon"), str(uuid4())
    sent = [
        called(client, "records/jon/diary", diary(PAIN | {"day": 0}), Idempotency_Key=key) for _ in range(2)
    ]
    first, second = (json.loads(each.content)["entries"] for each in sent)
    assert ([each.status_code for each in sent], first) == ([201, 201], second)


def test_other_content_under_the_same_id_is_kept_beside_it_in_dispute(as_person, of_jon):
    client, name = as_person("jon"), str(uuid4())
    called(client, "records/jon/diary", diary(PAIN | {"day": 0, "id": name}))
    answer = called(client, "records/jon/diary", diary(PAIN | {"day": 0, "id": name, "value": 9}))
    told = json.loads(answer.content)
    assert (told["disputed"], StoredEntry.objects.filter(claims=UUID(name)).count()) == (1, 1)


def test_all_entries_of_a_call_are_stored_or_none(as_person, record):
    before = record("jon").head
    body = diary(PAIN | {"day": 0}, PAIN | {"day": 0, "scale": "no such scale"})
    answer = called(as_person("jon"), "records/jon/diary", body, Idempotency_Key=str(uuid4()))
    assert (problem(answer), record("jon").head) == ("refused", before)


def test_a_phone_whose_clock_is_hours_wrong_is_told_so(as_person):
    body = diary(PAIN | {"day": 0}, sent="2020-01-01T00:00:00+00:00")
    answer = called(as_person("jon"), "records/jon/diary", body, Idempotency_Key=str(uuid4()))
    assert problem(answer) == "refused"


def test_a_patient_corrects_what_the_patient_wrote_after_having_seen_it(as_person, record):
    client, name = as_person("jon"), str(uuid4())
    called(client, "records/jon/diary", diary(PAIN | {"day": 0, "id": name}))
    body = diary(PAIN | {"day": 0, "value": 5, "replaces": name})
    key, tag = str(uuid4()), f'"{record("jon").head}"'
    unseen = called(client, "records/jon/diary", body, Idempotency_Key=key)
    seen = called(client, "records/jon/diary", body, Idempotency_Key=key, If_Match=tag)
    assert (problem(unseen), seen.status_code) == ("no-head", 201)


def test_what_the_team_wrote_is_not_for_the_patient_to_withdraw(as_person, record, person):
    of = record("jon")
    theirs = StoredEntry.objects.filter(record=of).exclude(author=person("jon").pseudonym).first()
    body = diary({"kind": "void", "of": str(theirs.uid), "because": "no", "day": 0})
    answer = called(
        as_person("jon"), "records/jon/diary", body, Idempotency_Key=str(uuid4()), If_Match=f'"{of.head}"'
    )
    assert problem(answer) == "refused"


def test_a_finding_cannot_withdraw_a_drug_or_a_decision(as_person, record):
    of = record(CASE)
    drug = StoredEntry.objects.filter(record=of, kind="medication").first()
    body = diary({"kind": "void", "of": str(drug.uid), "because": "no", "day": 78})
    answer = called(
        as_person("rasa"),
        f"records/{CASE}/findings",
        body,
        Idempotency_Key=str(uuid4()),
        If_Match=f'"{of.head}"',
    )
    assert problem(answer) == "refused"


def test_a_decision_after_somebody_else_wrote_is_refused_with_what_came_between(as_person, record):
    client, seen = as_person("anna"), f'"{record(CASE).head}"'
    note = diary({"kind": "symptom", "what": "stiff_neck", "state": "present", "day": 79})
    between = called(client, f"records/{CASE}/findings", note, Idempotency_Key=str(uuid4()))
    answer = called(client, f"records/{CASE}/decisions", {"do": "hold", "because": "to wait"}, If_Match=seen)
    names = [each["id"] for each in json.loads(between.content)["entries"]]
    assert (problem(answer), json.loads(answer.content)["between"]) == ("stale", names)


def test_a_decision_is_taken_by_the_rules_of_the_gate_board(as_person, record):
    seen = f'"{record(CASE).head}.79.en"'  # the tag of whatever was looked at
    body = {"do": "hold", "because": "The shoulder is to settle first."}
    answer = called(as_person("anna"), f"records/{CASE}/decisions", body, If_Match=seen)
    entry = json.loads(answer.content)["entries"][0]["entry"]
    assert (entry["kind"], entry["do"], entry["role"]) == ("decision", "hold", "physician")


def test_against_a_shut_gate_a_call_needs_a_physician_too(as_person, record):
    at, seen = "records/ben/decisions", f'"{record("ben").head}"'
    body = {"do": "advance", "to": "quieten", "because": "A reason that is long enough."}
    assert problem(called(as_person("rasa"), at, body, If_Match=seen)) in ("refused", "missing")


def test_a_drug_is_judged_before_it_is_stored(as_person, record):
    client, seen = as_person("anna"), f'"{record("ben").head}"'
    at, line = "records/ben/prescriptions", {"text": "paracetamol 500 mg"}
    judged = json.loads(called(client, at, line, If_Match=seen).content)
    told = called(client, at, line | {"token": judged["token"]}, If_Match=seen)
    assert (judged["orders"][0]["is_read"], judged["stored"], told.status_code) == (True, None, 201)


def test_a_drug_that_was_not_judged_is_not_stored(as_person, record):
    seen = f'"{record("ben").head}"'
    line = {"text": "paracetamol 500 mg", "token": "made up"}
    assert problem(called(as_person("anna"), "records/ben/prescriptions", line, If_Match=seen)) == "refused"


def test_an_alert_in_force_is_acknowledged(as_person, record):
    client, seen = as_person("anna"), f'"{record(CASE).head}"'
    alert = json.loads(called(client, f"records/{CASE}/review").content)["alerts"][0]
    body = {"rule": alert["id"], "kind": "acknowledged", "subject": alert.get("subject") or ""}
    assert called(client, f"records/{CASE}/alerts", body, If_Match=seen).status_code == 201


@pytest.fixture
def on_an_alert(as_person, record):
    """Acknowledge the first alert in force with this `last_act`; and read that alert."""
    client, at = as_person("anna"), f"records/{CASE}/alerts"

    def act(last_act: int):
        alert, seen = read(), f'"{record(CASE).head}"'
        body = {"rule": alert["rule"], "subject": alert["subject"], "kind": "acknowledged"}
        return called(client, at, body | {"last_act": last_act}, If_Match=seen)

    def read() -> dict:
        return json.loads(called(client, at).content)["alerts"][0]

    act.read = read
    return act


def test_an_alert_says_what_was_done_about_it_last(on_an_alert):
    before = on_an_alert.read()["last_act"]
    done = json.loads(on_an_alert(0).content)
    assert (before, on_an_alert.read()["last_act"]) == (None, done)


def test_a_program_that_saw_the_last_act_on_an_alert_can_act_on_it_again(on_an_alert):
    on_an_alert(0)
    assert on_an_alert(on_an_alert.read()["last_act"]["id"]).status_code == 201


def test_an_act_on_an_alert_on_which_somebody_acted_meanwhile_is_stale_and_says_so(on_an_alert):
    on_an_alert(0)
    answer = on_an_alert(0)
    assert (problem(answer), [each["place"] for each in json.loads(answer.content)["wrong"]]) == (
        "stale",
        ["kind"],
    )


def test_a_session_that_writes_without_the_proof_of_our_pages_is_refused(person, of_jon):
    client = Client(enforce_csrf_checks=True)
    client.force_login(person("jon"))
    answer = called(client, "records/jon/diary", diary(PAIN | {"day": 0}), Idempotency_Key=str(uuid4()))
    assert problem(answer) == "forbidden"


# --- programs ----------------------------------------------------------------------------------------


def with_token(token: str, at: str, body: object = None, **headers: str):
    return called(Client(), at, body, Authorization=f"Bearer {token}", **headers)


def test_a_program_that_was_let_in_reads_in_the_person_s_name(let_in, person):
    told = json.loads(with_token(let_in("anna", "record.read"), "me").content)
    assert told["pseudonym"] == person("anna").pseudonym


def test_a_program_writes_a_diary_without_a_cookie(let_in, of_jon):
    answer = with_token(
        let_in("jon", "diary"), "records/jon/diary", diary(PAIN | {"day": 0}), Idempotency_Key=str(uuid4())
    )
    assert json.loads(answer.content)["entries"][0]["source"] == "api"


def test_a_program_cannot_do_what_it_was_not_let_in_for(let_in):
    assert problem(with_token(let_in("anna", "diary"), f"records/{CASE}/review")) == "no-scope"


def test_a_program_can_never_do_more_than_the_person(let_in):
    assert (
        problem(with_token(let_in("rasa", "medicines"), f"records/{CASE}/prescriptions", {"text": "x"}))
        == "missing"
    )


def test_a_token_that_is_none_is_nobody_even_beside_a_session(as_person):
    assert problem(called(as_person("anna"), "me", Authorization="Bearer nonsense")) == "no-account"


def test_a_program_that_is_shut_out_is_nobody(let_in, as_person, person):
    token = let_in("anna", "record.read")
    program = programs_let_in(person("anna"))[0]
    as_person("anna").post("/account/programs", {"program": program.id})
    assert problem(with_token(token, "me")) == "no-account"


def test_the_list_names_the_program_and_what_it_may(let_in, as_person):
    let_in("anna", "record.read")
    page = as_person("anna").get("/account/programs").content.decode()
    assert ("An app" in page, "Read the records that you may see" in page) == (True, True)


def test_an_account_that_is_switched_off_takes_its_programs_along(let_in, person):
    token = let_in("anna", "record.read")
    set_active(person("anna"), False, by=person("admin"))
    assert problem(with_token(token, "me")) == "no-account"


def test_a_program_on_a_phone_has_to_prove_itself(person):
    made = register_program("An app", [BACK], ["record.read"])
    client = Client()
    client.force_login(person("anna"))
    answer = client.get("/identity/o/authorize", asked_to_let_in(made.id, "record.read", challenge=""))
    assert ("code=" in answer.headers.get("Location", ""), b'name="action"' in answer.content) == (
        False,
        False,
    )


def test_the_page_that_lets_in_may_lead_to_the_program_and_no_further(person):
    made = register_program("An app", [BACK], ["record.read"])
    client = Client()
    client.force_login(person("anna"))
    answer = client.get("/identity/o/authorize", asked_to_let_in(made.id, "record.read"))
    policy = answer.headers["Content-Security-Policy"]
    assert policy.endswith("form-action 'self' https://app.example.org")


@pytest.mark.parametrize(
    "redirect",
    ["http://evil.example", "https://", "app:/back", "https://a.example/x#y", "javascript:alert(1)", ""],
)
def test_a_program_that_sends_people_to_an_unsafe_address_is_not_registered(db, redirect):
    with pytest.raises(AssuageError):
        register_program("An app", [redirect], ["record.read"])


def test_a_scope_there_is_not_is_refused_by_name(db):
    with pytest.raises(AssuageError, match=r"record\.read"):
        register_program("An app", [BACK], ["record.raed"])


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Write findings and acts on alerts in your name", "Read your own record as FHIR")),
        ("lt", ("Žinoti, kuri paskyra čia jūsų", "Įleisti programą?")),
    ],
)
def test_whoever_lets_a_program_in_reads_what_it_may_do_and_no_id_of_a_scope(person, language, words):
    anna = person("anna")
    set_language(anna, language)
    made = register_program("An app", [BACK], ("record.write", "patient/*.rs", "patient/Observation.r"))
    client = Client()
    client.force_login(anna)
    scopes = "openid record.write patient/*.rs patient/Observation.r"
    page = client.get("/identity/o/authorize", asked_to_let_in(made.id, scopes)).content.decode()
    shown = re.sub(r"<[^>]+>", " ", page)
    assert all(each in shown for each in words)
    assert not [each for each in scopes.split() if each in shown]
