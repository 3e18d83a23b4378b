"""Input that is not right, through the command line: a clear refusal, or a counted and listed one."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from assuage.cohort import review_cohort
from assuage.errors import Problems
from assuage.record.read import read_record
from assuage.record.rows import read_table
from assuage.record.table import to_frame
from tests.cohort.tables import SCHEMA, assuage, frames, pain, written
from tests.small_pathway import SMALL

CASE = Path(__file__).parent.parent.parent / "examples" / "case.yaml"
WHOLE = ["breaches", "criteria", "fallback", "rejected", "repeated", "scores", "state", "stays"]


def reviewed(path, out, *more):
    return assuage("cohort", "review", path, "-o", out, "--on", 5, "--pathway", "neck-first", *more)


# --- files that cannot be used: exit status 2, and nothing is written ------------------------------


def _text(path):
    path.write_text("patient,day\na,1\n")


def _nothing(path):
    path.write_bytes(b"")


def _folder(path):
    path.mkdir()


def _cut(path):
    written(path, [pain("a", 1)])
    path.write_bytes(path.read_bytes()[:-100])


def _column_twice(path):
    table = pa.table(
        {"patient": ["a"], "kind": ["score"], "code": ["pain"], "day": pa.array([1], pa.int32())}
    )
    pq.write_table(
        pa.Table.from_arrays([*table.columns, table["day"]], names=[*table.column_names, "day"]), path
    )


def _unsorted(path):
    written(path, [pain("b", 1), pain("a", 1)])


def _nobody(path):
    written(path, [pain("", 1)])


def _lists(path):
    written(path, [pain("a", 1, text=["x"])], text=pa.list_(pa.string()))


def _fractions(path):
    written(path, [pain("a", 1.5)], day=pa.float64())


def _numbers_for_names(path):
    written(path, [pain(1, 1)], patient=pa.int64())


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (_text, "not a Parquet file that can be read to its end"),
        (_nothing, "not a Parquet file that can be read to its end"),
        (_folder, "no .parquet file in the folder"),
        (_cut, "cut short"),
        (_column_twice, '"day" is there 2 times; keep one'),
        (_unsorted, 'row 2 patient: "a" comes after "b"; sort the file by patient'),
        (_nobody, "row 1 patient: is missing"),
        (_lists, '"text" must be text, not list'),
        (_fractions, '"day" must be whole numbers, not double'),
        (_numbers_for_names, '"patient" must be text, not int64'),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_the_reason(make, says, tmp_path):
    make(tmp_path / "in.parquet")
    status, output, said = reviewed(tmp_path / "in.parquet", tmp_path / "out")
    assert (status, output) == (2, "")
    assert says in said
    assert not list((tmp_path / "out").glob("*"))


def test_a_patient_in_two_files_is_named_with_both(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    written(folder / "1.parquet", [pain("a", 1), pain("b", 1)])
    written(folder / "2.parquet", [pain("b", 2), pain("c", 1)])
    status, _, said = reviewed(folder, tmp_path / "out")
    assert status == 2
    assert (
        'patient "b": is in 1.parquet and 2.parquet; keep each patient in one file: assuage cohort merge'
        in said
    )


# --- one verdict: what the cohort refuses, check and convert refuse in the same words ------------------


def _three_verdicts(table, tmp_path):
    """Exit status and messages of check, convert and cohort."""
    asked = {
        "check": ("check", table),
        "convert": ("convert", table, "-o", tmp_path / "converted"),
        "cohort": ("cohort", "review", table, "-o", tmp_path / "out", "--on", 5, "--pathway", "neck-first"),
    }
    answers = {name: assuage(*words) for name, words in asked.items()}
    return {name: (status, messages.splitlines()) for name, (status, _, messages) in answers.items()}


@pytest.mark.parametrize("names", [("a", "b", "a"), ("a ", "a"), ("b", "a")])
def test_rows_out_of_order_are_refused_by_every_command_with_the_same_row(names, tmp_path):
    path = written(tmp_path / "in.parquet", [pain(name, day) for day, name in enumerate(names)])
    before, name = names[-2:]
    told = f'"{name}" comes after "{before}"; sort the file by patient: assuage cohort sort'
    problem = f"  row {len(names)} patient: {told}"
    for status, lines in _three_verdicts(path, tmp_path).values():
        assert status == 2
        assert lines[1:] == [problem]


def test_a_patient_in_two_files_is_refused_by_every_command_in_the_same_words(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    written(folder / "1.parquet", [pain("a", 1)])
    written(folder / "2.parquet", [pain("a", 2), pain("b", 1)])
    problem = (
        '  patient "a": is in 1.parquet and 2.parquet; keep each patient in one file: assuage cohort merge'
    )
    for status, lines in _three_verdicts(folder, tmp_path).values():
        assert status == 2
        assert lines[1:] == [problem]


def test_a_record_that_is_in_two_files_is_never_put_together_and_judged(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    table = to_frame([read_record(CASE)])
    for name in ("1", "2"):
        table.write_parquet(folder / f"{name}.parquet")
    verdicts = _three_verdicts(folder, tmp_path)
    assert {status for status, _ in verdicts.values()} == {2}
    assert len({tuple(lines[1:]) for _, lines in verdicts.values()}) == 1
    assert len(verdicts["check"][1]) == 2


def test_pages_that_are_damaged_are_an_error_of_the_file(tmp_path):
    path = written(tmp_path / "in.parquet", [pain(f"p{at:05}", day) for at in range(500) for day in range(9)])
    whole = bytearray(path.read_bytes())
    whole[200:1200] = b"\xff" * 1000
    path.write_bytes(whole)
    status, _, said = reviewed(path, tmp_path / "out")
    assert status == 2
    assert "Parquet file" in said or "cannot be read beyond row" in said
    assert not list((tmp_path / "out").glob("*.parquet"))


# --- patients that are refused, and nobody else: exit status 1, counted and listed ------------------


@pytest.mark.parametrize(
    ("row", "types", "says"),
    [
        (pain("b", 2**40), {"day": pa.int64()}, "must be -36525 to 36525"),
        (pain("b", 2**63), {"day": pa.uint64()}, "must be -36525 to 36525"),
        (pain("b", -(2**31)), {}, "must be -36525 to 36525"),
        (pain("b", 1, minute=10**12), {"minute": pa.int64()}, "must be 0 to 1439"),
        (pain("b", 1, float("inf")), {}, "must be a finite number"),
        (pain("b", 1, -1.0), {}, "pain is scored 0 to 10"),
        (pain("b\x00b", 1), {}, "holds a control character"),
        (pain("b ", 1, kind=""), {}, "is missing"),
    ],
)
def test_a_patient_who_cannot_be_judged_is_listed_and_nobody_else_is_lost(row, types, says, tmp_path):
    path = written(tmp_path / "in.parquet", [pain("a", 1), row, pain("c", 1)], **types)
    status, output, said = reviewed(path, tmp_path / "out")
    assert (status, said) == (1, "")
    assert "2 patients reviewed from 3 rows" in output
    assert "1 patient refused" in output
    found = frames(tmp_path / "out")
    assert list(found) == WHOLE
    assert found["state"]["patient"].to_list() == ["a", "c"]
    assert found["rejected"]["patient"].unique().to_list() == [row["patient"]]
    assert says in found["rejected"]["problem"][0]


def test_the_cohort_refuses_whom_the_reader_of_one_table_refuses(tmp_path):
    rows = [
        pain("a", 1),
        pain("b", 1, 11.0),
        pain("c", 99_999),
        pain("d", 1, minute=1440),
        pain("e\x07", 1),
        pain("f", 1, code="pian"),
        pain("g", 1, 1.0, kind="answers", code="sss.fatigue"),
        pain("g", 1, 2.0, kind="answers", code="sss.fatigue"),
        pain("h", 1, 1.0, kind="answers", code="sss.fatigue"),
        pain("h", 1, 1.0, kind="answers", code="sss.fatigue"),
        pain("i", 1, None),
    ]
    refused = set()
    for name in sorted({row["patient"] for row in rows}):
        alone = written(tmp_path / "alone.parquet", [row for row in rows if row["patient"] == name])
        try:
            read_table(alone)
        except Problems:
            refused.add(name)
    review_cohort(written(tmp_path / "in.parquet", rows), SMALL, tmp_path / "out", on=5)
    assert set(frames(tmp_path / "out")["rejected"]["patient"]) == refused
    assert refused == {"b", "c", "d", "e\x07", "f", "g", "i"}


def test_every_row_is_either_counted_or_belongs_to_a_patient_who_is_listed(tmp_path):
    rows = [pain("a", 1), pain("b", 1, 11.0), pain("b", 2), pain("c", 1)]
    done = review_cohort(written(tmp_path / "in.parquet", rows), SMALL, tmp_path / "out", on=5)
    assert (done.rows, done.patients, done.rejected) == (4, 2, 1)


# --- rows that are there twice -----------------------------------------------------------------------


def test_rows_that_repeat_another_count_as_they_stand_and_are_listed(tmp_path):
    session = {"kind": "therapy", "code": "mesotherapy", "value": None}
    rows = [pain("a", 1), pain("a", 1), pain("b", 1, **session), pain("b", 1), pain("b", 1, **session)]
    path = written(tmp_path / "in.parquet", [*rows, pain("c", 1), pain("c", 2), pain("c", 2, minute=5)])
    status, output, _ = reviewed(path, tmp_path / "out")
    assert status == 0
    assert "2 rows repeat another row, counted as they stand" in output
    found = pl.read_parquet(tmp_path / "out" / "repeated.parquet").rows()
    assert found == [("a", "in.parquet", 2, 1, 1), ("b", "in.parquet", 5, 3, 1)]
    assert len(read_table(path)[1].current) == 3  # the record's own rule


@pytest.mark.parametrize("company", [[], ["a"], ["c"]])
def test_a_row_is_found_to_repeat_another_past_those_of_other_days_whoever_else_is_there(company, tmp_path):
    rows = [pain("b", 1), pain("b", 2), pain("b", 1)]
    rows += [pain(name, 1, value) for name in company for value in range(4)]
    path = written(tmp_path / "in.parquet", sorted(rows, key=lambda row: row["patient"]))
    assert review_cohort(path, SMALL, tmp_path / "out", on=5).repeated == 1


def test_a_row_of_the_next_patient_repeats_nothing(tmp_path):
    path = written(tmp_path / "in.parquet", [pain("a", 1), pain("b", 1), pain("c", 1)])
    assert review_cohort(path, SMALL, tmp_path / "out", on=5).repeated == 0


def test_a_file_that_was_put_together_twice_is_noticed_in_full(tmp_path):
    once = [pain("a", day, code=code) for day in range(5) for code in ("pain", "sleep", "anxiety")]
    path = written(tmp_path / "in.parquet", sorted(once + once, key=lambda row: row["day"]))
    assert review_cohort(path, SMALL, tmp_path / "out", on=5).repeated == len(once)


# --- other columns that are as good ------------------------------------------------------------------


@pytest.mark.parametrize(
    "types",
    [
        {"day": pa.int64()},
        {"day": pa.int8(), "minute": pa.int64()},
        {"value": pa.int64()},
        {"value": pa.float64()},
        {"patient": pa.large_string(), "kind": pa.dictionary(pa.int8(), pa.string())},
        {"site": pa.null(), "text": pa.null(), "minute": pa.null()},
    ],
)
def test_types_that_hold_the_same_give_the_same(types, tmp_path):
    rows = [pain("a", day, 2) for day in range(4)] + [pain("b", day, 8) for day in range(4)]
    review_cohort(written(tmp_path / "plain.parquet", rows), SMALL, tmp_path / "plain", on=5)
    review_cohort(written(tmp_path / "other.parquet", rows, **types), SMALL, tmp_path / "other", on=5)
    for name, frame in frames(tmp_path / "plain").items():
        assert frame.equals(frames(tmp_path / "other")[name])


def test_the_schema_of_these_tests_is_that_of_the_table():
    assert SCHEMA.names == ["patient", "day", "minute", "kind", "code", "site", "value", "text"]
