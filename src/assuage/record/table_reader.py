"""The one strict reader of tables: which columns a table has, of which types, and how a cell becomes the record's.

Every command that takes a table opens it here, so that all refuse the same files for the same reasons. A type is
taken only where each of its values means itself. A date is no number of days, a fraction no day, `true` no score;
what such a column meant is for its owner to say:

    pl.col("day").dt.epoch("d")     a date read as a number would be day 20458

How the columns come to hold a record is described in `assuage.record.table`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar

from assuage.catalogue.message import Message, message
from assuage.errors import InputError, Problem, Problems
from assuage.patterns import kept_pattern
from assuage.record.arrow import arrow
from assuage.record.fields import printable, shown
from assuage.record.table import polars, read_float32

if TYPE_CHECKING:
    import polars as pl

Frame = TypeVar("Frame", "pl.DataFrame", "pl.LazyFrame")
Holds = Literal["text", "whole", "number"]
_WHOLE_GROUP = 64 << 20  # bytes of a row group that may be read at once
_AT_A_TIME = 1 << 16  # rows
_UNSUPPORTED = kept_pattern(
    r"not (yet |currently )?(supported|implemented|built)|unsupported|unknown encoding", re.I
)
_WRITTEN_OUT = 12  # bytes a row, from which on the words of a column are not looked at as repeated
_LONGEST_NAME, _LONGEST_REASON = 60, 160
_MOST_SHARED = 20  # patients in several files that are named


class TableColumn(NamedTuple):
    """A column of the table: what its cells hold, whether it has to be there, and whether all of it may be null."""

    name: str
    holds: Holds
    needed: bool = False
    may_be_empty: bool = True


TABLE_COLUMNS: dict[str, TableColumn] = {
    column.name: column
    for column in (
        TableColumn("patient", "text", needed=True, may_be_empty=False),
        TableColumn("day", "whole", needed=True, may_be_empty=False),
        TableColumn("minute", "whole"),
        TableColumn("kind", "text", needed=True, may_be_empty=False),
        TableColumn("code", "text", needed=True),
        TableColumn("site", "text"),
        TableColumn("value", "number"),
        TableColumn("text", "text"),
    )
}
NEEDED: tuple[str, ...] = tuple(column.name for column in TABLE_COLUMNS.values() if column.needed)
_WORDS: tuple[str, ...] = tuple(column.name for column in TABLE_COLUMNS.values() if column.holds == "text")


def files_of(paths: Path | str | Sequence[Path] | Sequence[str]) -> list[Path]:
    """The Parquet files of a path, of a folder of them, or of several. Raises InputError if there is none."""
    given = [Path(paths)] if isinstance(paths, Path | str) else [Path(path) for path in paths]
    files: list[Path] = []
    for path in given:
        if path.is_dir():
            inside = sorted(path.glob("*.parquet"))
            if not inside:
                raise InputError(message("file.no-tables", path=path))
            files += inside
        elif path.exists():
            files.append(path)
        else:
            raise InputError(message("file.none", path=path))
    return files


def opened(file: Path) -> Any:
    """The file, its columns checked. Raises Problems, with all that is wrong, for a file that is no such table."""
    pa = arrow()
    try:
        about = pa.parquet.read_metadata(file)
        schema = about.schema.to_arrow_schema()
        words = [
            name for name in _WORDS if schema.names.count(name) == 1 and _fits(name, schema.field(name).type)
        ]
        # Columns of a group are read whole, which is faster, unless that would be too much at once.
        groups = (about.row_group(at).total_byte_size for at in range(about.num_row_groups))
        at_a_time = 0 if max(groups, default=0) <= _WHOLE_GROUP else 1 << 20
        table = pa.parquet.ParquetFile(
            file,
            metadata=about,
            read_dictionary=sorted(set(words) - _delta_encoded(about) - _written_out(about)),
            buffer_size=at_a_time,
            pre_buffer=False,
        )
    except (pa.ArrowException, OSError):
        raise Problems(str(file), [Problem("", message("table.not-parquet"))]) from None
    problems = [Problem("columns", problem) for problem in _of_schema(table.schema_arrow)]
    if problems:
        raise Problems(str(file), problems)
    return table


def _delta_encoded(about: Any) -> set[str]:
    """The columns that the library cannot read as dictionaries, and has to read word by word."""
    columns = (
        about.row_group(group).column(at)
        for group in range(about.num_row_groups)
        for at in range(about.num_columns)
    )
    return {
        column.path_in_schema
        for column in columns
        if any("DELTA" in encoding for encoding in column.encodings)
    }


def _written_out(about: Any) -> set[str]:
    """The columns that hold nearly all words as they are: to look for those that are alike costs more than it saves."""
    size: dict[str, int] = {}
    for group in range(about.num_row_groups):
        for at in range(about.num_columns):
            column = about.row_group(group).column(at)
            size[column.path_in_schema] = size.get(column.path_in_schema, 0) + column.total_uncompressed_size
    return {name for name, bytes_in_all in size.items() if bytes_in_all > _WRITTEN_OUT * about.num_rows}


def shared_patients(homes: Mapping[str, Sequence[str]]) -> list[Problem]:
    """A problem for each patient whose rows are in several files, by name; of many, the first and how many more."""
    problems = [
        Problem(f"patient {shown(patient)}", message("table.patient-in-files", files=tuple(files)))
        for patient, files in sorted(homes.items())
        if len(files) > 1
    ]
    more = len(problems) - _MOST_SHARED
    return [
        *problems[:_MOST_SHARED],
        *([Problem("", message("table.more-patients", count=more))] * (more > 0)),
    ]


def out_of_order(row: int, patient: str, before: str | None) -> Problem | None:
    """The problem of a patient whose rows begin at a row of a file, behind those of `before`; None in order.

    The order is that of the names in UTF-8: a stream of whole patients cannot look back.
    """
    if before is None or before.encode() < patient.encode():
        return None
    return Problem(f"row {row} patient", message("table.unsorted", name=patient, before=before))


def check_columns(files: Sequence[Path], look: Callable[[Path, Any], None] | None = None) -> None:
    """Nothing, if every file is such a table; else raises Problems with what is wrong in all of them.

    `look` is shown each file that is one, open.
    """
    problems: list[Problem] = []
    for file in files:
        try:
            table = opened(file)
            if look:
                look(file, table)
        except Problems as error:
            if len(files) == 1:
                raise
            problems += [
                Problem(f"{file.name} {problem.place}".strip(), problem.what) for problem in error.problems
            ]
    if problems:
        raise Problems("the files", problems)


def _of_schema(schema: Any) -> Iterator[Message]:
    """What is wrong with the columns of a table."""
    for name in NEEDED:
        if name not in schema.names:
            yield message("table.column-missing", name=name, needed=NEEDED)
    for name in dict.fromkeys(schema.names):
        count = schema.names.count(name)
        if count > 1:
            yield message("table.column-twice", name=printable(name, _LONGEST_NAME), count=count)
        elif name not in TABLE_COLUMNS:
            known = tuple(TABLE_COLUMNS)
            yield message("table.column-unknown", name=printable(name, _LONGEST_NAME), known=known)
        elif not _fits(name, kind := schema.field(name).type):
            holds = TABLE_COLUMNS[name].holds if name != "minute" else "minute"
            yield message(f"table.column-type.{holds}", name=name, type=printable(str(kind), _LONGEST_NAME))


def _fits(name: str, kind: Any) -> bool:
    """Whether every value of an Arrow type means itself in a column."""
    types, column = arrow().types, TABLE_COLUMNS[name]
    if types.is_null(kind):
        return column.may_be_empty
    match column.holds:
        case "text":
            kind = kind.value_type if types.is_dictionary(kind) else kind
            return types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind)
        case "whole":
            return types.is_integer(kind)
        case "number":
            # Half precision is out: 4.3 becomes 4.30078, and nobody can tell that from 4.3008.
            return types.is_integer(kind) or types.is_float32(kind) or types.is_float64(kind)


# ---------------------------------------------------------------- cells


def cells_of(batch: Any, name: str) -> list[Any]:
    """The cells of a column of a batch as the record takes them; None for nothing, and where there is no column.

    An empty word is nothing, like null, and so is a value that is no number (NaN). A value in single precision is
    the number that was written: 4.3, not 4.30000019.
    """
    if name not in batch.schema.names:
        return [None] * batch.num_rows
    column = batch.column(name)
    cells: list[Any] = column.to_pylist()
    match TABLE_COLUMNS[name].holds:
        case "text":
            return [cell or None for cell in cells]
        case "whole":
            return cells
        case "number":
            read = read_float32 if arrow().types.is_float32(column.type) else float
            return [None if cell is None or cell != cell else read(cell) for cell in cells]


def plain_column(column: Any, name: str) -> Any:
    """`cells_of` for a column of the other table library: null for nothing. Only for files that were `opened`."""
    library = polars()
    if TABLE_COLUMNS[name].holds == "number":
        return column.cast(library.Float64).fill_nan(None)
    return column.cast(library.String).replace({"": None})


def record_batches(file: Path, table: Any, columns: list[str] | None = None) -> Iterator[Any]:
    """The rows of an open file, batch by batch, all columns or some. Raises Problems where they cannot be read."""
    row = 0
    with readable(file, lambda: row):
        for batch in table.iter_batches(batch_size=_AT_A_TIME, columns=columns, use_threads=False):
            row += batch.num_rows
            yield batch


@contextmanager
def readable(file: Path, rows_read: Callable[[], int]) -> Generator[None]:
    """Raises Problems for what the library cannot read of a file within: a column it has no means for, by name, or
    everything behind the rows that were read.
    """
    try:
        yield
    except (arrow().ArrowException, OSError):
        problems = list(unsupported(file))
        row = rows_read()
        raise Problems(str(file), problems or [Problem("", message("table.cut-short", row=row))]) from None


def unsupported(file: Path) -> Iterator[Problem]:
    """The columns of a file that are compressed or encoded in a way that cannot be read here."""
    pa = arrow()
    for name in opened(file).schema_arrow.names:
        try:
            for _ in opened(file).iter_batches(columns=[name], use_threads=False):
                pass
        except (pa.ArrowException, OSError) as error:
            reason = printable(str(error).partition("\n")[0], _LONGEST_REASON)
            if isinstance(error, pa.ArrowNotImplementedError) or _UNSUPPORTED.search(reason):
                yield Problem("columns", message("table.column-unreadable", name=name, reason=reason))


def completed(frame: Frame) -> Frame:
    """The rows with every column of a table: those that it may lack, and lacks, are null."""
    library = polars()
    types = {"text": library.String, "whole": library.Int32, "number": library.Float64}
    there = frame.collect_schema().names()
    return frame.with_columns(
        library.lit(None, types[column.holds]).alias(name)
        for name, column in TABLE_COLUMNS.items()
        if name not in there
    )


def collected(rows: pl.LazyFrame, files: Sequence[Path]) -> pl.DataFrame:
    """What is asked of the rows of some files, by the other table library; Problems where it cannot read one."""
    library = polars()
    try:
        return rows.collect()
    except (library.exceptions.PolarsError, library.exceptions.PanicException, OSError) as error:
        problems = [
            Problem(f"{file.name} {problem.place}", problem.what)
            for file in files
            for problem in unsupported(file)
        ]
        reason = printable(str(error).partition("\n")[0], _LONGEST_REASON)
        unread = [Problem("", message("table.unreadable", reason=reason))]
        raise Problems(", ".join(map(str, files)), problems or unread) from None
