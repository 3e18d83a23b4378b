"""Law 4: nothing vanishes. An element that no line of the report tells of makes a difference when it is taken away."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

pytest.importorskip("orjson", reason="needs the extra assuage[fhir]")

from assuage.fhir.join import record_of
from assuage.fhir.read import ReadResources, read_resources
from assuage.fhir.read.readers import READERS
from assuage.fhir.rules import rules_of_r4
from tests.fhir.good import RESOURCES

# How a resource is filed, who wrote it, and its words told once more: named in docs/reference/fhir.md.
FILED = (
    *(
        "id",
        "meta",
        "text",
        "language",
        "identifier",
        "category",
        "encounter",
        "context",
        "partOf",
        "basedOn",
    ),
    *(
        "subject",
        "patient",
        "for",
        "issued",
        "performer",
        "asserter",
        "informationSource",
        "recorder",
        "source",
    ),
    *("relationship", "name", "intent", "resourceType"),
)
# Inside of a code: what says the same as the words or the code that were read.
SAID_AGAIN = ("display", "system", "version", "userSelected", "code", "type")
# A unit beside its code, a time of day beside once a day, the words beside what they say.
BESIDE = (
    "valueQuantity.",
    "doseQuantity.",
    "dosage[0].text",
    "dosage[0].sequence",
    "timing.repeat.",
    "Observation.code.text",
)


def leaves(value: object, place: str) -> Iterator[tuple[str, tuple[Any, ...]]]:
    stack: list[tuple[object, str, tuple[Any, ...]]] = [(value, place, ())]
    while stack:
        here, path, keys = stack.pop()
        match here:
            case dict():
                stack.extend((each, f"{path}.{key}", (*keys, key)) for key, each in here.items())
            case list():
                stack.extend((each, f"{path}[{at}]", (*keys, at)) for at, each in enumerate(here))
            case _:
                yield path, keys


def taken_away(resource: dict[str, Any], keys: tuple[Any, ...]) -> dict[str, Any]:
    copy = deepcopy(resource)
    inside: Any = copy
    for key in keys[:-1]:
        inside = inside[key]
    del inside[keys[-1]]
    return copy


def outcome(read: ReadResources) -> object:
    bare = [{key: each[key] for key in each if key != "id"} for each in read.entries]
    return bare, [(line.path, line.why) for line in read.lines], read.withdrawn


def told(read: ReadResources, path: str) -> bool:
    return any(
        path == line.path or path.startswith((f"{line.path}.", f"{line.path}[")) for line in read.lines
    )


FACTS = [each for each in RESOURCES if each["resourceType"] in READERS]


@pytest.mark.parametrize("resource", FACTS, ids=lambda each: f"{each['resourceType']}-{each['id']}")
def test_an_element_is_read_or_told(resource: dict[str, Any]):
    kind = resource["resourceType"]
    read = read_resources([resource])
    vanished = []
    for path, keys in leaves(resource, kind):
        if (
            keys[0] in FILED
            or (keys[-1] in SAID_AGAIN and "coding" in keys)
            or told(read, path)
            or any(part in path for part in BESIDE)
        ):
            continue
        if outcome(read_resources([taken_away(resource, keys)])) == outcome(read):
            vanished.append(path)
    assert vanished == []


@pytest.mark.parametrize("kind", sorted(rules_of_r4().checked - {"Patient", "Bundle"}))
def test_a_resource_gives_entries_or_a_line(kind: str):
    read = read_resources([{"resourceType": kind, "id": "a", "status": "final"}])
    assert read.entries or read.lines


def test_a_bundle_accounts_for_each_of_its_resources():
    read = read_resources(RESOURCES)
    entries = {str(each["id"]).partition("#")[0] for each in read.entries}
    lines = {line.resource for line in read.lines}
    missing = [
        f"{each['resourceType']}/{each['id']}"
        for each in RESOURCES
        if each["resourceType"] != "Patient" and f"{each['resourceType']}/{each['id']}" not in entries | lines
    ]
    assert missing == []


JSON = some.recursive(
    some.none() | some.booleans() | some.floats(allow_nan=False) | some.text(max_size=8),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=60, deadline=None)
@given(some.sampled_from(FACTS), some.data())
def test_an_element_of_any_shape_is_no_error(resource: dict[str, Any], data: some.DataObject):
    places = [keys for _, keys in leaves(resource, "")]
    broken = deepcopy(resource)
    for keys in data.draw(some.lists(some.sampled_from(places), min_size=1, max_size=4)):
        inside: Any = broken
        for key in keys[: data.draw(some.integers(0, len(keys) - 1))]:
            if isinstance(inside, dict | list) and (
                key in inside if isinstance(inside, dict) else len(inside) > key
            ):
                inside = inside[key]
        if isinstance(inside, dict) and inside:
            inside[data.draw(some.sampled_from(sorted(inside)))] = data.draw(JSON)
    read = read_resources([broken])
    record_of(read)
    assert read.entries or read.lines
