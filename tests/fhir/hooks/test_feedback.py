"""Feedback is kept for each rule; what was gone past is not told again for 14 days, and what stops always is."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("orjson", reason="needs the extra assuage[fhir]")

from assuage.errors import InputError
from assuage.fhir.hooks.card import REASONS_SYSTEM
from assuage.fhir.hooks.feedback import FeedbackStore
from tests.fhir.hooks.calling import ENTER, NOW, NUMB, Clock, asked, reads, service
from tests.fhir.hooks.documents import OUTCOME, prefetch, request

VIEW = "/cds-services/assuage-patient-view"
CALL = request(prefetch=prefetch())


def feedback_on(card: str, **outcome: Any) -> dict[str, Any]:
    return {"feedback": [OUTCOME | {"card": card} | outcome]}


def gone_past(card: str) -> dict[str, Any]:
    reason = {"reason": {"system": REASONS_SYSTEM, "code": "weighed"}, "userComment": "Ana agreed"}
    told = feedback_on(card, outcome="overridden", overrideReason=reason)
    del told["feedback"][0]["acceptedSuggestions"]
    return told


def abouts(cards: list[dict[str, Any]]) -> list[str]:
    return [each["indicator"] for each in cards]


def test_what_was_gone_past_is_not_told_again_for_14_days():
    clock = Clock()
    app = service(reads(ENTER), clock=clock)
    asking = asked(app, VIEW, CALL).body["cards"][-1]
    assert asked(app, f"{VIEW}/feedback", gone_past(asking["uuid"])).status == 200
    after = []
    for days in (0, 13, 15):
        clock.now = NOW + timedelta(days=days)
        after.append(len(asked(app, VIEW, CALL).body["cards"]))
    assert after == [1, 1, 2]


def test_it_is_told_again_of_another_patient():
    app = service(reads(ENTER))
    asked(app, f"{VIEW}/feedback", gone_past(asked(app, VIEW, CALL).body["cards"][-1]["uuid"]))
    ben = request(
        context={"patientId": "ben"}, prefetch=prefetch(patient={"resourceType": "Patient", "id": "ben"})
    )
    assert len(asked(app, VIEW, ben).body["cards"]) == 2


def test_what_stops_is_told_whoever_went_past_it():
    app = service(reads(ENTER, NUMB))
    for card in asked(app, VIEW, CALL).body["cards"]:
        asked(app, f"{VIEW}/feedback", gone_past(card["uuid"]))
    assert abouts(asked(app, VIEW, CALL).body["cards"])[0] == "critical"


def test_each_rule_is_counted_once_a_card_and_the_same_feedback_once():
    store = FeedbackStore()
    app = service(reads(ENTER, NUMB), store=store)
    stop = asked(app, VIEW, CALL).body["cards"][0]["uuid"]
    for told in (
        gone_past(stop),
        gone_past(stop),
        feedback_on(stop, outcomeTimestamp="2026-11-30T09:00:00Z"),
    ):
        asked(app, f"{VIEW}/feedback", told)
    assert [each for each in store.statistics() if each.rule == "RF_NEW_NUMBNESS"] == [
        ("RF_NEW_NUMBNESS", 1, 1, {"weighed": 1})
    ]


@pytest.mark.parametrize(
    ("told", "status"),
    [({"feedback": []}, 200), (feedback_on("4e0a3a1e-3283-4575-ab82-028d55fe2719"), 200), ({}, 400),
     (feedback_on("1"), 400), (feedback_on("4e0a3a1e-3283-4575-ab82-028d55fe2719", outcome="ignored"), 400)],
)  # fmt: skip
def test_feedback_is_answered(told: dict[str, Any], status: int):
    assert asked(service(), f"{VIEW}/feedback", told).status == status


def test_nothing_of_a_patient_is_in_the_file(tmp_path: Path):
    file = tmp_path / "feedback.sqlite"
    app = service(reads(ENTER, NUMB), store=FeedbackStore(file))
    for card in asked(app, VIEW, CALL).body["cards"]:
        asked(app, f"{VIEW}/feedback", gone_past(card["uuid"]))
    written = b"".join(each.read_bytes() for each in tmp_path.iterdir())
    assert [word in written for word in (b"ana", b"Ana agreed", b"occiput")] == [False, False, False]


def test_cards_keep_their_uuids_when_the_service_starts_again(tmp_path: Path):
    file = tmp_path / "feedback.sqlite"
    uuids: list[str] = []
    for _ in range(2):
        store = FeedbackStore(file)
        uuids.append(asked(service(store=store), VIEW, CALL).body["cards"][0]["uuid"])
        store.close()
    assert uuids[0] == uuids[1]


def test_a_file_that_is_something_else_is_refused(tmp_path: Path):
    file = tmp_path / "feedback.sqlite"
    file.write_text("no database, and long enough to be seen as none " * 100)
    with pytest.raises(InputError):
        FeedbackStore(file)
