"""CDS Hooks mounted in the clinic: for callers that a file names, by their own tokens, of no record of the clinic."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.test import Client

from assuage.clinic.audit.models import AccessEvent
from assuage.clinic.fhir import hooks
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
