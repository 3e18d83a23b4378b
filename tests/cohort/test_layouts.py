"""However a table lies in its file, the same is said: nulls or empty words, dictionaries or none, any pieces."""

from __future__ import annotations

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from assuage.cohort import review_cohort, run
from tests.cohort.tables import SCHEMA, frames, pain
from tests.small_pathway import SMALL

ON = 40
WORDS = ("code", "site", "text")


def rows():
    """Plain diaries of thirty patients: some with times on some days, blanks, sessions, findings, notes, fractions."""
    found = []
    for at in range(30):
        name = f"p{at:03}"
        found.append(pain(name, 0, None, kind="finding", code="fever_systemic", text='{"state":"absent"}'))
        for day in range(41):
            if (at + day) % 9 == 0:
                continue
            timed = 480 if at % 4 == 1 and day % 10 == 3 else None
            found.append(pain(name, day, float((at * day) % 11), text='{"by":"patient"}', minute=timed))
            found.append(pain(name, day, 4.3 if day % 5 == 0 else 1.0, site="neck", minute=timed))
            if day % 13 == at % 13:
                found.append(
                    pain(name, day, None, kind="therapy", code="massage", text='{"pressure":"deep"}')
                )
            if day == 20:
                found.append(pain(name, day, None, kind="note", code=None, text=f"note {at}"))
    return found


def plain(rows_):
    return pa.Table.from_pylist(rows_, schema=SCHEMA)


def emptied(table):
    """The table without a null but for the minute: empty words, and NaN."""
    for name in (*WORDS, "value"):
        filled = table[name].fill_null("" if name in WORDS else float("nan"))
        table = table.set_column(table.schema.get_field_index(name), name, filled)
    return table.cast(pa.schema([field.with_nullable(field.name == "minute") for field in table.schema]))


def worded(table, kind):
    """The table with words of another type."""
    fields = [field.with_type(kind) if pa.types.is_string(field.type) else field for field in table.schema]
    return table.cast(pa.schema(fields))


def written(path, table, **how):
    pq.write_table(table, path, **how)
    return path


LAYOUTS = {
    "no nulls": lambda path, table: written(path, emptied(table)),
    "no nulls in groups of 50": lambda path, table: written(path, emptied(table), row_group_size=50),
    "groups of 7": lambda path, table: written(path, table, row_group_size=7),
    "no dictionary": lambda path, table: written(path, table, use_dictionary=False),
    "other pages": lambda path, table: written(path, table, data_page_version="2.0", compression="none"),
    "no statistics": lambda path, table: written(path, emptied(table), write_statistics=False),
    "large words": lambda path, table: written(path, worded(table, pa.large_string())),
    "dictionaries": lambda path, table: written(path, worded(table, pa.dictionary(pa.int8(), pa.string()))),
    "doubles": lambda path, table: written(
        path, table.set_column(6, "value", pa.array([row["value"] for row in rows()], pa.float64()))
    ),
    "by another library": lambda path, table: pl.DataFrame(table).write_parquet(path) or path,
}


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    folder = tmp_path_factory.mktemp("plain")
    review_cohort(written(folder / "in.parquet", plain(rows())), SMALL, folder / "out", on=ON, panel=True)
    return frames(folder / "out")


def test_the_example_has_all_ways_to_go(said):
    assert said["stays"]["phase"].n_unique() > 1
    assert said["rejected"].height == 0
    assert said["state"].height == 30


@pytest.mark.parametrize("size", [60, 100_000])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_layout_of_a_file_makes_no_difference(layout, size, said, tmp_path, monkeypatch):
    monkeypatch.setattr(run, "_FEWEST_ROWS", size)
    monkeypatch.setattr(run, "MOST_ROWS", size)
    table = LAYOUTS[layout](tmp_path / "in.parquet", plain(rows()))
    review_cohort(table, SMALL, tmp_path / "out", on=ON, panel=True)
    for name, frame in frames(tmp_path / "out").items():
        if name != "repeated":  # which says in what row of what file
            assert frame.equals(said[name]), name
