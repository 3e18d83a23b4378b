"""Questionnaires and the questions of the day: what is answered is stored, what is left open stays unknown."""

from __future__ import annotations

import pytest

from assuage.clinic.store.chain import new_uid
from assuage.clinic.store.queries import stored_record
from assuage.record.entries import AnswersEntry


def post(client, record, **typed):
    form = {"uid": str(new_uid()), "head": str(record.head), **typed}
    return client.post(f"/patients/{record.pseudonym}/assessment/answers", form)


def test_only_the_items_that_were_answered_are_stored(as_person, record):
    post(as_person("rasa"), record("ida"), instrument="sss", **{"item-fatigue": "2"})
    last = stored_record(record("ida")).entries[-1]
    assert isinstance(last, AnswersEntry)
    assert (dict(last.items or {}), last.by, last.role) == ({"fatigue": 2}, "patient", "physiotherapist")


def test_nowhere_is_an_answer(as_person, record):
    post(as_person("rasa"), record("ida"), instrument="wpi", nowhere="1")
    last = stored_record(record("ida")).entries[-1]
    assert isinstance(last, AnswersEntry)
    assert last.sites == ()


@pytest.mark.parametrize(
    "typed",
    [
        {"instrument": "wpi"},
        {"instrument": "wpi", "nowhere": "1", "site": "neck"},
        {"instrument": "sss"},
        {"instrument": "sss", "item-fatigue": "9"},
        {"instrument": "sss", "item-fatigue": "two"},
        {"step": "questions"},
    ],
)
def test_what_says_nothing_or_cannot_be_is_refused(as_person, record, typed):
    of = record("ida")
    answer = post(as_person("rasa"), of, **typed)
    assert (answer.status_code, record("ida").head) == (422, of.head)


@pytest.mark.parametrize("name", ["case-2026", "ida", "jon", "gus"])
def test_every_page_of_a_patient_opens(as_person, name):
    anna = as_person("anna")
    pages = (
        "",
        "/course",
        "/gate",
        "/medicines",
        "/sessions",
        "/assessment",
        "/cards",
        "/alerts",
        "/disputes",
    )
    assert [anna.get(f"/patients/{name}{page}").status_code for page in pages] == [200] * len(pages)
