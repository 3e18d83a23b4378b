"""At the gate: confirm, hold, return, or move on against it; never without a person, a reason, and what was seen."""

from __future__ import annotations

import re

import pytest

from assuage.clinic.store.chain import new_uid
from assuage.clinic.store.days import today
from assuage.clinic.store.queries import stored_record, stored_standing
from assuage.pathways.registry import pathway
from assuage.record.decided_entries import DecisionEntry

pytestmark = pytest.mark.usefixtures("each_database")

ENOUGH = "seen by both of us at the visit of today"


def last_decision(of) -> DecisionEntry:
    return [each for each in stored_record(of).entries if isinstance(each, DecisionEntry)][-1]


def send(client, record, **typed):
    form = {"uid": str(new_uid()), "head": str(record.head), **typed}
    return client.post(f"/patients/{record.pseudonym}/gate/decision", form)


def onward(record) -> str:
    gates = stored_standing(record, today(record)).gates
    return next(each.to.id for each in gates if each.leads == "on")


@pytest.mark.parametrize(
    ("who", "because", "status"),
    [("jonas", ENOUGH, 302), ("jonas", "too short", 422), ("jonas", "", 422), ("rasa", ENOUGH, 422)],
)
def test_against_a_shut_gate_a_physician_decides_with_a_reason(as_person, record, who, because, status):
    of = record("jon")
    answer = send(as_person(who), of, act=f"advance:{onward(of)}", because=because)
    assert answer.status_code == status


def test_a_decision_is_stored_with_who_took_it_in_which_role_and_why(as_person, record, person):
    of = record("jon")
    send(as_person("jonas"), of, act=f"advance:{onward(of)}", because=ENOUGH)
    taken = last_decision(record("jon"))
    assert (taken.do, taken.author, taken.role, taken.because) == (
        "advance",
        person("jonas").pseudonym,
        "physician",
        ENOUGH,
    )


def test_whoever_decides_on_what_is_no_longer_so_is_told_what_came_and_keeps_what_was_typed(
    as_person, record
):
    seen = record("jon")
    send(as_person("jonas"), seen, act="hold", because=ENOUGH)
    late = send(as_person("anna"), seen, act="hold", because="a reason that must not be lost")
    assert (late.status_code, "a reason that must not be lost" in late.content.decode()) == (409, True)


def test_a_form_that_is_sent_twice_is_one_decision(as_person, record):
    of, jonas = record("jon"), as_person("jonas")
    form = {"uid": str(new_uid()), "head": str(of.head), "act": "hold", "because": ENOUGH}
    for _ in range(2):
        jonas.post("/patients/jon/gate/decision", form)
    assert record("jon").head == of.head + 1


def test_a_gate_says_what_one_answer_would_change(as_person):
    page = as_person("anna").get("/patients/jon/gate").content.decode()
    assert "What would decide it" in page


@pytest.mark.parametrize("act", ["", "advance:nowhere", "drop table", "return:nowhere", "enter:"])
def test_an_act_that_cannot_be_is_refused_in_words(as_person, record, act):
    of = record("jon")
    answer = send(as_person("anna"), of, act=act, because=ENOUGH)
    assert (answer.status_code, record("jon").head) == (422, of.head)


def test_what_was_shown_for_a_decision_is_opened_again(as_person, record):
    of, jonas = record("jon"), as_person("jonas")
    send(jonas, of, act="hold", because=ENOUGH)
    taken = last_decision(record("jon"))
    page = jonas.get(f"/patients/jon/gate/{taken.id}")
    assert (page.status_code, taken.id in jonas.get("/patients/jon/gate").content.decode()) == (200, True)


def test_a_decision_of_another_record_is_not_there(as_person, record):
    of, jonas = record("jon"), as_person("jonas")
    send(jonas, of, act="hold", because=ENOUGH)
    assert jonas.get(f"/patients/ida/gate/{last_decision(record('jon')).id}").status_code == 404


OTHER = "enter:{}@eular-2017"


def following(phase: str = "") -> str:
    return OTHER.format(phase or pathway("eular-2017").phases[0].id)


@pytest.mark.parametrize(("because", "status"), [(ENOUGH, 302), ("too short", 422)])
def test_another_pathway_is_followed_by_a_decision_with_a_reason(as_person, record, because, status):
    before = stored_standing(record("jon"), today(record("jon"))).pathway
    answer = send(as_person("jonas"), record("jon"), act=following(), because=because)
    here = stored_standing(record("jon"), today(record("jon")))
    assert (answer.status_code, here.pathway and here.pathway.id) == (
        status,
        "eular-2017" if status == 302 else before and before.id,
    )


def test_the_board_of_another_pathway_shows_the_decision_to_follow_it(as_person, record):
    jonas = as_person("jonas")
    send(jonas, record("jon"), act=following(), because=ENOUGH)
    assert ENOUGH in jonas.get("/patients/jon/gate").content.decode()


@pytest.mark.parametrize(
    "act", ["enter:settle@nowhere", "hold:@eular-2017", following("no-phase"), "enter:@eular-2017"]
)
def test_a_pathway_that_is_none_and_a_phase_that_is_not_of_it_are_refused(as_person, record, act):
    answer = send(as_person("jonas"), record("jon"), act=act, because=ENOUGH)
    assert (answer.status_code, record("jon").head) == (422, record("jon").head)


def test_a_decision_is_opened_again_from_the_board_with_the_difference_in_words(as_person, record):
    jonas, of = as_person("jonas"), record("jon")
    send(jonas, of, act="hold", because=ENOUGH)
    board = jonas.get("/patients/jon/gate").content.decode()
    link = re.search(r'href="(/patients/jon/gate/[0-9a-f-]{36})"', board)
    assert link, board
    page = jonas.get(link[1]).content.decode()
    assert (page.count('class="lead"'), 'id="then"' in page) == (1, True)
