"""Values of a patient that are marked: where else than on a page for whoever may see it do they come to light?

Every page is opened and every form on it is sent, with the marks and with what cannot be right: no fault of ours.
"""

from __future__ import annotations

import logging
import re
from datetime import timedelta
from html import unescape

import pytest
from django.core import mail
from django.core.cache import cache
from django.utils import timezone

from assuage.clinic.people.actions import add_person, join_team, name_patient
from assuage.clinic.people.models import Person
from assuage.clinic.people.rights import MAY, Act
from assuage.clinic.store.actions import NewEntry, Writer, open_record, write
from assuage.clinic.store.chain import new_uid
from tests.clinic.addresses import addresses
from tests.clinic.logged_in import just_logged_in

MARK = "CANARY"
NOTE = {"day": 8, "kind": "note", "text": f"{MARK} slept badly", "by": "patient"}
BAD = {
    "marked": f"{MARK} 7",
    "nothing": "",
    "a decimal comma": "4,5",
    "a decimal point": "4.5",
    "eleven of ten": "11",
    "a day long before": "-40000",
    "a date to come": "2999-01-01",
    "no date": "2026-02-30",
    "a NUL": "a\0b",
    "letters from the right": "\u202e\u2066abc",
    "half a pair": "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
    "a long note": "x" * 60_000,
    "markup": "<script>alert(1)</script>",
    "a formula": "=1+1",
    "no uid": "0-0-0",
}
_FIELD = re.compile(r"<(?:input|select|textarea|button)\b[^>]*\bname=\"([^\"]+)\"")
_FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
_ADDRESS = re.compile(r"\b(?:href|action|src)=\"([^\"]*)\"")
OF_A_RECORD = [each for each in addresses() if each.is_ours and isinstance(each.act, Act)]


@pytest.fixture
def clients(db):
    """A patient with marked values, and who may open the record: by role."""
    cache.clear()
    record = open_record("r-c", starts_on=timezone.localdate() - timedelta(days=9), zone="Europe/Vilnius")
    people = {role: add_person(f"c-{role}", "a passphrase", Person.Role(role)) for role in Person.Role.values}
    name_patient(record, f"{MARK} NAME", person=people["patient"])
    for role, each in people.items():
        if role != "patient":
            join_team(record, each)
    write(record.pk, [NewEntry(new_uid(), NOTE)], Writer(people["patient"].pseudonym, "patient"))
    clients = {role: just_logged_in(each) for role, each in people.items()}
    for each in clients.values():
        each.raise_request_exception = False
    return clients


def forms_of(client, path):
    """The forms of a page: where each goes, and the names of its fields."""
    answer = client.get(path)
    text = (
        answer.content.decode() if not answer.streaming and "html" in answer.get("Content-Type", "") else ""
    )
    for attributes, inside in _FORM.findall(text):
        action = re.search(r"action=\"([^\"]*)\"", attributes)
        to = unescape(action[1]) if action and action[1] else path
        if "post" in attributes.lower() and not to.startswith(("/account", "/language")):
            yield to, _FIELD.findall(inside)


def everything_done(clients, row, value):
    """The answers to the page and to each of its forms with that value in every field, for one role that may."""
    role = sorted(MAY[row.act])[0]
    client, path = clients[role], row.path("r-c")
    yield client.get(path)
    yield client.post(path, {"note": value, "value": value, "head": value})
    for to, names in list(forms_of(client, path)):
        yield client.post(to, {name: value for name in names if name != "csrfmiddlewaretoken"})


@pytest.mark.parametrize("what", BAD)
@pytest.mark.parametrize("row", OF_A_RECORD, ids=lambda row: row.name or row.route)
def test_no_value_in_any_field_is_a_fault_of_ours(clients, row, what):
    answers = list(everything_done(clients, row, BAD[what]))
    assert [each.status_code for each in answers if each.status_code >= 500] == []


@pytest.mark.parametrize("row", OF_A_RECORD, ids=lambda row: row.name or row.route)
def test_no_log_and_no_mail_says_a_value_of_a_patient(clients, row, caplog):
    with caplog.at_level(logging.DEBUG, "assuage"), caplog.at_level(logging.DEBUG, "django.security"):
        list(everything_done(clients, row, BAD["marked"]))
    logged = " ".join(each.getMessage() for each in caplog.records if not each.name.startswith("django.db"))
    assert MARK not in logged + " ".join(f"{each.subject} {each.body}" for each in mail.outbox)


@pytest.mark.parametrize("row", OF_A_RECORD, ids=lambda row: row.name or row.route)
def test_no_address_cookie_or_header_says_a_value_of_a_patient(clients, row):
    told = ""
    for answer in everything_done(clients, row, BAD["marked"]):
        told += f"{dict(answer.headers)} {answer.cookies}"
        if not answer.streaming:
            told += " ".join(_ADDRESS.findall(answer.content.decode(errors="replace")))
    assert MARK not in told


@pytest.mark.parametrize("row", OF_A_RECORD, ids=lambda row: row.name or row.route)
def test_nothing_of_a_patient_may_be_kept_by_a_cache(clients, row):
    kept = [each.get("Cache-Control", "") for each in everything_done(clients, row, BAD["marked"])]
    assert [each for each in kept if "no-store" not in each] == []


def test_a_page_shows_what_was_written_as_text_and_never_as_markup(clients):
    answer = clients["physician"].post("/emergency", {"whose": BAD["markup"], "reason": BAD["markup"]})
    assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize("what", BAD)
@pytest.mark.parametrize("address", ["/people", "/people/patients", "/emergency", "/language"])
def test_no_value_in_a_form_of_the_house_is_a_fault_of_ours(clients, address, what):
    fields = ("username", "name", "role", "language", "born", "starts_on", "zone", "whose", "reason", "back")
    role = "physician" if address == "/emergency" else "administrator"
    assert clients[role].post(address, dict.fromkeys(fields, BAD[what])).status_code < 500
