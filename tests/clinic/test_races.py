"""Two tabs and eight hands at once: one of those who depend on what they saw, all who do not, nothing twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client

from assuage.clinic.course.actions import write_as_clinician
from assuage.clinic.inbox.models import AlertAct
from assuage.clinic.people.gate import open_for
from assuage.clinic.people.models import Person
from assuage.clinic.people.rights import Act
from assuage.clinic.store.actions import NewEntry, write
from assuage.clinic.store.chain import new_uid
from assuage.clinic.store.models import ClinicRecord, StoredEntry
from assuage.clinic.store.verifying import verify_store
from tests.clinic.logged_in import just_logged_in
from tests.clinic.made_entries import IDA, PAIN
from tests.clinic.test_diary import filled_form
from tests.clinic.test_inbox import alert_of
from tests.clinic.test_medicines import judged_token
from tests.clinic.test_sessions import SEED, token_in

pytestmark = pytest.mark.usefixtures("own_database")

HANDS = 8
REASON = "weighed with the patient at this visit"
TYPED = "what I typed must not be lost"
Sent = tuple[str, dict[str, object]]


def record(pseudonym: str) -> ClinicRecord:
    return ClinicRecord.objects.get(pseudonym=pseudonym)


def browser(username: str) -> Client:
    return just_logged_in(Person.objects.get(username=username))


def all_at_once(hands: int, act: Callable[[int], object]) -> list[object]:
    """What each of so many threads got, begun at one moment."""
    got: list[object] = [None] * hands
    ready = Barrier(hands)

    def one(at: int) -> None:
        try:
            ready.wait()
            got[at] = act(at)
        except Exception as error:
            got[at] = error
        finally:
            connection.close()

    threads = [Thread(target=one, args=(at,)) for at in range(hands)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return got


def a_decision() -> Sent:
    of = record("jon")
    return "/patients/jon/gate/decision", {"act": "hold", "because": TYPED, "head": of.head}


def a_medicine() -> Sent:
    line, of = "paracetamol 500 mg 1-1-1", record("ida")
    token = judged_token(browser("jonas"), of, line)
    given = {"step": "confirm", "line": line, "token": token, "do": "start", "because": TYPED}
    return "/patients/ida/medicines/prescription", given | {"head": of.head}


def a_session() -> Sent:
    opened = open_for(Person.objects.get(username="jonas"), "case-2026", Act.WRITE_FINDING)
    given = {"kind": "consent", "for": "mesotherapy", "state": "given"}
    write_as_clinician(opened, [given], act="assess", uid=new_uid())
    of, path = record("case-2026"), "/patients/case-2026/sessions/plan"
    page = browser("jonas").post(path, {"step": "work-out", "head": of.head, "uid": str(new_uid()), **SEED})
    token = token_in(page.content.decode())
    return path, {"step": "perform", "token": token, "because": TYPED, "head": of.head}


def an_act_on_an_alert() -> Sent:
    of = record("case-2026")
    alert = alert_of(of, "ask")
    what = {"rule": alert.id, "subject": alert.subject, "kind": "snoozed", "days": "7", "reason": TYPED}
    return "/patients/case-2026/alerts", what | {"head": of.head}


def an_end_of_a_dispute() -> Sent:
    uid, of = new_uid(), record("ida")
    write(of.pk, [NewEntry(uid, PAIN)], IDA)
    other = write(of.pk, [NewEntry(uid, PAIN | {"value": 7})], IDA).entries[0]
    return "/patients/ida/disputes", {"of": str(other.uid), "because": TYPED, "head": record("ida").head}


def a_correction_by_the_patient() -> Sent:
    ida, of = browser("ida"), record("ida")
    batch = ida.post("/diary", filled_form(of)).headers["location"].split("/")[-1]
    return "/diary", filled_form(of, pain="6", note=TYPED, corrects=batch, head=record("ida").head)


ACTS = {
    a_decision: "jonas",
    a_medicine: "jonas",
    a_session: "jonas",
    an_act_on_an_alert: "jonas",
    an_end_of_a_dispute: "jonas",
    a_correction_by_the_patient: "ida",
}


def written() -> int:
    return StoredEntry.objects.count() + AlertAct.objects.count()


@pytest.mark.parametrize("hands", [2, HANDS])
@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_of_all_who_act_on_what_they_saw_one_does_and_the_others_are_told_and_keep_what_they_typed(
    act, hands
):
    path, form = act()
    tabs, before = [browser(ACTS[act]) for _ in range(hands)], written()
    answers = all_at_once(hands, lambda at: tabs[at].post(path, form | {"uid": str(new_uid())}))
    told = [each for each in answers if getattr(each, "status_code", 0) == 409]
    assert Counter(getattr(each, "status_code", each) for each in answers) == {302: 1, 409: hands - 1}
    assert all(TYPED in each.content.decode() for each in told)
    # a correction of two answers is two entries; every other act of these is one
    assert written() - before == (2 if act is a_correction_by_the_patient else 1)
    assert verify_store().faults == ()


def test_what_eight_devices_write_of_a_day_is_all_there_once():
    tabs, of = [browser("ida") for _ in range(HANDS)], record("ida")
    forms = [filled_form(of, time=f"08:0{at}", note=f"note {at}") for at in range(HANDS)]
    answers = all_at_once(HANDS, lambda at: tabs[at].post("/diary", forms[at]).status_code)
    assert (answers, record("ida").head - of.head) == ([302] * HANDS, 2 * HANDS)
    assert verify_store().faults == ()


def test_one_form_that_eight_hands_send_is_stored_once():
    tabs, of = [browser("ida") for _ in range(HANDS)], record("ida")
    form = filled_form(of, note="once")
    answers = all_at_once(HANDS, lambda at: tabs[at].post("/diary", form).status_code)
    assert (answers, record("ida").head - of.head) == ([302] * HANDS, 2)


def test_one_uid_that_comes_to_two_records_at_once_is_an_entry_of_each():
    uid, keys = new_uid(), [record("ida").pk, record("jon").pk]
    all_at_once(HANDS, lambda at: write(keys[at % 2], [NewEntry(uid, PAIN)], IDA))
    filed = StoredEntry.objects.filter(uid=uid) | StoredEntry.objects.filter(claims=uid)
    assert Counter(each.record_id for each in filed) == dict.fromkeys(keys, 1)
    assert verify_store().faults == ()
