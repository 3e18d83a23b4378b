"""One date for a whole cohort: the 2016 criteria, and a window that may open. `python -m benchmarks.cohort_one_date`

(a) The 2016 criteria from a map of 19 sites, six symptom items and an onset, with 0.4, 0.6 and 1 % blanks.
(b) Worst pain of the last 7 days at most 3, no mechanical therapy in them, and three sessions of mesotherapy.
Both three-valued, for every patient on day 83, from the Parquet table of records. Beside it the same answers from
lines of Polars written by hand for these very columns. A sample is held against the functions that decide for one
patient.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from assuage.instruments import CRITERIA
from assuage.instruments.severity import SSS_ITEMS
from assuage.measures.criteria import Criterion
from assuage.measures.notation import PATHWAY_START, all_of, records, score
from assuage.pathways.model import Pathway, Phase, Watch
from assuage.terms.publications import CASE
from assuage.terms.scales import PAIN
from assuage.terms.sites import WPI_SITES
from assuage.terms.sources import OURS
from assuage.terms.therapies import MECHANICAL, MESOTHERAPY
from assuage.terms.times import days
from benchmarks.generate import without_nulls, words

DAYS, CHUNK = 84, 10_000
SITES, ITEMS = tuple(WPI_SITES), tuple(item.id for item in SSS_ITEMS)
KINDS = ["answers", "symptom", "score", "therapy"]
CODES = [
    *(f"wpi.{code}" for code in SITES),
    *(f"sss.{code}" for code in ITEMS),
    *("widespread_pain", "pain", "mesotherapy", "spinal_manipulation"),
]
TEXTS = ['{"state":"new"}', '{"by":"patient"}']
OPEN = Criterion(
    "window",
    "Quiet, left alone, and three sessions",
    all_of(
        score(PAIN).past(days(7)).worst <= 3,
        records(MECHANICAL).past(days(7)).count < 1,
        records(MESOTHERAPY).since(PATHWAY_START).count >= 3,
    ),
    because="The question of the comparison.",
    source=CASE,
    numbers=OURS,
)
ONE_DATE = Pathway(
    "one-date",
    1,
    "One date",
    "A question.",
    (Phase("all", "All", "Everybody."),),
    (),
    (Watch(OPEN, "Open."),),
)


def columns(choose: np.random.Generator, patients: int) -> dict[str, Any]:
    """The columns of some patients' rows, in the order of the table."""
    before = len(SITES) + len(ITEMS) + 1
    slots = before + 3 * DAYS
    day = np.zeros(slots, np.int32)
    kind, code, text = (np.full(slots, -1, np.int8) for _ in range(3))
    kind[: before - 1], code[: before - 1] = 0, np.arange(before - 1)
    kind[before - 1], code[before - 1], text[before - 1] = 1, before - 1, 0
    by_day = slice(before, None)
    day[by_day] = np.repeat(np.arange(DAYS), 3)
    kind[by_day], code[by_day] = np.tile([2, 3, 3], DAYS), np.tile(np.arange(before, before + 3), DAYS)
    text[before::3] = 1
    value = np.full((patients, slots), np.nan, np.float32)
    there = np.zeros((patients, slots), bool)
    burden = choose.beta(2, 2, (patients, 1))
    maps = (choose.random((patients, len(SITES))) < burden).astype(np.float32)
    maps[choose.random(maps.shape) < 0.004] = np.nan
    highest = np.array([item.high for item in SSS_ITEMS])
    items = np.floor(choose.random((patients, len(ITEMS))) ** (1 - burden / 2) * (highest + 1)).astype(
        np.float32
    )
    items[choose.random(items.shape) < 0.006] = np.nan
    value[:, : len(SITES)], value[:, len(SITES) : before - 1] = maps, items
    there[:, : before - 1] = True
    there[:, before - 1] = choose.random(patients) >= 0.01
    onset = -choose.integers(10, 400, patients)
    level = 10 * choose.random((patients, 1)) ** 2
    pain = np.rint(np.clip(level + choose.normal(0, 1, (patients, DAYS)), 0, 10))
    value[:, before::3] = pain
    wrote = choose.random((patients, DAYS)) >= 0.2
    wrote[:, -7:] &= choose.random((patients, 1)) >= 0.02
    there[:, before::3] = wrote
    there[:, before + 1 :: 3] = choose.random((patients, DAYS)) < 0.05
    there[:, before + 2 :: 3] = choose.random((patients, DAYS)) < 0.01
    days_of = np.broadcast_to(day, there.shape).copy()
    days_of[:, before - 1] = onset
    order = np.r_[before - 1, np.arange(before - 1), np.arange(before, slots)]
    who, where = np.nonzero(there[:, order])
    where = order[where]
    return {
        "patient": who,
        "day": days_of[who, where],
        "kind": kind[where],
        "code": code[where],
        "value": value[who, where],
        "text": text[where],
    }


