"""Questionnaires that are sums are scored by the kernels exactly as one by one, whatever is missing of them."""

from __future__ import annotations

import tempfile
from pathlib import Path

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from assuage.cohort import review_cohort
from assuage.cohort.scores import score_of
from assuage.engine.many.engine import Engine
from assuage.engine.many.entries.sum_scores import FOLDED
from assuage.engine.many.program.lower import lower
from assuage.instruments import INSTRUMENTS
from assuage.pathways.registry import pathway
from assuage.record.entries import AnswersEntry
from assuage.record.read import parse_record
from assuage.record.rows import read_table
from assuage.record.table import to_frame
from assuage.record.timeline import Timeline
from tests.agree.both import assert_agreement, courses

EULAR = pathway("eular-2017")
LAST = 60


@st.composite
def answered(draw):
    """Answers to one of the instruments, some items left out or null, some out of range once in a while."""
    name = draw(st.sampled_from(sorted(FOLDED)))
    items = {}
    for number, item in enumerate(INSTRUMENTS[name].items, 1):
        key = draw(st.sampled_from([item.id, item.id, f"{number}"]))
        values = list(item.values) or list(range(item.low, item.high + 1))
        how = draw(st.integers(0, 9))
        if how:
            items[key] = None if how == 1 else draw(st.sampled_from(values))
    entry = {"kind": "answers", "instrument": name, "items": items or {INSTRUMENTS[name].items[0].id: None}}
    return entry | draw(st.sampled_from([{}, {"by": "patient"}, {"note": "an example"}]))


@st.composite
def patients(draw, name):
    told = draw(st.lists(answered(), min_size=1, max_size=6))
    entries = [{"day": 7 * at, **entry} for at, entry in enumerate(told)]
    return parse_record({"format": "assuage-record/2", "patient": {"id": name}, "entries": entries})


drawn = st.integers(1, 4).flatmap(lambda many: st.tuples(*(patients(f"p{at}") for at in range(many))))


@given(drawn)
def test_both_engines_agree_on_questionnaires(records):
    assert_agreement(EULAR, records, LAST)


@given(drawn)
def test_a_cohort_scores_each_questionnaire_as_it_is_scored_alone(records):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        to_frame(records).write_parquet(folder / "in.parquet")
        review_cohort(folder / "in.parquet", EULAR, folder / "out", on=LAST)
        table = pl.read_parquet(folder / "out" / "scores.parquet")
        read = read_table(folder / "in.parquet")
    alone = [
        (record.patient.id, entry.day, entry.instrument, score.low, score.high, score.severity)
        for record in read
        for entry in Timeline(record).answers(LAST)
        if (score := score_of(entry)) is not None
    ]
    assert sorted(table.rows(), key=str) == sorted(alone, key=str)


def test_answers_that_come_to_one_score_are_one_entry(tmp_path):
    records = [
        parse_record(
            {
                "format": "assuage-record/2",
                "patient": {"id": f"p{at}"},
                "entries": [
                    {
                        "day": 0,
                        "kind": "answers",
                        "instrument": "gad7",
                        "items": {"1": at, "2": 3 - at, "3": 1},
                    },
                    {
                        "day": 1,
                        "kind": "answers",
                        "instrument": "phq9",
                        "items": {"1": at, "2": 3 - at, "9": 0},
                    },
                    {"day": 2, "kind": "answers", "instrument": "phq9", "items": {"1": 2, "2": 0, "9": at}},
                ],
            }
        )
        for at in range(4)
    ]
    to_frame(records).write_parquet(tmp_path / "in.parquet")
    engine = Engine(lower(EULAR), LAST)
    assert courses(tmp_path / "in.parquet", engine)[0].fallback == 0
    # An answer that tells of a red flag counts by itself.
    distinct = [meaning.entry for meaning in engine.interner.entries if meaning.folded]
    folded = [entry.instrument for entry in distinct if isinstance(entry, AnswersEntry)]
    assert folded.count("gad7") == 1
    assert folded.count("phq9") == 1 + 4
