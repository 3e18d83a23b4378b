"""A number and an allergy are the same fact when they are written as a symptom; numbers so far out are asked about."""

from __future__ import annotations

import pytest

from assuage.pathways.registry import pathway
from assuage.record.read import parse_record
from assuage.review.make import review
from assuage.review.model import Review
from tests.documented import BASELINE, PROBLEMS, Plain

PROPOSED = ("start-silexan", "start-creatine", "start-vitamin-d")
TIZANIDINE: Plain = {"day": 0, "kind": "medication", "drug": "tizanidine", "do": "start"}


def felt(what: str, state: str = "present") -> Plain:
    return {"day": 1, "kind": "symptom", "what": what, "state": state}


def told(what: str) -> Plain:
    return {"day": 1, "kind": "finding", "what": what, "state": "present"}


def measured(what: str, value: float, unit: str | None = None) -> Plain:
    return {"day": 1, "kind": "measurement", "what": what, "value": value, "unit": unit}


def seen(*entries: Plain) -> Review:
    plain = {
        "format": "assuage-record/2",
        "patient": {"id": "p", "sex": "female", "age": 48},
        "entries": [
            {"day": 0, "kind": "decision", "do": "enter", "to": "settle", "because": "an example"},
            *BASELINE,
            *PROBLEMS,
            *({name: value for name, value in entry.items() if value is not None} for entry in entries),
        ],
    }
    return review(parse_record(plain), pathway("neck-first"), 1)


def begun(*entries: Plain) -> set[str]:
    return {item.recommendation.id for item in seen(*entries).plan if item.state == "now"} & set(PROPOSED)


def alerts(*entries: Plain) -> set[str]:
    return {alert.id for alert in seen(*entries).alerts}


def test_a_documented_patient_is_given_what_is_indicated():
    assert begun() == set(PROPOSED)


@pytest.mark.parametrize(
    "words",
    ["BP 85/50", "pulse 38", "quarzopharm allergy", "allergic to quarzopharm", "allergies", "INR 6"],
)
def test_a_number_and_an_allergy_hold_drugs_back_as_the_same_finding_does(words: str):
    assert begun(felt(words)) == begun(told(words)) == set()


@pytest.mark.parametrize(
    "words", ["seasonal allergy", "allergic to cats", "food allergy", "BP 120/70", "pulse 70"]
)
def test_one_that_forbids_nothing_does_not(words: str):
    assert begun(felt(words)) == set(PROPOSED)


def test_an_allergy_that_is_gone_rules_none_out_and_holds_nothing_back():
    assert begun(felt("novocaine allergy", "resolved")) == set(PROPOSED)


def test_an_allergy_written_as_a_symptom_stops_the_drug_that_is_taken():
    assert "allergy-tizanidine" in alerts(TIZANIDINE, felt("allergic to tizanidine"))
    assert "allergy-tizanidine" not in alerts(TIZANIDINE, felt("allergic to creatine"))


@pytest.mark.parametrize(
    "entry",
    [
        measured("eGFR", 12),
        measured("creatinine clearance", 12, "ml/min"),
        measured("ALT", 300, "U/l"),
        measured("WBC", 0.5, "10^9/l"),
        measured("creatine kinase", 5000, "U/l"),
        measured("hCG", 5000, "IU/l"),
        told("CrCl 12 ml/min"),
        told("hCG 1200"),
        told("rhabdomyolysis"),
        told("found unconscious"),
    ],
    ids=str,
)
def test_what_is_far_out_or_may_be_a_danger_begins_no_drug(entry: Plain):
    assert begun(entry) == set()


def test_a_clearance_of_creatinine_is_a_band_of_the_kidneys_as_an_egfr_is():
    assert begun(told("creatinine clearance 45 ml/min")) == begun(told("eGFR 45"))
    assert "start-creatine" not in begun(told("creatinine clearance 45 ml/min"))


@pytest.mark.parametrize("words", ["hypervitaminosis D", "vitamin D intoxication", "hipervitaminozė D"])
def test_too_much_vitamin_d_is_asked_about_before_it_is_given(words: str):
    assert begun(told(words)) == {"start-silexan", "start-creatine"}


@pytest.mark.parametrize(
    ("entry", "fever"),
    [
        (measured("temperature", 102), True),
        (told("temp 101.3"), True),
        (measured("temperature", 98.6), False),
        (measured("temperature", 38.4), True),
        (measured("temperature", 36.6), False),
        (measured("temperature", 60), False),
    ],
    ids=str,
)
def test_a_temperature_that_cannot_be_in_degrees_celsius_is_in_fahrenheit(entry: Plain, fever: bool):
    assert ("RF_INFECTION" in alerts(entry)) is fever
