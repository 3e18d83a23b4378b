"""The second format of a record: who wrote what, what was withdrawn, and what the first format does not have."""

from __future__ import annotations

from typing import Any

import pytest

from assuage.deidentify.identifiers import Policy
from assuage.deidentify.record import hide_record
from assuage.errors import Problems
from assuage.record.care_entries import MeasurementEntry
from assuage.record.read import parse_record, read_text
from assuage.record.timeline import Timeline
from assuage.record.write import to_plain, to_yaml

NOTE = {"day": 0, "kind": "note", "text": "slept badly"}
PAIN = {"day": 0, "kind": "score", "scale": "pain", "value": 4}


def document(*entries: dict[str, Any], form: str = "assuage-record/2", **top: Any) -> dict[str, Any]:
    return {"format": form, "patient": {"id": "ana"}, **top, "entries": list(entries)}


def problems_of(*entries: dict[str, Any], **top: Any) -> list[str]:
    with pytest.raises(Problems) as raised:
        parse_record(document(*entries, **top))
    return [str(problem) for problem in raised.value.problems]


NEWER: tuple[tuple[dict[str, Any], str], ...] = (
    (NOTE | {"author": "u7"}, "author"),
    (NOTE | {"role": "nurse"}, "role"),
    (NOTE | {"source": "web"}, "source"),
    ({"day": 0, "kind": "decision", "do": "hold", "pathway": "neck-first"}, "pathway"),
    ({"day": 0, "kind": "finding", "what": "gout", "state": "present", "method": "family"}, "method"),
    ({"day": 0, "kind": "measurement", "what": "weight", "value": 70, "unit": "kg"}, "kind"),
)


@pytest.mark.parametrize(("entry", "field"), NEWER, ids=[field for _, field in NEWER])
def test_what_came_with_the_second_format_is_read_there_and_refused_in_the_first(
    entry: dict[str, Any], field: str
) -> None:
    assert len(parse_record(document(entry)).entries) == 1
    remedy = "came with the second format; write  format: assuage-record/2"
    assert problems_of(entry, form="assuage-record/1") == [f"entries[0].{field}: {remedy}"]


def test_a_document_of_the_first_format_is_written_as_the_second_and_reads_back_the_same():
    first = parse_record(document(NOTE, PAIN, form="assuage-record/1"))
    assert to_plain(first)["format"] == "assuage-record/2"
    assert read_text(to_yaml(first)) == first


def test_a_time_zone_is_one_that_exists():
    assert parse_record(document(NOTE, zone="Europe/Vilnius")).zone == "Europe/Vilnius"
    (problem,) = problems_of(NOTE, zone="Europe/Atlantis")
    assert problem.startswith("zone: must be a time zone by its IANA name")


# --- withdrawal -----------------------------------------------------------------------------------


def voided(of: str, **more: Any) -> dict[str, Any]:
    return {"day": 1, "kind": "void", "of": of, "because": "another patient's", **more}


def test_a_withdrawn_entry_counts_on_no_day_and_can_still_be_read():
    record = parse_record(document(PAIN | {"id": "a"}, voided("a")))
    assert record.entries[0].day == 0
    assert not Timeline(record).has_scale("pain")


def test_a_withdrawn_correction_lets_what_it_replaced_stand_again():
    record = parse_record(
        document(PAIN | {"id": "a"}, PAIN | {"value": 9, "id": "b", "replaces": "a"}, voided("b"))
    )
    assert [entry.value for entry in Timeline(record).scores()] == [4]


def test_a_withdrawal_can_be_withdrawn():
    record = parse_record(document(PAIN | {"id": "a"}, voided("a", id="v"), voided("v")))
    assert Timeline(record).has_scale("pain")


def test_after_a_correction_is_withdrawn_another_may_replace_the_same_entry():
    record = parse_record(
        document(
            PAIN | {"id": "a"},
            PAIN | {"value": 9, "id": "b", "replaces": "a"},
            voided("b"),
            PAIN | {"value": 5, "replaces": "a"},
        )
    )
    assert [entry.value for entry in Timeline(record).scores()] == [5]


def test_a_contradiction_with_what_was_withdrawn_is_none():
    timed = PAIN | {"time": "08:00"}
    assert problems_of(timed | {"id": "a"}, timed | {"value": 9})
    assert parse_record(document(timed | {"id": "a"}, timed | {"value": 9}, voided("a")))


def test_only_what_was_written_before_can_be_withdrawn():
    assert "names this entry or a later one" in problems_of(voided("a"), PAIN | {"id": "a"})[0]
    assert 'unknown entry id "z"' in problems_of(PAIN | {"id": "a"}, voided("z"))[0]


def test_what_an_entry_is_about_is_an_entry():
    answered = parse_record(document(NOTE | {"id": "a"}, NOTE | {"about": "a"}))
    assert answered.entries[1].about == "a"
    assert 'unknown entry id "z"' in problems_of(NOTE | {"id": "a"}, NOTE | {"about": "z"})[0]


# --- measurements and histories -------------------------------------------------------------------


def test_a_measurement_has_a_value_or_the_ends_between_which_it_lies():
    below = {"day": 0, "kind": "measurement", "what": "troponin", "high": 5, "unit": "ng/L"}
    entry = Timeline(parse_record(document(below))).entries_of(MeasurementEntry)[0]
    assert (entry.ends[1], entry.in_words) == (5, "<5 ng/L")
    assert "value: is missing" in problems_of({"day": 0, "kind": "measurement", "what": "troponin"})[0]
    assert problems_of(below | {"value": 4})
    assert problems_of(below | {"range": {"low": 9, "high": 2}})


def test_two_values_of_one_measurement_at_one_clock_time_contradict_each_other():
    weight = {"day": 0, "kind": "measurement", "what": "weight", "value": 70, "unit": "kg"}
    assert parse_record(document(weight, weight | {"value": 71}))
    assert problems_of(weight | {"time": "08:00"}, weight | {"value": 71, "time": "08:00"})


def of_method(method: str) -> Timeline:
    finding = {"day": 0, "kind": "finding", "what": "bleeding_disorder", "state": "present", "method": method}
    return Timeline(parse_record(document(finding)))


def test_a_finding_of_a_relative_is_no_condition_of_the_patient():
    timeline = of_method("family")
    assert (timeline.finding("bleeding_disorder", 0), timeline.findings()) == (None, [])
    assert [entry.what for entry in timeline.histories()] == ["bleeding_disorder"]


def test_a_finding_of_how_the_patient_lives_is_the_patients_own():
    timeline = of_method("social")
    assert timeline.finding("bleeding_disorder", 0) is not None
    assert timeline.histories() == []


# --- de-identification ----------------------------------------------------------------------------


def test_authors_references_and_the_zone_are_hidden_and_still_fit_together():
    record = parse_record(
        document(
            PAIN | {"id": "visit 7 Ana", "author": "dr.jonas"},
            NOTE | {"author": "dr.jonas", "about": "visit 7 Ana"},
            voided("visit 7 Ana", author="sister.ona"),
            zone="Europe/Vilnius",
        )
    )
    hidden = hide_record(record, Policy())
    first, second, third = hidden.value.entries
    assert (first.author, second.author, third.author) == ("a1", "a1", "a2")
    assert (first.id, second.about, third.of, hidden.value.zone) == ("e1", "e1", "e1", None)
