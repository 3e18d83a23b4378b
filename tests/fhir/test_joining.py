"""Law 3: the same twice is the same once; versions, corrections and what was entered in error come to one record."""

from __future__ import annotations

import random
from copy import deepcopy
from datetime import date
from typing import Any

import pytest

pytest.importorskip("orjson", reason="needs the extra assuage[fhir]")

from assuage.fhir.join import Joined, joined_to, record_of
from assuage.fhir.read import read_resources
from assuage.fhir.write.bundle import bundle_of
from assuage.record.entries import Record
from assuage.record.read import parse_record
from tests.fhir.good import CONDITION, MEDICATION, OBSERVATION, PROCEDURE
from tests.universe import PATIENTS

START = date(2026, 1, 5)


def imported(*resources: dict[str, Any]) -> Record:
    return record_of(read_resources(resources, starts_on=START)).record


def added(record: Record, *resources: dict[str, Any]) -> Joined:
    return joined_to(record, read_resources(resources, starts_on=START))


def version(number: int, value: float, **more: Any) -> dict[str, Any]:
    quantity = {**OBSERVATION["valueQuantity"], "value": value}
    plain = {key: each for key, each in OBSERVATION.items() if key not in ("bodySite", "component")}
    return {**plain, "meta": {"versionId": str(number)}, "valueQuantity": quantity, **more}


def meaning(record: Record) -> set[tuple[Any, ...]]:
    return {
        (type(entry).__name__, entry.day, getattr(entry, "value", None), getattr(entry, "drug", None))
        for entry in record.current
        if type(entry).__name__ != "VoidEntry"
    }


@pytest.mark.parametrize("name", ["ana", "cleo", "dora", "emil", "hana"])
def test_our_own_bundle_again_changes_nothing(name: str):
    record = PATIENTS[name]()
    bundle = bundle_of(record, None if record.starts_on else START)
    again = joined_to(record, read_resources([bundle]))
    assert (again.record, again.added, again.withdrawn) == (record, 0, 0)


def test_resources_of_others_again_change_nothing():
    once = imported(OBSERVATION, CONDITION, MEDICATION, PROCEDURE)
    again = added(once, PROCEDURE, CONDITION, MEDICATION, OBSERVATION)
    assert (again.record, again.added) == (once, 0)


def test_a_newer_version_corrects_and_an_older_one_is_passed_over():
    second = added(imported(version(1, 4)), version(2, 6)).record
    assert meaning(second) == {("ScoreEntry", second.current[0].day, 6.0, None)}
    again = added(second, version(1, 4))
    assert (again.record, again.added) == (second, 0)


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 2, 1), (2, 3, 1), (3, 1, 2)])
def test_versions_in_any_order_come_to_the_same(order: tuple[int, ...]):
    values = {1: 4, 2: 6, 3: 5}
    record = imported()
    for number in order:
        record = added(record, version(number, values[number])).record
    together = imported(*(version(number, values[number]) for number in order))
    assert meaning(record) == meaning(together) == {("ScoreEntry", 55, 5.0, None)}


def test_what_was_entered_in_error_is_withdrawn_once():
    first = imported(version(1, 4), MEDICATION)
    wrong = version(2, 4, status="entered-in-error")
    once = added(first, wrong)
    twice = added(once.record, wrong)
    assert (once.withdrawn, twice.withdrawn, twice.record) == (1, 0, once.record)
    assert {each[0] for each in meaning(once.record)} == {"MedicationEntry"}


def test_our_own_resource_that_somebody_marked_as_an_error_is_in_dispute_until_a_person_settles_it():
    entry = {"day": 0, "kind": "score", "scale": "pain", "value": 4, "by": "patient", "id": "first"}
    record = parse_record(
        {
            "format": "assuage-record/2",
            "patient": {"id": "x"},
            "starts_on": "2026-01-05",
            "entries": [entry],
        }
    )
    bundle = bundle_of(record)
    bundle["entry"][1]["resource"]["status"] = "entered-in-error"
    joined = joined_to(record, read_resources([bundle]))
    assert joined.record.current == ()
    assert [line.why.id for line in joined.lines] == ["fhir-import.disputed"]


def test_a_shuffled_bundle_is_the_same_record():
    record = PATIENTS["cleo"]()
    bundle = deepcopy(bundle_of(record))
    random.Random(7).shuffle(bundle["entry"])
    assert record_of(read_resources([bundle])).record == record


def test_a_deletion_is_told_and_not_followed():
    bundle = {
        "resourceType": "Bundle",
        "type": "transaction",
        "entry": [{"request": {"method": "DELETE", "url": "Observation/pain-1"}}],
    }
    read = read_resources([OBSERVATION, bundle], starts_on=START)
    assert len(read.entries) >= 1
    assert [line.path for line in read.lines if line.why.id == "fhir-import.deleted"] == [
        "Bundle.entry[0].request"
    ]


def test_what_was_entered_in_error_counts_in_none_of_its_versions():
    record = imported(CONDITION)
    for number in (1, 2, 3):
        record = added(record, version(number, number)).record
    assert len(meaning(record)) == 2
    gone = added(record, version(4, 3, status="entered-in-error"))
    assert meaning(gone.record) == meaning(imported(CONDITION))
    again = added(gone.record, version(4, 3, status="entered-in-error"))
    assert (again.withdrawn, again.record) == (0, gone.record)


def test_a_part_of_a_resource_without_an_id_is_withdrawn_with_no_other():
    bare = [
        {**{key: each for key, each in OBSERVATION.items() if key != "id"}, "valueQuantity": {"value": value}}
        for value in (1, 2)
    ]
    record = added(imported(CONDITION), *bare).record
    gone = added(record, version(1, 3, status="entered-in-error"))
    assert (gone.withdrawn, gone.record) == (0, record)
