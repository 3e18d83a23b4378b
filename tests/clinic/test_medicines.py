"""What is begun is read back and judged before it is stored, and stored as it was judged."""

from __future__ import annotations

import re

import pytest

from assuage.clinic.store.chain import new_uid
from assuage.clinic.store.queries import stored_record
from assuage.record.entries import MedicationEntry

pytestmark = pytest.mark.usefixtures("each_database")

REASON = "weighed with the patient at this visit"


def post(client, record, **typed):
    form = {"uid": str(new_uid()), "head": str(record.head), **typed}
    return client.post(f"/patients/{record.pseudonym}/medicines/prescription", form)


def judged_token(client, record, line: str) -> str:
    page = post(client, record, step="judge", line=line).content.decode()
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found, page
    return found[1]


def test_a_drug_is_stored_with_the_dose_that_was_shown(as_person, record):
    jonas, of = as_person("jonas"), record("ida")
    token = judged_token(jonas, of, "paracetamol 500 mg 1-1-1")
    post(jonas, of, step="confirm", line="paracetamol 500 mg 1-1-1", token=token, do="start", because=REASON)
    last = stored_record(record("ida")).entries[-1]
    assert isinstance(last, MedicationEntry)
    assert ("paracetamol" in last.drug, last.doses[0].amount, last.role) == (True, 500, "physician")


def test_nothing_is_stored_by_checking(as_person, record):
    of = record("ida")
    post(as_person("jonas"), of, step="judge", line="tramadol 50 mg bid")
    assert record("ida").head == of.head


def test_what_was_not_judged_as_it_stands_is_refused(as_person, record):
    jonas, of = as_person("jonas"), record("ida")
    token = judged_token(jonas, of, "paracetamol 500 mg")
    answer = post(jonas, of, step="confirm", line="tramadol 400 mg", token=token, do="start", because=REASON)
    assert (answer.status_code, record("ida").head) == (422, of.head)


@pytest.mark.parametrize(("because", "status"), [("", 422), ("short", 422), (REASON, 302)])
def test_against_a_stop_of_ours_a_reason_is_needed(as_person, record, because, status):
    jonas, of = as_person("jonas"), record("case-2026")
    token = judged_token(jonas, of, "phenelzine 15 mg tds")
    answer = post(
        jonas, of, step="confirm", line="phenelzine 15 mg tds", token=token, do="start", because=because
    )
    assert answer.status_code == status


def test_a_name_that_no_rule_reads_is_said_to_be_unread(as_person, record):
    page = post(as_person("anna"), record("ida"), step="judge", line="zorblaxin 5 mg").content.decode()
    assert "No rule reads" in page


def test_a_dose_that_can_be_read_in_two_ways_is_refused_with_both(as_person, record):
    answer = post(as_person("anna"), record("ida"), step="judge", line="amitriptyline 5,000 mg")
    assert answer.status_code == 422


def test_only_a_physician_prescribes(as_person, record):
    assert post(as_person("rasa"), record("ida"), step="judge", line="paracetamol 500 mg").status_code == 404
