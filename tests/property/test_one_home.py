"""Rules that stand in one home, and what the kernels and the tables have of their own, tied to it."""

from __future__ import annotations

from itertools import product
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

pytest.importorskip("numba", reason="needs the extra assuage[cohort]")

from assuage.dynamics.tables import value_of_rows
from assuage.engine.many.answers import kleene
from assuage.engine.many.entries.claims import claimed_by
from assuage.engine.many.walk.fallback import CODE_OF
from assuage.errors import Problems
from assuage.measures.notation import score
from assuage.record.contradictions import contradictions
from assuage.record.entries import AnyEntry
from assuage.record.observations import Observation, value_of_day
from assuage.terms import answers
from assuage.terms.answers import NO, UNKNOWN, YES
from assuage.terms.scales import Scale
from assuage.terms.times import days
from tests.agree.test_safety import entry as treated
from tests.agree.test_safety import measured
from tests.spec.conftest import record
from tests.spec.engines import OnePatient, shown
from tests.spec.many_patients import ManyPatients

ANSWERS = (YES, NO, UNKNOWN)

# Every rule that a scale may have for its day.
RULES = [
    Scale("pain", "pain", 0, 10, daily, higher_is)
    for daily, higher_is in product(("worst", "best", "last"), ("worse", "better"))
]
whole = st.integers(0, 10)
ranges = st.tuples(whole, whole).map(lambda ends: (min(ends), max(ends)))
observed = st.lists(st.one_of(whole.map(lambda value: (value, value)), ranges), min_size=1, max_size=5)


def test_the_kernels_logic_of_three_values_is_that_of_answers():
    for one, other in product(ANSWERS, ANSWERS):
        codes = CODE_OF[one], CODE_OF[other]
        assert kleene.kleene_and_bits(*codes) == CODE_OF[answers.kleene_and(one, other)]
        assert kleene.kleene_or_bits(*codes) == CODE_OF[answers.kleene_or(one, other)]
        assert kleene.kleene_not_bits(codes[0]) == CODE_OF[answers.kleene_not(one)]


@given(st.lists(st.sampled_from(ANSWERS), max_size=6))
def test_many_answers_come_to_what_two_at_a_time_come_to(told: list[Any]):
    every, some = YES, NO
    for answer in told:
        every, some = answers.kleene_and(every, answer), answers.kleene_or(some, answer)
    assert (answers.all_yes(told), answers.any_yes(told)) == (every, some)


@given(st.sampled_from(RULES), observed)
def test_both_engines_take_the_value_of_a_day_by_the_rule_of_the_scale(
    scale: Scale, ends: list[tuple[int, int]]
):
    day = value_of_day(scale, [Observation(low, high, (), None) for low, high in ends])
    assert day is not None
    entries = [
        {"day": 0, "time": f"{hour:02}:00", "kind": "score", "scale": "pain", **_value(low, high)}
        for hour, (low, high) in enumerate(ends)
    ]
    asked = score(scale).past(days(1)).last
    for engine in (OnePatient(), ManyPatients()):
        assert engine.says(record(entries), asked, 0) == shown(day.low, day.high)
        assert not engine.fell_back


def _value(low: int, high: int) -> dict[str, object]:
    return {"value": low} if low == high else {"low": low, "high": high}


@given(st.sampled_from(RULES), st.lists(whole, min_size=1, max_size=5))
def test_a_table_takes_the_value_of_a_day_by_the_rule_of_the_scale(scale: Scale, values: list[int]):
    frame = pl.DataFrame({"day": [0] * len(values), "value": values})
    by_day = frame.group_by("day", maintain_order=True).agg(value_of_rows(pl, scale))
    assert by_day["value"].to_list() == [scale.day_value(values)]


def _read(plain: dict[str, object], place: int) -> AnyEntry:
    (entry,) = record([{"day": 0, "time": "08:00", **plain}]).entries
    return replace(entry, place=place)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[dict[str, object], dict[str, object]]:
    """Two entries, the second of which says in some fields what the first says."""
    one, other = draw(st.one_of(treated, measured())), draw(st.one_of(treated, measured()))
    if draw(st.booleans()):
        other = {
            **one,
            **{field: value for field, value in other.items() if field in one and field != "kind"},
        }
    return one, other


@given(pairs())
def test_two_entries_that_contradict_each_other_are_noticed_by_the_cohort_engine(
    pair: tuple[dict[str, object], dict[str, object]],
):
    """It leaves them to the reader of records, by a coarser rule: what that misses, nobody would refuse."""
    try:
        first, second = (_read(plain, place) for place, plain in enumerate(pair))
    except Problems:  # a field of one kind that another kind reads differently
        return
    if any(contradictions((first, second))):
        assert {*claimed_by(first)} & {*claimed_by(second)}
