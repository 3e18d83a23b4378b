"""One reader of tables: what one command refuses all refuse, in the same words, and what a cell means is the same."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as some

from assuage.cli import main
from assuage.errors import Problems
from assuage.record.rows import read_table
from assuage.record.table_reader import TABLE_COLUMNS, cells_of, check_columns, opened, plain_column

ROWS = 3
RIGHT: dict[str, pa.Array] = {
    "patient": pa.array(["a", "a", "b"]),
    "day": pa.array([1, 2, 1], pa.int32()),
    "minute": pa.array([None, 480, None], pa.int16()),
    "kind": pa.array(["score"] * ROWS),
    "code": pa.array(["pain"] * ROWS),
    "site": pa.array([None, "neck", None], pa.string()),
    "value": pa.array([4.3, 1.0, 2.0], pa.float32()),
    "text": pa.array([None] * ROWS, pa.string()),
}
A_DAY = dt.date(2026, 1, 5)
A_TIME = dt.datetime(2026, 1, 5, 8, 0)  # noqa: DTZ001 - a column of times without a zone
# One column of each type that a table from elsewhere may have, and what its type is called.
TYPES: dict[str, pa.Array] = {
    "date32[day]": pa.array([A_DAY] * ROWS, pa.date32()),
    "date64[ms]": pa.array([A_DAY] * ROWS, pa.date64()),
    "timestamp[us]": pa.array([A_TIME] * ROWS, pa.timestamp("us")),
    "timestamp[us, tz=UTC]": pa.array([A_TIME] * ROWS, pa.timestamp("us", "UTC")),
    "time64[us]": pa.array([dt.time(8, 0)] * ROWS, pa.time64("us")),
    "duration[us]": pa.array([dt.timedelta(minutes=480)] * ROWS, pa.duration("us")),
    "bool": pa.array([True, False, True]),
    "halffloat": pa.array([1.0, 2.0, 3.0], pa.float16()),
    "float": pa.array([1.5, 1.0, 2.0], pa.float32()),
    "double": pa.array([480.5, 1.0, 2.0]),
    "decimal128(4, 1)": pa.array([Decimal("1.5"), Decimal(1), Decimal(2)], pa.decimal128(4, 1)),
    "int64": pa.array([1, 2, 1]),
    "uint8": pa.array([1, 2, 1], pa.uint8()),
    "string": pa.array(["1", "2", "1"]),
    "large_string": pa.array(["1", "2", "1"], pa.large_string()),
    "dictionary<values=string, indices=int32, ordered=0>": pa.array(["1", "2", "1"]).dictionary_encode(),
    "binary": pa.array([b"1", b"2", b"1"]),
    "list<element: int64>": pa.array([[1], [2], [1]]),
    "struct<x: int64>": pa.array([{"x": 1}] * ROWS),
    "null": pa.nulls(ROWS),
}
TEXT = {"string", "large_string", "dictionary<values=string, indices=int32, ordered=0>"}
WHOLE = {"int64", "uint8"}
TAKEN = {"text": TEXT, "whole": WHOLE, "number": WHOLE | {"float", "double"}}
REMEDY = {
    "day": "must be whole numbers, not {}; count the days from day 0",
    "minute": "must be whole numbers, not {}; count the minutes from midnight, 0 to 1439",
    "value": "must be numbers, not {}; write whole numbers, float32 or float64",
}


def _written(path: Path, **columns: pa.Array) -> Path:
    pq.write_table(pa.table({**RIGHT, **columns}), path)
    return path


def _taken(name: str, kind: str) -> bool:
    column = TABLE_COLUMNS[name]
    return kind in TAKEN[column.holds] or (kind == "null" and column.may_be_empty)


_TWO = ("--old", "neck-first", "--new", "eular-2017")


def _commands(path: Path, out: Path) -> dict[str, list[str]]:
    """Every command that takes a table."""
    return {
        "check": ["check", str(path)],
        "convert": ["convert", str(path), "-o", str(out / "converted")],
        "cohort review": [
            "cohort",
            "review",
            str(path),
            "-o",
            str(out / "reviewed"),
            "--pathway",
            "neck-first",
        ],
        "cohort diff": ["cohort", "diff", str(path), *_TWO, "-o", str(out / "diff")],
        "triggers cohort": [
            "triggers",
            "cohort",
            str(path),
            "-o",
            str(out / "effects"),
            "--noise",
            "default",
        ],
    }


def _refusals(path: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, list[str]]:
    """What each command says is wrong, without the name of the document."""
    told: dict[str, list[str]] = {}
    for name, command in _commands(path, out).items():
        status = main(command)
        error = capsys.readouterr().err
        assert status == 2, (name, error)
        told[name] = [line.strip() for line in error.splitlines() if line.startswith("  ")]
    return told


@pytest.mark.parametrize("name", TABLE_COLUMNS)
def test_a_column_of_a_wrong_type_is_refused_by_every_command_in_the_same_words(name, tmp_path, capsys):
    for number, (kind, column) in enumerate(TYPES.items()):
        if _taken(name, kind):
            continue
        path = _written(tmp_path / f"{number}.parquet", **{name: column})
        stored = pq.read_schema(path).field(name).type  # a file keeps some types as others
        told = REMEDY.get(name, "must be text, not {}; write it as text").format(stored)
        expected = [f'columns: "{name}" {told}']
        assert _refusals(path, tmp_path / str(number), capsys) == dict.fromkeys(
            _commands(path, tmp_path), expected
        )


@pytest.mark.parametrize("name", TABLE_COLUMNS)
def test_a_column_of_any_other_type_is_taken(name, tmp_path):
    for kind in TYPES:
        if _taken(name, kind):
            assert opened(_written(tmp_path / "t.parquet", **{name: TYPES[kind]})).metadata.num_rows == ROWS


def test_all_that_is_wrong_with_the_columns_of_all_files_is_said_at_once(tmp_path, capsys):
    folder = tmp_path / "tables"
    folder.mkdir()
    _written(folder / "1.parquet", day=TYPES["date32[day]"], value=TYPES["bool"])
    table = pa.table({**RIGHT, "colour": pa.array(["red"] * ROWS)}).drop_columns(["code"])
    pq.write_table(table, folder / "2.parquet")
    (folder / "3.parquet").write_text("patient,day\n")
    expected = [
        '1.parquet columns: "day" must be whole numbers, not date32[day]; count the days from day 0',
        '1.parquet columns: "value" must be numbers, not bool; write whole numbers, float32 or float64',
        '2.parquet columns: "code" is missing; needed: patient, day, kind, code',
        '2.parquet columns: unknown column "colour"; known: patient, day, minute, kind, code, site, value, text',
        "3.parquet: not a Parquet file that can be read to its end (is it a copy that was cut short?)",
    ]
    assert _refusals(folder, tmp_path, capsys) == dict.fromkeys(_commands(folder, tmp_path), expected)


# Footers written over by hand: the codec, then the encodings, of the column `day`.
_LZO = (b"day\x15\x04\x16", b"day\x15\x06\x16")


def test_a_compression_that_cannot_be_read_is_named_with_its_column_by_every_command(tmp_path, capsys):
    path = tmp_path / "lzo.parquet"
    pq.write_table(pa.table(RIGHT), path, compression="gzip")
    whole = path.read_bytes()
    assert _LZO[0] in whole
    path.write_bytes(whole.replace(*_LZO))
    for name, told in _refusals(path, tmp_path, capsys).items():
        assert len(told) == 1, name
        assert told[0].startswith(
            ('columns: "day" is compressed or encoded', 'lzo.parquet columns: "day" is')
        ), name
        assert "LZO" in told[0], name
        assert told[0].endswith("; write it again, compressed by zstd or snappy"), name


@pytest.mark.parametrize(
    "how",
    [
        *({"compression": name} for name in ("none", "snappy", "gzip", "brotli", "zstd", "lz4")),
        *(
            {"use_dictionary": False, "column_encoding": {column: encoding}}
            for column, encoding in (
                ("day", "BYTE_STREAM_SPLIT"),
                ("day", "DELTA_BINARY_PACKED"),
                ("kind", "DELTA_BYTE_ARRAY"),
                ("kind", "DELTA_LENGTH_BYTE_ARRAY"),
            )
        ),
        {"data_page_version": "2.0"},
    ],
    ids=str,
)
def test_a_compression_or_encoding_that_is_known_is_read_alike(how, tmp_path, capsys):
    pq.write_table(pa.table(RIGHT), tmp_path / "in.parquet", **how)
    assert read_table(tmp_path / "in.parquet") == read_table(_written(tmp_path / "plain.parquet"))
    for name, command in _commands(tmp_path / "in.parquet", tmp_path).items():
        assert main(command) == 0, (name, capsys.readouterr())


def test_a_table_of_the_needed_columns_alone_is_taken_by_every_command(tmp_path, capsys):
    path = tmp_path / "few.parquet"
    pq.write_table(
        pa.table({name: RIGHT[name] for name in ("patient", "day", "kind", "code", "value")}), path
    )
    for name, command in _commands(path, tmp_path).items():
        assert main(command) == 0, (name, capsys.readouterr())


_CELLS = {
    "text": some.sampled_from(["", "a", "pain", None]),
    "whole": some.sampled_from([None, 0, -3, 2**20]),
    "number": some.sampled_from([None, float("nan"), 4.3, 0.0, -1.5, 1e30, float("inf")]),
}


@given(some.sampled_from(list(TABLE_COLUMNS)), some.booleans(), some.data())
def test_a_cell_means_the_same_row_by_row_and_column_by_column(name, single, data):
    holds = TABLE_COLUMNS[name].holds
    cells = data.draw(some.lists(_CELLS[holds], min_size=1, max_size=6))
    kind = {"text": pa.string(), "whole": pa.int32(), "number": pa.float32() if single else pa.float64()}[
        holds
    ]
    batch = pa.record_batch({name: pa.array(cells, kind, from_pandas=False)})
    if holds == "whole":
        assert cells_of(batch, name) == cells
        return
    column = pl.Series(cells, dtype=pl.String if holds == "text" else pl.Float32 if single else pl.Float64)
    read = pl.select(plain_column(pl.lit(column), name)).to_series().to_list()
    by_row = cells_of(batch, name)
    assert by_row == [one if one is None or holds == "text" else pytest.approx(one) for one in read]
    assert by_row == [one for one in by_row if one is None or one == one]


def test_what_would_have_been_cast_in_silence_is_not(tmp_path):
    for columns in ({"day": TYPES["date32[day]"]}, {"value": TYPES["bool"]}, {"minute": TYPES["double"]}):
        path = _written(tmp_path / "in.parquet", **columns)
        with pytest.raises(Problems, match="must be"):
            read_table(path)
        with pytest.raises(Problems, match="must be"):
            check_columns([path])


def test_check_says_it_as_json_too(tmp_path, capsys):
    path = _written(tmp_path / "in.parquet", day=TYPES["date32[day]"])
    assert main(["check", "--json", str(path)]) == 2
    (report,) = json.loads(capsys.readouterr().out)
    assert [one["place"] for one in report["problems"]] == ["columns"]
