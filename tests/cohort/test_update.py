"""`cohort update`: tonight's rows taken into an output leave what a review of all rows would have written."""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

pytest.importorskip("numba", reason="needs the extra assuage[cohort]")

from assuage.cohort import in_place, kept_rows, review_cohort, run, update
from assuage.cohort.sorting import merge_tables
from assuage.cohort.summary import summarise
from assuage.cohort.update import update_cohort
from assuage.errors import InputError, Problems
from assuage.pathways.registry import pathway
from tests.cohort.people import CHANGES, MOST, companies, pieces_of, rows_of
from tests.cohort.tables import assuage, pain, written
from tests.small_pathway import SMALL

PATHWAYS = {"neck-first": pathway("neck-first"), "small": SMALL}
# What says in which row of which file something stands: that of the merged table is another.
PLACED = ("rejected.parquet", "repeated.parquet")


def contents(folder: Path) -> dict[str, bytes]:
    """Every table of a review."""
    files = sorted(folder.glob("*.parquet"))
    return {file.name: file.read_bytes() for file in files if file.name != in_place.CHANGES}


def outcome(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "manifest.json").read_text())["outcome"]


def without_places(folder: Path, name: str) -> list[dict[str, Any]]:
    """The rows of a table without where they were read."""
    rows = (
        pl.read_parquet(folder / name).drop("file", "row", "repeats", "place", strict=False).rows(named=True)
    )
    return [{key: re.sub(r"\S+ row \d+", "", str(value)) for key, value in row.items()} for row in rows]


def same_as_a_whole_run(out: Path, tables: Sequence[Path], asked: Any, folder: Path, **question: Any) -> None:
    """Whether an output is that of a review of all tables, merged."""
    merge_tables(list(tables), folder / "whole.parquet")
    review_cohort(folder / "whole.parquet", asked, folder / "whole", **question)
    found, wanted = contents(out), contents(folder / "whole")
    assert list(found) == list(wanted)
    assert [name for name in wanted if name not in PLACED and found[name] != wanted[name]] == []
    for name in PLACED:
        assert without_places(out, name) == without_places(folder / "whole", name)
    assert outcome(out) == outcome(folder / "whole")


# --- nights of any kind -----------------------------------------------------------------------------------


