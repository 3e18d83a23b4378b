"""The needle: worked out beside the record, performed as worked out, never without consent."""

from __future__ import annotations

import re

import pytest

from assuage.clinic.course.actions import write_as_clinician
from assuage.clinic.people.gate import open_for
from assuage.clinic.people.rights import Act
from assuage.clinic.store.chain import new_uid
from assuage.clinic.store.queries import stored_record
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
