"""Patients whose facts the criteria cannot tell apart are decided once, and only those."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as some

pytest.importorskip("numba", reason="needs the extra assuage[cohort]")

from assuage.cohort import review_cohort
from assuage.errors import Problems
from assuage.instruments import CRITERIA
from assuage.instruments.criteria.classes import CLASSES, class_of
from assuage.record.entries import Record
from assuage.record.read import parse_record
from assuage.record.rows import read_table
from assuage.record.table import to_frame
from assuage.record.timeline import Timeline
from assuage.review.diagnosis import decide, diagnosis, facts_of, shown_criteria
from assuage.terms.sites import WPI_SITES
from tests.cohort.tables import pain, written
from tests.small_pathway import SMALL

_SITES = tuple(WPI_SITES)
_BEGAN = {"day": -200, "kind": "symptom", "what": "pain", "state": "new"}
_MARKS = some.dictionaries(some.sampled_from(_SITES), some.sampled_from([0, 1, 1, None]), max_size=19)


def _record(name: str, *entries: dict[str, Any]) -> Record:
    return parse_record({"format": "assuage-record/1", "patient": {"id": name}, "entries": list(entries)})


def _map(**answers: Any) -> dict[str, Any]:
    return {"day": 4, "kind": "answers", "instrument": "wpi", **answers}


def _reviewed(records: list[Record]) -> dict[str, dict[str, str]]:
    """The answer to each set of criteria of each patient, from one table of all of them."""
    with tempfile.TemporaryDirectory() as folder:
        to_frame(records).write_parquet(Path(folder) / "in.parquet")
        review_cohort(Path(folder) / "in.parquet", SMALL, Path(folder) / "out")
        answers: dict[str, dict[str, str]] = {}
        for row in pl.read_parquet(Path(folder) / "out" / "criteria.parquet").iter_rows(named=True):
            answers.setdefault(row["patient"], {})[row["criteria"]] = row["answer"]
        return answers


def _alone(record: Record) -> dict[str, str]:
    """The answers of a review of this patient alone."""
    assert record.last_day is not None
    found = diagnosis(record, Timeline(record), record.last_day, shown_criteria(SMALL))
    return {name: one.scored.answer.value for name, one in found.items() if one.scored.answer is not None}


def test_pain_that_cannot_be_widespread_is_no_whoever_else_is_in_the_table():
    first = _record("a", _map(sites=["jaw_left", "chest", "upper_leg_right"]))
    second = _record("b", _map(sites=["chest", "upper_leg_right", "abdomen"]))
    assert _reviewed([first, second])["b"]["acr_1990"] == "no"


def test_three_limbs_and_the_chest_are_widespread_by_icd11_whoever_else_is_in_the_table():
    limbs = ["upper_arm_left", "upper_arm_right", "upper_leg_left"]
    records = [_record("a", _map(sites=[*limbs, "jaw_left"])), _record("b", _map(sites=[*limbs, "abdomen"]))]
    assert _reviewed(records) == {record.patient.id: _alone(record) for record in records}


# Maps without a null, which is folded with others, and pairs of sites that are nearly alike.
_PARTIAL = some.dictionaries(some.sampled_from(_SITES), some.integers(0, 1), min_size=1)
_WHOLE = some.lists(some.sampled_from([0, 0, 0, 1]), min_size=len(_SITES), max_size=len(_SITES))
_NEAR = [
    (one.id, other.id)
    for one in WPI_SITES.values()
    for other in WPI_SITES.values()
    if one.id < other.id
    and (one.counts, one.counts and one.region) == (other.counts, other.counts and other.region)
]


@given(
    _WHOLE.map(lambda marks: dict(zip(_SITES, marks, strict=True))) | _PARTIAL,
    some.lists(some.sampled_from(_NEAR) | some.permutations(_SITES), max_size=8),
    some.booleans(),
)
def test_maps_of_as_many_sites_are_decided_as_each_alone_is(marks, changes, lasting):
    entries = [_BEGAN] if lasting else []
    records: list[Record] = []
    for number, change in enumerate(((), *changes)):
        # Another map with as many of everything: all sites change places, or two do.
        moves = dict(zip(change, reversed(change), strict=True))
        moved = {moves.get(site, site): mark for site, mark in marks.items()}
        if any(mark is not None for mark in moved.values()):
            records.append(_record(f"p{number}", *entries, _map(items=moved)))
    assert _reviewed(records) == {one.patient.id: _alone(one) for one in records}


_NUMBER = some.integers(0, 20)
_SPAN = some.tuples(_NUMBER, _NUMBER).map(lambda ends: {"low": min(ends), "high": max(ends)})
_BODIES = some.one_of(
    some.just({}),
    some.lists(some.sampled_from([*_SITES, "widespread", "neck_left", "wrist"]), max_size=12).map(
        lambda sites: {"sites": sites}
    ),
    _MARKS.map(lambda marks: {"items": marks}),
    some.one_of(_NUMBER, _SPAN).map(lambda total: {"wpi": total}),
)
_ITEM = some.one_of(some.none(), some.integers(0, 3))
_SEVERITIES = some.fixed_dictionaries(
    {},
    optional={
        "fatigue": _ITEM,
        "waking_unrefreshed": _ITEM,
        "cognitive": _ITEM,
        "headache": some.sampled_from([None, 0, 1]),
        "sss": some.one_of(some.integers(0, 13), _SPAN),
    },
)
_DURATIONS = some.one_of(
    some.just((None, None)),
    some.sampled_from([0, 1, 2.5, 3, 3.01, 4, 1200, 1201, 2400]).map(lambda n: (int(n), n)),
    some.sampled_from([3, 3.5, 1200, 1250]).map(
        lambda n: ({"low": int(n), "high": 1200}, {"low": n, "high": 1200})
    ),
)
_FROM_RECORD = [criteria for criteria in CRITERIA.values() if criteria.from_record]
_FACTS = some.builds(facts_of, _BODIES, _SEVERITIES, _DURATIONS, some.sampled_from([None, 0, 17, 18, 19, 70]))


@given(some.lists(_FACTS, min_size=2, max_size=6), some.sampled_from(_FROM_RECORD), some.data())
def test_facts_of_one_class_are_decided_alike(people, criteria, data):
    answers: dict[object, object] = {}
    for facts in people:
        mixed = {fact: data.draw(some.sampled_from(people))[fact] for fact in criteria.from_record}
        for each in (facts, {**facts, **mixed}):
            key = tuple(class_of(criteria.id, fact, each[fact]) for fact in criteria.from_record)
            answer = decide(criteria, each).answer
            assert answers.setdefault(key, answer) == answer


def test_every_fact_that_criteria_take_has_its_classes():
    assert set(CLASSES) == {(each.id, fact) for each in _FROM_RECORD for fact in each.from_record}


@pytest.mark.parametrize("second", ["upper_arm_left", "shoulder_girdle_left"])
def test_two_maps_of_one_moment_that_differ_are_refused_though_no_rule_tells_them_apart(second, tmp_path):
    rows = []
    for entry, painful in enumerate(("shoulder_girdle_left", second)):
        for row, site in enumerate(("shoulder_girdle_left", "upper_arm_left")):
            numbers = json.dumps({"entry": entry, "row": row})
            told = {"kind": "answers", "code": f"wpi.{site}", "minute": 480, "text": numbers}
            rows.append(pain("a", 3, float(site == painful), **told))
    path = written(tmp_path / "in.parquet", rows)
    done = review_cohort(path, SMALL, tmp_path / "out")
    differ = second != "shoulder_girdle_left"
    assert done.rejected == int(differ)
    if differ:
        with pytest.raises(Problems, match="contradicts"):
            read_table(path)
    else:
        assert len(read_table(path)) == 1


def test_pain_said_to_last_longer_than_any_life_is_decided_as_alone():
    widespread = ["jaw_left", "shoulder_girdle_right", "neck", "hip_left"]
    records = [
        _record(f"p{at}", {**_BEGAN, "day": began}, _map(sites=widespread) | {"day": asked})
        for at, (began, asked) in enumerate([(-300, 4), (-36_000, 36_000), (-100, 4)])
    ]
    assert _reviewed(records) == {one.patient.id: _alone(one) for one in records}
