"""`cohort sort` and `merge`: every row once, patients in order, the rows of each as they were read."""

from __future__ import annotations

import tempfile
from pathlib import Path

import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assuage.cohort import sorting
from assuage.cohort.sorting import merge_tables, sort_table
from assuage.errors import InputError, Problems
from tests.cohort.tables import assuage, pain, written

names = st.lists(st.sampled_from(["ana", "b", "ba", "Čiobrelis", "ž"]), max_size=12)


def rows_of(names, day=0):
    return [pain(name, day + at) for at, name in enumerate(names)]


@settings(max_examples=25)
@given(st.lists(names, min_size=1, max_size=20), st.integers(1, 400))
def test_a_sort_in_small_pieces_is_the_stable_sort_of_all_rows(files, bytes_at_once):
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(sorting, "_LEAST", bytes_at_once)
        paths = [
            written(Path(folder) / f"{at:02}.parquet", rows_of(names, 100 * at))
            for at, names in enumerate(files)
        ]
        out = Path(folder) / "sorted.parquet"
        done = sort_table(paths, out, memory=1)
        every = pl.concat([pl.read_parquet(path) for path in paths])
        expected = sorted(every.rows(), key=lambda row: row[0].encode())
        assert pl.read_parquet(out).rows() == expected
        assert (done.rows, done.patients) == (every.height, every["patient"].n_unique())
        assert [path.name for path in Path(folder).glob(".*")] == []


def test_tables_that_are_sorted_are_merged_and_patients_in_two_of_them_are_whole(tmp_path):
    for name, patients in (("1", ["a", "a", "c"]), ("2", ["a", "b"])):
        written(tmp_path / f"{name}.parquet", rows_of(patients, 10 * int(name)))
    out = tmp_path / "merged.parquet"
    assert merge_tables([tmp_path / "1.parquet", tmp_path / "2.parquet"], out).patients == 3
    rows = pl.read_parquet(out).select("patient", "day").rows()
    assert rows == [("a", 10), ("a", 11), ("a", 20), ("b", 21), ("c", 12)]


def test_a_merge_of_a_table_that_is_not_sorted_is_refused_and_names_the_remedy(tmp_path):
    path = written(tmp_path / "1.parquet", rows_of(["b", "a"]))
    with pytest.raises(Problems, match=r"row 2 patient.*assuage cohort sort"):
        merge_tables(path, tmp_path / "out.parquet")
    assert [file.name for file in tmp_path.iterdir()] == ["1.parquet"]


def test_a_row_that_is_nobodys_is_refused(tmp_path):
    path = written(tmp_path / "1.parquet", rows_of(["b", None]))
    with pytest.raises(Problems, match="row 2 patient"):
        sort_table(path, tmp_path / "out.parquet")


def test_a_number_in_single_precision_is_the_one_that_was_meant_beside_one_in_double(tmp_path):
    paths = [
        written(tmp_path / "1.parquet", [pain("a", 0, 4.3)], value=pa.float32()),
        written(tmp_path / "2.parquet", [pain("a", 1, 4.3)], value=pa.float64()),
    ]
    sort_table(paths, tmp_path / "out.parquet")
    assert pl.read_parquet(tmp_path / "out.parquet")["value"].to_list() == [4.3, 4.3]


def test_a_file_that_is_there_is_not_written_over_and_nothing_is_sorted_before(tmp_path):
    path = written(tmp_path / "1.parquet", rows_of(["b", "a"]))
    with pytest.raises(InputError, match="--force"):
        sort_table(path, path)


def test_the_command_says_what_it_sorted(tmp_path):
    path = written(tmp_path / "1.parquet", rows_of(["b", "a", "b"]))
    out = tmp_path / "out.parquet"
    status, told, _ = assuage("cohort", "sort", path, "-o", out)
    assert (status, told) == (0, f"3 rows of 2 patients, sorted: {out}\n")
