"""The needle: worked out beside the record, performed as worked out, never without consent."""

from __future__ import annotations

import re

import pytest

from assuage.clinic.course.actions import write_as_clinician
from assuage.clinic.people.gate import open_for
from assuage.clinic.people.rights import Act
from assuage.clinic.sessions.actions import respond_to_session
from assuage.clinic.sessions.queries import sessions_of
from assuage.clinic.store.chain import new_uid
from assuage.clinic.store.days import today
from assuage.clinic.store.queries import stored_record, stored_standing
from assuage.record.entries import TherapyEntry

pytestmark = pytest.mark.usefixtures("each_database")

SEED = {
    "drug-0": "ketoprofen", "volume_ml-0": "2", "amount_mg-0": "100", "lot-0": "K1",
    "drug-1": "lidocaine", "volume_ml-1": "2", "amount_mg-1": "40", "lot-1": "L1",
    "drug-2": "sodium chloride 0.9%", "volume_ml-2": "6",
    "sites": ["neck", "shoulder_girdle"], "gauge": "30", "length_mm": "4",
}  # fmt: skip
REASON = "weighed with the patient at this visit"


def post(client, record, **typed):
    form = {"uid": str(new_uid()), "head": str(record.head), **typed}
    return client.post(f"/patients/{record.pseudonym}/sessions/plan", form)


