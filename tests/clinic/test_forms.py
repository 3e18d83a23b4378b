"""Every form of the table of addresses, filled in wrong: no fault of ours, and a sentence on every refusal."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from assuage.clinic.people.rights import MAY, MAY_ON_SITE, Act, SiteAct
from assuage.clinic.store.chain import new_uid
from assuage.clinic.store.models import ClinicRecord, StoredEntry
from tests.clinic.addresses import addresses

CASE = "case-2026"
TOMORROW = (timezone.localdate() + timedelta(days=40)).isoformat()
WRONG = {
    "a day to come": TOMORROW,
    "day -40000": "-40000",
    "a long time ago": "0001-01-01",
    "a comma": "4,5",
    "a point": "4.5",
    "11 of 10": "11",
    "no number": "nan",
    "infinity": "1e400",
    "right to left": "\u202e4\u2066x\u200f",
    "NUL": "a\0b",
    "half a letter": "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
    "markup": "<script>alert(1)</script>",
    "digits of elsewhere": "\u0664",
    "a long line": "x" * 30_000,
}
# What the pages call their fields; each gets the wrong value, alone and all together.
FIELDS = (
    *("uid", "head", "date", "day", "time", "entered", "pain", "pain-typed", "sleep", "sleep-typed", "site", "nowhere"),
    *("exposure", "other-exposure", "managed", "note", "corrects", "text", "because", "token", "session", "act"),
    *("drug-0", "volume_ml-0", "amount_mg-0", "strength-0", "lot-0", "expiry-0", "sites", "points", "gauge"),
    *("volume_per_point_ml", "drug", "do", "rule", "subject", "kind", "reason", "days", "last-act", "of", "purpose"),
    *("instrument", "item-q1", "check:fever", "consent:mesotherapy", "taken", "sure", "language", "next", "program"),
    *("username", "name", "role", "born", "starts_on", "zone", "pathway", "account", "person", "action", "record"),
    *("address", "hour", "minute", "start", "until"),
)  # fmt: skip
# The forms that first show what they would store, and what each of their steps is called.
STEPS = {
    "session-act": ("", "work-out", "perform"),
    "session-correct": ("", "work-out", "perform", "withdraw"),
    "assess": ("", "questions"),
    "prescription": ("", "judge", "prescribe", "stop", "taken"),
}
PUBLIC = ("language",)


def forms() -> dict[str, str]:
    """Each address of ours that takes a form, with somebody of the demonstration who may send it."""
    who = {}
    for each in addresses():
        if not each.is_ours or each.is_call or (each.act == "all" and each.name not in PUBLIC):
            continue
        own = getattr(each.pattern.callback, "own", False)
        if each.act in tuple(Act):
            roles = {str(role) for role in MAY[each.act]}
            who[each.route] = "jon" if own or roles == {"patient"} else "jonas"
        elif each.act in tuple(SiteAct):
            who[each.route] = "jonas" if "physician" in {str(r) for r in MAY_ON_SITE[each.act]} else "admin"
        else:
            who[each.route] = "jonas"
    return who


FORMS = forms()
PATHS = {each.route: each for each in addresses()}


def path_of(route: str) -> str:
    return PATHS[route].path("jon" if FORMS[route] == "jon" else CASE)


def sent(client, route: str, form: dict):
    client.raise_request_exception = False
    return client.post(path_of(route), form)


def is_told(answer) -> bool:
    """Whether a refusal says why: in a list of what is wrong, on a page of its own, or to the script of the phone."""
    page = answer.content.decode()
    of_a_script = "json" in answer.headers.get("Content-Type", "") and '"title"' in page
    return answer.status_code < 400 or 'role="alert"' in page or 'id="title"' in page or of_a_script


@pytest.mark.parametrize("route", FORMS)
def test_a_form_that_is_filled_in_wrong_is_no_fault_and_says_what_is_wrong(as_person, route, caplog):
    client = as_person(FORMS[route])
    for name, wrong in WRONG.items():
        for step in STEPS.get(PATHS[route].name, ("",)):
            answer = sent(
                client, route, dict.fromkeys(FIELDS, wrong) | {"step": step, "csrfmiddlewaretoken": ""}
            )
            assert (answer.status_code < 500, "Traceback" in answer.content.decode()) == (True, False), (
                name,
                step,
            )
            assert is_told(answer), (name, step, answer.status_code)
    assert "Error" not in caplog.text


@pytest.mark.parametrize("route", FORMS)
def test_some_wrong_fields_beside_good_ones_are_no_fault(as_person, route):
    client = as_person(FORMS[route])
    good = {"uid": str(new_uid()), "head": "1", "date": timezone.localdate().isoformat(), "pain": "4"}
    for first in range(0, len(FIELDS), 8):
        wrong = dict.fromkeys(FIELDS[first : first + 8], WRONG["right to left"])
        answer = sent(client, route, good | wrong)
        assert (answer.status_code < 500, is_told(answer)) == (True, True), tuple(wrong)


@pytest.mark.parametrize("route", FORMS)
def test_a_note_of_ten_megabytes_is_refused_with_a_sentence(as_person, route):
    answer = sent(as_person(FORMS[route]), route, {"text": "x" * 10_000_000})
    assert (answer.status_code, is_told(answer)) == (413, True)


@pytest.mark.parametrize("route", FORMS)
@pytest.mark.parametrize("kind", ["application/json", "text/plain", "multipart/form-data; boundary=x"])
def test_a_body_that_is_no_form_is_no_fault(as_person, route, kind):
    client = as_person(FORMS[route])
    client.raise_request_exception = False
    for body in (b'{"pain": [1, {"a": 2}]}', b"--x\r\n\r\n--x--", b"\xff\xfe\x00", b""):
        answer = client.post(path_of(route), body, content_type=kind)
        assert (answer.status_code < 500, is_told(answer)) == (True, True)


@pytest.mark.parametrize("route", FORMS)
def test_every_field_twice_is_no_fault(as_person, route):
    answer = sent(as_person(FORMS[route]), route, {name: ["1", "2"] for name in FIELDS})
    assert (answer.status_code < 500, is_told(answer)) == (True, True)


# --- tokens, heads and uids that are not this form's ------------------------------------------------

SESSION = {"drug-0": "sodium chloride 0.9%", "volume_ml-0": "2"}


def worked_out(client, record) -> str:
    form = {"uid": str(new_uid()), "head": str(record.head), "step": "work-out", **SESSION}
    page = client.post(f"/patients/{record.pseudonym}/sessions/plan", form).content.decode()
    return re.search(r'name="token" value="([^"]+)"', page)[1]


def performed(client, record, token: str, head: int | None = None):
    form = {"uid": str(new_uid()), "head": str(record.head if head is None else head), "step": "perform"}
    return client.post(f"/patients/{record.pseudonym}/sessions/plan", form | {"token": token})


def test_a_token_of_another_record_is_refused_with_a_sentence(as_person, record):
    client = as_person("jonas")
    answer = performed(client, record("ben"), worked_out(client, record(CASE)))
    assert (answer.status_code, is_told(answer)) == (422, True)


def test_a_token_that_is_too_old_is_refused_with_a_sentence(as_person, record, monkeypatch):
    client, of = as_person("jonas"), record(CASE)
    token = worked_out(client, of)
    monkeypatch.setattr("assuage.clinic.sessions.actions._HOLDS", -1)
    answer = performed(client, of, token)
    assert (answer.status_code, is_told(answer)) == (422, True)


@pytest.mark.parametrize("head", [0, 10**8])
def test_a_head_that_is_stale_or_to_come_is_refused_with_a_sentence(as_person, record, head):
    client, of = as_person("jonas"), record(CASE)
    answer = client.post(
        f"/patients/{CASE}/gate/decision",
        {"uid": str(new_uid()), "head": str(head), "act": "hold", "because": "weighed with the patient"},
    )
    assert (answer.status_code in (409, 422), is_told(answer), record(CASE).head) == (True, True, of.head)


def test_a_uid_of_somebody_else_s_entry_changes_nothing_of_it(as_person, record):
    theirs = StoredEntry.objects.filter(record=record("ben")).first()
    assert theirs is not None
    before = (bytes(theirs.hash), theirs.payload)
    form = {"uid": str(theirs.uid), "date": timezone.localdate().isoformat(), "pain": "4"}
    answer = as_person("jon").post("/diary", form)
    theirs.refresh_from_db()
    mine = StoredEntry.objects.filter(record=record("jon"), uid=theirs.uid)
    assert (answer.status_code < 500, (bytes(theirs.hash), theirs.payload), mine.exists()) == (
        True,
        before,
        False,
    )


# --- what the store may hold that this program does not know ----------------------------------------

READ = [
    route
    for route, each in PATHS.items()
    if each.is_ours and not each.is_call and each.act in (Act.SEE_REVIEW, Act.SEE_CARD, Act.ACT_ON_ALERT)
]


@pytest.mark.parametrize("named", ["neck-first@99", "gone-away@1"])
@pytest.mark.parametrize("route", [*READ, "patients", "outcomes"])
def test_a_pathway_that_this_program_does_not_know_is_no_fault(as_person, record, route, named):
    ClinicRecord.objects.filter(pk=record("ben").pk).update(pathway=named)
    client = as_person("jonas")
    client.raise_request_exception = False
    answer = client.get(PATHS[route].path("ben"))
    assert (answer.status_code < 500, is_told(answer)) == (True, True)


def test_whom_this_program_cannot_read_stays_in_the_list_and_stands_first(as_person, record):
    client = as_person("jonas")
    before = client.get("/patients").content.decode().count('<li class="case')
    ClinicRecord.objects.filter(pk=record("ben").pk).update(pathway="gone-away@1")
    page = client.get("/patients").content.decode()
    first = re.findall(r'<h2><a href="/patients/([\w-]+)"', page)[0]
    assert (page.count('<li class="case'), first) == (before, "ben")


def test_no_form_is_left_out():
    assert len(FORMS) > 25
