"""What somebody tries who means harm: a stranger, a patient at another's record, a nurse beyond her role."""

from __future__ import annotations

import logging
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from assuage.clinic.lines import LONGEST_LINE, LineOfTheLog
from assuage.clinic.people.actions import join_team
from assuage.clinic.people.models import Person
from assuage.clinic.plan.cards import _SALT, LINK_DAYS, card_token
from assuage.clinic.store.chain import new_uid
from assuage.clinic.store.models import StoredEntry
from assuage.clinic.store.queries import stored_record
from tests.clinic.logged_in import just_logged_in
from tests.clinic.test_diary import filled_form

ELSEWHERE = (
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "http:evil.example",
    "javascript:alert(1)",
    "/\r\nSet-Cookie: x=1",
)


def leads_away(answer) -> bool:
    where = answer.headers.get("Location", "/")
    return bool(re.match(r"[a-z]+:|//|/\\|\\", where)) or "\n" in where or "\r" in where


@pytest.mark.parametrize("where", ELSEWHERE)
def test_nobody_is_led_away_by_a_link_to_the_log_in_or_by_a_choice_of_language(as_person, where):
    anna = as_person("anna")
    answers = [
        anna.post("/language", {"language": "en", "back": where}),
        anna.get("/account/login/", {"next": where}),
        anna.post("/account/logout/", {"next": where}),
    ]
    assert [leads_away(each) for each in answers] == [False, False, False]


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Referer": "https://evil.example/"}]
)
def test_a_form_of_another_site_writes_nothing_also_with_a_token_that_it_made_up(db, person, record, headers):
    client = Client(enforce_csrf_checks=True)
    client.force_login(person("ida"))
    before = record("ida").head
    form = filled_form(record("ida")) | {"csrfmiddlewaretoken": "a" * 64}
    assert (client.post("/diary", form, headers=headers).status_code, record("ida").head) == (403, before)


def test_a_token_of_one_session_is_none_in_another(db, person, record):
    page = Client(enforce_csrf_checks=True)
    page.force_login(person("jon"))
    theirs = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', page.get("/diary").content.decode())
    client = Client(enforce_csrf_checks=True)
    client.force_login(person("ida"))
    client.get("/diary")
    form = filled_form(record("ida")) | {"csrfmiddlewaretoken": theirs.group(1)}
    assert client.post("/diary", form).status_code == 403


@pytest.mark.parametrize("header", ["X-HTTP-Method-Override", "X-Method-Override"])
def test_a_header_makes_no_write_of_a_look(as_person, record, header):
    ida, before = as_person("ida"), record("ida").head
    ida.get("/privacy/erase", {"sure": "yes"}, headers={header: "POST"})
    assert record("ida").head == before


def saved_batch(client, of, **more: object) -> str:
    where = client.post("/diary", filled_form(of, **more)).headers["Location"]
    return where.rpartition("/")[2]


def test_another_patients_day_is_neither_read_nor_corrected_nor_taken_back(as_person, record):
    ida, jon = as_person("ida"), as_person("jon")
    batch = saved_batch(ida, record("ida"), note="of ida alone")
    head = record("ida").head
    looks = [jon.get(f"/diary/{each}/{batch}").status_code for each in ("saved", "correct")]
    jon.post(f"/diary/undo/{batch}")
    jon.post("/diary", filled_form(record("jon"), corrects=batch))
    assert (looks, record("ida").head) == ([404, 404], head)
    assert "of ida alone" not in jon.get("/diary").content.decode()


def test_the_uid_of_another_patients_entry_opens_nothing_and_changes_nothing_of_it(as_person, record):
    uid = str(new_uid())
    as_person("ida").post("/diary", filled_form(record("ida"), uid=uid, note="of ida alone"))
    head = record("ida").head
    as_person("jon").post("/diary", filled_form(record("jon"), uid=uid, note="of jon"))
    assert record("ida").head == head
    assert {each.record_id for each in StoredEntry.objects.filter(claims__isnull=False)} <= {record("jon").pk}


@pytest.mark.parametrize(
    "more",
    [
        {"author": "p-jonas", "role": "physician", "by": "clinician", "source": "import"},
        {"kind": "decision", "do": "enter", "to": "settle", "because": "I would like to"},
        {"record": "jon", "pseudonym": "jon", "day": "-400", "role_of": "administrator"},
    ],
)
def test_fields_that_no_form_has_are_passed_over(as_person, record, more):
    before = len(stored_record(record("ida")).entries)
    assert as_person("ida").post("/diary", filled_form(record("ida"), **more)).status_code == 302
    new = stored_record(record("ida")).entries[before:]
    assert new
    assert {(each.by, each.role, each.source) for each in new} == {("patient", "patient", "web")}
    assert {type(each).__name__ for each in new} <= {"ScoreEntry", "NoteEntry", "AnswersEntry"}
    assert {each.entered[:4] for each in new} == {str(timezone.now().year)}


# --- a nurse -----------------------------------------------------------------------------------------------


@pytest.fixture
def nurse(db, record):
    """One of the team of a patient, and of nobody else."""
    made = Person.objects.filter(role=Person.Role.NURSE).first() or Person.objects.create_user(
        username=f"nurse-{uuid4().hex[:6]}", role=Person.Role.NURSE
    )
    if not made.is_active:
        made.is_active = True
        made.save()
    from assuage.clinic.people.models import CareTeamMember

    CareTeamMember.objects.filter(person=made).delete()
    join_team(record("ida"), made)
    return just_logged_in(made)