def token_in(page: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found, page
    return found[1]


def consent(person, state: str) -> None:
    opened = open_for(person("jonas"), "case-2026", Act.WRITE_FINDING)
    write_as_clinician(
        opened, [{"kind": "consent", "for": "mesotherapy", "state": state}], act="assess", uid=new_uid()
    )


def test_the_published_recipe_is_worked_out_as_published(as_person, record):
    page = post(as_person("anna"), record("case-2026"), step="work-out", **SEED).content.decode()
    assert re.search(r"10 ml.*ketoprofen.*10 mg/ml.*lidocaine.*4 mg/ml", page, re.DOTALL)


def test_without_a_documented_consent_nothing_is_performed(as_person, record):
    jonas, of = as_person("jonas"), record("case-2026")
    token = token_in(post(jonas, of, step="work-out", **SEED).content.decode())
    answer = post(jonas, of, step="perform", token=token, because=REASON)
    assert (answer.status_code, record("case-2026").head) == (422, of.head)


def test_with_consent_it_is_stored_as_it_was_worked_out(as_person, record, person):
    consent(person, "given")
    jonas, of = as_person("jonas"), record("case-2026")
    token = token_in(post(jonas, of, step="work-out", **SEED).content.decode())
    post(jonas, of, step="perform", token=token, because=REASON)
    last = stored_record(record("case-2026")).entries[-1]
    assert isinstance(last, TherapyEntry)
    assert [(part.drug, part.lot) for part in last.mixture[:2]] == [("ketoprofen", "K1"), ("lidocaine", "L1")]


def performed(person, record, client):
    """The case's record with a session of today, and its name."""
    consent(person, "given")
    of = record("case-2026")
    token = token_in(post(client, of, step="work-out", **SEED).content.decode())
    post(client, of, step="perform", token=token, because=REASON)
    return record("case-2026"), str(stored_record(record("case-2026")).entries[-1].id)


def post_to(client, record, session: str, **typed):
    form = {"uid": str(new_uid()), "head": str(record.head), **typed}
    return client.post(f"/patients/{record.pseudonym}/sessions/{session}", form)


def test_the_form_of_a_correction_says_what_the_session_says(as_person, record, person):
    jonas = as_person("jonas")
    of, session = performed(person, record, jonas)
    page = jonas.get(f"/patients/{of.pseudonym}/sessions/{session}").content.decode()
    filled = dict(re.findall(r'name="([\w-]+)"(?: inputmode="\w+")? value="([^"]+)"', page))
    texts = {name: value for name, value in SEED.items() if name not in ("sites", "drug-2")}
    assert {name: filled[name] for name in texts} == texts
    assert (filled["drug-2"], page.count(" checked")) == ("sodium_chloride_09", len(SEED["sites"]))


def test_a_corrected_session_stands_in_place_of_the_first_which_stays_readable(as_person, record, person):
    jonas = as_person("jonas")
    of, session = performed(person, record, jonas)
    token = token_in(post_to(jonas, of, session, step="work-out", **SEED | {"lot-0": "K2"}).content.decode())
    post_to(jonas, of, session, step="perform", token=token, because=REASON)
    after = stored_record(record("case-2026"))
    last = after.entries[-1]
    assert isinstance(last, TherapyEntry)
    assert (last.replaces, last.mixture[0].lot, session in after.replaced) == (session, "K2", True)


def test_a_correction_says_why(as_person, record, person):
    jonas = as_person("jonas")
    of, session = performed(person, record, jonas)
    token = token_in(post_to(jonas, of, session, step="work-out", **SEED).content.decode())
    answer = post_to(jonas, of, session, step="perform", token=token, because="")
    assert (answer.status_code, record("case-2026").head) == (422, of.head)


def test_a_correction_is_judged_as_if_the_session_had_not_been_written(as_person, record, person):
    """Else the day of the session would be a day on which one was given already."""
    jonas = as_person("jonas")
    consent(person, "given")
    first = post(jonas, record("case-2026"), step="work-out", **SEED).content.decode()
    of, session = performed(person, record, jonas)
    again = post_to(jonas, of, session, step="work-out", **SEED).content.decode()
    sums = [re.search(r'<pre class="sum">(.*?)</pre>', page, re.DOTALL) for page in (first, again)]
    told = [each and each[1] for each in sums]
    assert told[0] == told[1]


def test_answers_stay_with_a_session_that_is_corrected(as_person, record, person):
    jonas = as_person("jonas")
    of, session = performed(person, record, jonas)
    respond_to_session(
        open_for(person("jonas"), of.pseudonym, Act.WRITE_FINDING),
        session,
        "3",
        day=today(of),
        time="11:00",
        uid=new_uid(),
    )
    of = record("case-2026")
    token = token_in(post_to(jonas, of, session, step="work-out", **SEED).content.decode())
    post_to(jonas, of, session, step="perform", token=token, because=REASON)
    first = sessions_of(stored_standing(record("case-2026"), today(of)))[0]
    states = {each.hours: (str(each.state), len(each.answers)) for each in first.follow_ups}
    assert states == {1: ("answered", 1), 24: ("to-come", 0), 72: ("to-come", 0), 168: ("to-come", 0)}


def test_a_withdrawn_session_counts_no_more_and_is_shown_with_the_reason(as_person, record, person):
    jonas = as_person("jonas")
    of, session = performed(person, record, jonas)
    post_to(jonas, of, session, step="withdraw", because=REASON)
    page = jonas.get(f"/patients/{of.pseudonym}/sessions").content.decode()
    standing = stored_record(record("case-2026")).withdrawn
    assert (session in standing, REASON in page, f"/sessions/{session}" in page) == (True, True, False)


def test_a_withdrawal_without_a_reason_and_one_of_a_session_that_is_gone_are_refused(
    as_person, record, person
):
    jonas = as_person("jonas")
    of, session = performed(person, record, jonas)
    short = post_to(jonas, of, session, step="withdraw", because="no")
    post_to(jonas, of, session, step="withdraw", because=REASON)
    again = post_to(jonas, record("case-2026"), session, step="withdraw", because=REASON)
    assert [short.status_code, again.status_code] == [422, 422]


def test_of_two_who_correct_one_session_the_second_is_told_of_the_first(as_person, record, person):
    jonas = as_person("jonas")
    of, session = performed(person, record, jonas)
    tokens = [
        token_in(post_to(jonas, of, session, step="work-out", **SEED).content.decode()) for _ in range(2)
    ]
    answers = [post_to(jonas, of, session, step="perform", token=each, because=REASON) for each in tokens]
    assert [each.status_code for each in answers] == [302, 422]


def test_a_session_of_another_record_is_not_there(as_person, record, person):
    _, session = performed(person, record, as_person("jonas"))
    assert as_person("jonas").get(f"/patients/ben/sessions/{session}").status_code == 404


@pytest.mark.parametrize("expiry", ["2020-01-31", "soon"])
def test_an_ampoule_past_its_date_is_refused_and_the_form_keeps_what_was_typed(as_person, record, expiry):
    answer = post(as_person("jonas"), record("case-2026"), step="work-out", **SEED, **{"expiry-0": expiry})
    assert (answer.status_code, 'value="ketoprofen"' in answer.content.decode()) == (422, True)


def test_an_allergy_in_the_record_stops_the_mixture(as_person, record, person):
    opened = open_for(person("jonas"), "case-2026", Act.WRITE_FINDING)
    allergy: dict[str, object] = {"kind": "allergy", "substance": "ketoprofen", "reaction": "urticaria"}
    write_as_clinician(opened, [allergy], act="assess", uid=new_uid())
    page = post(as_person("anna"), record("case-2026"), step="work-out", **SEED).content.decode()
    assert re.search(r'class="stop">.*ketoprofen', page)
