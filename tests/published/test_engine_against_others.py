"""The reference engine against other people's arithmetic: Polars for windows, the standard library for slopes.

The second implementation shares nothing with ours but the question, so an error in a window's edge, in what
counts as a day, or in how days without a value are treated would show.
"""

from __future__ import annotations

import statistics

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assuage.engine.reference import View
from assuage.measures.notation import PATHWAY_START, score
from assuage.record.timeline import Timeline
from assuage.terms.scales import PAIN
from assuage.terms.times import days
from tests.spec.conftest import record

diaries = st.dictionaries(
    st.tuples(st.integers(0, 30), st.integers(0, 23)), st.integers(0, 10), min_size=1, max_size=60
)


def view(diary: dict[tuple[int, int], int], day: int) -> View:
    entries = [
        {"day": on, "time": f"{hour:02}:00", "kind": "score", "scale": "pain", "value": value}
        for (on, hour), value in diary.items()
    ]
    return View(Timeline(record(entries)), day, started=0, entered=0)


def by_polars(diary: dict[tuple[int, int], int], first: int, last: int) -> pl.DataFrame:
    """One row a day with its worst value, in a window with both ends in it."""
    frame = pl.DataFrame(
        {"day": [on for on, _ in diary], "value": [float(value) for value in diary.values()]},
        schema={"day": pl.Int32, "value": pl.Float64},
    )
    daily = frame.group_by("day").agg(pl.col("value").max()).sort("day")
    return daily.filter(pl.col("day").is_between(first, last, closed="both"))


@given(diaries, st.integers(0, 35), st.integers(1, 14), st.integers(1, 4))
def test_windows_agree_with_polars(diary, day, span, needing):
    window = score(PAIN).past(days(span), needing=min(needing, span))
    daily = by_polars(diary, day - span + 1, day)
    enough = daily.height >= min(needing, span)
    here = view(diary, day)
    wanted = {
        "worst": daily["value"].max(),
        "best": daily["value"].min(),
        "mean": daily["value"].mean(),
        "last": daily["value"].last() if daily.height else None,
    }
    for how, value in wanted.items():
        got = here.value(getattr(window, how))
        if not enough:
            assert got is None
        else:
            assert got is not None
            assert got.low == got.high == pytest.approx(value)


@given(diaries, st.integers(0, 35))
def test_a_slope_is_that_of_the_standard_library_in_points_per_week(diary, day):
    daily = by_polars(diary, 0, day)
    got = view(diary, day).value(score(PAIN).since(PATHWAY_START).slope)
    if daily.height < 2:
        assert got is None
    else:
        slope = statistics.linear_regression(daily["day"].to_list(), daily["value"].to_list()).slope
        assert got is not None
        assert got.low == pytest.approx(7 * slope, abs=1e-9)
