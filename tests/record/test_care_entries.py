"""What the newer kinds of entry mean: to safety, to what is taken, and to nobody where they are only kept."""

from __future__ import annotations

from typing import Any

import pytest

from assuage.engine.reference import View
from assuage.errors import Problems
from assuage.measures.notation import medication
from assuage.record.care_entries import AppointmentEntry
from assuage.record.read import parse_record, read_text
from assuage.record.rows import read_table
from assuage.record.save import save
from assuage.record.timeline import Timeline
from assuage.record.write import to_json, to_yaml
from assuage.safety.known import known_conditions, recorded_allergies, recorded_intolerances, unread_allergies
from assuage.terms.answers import NO, UNKNOWN, YES, Answer
from assuage.terms.drugs import TIZANIDINE
from tests.care_examples import CARE_ENTRIES


def timeline(*entries: dict[str, Any]) -> Timeline:
    plain = [{"day": 0, **entry} for entry in entries]
    return Timeline(parse_record({"format": "assuage-record/2", "patient": {"id": "ana"}, "entries": plain}))


def taken(day: int, *entries: dict[str, Any]) -> Answer:
    return View(timeline(*entries), day, started=0, entered=0).truth(medication(TIZANIDINE).taken)


@pytest.mark.parametrize("entry", CARE_ENTRIES, ids=[str(entry["kind"]) for entry in CARE_ENTRIES])
def test_every_field_of_every_newer_kind_survives_yaml_json_and_parquet(entry: dict[str, Any], tmp_path: Any):
    record = timeline(entry).record
    assert read_text(to_yaml(record)) == read_text(to_json(record)) == record
    save([record], tmp_path / "one.parquet")
    assert read_table(tmp_path / "one.parquet") == (record,)


WRONG: tuple[tuple[dict[str, Any], str], ...] = (
    ({"kind": "exposure", "name": "coffee"}, "state"),
    ({"kind": "exposure", "name": "coffee", "state": "present", "amount": 2}, "state"),
    ({"kind": "rating", "name": "fog", "value": 7, "lowest": 0, "highest": 5}, "value"),
    ({"kind": "adverse_event", "what": "rash", "onset": 4, "end": 3}, "end"),
    ({"kind": "adverse_event", "what": "rash", "grade": 6}, "grade"),
    ({"kind": "diagnosis"}, "what"),
    ({"kind": "diagnosis", "code": "M79.7"}, "system"),
    ({"kind": "adherence", "drug": "duloxetine", "taken": 80}, "taken"),
    ({"kind": "offer", "what": "mesotherapy", "chance": 0}, "chance"),
)


@pytest.mark.parametrize(
    ("entry", "field"), WRONG, ids=[f"{entry['kind']} {field}" for entry, field in WRONG]
)
def test_what_cannot_be_is_refused_at_its_field(entry: dict[str, Any], field: str):
    with pytest.raises(Problems) as raised:
        timeline(entry)
    assert [problem.place for problem in raised.value.problems] == [f"entries[0].{field}"]


# --- allergies, adverse events, diagnoses -----------------------------------------------------------


def test_an_allergy_entry_is_the_allergy_that_a_finding_would_be():
    assert recorded_allergies(timeline({"kind": "allergy", "substance": "ibuprofen"})) == ("ibuprofen",)


def test_a_suspected_allergy_holds_its_drug_back_and_a_refuted_one_does_not():
    suspected = {"kind": "allergy", "substance": "ibuprofen", "certainty": "suspected"}
    refuted = {"kind": "allergy", "substance": "ibuprofen", "certainty": "refuted", "day": 3}
    assert recorded_allergies(timeline(suspected)) == ()
    assert list(recorded_intolerances(timeline(suspected))) == ["ibuprofen"]
    assert recorded_intolerances(timeline(suspected, refuted)) == {}


def test_an_allergy_to_what_no_rule_knows_is_unread():
    assert len(unread_allergies(timeline({"kind": "allergy", "substance": "zorblax"}))) == 1


def test_what_is_suspected_of_an_adverse_event_counts_as_not_tolerated_with_the_event_as_its_reason():
    event = {"kind": "adverse_event", "what": "tremor", "suspected": ["amitriptyline", "deep massage"]}
    intolerances = recorded_intolerances(timeline(event))
    assert {what: finding.result for what, finding in intolerances.items()} == {
        "amitriptyline": "tremor",
        "deep_tissue_massage": "tremor",
    }


@pytest.mark.parametrize(
    ("certainty", "answer"),
    [(None, YES), ("confirmed", YES), ("probable", YES), ("possible", UNKNOWN), ("refuted", NO)],
)
def test_a_diagnosis_is_the_condition_as_certain_as_it_is(certainty: str | None, answer: Answer):
    sure = {} if certainty is None else {"certainty": certainty}
    known = known_conditions(timeline({"kind": "diagnosis", "what": "bleeding disorder", **sure}))
    assert known["bleeding_disorder"] is answer


# --- adherence and intakes --------------------------------------------------------------------------

START = {"kind": "medication", "drug": "tizanidine", "do": "start"}
OTHER = {"kind": "medication", "drug": "amitriptyline", "do": "start"}
NOT_TAKEN = {"kind": "adherence", "drug": "tizanidine", "taken": False}


def test_a_drug_that_is_said_not_to_be_taken_is_not_known_to_be_and_is_still_running():
    assert taken(5, START, NOT_TAKEN | {"day": 3}) is UNKNOWN
    assert taken(2, START, NOT_TAKEN | {"day": 3}) is YES
    assert [each.drug for each in timeline(START, NOT_TAKEN | {"day": 3}).active_medication(5)] == [
        "tizanidine"
    ]


def test_a_later_word_that_it_is_taken_settles_that():
    for later in (
        NOT_TAKEN | {"taken": 0.5},
        START | {"do": "change"},
        {"kind": "intake", "drug": "tizanidine"},
    ):
        assert taken(5, START, NOT_TAKEN | {"day": 3}, later | {"day": 4}) is YES


def test_a_dose_taken_when_needed_is_taken_on_that_day_alone():
    intake = {"kind": "intake", "drug": "Tizanidinum", "day": 4}
    assert [taken(day, OTHER, intake) for day in (3, 4, 5)] == [NO, YES, NO]
    assert taken(3, intake) is UNKNOWN


def test_a_visit_to_come_does_not_make_the_record_longer():
    agreed = timeline({"kind": "appointment", "on": 42, "whom": "physiotherapist"})
    assert (agreed.last_day, [each.on for each in agreed.entries_of(AppointmentEntry)]) == (0, [42])
