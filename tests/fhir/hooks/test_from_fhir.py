"""A record that went out as FHIR and is sent along with a call has the cards of the record itself."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

pytest.importorskip("orjson", reason="needs the extra assuage[fhir]")

from assuage.fhir.hooks.card import Saying, hook_card_to_json
from assuage.fhir.hooks.patient_view import patient_view_cards
from assuage.fhir.hooks.prefetch import TEMPLATES
from assuage.fhir.hooks.understood import fhir_reader
from assuage.fhir.site_codes import NO_CODES
from assuage.fhir.write.bundle import bundle_of
from assuage.record.entries import Record
from assuage.review.standing import standing
from assuage.words.speak import catalogue
from tests.fhir.hooks.calling import asked, service
from tests.fhir.hooks.documents import prefetch, request, searchset
from tests.universe import PATIENTS

VIEW = "/cds-services/assuage-patient-view"
DAY_0 = date(2026, 1, 5)
KEYS = {query.partition("?")[0].partition("/")[0]: key for key, query in TEMPLATES.items()}


def call_with(record: Record) -> dict[str, Any]:
    """A call with all that a server would find of a patient."""
    found: dict[str, list[dict[str, Any]]] = {}
    for entry in bundle_of(record, record.starts_on or DAY_0)["entry"]:
        found.setdefault(KEYS.get(entry["resource"]["resourceType"], "else"), []).append(entry["resource"])
    found.pop("else", None)
    who = found.pop("patient")[0]
    sent = prefetch(patient=who) | {key: searchset(*resources) for key, resources in found.items()}
    return request(context={"patientId": who["id"]}, prefetch=sent)


@pytest.mark.parametrize("name", ["ana", "ben", "cleo", "hana"])
def test_a_patient_out_of_fhir_has_the_cards_of_the_record(name: str):
    record = PATIENTS[name]()
    on = standing(record).on
    today = datetime.fromordinal((record.starts_on or DAY_0).toordinal() + on).replace(hour=12, tzinfo=UTC)
    cards = asked(service(fhir_reader(NO_CODES), clock=lambda: today), VIEW, call_with(record)).body["cards"]
    saying = Saying(catalogue("en"), hook="patient-view")
    expected = [hook_card_to_json(card, saying) for card in patient_view_cards(standing(record, on=on))]
    assert [(each["indicator"], each["summary"].partition(", since")[0]) for each in cards] == [
        (each["indicator"], each["summary"].partition(", since")[0]) for each in expected
    ]


def test_a_patient_of_whom_nothing_is_held_is_asked_about_and_never_cleared():
    cards = asked(service(fhir_reader(NO_CODES)), VIEW, request(prefetch=prefetch())).body["cards"]
    assert [(each["indicator"], each["summary"]) for each in cards] == [
        ("info", "No pathway is chosen, so there is no phase, no gate and no plan.")
    ]


def test_what_was_prescribed_is_not_taken_and_asks():
    tizanidine = {
        "resourceType": "MedicationRequest", "id": "1", "status": "active", "intent": "order",
        "medicationCodeableConcept": {"text": "tizanidine"}, "subject": {"reference": "Patient/ana"},
    }  # fmt: skip
    draft = tizanidine | {
        "id": "2",
        "status": "draft",
        "medicationCodeableConcept": {"text": "ciprofloxacin"},
    }
    drafts = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": draft}]}
    sent = prefetch(prescriptions=searchset(tizanidine))
    signing = request("order-sign", context={"draftOrders": drafts}, prefetch=sent)
    cards = asked(service(fhir_reader(NO_CODES)), "/cds-services/assuage-order-sign", signing).body["cards"]
    assert [(each["indicator"], "if what was prescribed is taken" in each["detail"]) for each in cards] == [
        ("warning", True)
    ]