@pytest.mark.parametrize("pseudonym", ["jon", "case-2026", "nobody"])
@pytest.mark.parametrize("path", ["", "/course", "/gate", "/alerts", "/cards", "/ledger", "/assessment"])
def test_a_nurse_finds_no_record_of_somebody_she_does_not_care_for(nurse, pseudonym, path):
    assert nurse.get(f"/patients/{pseudonym}{path}").status_code == 404


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/patients/ida/medicines/prescription", {"text": "tramadol 50 mg 1-0-1"}),
        ("/patients/ida/sessions/plan", {"step": "perform"}),
        ("/people", {"username": "mine", "role": "administrator", "name": "x", "language": "en"}),
        ("/people/patients", {"name": "x"}),
        ("/privacy/erase", {"sure": "yes"}),
        ("/diary", {"pain": "0"}),
        ("/zone", {"zone": "UTC"}),
    ],
)
def test_a_nurse_can_do_nothing_beyond_her_role(nurse, record, path, fields):
    before = (record("ida").head, Person.objects.count())
    assert nurse.post(path, fields).status_code in (403, 404, 405)
    assert (record("ida").head, Person.objects.count()) == before


@pytest.mark.parametrize("do", ["override", "enter"])
def test_a_nurse_moves_nobody_on_against_a_gate(nurse, record, do):
    of = record("ida")
    form = {
        "act": f"{do}:mobilise",
        "because": "I think that it is time for it",
        "head": str(of.head),
        "uid": str(new_uid()),
    }
    assert nurse.post("/patients/ida/gate/decision", form).status_code in (404, 409, 422)
    assert record("ida").head == of.head


def test_who_leaves_a_team_sees_nothing_from_the_next_request_on(nurse, record):
    from assuage.clinic.people.models import CareTeamMember

    seen = nurse.get("/patients/ida").status_code
    CareTeamMember.objects.filter(person__role=Person.Role.NURSE).update(
        until=timezone.now() - timedelta(seconds=1)
    )
    assert (seen, nurse.get("/patients/ida").status_code) == (200, 404)


# --- links, sessions, caches -------------------------------------------------------------------------------


def test_a_link_to_a_card_opens_for_its_days_and_only_as_it_was_made(db, record, monkeypatch):
    token = card_token(record("ida"), "physiotherapist")
    other = signing.dumps([record("jon").pk, "physician"], salt=_SALT)
    forged = token[:-1] + ("A" if token[-1] != "A" else "B")
    with_another_salt = signing.dumps([record("ida").pk, "physiotherapist"], salt="something-else")
    client = Client()
    assert [
        client.get(f"/card/{each}").status_code for each in (token, forged, other, with_another_salt)
    ] == [
        200,
        404,
        404,
        404,
    ]
    later = timezone.now().timestamp() + LINK_DAYS * 24 * 60 * 60 + 1
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    assert client.get(f"/card/{token}").status_code == 404


def test_after_log_out_the_browser_keeps_no_page_and_the_old_cookie_opens_none(as_person):
    anna = as_person("anna")
    page, cookies = anna.get("/patients/ida"), dict(anna.cookies)
    answer = anna.post("/account/logout/")
    assert (page.headers["Cache-Control"], answer.headers["Clear-Site-Data"]) == ("no-store", '"cache"')
    again = Client()
    for name, morsel in cookies.items():
        again.cookies[name] = morsel.value
    assert again.get("/patients/ida").status_code == 302


def test_what_a_phone_has_not_sent_is_not_cleared_away_at_log_out(as_person):
    answer = as_person("ida").post("/account/logout/")
    assert "storage" not in answer.headers["Clear-Site-Data"]


@pytest.mark.parametrize("length", ["", "-1", "1e9", "99999999999", "0x10", "٣"])
def test_a_length_that_is_none_reads_nothing(as_person, record, length):
    ida, before = as_person("ida"), record("ida").head
    answer = ida.generic(
        "POST", "/diary", b"pain=3", "application/x-www-form-urlencoded", CONTENT_LENGTH=length
    )
    assert (answer.status_code < 500, record("ida").head) == (True, before)


# --- the log -----------------------------------------------------------------------------------------------


def line_of(message: str, *args: object, fault: Exception | None = None) -> str:
    info = None if fault is None else (type(fault), fault, fault.__traceback__)
    made = logging.LogRecord("django.security", logging.ERROR, __file__, 1, message, args, info)
    return LineOfTheLog("%(levelname)s %(name)s %(message)s").format(made)


def test_a_fault_of_the_frame_is_one_line_without_what_it_says():
    try:
        raise ValueError("Ida has a stiff neck")
    except ValueError as fault:
        line = line_of("too many fields", fault=fault)
    assert line == "ERROR django.security too many fields (ValueError)"


@pytest.mark.parametrize("sent", ["x\nERROR all is well", "x\r\x1b[2J", "x" * 10_000, "\u2028new line"])
def test_nobody_writes_a_line_of_their_own_into_the_log(sent):
    line = line_of("Invalid host: %s", sent)
    assert (len(line.splitlines()), len(line) <= LONGEST_LINE + 1, "\x1b" in line) == (1, True, False)


@pytest.mark.parametrize("host", ["evil.example", "localhost:99999", "localhost@evil.example", ".", ""])
def test_a_host_that_is_not_ours_is_refused_and_logged_in_one_line(db, host):
    assert Client().get("/account/login/", headers={"Host": host}).status_code in (200, 400)
    assert not (host and "evil" in host) or Client().get("/", headers={"Host": host}).status_code == 400