@settings(max_examples=-(-settings().max_examples // 8))  # each is several whole runs
@given(
    companies(),
    some.lists(some.sampled_from(CHANGES), min_size=MOST, max_size=MOST),
    some.data(),
    some.integers(1, 3),
    some.sampled_from([1, 7, 1 << 20]),
    some.sampled_from(["neck-first", "neck-first", "small"]),
    some.sampled_from([None, None, 0, 30]),
    some.booleans(),
)
def test_rows_that_come_in_nights_end_as_a_review_of_them_all(
    people: Any, changed: Any, data: Any, nights: int, block: int, asked: str, on: int | None, panel: bool
):
    everybody = pl.concat(
        [
            change(rows_of(record)).with_columns(patient=pl.lit(f"p{at}"))
            for at, (record, change) in enumerate(zip(people, changed, strict=False))
        ]
    )
    night = data.draw(
        some.lists(some.integers(0, nights), min_size=everybody.height, max_size=everybody.height),
        "night of each row",
    )
    which = pl.Series(night, dtype=pl.Int64)
    with (
        tempfile.TemporaryDirectory() as name,
        patch.object(kept_rows, "BLOCK", block),
        patch.object(run, "_ROWS_A_GROUP", data.draw(some.sampled_from([1, 3, 500_000]), "rows of a group")),
    ):
        folder = Path(name)
        tables = [folder / f"{at}.parquet" for at in range(nights + 1)]
        for at, table in enumerate(tables):
            everybody.filter(which == at).write_parquet(table)
        question = {"on": on, "panel": panel}
        review_cohort(tables[0], PATHWAYS[asked], folder / "out", checkpoint=True, **question)
        for table in tables[1:]:
            update_cohort(folder / "out", table, pathway=PATHWAYS[asked])
        same_as_a_whole_run(folder / "out", tables, PATHWAYS[asked], folder, **question)


@settings(max_examples=-(-settings().max_examples // 4))
@given(
    some.lists(
        some.lists(
            some.tuples(some.integers(0, 30), some.integers(0, 20), some.integers(0, 12)), max_size=25
        ),
        min_size=2,
        max_size=4,
        unique_by=lambda rows: tuple(sorted(rows)),  # the same table again is left
    ),
    some.sampled_from([1, 4, 50]),
)
def test_plain_scores_that_come_in_nights_end_as_a_review_of_them_all(tables: Any, rows_a_group: int):
    with (
        tempfile.TemporaryDirectory() as name,
        patch.object(run, "_ROWS_A_GROUP", rows_a_group),
        pieces_of(5),
    ):
        folder = Path(name)
        files = [
            written(
                folder / f"{at}.parquet",
                [pain(f"p{who:02}", day, float(value)) for who, day, value in sorted(rows)],
            )
            for at, rows in enumerate(tables)
        ]
        review_cohort(files[0], SMALL, folder / "out", checkpoint=True, panel=True)
        for file in files[1:]:
            update_cohort(folder / "out", file, pathway=SMALL)
        same_as_a_whole_run(folder / "out", files, SMALL, folder, panel=True)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """The output of a review with a checkpoint: forty patients, ten days each."""
    rows = [pain(f"p{who:02}", day, float(1 + who % 7)) for who in range(40) for day in range(10)]
    review_cohort(written(tmp_path / "base.parquet", rows), SMALL, tmp_path / "out", checkpoint=True)
    return tmp_path / "out"


def night(folder: Path, rows: list[dict[str, Any]], name: str = "night.parquet", **types: Any) -> Path:
    return written(folder / name, rows, **types)


@pytest.mark.parametrize(
    "types",
    [
        {"value": pa.float64()},
        {"day": pa.int64(), "minute": pa.null()},
        {"kind": pa.dictionary(pa.int8(), pa.string()), "site": pa.null()},
        {"patient": pa.dictionary(pa.int32(), pa.string()), "text": pa.large_string()},
    ],
)
def test_a_night_of_other_types_is_taken_in_as_a_merge_would(types: Any, base: Path, tmp_path: Path):
    new = night(tmp_path, [pain("p03", 10, 4.3), pain("p03", 11, 2.1), pain("p41", 0, 0.7)], **types)
    update_cohort(base, new, pathway=SMALL)
    same_as_a_whole_run(base, [tmp_path / "base.parquet", new], SMALL, tmp_path)


def test_an_output_of_no_rows_takes_the_first_ones_in(tmp_path: Path):
    none = written(tmp_path / "none.parquet", [])
    review_cohort(none, SMALL, tmp_path / "out", checkpoint=True)
    new = night(tmp_path, [pain("ana", 0), pain("ana", 0)])
    done = update_cohort(tmp_path / "out", new, pathway=SMALL)
    assert (done.patients, done.new_patients, done.repeated) == (1, 1, 1)
    same_as_a_whole_run(tmp_path / "out", [none, new], SMALL, tmp_path)


def test_only_whose_rows_are_new_is_walked_again(base: Path, tmp_path: Path, monkeypatch: Any):
    walked: list[str] = []
    real = update.ChunkReviewer.tables

    def watched(self: Any, chunk: Any) -> Any:
        walked.extend(chunk.patients.to_pylist())
        return real(self, chunk)

    monkeypatch.setattr(update.ChunkReviewer, "tables", watched)
    update_cohort(base, night(tmp_path, [pain("p07", 10), pain("p31", 2)]), pathway=SMALL)
    assert walked == ["p07", "p31"]


def test_a_table_in_which_nothing_changed_is_not_written(base: Path, tmp_path: Path):
    before = (base / "breaches.parquet").stat().st_ino
    done = update_cohort(base, night(tmp_path, [pain("p07", 10)]), pathway=SMALL)
    assert "breaches.parquet" not in done.written
    assert (base / "breaches.parquet").stat().st_ino == before


def test_a_row_that_is_refused_or_repeated_is_placed_in_the_file_it_was_read_from(base: Path, tmp_path: Path):
    new = night(tmp_path, [pain("p01", 3, 2.0), pain("p02", 10, 55.0)])
    assert update_cohort(base, new, pathway=SMALL).refused == 1
    rejected, again = (pl.read_parquet(base / name).rows(named=True) for name in PLACED)
    assert [(row["patient"], row["place"].partition(" score")[0]) for row in rejected] == [
        ("p02", "night.parquet row 2 value")
    ]
    assert [(row["patient"], row["file"], row["row"]) for row in again] == [("p01", "night.parquet", 1)]


# --- since last time -------------------------------------------------------------------------------------


def new_lines(folder: Path) -> list[tuple[Any, ...]]:
    return pl.read_parquet(folder / in_place.CHANGES).rows()


def test_what_is_new_since_last_time_is_a_table_of_its_own(base: Path, tmp_path: Path):
    calm = [pain("p06", day, 1.0) for day in (10, 11, 12)]
    neck = pain("p06", 12, 5.0, site="neck")
    update_cohort(base, night(tmp_path, [*calm, neck, pain("p99", 0)]), pathway=SMALL)
    assert new_lines(base) == [
        ("p06", "entered", "treat", 12, True),
        ("p06", "left", "rest", 12, True),
        ("p99", "entered", "rest", 0, True),
    ]


def test_what_a_late_entry_undoes_is_in_the_table_too(base: Path, tmp_path: Path):
    update_cohort(base, night(tmp_path, [pain("p00", 5, 5.0, site="neck")]), pathway=SMALL)
    update_cohort(base, night(tmp_path, [pain("p00", 5, 9.0)], "late.parquet"), pathway=SMALL)
    assert new_lines(base) == [("p00", "entered", "treat", 5, False), ("p00", "left", "rest", 5, False)]


def test_a_patient_who_is_refused_now_is_new(base: Path, tmp_path: Path):
    update_cohort(base, night(tmp_path, [pain("p05", 10, 55.0)]), pathway=SMALL)
    assert [line for line in new_lines(base) if line[4]] == [("p05", "refused", "", None, True)]


# --- what is refused -------------------------------------------------------------------------------------


def test_a_night_that_was_taken_in_is_left(base: Path, tmp_path: Path):
    new = night(tmp_path, [pain("p07", 10)])
    update_cohort(base, new, pathway=SMALL)
    before = contents(base)
    done = update_cohort(base, [new, tmp_path / "base.parquet"], pathway=SMALL)
    assert (done.taken, done.known, contents(base)) == ([], ["night.parquet", "base.parquet"], before)


def test_an_output_without_a_checkpoint_is_refused_with_the_remedy_which_helps(tmp_path: Path):
    table = written(tmp_path / "base.parquet", [pain("ana", 0)])
    review_cohort(table, SMALL, tmp_path / "out")
    new = night(tmp_path, [pain("ana", 1)])
    with pytest.raises(InputError, match="again with --checkpoint, which only adds it"):
        update_cohort(tmp_path / "out", new, pathway=SMALL)
    review_cohort(table, SMALL, tmp_path / "out", checkpoint=True)
    assert update_cohort(tmp_path / "out", new, pathway=SMALL).rows == 1


def test_an_output_of_another_pathway_is_refused_with_the_remedy(base: Path, tmp_path: Path):
    new = night(tmp_path, [pain("p07", 10)])
    with pytest.raises(
        InputError, match=r"is on small@1, and not on neck-first@\d+; to change it, merge all tables"
    ):
        update_cohort(base, new, pathway=pathway("neck-first"))
    with pytest.raises(
        InputError, match=r"not one of the shipped pathways; name its file: --pathway FILE.py"
    ):
        update_cohort(base, new)


def test_an_output_of_another_program_is_refused_with_the_remedy(
    base: Path, tmp_path: Path, monkeypatch: Any
):
    monkeypatch.setattr(run, "code_version", lambda: "another")
    before = contents(base)
    with pytest.raises(
        InputError, match=r"another version of the program.*assuage cohort merge.*--checkpoint"
    ):
        update_cohort(base, night(tmp_path, [pain("p07", 10)]), pathway=SMALL)
    assert contents(base) == before


def test_nights_out_of_order_are_refused_all_at_once_and_leave_the_output(base: Path, tmp_path: Path):
    before = contents(base)
    first = night(tmp_path, [pain("p07", 10), pain("p03", 10)])
    other = night(tmp_path, [pain("p07", 10), pain(None, 10)], "other.parquet")
    with pytest.raises(Problems) as refused:
        update_cohort(base, [first, other], pathway=SMALL)
    assert [problem.place for problem in refused.value.problems] == [
        "night.parquet row 2 patient",
        "other.parquet row 2 patient",
    ]
    assert contents(base) == before


def test_two_updates_at_once_are_one_too_many(base: Path, tmp_path: Path):
    new = night(tmp_path, [pain("p07", 10)])
    with update._alone(base), pytest.raises(InputError, match="is being updated just now"):
        update_cohort(base, new, pathway=SMALL)


# --- interruptions ---------------------------------------------------------------------------------------

KILLED = """
import os, signal, sys
from pathlib import Path
from assuage.cohort import update, in_place
from tests.small_pathway import SMALL
where, out, new = sys.argv[1:]
def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)
if where == "before":
    update.commit = die
else:
    moved, replace = [], Path.replace
    def some(self, target):
        if len(moved) == 2:
            die()
        moved.append(self)
        return replace(self, target)
    Path.replace = some
update.update_cohort(out, new, pathway=SMALL)
"""


@pytest.mark.parametrize("where", ["before", "amid"])
def test_an_update_that_is_killed_is_there_whole_or_not_at_all(where: str, base: Path, tmp_path: Path):
    new = night(tmp_path, [pain("p07", 10, 0.0), pain("p98", 0)])
    before = contents(base)
    whole = tmp_path / "uninterrupted"
    shutil.copytree(base, whole)
    update_cohort(whole, new, pathway=SMALL)
    done = subprocess.run([sys.executable, "-c", KILLED, where, str(base), str(new)], check=False)
    assert done.returncode == -signal.SIGKILL
    summarise(base)  # whoever looks next finds it whole
    assert contents(base) == (before if where == "before" else contents(whole))
    update_cohort(base, new, pathway=SMALL)
    assert contents(base) == contents(whole)
    assert outcome(base) == outcome(whole)
    assert not any((base / name).exists() for name in (in_place.BEGUN, in_place.WHOLE))


def test_a_review_over_an_updated_output_is_refused_and_forced_leaves_no_trace(base: Path, tmp_path: Path):
    table = tmp_path / "base.parquet"
    update_cohort(base, night(tmp_path, [pain("p07", 10)]), pathway=SMALL)
    with pytest.raises(InputError, match="--force"):
        review_cohort(table, SMALL, base)
    review_cohort(table, SMALL, base, force=True)
    assert not (base / "checkpoint").exists()
    assert not (base / in_place.CHANGES).exists()


# --- the command -----------------------------------------------------------------------------------------


@pytest.fixture
def neck_first(tmp_path: Path) -> Path:
    table = written(tmp_path / "base.parquet", [pain(who, day) for who in ("ana", "ben") for day in range(3)])
    out = tmp_path / "out"
    assert assuage("cohort", "review", table, "--pathway", "neck-first", "-o", out, "--checkpoint")[0] == 0
    return out


def test_the_command_says_what_was_taken_in_and_what_is_new(neck_first: Path, tmp_path: Path):
    started = [
        pain("ben", 3, None, kind="medication", code=drug, text='{"do":"start"}')
        for drug in ("amitriptyline", "tramadol")
    ]
    new = night(tmp_path, [*started, pain("cid", 0)])
    status, said, _ = assuage("cohort", "update", neck_first, new)
    assert (status, said) == (
        0,
        f"2 patients with new rows (3) taken in: {neck_first}\n"
        f"1 patient entered a phase since last time: {neck_first}/changes.parquet\n"
        f"1 patient with a new alert since last time: {neck_first}/changes.parquet\n",
    )
    status, said, _ = assuage("cohort", "update", neck_first, new, "--lang", "lt")
    assert (status, said) == (0, "1 failas priimtas jau anksčiau ir paliktas: night.parquet\n")


def test_the_command_ends_with_1_where_a_patient_of_the_night_is_refused(neck_first: Path, tmp_path: Path):
    status, said, _ = assuage(
        "cohort", "update", neck_first, night(tmp_path, [pain("ben", 3, 55.0)]), "--json"
    )
    done = json.loads(said)
    assert (status, done["rows"], done["refused"], done["whole"]["patients"]) == (1, 1, 1, 1)


def test_spark_keeps_no_checkpoint(tmp_path: Path):
    table = written(tmp_path / "base.parquet", [pain("ana", 0)])
    words = ("--pathway", "neck-first", "-o", tmp_path / "out", "--engine", "spark", "--checkpoint")
    status, _, said = assuage("cohort", "review", table, *words)
    assert (status, "--checkpoint is for this machine" in said) == (2, True)
