"""The fact file's own test vectors, as golden tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assuage.record.entries import Dose
from assuage.safety.check import check, fired_rules
from assuage.safety.rules import SEVERITIES
from assuage.safety.situation import RegimenLine, Situation
from assuage.terms.answers import YES

VECTORS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "vectors.json").read_text())
RULES = ("DI_", "CR_", "BR_")


def situation(vector: dict[str, Any]) -> Situation:
    lines = [
        RegimenLine(substance, substance, (Dose(dose, unit),), route)
        for substance, dose, unit, route in vector["regimen"]
    ]
    return Situation(
        regimen=tuple(line for line in lines if line.route != "procedure"),
        procedures=tuple(line for line in lines if line.route == "procedure"),
        conditions=dict.fromkeys(vector["conditions"], YES),
    )


def test_there_are_seventeen_vectors():
    assert len(VECTORS) == 17


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["id"] for vector in VECTORS])
def test_every_vector_fires_exactly_the_rules_it_expects(vector: dict[str, Any]):
    fired = fired_rules(situation(vector))
    assert {rule for rule in fired if rule.startswith(RULES)} == set(vector["expected_all"])
    assert {rule for rule in fired if rule.startswith("MN_")} == set(vector["expected_monitoring"])
    assert fired.issuperset(vector["must_include"])
    assert fired.isdisjoint(vector["must_not_include"])


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["id"] for vector in VECTORS])
def test_every_rule_that_fires_is_an_alert_and_the_gravest_is_as_grave_as_expected(vector: dict[str, Any]):
    alerts = check(situation(vector))
    assert fired_rules(situation(vector)) <= {alert.id for alert in alerts}
    gravest = min(SEVERITIES.index(alert.severity) for alert in alerts)
    assert SEVERITIES[gravest] == vector["highest_severity"]


def test_the_seed_regimen_has_at_most_five_alerts_above_a_note():
    alerts = check(situation(VECTORS[0]))
    assert [alert.id for alert in alerts if alert.tier != "note"] == [
        "BR_SED",
        "CR_CRE_CRUNK",
        "CR_TIZ_LFTUNK",
        "ask-contraindications",
    ]


def test_new_numbness_is_a_red_flag_in_the_vector_after_the_second_massage():
    vector = next(vector for vector in VECTORS if vector["id"] == "TV04")
    assert "RF_NEW_NUMBNESS" in fired_rules(situation(vector))
