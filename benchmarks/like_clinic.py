"""The plain table of `benchmarks.generate` with what tables of clinics have: each feature alone, or all together.

    python -m benchmarks.like_clinic                      # CPU per patient-day of each feature, over the plain table
    python -m benchmarks.like_clinic --command            # the command on the plain table and on all, with a panel
    python -m benchmarks.like_clinic --write table.parquet --features notes ids

Beside each stands what the columnar library needs to decode the same file alone, which no engine can be quicker than,
and the peak of memory. A feature changes or adds rows of the plain table; what it is stands beside its function. All
of it is seeded.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from benchmarks.generate import generate

Choose = np.random.Generator
DAYS = 84
TEN_YEARS = 3_650
_WORDS = (
    "slept badly",
    "long walk",
    "rain",
    "visitors",
    "went to work",
    "prasta diena",
    "Kopfweh am Abend",
    "better",
)
_DRUGS = (
    "pregabalin",
    "duloxetine",
    "ibuprofen",
    "paracetamol",
    "tramadol",
    "sertraline",
    "melatonin",
    "omeprazole",
)
_WHEN = (
    "at night",
    "1-0-1",
    "bd",
    "tds",
    "as needed up to 3 times a day",
    "every 12 hours",
    "0-0-1",
    "in the morning",
)
_STRAY = (
    "burning feet",
    "brain fog",
    "jaw clicks",
    "hot flushes",
    "itchy arms",
    "cold hands",
    "dry mouth",
    "floaters",
)


def _text(choose: Choose, rows: int, field: Callable[[int], dict[str, Any]]) -> list[str]:
    """As many texts of rows, each of a random number."""
    return [json.dumps(field(int(number)), ensure_ascii=False) for number in choose.integers(0, 2**62, rows)]


def _some(frame: pl.DataFrame, choose: Choose, share: float, kind: str = "score") -> pl.DataFrame:
    """That share of the rows of a kind, with `at`, their places in the frame."""
    at = frame.with_row_index("at").filter(pl.col("kind") == kind)
    return at.filter(pl.Series(choose.random(at.height) < share))


def _changed(frame: pl.DataFrame, rows: pl.DataFrame, column: str, values: Any) -> pl.DataFrame:
    """The frame with other values in a column of some of its rows."""
    whole = frame[column].to_list()
    for at, value in zip(rows["at"].to_list(), values, strict=True):
        whole[at] = value
    return frame.with_columns(pl.Series(column, whole, frame.schema[column]))


def _added(frame: pl.DataFrame, rows: list[dict[str, Any]]) -> pl.DataFrame:
    """The frame with some rows more, those of a patient by day."""
    empty = {"minute": None, "site": "", "value": None, "text": ""}
    more = pl.DataFrame([{**empty, **row} for row in rows], schema=frame.schema)
    return pl.concat([frame, more]).sort("patient", "day", maintain_order=True)


def _patients(frame: pl.DataFrame) -> list[str]:
    return frame["patient"].unique(maintain_order=True).to_list()


def notes(frame: pl.DataFrame, choose: Choose) -> pl.DataFrame:
    """One score in twenty has a note of its own."""
    rows = _some(frame, choose, 0.05)
    texts = _text(
        choose, rows.height, lambda n: {"by": "patient", "note": f"{_WORDS[n % len(_WORDS)]} {n % 10**6}"}
    )
    return _changed(frame, rows, "text", texts)


def ids(frame: pl.DataFrame, choose: Choose) -> pl.DataFrame:
    """Every row has an id, an author and the moment of its writing, but for facts and items of questionnaires."""
    texts: list[str | None] = []
    numbers = choose.integers(0, 2**62, frame.height).tolist()
    for number, text, patient, kind in zip(
        numbers, frame["text"], frame["patient"], frame["kind"], strict=True
    ):
        labels = {"author": patient, "entered": "2026-11-28T10:00:00+02:00", "id": f"{number:016x}"}
        bare = kind in ("patient", "answers")
        texts.append(text if bare else json.dumps(labels | json.loads(text or "{}"), ensure_ascii=False))
    return frame.with_columns(pl.Series("text", texts, pl.String))


def corrected(frame: pl.DataFrame, choose: Choose) -> pl.DataFrame:
    """One score in fifty is replaced by another one, written later."""
    rows = _some(frame, choose, 0.02)
    named = [f"{number:016x}" for number in choose.integers(0, 2**62, rows.height)]
    first = [json.dumps({"by": "patient", "id": name}) for name in named]
    more = [
        {
            **row,
            "value": float(choose.integers(0, 11)),
            "text": json.dumps({"by": "patient", "replaces": name}),
        }
        for row, name in zip(rows.drop("at").to_dicts(), named, strict=True)
    ]
    return _added(_changed(frame, rows, "text", first), more)


def repeats(frame: pl.DataFrame, choose: Choose) -> pl.DataFrame:
    """One score in fifty is there twice; none that was corrected, for the other one would contradict the correction."""
    rows = _some(frame, choose, 0.02).filter(~pl.col("text").str.contains('"(?:id|replaces)"'))
    return _added(frame, rows.drop("at").to_dicts())


def doses(frame: pl.DataFrame, choose: Choose) -> pl.DataFrame:
    """The drug of the plain table and three others, with doses as people type them, changed every fortnight."""
    rows: list[dict[str, Any]] = []
    for patient in _patients(frame):
        for drug in choose.choice(_DRUGS, 3, replace=False).tolist():
            for day in range(0, DAYS, 14):
                dose = {
                    "amount": round(float(choose.integers(1, 60)) * 2.5, 1),
                    "unit": "mg",
                    "when": str(choose.choice(_WHEN)),
                }
                text = {"do": "change" if day else "start", "doses": [dose]}
                rows.append(
                    {
                        "patient": patient,
                        "day": day,
                        "kind": "medication",
                        "code": drug,
                        "text": json.dumps(text),
                    }
                )
    return _added(frame, rows)


def taken(frame: pl.DataFrame, choose: Choose) -> pl.DataFrame:
    """Doses as they were taken, of the drug that the pathway asks for, once a week; how regularly, once a month."""
    rows: list[dict[str, Any]] = []
    for patient in _patients(frame):
        for day in range(3, DAYS, 7):
            text = json.dumps({"doses": [{"amount": float(choose.integers(1, 4)) * 10, "unit": "mg"}]})
            rows.append(
                {"patient": patient, "day": day, "kind": "intake", "code": "amitriptyline", "text": text}
            )
        for day in range(30, DAYS, 30):
            text = json.dumps({"taken": round(float(choose.uniform(0.1, 1)), 2)})
            rows.append(
                {"patient": patient, "day": day, "kind": "adherence", "code": "amitriptyline", "text": text}
            )
    return _added(frame, rows)


def measured(frame: pl.DataFrame, choose: Choose) -> pl.DataFrame:
    """Age and sex, and a creatinine, an ALT and a blood pressure every four weeks."""
    rows: list[dict[str, Any]] = []
    for patient in _patients(frame):
        sex = ("female", "male")[int(choose.integers(0, 2))]
        rows.append({"patient": patient, "day": 0, "kind": "patient", "code": "sex", "text": sex})
        rows.append(
            {
                "patient": patient,
                "day": 0,
                "kind": "patient",
                "code": "age",
                "value": float(choose.integers(20, 80)),
            }
        )
        for day in range(0, DAYS, 28):
            for what, unit, low, high in (("creatinine", "µmol/l", 45, 160), ("ALT", "U/l", 8, 120)):
                text = json.dumps(
                    {"unit": unit, "value": float(choose.integers(low, high))}, ensure_ascii=False
                )
                rows.append(
                    {"patient": patient, "day": day, "kind": "measurement", "code": what, "text": text}
                )
    return _added(frame, rows)


def no_medication(frame: pl.DataFrame, choose: Choose) -> pl.DataFrame:
    """A third of the patients say that they take nothing, and start what they take later."""
    told = {patient for patient in _patients(frame) if choose.random() < 0.33}
    whose = pl.col("patient").is_in(list(told))
    begins = whose & (pl.col("kind") == "medication") & (pl.col("day") < 40)
    takes = whose & pl.col("kind").is_in(["intake", "adherence"]) & (pl.col("day") <= 40)
    moved = frame.filter(~takes).with_columns(
        day=pl.when(begins).then(pl.col("day") + 40).otherwise(pl.col("day")).cast(pl.Int32)
    )
    rows = [
        {
            "patient": each,
            "day": 0,
            "kind": "finding",
            "code": "takes no medication",
            "text": '{"state":"present"}',
        }
        for each in sorted(told)
    ]
    return _added(moved, rows)


def questionnaires(frame: pl.DataFrame, choose: Choose) -> pl.DataFrame:
    """PHQ-9 and GAD-7 every fortnight, item by item, some without an answer."""
    rows: list[dict[str, Any]] = []
    for patient in _patients(frame):
        for day in range(0, DAYS, 14):
            for instrument, items in (("phq9", 9), ("gad7", 7)):
                for item in range(1, items + 1):
                    answer = 0.0 if item == 9 else float(choose.integers(0, 4))
                    code = f"{instrument}.{item}"
                    if choose.random() > 0.02:
                        rows.append(
                            {
                                "patient": patient,
                                "day": day,
                                "kind": "answers",
                                "code": code,
                                "value": answer,
                                "text": None,
                            }
                        )
    return _added(frame, rows)


def minutes(frame: pl.DataFrame, choose: Choose) -> pl.DataFrame:
    """Seven scores in ten have a time."""
    rows = _some(frame, choose, 0.7)
    return _changed(frame, rows, "minute", (8 * 60 + choose.integers(0, 720, rows.height)).tolist())


def decimals(frame: pl.DataFrame, choose: Choose) -> pl.DataFrame:
    """Three scores in ten are no whole numbers."""
    rows = _some(frame, choose, 0.3)
    return _changed(frame, rows, "value", np.round(choose.uniform(0, 10, rows.height), 1).tolist())


def nulls(frame: pl.DataFrame, choose: Choose) -> pl.DataFrame:
    """Nulls in place of empty texts."""
    return frame.with_columns(
        pl.when(pl.col(name).cast(pl.String) == "").then(None).otherwise(pl.col(name)).alias(name)
        for name in ("site", "text")
    )


def stray_words(frame: pl.DataFrame, choose: Choose) -> pl.DataFrame:
    """Two symptoms of a patient in words that nothing reads, one of them nobody else's."""
    rows: list[dict[str, Any]] = []
    for patient in _patients(frame):
        for what in (str(choose.choice(_STRAY)), f"{choose.choice(_STRAY)} {int(choose.integers(0, 10**6))}"):
            day = int(choose.integers(0, DAYS))
            rows.append(
                {
                    "patient": patient,
                    "day": day,
                    "kind": "symptom",
                    "code": what,
                    "text": '{"state":"present"}',
                }
            )
    return _added(frame, rows)


