"""Tables with more words and more distinct entries than are remembered at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from assuage.cohort import review_cohort, run
from assuage.engine.many import engine
from assuage.engine.many.rows import vocabulary
from tests.cohort.tables import pain, written
from tests.small_pathway import SMALL


def notes(patients: int, each: int) -> list[dict[str, Any]]:
    """Patients with a note of their own words for every day, and a score beside it."""
    return [
        row
        for who in range(patients)
        for day in range(each)
        for row in (
            pain(f"p{who:04d}", day),
            pain(f"p{who:04d}", day, None, kind="note", code=None, text=f"said {who} on {day}"),
        )
    ]


@contextmanager
def reviewed_alike(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The tables of a review in one piece are those of one in small pieces with what is set within."""
    path = written(folder / "in.parquet", notes(30, 10))
    review_cohort(path, SMALL, folder / "whole", on=70)
    yield
    monkeypatch.setattr(run, "_FEWEST_ROWS", 70)
    monkeypatch.setattr(run, "MOST_ROWS", 70)
    review_cohort(path, SMALL, folder / "forgetful", on=70)
    for name in ("stays", "state", "rejected", "scores"):
        one, other = (pq.read_table(folder / where / f"{name}.parquet") for where in ("whole", "forgetful"))
        assert one.to_pylist() == other.to_pylist()


def test_a_first_piece_may_hold_more_distinct_entries_than_are_looked_up_at_once(tmp_path: Path) -> None:
    path = written(tmp_path / "in.parquet", notes(90, 60))
    done = review_cohort(path, SMALL, tmp_path / "out", on=70)
    assert (done.patients, done.rejected, done.fallback) == (90, 0, 0)


def test_forgetting_words_between_two_pieces_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with reviewed_alike(tmp_path, monkeypatch):
        monkeypatch.setattr(vocabulary, "MOST_TEXTS", 50)


def test_forgetting_distinct_entries_between_two_pieces_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forgotten = []
    with reviewed_alike(tmp_path, monkeypatch):
        monkeypatch.setattr(engine, "MOST_MEANINGS", 50)
        monkeypatch.setattr(engine.Engine, "forget", _told(engine.Engine.forget, forgotten))
    assert len(forgotten) > 3


def _told(forget: Any, forgotten: list[int]) -> Any:
    def told(of: engine.Engine) -> None:
        forget(of)
        forgotten.append(1)

    return told
