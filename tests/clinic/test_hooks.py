"""CDS Hooks mounted in the clinic: for callers that a file names, by their own tokens, of no record of the clinic."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.test import Client

from assuage.clinic.audit.models import AccessEvent
from assuage.clinic.fhir import hooks
from assuage.clinic.inbox.queries import mostly_overridden, rates_of_cards
from assuage.fhir.hooks.card import REASONS_SYSTEM
from tests.fhir.hooks.documents import prefetch, request
from tests.fhir.hooks.test_trust import BASE, token, written

PATIENT_VIEW = "cds-services/assuage-patient-view"


@pytest.fixture
def mounted(db, settings, tmp_path):
    """The clinic with a file of callers."""
    settings.CLINIC_HOOKS_FILE = str(written(tmp_path))
    settings.DATA = tmp_path
    hooks._Mounted.app = None
    yield
    hooks._Mounted.app = None


def signed() -> dict[str, str]:
    now = int(datetime.now(UTC).timestamp())
    proof = token(aud=f"{BASE}/{PATIENT_VIEW}", iat=now, exp=now + 60, jti=str(uuid4()))
    return {"Authorization": f"Bearer {proof}"}


def called(headers: dict[str, str] | None = None):
    body = json.dumps(request(prefetch=prefetch()))
    return Client().post(
        f"/hooks/{PATIENT_VIEW}", body, content_type="application/json", headers=headers or {}
    )


def test_without_a_file_of_callers_there_is_nothing(db):
    assert Client().get("/hooks/cds-services").status_code == 404


def test_the_services_are_listed(mounted):
    services = json.loads(Client().get("/hooks/cds-services").content)["services"]
    assert {each["hook"] for each in services} == {"patient-view", "order-select", "order-sign"}


def test_a_caller_with_a_token_gets_cards(mounted):
    answer = called(signed())
    assert answer.status_code == 200
    assert json.loads(answer.content)["cards"]


def test_without_a_token_nobody_is_answered_and_a_session_is_none(mounted, as_person):
    assert called().status_code == 401
    body = json.dumps(request(prefetch=prefetch()))
    client = as_person("anna")
    assert client.post(f"/hooks/{PATIENT_VIEW}", body, content_type="application/json").status_code == 401


def test_no_record_of_the_clinic_is_looked_at(mounted):
    before = AccessEvent.objects.count()
    called(signed())
    assert AccessEvent.objects.count() == before


def test_feedback_is_kept_in_the_folder_of_the_clinic(mounted, tmp_path):
    called(signed())
    assert (tmp_path / "hooks-feedback.sqlite").is_file()


# --- what became of cards --------------------------------------------------------------------------------


def told_of(card: str, **more: object) -> dict[str, object]:
    return {"card": card, "outcomeTimestamp": "2026-11-30T09:00:00Z", **more}


def answered(*feedback: dict[str, object]) -> int:
    body, path = json.dumps({"feedback": list(feedback)}), f"/hooks/{PATIENT_VIEW}/feedback"
    return Client().post(path, body, content_type="application/json", headers=signed()).status_code


def test_without_callers_the_page_of_rules_has_no_table_of_cards(as_person):
    assert 'id="cards-caption"' not in as_person("anna").get("/alert-rates").content.decode()


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ({"reason": {"system": REASONS_SYSTEM, "code": "weighed"}}, "1 × Known and weighed"),
        ({"reason": {"code": "<b>theirs</b>"}}, "1 × &lt;b&gt;theirs&lt;/b&gt;"),
        ({"userComment": "weighed with her"}, "1 × no reason given"),
    ],
)
def test_a_card_that_was_gone_past_is_counted_by_rule_with_its_reason(mounted, as_person, reason, said):
    card = json.loads(called(signed()).content)["cards"][0]["uuid"]
    assert answered(told_of(card, outcome="overridden", overrideReason=reason)) == 200
    page = as_person("anna").get("/alert-rates").content.decode().partition('id="cards-caption"')[2]
    assert (said in page, "<b>theirs" in page) == (True, False)


def test_what_was_accepted_is_counted_too_and_never_who_it_was_of(mounted, as_person):
    card = json.loads(called(signed()).content)["cards"][0]["uuid"]
    answered(told_of(card, outcome="accepted", acceptedSuggestions=[{"id": str(uuid4())}]))
    rates = rates_of_cards()
    assert rates
    assert (sum(each.accepted for each in rates) > 0, {each.overridden for each in rates}) == (True, {0})
    assert "ana" not in as_person("anna").get("/alert-rates").content.decode().partition("<main")[2].split()


@pytest.mark.parametrize(
    ("overridden", "fired", "marked"),
    [(19, 19, False), (16, 20, False), (17, 20, True), (20, 20, True), (0, 0, False), (80, 101, False)],
)
def test_a_rule_is_to_be_looked_at_once_it_is_nearly_always_gone_past(overridden, fired, marked):
    assert mostly_overridden(overridden, fired) is marked