def any_order(frame: pl.DataFrame, choose: Choose) -> pl.DataFrame:
    """The days of a patient stand in any order, and facts of the patient anywhere among them."""
    days = frame.select("patient", "day", pl.col("kind") == "patient").unique(maintain_order=True)
    by = days.with_columns(by=pl.Series(choose.random(days.height)))
    mixed = frame.with_columns(fact=pl.col("kind") == "patient").join(
        by.rename({"kind": "fact"}), on=["patient", "day", "fact"], how="left", maintain_order="left"
    )
    return mixed.sort("patient", "by", maintain_order=True).drop("by", "fact")


def ten_years(frame: pl.DataFrame, choose: Choose) -> pl.DataFrame:
    """One patient in a hundred has ten years."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "long.parquet"
        generate(
            path, max(len(_patients(frame)) // 100, 1), days=TEN_YEARS, seed=int(choose.integers(0, 2**31))
        )
        long = pl.read_parquet(path).cast(dict(frame.schema))  # type: ignore[arg-type]
    return pl.concat([frame, long.with_columns((pl.lit("t") + pl.col("patient")).alias("patient"))])


FEATURES: dict[str, Callable[[pl.DataFrame, Choose], pl.DataFrame]] = {
    feature.__name__: feature
    for feature in (
        notes, ids, corrected, repeats, doses, taken, measured, no_medication, questionnaires, minutes, decimals, nulls,
        stray_words, any_order, ten_years,
    )
}  # fmt: skip
# Together: rows are added before they are labelled, and labelled before they are mixed.
_ORDER = (
    "ten_years", "doses", "taken", "measured", "no_medication", "questionnaires", "stray_words", "minutes", "decimals",
    "notes", "corrected", "repeats", "ids", "any_order", "nulls",
)  # fmt: skip


def write_like_clinic(path: Path, patients: int, features: list[str], seed: int = 1) -> int:
    """Write the plain table with these features; how many rows it has."""
    choose = np.random.default_rng(seed)
    generate(path, patients, days=DAYS, seed=seed)
    frame = pl.read_parquet(path)
    frame = frame.with_columns(
        pl.col("code", "kind", "text", "site").cast(pl.String), pl.col("minute").cast(pl.Int16)
    )
    for feature in _ORDER:
        if feature in features:
            frame = FEATURES[feature](frame, choose)
    frame.write_parquet(path, row_group_size=1_000_000)
    return frame.height


def stays_of(path: Path, twice: bool) -> dict[str, Any]:
    """What a run from the table to stays costs in this process; `twice` leaves the compiling of kernels out."""
    from assuage.cohort.run import MOST_ROWS
    from assuage.engine.many.engine import Engine
    from assuage.engine.many.entries.entry_table import FallbackReason
    from assuage.engine.many.program.lower import lower
    from assuage.engine.many.rows.parquet import TableReader
    from assuage.engine.many.rows.vocabulary import Vocabulary
    from assuage.pathways.registry import pathway

    program = lower(pathway("neck-first"))
    figures: dict[str, Any] = {}
    for _ in range(1 + twice):
        engine, vocabulary = Engine(program, DAYS - 1), Vocabulary()
        begun = time.process_time()
        why: dict[str, int] = {}
        fallback = days = patients = rows = 0
        for chunk in TableReader(path, vocabulary, MOST_ROWS).chunks():
            result = engine.run(chunk, vocabulary)
            fallback += result.fallback
            patients += result.route.size
            rows += chunk.rows.day.size
            days += int(result.days[-1])
            for reason in FallbackReason:
                many = int(((result.why & reason) != 0).sum())
                if many:
                    why[reason.name] = why.get(reason.name, 0) + many
        figures = {
            "cpu": time.process_time() - begun,
            "patients": patients,
            "days": days,
            "fallback": fallback,
        }
        figures |= {"rows": rows, "why": why, "entries": len(engine.interner.entries)}
    figures |= {"decode": decoding_of(path), "peak_mb": peak_mb()}
    return figures


def decoding_of(path: Path) -> float:
    """What the library alone needs to decode a file, in CPU-seconds."""
    from assuage.cohort.run import MOST_ROWS
    from assuage.record.table_reader import opened

    begun = time.process_time()
    for _ in opened(path).iter_batches(batch_size=MOST_ROWS, use_threads=False):
        pass
    return time.process_time() - begun


def peak_mb() -> float:
    """The most memory that this process held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def command_of(path: Path, panel: bool) -> dict[str, Any]:
    """What the command costs from files to files, without its start and the compiling of kernels."""
    from assuage.cohort import review_cohort
    from assuage.pathways.registry import pathway

    figures: dict[str, Any] = {}
    for _ in range(2):
        with tempfile.TemporaryDirectory() as name:
            begun = time.process_time()
            done = review_cohort(path, pathway("neck-first"), Path(name) / "out", on=DAYS - 1, panel=panel)
            spent = time.process_time() - begun
        figures = {"cpu": spent, "patients": done.patients, "rows": done.rows, "peak_mb": peak_mb()}
    return figures


