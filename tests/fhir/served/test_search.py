"""A search finds what is as asked, and says beside it what it cannot decide."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

pytest.importorskip("orjson", reason="needs the extra assuage[fhir]")

from assuage.fhir.read import read_resources
from assuage.fhir.served.record import served_record
from assuage.fhir.served.search import Search, found_in, read_search, searchset
from assuage.fhir.served.types import SERVED
from assuage.fhir.validate import checked_value
from assuage.record.read import parse_record
from assuage.words.speak import ENGLISH
from tests.universe import PATIENTS, everybody

AT = "https://clinic.example/fhir/R4"
ENTRIES: list[dict[str, Any]] = [
    {"day": 0, "kind": "score", "scale": "pain", "value": 3, "id": "a"},
    {"day": 40, "kind": "score", "scale": "pain", "value": 4, "id": "b", "approximate": True},
    {"day": 41, "kind": "score", "scale": "fatigue", "value": 5, "id": "c"},
    {"day": 5, "kind": "goal", "what": "walk", "id": "g"},
]
RECORD = parse_record(
    {"format": "assuage-record/2", "patient": {"id": "ana"}, "starts_on": "2026-01-05", "entries": ENTRIES}
)


def ids(name: str, *asked: tuple[str, str], record=RECORD) -> list[str]:
    search = read_search(SERVED[name], asked)
    assert isinstance(search, Search), search
    return [each["id"] for each in found_in(search, served_record(record), None).resources]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ((), ["a", "b", "c"]),
        ((("code", "72514-3"),), ["a", "b"]),
        ((("code", "http://loinc.org|72514-3"),), ["a", "b"]),
        ((("code", "urn:assuage:code-system:scale|fatigue"),), ["c"]),
        ((("code", "pain,fatigue"),), ["a", "b", "c"]),
        ((("code", "|pain"),), []),
        ((("date", "2026-01-05"),), ["a"]),
        ((("date", "2026-01"),), ["a"]),
        ((("date", "2026"),), ["a", "b", "c"]),
        ((("date", "2026-02"),), ["b", "c"]),
        ((("date", "eq2026-02-14"),), []),
        ((("date", "ap2026-02-14"),), ["b"]),
        ((("date", "ge2026-02-01"), ("date", "lt2026-02-15")), ["b"]),
        ((("date", "sa2026-01-31"),), ["b", "c"]),
        ((("date", "eb2026-02-01"),), ["a"]),
        ((("date", "ne2026-01-05"),), ["b", "c"]),
        ((("_id", "a,c"),), ["a", "c"]),
    ],
)  # fmt: skip
def test_a_search_finds_what_is_as_asked(asked, found):
    assert ids("Observation", *asked) == found


def test_what_is_known_to_the_month_alone_is_left_out_of_a_day_and_said():
    search = read_search(SERVED["Observation"], [("date", "2026-02-14")])
    assert isinstance(search, Search)
    found = found_in(search, served_record(RECORD), None)
    assert (found.resources, found.doubtful) == ((), 1)
    page = searchset(search, found, AT, ENGLISH)
    assert page["entry"][0]["search"]["mode"] == "outcome"
    assert "may belong here" in page["entry"][0]["resource"]["issue"][0]["details"]["text"]


def test_what_has_no_date_is_left_out_of_a_search_by_date_and_said():
    record = parse_record({"format": "assuage-record/2", "patient": {"id": "ana"}, "entries": ENTRIES[:1]})
    search = read_search(SERVED["Observation"], [("date", "2026-01-05")])
    assert isinstance(search, Search)
    assert found_in(search, served_record(record), None).undated == 1


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("Observation", ("status", "final")),
        ("Observation", ("date", "yesterday")),
        ("Observation", ("date", "2026-02-30")),
        ("Observation", ("date", "2026-03-01T08:00:00Z")),
        ("Observation", ("patient", "Group/ana")),
        ("Observation", ("patient", "ana,ben")),
        ("Observation", ("code", "|")),
        ("Observation", ("_count", "many")),
        ("Goal", ("date", "2026")),
        ("Patient", ("name", "Ana")),
        ("Patient", ("_format", "xml")),
    ],
)  # fmt: skip
def test_a_parameter_that_is_not_understood_is_refused_and_never_overlooked(name, asked):
    issues = read_search(SERVED[name], [asked])
    assert isinstance(issues, list)
    assert [each.place for each in issues] == [f"({asked[0]})"]


def test_pages_lie_side_by_side():
    pages = []
    for offset in range(3):
        search = read_search(SERVED["Observation"], [("_count", "1"), ("_offset", str(offset))])
        assert isinstance(search, Search)
        page = searchset(search, found_in(search, served_record(RECORD), None), AT, ENGLISH)
        pages += [each["resource"]["id"] for each in page["entry"]]
        assert any(link["relation"] == "next" for link in page["link"]) == (offset < 2)
    assert pages == ["a", "b", "c"]


@pytest.mark.parametrize("name", PATIENTS)
def test_every_resource_that_is_served_has_a_type_that_we_say_we_serve_and_is_fhir(name):
    served = served_record(PATIENTS[name]())
    assert set(served) <= set(SERVED)
    for resources in served.values():
        for each in resources.values():
            assert checked_value(each).issues == ()


def test_what_is_served_reads_back_as_it_is():
    for record in everybody():
        resources = [each for of_type in served_record(record).values() for each in of_type.values()]
        back = parse_record(read_resources(resources).document)
        assert len(back.entries) == len(record.entries)


@given(some.text(max_size=40), some.sampled_from(sorted(SERVED)))
def test_any_text_of_a_date_or_a_code_is_read_or_refused(text, name):
    for parameter in SERVED[name].parameters:
        assert isinstance(read_search(SERVED[name], [(parameter.name, text)]), Search | list)


@given(
    some.dates(date(2025, 12, 1), date(2026, 4, 1)),
    some.sampled_from(["eq", "ne", "gt", "lt", "ge", "le", "sa", "eb", "ap"]),
)
def test_what_is_found_left_out_in_doubt_and_not_found_is_everything(day, prefix):
    search = read_search(SERVED["Observation"], [("date", f"{prefix}{day}")])
    assert isinstance(search, Search)
    found = found_in(search, served_record(RECORD), None)
    assert {each["id"] for each in found.resources} <= {"a", "b", "c"}
    assert found.doubtful <= 1  # of the one that is known to the month