def generate(path: Path, patients: int, seed: int = 1) -> int:
    """Write the table; how many rows it has."""
    choose = np.random.default_rng(seed)
    writer: Any = None
    rows = 0

    for first in range(0, patients, CHUNK):
        values = columns(choose, min(CHUNK, patients - first))
        names = [f"p{first + number:08d}" for number in range(CHUNK)]
        table = pa.table(
            {
                "patient": pa.DictionaryArray.from_arrays(
                    pa.array(values["patient"].astype(np.int32)), names
                ).cast(pa.string()),
                "day": pa.array(values["day"]),
                "kind": words(values["kind"], KINDS),
                "code": words(values["code"], CODES),
                "value": pa.array(values["value"], mask=np.isnan(values["value"])),
                "text": words(values["text"], TEXTS),
            }
        )
        table = without_nulls(table, "value")
        rows += table.num_rows
        writer = writer or pq.ParquetWriter(path, table.schema, compression="lz4")
        writer.write_table(table)
    writer.close()
    return rows


def ours(path: Path, on: int = DAYS - 1) -> tuple[Any, Any, Any, float]:
    """Each patient's answers to (a) and (b) in two bits, and the CPU seconds of answering, the entries being read."""
    from assuage.cohort.criteria import CohortCriteria
    from assuage.engine.many.engine import Engine
    from assuage.engine.many.program.lower import lower
    from assuage.engine.many.rows.parquet import TableReader
    from assuage.engine.many.rows.vocabulary import Vocabulary

    engine, vocabulary, criteria = (
        Engine(lower(ONE_DATE), on),
        Vocabulary(),
        CohortCriteria((CRITERIA["fm_2016"],)),
    )
    names: list[Any] = []
    met: list[Any] = []
    window: list[Any] = []
    number = engine.lowered.criteria.index(OPEN)
    answering = 0.0
    for chunk in TableReader(path, vocabulary, 1 << 20).chunks():
        read = engine.named_entries(chunk, vocabulary)
        begun = time.process_time()
        judged = engine.judge_entries(read)
        names.append(judged.names)
        met.append(criteria.answers(judged)[0][:, 0])
        window.append(judged.states.answers[:, number])
        answering += time.process_time() - begun
    return pa.concat_arrays(names), np.concatenate(met), np.concatenate(window), answering


def by_hand(source: Any, on: int = DAYS - 1) -> Any:
    """The same in Polars, for these columns only: `patient`, `met`, `open` (null: unknown). `source`: a lazy frame."""
    import polars as pl

    from assuage.instruments.body import KIND, NOT_COUNTING

    rows = source
    wide = (
        rows.filter(pl.col("kind") == "answers")
        .group_by("patient")
        .agg(
            *(pl.col("value").filter(pl.col("code") == code).first().alias(code) for code in CODES[:25]),
        )
    )
    sites, items = CODES[:19], CODES[19:25]
    low = pl.sum_horizontal(pl.col(code).fill_null(0) for code in sites)
    high = pl.sum_horizontal(pl.col(code).fill_null(1) for code in sites)
    most = {f"sss.{item.id}": item.high for item in SSS_ITEMS}
    sss_low = pl.sum_horizontal(pl.col(code).fill_null(0) for code in items)
    sss_high = pl.sum_horizontal(pl.col(code).fill_null(most[code]) for code in items)
    regions = [[f"wpi.{site}" for site in SITES if KIND[site] == region] for region in range(NOT_COUNTING)]
    sure = pl.sum_horizontal(pl.max_horizontal(pl.col(c).fill_null(0) for c in each) for each in regions)
    may = pl.sum_horizontal(pl.max_horizontal(pl.col(c).fill_null(1) for c in each) for each in regions)

    def at_least(ends: tuple[Any, Any], bound: int) -> Any:
        return pl.when(ends[0] >= bound).then(True).when(ends[1] < bound).then(False).otherwise(None)

    wpi, sss = (low, high), (sss_low, sss_high)
    scores = (at_least(wpi, 7) & at_least(sss, 5)) | (at_least(wpi, 4) & at_least(sss, 9))
    onset = rows.filter(pl.col("code") == "widespread_pain").select("patient", began="day")
    met = wide.join(onset, on="patient", how="left").select(
        "patient", met=scores & at_least((sure, may), 4) & ((-pl.col("began") / 30.44) >= 3)
    )
    last = pl.col("day") > on - 7
    window = rows.group_by("patient").agg(
        worst=pl.col("value").filter((pl.col("code") == "pain") & last).max(),
        hands=(pl.col("code").eq("spinal_manipulation") & last).sum(),
        needles=pl.col("code").eq("mesotherapy").sum(),
    )
    opened = window.select(
        "patient", open=(pl.col("worst") <= 3) & (pl.col("hands") == 0) & (pl.col("needles") >= 3)
    )
    return met.join(opened, on="patient", how="left").sort("patient").collect()


