"""No answer depends on company: who else is in the table, in which order, pieces and files, and which engine looks."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as some

pytest.importorskip("numba", reason="needs the extra assuage[cohort]")

from assuage.engine.many import engine
from assuage.pathways.registry import pathway
from tests.cohort.people import CHANGES, MOST, companies, pieces_of, review_tables, rows_of, said_of
from tests.small_pathway import SMALL

PATHWAYS = {"neck-first": pathway("neck-first"), "small": SMALL}  # by a name that is short to show
Said = dict[str, list[dict[str, Any]]]


def _alone(rows: pl.DataFrame, asked: str, on: int | None) -> Said:
    with tempfile.TemporaryDirectory() as folder:
        return said_of(review_tables([("in", rows)], Path(folder), PATHWAYS[asked], on), "one", 0)


def _together(
    everybody: list[pl.DataFrame], order: list[int], files: int, asked: str, on: int | None
) -> list[Said]:
    """What is said of each of them in one cohort, named by their place in the order, in some files."""
    names = {at: f"p{place:02}" for place, at in enumerate(order)}
    held: list[list[pl.DataFrame]] = [[] for _ in range(files)]
    first: dict[int, int] = {}
    for place, at in enumerate(order):
        own = held[place % files]
        first[at] = sum(len(frame) for frame in own)
        own.append(everybody[at].with_columns(patient=pl.lit(names[at])))
    written = [(f"file{number}", pl.concat(own)) for number, own in enumerate(held) if own]
    with tempfile.TemporaryDirectory() as folder:
        tables = review_tables(written, Path(folder), PATHWAYS[asked], on)
        return [said_of(tables, names[at], first[at]) for at in range(len(everybody))]


def _differences(one: Said, other: Said) -> list[Any]:
    return [(table, one[table], other[table]) for table in one if one[table] != other[table]]


@given(
    companies(),
    some.lists(some.sampled_from(CHANGES), min_size=MOST, max_size=MOST),
    some.permutations(range(MOST)),
    some.sampled_from([1, 40, 100_000]),
    some.integers(1, 3),
    some.sampled_from(["neck-first", "neck-first", "small"]),
    some.sampled_from([None, None, 0, 24, 30]),
)
def test_a_patient_is_told_the_same_alone_and_in_any_company(
    people, changes, places, piece, files, asked, on
):
    everybody = [change(rows_of(record)) for record, change in zip(people, changes, strict=False)]
    order = [at for at in places if at < len(everybody)]
    with pieces_of(piece):
        told = _together(everybody, order, files, asked, on)
    for rows, said in zip(everybody, told, strict=True):
        assert _differences(said, _alone(rows, asked, on)) == []


def _everyone(names: Any) -> Any:
    return np.arange(len(names))


@given(
    companies(),
    some.sampled_from(CHANGES),
    some.sampled_from(["neck-first", "neck-first", "small"]),
    some.sampled_from([None, None, 0, 24, 30]),
)
def test_the_reference_engine_one_by_one_says_what_the_kernels_say(people, change, asked, on):
    everybody = [change(rows_of(record)) for record in people]
    order = list(range(len(everybody)))
    told = _together(everybody, order, 1, asked, on)
    with patch.object(engine, "_odd", _everyone):  # everybody goes the long way
        expected = _together(everybody, order, 1, asked, on)
    for said, wanted in zip(told, expected, strict=True):
        wanted["fallback"] = said["fallback"]  # which way was gone is all that may differ
        assert _differences(said, wanted) == []