def main() -> None:
    """Print the figures of each feature, or write one table."""
    parser = argparse.ArgumentParser(description="what the features of a clinic's tables cost")
    parser.add_argument("--patients", type=int, default=2_000)
    parser.add_argument("--features", nargs="*", default=[*FEATURES], choices=[*FEATURES])
    parser.add_argument("--write", type=Path, help="write one table with these features")
    parser.add_argument("--command", action="store_true", help="the command itself, with and without a panel")
    parser.add_argument("--of", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--review", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--panel", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.of:
        print(json.dumps(stays_of(args.of, twice=True)))
        return
    if args.review:
        print(json.dumps(command_of(args.review, args.panel)))
        return
    if args.write:
        print(f"{args.write}: {write_like_clinic(args.write, args.patients, args.features)} rows")
        return
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "table.parquet"
        if args.command:
            print_command(path, args.patients, args.features)
        else:
            print_features(path, args.patients, args.features)


def figures_of(*words: str) -> dict[str, Any]:
    """What a process of its own says."""
    command = [sys.executable, "-m", "benchmarks.like_clinic", *words]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def print_features(path: Path, patients: int, features: list[str]) -> None:
    """A line for each feature alone, and one for all."""
    plain = base = 0.0
    print(
        f"{'feature':<16}{'CPU-s':>8}{'x plain':>9}{'a row':>8}{'decode':>8}{'x decode':>9}{'MB':>6}"
        f"{'fallback':>9}{'distinct':>9}  why"
    )
    for label, some in (("plain", []), *((each, [each]) for each in features), ("all", features)):
        write_like_clinic(path, patients, some)
        figures = figures_of("--of", str(path))
        a_row = figures["cpu"] / figures["rows"]
        plain, base = plain or figures["cpu"], base or a_row
        print(
            f"{label:<16}{figures['cpu']:>8.3f}{figures['cpu'] / plain:>9.2f}{a_row / base:>8.2f}"
            f"{figures['decode']:>8.3f}{figures['cpu'] / figures['decode']:>9.2f}{figures['peak_mb']:>6.0f}"
            f"{figures['fallback']:>9}{figures['entries']:>9}  {figures['why'] or ''}",
            flush=True,
        )


def print_command(path: Path, patients: int, features: list[str]) -> None:
    """The command on the plain table and on one with all features, without and with a panel of every day."""
    print(f"{'table':<16}{'output':<10}{'CPU-s':>8}{'M days/CPU-s':>14}{'M rows/CPU-s':>14}{'MB':>6}")
    for label, some in (("plain", []), ("all", features)):
        write_like_clinic(path, patients, some)
        for output in ("state", "panel"):
            figures = figures_of("--review", str(path), *(["--panel"] * (output == "panel")))
            days, rows = (
                figures[of] * each / figures["cpu"] / 1e6 for of, each in (("patients", DAYS), ("rows", 1))
            )
            print(
                f"{label:<16}{output:<10}{figures['cpu']:>8.3f}{days:>14.2f}{rows:>14.2f}{figures['peak_mb']:>6.0f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