def check(path: Path, names: Any, met: Any, window: Any, sample: int) -> None:
    """Hold the first patients against the functions that decide for one patient."""
    from assuage.engine.walk import walk
    from assuage.record.rows import read_table
    from assuage.record.timeline import Timeline
    from assuage.review.diagnosis import diagnosis

    code = {"unknown": 0, "yes": 1, "no": 2}
    table = pq.read_table(path, filters=[("patient", "<", names[sample].as_py())])
    with tempfile.TemporaryDirectory() as folder:
        pq.write_table(table, Path(folder) / "sample.parquet")
        records = read_table(Path(folder) / "sample.parquet")
    assert len(records) == sample
    for at, record in enumerate(records):
        timeline = Timeline(record)
        answer = diagnosis(record, timeline, DAYS - 1, (CRITERIA["fm_2016"],))["fm_2016"].scored.answer
        assert answer is not None
        assert met[at] == code[answer.value], record.patient.id
        view = walk(ONE_DATE, timeline, DAYS - 1).view(DAYS - 1)
        assert window[at] == code[view.truth(OPEN.test).value], record.patient.id


def run(patients: int, sample: int = 300) -> dict[str, float]:
    """Patients per CPU second, ours and by hand, with reading and without; the answers compared, a sample one by one.

    Without reading: from the table in the memory of each, ours as entries by number, theirs as a frame. So count
    the figures that the bar was set beside.
    """
    import polars as pl

    with tempfile.TemporaryDirectory() as folder:
        small, path = Path(folder) / "small.parquet", Path(folder) / "cohort.parquet"
        generate(small, 500)
        ours(small)  # compiles
        by_hand(pl.scan_parquet(small))
        rows = generate(path, patients)
        begun = time.process_time()
        names, met, window, answering = ours(path)
        spent = time.process_time() - begun
        begun = time.process_time()
        hand = by_hand(pl.scan_parquet(path))
        spent_by_hand = time.process_time() - begun
        frame = pl.read_parquet(path)
        begun = time.process_time()
        by_hand(frame.lazy())
        answering_by_hand = time.process_time() - begun
        check(path, names, met, window, min(sample, patients - 1))
    code = {None: 0, True: 1, False: 2}
    open_by_hand = np.array([code[answer] for answer in hand["open"].to_list()])
    met_by_hand = np.array([code[answer] for answer in hand["met"].to_list()])
    return {
        "patients": patients,
        "rows": rows,
        "ours": patients / spent,
        "by_hand": patients / spent_by_hand,
        "ours_read": patients / answering,
        "by_hand_read": patients / answering_by_hand,
        "met_otherwise": int((met_by_hand != met).sum()),
        "open_otherwise": int((open_by_hand != window).sum()),
        "met": int((met == 1).sum()),
        "met_unknown": int((met == 0).sum()),
        "open": int((window == 1).sum()),
        "open_unknown": int((window == 0).sum()),
    }


def main() -> None:
    """Print the bar."""
    parser = argparse.ArgumentParser(description="one date for a whole cohort")
    parser.add_argument("--patients", type=int, default=100_000)
    figures = run(parser.parse_args().patients)
    print(f"{figures['patients']:,.0f} patients, {figures['rows']:,.0f} rows; a sample checked one by one")
    print("  patients per CPU second      answering  with reading   (bar: 300,000)")
    print(f"  ours                      {figures['ours_read']:>12,.0f} {figures['ours']:>12,.0f}")
    print(f"  Polars by hand            {figures['by_hand_read']:>12,.0f} {figures['by_hand']:>12,.0f}")
    print(
        f"  by hand otherwise {figures['met_otherwise']:,.0f} criteria, {figures['open_otherwise']:,.0f} windows"
    )
    print(f"  2016 criteria met {figures['met']:,.0f}, unknown {figures['met_unknown']:,.0f};", end=" ")
    print(f"window open {figures['open']:,.0f}, unknown {figures['open_unknown']:,.0f}")


if __name__ == "__main__":
    main()
