"""How a drug is given: no ceiling of a tablet is held against a pump, and the form of a tablet is no frequency."""

from __future__ import annotations

import pytest

from assuage.record.read import parse_record
from assuage.record.timeline import Timeline
from assuage.safety.check import check
from assuage.safety.known import alerts_of, situation
from assuage.safety.regimen_text import read_regimen
from assuage.safety.situation import Situation
from assuage.terms.dosing import read_frequency
from assuage.words.speak import ENGLISH


def alerts(text: str) -> dict[str, str]:
    lines, problems = read_regimen(text)
    assert problems == ()
    return {alert.id: ENGLISH.say(alert.text) for alert in check(Situation(lines))}


@pytest.mark.parametrize(
    "text",
    ["baclofen 25 mg intrathecal", "baclofen 300 mcg intrathecally", "baclofen 400 mg intrathecal"],
)
def test_a_dose_that_goes_to_the_spinal_cord_is_asked_about_and_meets_no_ceiling_of_tablets(text: str):
    found = alerts(text)
    assert "goes to the spinal cord or through a pump" in found["dose-unit"]
    assert "BR_DOSE_MAX" not in found


def test_tablets_beside_a_pump_keep_their_ceiling():
    found = alerts("baclofen 200 mcg intrathecal, baclofen 50 mg tds")
    assert "goes to the spinal cord" in found["dose-unit"]
    assert "150 of at most" in found["BR_DOSE_MAX"]
    assert "dose-unit" not in alerts("baclofen 10 mg tds")


def test_so_it_is_in_a_record_by_its_route():
    drug = {"day": 0, "kind": "medication", "drug": "baclofen", "do": "start", "route": "intrathecal pump"}
    entry = {**drug, "doses": [{"amount": 25, "unit": "mg"}]}
    timeline = Timeline(
        parse_record({"format": "assuage-record/2", "patient": {"id": "p"}, "entries": [entry]})
    )
    (found,) = (alert for alert in alerts_of(timeline, situation(timeline, 0)) if alert.id == "dose-unit")
    assert found.tier == "ask"


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("SR bd", "bd"),
        ("MR od", "od"),
        ("retard 1-0-1", "1-0-1"),
        ("XR mane", "mane"),
        ("prolonged-release twice a day", "twice a day"),
        ("every 12 h SR", "every 12 h"),
    ],
)
def test_how_a_form_gives_its_drug_off_says_nothing_of_how_often(written: str, same: str):
    assert read_frequency(written) == read_frequency(same) is not None


@pytest.mark.parametrize("alone", ["SR", "MR", "retard", "la", "pr"])
def test_alone_it_is_no_frequency(alone: str):
    assert read_frequency(alone) is None


def test_a_slow_release_is_counted_as_often_as_it_is_taken():
    assert "500 of at most 400 mg" in alerts("tramadol 250 mg SR bd")["BR_DOSE_MAX"]
