"""Bodies that nobody sends: documents of FHIR and of CDS Hooks with parts put in the place of others, and worse."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from hypothesis import strategies as some

# What a program may meet in the place of anything: absurd, empty, of another kind, near a bound.
ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 0.1, 1e308, -1e308, 2**63, 10**40, "", " ", "x", "\x00", "\u202e", "é" * 200,
    "2026-02-30", "9999-12-31", "0001-01-01", "2026-13", "0000", "2026-01-01T25:61:61Z", "9999-12-31T23:59:59-14:00",
    "#", "#x", "Patient/", "/", "urn:uuid:", "Patient/ana/_history/1", "http://[", "mg", "%", [], {}, [[]], [None],
    [{}], {"x": 1}, {"resourceType": "Bundle"}, {"resourceType": []}, {"reference": "#"}, {"reference": 7},
    {"coding": [7]}, {"value": "7"}, {"value": 1e400}, {"start": 7}, "data-absent-reason", "entered-in-error",
)  # fmt: skip


def places_in(value: Any) -> list[tuple[Any, ...]]:
    """Every place of a document, as the keys that lead to it."""
    inside: list[tuple[Any, ...]] = [()]
    keyed = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in keyed:
        inside += [(key, *rest) for rest in places_in(each)]
    return inside


def changed(value: Any, place: tuple[Any, ...], new: Any) -> Any:
    """The document with something else at a place; with nothing there where `new` is `...`."""
    if not place:
        return None if new is ... else new
    whole = deepcopy(value)
    at = whole
    for key in place[:-1]:
        at = at[key]
    if new is ...:
        del at[place[-1]]
    elif new == "twice" and isinstance(at, list):
        at.append(deepcopy(at[place[-1]]))
    else:
        at[place[-1]] = new
    return whole


@some.composite
def spoilt(draw: some.DrawFn, documents: tuple[Any, ...]) -> Any:
    """One of the documents with up to four of its places changed."""
    whole = draw(some.sampled_from(documents))
    for _ in range(draw(some.integers(0, 4))):
        place = draw(some.sampled_from(places_in(whole)))
        whole = changed(whole, place, draw(some.sampled_from((*ODD, ..., "twice"))))
    return whole
