"""Law 1: what goes out with our extension comes back as it was, and all of it is FHIR; nothing else is said of it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

pytest.importorskip("orjson", reason="needs the extra assuage[fhir]")

from assuage.errors import InputError
from assuage.fhir.codes import code_systems
from assuage.fhir.read import ReadResources, read_resources
from assuage.fhir.validate import checked_value
from assuage.fhir.write.bundle import bundle_of
from assuage.record.entries import Record
from assuage.record.read import parse_record
from tests.care_examples import CARE_ENTRIES
from tests.record.strategies import records
from tests.universe import PATIENTS, everybody

DAY_0 = date(2026, 1, 5)


def sent(record: Record, **options: Any) -> dict[str, Any]:
    if not options and record.starts_on is None:
        options = {"day_0": DAY_0}
    bundle = bundle_of(record, **options)
    # What a server would keep: through JSON and back.
    return json.loads(json.dumps(bundle))


def returned(bundle: dict[str, Any]) -> tuple[Record, ReadResources]:
    read = read_resources([bundle])
    return parse_record(read.document), read


def without_dates(record: Record) -> Record:
    entries = tuple(replace(entry, dated=False, entered=None) for entry in record.entries)
    return replace(record, starts_on=None, entries=entries)


@pytest.mark.parametrize("name", PATIENTS)
def test_a_patient_of_the_universe_comes_back_as_it_went(name: str):
    record = PATIENTS[name]()
    back, read = returned(sent(record))
    assert (back, read.lines) == (record, ())


@pytest.mark.parametrize("name", PATIENTS)
def test_without_dates_everything_but_the_calendar_comes_back(name: str):
    record = PATIENTS[name]()
    bundle = sent(record, relative=True)
    back, read = returned(bundle)
    assert (back, read.lines) == (without_dates(record), ())
    if record.starts_on is not None:
        assert str(record.starts_on.year) not in json.dumps(
            [each for each in bundle["entry"] if "Communication" not in each["fullUrl"]][:1]
        )


@settings(max_examples=60, deadline=None)
@given(records())
def test_any_record_comes_back_as_it_went(record: Record):
    bundle = sent(record)
    assert [issue for issue in checked_value(bundle).issues if issue.severity == "error"] == []
    back, read = returned(bundle)
    assert (back, read.lines) == (record, ())


@settings(max_examples=30, deadline=None)
@given(records())
def test_any_record_without_dates_comes_back_and_is_fhir(record: Record):
    bundle = sent(record, relative=True)
    assert checked_value(bundle).errors == 0
    assert returned(bundle)[0] == without_dates(record)


@pytest.mark.parametrize("plain", CARE_ENTRIES, ids=lambda plain: str(plain["kind"]))
@pytest.mark.parametrize("profile", ["assuage", "plain"])
def test_an_entry_of_each_kind_is_fhir(plain: dict[str, Any], profile: Any):
    record = parse_record(
        {"format": "assuage-record/2", "patient": {"id": "x"}, "entries": [{"day": 0, **plain}]}
    )
    assert checked_value(sent(record, day_0=DAY_0, profile=profile)).issues == ()


@pytest.mark.parametrize("profile", ["assuage", "plain"])
def test_every_bundle_of_the_universe_is_fhir(profile: Any):
    for record in everybody():
        day_0 = None if record.starts_on else DAY_0
        assert checked_value(bundle_of(record, day_0, profile=profile)).issues == (), record.patient.id


def test_our_code_systems_are_fhir():
    assert [checked_value(each).issues for each in code_systems() if checked_value(each).issues] == []


def test_the_same_record_gives_the_same_bundle():
    assert sent(PATIENTS["cleo"]()) == sent(PATIENTS["cleo"]())


def test_a_record_without_a_calendar_is_not_dated_by_guess():
    with pytest.raises(InputError, match="--starts-on DATE, or --relative"):
        bundle_of(PATIENTS["ana"]())


def test_an_inferred_day_goes_out_as_a_month():
    told = [each["resource"] for each in sent(PATIENTS["ana"]())["entry"]]
    exact = {str(each.place) for each in PATIENTS["ana"]().entries if not each.approximate}
    for resource in told:
        place = next(
            (
                str(part["valueInteger"])
                for part in resource["extension"][0]["extension"]
                if part["url"] == "place"
            ),
            "",
        )
        for key in ("effectiveDateTime", "performedDateTime", "authored", "authoredOn"):
            if key in resource and place not in exact:
                assert len(resource[key]) == len("2026-01")


def test_a_changed_element_is_heard_and_the_extension_beside_it_not():
    bundle = sent(PATIENTS["cleo"]())
    changed = next(
        each["resource"]
        for each in bundle["entry"]
        if "valueQuantity" in each["resource"] and "effectiveDateTime" in each["resource"]
    )
    changed["effectiveDateTime"] = "2026-02"
    _, read = returned(bundle)
    assert {line.why.id for line in read.lines} >= {"fhir-import.changed", "fhir-import.range"}
