"""What is wrong with a resource is said, all of it, at its place; what is right is not."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

pytest.importorskip("orjson", reason="needs the extra assuage[fhir]")

from assuage.fhir.definitions import tables_of_r4
from assuage.fhir.invariants import INVARIANTS
from assuage.fhir.outcome import fhirpath
from assuage.fhir.primitives import PATTERNS, fault_of
from assuage.fhir.validate import DEEPEST, checked_bytes, checked_value
from tests.fhir.breaks import WAYS, broken
from tests.fhir.good import CONDITION, OBSERVATION, PATIENT, QUESTIONNAIRE, RESOURCES, bundle

# Invariants that nobody asks: HL7's own advice that a resource should have a narrative.
NOT_ASKED = {"dom-6"}


def said(resource: object) -> list[tuple[str, str]]:
    """The place and the id of what is said of a resource."""
    return [(each.place, each.rule or each.what.id) for each in checked_value(resource).issues]


def as_bytes(resource: object) -> bytes:
    return json.dumps(resource, ensure_ascii=False).encode()


@pytest.mark.parametrize("resource", [*RESOURCES, bundle()], ids=lambda each: each["resourceType"])
def test_a_good_resource_is_accepted(resource: dict[str, Any]):
    assert checked_bytes(as_bytes(resource)).issues == ()


def test_there_are_forty_ways_to_break_one():
    assert len(WAYS) == 40


def test_what_is_broken_is_seen_at_its_place():
    unseen = [
        place
        for resource, place in broken()
        if place
        not in [each.place for each in checked_bytes(as_bytes(resource)).issues if each.severity == "error"]
    ]
    assert unseen == []


def test_one_fault_is_told_once():
    counted = [len(checked_bytes(as_bytes(resource)).issues) for resource, _ in broken()]
    assert max(counted) <= 2


@settings(max_examples=30)
@given(some.lists(some.sampled_from(range(25)), min_size=1, max_size=4, unique=True))
def test_the_short_way_and_the_walk_say_the_same(ways: list[int]):
    resource = deepcopy(OBSERVATION)
    for each in ways:
        WAYS[each][1](resource) if each not in (9, 22) else None
    assert checked_bytes(as_bytes(resource)).issues == checked_value(resource).issues


def an_extension(within: some.SearchStrategy[Any]) -> some.SearchStrategy[dict[str, Any]]:
    addresses = some.sampled_from(["http://example.org/a", "urn:b", "urn:c|1", " ", "", 7])
    values = {
        "valueString": some.sampled_from(["x", "", " x", 3]),
        "valueCode": some.sampled_from(["a", "a b", " a"]),
        "valueDate": some.sampled_from(["2026-02-28", "2026-02-30", "2026"]),
        "valueInteger": some.sampled_from([1, 1.5, 2**31]),
        "valueReference": some.sampled_from([{"reference": "Patient/a"}, {"reference": "#b"}, {}]),
        "valueCoding": some.sampled_from([{"code": "a", "system": "urn:a"}, {"code": ""}]),
        "id": some.just("a"),
        "extension": some.lists(within, max_size=2),
    }
    keys = some.lists(some.sampled_from(sorted(values)), max_size=2, unique=True)
    return keys.flatmap(
        lambda named: some.fixed_dictionaries(
            {name: values[name] for name in named}, optional={"url": addresses}
        )
    )


@settings(max_examples=100)
@given(
    some.lists(
        some.recursive(an_extension(some.just({"url": "urn:x"})), an_extension, max_leaves=6), max_size=3
    )
)
def test_the_short_way_and_the_walk_say_the_same_of_extensions(extensions: list[dict[str, Any]]):
    resource = OBSERVATION | {"extension": extensions}
    assert checked_bytes(as_bytes(resource)).issues == checked_value(resource).issues


def test_a_person_without_a_reference_may_be_of_a_type():
    assert said(OBSERVATION | {"performer": [{"type": "Practitioner"}]}) == []
    told = checked_bytes(as_bytes(OBSERVATION | {"performer": [{"type": "Somebody"}]})).issues
    assert [(each.severity, each.what.id) for each in told] == [("warning", "fhir.code-widened")]


ADDRESSES = (
    "urn:uuid:{0}",
    "https://example.org/fhir/Observation/pain-1",
    "https://example.org/fhir/Observation/{0}",
    "https://example.org/{0}/_history/1",
    "Practitioner/7",
    "Patient/ana",
    "urn:uuid:\u00a0{0}",
    "urn:uuid: ",
    "{0}",
)


@settings(max_examples=60)
@given(
    some.lists(some.tuples(some.integers(-1, 39), some.sampled_from(ADDRESSES)), min_size=1, max_size=4),
    some.sampled_from(["Patient/ana", "urn:uuid:0", "urn:uuid:3", "Practitioner/7", "ana"]),
    some.sampled_from(["collection", "history", "transaction"]),
)
def test_the_short_way_and_the_walk_say_the_same_of_a_bundle(
    drawn: list[tuple[int, str]], subject: str, kind: str
):
    every = [None, *(resource for resource, _ in broken())]
    entries: list[dict[str, Any]] = []
    for number, (way, address) in enumerate(drawn):
        resource = deepcopy(every[way + 1] or OBSERVATION)
        if resource.get("subject"):
            resource["subject"] = {"reference": subject}
        entries.append({"fullUrl": address.format(number), "resource": resource})
    whole = {"resourceType": "Bundle", "type": kind, "entry": entries}
    quick, walked = checked_bytes(as_bytes(whole)), checked_value(whole)
    assert (quick.issues, quick.resources) == (walked.issues, walked.resources)


def test_every_error_invariant_has_a_function_and_no_function_is_without_one():
    assert set(tables_of_r4().invariants) - NOT_ASKED == set(INVARIANTS)


def test_every_problem_is_told_at_once():
    resource = {"resourceType": "Condition", "onsetDateTime": "2026-13-01", "severity": {}, "x": 1}
    assert said(resource) == [
        ("Condition.onsetDateTime", "fhir.pattern"),
        ("Condition.severity", "fhir.empty"),
        ("Condition.x", "fhir.unknown-element"),
        ("Condition", "fhir.missing"),
    ]


@pytest.mark.parametrize(
    ("resource", "told"),
    [
        ([], [("(document)", "fhir.json-type")]),
        ({}, [("(document)", "fhir.no-resource-type")]),
        ({"resourceType": 5}, [("(document)", "fhir.no-resource-type")]),
        ({"resourceType": "Observatoin"}, [("(document)", "fhir.no-such-type")]),
        ({"resourceType": "Claim"}, [("Claim", "fhir.type-not-checked")]),
        (OBSERVATION | {"value": 3}, [("Observation.value", "fhir.unknown-element")]),
        (PATIENT | {"birthDate": "2026-02-30"}, [("Patient.birthDate", "fhir.no-such-day")]),
        (PATIENT | {"birthDate": 5}, [("Patient.birthDate", "fhir.json-type")]),
        (PATIENT | {"name": [{"given": ["Ana", None]}]}, [("Patient.name[0].given[1]", "fhir.null")]),
        (PATIENT | {"multipleBirthInteger": 2.0}, [("Patient.multipleBirthInteger", "fhir.json-type")]),
        (PATIENT | {"multipleBirthInteger": 2**31}, [("Patient.multipleBirthInteger", "fhir.pattern")]),
        (PATIENT | {"name": [{"text": "x" * (1024 * 1024 + 1)}]}, [("Patient.name[0].text", "fhir.too-long")]),
        (PATIENT | {"name": [{"text": "a\x01b"}]}, [("Patient.name[0].text", "fhir.control-character")]),
        (
            {key: value for key, value in CONDITION.items() if key != "clinicalStatus"},
            [("Condition", "con-3")],
        ),
        (
            CONDITION | {"contained": [{"resourceType": "Patient", "id": "p"}]},
            [("Condition", "dom-3")],
        ),
        (
            CONDITION | {"contained": [{"resourceType": "Patient"}]},
            [("Condition.contained[0]", "fhir.contained-no-id"), ("Condition", "dom-3")],
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(resource: object, told: list[tuple[str, str]]):
    assert said(resource) == told


def test_what_is_right_in_unusual_ways_is_accepted():
    named = {
        "given": ["Ana", None],
        "_given": [None, {"extension": [{"url": "http://a.b", "valueCode": "x"}]}],
    }
    timed = [*PATIENT["name"], named, {"_family": {"id": "a"}, "given": ["A"], "_given": [{"id": "b"}, None]}]
    assert said(PATIENT | {"name": timed, "birthDate": "1984", "deceasedDateTime": "2024-02"}) == []


def test_a_reference_in_a_bundle_is_followed():
    lost, wrong = bundle(), bundle()
    lost["entry"][1]["resource"]["subject"] = {"reference": "urn:uuid:00000000-0000-4000-8000-000000000000"}
    wrong["entry"][1]["resource"]["encounter"] = {"reference": wrong["entry"][0]["fullUrl"]}
    place = "Bundle.entry[1].resource"
    assert said(lost) == [(f"{place}.subject.reference", "fhir.reference-nowhere")]
    assert said(wrong) == [(f"{place}.encounter.reference", "fhir.reference-target")]


def test_a_bundle_may_hold_what_is_not_checked_and_says_it_once_a_type():
    claims = [{"fullUrl": f"urn:uuid:{number}", "resource": {"resourceType": "Claim"}} for number in range(3)]
    checked = checked_value({"resourceType": "Bundle", "type": "collection", "entry": claims})
    assert ([each.place for each in checked.issues], checked.unchecked) == (["Bundle.entry[0].resource"], 3)


def test_a_code_of_another_system_is_a_warning_where_a_set_may_be_widened():
    other = {"coding": [{"system": "http://example.org", "code": "x"}]}
    (issue,) = checked_value(
        {key: value for key, value in OBSERVATION.items() if key != "valueQuantity"}
        | {"dataAbsentReason": other}
    ).issues
    assert (issue.severity, issue.place) == ("warning", "Observation.dataAbsentReason")


def test_what_is_wrong_behind_a_thousand_faults_is_counted_and_no_error_of_ours():
    faulty = OBSERVATION | {"subject": {"reference": 7}}
    whole = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": faulty}] * 1_100}
    checked = checked_bytes(as_bytes(whole))
    assert len(checked.issues) == 1_001
    assert checked.issues[-1].what.id == "fhir.more"


def test_items_may_be_nested_so_deep_and_no_deeper():
    item: dict[str, Any] = {"linkId": "0", "type": "string"}
    for number in range(1, DEEPEST + 5):
        item = {"linkId": str(number), "type": "group", "item": [item]}
    assert [rule for _, rule in said(QUESTIONNAIRE | {"item": [item]})] == ["fhir.too-deep"]


def test_a_text_that_is_nested_deeper_than_it_can_be_written_is_too_deep_as_well():
    item = '{"linkId":"x","type":"group","item":[' * 400 + '{"linkId":"x","type":"group"}' + "]}" * 400
    text = '{"resourceType":"Questionnaire","status":"draft","item":[' + item + "]}"
    assert "fhir.too-deep" in [issue.what.id for issue in checked_bytes(text.encode()).issues]


@pytest.mark.parametrize(
    ("place", "path"),
    [
        (
            "Observation.component[1].valueQuantity.code",
            "Observation.component[1].value.ofType(Quantity).code",
        ),
        ("Patient._birthDate", "Patient.birthDate"),
        ("Bundle.entry[2].resource.name[0].given[1]", "Bundle.entry[2].resource.name[0].given[1]"),
    ],
)
def test_a_place_is_said_as_fhirpath_has_it(place: str, path: str):
    assert fhirpath(place) == path


# --- primitives --------------------------------------------------------------------------------------------


@given(some.integers(1, 9999), some.integers(0, 14), some.integers(0, 32))
def test_a_day_is_one_of_the_calendar(year: int, month: int, day: int):
    text = f"{year:04d}-{month:02d}-{day:02d}"
    try:
        date(year, month, day)
        known = True
    except ValueError:
        known = False
    assert (fault_of("date", text) is None) == known


# HL7's own pattern for base64 takes exponential time, and theirs for a text means other blanks than Python's.
THEIRS = [name for name in PATTERNS if name not in ("string", "markdown", "xhtml")]


@pytest.mark.parametrize("name", THEIRS)
def test_what_a_pattern_of_ours_takes_hl7_takes_too(name: str):
    theirs = re.compile(tables_of_r4().primitives[name]["pattern"], re.ASCII)

    @settings(max_examples=25)
    @given(some.from_regex(PATTERNS[name], fullmatch=True))
    def takes(text: str) -> None:
        assert theirs.fullmatch(text) or not re.compile(PATTERNS[name], re.ASCII).fullmatch(text)

    takes()
