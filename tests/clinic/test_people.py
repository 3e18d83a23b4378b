"""The administrator's pages: accounts with one-time links, care teams, new patients, the log."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client

from assuage.clinic.audit.models import AccessEvent
from assuage.clinic.people.models import NamedPatient, Person
from assuage.clinic.store.guards import unguard_tables
from assuage.clinic.store.models import ClinicRecord

NEW = {"username": "ona", "name": "Ona Ą", "role": "nurse", "language": "lt"}
GOOD = "ilgas slaptažodis su tarpais"


@pytest.fixture
def admin(as_person):
    return as_person("admin")


def link_in(answer) -> str:
    return re.search(r"http://testserver(/account/password/reset/key/[^<\s]+)", answer.content.decode())[1]


def with_password(link: str, password: str = GOOD):
    client = Client()
    page = client.get(link, follow=True)
    return client.post(page.request["PATH_INFO"], {"password1": password, "password2": password})


def test_a_new_account_has_no_password_and_a_link(admin):
    link_in(admin.post("/people", NEW))
    assert not Person.objects.get(username="ona").has_usable_password()


def test_with_the_link_one_sets_a_password_and_logs_in(admin):
    with_password(link_in(admin.post("/people", NEW)))
    client = Client()
    client.post("/account/login/", {"login": "ona", "password": GOOD})
    assert client.get("/account").status_code == 200


def test_a_link_opens_once(admin):
    link = link_in(admin.post("/people", NEW))
    with_password(link)
    with_password(link, "another long passphrase")
    assert Person.objects.get(username="ona").check_password(GOOD)


@pytest.mark.parametrize("password", ["short", "password1234", "ona", "1234567890ab"[:11]])
def test_a_password_that_others_can_guess_is_refused(admin, password):
    with_password(link_in(admin.post("/people", NEW)), password)
    assert not Person.objects.get(username="ona").has_usable_password()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"username": ""}, "username"),
        ({"username": "a b"}, "username"),
        ({"username": "x" * 151}, "username"),
        ({"username": "a\0b"}, "username"),
        ({"username": "JONAS"}, "username"),
        ({"role": "king"}, "role"),
        ({"language": "xx"}, "role"),
        ({"name": "n" * 151}, "role"),
    ],
)
def test_what_is_wrong_with_a_new_account_is_said_beside_its_field(admin, changed, field):
    answer = admin.post("/people", NEW | changed)
    assert (answer.status_code, f'id="{field}-wrong"' in answer.content.decode()) == (422, True)


def change(admin, who: Person, what: str):
    return admin.post(f"/people/{who.pseudonym}", {"what": what})


def test_a_closed_account_is_nobody_at_its_next_request(admin, as_person, person):
    jonas = as_person("jonas")
    change(admin, person("jonas"), "close")
    assert "/account/login/" in jonas.get("/patients").headers["location"]


def test_a_closed_account_can_be_opened_again(admin, person):
    change(admin, person("jonas"), "close")
    change(admin, person("jonas"), "open")
    assert person("jonas").is_active


def test_a_new_link_ends_the_password_of_before(admin, person):
    change(admin, person("jonas"), "invite")
    assert not person("jonas").has_usable_password()


@pytest.mark.parametrize("what", ["close", "", "rule"])
def test_an_administrator_cannot_close_their_own_account_or_do_what_is_no_act(admin, person, what):
    assert change(admin, person("admin" if what == "close" else "jonas"), what).status_code == 404


def team(admin, what: str, who: Person):
    return admin.post("/people/patients/ida", {"what": what, "person": who.pseudonym})


def test_whoever_leaves_a_team_sees_the_patient_no_more(admin, as_person, person):
    team(admin, "leave", person("jonas"))
    assert as_person("jonas").get("/patients/ida").status_code == 404


def test_whoever_joins_again_sees_the_patient_again(admin, as_person, person):
    team(admin, "leave", person("jonas"))
    team(admin, "join", person("jonas"))
    assert as_person("jonas").get("/patients/ida").status_code == 200


def test_a_patient_cannot_join_a_team(admin, person):
    team(admin, "join", person("jon"))
    assert not person("jon").cares_for.exists()


PATIENT = {
    "name": "Ona Naujokė",
    "born": "1980-02-29",
    "starts_on": "2026-01-05",
    "zone": "Europe/Vilnius",
    "sex": "female",
    "pathway": "",
    "account": "",
}


def test_a_new_patient_has_a_record_under_a_pseudonym_that_says_nothing(admin):
    admin.post("/people/patients", PATIENT)
    stored = NamedPatient.objects.get(name="Ona Naujokė").record
    assert (stored.about_patient, "ona" in stored.pseudonym) == ({"sex": "female", "age": 45}, False)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"born": "yesterday"}, "born"),
        ({"born": "2999-01-01"}, "born"),
        ({"starts_on": "2999-01-01"}, "starts_on"),
        ({"starts_on": ""}, "starts_on"),
        ({"starts_on": "1970-01-01"}, "starts_on"),
        ({"zone": "Mars/Base"}, "zone"),
    ],
)
def test_what_is_wrong_with_a_new_patient_is_said_beside_its_field(admin, changed, field):
    before = ClinicRecord.objects.count()
    page = admin.post("/people/patients", PATIENT | changed).content.decode()
    assert (f'id="{field}-wrong"' in page, ClinicRecord.objects.count()) == (True, before)


@pytest.mark.parametrize(("field", "value"), [("pathway", "by-magic"), ("account", "p-nobody"), ("sex", "x")])
def test_a_choice_that_is_not_of_the_list_opens_no_record(admin, field, value):
    assert admin.post("/people/patients", PATIENT | {field: value}).status_code == 422


@pytest.mark.parametrize("address", ["/people", "/people/patients", "/log"])
def test_an_administrator_finds_each_page(admin, address):
    assert admin.get(address).status_code == 200


def test_the_log_says_first_that_its_chain_holds(admin):
    assert 'class="holds"' in admin.get("/log").content.decode()


def test_one_changed_letter_of_the_log_breaks_its_chain(admin):
    first = AccessEvent.objects.order_by("seq").first()
    unguard_tables()  # somebody who owns the database can do so too
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_accessevent SET why = 'x' WHERE seq = %s", [first.seq])
    assert 'role="alert"' in admin.get("/log").content.decode()


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("", True),
        ("?record=ida", True),
        ("?record=nobody", False),
        ("?act=name-patient", True),
        ("?since=2999-01-01", False),
        ("?until=1999-01-01", False),
        ("?since=junk&until=&before=x", True),
        ("?until=9999-12-31", True),
        ("?before=1", False),
        ("?before=99999999999999999999", True),
    ],
)
def test_the_log_shows_what_was_asked_for(admin, query, seen):
    rows = admin.get("/log" + query).content.decode().partition("<tbody")[2]
    assert ("colspan" not in rows) == seen


def test_a_log_of_many_events_has_a_way_to_older_ones(admin):
    for _ in range(101):
        admin.get("/account")
        from assuage.clinic.audit.actions import log_access

        log_access("see-review", actor="p-x", role="nurse", record="ida")
    assert 'rel="next"' in admin.get("/log?actor=p-x").content.decode()
