"""What else is made of a cohort does not depend on company either: days, a comparison, effects and the summary.

The tables of a review are asked in `test_company`; here each table that can be written is named, and each kind of
entry that can be recorded is drawn.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

pytest.importorskip("numba", reason="needs the extra assuage[cohort]")

from assuage.cohort.compare import compare_cohort
from assuage.cohort.panel import decode
from assuage.cohort.summary import summarise
from assuage.dynamics.cohort import Question, first_stage
from assuage.pathways.registry import pathway
from assuage.record.entries import KIND_OF, Record
from tests.agree.strategies import quicker
from tests.cohort.people import MOST, companies, pieces_of, review_tables, rows_of
from tests.small_pathway import SMALL
from tests.universe import everybody

PATHWAYS = {"neck-first": pathway("neck-first"), "small": SMALL}
TABLES = ("breaches", "criteria", "fallback", "panel", "rejected", "repeated", "scores", "state", "stays")


def test_every_table_that_a_review_writes_is_asked(tmp_path: Path):
    tables = review_tables([("in", rows_of(everybody()[0]))], tmp_path, SMALL, None)
    assert tuple(tables) == TABLES
    assert all("patient" in frame.columns for frame in tables.values())


def test_every_kind_of_entry_is_drawn():
    kinds: set[str] = set()

    @settings(
        max_examples=200,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(companies())
    def draw(people: Any) -> None:
        kinds.update(KIND_OF[type(entry)] for record in people for entry in record.entries)

    draw()
    assert kinds == {*KIND_OF.values()}


def _named(people: Sequence[pl.DataFrame], order: Sequence[int]) -> pl.DataFrame:
    """Everybody in one table, in this order, each named by the place in the company."""
    frames = [people[at].with_columns(patient=pl.lit(f"p{place:02}")) for place, at in enumerate(order)]
    return pl.concat(frames)


def _made_of(rows: pl.DataFrame, asked: str, piece: int) -> tuple[dict[str, dict[str, Any]], dict[str, Any]]:
    """By patient: every day, where a quicker pathway would lead, and the effects in the diary; and the summary."""
    names = rows["patient"].unique(maintain_order=True).to_list()
    with tempfile.TemporaryDirectory() as name, pieces_of(piece):
        folder = Path(name)
        tables = review_tables([("in", rows)], folder, PATHWAYS[asked], None)
        refused = {*tables["rejected"]["patient"]}
        days = {each: None if each in refused else decode(folder / "out", each) for each in names}
        compare_cohort(folder / "in", PATHWAYS[asked], quicker(PATHWAYS[asked]), folder / "compared")
        compared = pl.read_parquet(folder / "compared/diff.parquet")
        summary = summarise(folder / "out")
    effects = first_stage(rows, Question())
    made = {
        each: {"days": days[each], "compared": _of(compared, each), "effects": _of(effects, each)}
        for each in names
    }
    return made, summary


def _of(frame: pl.DataFrame, name: str) -> list[Mapping[str, Any]]:
    rows = frame.filter(pl.col("patient") == name).drop("patient").rows(named=True)
    return sorted(rows, key=repr)


@settings(max_examples=12)  # each is three whole runs of everything
@given(
    companies(),
    st.permutations(range(MOST)),
    st.integers(0, MOST - 1),
    st.sampled_from([2, 40, 100_000]),
    st.sampled_from(sorted(PATHWAYS)),
)
def test_days_a_comparison_and_effects_are_the_same_alone_and_in_any_company(
    people: Sequence[Record], places: list[int], someone: int, piece: int, asked: str
):
    company = [rows_of(record) for record in people]
    order = [at for at in places if at < len(company)]
    together, summary = _made_of(_named(company, order), asked, piece)
    place = someone % len(order)
    alone, _ = _made_of(_named(company, [order[place]]), asked, 100_000)
    assert together[f"p{place:02}"] == alone["p00"]
    again, summary_again = _made_of(_named(company, range(len(company))), asked, 100_000)
    assert [again[f"p{at:02}"] for at in order] == [together[f"p{place:02}"] for place in range(len(order))]
    assert _counts(summary_again) == _counts(summary)


def _counts(summary: dict[str, Any]) -> dict[str, Any]:
    """The summary without the problems, which it quotes with their places in a file."""
    return {key: value for key, value in summary.items() if key != "problems"}
